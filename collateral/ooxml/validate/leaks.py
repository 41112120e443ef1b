"""What a file would tell its receiver that nobody meant to say.

In: a `View`. Out: diagnostics for hidden slides, comments and their authors, revision marks, links to files and
folders, names of people and companies in the properties (also of embedded workbooks), titles of slides that were left
out, custom properties and old thumbnails.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from collateral.ooxml import names
from collateral.ooxml.archive import ArchiveError, Member, read_archive
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.package import Part
from collateral.ooxml.validate.view import View
from collateral.ooxml.xml import XmlError, read_events

_SAFE_LINKS: Final = ("http://", "https://", "mailto:", "tel:", "#", "ppaction:")
_PATH: Final = re.compile(r"^(file:|[A-Za-z]:[\\/]|\\\\|/|\.\.?[\\/])")
_COMMENTS: Final = ("comments", "commentsExtended", "commentsExtensible", "threadedComment", "modernComment")
_AUTHORS: Final = ("commentAuthors", "authors", "people")
_PEOPLE: Final = {
    f"{NAMESPACES['dc']} creator": "author",
    f"{NAMESPACES['cp']} lastModifiedBy": "person who saved it last",
    f"{NAMESPACES['ep']} Manager": "manager",
    f"{NAMESPACES['ep']} Company": "company",
    f"{NAMESPACES['ep']} HyperlinkBase": "base folder of links",
}
_LINKED: Final = {
    "hyperlink": "a link",
    "image": "a picture",
    "oleObject": "a workbook or object",
    "package": "a workbook or object",
    "externalLink": "a workbook",
    "video": "a video",
    "audio": "a sound",
    "media": "a video or sound",
    "attachedTemplate": "the document's template",
}
_PROPERTY: Final = f"{NAMESPACES['op']} property"
_PAIR_COUNT: Final = f"{NAMESPACES['vt']} i4"
_TITLE: Final = f"{NAMESPACES['vt']} lpstr"
_TELLING: Final = (
    ("xl/externalLinks/e", "leads to another workbook"),
    ("word/embeddings/", "leads to another workbook"),
    ("xl/comments", "holds comments and the names of who wrote them"),
    ("xl/pivotCache/pivotCacheRecords", "holds the data behind a pivot table"),
    ("xl/persons/", "holds comments and the names of who wrote them"),
)
"""What an embedded file tells by holding members whose names begin so."""

_LABEL: Final = b' name="MSIP_Label_'
_IN_EXCEL: Final = "open it (Chart Design > Edit Data in Excel), and delete what is not for everybody"

_REMEMBERED: Final = 64
_known_elements: dict[tuple[int, bytes], list[tuple[str, str]]] = {}
_known_embedded: dict[bytes, _Told] = {}


def find_leaks(view: View, own: Collection[str] = ()) -> None:
    """All of this module; `own` are names that may stand in the properties, the seller's for example."""
    _slides_and_comments(view)
    for part in view.package.parts.values():
        if part.relationships:
            _links(view, part)
        if part.content_type in names.CT_EMBEDDED:
            told = view.read(part, _told_by_embedded)
            for what in dict.fromkeys(what for what, person in told if person not in own):
                view.warn("embedded-leak", f'"{part.name}" {what}', part, _IN_EXCEL)
    _properties(view, own)


def _slides_and_comments(view: View) -> None:
    for slide in view.slides:
        if "hidden" in view.scan(slide).facts:
            message = "the slide is hidden, but whoever gets the file can read it"
            view.warn("hidden-slide", message, slide, "show it, or delete it")
    for part in view.package.parts.values():
        kinds = {_kind(rel.type) for rel in part.relationships}
        if not kinds.isdisjoint(_COMMENTS):
            view.error(
                "comment-left", "comments are left in the file", part, "delete them, or accept and remove"
            )
        if not kinds.isdisjoint(_AUTHORS):
            view.warn("comment-author-left", "names of people who commented are left in the file", part)
        if "revision" in view.scan(part).facts:
            view.error(
                "revision-left", "tracked changes are left in the file", part, "accept or reject them all"
            )


@lru_cache(maxsize=256)
def _kind(type_: str) -> str:
    return type_.rpartition("/")[2]


def _links(view: View, part: Part) -> None:
    for rel in part.relationships:
        if not rel.external or rel.target.lower().startswith(_SAFE_LINKS) or not rel.target:
            continue
        target = unquote(rel.target)
        if _PATH.match(target) or rel.type == names.REL_ATTACHED_TEMPLATE:
            kind = _kind(rel.type)
            what = _LINKED.get(kind, f'a "{kind}"')
            hint = "embed it, or break the link, in the file it comes from"
            view.error("file-path-left", f'{what} leads to the file "{target[:120]}"', part, hint)
        elif ":" in target.partition("/")[0]:
            view.error(
                "unsafe-link",
                f'a link leads to "{target[:120]}"',
                part,
                "only web and mail addresses are allowed",
            )
        elif (kind := _kind(rel.type)) in _LINKED and target.upper() != "NULL":
            view.warn(
                "link-without-address",
                f'{_LINKED[kind]} leads to "{target[:120]}", which is looked for beside the file',
                part,
                "write the whole web address, with https:// before it",
            )


