"""Bold, italic and struck words in scripts without blanks: markdown-it's inline parser with one rule more.

CommonMark asks for a blank or a sign around `**` beside punctuation, so that `これは**「重要」**です` would show its asterisks. Here
letters and signs of East and Southeast Asia count as such a border, and their punctuation as letters. Imports markdown-it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from collateral.model.scripts import is_southeast_asian, is_wide


class AsianInline(ParserInline):
    """The inline parser."""

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        """The inline tokens of a text."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Whether a run of markers can begin or end emphasis."""
        found = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1] if start else " "
        end = start + found.length
        after = self.src[end] if end < self.posMax else " "
        if not (_is_asian(before) or _is_asian(after)):
            return found
        begins = not isWhiteSpace(ord(after)) and (not _parts(after) or _is_border(before))
        ends = not isWhiteSpace(ord(before)) and (not _parts(before) or _is_border(after))
        can_open = begins and (canSplitWord or not ends or _parts(before))
        can_close = ends and (canSplitWord or not begins or _parts(after))
        return Scanned(can_open, can_close, found.length)


def _is_asian(sign: str) -> bool:
    return is_wide(sign) or is_southeast_asian(sign)


def _parts(sign: str) -> bool:
    """Whether it is punctuation of another script."""
    return not _is_asian(sign) and (isMdAsciiPunct(ord(sign)) or isPunctChar(sign))


def _is_border(sign: str) -> bool:
    return isWhiteSpace(ord(sign)) or _parts(sign) or _is_asian(sign)
