"""Measuring text without the program that will show it: font metrics, line breaking, heights, and making text fit.

`measure` says how high paragraphs are in a frame, `fit_text` which wording at which scale fits, `row_heights` how high
a table's rows are. Most texts are seen to fit without measuring them (`glance`). Knows `model.frames` and plain text runs; no XML, no blocks, no prospects. Opens no font of the
machine: results are the same everywhere.
"""

from collateral.typeset.fit import FitResult, fit_text
from collateral.typeset.measure import cell_height, measure
from collateral.typeset.metrics import BOOK, FontBook, book_of
from collateral.typeset.rows import row_heights
from collateral.typeset.values import Engine, Measured, TypesetParagraph, TypesetRun

__all__ = [
    "BOOK",
    "Engine",
    "FitResult",
    "FontBook",
    "Measured",
    "TypesetParagraph",
    "TypesetRun",
    "book_of",
    "cell_height",
    "fit_text",
    "measure",
    "row_heights",
]
