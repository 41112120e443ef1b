"""Lets the tests of this room share the builders of small Office files."""

import sys
from pathlib import Path

_BUILDERS = str(Path(__file__).parents[1] / "ooxml_package")
if _BUILDERS not in sys.path:
    sys.path.append(_BUILDERS)
