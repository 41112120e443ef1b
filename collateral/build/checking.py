"""`check`: what loading found, what masters have wrong, what every rule says, in one list by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from collateral.build.barriers import find_barriers
from collateral.build.kit_cache import LEFT_OUT
from collateral.build.kit_values import DeckKit, DocumentKit
from collateral.build.kits import Kits
from collateral.build.materials import FormStore
from collateral.build.picture_checks import unusable_pictures
from collateral.build.pictures import PictureShelf
from collateral.diagnostics import Diagnostic, Place, Severity, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.load.campaigns import FOLDER as CAMPAIGNS
from collateral.load.campaigns import campaign_files, load_campaign
from collateral.load.files import LIBRARY_FOLDERS, SETTINGS
from collateral.load.prospects import FOLDER as PROSPECTS
from collateral.model.frames import DeckMaster
from collateral.model.library import TemplateId
from collateral.model.prospect import Prospect
from collateral.rules import run_rules


def check_workspace(
    kits: Kits,
    prospects: tuple[Prospect, ...],
    loading: Sequence[Diagnostic],
    paths: Sequence[Path],
    *,
    as_of: date,
) -> list[Diagnostic]:
    """Every finding, with those of loading the library and its prospects; only those in files under `paths` (absolute)
    when there are any."""
    library, root = kits.library, kits.root
    masters, fields, problems = _masters(kits)
    places = _places(kits)
    more = [d for file in campaign_files(root) for d in load_campaign(file, library)[1]]
    store = FormStore(kits.cache_folder)
    rules = run_rules(
        library,
        prospects,
        as_of=as_of,
        masters=masters,
        read_form=store.content,
        fields=fields,
        places=places,
        barriers=find_barriers(library, root),
    )
    shelf = PictureShelf(root, kits.cache_folder)
    pictures = unusable_pictures(library, prospects, store, shelf)
    everything = [*loading, *problems, *more, *rules, *pictures]
    wanted = [d for d in dict.fromkeys(everything) if _is_under(d, root, paths)]
    return sorted([*wanted, *_unchecked(root.resolve(), paths)], key=_order)


def _unchecked(root: Path, paths: Sequence[Path]) -> Iterator[Diagnostic]:
    """A warning for each path that holds nothing of what is checked: silence would be taken for praise."""
    places = [root / name for name in (SETTINGS, *LIBRARY_FOLDERS, PROSPECTS, CAMPAIGNS)]
    for path in paths:
        if not any(path.is_relative_to(place) or place.is_relative_to(path) for place in places):
            shown = str(path.relative_to(root) if path.is_relative_to(root) else path)
            names = ", ".join(place.name for place in places)
            yield Diagnostic.warning(
                "nothing-to-check",
                f'"{shown}" holds nothing that is checked',
                Span(shown),
                f"these are: {names}",
            )


def _masters(
    kits: Kits,
) -> tuple[dict[TemplateId, DeckMaster], dict[TemplateId, tuple[str, ...]], Iterable[Diagnostic]]:
    """The frames of every deck template, what the tags of any master read, and what is wrong with any master."""
    masters: dict[TemplateId, DeckMaster] = {}
    fields: dict[TemplateId, tuple[str, ...]] = {}
    found: list[Diagnostic] = []
    for template in kits.library.templates.values():
        languages = template.languages or kits.library.languages
        for language in languages:
            kit, problems = kits.get(template, language)
            found += [_as_error(d) for d in problems]
            read = {*fields.get(template.id, ()), *kits.fields(template, language)}
            fields[template.id] = tuple(sorted(read))
            if isinstance(kit, DeckKit):
                masters.setdefault(template.id, kit.master)
    found += kits.part_problems()
    return masters, fields, found


def _places(kits: Kits) -> dict[TemplateId, frozenset[str]]:
    """The places for sections that the masters of each document have in every language."""
    found: dict[TemplateId, frozenset[str]] = {}
    for template in kits.library.templates.values():
        for language in template.languages or kits.library.languages:
            kit, _ = kits.get(template, language)
            if isinstance(kit, DocumentKit):
                slots = frozenset(kit.template.slots)
                found[template.id] = found.get(template.id, slots) & slots
    return found


def _as_error(diagnostic: Diagnostic) -> Diagnostic:
    """What a piece can do without is still to be put right."""
    return replace(diagnostic, severity=Severity.ERROR) if LEFT_OUT in diagnostic.hints else diagnostic


def _is_under(diagnostic: Diagnostic, root: Path, paths: Sequence[Path]) -> bool:
    if not paths or diagnostic.at is None:
        return not paths
    file = (root / diagnostic.at.file).resolve()
    return any(file == path or file.is_relative_to(path) for path in paths)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    at = diagnostic.at
    if isinstance(at, Span):
        return at.file, at.line or 0, at.column or 0, diagnostic.message
    return (at.file if isinstance(at, Place) else ""), 0, 0, diagnostic.message
