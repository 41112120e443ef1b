"""The company writes the way marketing agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.library import Term
from collateral.rules.rule import Rule, View
from collateral.rules.walk import texts_of

ID = "lexicon-term"
_MAKE = {"banned": Diagnostic.error, "replace": Diagnostic.warning}


def check(view: View) -> Iterator[Diagnostic]:
    """Banned and replaced words in texts; whole words, whatever their capitals."""
    pattern = _pattern(view.library.lexicon)
    if pattern is None:
        return
    terms = {_normal(term.pattern): term for term in view.library.lexicon}
    for one in view.forms:
        for text, at in texts_of(one.content):
            for found in pattern.finditer(text):
                term = terms[_normal(found[0])]
                if term.instead and found[0] == term.instead:
                    continue
                yield _finding(term, found[0], at)


def _finding(term: Term, word: str, at: Span | None) -> Diagnostic:
    hints = (f'write "{term.instead}"',) if term.instead else ()
    make = _MAKE.get(term.level, Diagnostic.note)
    found = make(ID, f'"{word}": {term.reason[:1].lower()}{term.reason[1:].rstrip(".")}', at, *hints)
    return replace(found, notes=(("the lexicon says so", term.at),))


def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str] | None:
    words = sorted(
        {r"\s+".join(map(re.escape, t.pattern.split())) for t in terms if t.pattern.strip()},
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if words else None


def _normal(text: str) -> str:
    return " ".join(text.lower().split())


RULE = Rule(ID, "the text uses a word the lexicon rules out", Severity.WARNING, check)
