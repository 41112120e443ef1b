"""presentation.xml and app.xml, cut where the list of slides, the sections and the custom shows go.

In: their trees, once. Out: `PresentationPlan`, which writes them for any sequence of slides. Slides that are left out
leave nothing in it. Hot path for `write`: bytes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING

from collateral.diagnostics.hashes import md5
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.xml import escape_attribute, escape_text, whole_number

if TYPE_CHECKING:
    from lxml import etree

_SECTION_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"


@dataclass(frozen=True, slots=True)
class ListedSlide:
    """A slide in the presentation's list: its id, its relationship id, its section and the template slide it is of."""

    id: int
    rel_id: str
    section: str
    number: int | None


ALL_SLIDES = "all slides"
"""The key of every slide of the template once, in its order."""


def slide_key(index: int) -> str:
    """The key of a slide of the template, counted from 0."""
    return f"slide {index}"


def section_key(section: str) -> str:
    """The key of a section, by its id."""
    return f"section {section}"


def show_key(show: str) -> str:
    """The key of a custom show, by its id."""
    return f"show {show}"


@dataclass(frozen=True, slots=True)
class PresentationPlan:
    """The pieces of presentation.xml around its lists. `prefix` is "p:" as a rule; `homes` are the ids
    and names of the sections its slides stand in, "" for none; `shows` its custom shows as (name, id, slide numbers)."""

    pieces: tuple[bytes, ...]  # before notes masters, before slides, before shows, before sections, the rest
    prefix: str
    relation_prefix: str
    homes: tuple[tuple[str, str], ...]
    shows: tuple[tuple[str, str, tuple[int, ...]], ...]
    has_ext_list: bool
    has_notes_master: bool

    def write(
        self, slides: Sequence[ListedSlide], notes_master: str = "", show_names: Sequence[str] = ()
    ) -> bytes:
        """presentation.xml for these slides; `notes_master` is the relationship id of one that was added, `show_names` the names of
        its custom shows when they are others."""
        before_notes, before_slides, before_shows, before_sections, rest = self.pieces
        p, r = self.prefix, self.relation_prefix
        listed = "".join(f'<{p}sldId id="{s.id}" {r}id="{s.rel_id}"/>' for s in slides)
        notes = (
            f'<{p}notesMasterIdLst><{p}notesMasterId {r}id="{notes_master}"/></{p}notesMasterIdLst>'
            if notes_master and not self.has_notes_master
            else ""
        )
        whole = f"<{p}sldIdLst>{listed}</{p}sldIdLst>" if slides else ""
        sections = self._section_list(slides)
        if sections and not self.has_ext_list:
            sections = f"<{p}extLst>{sections}</{p}extLst>"
        parts = [before_notes, notes.encode(), before_slides, whole.encode(), before_shows]
        return b"".join(
            [*parts, self._shows(slides, show_names).encode(), before_sections, sections.encode(), rest]
        )

    def there(self, slides: Sequence[ListedSlide]) -> frozenset[str]:
        """The keys of what these slides leave of the template: slides, sections, custom shows."""
        numbers = [slide.number for slide in slides]
        keys = [slide_key(number - 1) for number in numbers if number is not None]
        keys += [section_key(guid) for guid, _, _ in self._sections(slides)]
        keys += [show_key(show) for _, show, members in self.shows if any(m in numbers for m in members)]
        keys += [ALL_SLIDES] if numbers == list(range(1, len(self.homes) + 1)) else []
        return frozenset(keys)

    def _sections(self, slides: Sequence[ListedSlide]) -> list[tuple[str, str, list[int]]]:
        """The sections as (id, name, slide ids)."""
        if not any(s.section for s in slides):
            return []
        out: list[tuple[str, str, list[int]]] = []
        before = ""
        for slide in slides:
            name = slide.section or (out[-1][1] if out else "")
            home, called = self.homes[slide.number - 1] if slide.number else ("", "")
            drawn = home if called == name else ""  # two sections of one name stay two
            if not out or name != out[-1][1] or (drawn and before and drawn != before):
                out.append((_section_id(home, name, [guid for guid, _, _ in out]), name, []))
            out[-1][2].append(slide.id)
            before = drawn
        return out

    def _section_list(self, slides: Sequence[ListedSlide]) -> str:
        p, sections = self.prefix, self._sections(slides)
        if not sections:
            return ""
        body = "".join(
            f'<p14:section name="{escape_attribute(name)}" id="{guid}"><p14:sldIdLst>'
            + "".join(f'<p14:sldId id="{slide_id}"/>' for slide_id in ids)
            + "</p14:sldIdLst></p14:section>"
            for guid, name, ids in sections
        )
        return f'<{p}ext uri="{_SECTION_URI}"><p14:sectionLst xmlns:p14="{_P14}">{body}</p14:sectionLst></{p}ext>'

    def _shows(self, slides: Sequence[ListedSlide], names: Sequence[str]) -> str:
        p, r, out = self.prefix, self.relation_prefix, []
        for name, (_, number, members) in zip(
            names or [drawn for drawn, _, _ in self.shows], self.shows, strict=True
        ):
            kept = [s.rel_id for m in members for s in slides if s.number == m]
            if kept:
                refs = "".join(f'<{p}sld {r}id="{rel}"/>' for rel in kept)
                head = f'<{p}custShow name="{escape_attribute(name)}" id="{escape_attribute(number)}">'
                out.append(f"{head}<{p}sldLst>{refs}</{p}sldLst></{p}custShow>")
        return f"<{p}custShowLst>{''.join(out)}</{p}custShowLst>" if out else ""


def guid_of(text: str) -> str:
    """A GUID that is always the same for the same text."""
    digest = md5(text.encode(), usedforsecurity=False).hexdigest().upper()
    return f"{{{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}}}"


