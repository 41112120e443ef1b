"""What to do instead: hints for what the language has not, and for values that are not there."""

from __future__ import annotations

import re
from typing import Final

_CHANGES = "a tag changes no data: write {% set name = … %}, or a filter, for what it shall be"
_INSTEAD = {
    "pprint": "write | tojson",
    "xmlattr": "a document takes no HTML; name what you want of the group",
    "urlize": "a document takes no HTML; type the link where it shall be, and put tags into its address",
    "random": "the same data always give the same text; choose before you fill the template",
    "is callable": "data are values; ask | default, is defined or is none",
    "is escaped": "what a tag prints is always escaped, exactly once",
    "is filter": "the filters are the same for every template; leave the condition out",
    "is test": "the tests are the same for every template; leave the condition out",
    ".date": "write | date, or .year, .month and .day",
    ".time": 'write | date("HH:mm")',
    ".timetuple": "write .year, .month, .day, .hour, .minute",
    ".encode": "leave it out: text is text",
    **dict.fromkeys(
        (".append", ".extend", ".insert", ".remove", ".clear", ".update", ".pop", ".setdefault"), _CHANGES
    ),
    ".sort": "write | sort",
    ".reverse": "write | reverse",
    ".changed": "compare with what it was: {% if loop.first or x.city != loop.previtem.city %}",
    "cycler()": "write loop.cycle(a, b) in the loop",
    "joiner()": 'write {% if not loop.first %}, {% endif %} in the loop, or | join(", ")',
    "lipsum()": "type the text",
    "loop()": "a loop does not call itself: write a loop for each level",
    "caller()": "write the text where it is needed",
    "super()": "write the text where it is needed",
}
"""What to write instead of what Jinja and Python have: filters, `is tests`, `.methods` and `functions()`."""


def instead_of(what: str) -> tuple[str, ...]:
    """The hint for something that templates of Jinja have and the language has not; none for anything else."""
    return (_INSTEAD[what],) if what in _INSTEAD else ()


def where_to_give(path: str, default: str) -> str:
    """What to do about a value that is not there, in words: where it would have to be given, or how `default` is written in its
    place. Nobody can give what is no path: "prospect.fees | first"."""
    written = f"write '{default}'"
    return f"{_where(path)}, or {written}" if _PATH.fullmatch(path) else written


_PATH: Final = re.compile(r"[\w.]+")


def _where(path: str) -> str:
    root, _, rest = path.partition(".")
    if root == "prospect" and rest.partition(".")[0] == "internal":
        return "take the tag out: what is internal reaches no customer"
    if root == "seller" and rest:
        return f"add '{rest}' under seller: in collateral.yaml"
    if root == "value" and rest:
        return f"give the profile what the value model needs for '{rest}'"
    return f"add '{path.removeprefix('prospect.')}' to the profile"


_ELSEWHERE: Final = {
    re.compile(r"&&"): 'write "and"',
    re.compile(r"\|\|"): 'write "or"',
    re.compile(r"!(?!=)"): 'write "not"',
    re.compile(r"(?<![=!<>])=(?!=)"): 'write "==" to compare',
    re.compile(r"\|\s*\w+\s*:"): "write what a filter takes in brackets: default(…)",
    re.compile(
        r"^[#/^]"
    ): "a loop is written {% for item in list %}, a condition {% if … %}, their ends {% endfor %}, {% endif %}",
    re.compile(r"^[^\W\d]\w*( +[^\W\d]\w*)+$"): "a name has no blanks: prospect.name, client_name",
}
"""How other languages write it, and what to write here."""


def from_elsewhere(source: str) -> tuple[str, ...]:
    """What to write instead of something that is written as in another language; nothing where none is known."""
    return tuple(hint for sign, hint in _ELSEWHERE.items() if sign.search(source))[:1]
