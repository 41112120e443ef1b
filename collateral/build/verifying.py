"""A finished piece against the library of today: what in it was edited, and what may no longer be sent.

The engine tells how the file differs from its record; here the record's blocks are compared with the library's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.library import Block, BlockId, ClaimId, Library
from collateral.ooxml.package import open_package
from collateral.ooxml.record import Item, Record, SlideState, compare, document_is_intact, read_record
from collateral.plan.eligibility import is_approved

_UNMARKED = "its marks are gone, as after a program other than Word saved the file: look at it"
BAD = frozenset({"outdated", "expired", "unapproved", "foreign", "withdrawn"})


@dataclass(frozen=True, slots=True)
class PartCheck:
    """One slide or part: how it stands in the file, and what the library says of its block today."""

    number: int | None
    key: str
    block: str
    state: str
    standing: tuple[str, ...]
    changes: tuple[str, ...] = ()

    @property
    def sendable(self) -> bool:
        """Whether this part may be sent; an edited slide may, on the sender's own responsibility."""
        return not ({self.state, *self.standing} & BAD)


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A whole file. `internal` pieces must never be sent."""

    file: str
    prospect: str
    template: str
    internal: bool
    parts: tuple[PartCheck, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def sendable(self) -> bool:
        """Whether everything in it may be sent."""
        return not self.internal and not self.diagnostics and all(part.sendable for part in self.parts)

    def to_dict(self) -> dict[str, object]:
        """Plain data for --json."""
        return {
            "file": self.file,
            "prospect": self.prospect,
            "template": self.template,
            "internal": self.internal,
            "sendable": self.sendable,
            "parts": [
                {
                    "number": p.number,
                    "key": p.key,
                    "block": p.block,
                    "state": p.state,
                    "standing": list(p.standing),
                    "changes": list(p.changes),
                }
                for p in self.parts
            ],
        }

    def to_text(self) -> str:
        """A line a part, and the verdict."""
        lines = [f"{self.file}: {self.template} for {self.prospect}" if self.template else self.file]
        for part in self.parts:
            where = f"{part.number:>3}" if part.number is not None else "  -"
            words = ", ".join((part.state, *part.standing))
            changed = f" ({'; '.join(part.changes)})" if part.changes else ""
            lines.append(f"  {where}  {words:<22} {part.block or part.key}{changed}")
        lines.append("  may be sent" if self.sendable else self._verdict())
        return "\n".join(lines)

    def _verdict(self) -> str:
        return "  must not be sent: it is internal" if self.internal else "  must not be sent as it is"


def verify_file(library: Library, file: Path, *, as_of: date) -> FileCheck:
    """Check one .pptx, .docx or .eml against its record and the library."""
    name = file.name
    try:
        data = file.read_bytes()
    except OSError as error:
        problem = Diagnostic.error(
            "unreadable-file", f"cannot read it: {error.strerror or error}", Place(str(file))
        )
        return FileCheck(name, "", "", False, (), (problem,))
    record = read_record(data)
    if record is None:
        hint = "only pieces made by Collateral carry a record"
        return FileCheck(
            name,
            "",
            "",
            False,
            (),
            (Diagnostic.error("no-record", "the file has no record", Place(name), hint),),
        )
    parts = tuple(_part(library, state, as_of) for state in compare(data, record))
    if record.piece in ("document", "briefing") and parts and all(part.state == "missing" for part in parts):
        # LibreOffice drops what marks the blocks and keeps their text
        parts = tuple(replace(part, state="edited", changes=(_UNMARKED,)) for part in parts)
    if record.piece in ("document", "briefing") and _is_edited_between(data, record, parts):
        parts += (PartCheck(None, "between the blocks", "", "edited", ()),)
    return FileCheck(name, record.prospect, record.template, record.piece == "briefing", parts)


def _is_edited_between(data: bytes, record: Record, parts: Iterable[PartCheck]) -> bool:
    """Whether a document's own text was changed while all its blocks are as they were made."""
    if any(part.state != "intact" for part in parts):
        return False
    package, _ = open_package(data)
    return package is not None and document_is_intact(package, record) is False


def _part(library: Library, state: SlideState, as_of: date) -> PartCheck:
    item = state.item
    changes = tuple(f"{change.name} {change.change}" for change in state.shapes)
    standing = tuple(dict.fromkeys(_standing(library, item, as_of))) if item is not None else ()
    return PartCheck(state.number, state.key, item.block if item else "", state.state, standing, changes)


def _standing(library: Library, item: Item, as_of: date) -> Iterable[str]:
    if not item.block:
        return
    block = library.blocks.get(BlockId(item.block), {}).get(item.language)
    if block is None:
        yield "withdrawn"
        return
    if str(block.digest) != item.digest:
        yield "outdated"
    if _is_over(block, as_of):
        yield "expired"
    if not is_approved(library, block):
        yield "unapproved"
    for claim_id in item.claims:
        claim = library.claims.get(ClaimId(claim_id))
        if claim is None or (claim.expires is not None and claim.expires < as_of):
            yield "expired"


def _is_over(block: Block, as_of: date) -> bool:
    return block.valid_until is not None and block.valid_until < as_of
