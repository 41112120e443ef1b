"""What calls of compiled decks and documents have in common: how values are written when nobody says, and what comes out."""

from __future__ import annotations

from collateral.expressions.formats import Formats

PLAIN = Formats()
Chunks = list[bytes]
