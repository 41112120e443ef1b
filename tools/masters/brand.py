"""Harborline's brand as values: colours, fonts and the grid. Lengths are inches unless a name says otherwise."""

from __future__ import annotations

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

HEADINGS = "Cambria"  # Caladea has its widths
BODY = "Calibri"  # Carlito has its widths

SLIDE_WIDTH, SLIDE_HEIGHT = 13.3333, 7.5
MARGIN = 0.7
CONTENT_WIDTH = 11.9333

EMU = 914400


def emu(inches: float) -> int:
    """Inches as EMU."""
    return round(inches * EMU)
