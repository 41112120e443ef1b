"""`Workspace`: the stages in order, for whoever calls us: the command line, campaigns, other programs.

Stage results that many pieces share (library, index, masters) are loaded once and kept; everything else is a value that
passes through. Nothing here reads the clock or the environment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.build.homes import at_home
from collateral.build.kits import Kits
from collateral.build.memo import keep_expressions, recall_expressions
from collateral.build.result import PieceResult
from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.artifact import Artifact
from collateral.model.library import INTERNAL_PIECES, Library, Template, TemplateId
from collateral.model.plan import Plan
from collateral.model.prospect import Prospect
from collateral.model.selection import Selection
from collateral.version import __version__

if TYPE_CHECKING:
    from collateral.build.verifying import FileCheck
    from collateral.model.campaign import Campaign
    from collateral.model.frames import DeckMaster
    from collateral.plan.explain import Explanation
    from collateral.plan.index import BlockIndex
    from collateral.plan.materials import Materials
    from collateral.typeset import FontBook

Found = list[Diagnostic]


def engine_version() -> str:
    """The version that stands in records and cache keys."""
    return __version__


class Workspace:
    """A workspace folder. `cache_folder` None means that nothing is kept between runs."""

    def __init__(self, root: Path, *, cache_folder: Path | None = None) -> None:
        self.root = root
        self.cache_folder = cache_folder
        recall_expressions(cache_folder)

    # --- load

    @cached_property
    def _loaded(self) -> tuple[Library, Found]:
        from collateral.load.workspace import load_library

        return load_library(self.root, cache_folder=self.cache_folder)

    @property
    def library(self) -> Library:
        """Everything marketing owns."""
        return self._loaded[0]

    @property
    def library_diagnostics(self) -> Sequence[Diagnostic]:
        """What was wrong with the library's files."""
        return self._loaded[1]

    def concerns(self, templates: Sequence[str] = ()) -> Found:
        """What is wrong with the library's files and bears on pieces of these templates (of all when there are none)."""
        if not self.library_diagnostics:
            return []
        from collateral.build.concerns import library_concerns

        return library_concerns(self.library_diagnostics, templates)

    def prospect(self, which: str | Path) -> tuple[Prospect | None, Found]:
        """A prospect by id or file."""
        from collateral.load.workspace import load_prospect

        return load_prospect(which, self.library, cache_folder=self.cache_folder)

    def prospects(self) -> tuple[tuple[Prospect, ...], Found]:
        """All prospects of the workspace."""
        from collateral.load.workspace import load_prospects

        return load_prospects(self.library, cache_folder=self.cache_folder)

    def campaign(self, file: Path) -> tuple[Campaign | None, Found]:
        """A campaign file."""
        from collateral.load.campaigns import load_campaign

        return load_campaign(file, self.library)

    @cached_property
    def _kits(self) -> Kits:
        return Kits(self.root, self.library, self.cache_folder)

    @cached_property
    def _index(self) -> BlockIndex:
        from collateral.build.memo import recall_index

        return recall_index(self.library, self.cache_folder)

    @property
    def fonts(self) -> FontBook:
        """The fonts text is measured in."""
        return self._kits.book

    # --- select

    def select(
        self, prospect: Prospect, template: Template, *, as_of: date, language: str | None = None
    ) -> tuple[Selection, Found]:
        """What speaks to the prospect, and why."""
        from collateral.plan.select import select_blocks

        return select_blocks(
            self.library, prospect, template, as_of=as_of, language=language, index=self._index
        )

    # --- compose

    def plan(
        self, prospect: Prospect, template_id: str, *, as_of: date, language: str | None = None
    ) -> tuple[Plan | None, Found]:
        """The decided content of one piece; None with the reasons when it cannot be made."""
        from collateral.plan.compose import compose_plan

        template = self.library.templates.get(TemplateId(template_id))
        if template is None:
            return None, [self._unknown_template(template_id)]
        selection, found = self.select(prospect, template, as_of=as_of, language=language)
        if has_errors(found):
            return None, found
        materials, more = self._materials(prospect, selection, as_of)
        found += more
        if materials is None:
            return None, found
        fields = self._kits.fields(template, selection.language)
        plan, problems = compose_plan(materials, fields=fields)
        found += at_home(problems, self._kits.homes(template, selection.language))
        return (None if has_errors(found) else plan), found

    def _materials(
        self, prospect: Prospect, selection: Selection, as_of: date
    ) -> tuple[Materials | None, Found]:
        from collateral.build.materials import gather_materials

        internal = selection.template.piece in INTERNAL_PIECES
        explained = self._explained(prospect, as_of, selection.language) if internal else ()
        return gather_materials(
            self.library, self._kits, prospect, selection, as_of=as_of, explained=explained
        )

    def _explained(self, prospect: Prospect, as_of: date, language: str) -> tuple[Selection, ...]:
        """The selections of the customer-facing pieces a briefing speaks about."""
        customer = [
            t for t in self.library.templates.values() if t.default and t.piece not in INTERNAL_PIECES
        ]
        return tuple(self.select(prospect, t, as_of=as_of, language=None)[0] for t in customer)

    # --- render

    def make(
        self, prospect: Prospect, template_id: str, *, as_of: date, language: str | None = None
    ) -> tuple[Plan | None, Artifact | None, Found]:
        """One piece in memory, checked."""
        from collateral.build.rendering import render_plan

        plan, found = self.plan(prospect, template_id, as_of=as_of, language=language)
        if plan is None:
            return None, None, found
        artifact, problems = render_plan(plan, self._kits)
        return plan, artifact, [*found, *problems]

    # --- write

    def generate(
        self,
        prospect: str | Path | Prospect,
        templates: Sequence[str] = (),
        *,
        as_of: date,
        folder: Path,
        language: str | None = None,
        subfolder: str | None = None,
        own: Mapping[str, str] | None = None,
    ) -> list[PieceResult]:
        """Make the pieces of one prospect into `folder`; one refused piece never stops the others.

        An older file of the same name is kept aside when somebody worked on it, which it is opened for; `own` tells by template
        the SHA-256 of a file nobody did.
        """
        known, found = (prospect, []) if isinstance(prospect, Prospect) else self.prospect(prospect)
        found = [*self.concerns(templates), *found]
        if known is None:
            return [PieceResult(str(prospect), "", "", "refused", None, tuple(found))]
        ids = tuple(templates) or self.default_templates()
        results = [
            self._generate_one(
                known, template, as_of, folder, language, subfolder, (own or {}).get(template, "")
            )
            for template in ids
        ]
        keep_expressions(self.cache_folder)
        if found and results:
            results[0] = replace(results[0], diagnostics=(*found, *results[0].diagnostics))
        return results

    def _generate_one(
        self,
        prospect: Prospect,
        template: str,
        as_of: date,
        folder: Path,
        language: str | None,
        subfolder: str | None,
        own: str,
    ) -> PieceResult:
        from collateral.build.writing import write_piece

        plan, artifact, found = self.make(prospect, template, as_of=as_of, language=language)
        if plan is None or artifact is None:
            known = self.library.templates.get(TemplateId(template))
            piece = known.piece if known else ""
            return PieceResult(prospect.id, template, piece, "refused", None, tuple(found))
        return write_piece(
            plan, artifact, folder, subfolder or prospect.id, tuple(found), (own,) if own else ()
        )

    def deck_masters(self) -> tuple[DeckMaster, ...]:
        """The masters of all deck templates, as values."""
        from collateral.build.kit_values import DeckKit

        kits = [self._kits.get(t, self.library.default_language)[0] for t in self.library.templates.values()]
        masters = {id(kit): kit.master for kit in kits if isinstance(kit, DeckKit)}
        return tuple(masters.values())

    def default_templates(self) -> tuple[str, ...]:
        """The templates `generate` makes when none is named, by id."""
        return tuple(sorted(t.id for t in self.library.templates.values() if t.default))

    # --- explain, govern, verify

    def explain(
        self, prospect: str | Path | Prospect, template_id: str, *, as_of: date, language: str | None = None
    ) -> tuple[Explanation | None, Found]:
        """Why each part of a piece is there and why the others are not."""
        from collateral.plan.explain import explain_selection

        known, found = (prospect, []) if isinstance(prospect, Prospect) else self.prospect(prospect)
        found = [*self.concerns([template_id]), *found]
        template = self.library.templates.get(TemplateId(template_id))
        if template is None:
            found = [*found, self._unknown_template(template_id)]
        if known is None or template is None:
            return None, found
        selection, problems = self.select(known, template, as_of=as_of, language=language)
        explanation = explain_selection(self.library, known, selection, index=self._index)
        return explanation, [*found, *problems]

    def check(self, paths: Sequence[Path] = (), *, as_of: date) -> Found:
        """Every rule over every block, template, prospect and campaign; only what lies under `paths` when given."""
        from collateral.build.checking import check_workspace

        prospects, found = self.prospects()
        loading = [*self.library_diagnostics, *found]
        return check_workspace(self._kits, prospects, loading, [p.resolve() for p in paths], as_of=as_of)

    def approve(self, blocks: Sequence[str] | None, *, by: str, on: date) -> tuple[tuple[str, ...], Found]:
        """Record approvals for blocks (all that need one when None) and write approvals.yaml."""
        from collateral.build.approving import approve_blocks

        approved, found = approve_blocks(self.library, self.root, blocks, by=by, on=on)
        self.__dict__.pop("_loaded", None)
        self.__dict__.pop("_kits", None)
        self.__dict__.pop("_index", None)
        return approved, found

    def verify(self, file: Path, *, as_of: date) -> FileCheck:
        """What in a finished piece is intact, edited, outdated, expired, unapproved or foreign."""
        from collateral.build.verifying import verify_file

        return verify_file(self.library, file, as_of=as_of, problems=self.library_diagnostics)

    def _unknown_template(self, template_id: str) -> Diagnostic:
        from collateral.load.campaigns import unusable_template

        return unusable_template(template_id, self.library, Span("templates"))
