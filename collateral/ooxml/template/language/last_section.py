"""The last section of a filled document: its page and its headers stand behind all text, not in a paragraph.

In: the XML of a document part with marks where sections end. Out: the same XML without the marks; when the last section has
gone, the one before it takes its place. Hot path of documents whose sections a directive governs.
"""

from __future__ import annotations

import re

SECTION_END = "c8-section", "end"
"""The processing instruction behind a paragraph that ends a section."""
_MARK = "<?{} {}?>".format(*SECTION_END).encode()
_NOTHING = re.compile(rb"(?:\s|<w:(?:bookmarkStart|bookmarkEnd|proofErr)\b[^>]*>)*(?=<w:sectPr\b)")
_SECTION = re.compile(rb"<w:sectPr\b[^>]*?(?:/>|>.*?</w:sectPr>)", re.S)


def with_last_section(data: bytes) -> bytes:
    """The document whose last section has text in it, or is the only one."""
    if _MARK not in data:
        return data
    head, _, tail = data.rpartition(_MARK)
    nothing = _NOTHING.match(tail)
    start = head.rfind(b"<w:sectPr")
    own = _SECTION.match(head, start) if start >= 0 else None
    if nothing is not None and own is not None:
        between, rest = tail[: nothing.end()], _SECTION.sub(lambda _: own[0], tail[nothing.end() :], count=1)
        return head[:start].replace(_MARK, b"") + head[own.end() :] + between + rest
    return data.replace(_MARK, b"")
