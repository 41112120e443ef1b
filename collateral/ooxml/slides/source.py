"""The deck slides are taken from, as it looks on the target's slide size.

Wraps a package for reading; trees come scaled, so that everything after this can compare and copy them as they are.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from collateral.ooxml import names
from collateral.ooxml.package import Package, Part, Relationship
from collateral.ooxml.slides.deck import Deck
from collateral.ooxml.slides.draft import Draft
from collateral.ooxml.slides.scaling import Scale, scale_drawing, scale_slide, scale_text_and_lines
from collateral.ooxml.slides.vocabulary import kind_of

if TYPE_CHECKING:
    from lxml.etree import _Element

SLIDE_LIKE: Final = frozenset({names.CT_SLIDE, names.CT_SLIDE_LAYOUT, names.CT_SLIDE_MASTER})
DRAWINGS: Final = frozenset({names.CT_DIAGRAM_DRAWING, names.CT_CHART_SHAPES})
WRITTEN_TYPE: Final = frozenset({names.CT_CHART, names.CT_CHART_EX, names.CT_DIAGRAM_DATA})


class SourceDeck:
    """A deck to take slides from, laid onto the target by `scale`."""

    def __init__(self, package: Package, scale: Scale) -> None:
        self.package = package
        self.deck = Deck(Draft(package))
        self.scale = scale
        self._trees: dict[str, _Element] = {}

    def part(self, name: str) -> Part:
        """A part as it is in the file."""
        return self.package.parts[name]

    def changes(self, part: Part) -> bool:
        """Whether scaling changes what a part says."""
        scaled = (
            part.content_type in SLIDE_LIKE
            or part.content_type in DRAWINGS
            or part.content_type in WRITTEN_TYPE
        )
        return scaled and not self.scale.is_identity

    def read(self, name: str) -> _Element:
        """A part's tree after scaling, to look at. Raises UnreadablePart."""
        tree = self._trees.get(name)
        if tree is None:
            tree = copy.deepcopy(self.deck.draft.read(name))
            self._scale(tree, self.part(name).content_type)
            self._trees[name] = tree
        return tree

    def take(self, name: str) -> _Element:
        """A part's tree after scaling, to keep and change. Raises UnreadablePart."""
        return copy.deepcopy(self.read(name))

    def is_jump(self, relationship: Relationship) -> bool:
        """Whether a relationship is a link to a slide."""
        if relationship.external or relationship.target not in self.package.parts:
            return False
        is_slide = self.part(relationship.target).content_type == names.CT_SLIDE
        return is_slide and kind_of(relationship.type) in {"slide", "hyperlink"}

    def target(self, name: str, type_: str) -> str | None:
        """The first part a part points to by relationships of a type."""
        return next(iter(self.deck.draft.targets(name, type_)), None)

    def _scale(self, tree: _Element, content_type: str) -> None:
        if self.scale.is_identity:
            return
        if content_type in SLIDE_LIKE:
            scale_slide(tree, self.scale)
        elif content_type in DRAWINGS:
            scale_drawing(tree, self.scale)
        elif content_type in WRITTEN_TYPE:
            scale_text_and_lines(tree, self.scale.factor)
