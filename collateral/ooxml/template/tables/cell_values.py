"""Values of cell directives: how many columns a cell covers, which colour lies behind it.

In: any value. Out: a number or a colour the format knows. Raises ExpressionError in the words of the author. Hot path.
"""

from __future__ import annotations

from typing import Any

from collateral.expressions.errors import ExpressionError
from collateral.expressions.operators import number

_DIGITS = frozenset("0123456789abcdefABCDEF")


def columns_covered(value: Any, most: int) -> int:
    """A whole number of columns, from 1 (which 0 means too) to `most`."""
    columns = number(float(value) if isinstance(value, str) and value.strip().isdecimal() else value)
    if columns != int(columns) or columns < 0:
        raise ExpressionError(f'"{value}" is no number of columns')
    if columns > most:
        raise ExpressionError(f"{columns:,} columns are more than the {most} a cell can cover here")
    return max(int(columns), 1)


def color_of(value: Any) -> str:
    """RRGGBB of a colour written as RRGGBB, #RRGGBB or #RGB; "" for none and for "auto"."""
    text = str(value if value is not None else "").strip().removeprefix("#")
    if not text or text.lower() == "auto":
        return ""
    if len(text) == 3:
        text = "".join(digit * 2 for digit in text)
    if len(text) != 6 or not set(text) <= _DIGITS:
        raise ExpressionError(f'"{value}" is no colour; write six hexadecimal digits such as 1F4E79')
    return text.upper()
