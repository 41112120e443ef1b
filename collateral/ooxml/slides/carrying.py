"""Copying a part with everything it needs from one package into another.

Relationship ids stay as they are, for they belong to the part alone; only what they point to is new. Pictures, sound and
films are stored once however often they come; everything else is copied anew for each slide, so that no chart shares its
workbook with another. What is no plain part (a control, a macro, another slide) is refused by name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Final

from collateral.ooxml import names
from collateral.ooxml.package import Part, Relationship
from collateral.ooxml.slides.digest import Digests
from collateral.ooxml.slides.draft import Draft
from collateral.ooxml.slides.jumps import PendingJump
from collateral.ooxml.slides.source import SourceDeck
from collateral.ooxml.slides.vocabulary import kind_of

# leaves that are the same whenever their bytes are
SHARED_KINDS: Final = frozenset({"image", "hdphoto", "audio", "video", "media", "font", "model3d"})
MEDIA_TYPES: Final = ("image/", "audio/", "video/", "model/")
# parts that can be shared with all they point to, because nothing in them names their place
SHARED_CLOSURES: Final = frozenset({"customXml"})
# parts that have their place in a deck and cannot simply come along with another part
PLACED: Final = frozenset(
    {
        *names.KIND_OF_MAIN,
        names.CT_SLIDE,
        names.CT_SLIDE_LAYOUT,
        names.CT_SLIDE_MASTER,
        names.CT_NOTES_SLIDE,
        names.CT_NOTES_MASTER,
        names.CT_HANDOUT_MASTER,
    }
)
ACTIVE: Final = {
    "control": "an ActiveX control",
    "activeXControlBinary": "an ActiveX control",
    "vbaProject": "a macro project",
    "wordVbaData": "a macro project",
    "attachedToolbars": "a toolbar of macros",
}
LINKED: Final = {"oleObject": "workbook", "package": "workbook", "image": "picture"}
MEDIA_KINDS: Final = frozenset({"audio", "video", "media"})
DEEPEST: Final = 40  # the deepest chain Office itself writes is slide → chart → drawing → picture
WEB: Final = ("http://", "https://")


class CannotCarry(ValueError):
    """Something that cannot go into another deck. `owner` and `rel_id` say where it hangs, when known."""

    def __init__(self, what: str, owner: str, rel_id: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.owner = owner
        self.rel_id = rel_id


class Carrier:
    """Copies parts of `source` into `target`, remembering the media it stored."""

    def __init__(self, source: SourceDeck, target: Draft, *, refuse_linked_workbooks: bool = False) -> None:
        self.source = source
        self.target = target
        self.digests = Digests(source.read, source.part)
        self.linked: list[tuple[str, str]] = []  # (what, address) of things outside the file
        self.jumps: list[PendingJump] = []  # of diagrams and the like, to slides
        self._refuse_linked = refuse_linked_workbooks
        self._stored: dict[tuple[str, str], str] | None = None
        self._closures: dict[str, str] = {}
        self._depth = 0

    def relationships(
        self, owner: str, relationships: Iterable[Relationship], memo: dict[str, str]
    ) -> list[Relationship]:
        """The same relationships pointing to copies. `memo` holds the copies made for one slide.

        Raises CannotCarry and UnreadablePart.
        """
        return [self._relationship(owner, relationship, memo) for relationship in relationships]

    def part(self, name: str, memo: dict[str, str], *, kind: str = "") -> str:
        """The name of the copy of a part in the target, with everything it points to.

        Raises CannotCarry and UnreadablePart.
        """
        known = memo.get(name)
        if known is not None:
            return known
        if self._depth > DEEPEST:
            raise CannotCarry("parts that hang on each other without end", name)
        part = self.source.part(name)
        if kind in SHARED_KINDS and not part.relationships:
            return self._media(part)
        if kind in SHARED_CLOSURES:
            return self._closure(part, memo)
        return self._copy(part, memo)

    def _relationship(self, owner: str, relationship: Relationship, memo: dict[str, str]) -> Relationship:
        kind = kind_of(relationship.type)
        try:
            if kind in ACTIVE:
                raise CannotCarry(ACTIVE[kind], owner)
            if relationship.external or relationship.target.startswith("#"):
                self._check_external(owner, relationship)
                return relationship
            target = self.source.part(relationship.target)
            if target.content_type in PLACED:
                raise CannotCarry(f'"{target.name}", which is part of the deck\'s structure', owner)
            copied = self.part(target.name, memo, kind=kind)
        except CannotCarry as problem:
            raise CannotCarry(problem.what, owner, relationship.id) from None
        return Relationship(relationship.id, relationship.type, copied, False)

    def _check_external(self, owner: str, relationship: Relationship) -> None:
        kind = kind_of(relationship.type)
        address = relationship.target
        if kind in MEDIA_KINDS and address.upper() != "NULL" and not address.lower().startswith(WEB):
            raise CannotCarry(f'a film or sound that lies outside the file, at "{address}"', owner)
        what = LINKED.get(kind)
        if what is None:
            return
        if self._refuse_linked and what != "picture":
            raise CannotCarry(f'a workbook or object that lies outside the file, at "{address}"', owner)
        self.linked.append((what, address))

    def _copy(self, part: Part, memo: dict[str, str]) -> str:
        name = memo[part.name] = self.target.take_name(name_pattern(part.name))
        changed = self.source.changes(part)
        copied = part.renamed(name)
        jumps = [r for r in part.relationships if self.source.is_jump(r)]
        self._depth += 1
        try:
            plain = [r for r in part.relationships if r not in jumps]
            relationships = [*self.relationships(part.name, plain, memo), *jumps]
        finally:
            self._depth -= 1
        self.jumps += [PendingJump(name, jump.id, jump.target) for jump in jumps]
        self.target.put(
            copied.with_relationships(relationships), self.source.take(part.name) if changed else None
        )
        return name

    def _media(self, part: Part) -> str:
        stored = self._stored_media()
        key = _media_key(part)
        if key not in stored:
            name = stored[key] = self.target.take_name(name_pattern(part.name))
            self.target.put(part.renamed(name))
        return stored[key]

    def _closure(self, part: Part, memo: dict[str, str]) -> str:
        digest = self.digests.of(part.name)
        if digest not in self._closures:
            self._closures[digest] = self._copy(part, memo)
        return self._closures[digest]

    def _stored_media(self) -> dict[tuple[str, str], str]:
        if self._stored is None:
            self._stored = {}
            for name in self.target.names():
                part = self.target.part(name)
                if not part.relationships and part.content_type.startswith(MEDIA_TYPES):
                    self._stored.setdefault(_media_key(part), name)
        return self._stored


def name_pattern(name: str) -> str:
    """The pattern a part's name was made from: `ppt/charts/chart12.xml` → `ppt/charts/chart{n}.xml`."""
    folder, slash, file = name.rpartition("/")
    stem, dot, extension = file.rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = re.sub(r"\d+$", "", stem)
    return f"{folder}{slash}{stem or 'part'}{{n}}{dot}{extension}"


def _media_key(part: Part) -> tuple[str, str]:
    return part.content_type, hashlib.sha256(part.data()).hexdigest()
