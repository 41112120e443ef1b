"""A package as the checks see it: parts with their scans, slide numbers, and places to report.

Scans are found by what a part's compressed bytes are known to hold, so that parts that were checked before are not
even inflated again. What parts hold is read by `View.read` only, which notes it: see `verdicts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from collateral.diagnostics import Diagnostic, Place
from collateral.ooxml.archive import ArchiveError, Member
from collateral.ooxml.package import Package, Part
from collateral.ooxml.validate.elements import PartScan, Problem
from collateral.ooxml.validate.scan import scan_part, scan_pieces

Read = TypeVar("Read")
Reader = Callable[[Member], Any]
"""What makes of a member a scan, or something that can be hashed: equal values mean the same to the checks."""
_REMEMBERED: Final = 8192
_NOTHING: Final = PartScan()
_scans: dict[bytes, PartScan] = {}

# of these only the relationships and the content type are our business
_FOREIGN: Final = "customXml/"


def scan_of(member: Member) -> PartScan:
    """What a part holds."""
    if member.pieces is not None:
        return scan_pieces(member.pieces, member.data())
    key = member.digest
    known = _scans.get(key)
    if known is None:
        try:
            known = scan_part(member.data())
        except ArchiveError as problem:
            known = PartScan(problems=[Problem("damaged-archive", str(problem))])
        if len(_scans) >= _REMEMBERED:
            _scans.clear()
        _scans[key] = known
    return known


def scans_of(package: Package) -> dict[bytes, PartScan]:
    """What is known of the parts of a package: plain values that a cache can keep beside a compiled template."""
    members = [part.member for part in package.parts.values() if is_xml(part)]
    return {member.digest: scan_of(member) for member in members}


def remember_scans(scans: Mapping[bytes, PartScan]) -> None:
    """Take over what `scans_of` said in an earlier process, so that these parts are not looked into again."""
    if len(_scans) + len(scans) <= _REMEMBERED:
        _scans.update(scans)


class View:
    """One package being judged. `found` collects diagnostics."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.found: list[Diagnostic] = []
        self.main = package.main
        self.readings: dict[tuple[str, Reader], Any] = {}
        self.slides = self._slides()
        self.numbers = {part.name: number for number, part in enumerate(self.slides, 1)}

    def read(self, part: Part, reader: Callable[[Member], Read]) -> Read:
        """What the reader makes of the part, and a note of it in `readings`."""
        key = part.name, reader
        if key not in self.readings:
            self.readings[key] = reader(part.member)
        return self.readings[key]  # type: ignore[no-any-return]

    def scan(self, part: Part) -> PartScan:
        """What the part holds; nothing for parts that are not XML."""
        return self.read(part, scan_of) if is_xml(part) else _NOTHING

    def _slides(self) -> list[Part]:
        """The slides as they are shown."""
        if not self.package.is_deck:
            return []
        by_id = {rel.id: rel.target for rel in self.main.relationships if not rel.external}
        ids = [pair.partition(" ")[2] for pair in self.scan(self.main).values("slide")]
        found = [self.package.get(by_id[rel_id]) for rel_id in ids if rel_id in by_id]
        return [part for part in found if part is not None]

    def place(self, part: Part | None = None, shape: str = "") -> Place:
        """Where to look, in the words of the file's author."""
        if part is None:
            return Place(self.package.file)
        return Place(
            self.package.file, part=part.name, slide=self.numbers.get(part.name), shape=shape or None
        )

    def error(self, code: str, message: str, part: Part | None = None, *hints: str) -> None:
        """Something PowerPoint or Word may not open, or must not be sent."""
        self.found.append(Diagnostic.error(code, message, self.place(part), *hints))

    def warn(self, code: str, message: str, part: Part | None = None, *hints: str) -> None:
        """Something odd that opens."""
        self.found.append(Diagnostic.warning(code, message, self.place(part), *hints))

    def taken(self) -> list[Diagnostic]:
        """What was found since this was last asked."""
        found, self.found = self.found, []
        return found

    def of_type(self, content_type: str) -> Iterable[Part]:
        """The parts of one content type in their order."""
        return [part for part in self.package.parts.values() if part.content_type == content_type]


def is_xml(part: Part) -> bool:
    """Whether the part holds XML of the kinds the checks know."""
    kind = part.content_type
    return (kind.endswith("+xml") or kind.endswith("/xml")) and not part.name.startswith(_FOREIGN)
