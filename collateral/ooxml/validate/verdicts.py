"""Files in which the checks read the same are judged once.

In: a file that was just made, and what was found in it. Out: what was found in one like it. Alike are files of the same
members, content types and relationships, of whose parts the checks read the same (`View.readings`). The pieces of one
template differ mostly in their words, which are not looked at here (see `leftovers`), so that one verdict serves for thousands.
Members that stand in blobs are known by these, and not read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.ooxml.archive import Member, WrittenArchive
from collateral.ooxml.manifest import CONTENT_TYPES, source_of_rels
from collateral.ooxml.validate.elements import PartScan
from collateral.ooxml.validate.view import Reader

_SKELETONS: Final = 16
_VERDICTS: Final = 32
"""For one skeleton: conditions in a template's slides make others of the same parts."""


class Verdict(NamedTuple):
    """What was found when a file was opened, what its checks found, what it would tell its receiver, and which of its members
    hold words."""

    opening: tuple[Diagnostic, ...]
    found: tuple[Diagnostic, ...]
    leaks: tuple[Diagnostic, ...]
    worded: tuple[str, ...]


class _Skeleton:
    """Files of the same members, content types and relationships: what the checks read of them, and the verdicts."""

    __slots__ = ("readings", "verdicts")

    def __init__(self, readings: tuple[tuple[str, Reader], ...]) -> None:
        self.readings = readings
        self.verdicts: dict[tuple[object, ...], Verdict] = {}


_skeletons: dict[tuple[object, ...], _Skeleton] = {}


def recall(archive: WrittenArchive, asked: object) -> Verdict | None:
    """The verdict on files like this one; `asked` is what it depends on besides the file."""
    members = archive.own_members()
    skeleton = _skeletons.get(_key(archive, members))
    if skeleton is None:
        return None
    readings = [reader(members[name]) for name, reader in skeleton.readings]
    return skeleton.verdicts.get((asked, *_comparable(readings)))


def remember(
    archive: WrittenArchive, asked: object, verdict: Verdict, readings: Mapping[tuple[str, Reader], Any]
) -> None:
    """Keep the verdict on a file: `readings` are those of the view it was judged by. Of a first file only that it was met, for there
    may be no second, and telling what was read apart costs as much as a check."""
    members = archive.own_members()
    key = _key(archive, members)
    skeleton = _skeletons.get(key)
    if skeleton is None:
        if len(_skeletons) >= _SKELETONS:
            _skeletons.clear()
        _skeletons[key] = _Skeleton(())
        return
    own = {key: read for key, read in readings.items() if key[0] in members}
    if skeleton.readings != tuple(own):
        skeleton = _skeletons[key] = _Skeleton(tuple(own))
    if len(skeleton.verdicts) >= _VERDICTS:
        skeleton.verdicts.clear()
    skeleton.verdicts[asked, *_comparable(own.values())] = verdict


def _key(archive: WrittenArchive, members: Mapping[str, Member]) -> tuple[object, ...]:
    """What files must have in common to be compared; `members` are those that are not in blobs."""
    structure = [m.packed for n, m in members.items() if n == CONTENT_TYPES or source_of_rels(n) is not None]
    return *archive.outline(), *structure


def _comparable(readings: Iterable[Any]) -> Iterable[object]:
    return [read.digest if read.__class__ is PartScan else read for read in readings]
