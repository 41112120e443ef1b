"""Lets the tests of this room share the builders of small Office files, and what can be wrong with these."""

import sys
from pathlib import Path

_ROOM = Path(__file__).parent
for _builders in (_ROOM, _ROOM.parent / "ooxml_package"):
    if str(_builders) not in sys.path:
        sys.path.append(str(_builders))
