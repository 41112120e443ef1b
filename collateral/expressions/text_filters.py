"""The filters on text, as plain functions: `Formats` in effect, the value, the author's arguments."""

from __future__ import annotations

from typing import Any

from collateral.expressions import operators as o
from collateral.expressions.arguments import as_count, as_text, to_text
from collateral.expressions.errors import ExpressionError
from collateral.expressions.formats import Formats, as_moment


def title(formats: Formats, value: object) -> str:
    """Every word begins with a capital; the rest stays as it is."""
    return "".join(
        c.upper() if i == 0 or text[i - 1] in " \t\n-(" else c
        for text in [as_text(value)]
        for i, c in enumerate(text)
    )


def capitalize(formats: Formats, value: object) -> str:
    """The first letter as a capital, the rest in small letters."""
    return as_text(value).capitalize()


def trim(formats: Formats, value: object, characters: str | None = None) -> str:
    """The text without white space, or without these characters, at its ends."""
    return as_text(value).strip(as_text(characters) if characters is not None else None)


def replace(formats: Formats, value: object, old: str, new: str, count: int = -1) -> str:
    """Every `old` in the text replaced."""
    text, was, instead = as_text(value), as_text(old), as_text(new)
    if len(text) + max(0, len(instead) - len(was)) * (text.count(was) if was else len(text) + 1) > o.MAX_TEXT:
        raise ExpressionError(f"the text would be longer than {o.MAX_TEXT} characters")
    return text.replace(was, instead, as_count(count))


def truncate(
    formats: Formats, value: object, length: int = 255, killwords: object = False, end: str = "…"
) -> str:
    """At most `length` characters, cut between words, with an ellipsis."""
    text, most = as_text(value), as_count(length)
    if len(text) <= most:
        return text
    kept = text[: max(0, most - len(as_text(end)))]
    if not killwords and " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip() + end


def split(formats: Formats, value: object, separator: str | None = None) -> list[Any]:
    """The text cut at a separator, or at white space."""
    return as_text(value).split(as_text(separator) if separator else None)


def as_it_is(formats: Formats, value: object) -> object:
    """The value itself: whatever a tag prints is escaped exactly once, so `e`, `escape` and `safe` have nothing to do."""
    return value


def percent_format(formats: Formats, value: object, *values: object, **named: object) -> str:
    """A text with places filled as Python's `%` does: {{ "%.2f" | format(price) }}."""
    from collateral.expressions.formatting import with_percent

    return with_percent(as_text(value), values, named, lambda item: to_text(item, formats))


def brace_format(formats: Formats, value: object, *values: object, **named: object) -> str:
    """A text with places filled as Python's `format` does: {{ "{:,.2f}".format(price) }}."""
    from collateral.expressions.formatting import with_braces

    return with_braces(as_text(value), values, named, lambda item: to_text(item, formats))


def urlencode(formats: Formats, value: object) -> str:
    """The text as it stands in an address: everything but letters, digits and slashes as percent signs and numbers."""
    from urllib.parse import quote

    return o.text_of_size(quote(to_text(value, formats), safe="/", errors="ignore"))


def strftime(formats: Formats, value: object, pattern: str) -> str:
    """A date as Python writes it, "%d/%m/%Y", with English names; `date` follows the language."""
    from collateral.expressions.formatting import as_python_writes

    return as_python_writes(as_moment(value), as_text(pattern))