def _section_id(home: str, name: str, taken: Sequence[str]) -> str:
    """The id of a section: that of the one its first slide stood in, when no other has it."""
    tries = (guid_of(f"section {name} {number}") for number in count(1))
    return next(guid for guid in chain([home], tries) if guid and guid not in taken)


_BEFORE_NOTES = ("sldMasterIdLst",)
_BEFORE_SLIDES = ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst")
_BEFORE_SHOWS = (*_BEFORE_SLIDES, "sldIdLst", "sldSz", "notesSz", "smartTags", "embeddedFontLst")


def plan_presentation(
    root: etree._Element, numbers: Mapping[str, int], homes: tuple[tuple[str, str], ...]
) -> PresentationPlan:
    """Cut presentation.xml; `numbers` maps a slide's relationship id to its number from 1, `homes` are the sections the slides
    stand in."""
    from lxml import etree

    from collateral.ooxml.names import qn
    from collateral.ooxml.xml import serialise

    rel_id = qn("r:id")
    shows = tuple(
        (s.get("name") or "", s.get("id") or "0", tuple(_numbers(s, rel_id, numbers)))
        for s in root.iter(qn("p:custShow"))
    )
    for element in [*root.findall(qn("p:sldIdLst")), *root.findall(qn("p:custShowLst"))]:
        root.remove(element)
    ext_list = root.find(qn("p:extLst"))
    for ext in root.findall(f"{qn('p:extLst')}/{qn('p:ext')}"):
        if ext.get("uri") == _SECTION_URI:
            ext.getparent().remove(ext)  # type: ignore[union-attr]
    cuts = [etree.ProcessingInstruction("c8", "cut") for _ in range(4)]
    _insert_after(root, _BEFORE_NOTES, cuts[0])
    _insert_after(root, _BEFORE_SLIDES, cuts[1])
    _insert_after(root, _BEFORE_SHOWS, cuts[2])
    if ext_list is None:
        root.append(cuts[3])
    else:
        ext_list.append(cuts[3])
    prefix = next((p for p, uri in root.nsmap.items() if uri == qn("p:x")[1:-2]), "p")
    relation = next((p for p, uri in root.nsmap.items() if uri == qn("r:x")[1:-2]), "r")
    has_notes = root.find(qn("p:notesMasterIdLst")) is not None
    pieces = tuple(serialise(root).split(b"<?c8 cut?>"))
    shown = f"{prefix}:" if prefix else ""
    return PresentationPlan(pieces, shown, f"{relation}:", homes, shows, ext_list is not None, has_notes)


def _numbers(show: etree._Element, rel_id: str, numbers: Mapping[str, int]) -> list[int]:
    return [numbers[i] for s in show.iter() if (i := s.get(rel_id)) is not None and i in numbers]


def _insert_after(root: etree._Element, names: Sequence[str], node: etree._Element) -> None:
    """Put a node after the last child of one of these names, instructions there already included."""
    from collateral.ooxml.names import qn

    wanted = {qn(f"p:{name}") for name in names}
    at = 0
    for index, child in enumerate(root):
        if child.tag in wanted or not isinstance(child.tag, str):
            at = index + 1
    root.insert(at, node)


def sections_by_slide(root: etree._Element) -> dict[int, str]:
    """The name of each slide's section, by slide id."""
    from collateral.ooxml.names import qn

    return {
        whole_number(s.get("id")): section.get("name") or ""
        for section in root.iter(qn("p14:section"))
        for s in section.iter(qn("p14:sldId"))
    }


def sections_of(root: etree._Element, slide_ids: Iterable[int]) -> list[int | None]:
    """The number of the section each of these slides stands in; None for those in none."""
    from collateral.ooxml.names import qn

    known = {
        whole_number(s.get("id")): number
        for number, section in enumerate(root.iter(qn("p14:section")))
        for s in section.iter(qn("p14:sldId"))
    }
    return [known.get(slide_id) for slide_id in slide_ids]


COUNTS = ("Slides", "Notes", "HiddenSlides")
"""The numbers of app.xml that are written for each deck."""


@dataclass(frozen=True, slots=True)
class AppPlan:
    """app.xml cut at its slide counts; what else it says of the slides is left out of it."""

    pieces: tuple[bytes, ...]  # text, then alternating count names and text

    def write(self, counts: Mapping[str, int], company: str = "") -> bytes:
        """app.xml with these counts (`Slides`, `Notes`, `HiddenSlides`)."""
        out = [self.pieces[0]]
        for name, text in zip(self.pieces[1::2], self.pieces[2::2], strict=True):
            said = escape_text(company) if name == b"Company" else str(counts.get(name.decode()) or 0)
            out += [said.encode(), text]
        return b"".join(out)


def plan_app(root: etree._Element) -> tuple[AppPlan, str]:
    """Cut app.xml; also returns the company it names."""
    from lxml import etree

    from collateral.ooxml.app_properties import drop_derived
    from collateral.ooxml.names import qn
    from collateral.ooxml.xml import serialise

    drop_derived(root, COUNTS)
    company = root.findtext(qn("ep:Company")) or ""
    for name in (*COUNTS, "Company"):
        count = root.find(qn(f"ep:{name}"))
        if count is not None:
            count.text = None
            count.append(etree.ProcessingInstruction("c8", name))
    data = serialise(root)
    pieces: list[bytes] = []
    while True:
        head, found, data = data.partition(b"<?c8 ")
        pieces.append(head)
        if not found:
            return AppPlan(tuple(pieces)), company
        name_bytes, _, data = data.partition(b"?>")
        pieces.append(name_bytes)
