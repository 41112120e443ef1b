"""A brand as values: name, colours, fonts and the grid. Lengths are inches unless a name says otherwise.

The values here are Harborline's. `tools/make_starter.py` sets other ones before it loads the modules that draw with them.
"""

from __future__ import annotations

NAME = "Harborline"
SLUG = "harborline"  # starts the names of files
TABLE = "HarborlineTable"  # the id of Word's table style
TABLE_STYLE = "{7B3C0F6E-2A77-4D18-9C51-48A1B0D2E6F4}"  # the id of PowerPoint's
ARTWORK = ("Door", "Harbour line")  # what the bars and the line of the artwork are called

INK = "16242E"  # text
NAVY = "0B2A3C"
PAPER = "F5F2EC"
TEAL = "0F6E77"
RUST = "B54516"  # the warm accent; dark enough to carry text
SEA = "2E9C97"
SUN = "E9B44C"
SLATE = "546A78"
MIST = "A9CDCB"
HAIRLINE = "D5DCDF"
WHITE = "FFFFFF"
DUSK = "1B4A66"  # one step lighter than NAVY, for artwork on it
EMBER = "F08A4B"  # the warm accent on NAVY
VISITED = "5B4B7A"

HEADINGS = "Cambria"  # Caladea has its widths
BODY = "Calibri"  # Carlito has its widths

SLIDE_WIDTH, SLIDE_HEIGHT = 13.3333, 7.5
MARGIN = 0.7
CONTENT_WIDTH = 11.9333

EMU = 914400


def emu(inches: float) -> int:
    """Inches as EMU."""
    return round(inches * EMU)
