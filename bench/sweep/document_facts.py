"""What a document says, read from its bytes without any of our code: the second opinion for Word files.

`read_document(data)` follows relationships with zipfile and lxml alone. What decks say is read by
tests/ooxml_slides/deck_facts.py.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field, fields

from deck_facts import Reader, _cells
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STORIES = ("header", "footer", "footnotes", "endnotes", "comments")


@dataclass
class DocumentFacts:
    """Everything in a document that must survive."""

    texts: list[str] = field(default_factory=list)  # of the body's paragraphs
    asides: list[str] = field(default_factory=list)  # of headers, footers, notes and comments
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    workbooks: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # embedded objects and media


def read_document(data: bytes, *, body_only: bool = False) -> DocumentFacts:
    """The facts of a .docx; `body_only` leaves out headers, footers, notes and comments with all they hold."""
    reader, facts = Reader(data), DocumentFacts()
    body = reader.related("", "officeDocument")[0]
    facts.texts = _paragraphs(reader.tree(body))
    _references(reader, facts, body)
    for _, (kind, part, external) in sorted(reader.relationships(body).items()):
        if kind in STORIES and not external and not body_only:
            facts.asides += _paragraphs(reader.tree(part))
            _references(reader, facts, part)
    return facts


def lost(before: DocumentFacts, after: DocumentFacts) -> list[str]:
    """What of `before` is not in `after`, where more may stand; texts and the rest each in their order."""
    found = []
    for fact in fields(DocumentFacts):
        gone = _missing(getattr(before, fact.name), getattr(after, fact.name))
        if gone:
            found.append(f"{fact.name}: {len(gone)} gone, first {gone[0][:120]!r}")
    return found


def _missing(wanted: list[str], there: list[str]) -> list[str]:
    """The items of `wanted` that are not in `there` in the same order."""
    gone, position = [], 0
    for item in wanted:
        try:
            position = there.index(item, position) + 1
        except ValueError:
            gone.append(item)
    return gone


def _paragraphs(root: etree._Element) -> list[str]:
    """The text of each paragraph that has any; deleted text and field codes are not text."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        own = (e for e in paragraph.iter(f"{W}t") if next(e.iterancestors(f"{W}p")) is paragraph)
        text = "".join(e.text or "" for e in own)
        if text.strip():
            found.append(text)
    return found


def _references(reader: Reader, facts: DocumentFacts, part: str) -> None:
    rels = reader.relationships(part)
    for element in reader.tree(part).iter("*"):
        for key, value in element.attrib.items():
            if str(key).startswith(R) and value in rels:
                _reference(reader, facts, *rels[str(value)])


def _reference(reader: Reader, facts: DocumentFacts, kind: str, target: str, external: bool) -> None:
    if external:
        facts.links.append(target)
    elif kind == "image":
        facts.pictures.append(_digest(reader.bytes(target)))
    elif kind == "chart":
        root = reader.tree(target)
        facts.points += [f"{e.get('idx')}={''.join(e.itertext()).strip()}" for e in root.iter("{*}pt")]
        for more, part, outside in reader.relationships(target).values():
            if more == "package" and not outside:
                facts.workbooks += _cells(reader.bytes(part))
    elif kind in {"oleObject", "package", "diagramData"}:
        facts.files.append(f"{kind} {_digest(reader.bytes(target))}")


def with_slot(data: bytes) -> bytes:
    """The document with `{{p slot("content") }}` as its last paragraph: what a designer types to make it a master."""
    reader = Reader(data)
    name = reader.related("", "officeDocument")[0]
    root = reader.tree(name)
    body = root.find(f"{W}body")
    assert body is not None
    paragraph = etree.fromstring(
        f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>{{{{p slot("content") }}}}</w:t></w:r></w:p>'
    )
    last = body.find(f"{W}sectPr")
    body.insert(len(body) if last is None else body.index(last), paragraph)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as output:
        for entry in reader.zip.namelist():
            changed = entry.lower() == name.lower()
            output.writestr(
                entry,
                etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                if changed
                else reader.zip.read(entry),
            )
    return made.getvalue()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
