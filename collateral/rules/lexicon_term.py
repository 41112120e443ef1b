"""The company writes the way marketing agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.expressions.typography import composed
from collateral.model.library import Term
from collateral.rules.rule import Rule, View
from collateral.rules.walk import texts_of
from collateral.rules.whole_words import as_whole_words

ID = "lexicon-term"
_MAKE = {"banned": Diagnostic.error, "replace": Diagnostic.warning}


def check(view: View) -> Iterator[Diagnostic]:
    """Banned and replaced words in texts; whole words, whatever their capitals."""
    terms = _longest_first(view.library.lexicon)
    if not terms:
        return
    pattern = re.compile("|".join(f"({as_whole_words(term.pattern)})" for term in terms), re.IGNORECASE)
    for one in view.forms:
        for text, at in texts_of(one.content):
            for found in pattern.finditer(composed(text)):
                term = terms[(found.lastindex or 1) - 1]
                if term.instead and found[0] == term.instead:
                    continue
                yield _finding(term, found[0], at)


def _finding(term: Term, word: str, at: Span | None) -> Diagnostic:
    hints = (f'write "{term.instead}"',) if term.instead else ()
    make = _MAKE.get(term.level, Diagnostic.note)
    found = make(ID, f'"{word}": {term.reason[:1].lower()}{term.reason[1:].rstrip(".")}', at, *hints)
    return replace(found, notes=(("the lexicon says so", term.at),))


def _longest_first(lexicon: tuple[Term, ...]) -> list[Term]:
    """The terms, of those that differ in capitals or blanks only the last."""
    terms = {_normal(term.pattern): term for term in lexicon if term.pattern.strip()}
    return sorted(terms.values(), key=lambda term: (-len(_normal(term.pattern)), term.pattern))


def _normal(text: str) -> str:
    return " ".join(composed(text).casefold().split())


RULE = Rule(ID, "the text uses a word the lexicon rules out", Severity.WARNING, check)
