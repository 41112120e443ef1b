"""A *kit*: a compiled master and what the composer may know of it. Values only; `kits` makes and keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collateral.build.homes import Homes
from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.frames import DeckMaster
from collateral.model.library import BlockId
from collateral.plan.materials import Designed

if TYPE_CHECKING:
    from collateral.ooxml.template.filling.deck import DeckTemplate
    from collateral.ooxml.template.filling.document import DocumentTemplate
    from collateral.ooxml.validate import PartScan
    from collateral.ooxml.word.styles import WordStyles
    from collateral.render.html_template import HtmlTemplate

Found = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class DeckKit:
    """A deck master with the designed slides of all blocks."""

    template: DeckTemplate
    master: DeckMaster
    designed: Mapping[tuple[BlockId, str], Designed]
    table_style: str | None = None  # the id of the master's default table style
    baseline: Found = ()  # what the validator says of the master itself
    scans: Mapping[bytes, PartScan] = field(default_factory=dict)  # what it knows of the master's parts
    looks: Mapping[bytes, str] = field(
        default_factory=dict
    )  # what its layouts and masters say, for the record
    homes: Homes = field(default_factory=dict)  # where slides that came from blocks' own files stand


@dataclass(frozen=True, slots=True)
class DocumentKit:
    """A Word master and the styles its content is written in."""

    template: DocumentTemplate
    styles: WordStyles
    baseline: Found = ()  # what the validator says of the master itself
    scans: Mapping[bytes, PartScan] = field(default_factory=dict)  # what it knows of the master's parts


@dataclass(frozen=True, slots=True)
class EmailKit:
    """An HTML master."""

    template: HtmlTemplate


Kit = DeckKit | DocumentKit | EmailKit
