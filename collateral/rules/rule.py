"""What a rule is and what it gets to see. A rule judges; it changes nothing and reads no files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.content import FormContent
from collateral.model.frames import Barrier, DeckMaster
from collateral.model.library import INTERNAL_PIECES, Block, Form, Library, Slot, Template, TemplateId
from collateral.model.prospect import Prospect

ReadForm = Callable[[Block, Form], tuple[FormContent, Sequence[Diagnostic]]]
DOCS = "docs/reference/rules.md"


class View:
    """The library, the prospects and the masters on a day, with what several rules want to know about them."""

    def __init__(
        self,
        library: Library,
        prospects: Sequence[Prospect],
        *,
        as_of: date,
        masters: Mapping[TemplateId, DeckMaster],
        read_form: ReadForm,
        fields: Mapping[TemplateId, Sequence[str]] | None = None,
        places: Mapping[TemplateId, Collection[str]] | None = None,
        barriers: Sequence[Barrier] = (),
    ) -> None:
        self.library = library
        self.prospects = prospects
        self.as_of = as_of
        self.masters = masters
        self.fields = fields or {}
        self.places = places or {}
        self.barriers = barriers
        self._read_form = read_form

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block in every language, by id and language."""
        return tuple(block for languages in self.library.blocks.values() for block in languages.values())

    @cached_property
    def sources(self) -> tuple[Block, ...]:
        """Every block once, in the default language where there is one."""
        default = self.library.default_language
        return tuple(
            found.get(default) or next(iter(found.values())) for found in self.library.blocks.values()
        )

    @cached_property
    def forms(self) -> tuple[FormView, ...]:
        """Every form of every block, parsed."""
        return tuple(
            FormView(block, form, *self._read_form(block, form))
            for block in self.blocks
            for form in block.forms
        )

    def says(self, block: Block, key: str) -> bool:
        """Whether the block's own file says this; a translation takes most from its source, which is judged once."""
        return block.language == self.library.default_language or key in block.spans

    def knows(self, block: str) -> bool:
        """Whether there is such a block, be it in a file with errors."""
        return block in self.library.blocks or block in self.library.broken

    def slots(self) -> Iterator[SlotView]:
        """Every slot of every template."""
        for template in self.library.templates.values():
            for section in template.sections:
                for slot in section.slots:
                    yield SlotView(template, slot)


@dataclass(frozen=True, slots=True)
class FormView:
    """A parsed form, with the block it belongs to."""

    block: Block
    form: Form
    content: FormContent
    diagnostics: Sequence[Diagnostic]

    @property
    def at(self) -> Span:
        """The line the form is opened on."""
        return Span(self.block.path, self.form.line - 1, 1)

    @property
    def customer_facing(self) -> bool:
        """Whether its text can reach a customer."""
        return self.form.piece not in INTERNAL_PIECES and not self.block.internal


@dataclass(frozen=True, slots=True)
class SlotView:
    """A slot, with the template it belongs to."""

    template: Template
    slot: Slot


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id (the problem in kebab case), what is wrong in a line, how bad a finding is, and its function."""

    id: str
    description: str
    severity: Severity
    check: Callable[[View], Iterable[Diagnostic]] = field(compare=False)

    @property
    def docs(self) -> str:
        """Where the rule is described."""
        return f"{DOCS}#{self.id}"


def span_of(block: Block, path: str) -> Span:
    """Where a key of a block's front matter stands, or what contains it, or the file."""
    while path:
        found = block.spans.get(path)
        if found is not None:
            return found
        path = path.rpartition(".")[0]
    return Span(block.path, 1, 1)
