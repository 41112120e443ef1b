"""The finished page of an e-mail: its language and direction, and what may not stand in it.

In: the HTML that master and text made. Out: the HTML as it may be sent, or why it may not. It changes no words.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from collateral.diagnostics import Diagnostic, Span
from collateral.ooxml.drawing.language import runs_right_to_left

_ROOTS = re.compile(r"<(?:html|body)\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_HAS_DIRECTION = re.compile(r"\bdir\s*=", re.IGNORECASE)


def with_direction(html: str, language: str) -> str:
    """The page running as its language does, unless its author said how it runs."""
    roots = list(_ROOTS.finditer(html)) if runs_right_to_left(language) else []
    if any(_HAS_DIRECTION.search(root["attributes"]) for root in roots):
        return html
    for root in reversed(roots):
        html = f'{html[: root.end() - 1]} dir="rtl">{html[root.end() :]}'
    return html


_PAGE = re.compile(r"<!--.*?-->|<html\b(?P<attributes>[^>]*)>", re.IGNORECASE | re.DOTALL)
_HAS_LANGUAGE = re.compile(r"(?<![\w:-])lang\s*=", re.IGNORECASE)


def with_language(html: str, language: str) -> str:
    """The page saying which language it is in, so that it is read out as such, unless its author said so."""
    root = next((found for found in _PAGE.finditer(html) if found["attributes"] is not None), None)
    if root is None or _HAS_LANGUAGE.search(root["attributes"]):
        return html
    return f'{html[: root.end() - 1]} lang="{escape(language)}">{html[root.end() :]}'


_TURNED = re.compile(
    r'<(?:p|h[1-6]|ul|ol|li|blockquote) dir="rtl"[^>]*? style="(?P<style>[^"]*)"', re.IGNORECASE
)
_PROPERTY = re.compile(r"(?P<name>[\w-]+)(?P<value>\s*:[^;]*)")


def with_sides(html: str) -> str:
    """The page with its styles written into the elements, where what was styled for text from left to right is on the other
    side of text that runs from right to left: the indent of a list, the bar beside a quotation.

    A style that speaks of the right side itself was made for both directions, and stays.
    """
    return _TURNED.sub(lambda found: found[0].replace(found["style"], _other_side(found["style"])), html)


def _other_side(style: str) -> str:
    named = {found["name"].lower() for found in _PROPERTY.finditer(style)}

    def turn(found: re.Match[str]) -> str:
        name, value = found["name"], found["value"]
        other = name.lower().replace("-left", "-right")
        if name.lower() == "text-align" and value.strip(" :").lower() == "left":
            return f"{name}: right"
        return found[0] if other in named else f"{other}{value}"

    return _PROPERTY.sub(turn, style)


_LAST_TWO = "".join([f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)])
_UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]")


def clean_html(html: str) -> str:
    """The text without the characters that no HTML may hold."""
    return _UNFIT.sub("", html)


def unsafe_addresses(html: str, file: str) -> list[Diagnostic]:
    """A diagnostic for each link or picture whose address is not web, mail or inline."""
    reader = _Addresses()
    reader.feed(html)
    return [
        Diagnostic.error(
            "unsafe-address",
            f"the address '{address[:80]}' is neither web nor mail",
            Span(file),
            "mend the fact it comes from",
        )
        for address in reader.unsafe
    ]


def undescribed_pictures(html: str) -> tuple[str, ...]:
    """The addresses of the pictures that have no `alt`, not even an empty one, which says that they are decoration."""
    reader = _Pictures()
    reader.feed(html)
    return tuple(reader.undescribed)


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.undescribed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "img" and "alt" not in said and said.get("role") not in ("presentation", "none"):
            self.undescribed.append(said.get("src") or "img")


class _Addresses(HTMLParser):
    SAFE = ("https://", "http://", "mailto:", "tel:", "cid:", "#")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.unsafe: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, address in attrs:
            if (
                name in ("href", "src", "action", "background")
                and address
                and not address.strip().lower().startswith(self.SAFE)
            ):
                self.unsafe.append(address)
