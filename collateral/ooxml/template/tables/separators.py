"""What keeps two tables of a document apart that come to stand one right behind the other.

In: what was written so far. Out: the same, with a paragraph behind a table that ends it. Hot path: only where a hook asks for it.
"""

from __future__ import annotations

import re
from typing import Final

TABLE_BEGINS: Final = b"<w:tbl"
SEPARATOR: Final = b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
"""A paragraph of a point's height."""
_TABLE_ENDS: Final = b"</w:tbl>"
_PARAGRAPH: Final = re.compile(rb"<w:p[ />]")


def keep_apart(out: list[bytes], separator: bytes = SEPARATOR) -> None:
    """Put the separator behind a table when nothing but ends of what is around it comes after."""
    for piece in reversed(out):
        end = piece.rfind(_TABLE_ENDS)
        if _PARAGRAPH.search(piece, max(end, 0)):
            return
        if end >= 0:
            out.append(separator)
            return
