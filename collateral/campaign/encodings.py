"""The text of a CSV, whatever encoding a CRM wrote it in.

In: the bytes of a file. Out: its text, or a diagnostic that shows how the bytes would read in encodings they may be in. Only
Unicode is recognised: any other guess would put wrong letters into customers' names.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final
from unicodedata import category, name

from collateral.diagnostics import Diagnostic, Span

MAX_BYTES = 512 * 1024 * 1024
_LOOKED_AT = 4_000  # bytes at the beginning
_SHOWN = 24  # characters of the place that cannot be read
# What Excel writes on Windows in East Asia, Eastern Europe, Russia, Western Europe, Greece, Turkey, Israel, the Arab world, Thailand.
_USUAL: Final = (
    "cp932", "gb18030", "big5", "cp949", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp874",
)  # fmt: skip
_MOST_SHOWN = 5


def decode_sheet(data: bytes, file: str, encoding: str | None) -> tuple[str | None, list[Diagnostic]]:
    """The text of a CSV; None with an error where it cannot be read."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data)} bytes, the limit is {MAX_BYTES}"
        return None, [Diagnostic.error("csv-too-large", message, Span(file))]
    if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0":
        hint = "open it and save it as CSV UTF-8"
        return None, [
            Diagnostic.error("not-a-csv", "the file is a workbook or another Office file", Span(file), hint)
        ]
    encoding = _encoding_of(data, encoding)
    if encoding == "utf-8-sig" and (other := _looks_like(data)):
        hint = f"name its encoding in the campaign: `source: {{encoding: {other[1]}}}`"
        message = f"the file looks like {other[0]}, not UTF-8"
        return None, [Diagnostic.error("wrong-encoding", message, Span(file, 1), hint)]
    try:
        return data.decode(encoding).removeprefix("\ufeff"), []
    except LookupError:
        message, hint = f"there is no encoding '{encoding}'", "common ones are utf-8, cp1252, utf-16"
        return None, [Diagnostic.error("unknown-encoding", message, Span(file), hint)]
    except UnicodeError as error:
        return None, [_undecodable(error, data, file, encoding)]


def _encoding_of(data: bytes, told: str | None) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"  # whatever the campaign says: it may be rows that were set aside, mended
    if told is None:
        return "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return "utf-8-sig" if told.lower().replace("_", "-") in ("utf-8", "utf8") else told


def _looks_like(data: bytes) -> tuple[str, str] | None:
    """What else than UTF-8 the bytes look like, and what Python calls it: no CSV in UTF-8 holds zeros or changes its alphabet."""
    start = data[:_LOOKED_AT]
    if b"\0" in start:
        return "UTF-16", "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"
    return ("ISO-2022-JP", "iso-2022-jp") if b"\x1b$" in start else None


def _undecodable(error: UnicodeError, data: bytes, file: str, encoding: str) -> Diagnostic:
    hint = "name the encoding of the export in the campaign, for example `source: {encoding: cp1252}`"
    if not isinstance(error, UnicodeDecodeError):
        return Diagnostic.error("wrong-encoding", f"the file is not {encoding}", Span(file), hint)
    line = data.count(b"\n", 0, error.start) + 1
    message = f"byte 0x{data[error.start]:02x} is not {encoding.removesuffix('-sig')}"
    readings = _readings(data, error.start)
    shown = ", ".join(f'"{text}" in {usual}' for usual, text in readings.items())
    how = [f"the place reads {shown}"] if readings else []
    return Diagnostic.error("wrong-encoding", message, Span(file, line), hint, *how)


def _readings(data: bytes, at: int) -> dict[str, str]:
    """How the line of a byte reads in the usual encodings, those first in which its letters are of one kind."""
    first = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    line = data[first : end if end >= 0 else len(data)].rstrip(b"\r")[:_LOOKED_AT]
    found: dict[str, str] = {}
    for usual in _USUAL:
        try:
            before, text = data[first:at].decode(usual), line.decode(usual)
        except UnicodeDecodeError:
            continue
        if all(category(sign) not in ("Cc", "Co", "Cn") or sign == "\t" for sign in text):
            found[usual] = text[max(len(before) - 2, 0) :][:_SHOWN]
    likely = sorted(found, key=lambda usual: _strangeness(found[usual]))
    return {usual: found[usual] for usual in likely[:_MOST_SHOWN]}


def _strangeness(text: str) -> float:
    """How unlike a word a text is: signs and half-width katakana amid letters, accents in a row, capitals within words, letters of
    two scripts."""
    odd = 0
    for before, sign in pairwise(f" {text}"):
        if sign.isascii():
            continue
        odd += not sign.isalpha() or "\uff61" <= sign <= "\uff9f"
        if before.isalpha():
            odd += (sign.isupper() and before.islower()) or _script(before) != _script(sign)
            odd += not before.isascii() and _script(sign) == "LATIN"
    return odd / len(text)


def _script(letter: str) -> str:
    named = name(letter, "").partition(" ")[0]
    return "CJK" if named in ("HIRAGANA", "KATAKANA") else named
