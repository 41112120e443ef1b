"""Drawings of vectors in pixels, each in a process of its own.

In: an SVG that was cleaned. Out: a PNG. A few kilobytes of filters and translucent layers can take hours to draw, and what draws them
cannot be stopped, so a process does it that can be.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

_PROGRAM: Final = """
import sys
sys.path[:] = sys.argv[1].split("\\n")
import resvg_py
sides = {name: int(side) for name, side in zip(("width", "height"), sys.argv[2:]) if side}
text = sys.stdin.buffer.read().decode("utf-8", "replace")
try:
    sys.stdout.buffer.write(bytes(resvg_py.svg_to_bytes(svg_string=text, dpi=96, **sides)))
except ValueError as error:
    sys.exit(str(error))
"""
"""Lengths such as millimetres are those of CSS."""


class DrawingError(ValueError):
    """Why a drawing was not made."""


def draw(svg: bytes, *, width: int | None = None, height: int | None = None, seconds: float) -> bytes:
    """A PNG of this width or height in pixels. Raises DrawingError when it cannot be drawn in so many seconds."""
    sides = [str(side or "") for side in (width, height)]
    # the library is looked for where this process would find it, and never in the current folder
    places = "\n".join(filter(None, sys.path))
    python = sys.executable or ""  # none where Python is a part of another program
    command = [python, "-I", "-c", _PROGRAM, places, *sides]
    try:
        done = subprocess.run(command, input=svg, capture_output=True, timeout=seconds)  # noqa: S603  our own program, no shell
    except subprocess.TimeoutExpired:
        raise DrawingError(f"it takes more than {seconds:g} seconds to draw") from None
    except OSError as error:
        raise DrawingError(f"it cannot be drawn ({error.strerror or error})") from None
    if done.returncode or not done.stdout:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise DrawingError(f"it cannot be drawn ({reason[:80] or 'the program that draws it broke down'})")
    return done.stdout
