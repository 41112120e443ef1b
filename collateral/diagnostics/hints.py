"""Did you mean: the hint for a name that does not exist.

In: the word as written and the words that are known. Out: what a diagnostic hints at. A word in the wrong case is close.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_FEW = 12


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one; "" when none is."""
    from difflib import get_close_matches  # slow to import, and most files have nothing wrong

    names = sorted(known)
    found = get_close_matches(word, names, 1) or get_close_matches(word.lower(), names, 1)
    return found[0] if found else ""


def near_hint(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint naming the closest known word; none when nothing is close."""
    close = closest(word, known)
    return (f'did you mean "{close}"?',) if close else ()


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint naming the closest known word; the known ones when they are few; else none."""
    names = sorted(known)
    return near_hint(word, names) or _listed("known:", names)


def one_of(word: str, choices: Sequence[str]) -> tuple[str, ...]:
    """A hint naming the closest choice; all of them in their order when they are few; else none."""
    return near_hint(word, choices) or _listed("use one of", choices)


def _listed(words: str, names: Sequence[str]) -> tuple[str, ...]:
    return (f"{words} {', '.join(names)}",) if 0 < len(names) <= _FEW else ()
