"""Lets the tests of this room make files as other programs save them."""

import sys
from pathlib import Path

_RECORD = str(Path(__file__).parents[1] / "ooxml_record")
if _RECORD not in sys.path:
    sys.path.append(_RECORD)
