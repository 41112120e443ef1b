"""Slides moved between decks: any slide into any deck, and decks cut down to some of their slides.

Pure functions from packages to packages, used when templates are compiled: `import_slides` appends slides of one deck
to another, `take_slides` keeps some of a deck's slides, `new_package_from` keeps none. Nothing here reads or writes
files, and nothing here knows blocks or prospects.
"""

from collateral.ooxml.slides.importing import import_slides
from collateral.ooxml.slides.options import ImportedSlide, ImportOptions
from collateral.ooxml.slides.table_styles import with_table_styles
from collateral.ooxml.slides.taking import new_package_from, take_slides

__all__ = [
    "ImportOptions",
    "ImportedSlide",
    "import_slides",
    "new_package_from",
    "take_slides",
    "with_table_styles",
]
