"""`{% raw %} … {% endraw %}`: what stands between them is text, whatever it looks like.

In: a part's tree before its tags are searched. Out: the same tree, the braces between the two replaced by stand-ins that
`tags.unescape` turns back once all tags are found. The two tags themselves count as comments. May reach over paragraphs.
Compile time only.
"""

from __future__ import annotations

import re

from lxml import etree

from collateral.diagnostics import Place
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.places import Places
from collateral.ooxml.template.language.scan import PARAGRAPHS, join
from collateral.ooxml.template.language.tags import STAND_INS

_TAG = re.compile(r"\{%-?\s*(?:(?:p|r|tr|tc)\s+)?(raw|endraw)\s*-?%\}")
_HIDDEN = str.maketrans(dict(STAND_INS))


def hide_raw_text(root: etree._Element, marks: Marks) -> None:
    """Hide the braces of all raw text of a part."""
    raw = _Raw(marks)
    for paragraph in root.iter(*PARAGRAPHS):
        atoms, text = join(paragraph)
        if not raw.concerns(text):
            continue
        was_open, hidden = bool(raw.open_), raw.hide(text)
        if raw.open_ and (not was_open or "endraw" in text):
            raw.opened_in = paragraph
        for atom in atoms:
            if atom.is_text:
                atom.element.text = hidden[atom.start : atom.end]
    for element in root.iter(etree.Element):
        for name, value in element.items():
            if "endraw" in value:
                element.set(name, _Raw(marks).hide(str(value)))
    raw.finish(root)


class _Raw:
    """Reads texts one after the other; `open_` is the raw tag that has no end yet."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.open_ = ""
        self.opened_in: etree._Element | None = None

    def concerns(self, text: str) -> bool:
        """Whether something of the text is to be hidden."""
        return bool(self.open_) or ("raw" in text and "{%" in text)

    def hide(self, text: str) -> str:
        """The text with the braces of what is raw in it hidden; its length stays."""
        out, at = [], 0
        for tag in _TAG.finditer(text):
            if bool(self.open_) == (tag[1] == "raw"):
                continue
            between = text[at : tag.start()]
            out += [between.translate(_HIDDEN) if self.open_ else between, tag[0]]
            self.open_ = "" if self.open_ else tag[0]
            at = tag.end()
        rest = text[at:]
        return "".join([*out, rest.translate(_HIDDEN) if self.open_ else rest])

    def finish(self, root: etree._Element) -> None:
        """Say that a raw text has no end."""
        if self.open_:
            place = self._place(root)
            message = f'"{self.open_}" has no "{{% endraw %}}"'
            self.marks.error("tag-not-closed", message, place, "add {% endraw %} where the text ends")

    def _place(self, root: etree._Element) -> Place:
        """Where the raw text that is open begins."""
        places = Places(self.marks)
        for paragraph in root.iter(*PARAGRAPHS):
            place = places.of(paragraph, join(paragraph)[1])
            if paragraph is self.opened_in:
                return place
        return Place(self.marks.file, part=self.marks.part, slide=self.marks.slide)
