"""Did you mean: the hint for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint naming the closest known word; the known ones when they are few; else none."""
    from difflib import get_close_matches

    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return (f'did you mean "{close[0]}"?',)
    return (f"known: {', '.join(names)}",) if 0 < len(names) <= 12 else ()
