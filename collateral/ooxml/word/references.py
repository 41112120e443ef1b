"""What cross-references to bookmarks show (`REF` fields): the text that is at the bookmark in the filled document.

In: the XML of a finished document part. Out: the same with these texts. Word works them out only when somebody asks it to. One pass of
expat and no tree. References to what is no single line of plain text, to numbers of paragraphs and to pages stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.word.scanning import WordScanner
from collateral.ooxml.xml import escape_text

_CODE: Final = re.compile(
    r'\s*REF\s+"?([^\s"\\]+)"?(?:\s*\\h|\s*\\\*\s*(?:MERGEFORMAT|CHARFORMAT))*\s*', re.IGNORECASE
)


def bookmark_referred_to(code: str) -> str:
    """The bookmark whose text a field of this code shows as it is, "" for other fields."""
    found = _CODE.fullmatch(code)
    return found[1].lower() if found else ""


def with_references(xml: bytes) -> bytes:
    """The part with the results of its references brought up to date; the part itself when there is nothing to do."""
    reader = _Reader(xml)
    if not reader.scan():
        return xml
    out, at = [], 0
    for start, end, text in sorted(reader.changes()):
        out += [xml[at:start], b'<w:t xml:space="preserve">%b</w:t>' % escape_text(text).encode()]
        at = end
    return b"".join([*out, xml[at:]]) if out else xml


@dataclass(slots=True)
class _Bookmark:
    """A bookmark and the text in it so far."""

    name: str
    texts: list[str] = field(default_factory=list)
    plain: bool = True


@dataclass(slots=True)
class _Field:
    """A field: its code, the bytes of the texts of its result, and what they say."""

    code: list[str] = field(default_factory=list)
    shows: bool = False  # past its separator
    places: list[tuple[int, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    plain: bool = True


class _Reader(WordScanner):
    def __init__(self, xml: bytes) -> None:
        super().__init__(xml)
        self.bookmarks: dict[str, _Bookmark] = {}
        self.known: dict[str, _Bookmark] = {}
        self.fields: list[_Field] = []
        self.found: list[_Field] = []
        self.start, self.sink = 0, list[str]()
        self.starts = {
            "w:bookmarkStart": self._bookmark, "w:bookmarkEnd": self._end_bookmark, "w:fldChar": self._character,
            "w:fldSimple": self._simple, "w:instrText": self._collect, "w:t": self._collect, "w:tab": self._other,
            "w:br": self._other, "w:drawing": self._other, "w:pict": self._other, "w:sym": self._other,
        }  # fmt: skip
        self.ends = {
            "w:t": self._text, "w:instrText": self._instruction, "w:p": self._paragraph, "w:fldSimple": self._close,
        }  # fmt: skip

    def changes(self) -> list[tuple[int, int, str]]:
        """The bytes of texts with what they are to say instead."""
        out = []
        for one in self.found:
            bookmark = self.known.get(bookmark_referred_to("".join(one.code)))
            if bookmark is None or not (bookmark.plain and bookmark.texts and one.plain and one.places):
                continue
            text = "".join(bookmark.texts)
            if text != "".join(one.texts):
                out += [(*place, text if at == 0 else "") for at, place in enumerate(one.places)]
        return out

    def _collect(self, _: dict[str, str]) -> None:
        self.start, self.sink = self.at, []
        self.collect(self.sink)

    def _text(self) -> None:
        self.stop_collecting()
        text = "".join(self.sink)
        for bookmark in self.bookmarks.values():
            bookmark.texts.append(text)
        if self.fields:
            self.fields[-1].places.append((self.start, self.after_tag()))
            self.fields[-1].texts.append(text)

    def _instruction(self) -> None:
        self.stop_collecting()
        if self.fields and not self.fields[-1].shows:
            self.fields[-1].code += self.sink

    def _other(self, _: dict[str, str]) -> None:
        """What no text says: neither can a bookmark with it be shown, nor a result with it be written anew."""
        for bookmark in self.bookmarks.values():
            bookmark.plain = False
        if self.fields:
            self.fields[-1].plain = False

    def _paragraph(self) -> None:
        self._other({})

    def _bookmark(self, attributes: dict[str, str]) -> None:
        made = _Bookmark(attributes.get("w:name", ""))
        self.bookmarks[attributes.get("w:id", "")] = made
        self.known.setdefault(made.name.lower(), made)

    def _end_bookmark(self, attributes: dict[str, str]) -> None:
        self.bookmarks.pop(attributes.get("w:id", ""), None)

    def _simple(self, attributes: dict[str, str]) -> None:
        self._open([attributes.get("w:instr", "")], shows=True)

    def _character(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._open([], shows=False)
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
        elif kind == "end":
            self._close()

    def _open(self, code: list[str], *, shows: bool) -> None:
        if self.fields:
            self.fields[-1].plain = False
        self.fields.append(_Field(code, shows))

    def _close(self) -> None:
        if self.fields:
            self.found.append(self.fields.pop())
