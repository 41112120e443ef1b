"""The three headers of a zip archive, as APPNOTE 4.3 lays them out."""

from __future__ import annotations

from struct import Struct
from typing import Final

LOCAL: Final = Struct("<4s5H3I2H")
CENTRAL: Final = Struct("<4s6H3I5H2I")
END: Final = Struct("<4s4H2IH")
UTF8_FLAG: Final = 0x800
