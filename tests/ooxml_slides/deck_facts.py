"""What a deck says, read from its bytes without any of our code: the second opinion in round trips.

`read_deck(data)` gives one `SlideFacts` per slide in showing order. Follows relationships with zipfile and lxml alone.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from dataclasses import dataclass, field, fields
from urllib.parse import unquote

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass
class SlideFacts:
    """Everything on one slide that must survive a move."""

    texts: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # media, embedded objects: relationship kind and digest
    points: list[str] = field(default_factory=list)
    workbooks: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)  # shapes that animations move


class Reader:
    """One file, part by part."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = {name.lower(): name for name in self.zip.namelist()}

    def bytes(self, part: str) -> bytes:
        return self.zip.read(self.names[part.lower()])

    def tree(self, part: str) -> etree._Element:
        return etree.fromstring(self.bytes(part))

    def relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """id → (kind, target, external); those that lead nowhere are left out."""
        folder, file = posixpath.split(part)
        name = f"{folder}/_rels/{file}.rels".lstrip("/")
        if name.lower() not in self.names:
            return {}
        found = {}
        for element in self.tree(name).iter(f"{RELS}Relationship"):
            target, external = element.get("Target") or "", element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
                if target.lower() not in self.names:
                    continue
            found[element.get("Id") or ""] = (
                (element.get("Type") or "").rsplit("/", 1)[-1],
                target,
                external,
            )
        return found

    def related(self, part: str, kind: str) -> list[str]:
        return [
            target for k, target, external in self.relationships(part).values() if k == kind and not external
        ]

    def slides(self) -> list[str]:
        main = self.related("", "officeDocument")[0]
        rels = self.relationships(main)
        listed = self.tree(main).findall(f"{P}sldIdLst/{P}sldId")
        return [rels[e.get(f"{R}id") or ""][1] for e in listed if e.get(f"{R}id") in rels]


def read_deck(data: bytes) -> list[SlideFacts]:
    """The facts of each slide, in showing order."""
    reader = Reader(data)
    order = reader.slides()
    return [_slide(reader, part, order) for part in order]


def texts_of(root: etree._Element) -> list[str]:
    """The text of each paragraph that has any."""
    found = ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in root.iter(f"{A}p")]
    return [text for text in found if text]


def _slide(reader: Reader, part: str, order: list[str]) -> SlideFacts:
    facts = SlideFacts()
    root = reader.tree(part)
    rels = reader.relationships(part)
    facts.texts = texts_of(root)
    facts.cells = ["\n".join(texts_of(cell)) for cell in root.iter(f"{A}tc")]
    facts.shapes = [e.get("name") or "" for e in root.iter(f"{P}cNvPr")]
    names = {e.get("id"): e.get("name") or "" for e in reversed(list(root.iter(f"{P}cNvPr")))}
    facts.targets = [names.get(e.get("spid"), "?") for e in root.iter(f"{P}spTgt")]
    for element in root.iter("*"):
        for key, value in element.attrib.items():
            if str(key).startswith(R) and value in rels:
                _reference(reader, facts, element, rels[value], order)
    for notes in reader.related(part, "notesSlide"):
        facts.notes += texts_of(reader.tree(notes))
    return facts


def _reference(
    reader: Reader, facts: SlideFacts, element: etree._Element, rel: tuple[str, str, bool], order: list[str]
) -> None:
    kind, target, external = rel
    if kind == "slide":
        facts.links.append(f"slide {order.index(target) + 1}" if target in order else "lost slide")
    elif external:
        facts.links.append(target)
    elif kind in {"image", "hdphoto"}:
        facts.pictures.append(_digest(reader.bytes(target)))
    elif kind in {"chart", "chartEx"}:
        _chart(reader, facts, target)
    elif kind.startswith("diagram"):
        facts.diagrams += [kind, *texts_of(reader.tree(target))]
    elif not kind.startswith(("notes", "slideLayout", "comments")):
        facts.files.append(f"{kind} {_digest(reader.bytes(target))}")


def _chart(reader: Reader, facts: SlideFacts, part: str) -> None:
    root = reader.tree(part)
    facts.points += [f"{e.get('idx')}={''.join(e.itertext()).strip()}" for e in root.iter("{*}pt")]
    facts.texts += texts_of(root)
    for kind, target, external in reader.relationships(part).values():
        if external:
            facts.links.append(target)
        elif kind == "package":
            facts.workbooks += _cells(reader.bytes(target))
        elif kind == "chartUserShapes":
            facts.texts += texts_of(reader.tree(target))
            facts.pictures += [_digest(reader.bytes(image)) for image in reader.related(target, "image")]
        elif kind == "image":
            facts.pictures.append(_digest(reader.bytes(target)))
        else:
            facts.files.append(kind)


def _cells(data: bytes) -> list[str]:
    try:
        workbook = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        return [_digest(data)]
    return [
        f"{name} {_digest(workbook.read(name))}"
        for name in sorted(workbook.namelist())
        if name.startswith(("xl/worksheets/", "xl/sharedStrings"))
    ]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def differences(before: list[SlideFacts], after: list[SlideFacts], *, shifted: int = 0) -> list[str]:
    """What the slides of `before` lost in `after`; slide jumps of slides after the first `shifted` count from there."""
    if len(before) != len(after):
        return [f"{len(before)} slides became {len(after)}"]
    found: list[str] = []
    for number, (one, other) in enumerate(zip(before, after, strict=True), 1):
        for fact in fields(SlideFacts):
            mine, theirs = getattr(one, fact.name), getattr(other, fact.name)
            if fact.name == "links" and number > shifted:
                mine = [_moved(link, shifted) for link in mine]
            if mine != theirs:
                found.append(f"slide {number} {fact.name}: {mine} became {theirs}"[:300])
    return found


def _moved(link: str, by: int) -> str:
    kind, _, number = link.partition(" ")
    return f"slide {int(number) + by}" if kind == "slide" and number.isdigit() else link
