"""Terms as whole words, in scripts with and without blanks between words.

In: a term somebody wrote. Out: a pattern that finds it in composed text (`composed`), but not within a longer word.
"""

from __future__ import annotations

import re

from collateral.expressions.typography import MARKS, composed
from collateral.model.scripts import is_korean, is_unspaced


def as_whole_words(term: str) -> str:
    """The pattern of a term, with any blanks between its words. In Chinese, Japanese and Thai a term may stand within others, for
    there are no blanks between words, and Korean words end in particles."""
    words = composed(term).split()
    first, last = words[0][0], words[-1][-1]
    begin = "" if is_unspaced(first) else rf"(?<![\w{MARKS}])"
    end = "" if is_unspaced(last) or is_korean(last) else rf"(?![\w{MARKS}])"
    return begin + r"\s+".join(map(re.escape, words)) + end
