"""Did you mean: the hint for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint naming the closest known word; the known ones when they are few; else none."""
    names = sorted(known)
    close = closest(word, names)
    if close:
        return (f'did you mean "{close}"?',)
    return (f"known: {', '.join(names)}",) if 0 < len(names) <= 12 else ()


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one; "" when none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), "")


def where_to_give(path: str) -> str:
    """What to do about a value that is not there, in words: where it would have to be given."""
    root, _, rest = path.partition(".")
    if root == "prospect" and rest.partition(".")[0] == "internal":
        return "take the tag out: what is internal reaches no customer"
    if root == "seller" and rest:
        return f"add '{rest}' under seller: in collateral.yaml"
    if root == "value" and rest:
        return f"give the profile what the value model needs for '{rest}'"
    return f"add '{path.removeprefix('prospect.')}' to the profile"
