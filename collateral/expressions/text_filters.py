"""The filters on text, as plain functions: `Formats` in effect, the value, the author's arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from collateral.expressions import operators as o
from collateral.expressions.arguments import as_count, as_text, to_text
from collateral.expressions.casing import initial, lower
from collateral.expressions.errors import ExpressionError
from collateral.expressions.formats import Formats, as_moment

_WORD = re.compile(r"[^ \t\n(-]+")


def title(formats: Formats, value: object) -> str:
    """Every word begins with a capital; the rest stays as it is."""
    return _WORD.sub(lambda found: initial(found[0], formats.locale), as_text(value))


def capitalize(formats: Formats, value: object) -> str:
    """The first letter as a capital, the rest in small letters."""
    text = as_text(value)
    return initial(text[:1] + lower(text[1:], formats.locale), formats.locale)


def trim(formats: Formats, value: object, chars: str | None = None) -> str:
    """The text without white space, or without these characters, at its ends."""
    return as_text(value).strip(as_text(chars) if chars is not None else None)


def replace(formats: Formats, value: object, old: str, new: str, count: int = -1) -> str:
    """Every `old` in the text replaced."""
    text, was, instead = as_text(value), as_text(old), as_text(new)
    if len(text) + max(0, len(instead) - len(was)) * (text.count(was) if was else len(text) + 1) > o.MAX_TEXT:
        raise ExpressionError(f"the text would be longer than {o.MAX_TEXT} characters")
    return text.replace(was, instead, as_count(count))


def truncate(
    formats: Formats,
    value: object,
    length: int = 255,
    killwords: object = False,
    end: str = "…",
    leeway: int = 0,
) -> str:
    """At most `length` characters, cut between words, with an ellipsis; a text is left whole within the leeway."""
    text, most = as_text(value), as_count(length)
    if len(text) <= most + as_count(leeway):
        return text
    from collateral.expressions.clusters import whole_signs
    from collateral.model.scripts import is_unspaced

    at = whole_signs(text, max(0, most - len(as_text(end))))
    kept = text[:at]
    if not killwords and " " in kept and not is_unspaced(text[at]):
        kept = kept.rsplit(" ", 1)[0]
    return kept.rstrip() + end


def split(formats: Formats, value: object, separator: str | None = None, most: int = -1) -> list[Any]:
    """The text cut at a separator, or at white space; at most so many times."""
    return as_text(value).split(as_text(separator) if separator else None, as_count(most))


def wordcount(formats: Formats, value: object) -> int:
    """How many words: runs of letters and digits."""
    return len(re.findall(r"\w+", as_text(value)))


def indent(
    formats: Formats, value: object, width: object = 4, first: object = False, blank: object = False
) -> str:
    """The lines behind the first set in by so many spaces, or by a text; with `first` and `blank` the others, too."""
    text = as_text(value)
    margin = width if isinstance(width, str) else " " * max(0, as_count(width, 1_000))
    lines = (text + "\n").splitlines()
    if len(lines) * len(margin) + len(text) > o.MAX_TEXT:
        raise ExpressionError(f"the text would be longer than {o.MAX_TEXT} characters")
    return "\n".join(
        margin + line if (first if at == 0 else blank or line) else line for at, line in enumerate(lines)
    )


def wordwrap(
    formats: Formats,
    value: object,
    width: int = 79,
    break_long_words: object = True,
    wrapstring: str | None = None,
    break_on_hyphens: object = True,
) -> str:
    """The text in lines of at most so many characters."""
    import textwrap

    wrapper = textwrap.TextWrapper(
        max(1, as_count(width)),
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=bool(break_long_words),
        break_on_hyphens=bool(break_on_hyphens),
    )
    between = "\n" if wrapstring is None else as_text(wrapstring)
    return o.text_of_size(
        between.join(between.join(wrapper.wrap(line)) for line in as_text(value).splitlines())
    )


def striptags(formats: Formats, value: object) -> str:
    """The text of HTML: without tags and comments, its references resolved, its white space single."""
    from html import unescape

    bare = re.sub(
        r"<!--.*?-->|(<!--.*)|<[^>]*>", r"\1", as_text(value), flags=re.S
    )  # what is never closed stays
    return unescape(" ".join(bare.split()))


def tojson(formats: Formats, value: object, indent: int | None = None) -> str:
    """The value as JSON, groups in order of their keys, dates as text such as 2026-03-04."""
    import json

    levels = None if indent is None else as_count(indent, 16)
    try:
        return o.text_of_size(
            json.dumps(value, default=_json_value, ensure_ascii=False, sort_keys=True, indent=levels)
        )
    except (TypeError, ValueError) as error:
        raise ExpressionError(f"{o.describe(value)} cannot be written as JSON: {error}") from None


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError("it is no data")


def as_it_is(formats: Formats, value: object) -> object:
    """The value itself: whatever a tag prints is escaped exactly once, so `e`, `escape` and `safe` have nothing to do."""
    return value


def percent_format(formats: Formats, value: object, *values: object, **named: object) -> str:
    """A text with places filled as Python's `%` does: {{ "%.2f" | format(price) }}."""
    from collateral.expressions.formatting import with_percent

    if len(values) == 1 and isinstance(values[0], Mapping):
        named = {str(key): each for key, each in values[0].items()}
    return with_percent(as_text(value), values, named, lambda item: to_text(item, formats))


def brace_format(formats: Formats, value: object, *values: object, **named: object) -> str:
    """A text with places filled as Python's `format` does: {{ "{:,.2f}".format(price) }}."""
    from collateral.expressions.formatting import with_braces

    return with_braces(as_text(value), values, named, lambda item: to_text(item, formats))


def urlencode(formats: Formats, value: object) -> str:
    """The text as it stands in an address: everything but letters, digits and slashes as percent signs and numbers.
    A group, or a list of pairs, becomes a query: name=Ann&age=3."""
    from urllib.parse import quote, quote_plus

    if isinstance(value, Mapping):
        value = list(value.items())
    if not isinstance(value, list | tuple):
        return o.text_of_size(quote(to_text(value, formats), safe="/", errors="ignore"))
    if any(not isinstance(pair, list | tuple) or len(pair) != 2 for pair in value):
        raise ExpressionError("an address takes a text, a group of values or a list of pairs")
    parts = ("=".join(quote_plus(to_text(each, formats), errors="ignore") for each in pair) for pair in value)
    return o.text_of_size("&".join(parts))


def strftime(formats: Formats, value: object, pattern: str) -> str:
    """A date as Python writes it, "%d/%m/%Y", with English names; `date` follows the language."""
    from collateral.expressions.formatting import as_python_writes

    return as_python_writes(as_moment(value), as_text(pattern))
