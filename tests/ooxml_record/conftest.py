"""Lets the tests of this room share the builders of small Office files."""

import sys
from pathlib import Path

_HERE = Path(__file__).parent
for _folder in (_HERE, _HERE.parent / "ooxml_package"):
    if str(_folder) not in sys.path:
        sys.path.append(str(_folder))
