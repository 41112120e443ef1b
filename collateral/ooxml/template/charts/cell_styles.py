"""The cell styles of a workbook, to which number formats can be added when a piece is made.

In: the index of a cell's style and a number format. Out: the index of the same style with that format, and the styles part. Hot path;
`workbook_steps` cuts the part when the template is compiled.
"""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.archive import ArchiveWriter, Member
from collateral.ooxml.xml import escape_attribute


@dataclass(slots=True)
class CellStyles:
    """`pieces` is the styles part cut at the end of its number formats and of its cell formats; `cells` are the cell formats, each cut at
    its number format; `next_format` is a free number for one. `prefix` is that of the part's elements."""

    member: Member
    pieces: tuple[bytes, bytes, bytes]
    cells: tuple[tuple[bytes, bytes], ...]
    next_format: int
    prefix: str = ""


@dataclass(slots=True)
class NewStyles:
    """The styles one piece adds: (index of the style it is made from, number format) → its own index."""

    known: CellStyles
    added: dict[tuple[int, str], int] = field(default_factory=dict)

    def style(self, base: str, code: str) -> str:
        """The style attribute of a cell: that of `base` (also an attribute, or "") with another number format."""
        number = int(base[4:-1]) if base else 0
        if number >= len(self.known.cells):
            return base
        index = self.added.setdefault((number, code), len(self.known.cells) + len(self.added))
        return f' s="{index}"'

    def write(self, writer: ArchiveWriter) -> None:
        """The styles part with what was added."""
        known, p = self.known, self.known.prefix
        if not self.added:
            writer.add_member(known.member)
            return
        codes = {
            code: known.next_format + i for i, code in enumerate(dict.fromkeys(c for _, c in self.added))
        }
        formats = [
            f'<{p}numFmt numFmtId="{number}" formatCode="{escape_attribute(code)}"/>'.encode()
            for code, number in codes.items()
        ]
        cells = [
            b"%b%d%b" % (known.cells[base][0], codes[code], known.cells[base][1]) for base, code in self.added
        ]
        head, middle, tail = known.pieces
        writer.add(known.member.name, b"".join([head, *formats, middle, *cells, tail]))
