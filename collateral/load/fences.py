"""A block's Markdown file → front matter and forms. Knows the fences, not what is inside them.

In: the text of `ID.md`. Out: the front matter's text with its first line, the forms (unparsed), diagnostics.
"""

from __future__ import annotations

import re

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.library import PIECE_FORMS, Form

PIECES = tuple(PIECE_FORMS)
WORDINGS = ("full", "short")
MAX_FORM_CHARACTERS = 200_000
_FENCE = re.compile(r"\s{0,3}:{3,}\s*(.*?)\s*:*\s*$")
_CODE = re.compile(r"\s*(`{3,}|~{3,})")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'}]+)""")


@dataclass(slots=True)
class BlockText:
    """The parts of a block's file."""

    front: str | None
    front_line: int
    forms: tuple[Form, ...]


def split_block(text: str, file: str) -> tuple[BlockText, list[Diagnostic]]:
    """The front matter and the forms."""
    lines = text.split("\n")
    front, body_start, diagnostics = _front_matter(lines, file)
    scan = _Scan(file)
    for number in range(body_start, len(lines)):
        scan.line(lines[number], number + 1)
    scan.close()
    return BlockText(front, 2, tuple(scan.forms)), [*diagnostics, *scan.diagnostics]


def _front_matter(lines: list[str], file: str) -> tuple[str | None, int, list[Diagnostic]]:
    if lines[0].rstrip() != "---":
        problem = Diagnostic.error("no-front-matter", "the file does not begin with front matter", Span(file, 1, 1),
                                   "begin it with ---, the block's keys, and --- again")  # fmt: skip
        return None, 0, [problem]
    for number in range(1, len(lines)):
        if lines[number].rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]) + "\n", number + 1, []
    problem = Diagnostic.error(
        "no-front-matter", "the front matter is not closed", Span(file, 1, 1), "close it with ---"
    )
    return None, len(lines), [problem]


@dataclass(slots=True)
class _Scan:
    """Walks the body line by line, keeping count of open fences."""

    file: str
    forms: list[Form] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    head: tuple[str, str, str | None] | None = None  # piece, wording, layout of the open form
    opened: int = 0
    first: int = 0
    depth: int = 0
    code: str = ""
    body: list[str] = field(default_factory=list)
    stray: bool = False

    def line(self, line: str, number: int) -> None:
        fence = None if self._in_code(line) else _FENCE.match(line)
        if self.head is None:
            self._outside(line, number, fence)
        elif fence is None:
            self.body.append(line)
        elif fence[1]:
            self.depth += 1
            self.body.append(line)
        elif self.depth:
            self.depth -= 1
            self.body.append(line)
        else:
            self._finish()

    def close(self) -> None:
        """Report a form left open at the end of the file."""
        if self.head is not None:
            at = Span(self.file, self.opened, 1)
            self._error(
                "unclosed-fence",
                f'":::" fence "{self.head[0]}" is not closed',
                at,
                "close it with a line of :::",
            )
            self._finish()

    def _in_code(self, line: str) -> bool:
        if self.head is None:
            return False
        mark = _CODE.match(line)
        if self.code:
            if mark and mark[1].startswith(self.code) and line.strip() == mark[1]:
                self.code = ""
            return True
        if mark:
            self.code = mark[1]
        return bool(mark)

    def _outside(self, line: str, number: int, fence: re.Match[str] | None) -> None:
        if fence is not None:
            self._open(fence[1], number, line)
        elif line.strip() and not self.stray and not line.lstrip().startswith("<!--"):
            self.stray = True
            at = Span(self.file, number, 1, number, len(line) + 1)
            self._error("text-outside-form", f'"{line.strip()[:40]}" stands outside every form', at,
                        "put it between ::: document and :::, or another form")  # fmt: skip

    def _open(self, head: str, number: int, line: str) -> None:
        at = Span(self.file, number, 1, number, len(line) + 1)
        if not head:
            self._error(
                "stray-fence", '":::" closes nothing', at, "remove it, or name the form it opens: ::: deck"
            )
            return
        words, _, attributes = head.partition("{")
        self.opened, self.first, self.body, self.depth = number, number + 1, [], 0
        self.head = self._head(words.split(), dict(_ATTRIBUTE.findall(attributes)), at)

    def _head(self, words: list[str], attributes: dict[str, str], at: Span) -> tuple[str, str, str | None]:
        piece = words[0] if words else ""
        wording = words[1] if len(words) > 1 else "full"
        if piece not in PIECES:
            self._error("unknown-form", f'"{piece}" is not a form', at, *one_of(piece, PIECES))
        if wording not in WORDINGS or len(words) > 2:
            self._error(
                "unknown-wording",
                f'"{" ".join(words[1:])}" is not a wording',
                at,
                *one_of(wording, WORDINGS),
            )
        for name in sorted(set(attributes) - {"layout"}):
            self._error(
                "unknown-attribute", f'"{name}" means nothing on a form', at, 'only layout="…" is read'
            )
        layout = attributes.get("layout")
        return piece, wording, layout.strip("\"'") if layout else None

    def _finish(self) -> None:
        assert self.head is not None
        piece, wording, layout = self.head
        self.head, self.code = None, ""
        at = Span(self.file, self.opened, 1)
        source = "\n".join(self.body) + "\n"
        if len(source) > MAX_FORM_CHARACTERS:
            self._error("form-too-large", f"the form is longer than {MAX_FORM_CHARACTERS:,} characters", at)
        elif any(f.piece == piece and f.wording == wording for f in self.forms):
            self._error("duplicate-form", f'there is another "{piece} {wording}" above', at, "keep one")
        elif piece in PIECES and wording in WORDINGS:
            self.forms.append(Form(piece, wording, source, self.first, layout))

    def _error(self, code: str, message: str, at: Span, *hints: str) -> None:
        self.diagnostics.append(Diagnostic.error(code, message, at, *hints))
