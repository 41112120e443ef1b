"""The inline tokens of one paragraph, heading or cell → runs, fields and inline directives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.markdown.nesting import Shape, nest
from collateral.markdown.tags import DIRECTIVES, MASKED, Masked, Tag
from collateral.model.content import Field, Inline, InlineFor, InlineIf, Inlines, Picture, Run
from collateral.model.scripts import is_unspaced

if TYPE_CHECKING:
    from markdown_it.token import Token

_SAFE = re.compile(r"(https?://[^\s]|mailto:[^\s]|#.)", re.IGNORECASE)
_LOOKS = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}
_ENDS = {"strong_close": "bold", "em_close": "italic", "s_close": "strike"}

Flat = Run | Field | Tag | Picture

SHAPE: Shape[Inline] = Shape(
    make_if=lambda branches, at: InlineIf(branches, at),
    make_for=lambda name, source, body, at: InlineFor(name, source, body, at),
    hint='close it in the same paragraph, or put it and its "end" on lines of their own',
)


@dataclass(slots=True)
class InlineReader:
    """Collects the flat items of one run of inline tokens."""

    masked: Masked
    line: int  # masked line the tokens begin on
    diagnostics: list[Diagnostic]
    items: list[Flat] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    look: Run = field(default_factory=lambda: Run(""))
    claimed: int = 0
    wrapped: bool = False  # whether the last item is the blank that a line's end became

    def read(self, tokens: Iterable[Token]) -> list[Flat]:
        """The items, adjacent runs of one look joined."""
        for token in tokens:
            self._token(token)
        return _joined(self.items)

    def _token(self, token: Token) -> None:
        kind = token.type
        if kind in _LOOKS:
            self._set(_LOOKS[kind], True)
        elif kind in _ENDS:
            self._set(_ENDS[kind], False)
        elif kind in ("text", "text_special"):
            self.text(token.content, self.look)
        elif kind == "code_inline":
            self.text(token.content, replace(self.look, code=True))
        elif kind in ("softbreak", "hardbreak"):
            self.line += 1
            self.wrapped = kind == "softbreak"
            self.items.append(replace(self.look, text=" " if self.wrapped else "\n"))
        elif kind == "link_open":
            self.look = replace(self.look, link=self._link(str(token.attrs.get("href", ""))))
        elif kind == "link_close":
            self.look = replace(self.look, link=None)
        elif kind == "image":
            self._picture(token)
        elif kind == "html_inline" and not token.content.startswith("<!--"):
            self._html(token.content)

    def text(self, text: str, look: Run) -> None:
        """Plain text with masked tags in it."""
        position = 0
        for found in MASKED.finditer(text):
            self._run(text[position : found.start()], look)
            self._tag(self.masked.tags[found[0]], look)
            position = found.end()
        self._run(text[position:], look)

    def _run(self, text: str, look: Run) -> None:
        if not text:
            return
        if self.wrapped and self._needs_no_blank(text[0]):
            self.items.pop()
        self.wrapped = False
        self.items.append(replace(look, text=text))

    def _needs_no_blank(self, sign: str) -> bool:
        """Whether a line ended between two signs of a script without blanks between words."""
        before = self.items[-2] if len(self.items) > 1 else None
        return isinstance(before, Run) and is_unspaced(before.text[-1]) and is_unspaced(sign)

    def _tag(self, tag: Tag, look: Run) -> None:
        self.wrapped = False
        if tag.kind == "claim":
            self._claim(tag)
        elif tag.kind in DIRECTIVES:
            self.items.append(tag)
        else:
            self.items.append(Field(tag.text, look, tag.at))

    def _claim(self, tag: Tag) -> None:
        """Everything since the last mark rests on this claim; the blank before the mark goes with it."""
        self.claims.append(tag.text)
        if self.claimed and all(
            isinstance(item, Run) and not item.text.strip() for item in self.items[self.claimed :]
        ):
            del self.items[self.claimed :]
            return  # a second claim for the same words
        if not any(isinstance(item, Run | Field) for item in self.items[self.claimed :]):
            message = f'"{tag.source}" stands behind no text'
            self.diagnostics.append(
                Diagnostic.error("bad-claim-mark", message, tag.at, "put it right behind the statement")
            )
            return
        last = self.items[-1]
        if isinstance(last, Run):
            self.items[-1] = replace(last, text=last.text.rstrip())
        self.items[self.claimed :] = [_claiming(item, tag.text) for item in self.items[self.claimed :]]
        self.claimed = len(self.items)

    def _set(self, name: str, on: bool) -> None:
        change: dict[str, Any] = {name: on}
        self.look = replace(self.look, **change)

    def _link(self, href: str) -> str | None:
        address = self.masked.restore(href).strip()
        if MASKED.search(href):
            # a value must never decide where a reader is sent
            self._error(
                "tag-in-link",
                f'the address "{address}" holds a tag',
                "write the address out, or show it as text",
            )
            return None
        if _SAFE.match(address):
            return address
        hint = (
            f'write "https://{address}"'
            if address.startswith("www.")
            else "use https://…, mailto:… or #anchor"
        )
        self._error("unsafe-link", f'"{address}" is not an address a link may have', hint)
        return None

    def _picture(self, token: Token) -> None:
        source = self.masked.restore(str(token.attrs.get("src", ""))).strip()
        described = "".join(child.content for child in token.children or ())
        alt, title = self.masked.restore(described), self.masked.restore(str(token.attrs.get("title") or ""))
        self.items.append(Picture(source, alt or title, title, self._span()))
        if not source:
            self._error("missing-picture", "the picture has no file", "write ![what it shows](file.png)")
        if alt != described or "{{" in title:
            hint = "say what it shows; a picture of the profile is described by the prospect's name when this is left empty"
            self._error("tag-in-description", f'the description "{alt}" holds a tag', hint)

    def _html(self, content: str) -> None:
        hint = "write &lt; for the sign itself; use Markdown for looks"
        self._error("raw-html", f'"{self.masked.restore(content)}" is HTML, which is not read', hint)

    def _span(self) -> Span:
        return self.masked.span(self.line)

    def _error(self, code: str, message: str, *hints: str) -> None:
        self.diagnostics.append(Diagnostic.error(code, message, self._span(), *hints))


def nested(items: Sequence[Flat], diagnostics: list[Diagnostic]) -> Inlines:
    """The items as inlines; a picture in the middle of text is refused."""
    kept: list[Inline | Tag] = []
    for item in items:
        if isinstance(item, Picture):
            hint = "put the picture on a line of its own, with blank lines around it"
            diagnostics.append(
                Diagnostic.error(
                    "picture-in-text", f'the picture "{item.source}" stands inside text', item.at, hint
                )
            )
        else:
            kept.append(item)
    return nest(_trimmed(kept), SHAPE, diagnostics)


def _trimmed(items: list[Inline | Tag]) -> list[Inline | Tag]:
    """Without blanks at the two ends."""
    solid = [n for n, item in enumerate(items) if not isinstance(item, Tag)]
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        item = items[solid[end]] if solid else None
        if isinstance(item, Run):
            items[solid[end]] = replace(item, text=strip(item.text, " "))
    return [item for item in items if not isinstance(item, Run) or item.text]


def _claiming(item: Flat, claim: str) -> Flat:
    if isinstance(item, Run):
        return replace(item, claim=claim)
    return replace(item, run=replace(item.run, claim=claim)) if isinstance(item, Field) else item


def _joined(items: list[Flat]) -> list[Flat]:
    found: list[Flat] = []
    for item in items:
        last = found[-1] if found else None
        if isinstance(item, Run) and isinstance(last, Run) and replace(last, text=item.text) == item:
            found[-1] = replace(last, text=last.text + item.text)
        else:
            found.append(item)
    return found
