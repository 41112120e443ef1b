"""What leads to slides and goes with them: links, zooms, links to custom shows, the outline's and the show's settings.

In: a part's tree, its relationships, and which slides, sections and shows the deck has. Out: the tree with brackets around
whatever is there only when its slide is. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import CT_PRES_PROPS, CT_SLIDE, CT_SLIDE_LAYOUT, CT_SLIDE_MASTER, REL_SLIDE, qn
from collateral.ooxml.package import Part
from collateral.ooxml.slides.jumps import has_cover
from collateral.ooxml.template.language.marks import Marks, bracket, bracket_needing
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.parts.presentation import ALL_SLIDES, section_key, show_key, slide_key
from collateral.ooxml.template.shapes.unique_ids import token

_LINKS = (qn("a:hlinkClick"), qn("a:hlinkHover"), qn("a:hlinkMouseOver"))
_SHOW_ACTION = "ppaction://customshow"
_ZOOMS = {"sldZmObj": "sldId", "sectionZmObj": "sectionId", "summaryZmObj": "sectionId"}
_OUTLINED = qn("p:sld")
_SLIDE_LIKE = (CT_SLIDE, CT_SLIDE_LAYOUT, CT_SLIDE_MASTER)
_SETTINGS = (b":sldRg", b":custShow")
_NAMED = (_SHOW_ACTION.encode(), b"ZmObj")


@dataclass(frozen=True, slots=True)
class SlidesOfDeck:
    """What can be led to: the place of each slide by its part and by its id, sections (with the id of their first slide) and
    custom shows by their ids."""

    parts: Mapping[str, int]
    ids: Mapping[str, int]
    sections: Mapping[str, str]
    shows: frozenset[str]

    @staticmethod
    def of(root: etree._Element, parts: Mapping[str, int], ids: Sequence[int]) -> SlidesOfDeck:
        """Those of a `p:presentation`; `ids` are its slides' in their order."""
        sections = {
            section.get("id") or "": next((s.get("id") or "" for s in section.iter(qn("p14:sldId"))), "")
            for section in root.iter(qn("p14:section"))
        }
        shows = frozenset(show.get("id") or "0" for show in root.iter(qn("p:custShow")))
        return SlidesOfDeck(parts, {str(id_): at for at, id_ in enumerate(ids)}, sections, shows)

    def leads_from(self, part: Part) -> SlideLeads | None:
        """The steps for a part that leads to slides, None for others."""
        jumps = {r.id: self.parts[r.target] for r in part.relationships if self._is_lead(r.type, r.target)}
        return SlideLeads(self, jumps) if jumps or self._names_slides(part) else None

    def _names_slides(self, part: Part) -> bool:
        """Whether the part speaks of slides without a relationship."""
        if part.content_type == CT_PRES_PROPS:
            return any(setting in part.data() for setting in _SETTINGS)
        return part.content_type in _SLIDE_LIKE and any(name in part.data() for name in _NAMED)

    def _is_lead(self, type_: str, target: str) -> bool:
        return type_ == REL_SLIDE and target in self.parts


@dataclass(frozen=True, slots=True)
class SlideLeads:
    """`jumps` are the places of the slides the part's relationships lead to."""

    deck: SlidesOfDeck
    jumps: Mapping[str, int]

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Bracket all that leads to a slide."""
        if self.jumps:
            marks.changed = True  # its relationships depend on the slides, whatever names them
        for element in list(root.iter(*_LINKS, _OUTLINED)):
            self._link(element, marks)
        for element in list(root.iter(qn("p:sldRg"))):
            _tie(element, [ALL_SLIDES], marks)
        for element in list(root.iterfind(f"{qn('p:showPr')}/{qn('p:custShow')}")):
            self._show(element, element.get("id") or "", marks)
        for both in list(root.iter(qn("mc:AlternateContent"))):
            self._zoom(both, marks)

    def _link(self, link: etree._Element, marks: Marks) -> None:
        index = self.jumps.get(link.get(qn("r:id")) or "")
        if index is not None:
            _tie(link, [slide_key(index)], marks)
            return
        action, _, asked = (link.get("action") or "").partition("?")
        if action == _SHOW_ACTION:
            self._show(link, asked.removeprefix("id=").partition("&")[0], marks)

    def _show(self, element: etree._Element, show: str, marks: Marks) -> None:
        if show in self.deck.shows:
            _tie(element, [show_key(show)], marks)

    def _zoom(self, both: etree._Element, marks: Marks) -> None:
        """A zoom goes with its slide or section, and with the first slide of that, which it shows; of a summary only those that
        go do."""
        zooms = [e for e in both.iter(etree.Element) if etree.QName(e).localname in _ZOOMS]
        keys = [self._keys(zoom) for zoom in zooms]
        if not any(keys):
            return
        for zoom in zooms:
            self._follow(zoom, marks)
        if len(zooms) == 1:
            _tie(both, keys[0], marks)
            return
        older = list(both.iterfind(f"{qn('mc:Fallback')}/{qn('p:grpSp')}/{qn('p:pic')}"))
        self._parts_of_summary(zooms, keys, marks)
        if len(older) == len(zooms):
            self._parts_of_summary(older, keys, marks)
        name = etree.QName(zooms[0]).localname
        prefix = f"{zooms[0].prefix}:" if zooms[0].prefix else ""
        named = next(both.iter(qn("p:cNvPr")), None)
        number = (named.get("id") or "") if named is not None else ""
        bracket_needing(both, marks, (f"<{prefix}{name} ".encode(),), number)

    def _follow(self, zoom: etree._Element, marks: Marks) -> None:
        """A zoom to a slide that repeats together with its own leads to the copy of its turn."""
        target, creation = zoom.get("sldId") or "", zoom.get("cId") or ""
        if target not in self.deck.ids:
            return
        zoom.set("sldId", token(marks, Hook("slide_id", (self.deck.ids[target], target))))
        if creation.isdecimal() and int(creation):
            zoom.set("cId", token(marks, Hook("led_creation", (self.deck.ids[target], int(creation)))))

    def _parts_of_summary(
        self, parts: Iterable[etree._Element], keys: Iterable[Sequence[str]], marks: Marks
    ) -> None:
        for part, its in zip(parts, keys, strict=True):
            _tie(part, its, marks)

    def _keys(self, zoom: etree._Element) -> list[str]:
        """What a zoom leads to and shows, nothing when that is not in the template either."""
        target = zoom.get(_ZOOMS[etree.QName(zoom).localname]) or ""
        first = self.deck.sections.get(target)
        if first is None:
            return [slide_key(self.deck.ids[target])] if target in self.deck.ids else []
        shows_slide = first in self.deck.ids and not has_cover(zoom)
        return [section_key(target), *([slide_key(self.deck.ids[first])] if shows_slide else [])]


def _tie(element: etree._Element, keys: Sequence[str], marks: Marks) -> None:
    """Let the element be there only when all that `keys` name is."""
    for key in keys:
        bracket(element, marks.add("about", note=key), marks.add("about", closes=True))
