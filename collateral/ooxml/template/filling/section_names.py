"""The names of sections and custom shows that hold tags: written as XML by a generated function, read back as text.

In: the name as the template has it; what the function wrote. Out: a part to be compiled; the name. Hot path for `name_in`.
"""

from __future__ import annotations

from collateral.ooxml.xml import escape_text, unescape_text

_BEFORE, _AFTER = b"<name>", b"</name>"


def name_part(name: str) -> bytes:
    """The name as XML."""
    return _BEFORE + escape_text(name).encode() + _AFTER


def name_in(written: bytes) -> str:
    """The name such XML holds, on one line."""
    inner = written.partition(_BEFORE)[2].rpartition(_AFTER)[0]
    return " ".join(unescape_text(inner.decode()).split())
