"""A finished piece against the library of today: what in it was edited, and what may no longer be sent.

The engine tells how the file differs from its record; here the record's blocks are compared with the library's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path

from collateral.diagnostics import Diagnostic, Place, Severity
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.library import INTERNAL_PIECES, Block, BlockId, ClaimId, Library
from collateral.ooxml.package import Package, open_package
from collateral.ooxml.record import (
    Item,
    KnownBy,
    Record,
    SlideState,
    changed_around,
    compare,
    document_is_intact,
    find_record,
)
from collateral.plan.eligibility import is_approved, naming_obstacle

_MARK_GONE, _WORDS_AS_MADE = "mark gone", "words as made"
_KNOWN_BY: Mapping[KnownBy, tuple[str, ...]] = {
    "words": (_MARK_GONE, _WORDS_AS_MADE),
    "title": (_MARK_GONE, "known by its title"),
    "record": (_MARK_GONE, "words changed or gone"),
}
_MARKS_GONE = (
    "  its marks are gone, as after a program other than PowerPoint or Word saved it: look at what is edited"
)
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]*)<")
PIECES = frozenset({".pptx", ".docx", ".eml"})
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
        """Whether nothing that is known forbids to send this part; an edited slide may be sent, on the sender's own
        responsibility."""
        return not ({self.state, *self.standing} & BAD)


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A whole file. `internal` pieces must never be sent. `is_judged` says whether there was a library to judge it by."""

    file: str
    prospect: str
    template: str
    internal: bool
    parts: tuple[PartCheck, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    is_judged: bool = True

    @property
    def sendable(self) -> bool | None:
        """Whether everything in it may be sent; None when nothing forbids it, but nobody knows whether it is still approved."""
        if self.internal or self.diagnostics or not all(part.sendable for part in self.parts):
            return False
        return True if self.is_judged else None

    def to_dict(self) -> dict[str, object]:
        """Plain data for --json."""
        return {
            "file": self.file,
            "prospect": self.prospect,
            "template": self.template,
            "internal": self.internal,
            "sendable": self.sendable,
            "judged": self.is_judged,
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
            "diagnostics": [d.to_dict() for d in self.diagnostics],
        }

    def to_text(self) -> str:
        """A line a part, and the verdict."""
        lines = [f"{self.file}: {self.template} for {self.prospect}" if self.template else self.file]
        for part in self.parts:
            where = f"{part.number:>3}" if part.number is not None else "  -"
            words = ", ".join((part.state, *part.standing))
            changed = f" ({'; '.join(part.changes)})" if part.changes else ""
            lines.append(f"  {where}  {words:<22} {part.block or part.key}{changed}")
        if any(_MARK_GONE in part.changes for part in self.parts):
            lines.append(_MARKS_GONE)
        return "\n".join([*lines, f"  {self._verdict()}"])

    def _verdict(self) -> str:
        if self.sendable:
            return "may be sent"
        if self.sendable is None:
            return (
                "nothing in it forbids to send it, but whether it is still approved only its workspace knows"
            )
        return "must not be sent: it is internal" if self.internal else "must not be sent as it is"


def judged_alone(checks: Iterable[FileCheck]) -> list[Diagnostic]:
    """A note when files were judged without a library: silence would be taken for approval."""
    if all(check.is_judged or check.sendable is False for check in checks):
        return []
    message = "no workspace here: whether what the files hold is still approved and valid cannot be told"
    hint = "run it in the workspace they were made in, or name that with `collateral -w DIR`"
    return [Diagnostic.note("no-workspace", message, None, hint)]


def verify_file(
    library: Library | None, file: Path, *, as_of: date, problems: Iterable[Diagnostic] = ()
) -> FileCheck:
    """Check one .pptx, .docx or .eml against its record and the library; without a library against its record alone.

    `problems` are those met when the library was loaded: a block may be missing because its file is wrong.
    """
    name, is_judged = str(file), library is not None
    source, found = _opened(file)
    record, odd = find_record(source, name) if source is not None else (None, [])
    found += odd
    if source is None or record is None:
        return FileCheck(name, "", "", False, (), tuple(found), is_judged)
    parts = tuple(_part(library, state, as_of) for state in compare(source, record))
    if isinstance(source, Package) and _is_edited_between(source, record, parts):
        parts += (PartCheck(None, "between the blocks", "", "edited", ()),)
    if isinstance(source, Package):
        parts += tuple(PartCheck(None, what, "", "edited", ()) for what in changed_around(source, record))
    if any("withdrawn" in part.standing for part in parts):
        found += [problem for problem in problems if problem.severity is Severity.ERROR]
    internal = record.piece in INTERNAL_PIECES
    return FileCheck(name, record.prospect, record.template, internal, parts, tuple(found), is_judged)


def pieces_below(folder: Path) -> list[Path]:
    """The files in a folder and all folders in it that may be pieces, in the order of their names; not those that Office puts
    beside a file that is open."""
    found = (file for file in folder.rglob("[!~]*") if file.suffix.lower() in PIECES)
    return sorted(file for file in found if file.is_file())


def recorded(file: Path) -> tuple[Package | bytes, Record] | None:
    """A finished piece and its record; None for any other file."""
    source, _ = _opened(file)
    record, _ = find_record(source, str(file)) if source is not None else (None, [])
    return (source, record) if source is not None and record is not None else None


def is_as_made(source: Package | bytes, record: Record) -> bool:
    """Whether nobody changed a piece since it was made, nor saved it in an Office program."""
    if not all(state.state == "intact" and not state.shapes for state in compare(source, record)):
        return False
    if not isinstance(source, Package):
        return True
    if changed_around(source, record):
        return False
    if not source.is_deck and document_is_intact(source, record) is False:
        return False
    return not _is_saved(source, record)


def _is_saved(package: Package, record: Record) -> bool:
    """Whether the file says that it was saved on another day than it was made for, as it does once a program has saved it."""
    core = package.get("docProps/core.xml")
    modified = _MODIFIED.search(core.data()) if core is not None else None
    return modified is not None and modified[1].decode() != f"{record.as_of}T00:00:00Z"


def _opened(file: Path) -> tuple[Package | bytes | None, list[Diagnostic]]:
    """The package, opened once; an e-mail as it is; None for a file that cannot be opened."""
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"cannot read it: {error.strerror or error}"
        return None, [Diagnostic.error("unreadable-file", message, Place(str(file)))]
    if not data.startswith(b"PK"):
        return data, []
    package, found = open_package(data, file=str(file))
    return package, found if package is None else []


def _is_edited_between(package: Package, record: Record, parts: Sequence[PartCheck]) -> bool:
    """Whether a document's own text was changed, as far as can be told: where its blocks have no marks, and in records of version
    1, only while all blocks are as they were made."""
    if package.is_deck:
        return False
    are_marked = any(part.number is not None and _MARK_GONE not in part.changes for part in parts)
    are_as_made = all(part.state == "intact" or _WORDS_AS_MADE in part.changes for part in parts)
    can_tell = are_as_made or (are_marked and record.version > 1)
    return can_tell and document_is_intact(package, record) is False


def _part(library: Library | None, state: SlideState, as_of: date) -> PartCheck:
    item = state.item
    changes = tuple(f"{change.name} {change.change}" for change in state.shapes)
    changes += _KNOWN_BY.get(state.known_by, ())
    standing = tuple(dict.fromkeys(_standing(library, item, as_of))) if item is not None else ()
    return PartCheck(state.number, state.key, item.block if item else "", state.state, standing, changes)


def _standing(library: Library | None, item: Item, as_of: date) -> Iterable[str]:
    """What the library says of it today; without one, whether it is past the day its record names."""
    if library is None:
        if item.until and item.until < as_of.isoformat():
            yield "expired"
        return
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
    if not is_approved(library, block) or naming_obstacle(library, block) is not None:
        yield "unapproved"
    yield from _claims_standing(library, item, as_of)


def _claims_standing(library: Library, item: Item, as_of: date) -> Iterable[str]:
    """What the library says today of the claims it rests on; records did not always hold their digests."""
    for claim_id, digest in zip_longest(item.claims, item.claim_digests[: len(item.claims)], fillvalue=""):
        claim = library.claims.get(ClaimId(claim_id))
        if claim is None:
            yield "withdrawn"
            continue
        if digest and str(claim.digest) != digest:
            yield "outdated"
        if claim.expires is not None and claim.expires < as_of:
            yield "expired"


def _is_over(block: Block, as_of: date) -> bool:
    return block.valid_until is not None and block.valid_until < as_of
