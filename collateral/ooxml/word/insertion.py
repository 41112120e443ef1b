"""The body of one Word file as content for another: designed parts of documents.

In: a finished .docx and the styles of the master it goes into. Out: a `Fragment` with its pictures, charts and links.
Styles are mapped by name, lists to the master's lists. What only makes sense in its own file (footnotes, comments, section
breaks, headers) is refused by name, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from collateral.diagnostics import Diagnostic, Place
from collateral.ooxml.names import NAMESPACES, qn
from collateral.ooxml.opening import open_trusted
from collateral.ooxml.values import Fragment, NumberingRequest, RelatedPart
from collateral.ooxml.word.styles import WordStyles, style_names
from collateral.ooxml.xml import XmlError, parse_xml, serialise

if TYPE_CHECKING:
    from collateral.ooxml.package import Package, Part
    from collateral.ooxml.xml import Element

_STYLES: Final = {"w:pStyle": "paragraph", "w:rStyle": "character", "w:tblStyle": "table"}
_BOUND: Final = {
    "w:footnoteReference": "a footnote",
    "w:endnoteReference": "an endnote",
    "w:commentReference": "a comment",
    "w:subDoc": "a sub-document",
    "w:altChunk": "an embedded document",
}
_DROPPED: Final = ("w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:lastRenderedPageBreak")
_RELATION: Final = "{" + NAMESPACES["r"] + "}"


def body_fragment(data: bytes, styles: WordStyles, *, file: str) -> tuple[Fragment | None, list[Diagnostic]]:
    """The body of a .docx as a fragment; None with every reason when it cannot be carried."""
    package, found = open_trusted(data, file=file)
    if package is None:
        return None, found
    try:
        body = parse_xml(package.main.data()).find(qn("w:body"))
    except XmlError as problem:
        return None, [Diagnostic.error("broken-part", str(problem), Place(file, part=package.main.name))]
    if body is None:
        return None, [Diagnostic.error("broken-part", "the document has no body", Place(file))]
    return _Insertion(package, body, styles, file).run()


class _Insertion:
    def __init__(self, package: Package, body: Element, styles: WordStyles, file: str) -> None:
        self.package, self.body, self.styles, self.file = package, body, styles, file
        self.problems: list[Diagnostic] = []
        self.relations = {rel.id: rel for rel in package.main.relationships}
        self.related: dict[str, RelatedPart] = {}
        self.numberings: dict[str, NumberingRequest] = {}
        self.ids: list[str] = []
        self.mark = _free_mark(package.main.data())

    def run(self) -> tuple[Fragment | None, list[Diagnostic]]:
        for section in list(self.body.iter(qn("w:sectPr"))):
            _remove(section)
        self._refuse_bound()
        if self.problems:
            return None, self.problems
        for tag in _DROPPED:
            for element in list(self.body.iter(qn(tag))):
                _remove(element)
        self._map_styles()
        self._map_lists()
        self._map_relations()
        self._map_ids()
        xml = b"".join(
            serialise(child).partition(b"?>")[2].lstrip() or serialise(child) for child in self.body
        )
        pieces = tuple(self._pieces(xml))
        fragment = Fragment(
            "block", pieces, tuple(self.related.values()), tuple(self.numberings.values()), tuple(self.ids)
        )
        return fragment, self.problems

    def _refuse_bound(self) -> None:
        for tag, name in _BOUND.items():
            if next(self.body.iter(qn(tag)), None) is not None:
                message = f"{name} cannot be carried into another document"
                self.problems.append(
                    Diagnostic.error("not-carried", message, Place(self.file), "take it out of the part")
                )

    def _map_styles(self) -> None:
        own = style_names(self.package)
        by_id = {identity: key for key, identity in own.items()}
        missing: dict[str, None] = {}
        for tag, kind in _STYLES.items():
            for element in list(self.body.iter(qn(tag))):
                key = by_id.get(element.get(qn("w:val")) or "", (kind, ""))
                target = self.styles.by_name.get(key)
                if target is not None:
                    element.set(qn("w:val"), target)
                else:
                    missing[key[1] or element.get(qn("w:val")) or ""] = None
                    _remove(element)
        for name in missing:
            message = f'the master has no style "{name}"; its text looks like body text'
            self.problems.append(Diagnostic.warning("unknown-style", message, Place(self.file)))

    def _map_lists(self) -> None:
        kinds = _list_kinds(self.package)
        for element in self.body.iter(qn("w:numId")):
            number = element.get(qn("w:val")) or "0"
            if number == "0":
                continue
            name = f"list{number}"
            kind = kinds.get(number, "bullet")
            like = self.styles.number_id if kind == "number" else self.styles.bullet_id
            self.numberings[name] = NumberingRequest(
                name, "number" if kind == "number" else "bullet", like, kind == "number"
            )
            element.set(qn("w:val"), self._marked(name))

    def _map_relations(self) -> None:
        for element in self.body.iter():
            if not isinstance(element.tag, str):
                continue
            for attribute, value in list(element.attrib.items()):
                if not str(attribute).startswith(_RELATION):
                    continue
                relation = self.relations.get(str(value))
                if relation is None:
                    continue
                name = f"ref{relation.id}"
                if name not in self.related:
                    self.related[name] = self._carried(name, relation.id)
                element.set(attribute, self._marked(name))

    def _carried(self, name: str, rel_id: str) -> RelatedPart:
        relation = self.relations[rel_id]
        if relation.external:
            return RelatedPart(name, relation.type, relation.target)
        return _related(self.package, self.package.parts[relation.target], name, relation.type)

    def _map_ids(self) -> None:
        for element in self.body.iter(qn("wp:docPr")):
            name = f"id{len(self.ids) + 1}"
            self.ids.append(name)
            element.set("id", self._marked(name))

    def _marked(self, name: str) -> str:
        return f"{self.mark}{name}{self.mark}"

    def _pieces(self, xml: bytes) -> Iterator[bytes | str]:
        """The XML cut at the marks: every second piece is a local name."""
        for number, piece in enumerate(xml.split(self.mark.encode())):
            yield piece.decode() if number % 2 else piece


def _free_mark(data: bytes) -> str:
    """A mark that does not occur in the file, whatever its text says."""
    number = 0
    while f"@local{number}@".encode() in data:
        number += 1
    return f"@local{number}@"


def _related(package: Package, part: Part, name: str, type_: str) -> RelatedPart:
    """A part with all it leads to; inside of it relationship ids stay as they are."""
    inner: list[RelatedPart] = []
    for relation in part.relationships:
        if relation.external:
            inner.append(RelatedPart(relation.id, relation.type, relation.target))
        else:
            inner.append(_related(package, package.parts[relation.target], relation.id, relation.type))
    stem, dot, extension = part.name.rpartition(".")
    hint = f"/{stem.rstrip('0123456789')}{{n}}{dot}{extension}"
    digest = f"{part.member.crc:08x}{part.member.size:x}" if "/media/" in part.name else ""
    return RelatedPart(name, type_, None, hint, part.content_type, part.data(), tuple(inner), digest)


def _list_kinds(package: Package) -> Mapping[str, str]:
    """For each list instance whether its first level counts or has bullets."""
    kinds: dict[str, str] = {}
    for part in package.related(package.main, "numbering"):
        root = parse_xml(part.data())
        formats = {a.get(qn("w:abstractNumId")): _first_format(a) for a in root.iter(qn("w:abstractNum"))}
        for instance in root.iter(qn("w:num")):
            abstract = instance.find(qn("w:abstractNumId"))
            shown = formats.get(abstract.get(qn("w:val"))) if abstract is not None else None
            kinds[instance.get(qn("w:numId")) or ""] = (
                "bullet" if shown in (None, "bullet", "none") else "number"
            )
    return kinds


def _first_format(abstract: Element) -> str | None:
    levels: Iterable[Element] = abstract.iter(qn("w:lvl"))
    first = next((level for level in levels if level.get(qn("w:ilvl")) == "0"), None)
    shown = first.find(qn("w:numFmt")) if first is not None else None
    return shown.get(qn("w:val")) if shown is not None else None


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
