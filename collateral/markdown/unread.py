"""Markdown that is not read and would stand in a piece as it was typed: broken links, footnotes, references, underlined headings, boxes.

In: what a paragraph's source says and what a reader would see of it. Out: what is wrong, with what to write instead. Text that is
escaped or in a code span is meant as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CODE: Final = re.compile(r"(`+).*?\1", re.DOTALL)
_LINK: Final = re.compile(r"(?<!\\)\[[^\[\]]*\]\([^)\n]*\)?")
_NOTE: Final = re.compile(r"(?<!\\)\[\^[^\]\s]+\]")
_REFERENCE: Final = re.compile(
    r"""(?<!\\)\[(?!\^)[^\[\]\n]+\]\[[^\[\]\n]*\]|^ *\[(?!\^)[^\[\]\n]+\]: +\S*[/.\#]\S*(?= *$| +["'(])""",
    re.MULTILINE,
)
_UNDERLINED: Final = re.compile(r"\n *={3,} *(?:\n|$)")
_BOX: Final = re.compile(r"\[[ xX]\] ")


def unread(source: str, shown: str, *, in_list: bool) -> Iterator[tuple[str, str]]:
    """What is not read, and the hint; `shown` is the text without code spans."""
    source = _CODE.sub("", source)
    if "](" in shown and (link := _LINK.search(source)):
        hint = "an address has no blanks: write %20 for one, or <…> around the address"
        yield f'"{link[0]}" looks like a link but is none', hint
    if "[^" in shown and (note := _NOTE.search(source)):
        yield (
            f'"{note[0]}" is a footnote, which is not read',
            "say it in the text, or mark a claim: [claim:id]",
        )
    if ("][" in shown or "]:" in shown) and (reference := _REFERENCE.search(source)):
        yield f'"{reference[0]}" is no link', "write [text](https://…)"
    if "===" in shown and (line := _UNDERLINED.search(source)):
        yield f'"{line[0].strip()}" makes no heading', "begin a heading with number signs: ## Heading"
    if in_list and (box := _BOX.match(shown)):
        yield f'"{box[0].strip()}" is no box to tick', "write ☐ or ☑"
