"""Text files from disk: size, encoding and line endings are checked here and nowhere else.

In: a path on disk and its name for messages. Out: clean text (no byte order mark, `\\n` line endings) or a diagnostic.
"""

from __future__ import annotations

from pathlib import Path

from collateral.diagnostics import Diagnostic, Span

MAX_BYTES = 4_000_000
_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_bytes(path: Path, name: str, *, limit: int = MAX_BYTES) -> tuple[bytes | None, list[Diagnostic]]:
    """The file's bytes, or why they cannot be had."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        return None, [Diagnostic.error("unreadable-file", f'"{name}": {reason}', Span(name))]
    if len(data) > limit:
        message = f"larger than {limit:,} bytes"
        return None, [
            Diagnostic.error("file-too-large", message, Span(name), "split it, or keep data out of it")
        ]
    return data, []


def decode(data: bytes, name: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, or the first byte that is not UTF-8."""
    if data[:2] in _MARKS:
        problem = f"the file is {_MARKS[data[:2]]}, not UTF-8"
        return None, [Diagnostic.error("not-utf-8", problem, Span(name, 1, 1), "save it as UTF-8")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_bad_byte(error, name)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _bad_byte(error: UnicodeDecodeError, name: str) -> Diagnostic:
    before = error.object[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    message = f"byte 0x{error.object[error.start]:02X} at offset {error.start:,} is not UTF-8"
    return Diagnostic.error("not-utf-8", message, Span(name, line, column), "save the file as UTF-8")
