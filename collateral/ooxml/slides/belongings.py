"""What slides rely on that the deck holds for all of them: table styles and embedded fonts.

Copies the ones that the arrived slides use and the target lacks. Builtin table styles need no copy.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from collateral.ooxml import names
from collateral.ooxml.package import Part
from collateral.ooxml.slides.carrying import Carrier
from collateral.ooxml.slides.deck import Deck
from collateral.ooxml.slides.references import references
from collateral.ooxml.slides.vocabulary import A, P, kind_of

if TYPE_CHECKING:
    from lxml.etree import _Element

NO_STYLE = (
    "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid", the default when a deck has no styles yet
)
# parts that hold text, or say what it looks like
WRITTEN: Final = frozenset(
    {
        names.CT_SLIDE,
        names.CT_SLIDE_LAYOUT,
        names.CT_SLIDE_MASTER,
        names.CT_THEME,
        names.CT_CHART,
        names.CT_CHART_EX,
        names.CT_DIAGRAM_DATA,
        names.CT_DIAGRAM_DRAWING,
    }
)


class Belongings:
    """Brings along at the end what arrived parts use."""

    def __init__(self, carrier: Carrier, deck: Deck) -> None:
        self._carrier = carrier
        self._deck = deck
        self._styles: list[str] = []

    def note(self, root: _Element) -> None:
        """Note the table styles a slide names."""
        self._styles += [element.text.strip() for element in root.iter(f"{A}tableStyleId") if element.text]

    def bring(self) -> None:
        """Copy what is used and missing. Raises UnreadablePart."""
        self._bring_table_styles()
        self._bring_fonts()

    def _bring_table_styles(self) -> None:
        source = self._carrier.source
        part = source.target(source.deck.draft.main, names.REL_TABLE_STYLES)
        if part is None or not self._styles:
            return
        theirs = {style.get("styleId"): style for style in source.read(part).iterfind(f"{A}tblStyle")}
        wanted = [theirs[id_] for id_ in dict.fromkeys(self._styles) if id_ in theirs]
        if not wanted:
            return
        name = self._table_styles(source.read(part))
        ours = self._deck.draft.edit(name)
        have = {style.get("styleId") for style in ours.iterfind(f"{A}tblStyle")}
        for style in wanted:
            if style.get("styleId") not in have:
                ours.append(copied := copy.deepcopy(style))
                self._bring_pictures(copied, part, name)

    def _bring_pictures(self, style: _Element, owner: str, name: str) -> None:
        """Let a style that was copied from one list of styles into another point to copies of its pictures."""
        pictures = {
            r.id: r for r in self._carrier.source.part(owner).relationships if kind_of(r.type) == "image"
        }
        for element, attribute, rel_id in list(references(style)):
            picture = pictures.get(rel_id)
            if (
                picture is None
                or picture.external
                or picture.target not in self._carrier.source.package.parts
            ):
                del element.attrib[attribute]
                continue
            copied = self._carrier.part(picture.target, {}, kind="image")
            element.set(attribute, self._deck.draft.relate(name, picture.type, copied))

    def _table_styles(self, model: _Element) -> str:
        """The name of the deck's list of table styles, made when it has none."""
        draft = self._deck.draft
        part = next(iter(draft.targets(draft.main, names.REL_TABLE_STYLES)), None)
        if part is not None:
            return part
        root = model.makeelement(f"{A}tblStyleLst", nsmap={"a": A[1:-1]})
        root.set("def", NO_STYLE)
        name = draft.take_name("ppt/tableStyles.xml")
        draft.put(Part.of(name, names.CT_TABLE_STYLES, b""), root)
        draft.relate(draft.main, names.REL_TABLE_STYLES, name)
        return name

    def _bring_fonts(self) -> None:
        source, deck = self._carrier.source, self._deck
        theirs = source.deck.child("embeddedFontLst")
        if theirs is None:
            return
        typefaces = self._typefaces()
        listed = deck.child("embeddedFontLst")
        have = set(_typefaces(listed)) if listed is not None else set()
        for font in theirs:
            face = next(iter(_typefaces(font)), "")
            if face in typefaces and face not in have:
                self._bring_font(font)

    def _typefaces(self) -> set[str]:
        """The typefaces that arrived parts name."""
        draft = self._deck.draft
        arrived = [name for name in draft.names() if name not in draft.package.parts]
        written = [name for name in arrived if draft.part(name).content_type in WRITTEN]
        return {
            face
            for name in written
            for element in draft.read(name).iter(f"{A}*")
            if (face := element.get("typeface"))
        }

    def _bring_font(self, font: _Element) -> None:
        source, draft = self._carrier.source, self._deck.draft
        listed = self._deck.child("embeddedFontLst", make=True)
        assert listed is not None
        copied = copy.deepcopy(font)
        for element, attribute, rel_id in list(references(copied)):
            target = source.deck.draft.target(source.deck.draft.main, rel_id)
            if target is None:
                copied.remove(element)
                continue
            name = self._carrier.part(target, {}, kind="font")
            element.set(attribute, draft.relate(draft.main, names.REL_FONT, name))
        listed.append(copied)


def _typefaces(element: _Element) -> list[str]:
    return [font.get("typeface") or "" for font in element.iter(f"{P}font")]
