"""One pass over the XML of a part: what is wrong inside it, and the facts that only the whole package can judge.

In: the bytes of a part. Out: a `PartScan`. Scans are remembered by the part's markup without its text, because
pieces made from one template differ mostly in their words; so the words are not looked at here (see `leftovers`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml.pieces import Pieces
from collateral.ooxml.validate.elements import PartScan, Problem
from collateral.ooxml.validate.facts import PartScanner
from collateral.ooxml.xml import XmlError, read_events

_REMEMBERED: Final = 4096
_PACKED: Final = 512
"""How many scans a cache holds: those of the first pieces; a campaign must not write it again for each of its pieces."""
# what may differ between parts of one markup: text, the text of pictures for those who cannot see them, and what is noted on slides,
# which names the piece, so that no two pieces would share a scan
_TEXT: Final = re.compile(rb">([^<]+)")
_DESCRIBED: Final = b' descr="'
_DESCRIPTION: Final = re.compile(rb' descr="[^"<>]+')
_NOTED: Final = b"<p:tag "
_NOTE: Final = re.compile(rb'(<p:tag name="[^"<>]*" val=")([^"<>]+)')
_CONTROLS: Final = bytes({*range(32)} - {9, 10, 13})
_LONE_AMPERSAND: Final = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#3[2-9]|#[4-9]\d|#9|#10|#13|#[1-4]\d{2,3});)"
)

_AMPERSAND: Final = ord("&")
_CACHES: Final = (b"<c:numCache>", b"<c:numLit>")

_scans: dict[bytes, tuple[PartScan, bool]] = {}  # and whether the markup is of elements alone
_packed = 0  # how many of them a cache has


def scan_part(data: bytes) -> PartScan:
    """The scan of a part, from memory when its markup was seen before. Broken XML is a problem in the scan."""
    markup, words = _apart(data)
    scan, plain, known = _scan_of(markup, data)
    if known and not (plain and _are_plain_words(words)):
        broken = _broken(data)
        if broken is not None:
            return PartScan(problems=[broken])
    return _with_numbers(scan, data)


def scan_pieces(pieces: Pieces, data: bytes) -> PartScan:
    """The same for a part whose pieces are known: its markup need not be looked for."""
    plan, _ = pieces.read(scan_pieces, _plan_of)
    if plan is None or not plan[1] or not _are_plain_words(pieces.words()):
        return scan_part(data)
    return _with_numbers(plan[0], data)


def _plan_of(xml: bytes) -> tuple[PartScan, bool]:
    """The scan of all parts of these pieces, and whether plain words leave them readable."""
    scan, plain, _ = _scan_of(_apart(xml)[0], xml)
    return scan, plain and not scan.is_broken


def _scan_of(markup: bytes, data: bytes) -> tuple[PartScan, bool, bool]:
    """The scan of a markup, whether the markup is of elements alone, and whether it was seen before."""
    key = blake2b(markup, digest_size=16).digest()
    known = _scans.get(key)
    if known is not None:
        return *known, True
    scan = PartScanner().scan(data)
    plain = b"<!" not in markup and markup.find(b"<?", 1) < 0
    if not scan.is_broken:
        if len(_scans) >= _REMEMBERED:
            _scans.clear()
        _scans[key] = scan, plain
    return scan, plain, False


def scans_grew() -> bool:
    """Whether parts of other markup were scanned than a cache has, and it has room for them."""
    return _packed < min(len(_scans), _PACKED)


def pack_scans() -> list[tuple[object, ...]]:
    """The scans so far as plain values, for a cache."""
    global _packed
    packed: list[tuple[object, ...]] = []
    for key, (scan, plain) in islice(_scans.items(), _PACKED):
        problems = [(problem.code, problem.message, problem.shape) for problem in scan.problems]
        packed.append((key, scan.root, problems, sorted(scan.relationship_ids), scan.facts, plain))
    _packed = len(packed)
    return packed


def unpack_scans(packed: Sequence[Any]) -> None:
    """Take over what `pack_scans` gave in an earlier process."""
    global _packed
    for key, root, problems, ids, facts, plain in packed:
        _scans[key] = PartScan(root, [Problem(*problem) for problem in problems], set(ids), facts), plain
    _packed = len(packed)


def _apart(data: bytes) -> tuple[bytes, bytes]:
    """The markup of a part without its words, and these words."""
    turns = _TEXT.split(data)
    markup, words = b">".join(turns[::2]), b"\n".join(turns[1::2])
    if _DESCRIBED in markup:
        words = b"\n".join((words, *_DESCRIPTION.findall(markup)))
        markup = _DESCRIPTION.sub(_DESCRIBED, markup)
    if _NOTED in markup:
        words = b"\n".join((words, *[said for _, said in _NOTE.findall(markup)]))
        markup = _NOTE.sub(rb"\1", markup)
    return markup, words


def _with_numbers(scan: PartScan, data: bytes) -> PartScan:
    """The scan, and what stands for numbers in a chart but is none; numbers are words that the markup does not know."""
    if scan.root != "c:chartSpace":
        return scan
    caches = [cache.partition(b"</c:num")[0] for start in _CACHES for cache in data.split(start)[1:]]
    values = [value.partition(b"<")[0] for cache in caches for value in cache.split(b"<c:v>")[1:]]
    wrong = [value for value in values if not _is_number(value.strip())]
    problems = [
        Problem("invalid-number", f'a chart has the number "{value[:40].decode(errors="replace")}"')
        for value in dict.fromkeys(wrong)
    ]
    return replace(scan, problems=scan.problems + problems) if problems else scan


def _is_number(value: bytes) -> bool:
    if not value or value.startswith(b"#"):
        return True  # Excel itself writes its errors there, #N/A for one
    try:
        float(value)
    except ValueError:
        return False
    return not value.translate(None, b"0123456789+-.eE")  # Python reads "nan" and "1_000" as well


def _are_plain_words(words: bytes) -> bool:
    """Whether the words between elements that are known are sure to leave a part readable: they are UTF-8 without control
    characters or ends of sections, and their references are well-formed. False when only a parser can tell."""
    if words.find(b"]]>") >= 0 or words.find(b"\xef\xbf") >= 0:
        return False
    if _AMPERSAND in words and _LONE_AMPERSAND.search(words):
        return False
    if len(words.translate(None, _CONTROLS)) < len(words):
        return False
    try:
        return words.isascii() or bool(words.decode())
    except UnicodeDecodeError:
        return False


def _broken(data: bytes) -> Problem | None:
    """Whether the text of a part whose markup is known makes it unreadable."""
    try:
        read_events(data)
    except XmlError as problem:
        return Problem("broken-part", str(problem))
    return None