_Told = tuple[tuple[str, str | None], ...]
"""What an embedded file tells, in words, and whom it names there."""


def _told_by_embedded(member: Member) -> _Told:
    """Nothing of a damaged one, which is told of elsewhere."""
    known = _known_embedded.get(member.digest)
    if known is None:
        if len(_known_embedded) >= _REMEMBERED:
            _known_embedded.clear()
        try:
            known = tuple(_read_embedded(member.data()))
        except ArchiveError:
            known = ()
        _known_embedded[member.digest] = known
    return known


def _read_embedded(data: bytes) -> Iterator[tuple[str, str | None]]:
    members, _ = read_archive(data, file="")
    for name, member in members.items():
        if name.startswith("docProps/"):
            for what, person in _people_in(member):
                yield f'names "{person[:80]}" as {what}', person
        elif name == "xl/workbook.xml" and b"idden" in (workbook := member.data()):
            for sheet in _hidden_sheets(workbook):
                yield f'has a hidden sheet, "{sheet[:80]}"', None
        for start, what in _TELLING:
            if name.startswith(start):
                yield what, None


def _hidden_sheets(workbook: bytes) -> list[str]:
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" sheet") and "idden" in attributes.get("state", ""):
            found.append(attributes.get("name", ""))

    with suppress(XmlError):
        read_events(workbook, start=start)
    return found


def _properties(view: View, own: Collection[str]) -> None:
    for rel in view.package.relationships:
        part = None if rel.external else view.package.get(rel.target)
        if part is None:
            continue
        if rel.type == names.REL_THUMBNAIL:
            view.warn("thumbnail-left", "the file carries a small picture of its template", part)
        elif rel.type in (names.REL_CORE_PROPERTIES, names.REL_EXTENDED_PROPERTIES):
            for what, value in view.read(part, _people_in):
                if value not in own:
                    view.warn("name-left", f'the properties name "{value[:80]}" as {what}', part)
            if view.package.is_deck and rel.type == names.REL_EXTENDED_PROPERTIES:
                _stale_titles(view, part)
        elif rel.type == names.REL_CUSTOM_PROPERTIES and view.read(part, _count_properties):
            hint = "take them out: File > Info > Properties > Advanced Properties > Custom"
            view.warn("custom-properties-left", "the file carries custom properties", part, hint)


def _people_in(member: Member) -> tuple[tuple[str, str], ...]:
    """What a properties part calls people and companies."""
    found = [(_PEOPLE[name], text.strip()) for name, text in _elements(member) if name in _PEOPLE]
    return tuple([(what, text) for what, text in found if text])


def _stale_titles(view: View, part: Part) -> None:
    """The properties list the titles of the slides: one too many is the title of a slide that was left out."""
    counts, titles = view.read(part, _titles_in)
    listed = titles[len(counts) :]  # the first of them name the groups
    if listed and counts and sum(counts) == len(listed) and counts[-1] > len(view.slides):
        extra = ", ".join(f'"{title[:40]}"' for title in listed[-counts[-1] :][:3])
        view.error(
            "stale-slide-titles", f"the properties list {counts[-1]} slide titles, among them {extra}", part
        )


def _titles_in(member: Member) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """How many titles of each kind a properties part counts, and the names of the kinds with the titles."""
    elements = _elements(member)
    counts = [int(text) for name, text in elements if name == _PAIR_COUNT and text.strip().isdecimal()]
    return tuple(counts), tuple([text for name, text in elements if name == _TITLE])


def _count_properties(member: Member) -> int:
    """How many there are; a label of confidentiality is meant to be read."""
    labels = member.data().count(_LABEL)
    return max(0, sum(1 for name, _ in _elements(member) if name == _PROPERTY) - labels)


def _elements(member: Member) -> list[tuple[str, str]]:
    """Name and own text of each element of a small part; none when it is broken. Remembered: embedded workbooks of one template
    have the same properties."""
    key = member.method, member.packed
    known = _known_elements.get(key)
    if known is None:
        if len(_known_elements) >= _REMEMBERED:
            _known_elements.clear()
        known = _known_elements[key] = _read_elements(member)
    return known


def _read_elements(member: Member) -> list[tuple[str, str]]:
    found: list[tuple[str, list[str]]] = []

    def start(name: str, _: dict[str, str]) -> None:
        found.append((name, []))

    def text(value: str) -> None:
        if found:
            found[-1][1].append(value)

    try:
        read_events(member.data(), start=start, text=text)
    except (XmlError, ArchiveError):
        return []
    return [(name, "".join(texts)) for name, texts in found]
