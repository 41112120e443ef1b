"""Tags in Markdown, kept whole: each is replaced by one private-use character before the parse and restored after it.

So a tag is never read as Markdown (its `|` splits no table cell, its `*` makes nothing bold), and a value never can be.
In: a form's source. Out: masked text, the tags with their places, and the line each masked line came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from unicodedata import normalize

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.diagnostics.lazy_dataclass import dataclass, field

FIRST = 0x100000  # plane 16 is private use, and no font people install puts anything there
LAST = 0x10FFFD
MASKED = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]")
_START = re.compile(r"\{\{|\{%|\{#|\[claim:")
_QUOTED = re.compile(r"""'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*\"""")
_CLAIM = re.compile(r"\[claim:\s*([A-Za-z0-9._-]+)\s*\]")
_FOR = re.compile(r"for\s+([^\W\d][^\s,]*)\s+in\s+(.+)\Z", re.DOTALL)
_FULL_WIDTH = re.compile("｛[{｛%％]|[{]｛|[{]％")
_WORDS = ("if", "elif", "else", "endif", "for", "endfor")
_CODE = re.compile(r"\s*(`{3,}|~{3,})")
DIRECTIVES = frozenset(_WORDS)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. `kind` is "field", "claim" or the directive's word; `text` its expression, `name` the loop's variable."""

    kind: str
    text: str
    source: str
    at: Span
    name: str = ""


@dataclass(slots=True)
class Masked:
    """Text without tags. `origin[i]` is the line of the file that masked line i began on."""

    file: str
    lines: list[str]
    origin: list[int]
    tags: dict[str, Tag] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def restore(self, text: str) -> str:
        """The text with its tags as they were written."""
        return MASKED.sub(lambda found: self.tags[found[0]].source, text)

    def span(self, line: int) -> Span:
        """Where a masked line stands in the file."""
        if line >= len(self.lines):
            return Span(self.file, self.origin[-1] if self.origin else None)
        text = self.lines[line]
        return Span(self.file, self.origin[line], len(text) - len(text.lstrip()) + 1)


def mask_tags(source: str, file: str, first_line: int) -> Masked:
    """The source with every tag replaced by a character; directives on lines of their own stand between blank lines."""
    return _Masker(source, file, first_line).run()


class _Masker:
    def __init__(self, source: str, file: str, first_line: int) -> None:
        self.source, self.first = source, first_line
        self.starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self.out = Masked(file, [], [])

    def run(self) -> Masked:
        foreign = MASKED.search(self.source)
        if foreign:
            at = self._span(foreign.start(), foreign.end())
            self._error(
                "private-character", f"the character U+{ord(foreign[0]):X} has no meaning", at, "remove it"
            )
            self.source = MASKED.sub(" ", self.source)
        for wide in _FULL_WIDTH.finditer(self.source):
            at = self._span(wide.start(), wide.end())
            message = f'"{wide[0]}" begins no tag: its signs are full-width ones'
            self._error("full-width-tag", message, at, "type {{ and }}, {% and %} with half-width signs")
        pieces: list[tuple[str, int]] = []  # text and the offset it came from
        position = 0
        while (start := _START.search(self.source, position)) is not None:
            pieces.append((self.source[position : start.start()], position))
            end = self._end(start)
            pieces.append((self._tag(start, end), start.start()))
            position = end
        pieces.append((self.source[position:], position))
        self._lay_out(pieces)
        return self.out

    def _end(self, start: re.Match[str]) -> int:
        """The offset just behind the tag; for one that is not closed, behind its opening sign."""
        opening = start[0]
        if opening == "[claim:":
            found = _CLAIM.match(self.source, start.start())
            return found.end() if found else start.end()
        closing = {"{{": "}}", "{%": "%}", "{#": "#}"}[opening]
        position = start.end()
        while position < len(self.source):
            if self.source.startswith(closing, position):
                return position + 2
            quoted = _QUOTED.match(self.source, position) if opening != "{#" else None
            position = quoted.end() if quoted else position + 1
        return start.end()

    def _tag(self, start: re.Match[str], end: int) -> str:
        raw = self.source[start.start() : end]
        at = self._span(start.start(), end)
        if raw == start[0]:
            return self._unclosed(raw, at)
        if raw.startswith("{#"):
            return ""
        tag = self._read(raw, at)
        if tag is None:
            return ""
        sign = chr(FIRST + len(self.out.tags))
        self.out.tags[sign] = tag
        return sign

    def _unclosed(self, raw: str, at: Span) -> str:
        if raw == "[claim:":
            self._error("bad-claim-mark", "a claim's mark has no id", at, "write [claim:ID]")
        else:
            closing = {"{{": "}}", "{%": "%}", "{#": "#}"}[raw]
            self._error("unclosed-tag", f'"{raw}" is not closed', at, f'close it with "{closing}"')
        return ""

    def _read(self, raw: str, at: Span) -> Tag | None:
        claim = _CLAIM.match(raw)
        if claim:
            return Tag("claim", claim[1], raw, at)
        # a table's author may have written \| because other readers would split the cell there
        inner = normalize("NFC", raw[2:-2]).strip("-+").strip().replace("\\|", "|")
        if not inner:
            self._error(
                "empty-tag", f'"{raw}" says nothing', at, "remove it, or name a field: {{ prospect.name }}"
            )
            return None
        return Tag("field", inner, raw, at) if raw.startswith("{{") else self._directive(inner, raw, at)

    def _directive(self, inner: str, raw: str, at: Span) -> Tag | None:
        word, _, rest = inner.partition(" ")
        rest = rest.strip()
        if word not in DIRECTIVES:
            self._error("unknown-directive", f'"{word}" is not a directive', at, *one_of(word, _WORDS))
            return None
        loop = _FOR.match(inner)
        if word == "for" and loop is None:
            self._error("bad-loop", f'"{inner}" is not a loop', at, "write {% for name in list %}")
            return None
        if (word in ("if", "elif")) != bool(rest) and word != "for":
            need = "needs a condition" if word in ("if", "elif") else "takes nothing after it"
            self._error("bad-directive", f'"{word}" {need}', at)
        return Tag(word, loop[2].strip() if loop else rest, raw, at, loop[1] if loop else "")

    def _lay_out(self, pieces: list[tuple[str, int]]) -> None:
        """Masked lines with their origin; blank lines around lines that hold nothing but directives."""
        current, origin = "", self.first
        code = ""
        for text, offset in pieces:
            parts = text.split("\n")
            for number, part in enumerate(parts):
                if number:
                    code = self._line(current, origin, code)
                    current, origin = "", self._line_of(offset) + number
                current += part
        self._line(current, origin, code)

    def _line(self, text: str, origin: int, code: str) -> str:
        mark = _CODE.match(text)
        if code:
            code = "" if mark and text.strip() == mark[1] and mark[1].startswith(code) else code
        elif mark:
            code = mark[1]
        alone = not code and self._only_directives(text)
        for line in ("", text, "") if alone else (text,):
            self.out.lines.append(line)
            self.out.origin.append(origin)
        return code

    def _only_directives(self, text: str) -> bool:
        signs = [self.out.tags.get(sign) for sign in text if not sign.isspace()]
        return bool(signs) and all(tag is not None and tag.kind in DIRECTIVES for tag in signs)

    def _line_of(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1 + self.first

    def _span(self, start: int, end: int) -> Span:
        line, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, max(start, end - 1)) - 1
        column, end_column = start - self.starts[line] + 1, end - self.starts[last] + 1
        return Span(self.out.file, line + self.first, column, last + self.first, end_column)

    def _error(self, code: str, message: str, at: Span, *hints: str) -> None:
        self.out.diagnostics.append(Diagnostic.error(code, message, at, *hints))
