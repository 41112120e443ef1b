"""How shapes are named in findings about what somebody drew."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 4  # shapes named in a finding


def listed(names: Sequence[str]) -> str:
    """The names as the subject of a sentence: `"Picture 3" has`, `"Line 1", "Line 2" and 3 more have`."""
    shown = ", ".join(f'"{name}"' for name in names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{shown}{more} {'has' if len(names) == 1 else 'have'}"
