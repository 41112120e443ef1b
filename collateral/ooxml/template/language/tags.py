"""Find `{{ value }}`, `{% directive %}` and `{# comment #}` tags in a paragraph's joined text.

In: plain text. Out: tags with their offsets and normalised bodies, and what is wrong with the text (offset, message).
Must not know XML: how text is spread over runs is `joined`'s business.
"""

from __future__ import annotations

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.expressions.typography import quotes_at, straightened, with_half_width_tags

_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_KINDS = {"{{": "value", "{%": "directive", "{#": "comment"}
_DIRECTIVE_PREFIXES = frozenset({"p", "tr", "tc", "r", "slide", "shape", "section"})
_VALUE_PREFIXES = frozenset({"p", "r"})
_RAW = frozenset({"raw", "endraw"})
STAND_INS = (("{", "\ufdd0"), ("}", "\ufdd1"))
"""What braces of raw text are while tags are searched: characters no text holds, because they mean nothing."""
FULL_WIDTH = "\uff5b".encode(), "\uff05".encode()
"""What may make a tag without half-width braces, as bytes."""
_ESCAPES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: `kind` is value, directive or comment; `body` has straight quotes and plain spaces.

    `prefix` is the element a directive governs (p, tr, tc, r, slide, shape, section) or "". `start` and `end` are
    offsets in the text it was found in; `text` is the tag as its author wrote it.
    """

    kind: str
    prefix: str
    body: str
    start: int
    end: int
    text: str
    trim_before: bool = False
    trim_after: bool = False

    @property
    def word(self) -> str:
        """The first word of a directive: if, for, endif, set …"""
        return self.body.split(None, 1)[0] if self.body else ""

    @property
    def rest(self) -> str:
        """What follows the first word of a directive."""
        parts = self.body.split(None, 1)
        return parts[1].strip() if len(parts) > 1 else ""


def may_hold_tags(text: str) -> bool:
    """Whether a closer look at the text is worth it."""
    return "{{" in text or "{%" in text or "{#" in text or "\uff5b" in text or "{\uff05" in text


def find_tags(text: str) -> tuple[list[Tag], list[tuple[int, str]]]:
    """All tags in reading order, and for each broken one its offset and what is wrong."""
    tags: list[Tag] = []
    problems: list[tuple[int, str]] = []
    at, written = 0, text
    text = with_half_width_tags(text)
    while (opening := _next_opening(text, at)) >= 0:
        body, end = _read_body(text, opening)
        if end < 0:
            problems.append((opening, text[opening : opening + 40]))
            at = opening + 2
            continue
        tags.append(_make_tag(text, opening, end, body, written[opening:end]))
        at = end
    return tags, problems


def unescape(text: str) -> str:
    """Literal text with the dialect's escapes (`{_{`, `}_}`, `{_%`, `%_}`) and the stand-ins of raw text undone."""
    if "_" in text:
        for escaped, plain in _ESCAPES:
            text = text.replace(escaped, plain)
    if "\ufdd0" in text or "\ufdd1" in text:
        for brace, hidden in STAND_INS:
            text = text.replace(hidden, brace)
    return text


def _next_opening(text: str, at: int) -> int:
    while (at := text.find("{", at)) >= 0:
        if text[at : at + 2] in _CLOSERS:
            return at
        at += 1
    return -1


def _read_body(text: str, opening: int) -> tuple[str, int]:
    """The normalised body of the tag that opens here, and the offset after it (-1 when it never closes)."""
    closer = _CLOSERS[text[opening : opening + 2]]
    body = opening + 2
    end = text.find(closer, body) if closer == "#}" else _end_of_body(text, body, closer)
    return (straightened(text[body:end]), end + 2) if end >= 0 else ("", -1)


def _end_of_body(text: str, at: int, closer: str) -> int:
    """Where the closer stands that is in no quotes and, for values, in no braces of their own; -1 when none does."""
    quotes = ""
    depth = 0
    nearest = text.find(closer, at)
    while at < len(text):
        character = text[at]
        if quotes:
            quotes = "" if character in quotes else quotes
        elif text.startswith(closer, at) and not (closer == "}}" and depth):
            return at
        else:
            quotes = quotes_at(text, at, nearest)
            depth += (character == "{") - (character == "}" and depth > 0)
        at += 1
    return -1


def _make_tag(text: str, start: int, end: int, body: str, written: str) -> Tag:
    kind = _KINDS[text[start : start + 2]]
    trims = kind != "comment"
    trim_before, trim_after = trims and body.startswith("-"), trims and body.endswith("-")
    body = body[1:] if trim_before else body
    body = body[:-1] if trim_after else body
    prefix, body = _split_prefix(kind, body)
    if kind == "directive" and body.strip() in _RAW:
        kind = "comment"
    return Tag(kind, prefix, body.strip(), start, end, written, trim_before, trim_after)


def _split_prefix(kind: str, body: str) -> tuple[str, str]:
    allowed = _VALUE_PREFIXES if kind == "value" else _DIRECTIVE_PREFIXES
    first, space, rest = body.partition(" ")
    if space and first in allowed and rest.strip():
        return first, rest
    if kind == "directive":
        first, space, rest = body.strip().partition(" ")
        if first in _DIRECTIVE_PREFIXES and rest.strip():
            return first, rest
    return "", body
