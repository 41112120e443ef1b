"""Opening an Office file: from bytes or a path to a `Package`, or to the reasons why it is refused.

Refused by name are damaged, encrypted, legacy, strict and macro-enabled files. Odd but harmless things (relationships
that lead nowhere, parts without a content type) are put right and reported as warnings, so that a package that was
opened is whole: every member inflates, every internal relationship resolves, every part has a content type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.ooxml import names
from collateral.ooxml.archive import DEFAULT, Limits, Member, WrittenArchive, check_members, read_archive
from collateral.ooxml.manifest import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    decoded_target,
    extension_of,
    judge_content_types,
    read_relationships,
    source_of_rels,
)
from collateral.ooxml.parts import Package, Part
from collateral.ooxml.xml import XmlError, parse_xml

_RESAVE: Final = "open the file in PowerPoint or Word and save it again"
_MACRO_HINT: Final = "save it as .pptx or .docx, without macros"
# main parts we know but do not read, by their name
_OTHER_KINDS: Final = {"spreadsheetml": "an Excel workbook", "visio": "a Visio drawing"}

_Rels = tuple[tuple[Relationship, ...], Member | None]
_Read = tuple[tuple[Relationship, ...], frozenset[str] | None]
"""The relationships in a file and the names of what they lead to inside the package; None when an id is there twice."""

# small files that were just read, by their bytes: pieces of one template share most of them
_types_before: dict[bytes, tuple[ContentTypes, tuple[str, ...]]] = {}
_read_before: dict[tuple[str, int, bytes], _Read] = {}


def open_package(
    source: bytes | Path, *, file: str | None = None, limits: Limits = DEFAULT
) -> tuple[Package | None, list[Diagnostic]]:
    """The package, and what is odd about it; None and the reasons when it is refused.

    Every member is inflated and every XML part parsed once to check it, so that neither `Part.data` nor `parse_xml`
    of a part's data can fail for an opened package.
    """
    shown = file or (source.name if isinstance(source, Path) else "the file")
    if isinstance(source, Path):
        try:
            source = source.read_bytes()
        except OSError as problem:
            reason = problem.strerror or "it cannot be read"
            return None, [
                Diagnostic.error("unreadable-file", f"cannot read the file: {reason}", Place(shown))
            ]
    members, found = read_archive(source, file=shown, limits=limits)
    found = found or check_members(members.values(), file=shown)
    if found:
        return None, found
    opener = _Opener(members, shown)
    package = opener.package()
    if package is not None:
        opener.check_xml(package)
    return (None if has_errors(opener.found) else package), opener.found


def open_trusted(data: bytes | WrittenArchive, *, file: str) -> tuple[Package | None, list[Diagnostic]]:
    """As `open_package`, for a file that was just made here: members are not inflated to check them."""
    members, found = (
        (data.members(), []) if isinstance(data, WrittenArchive) else read_archive(data, file=file)
    )
    if isinstance(data, WrittenArchive) and len({name.casefold() for name in members}) < data.number:
        members, found = read_archive(b"".join(data), file=file)  # which says what is there twice
    if found:
        return None, found
    opener = _Opener(members, file)
    package = opener.package()
    return (None if has_errors(opener.found) else package), opener.found


class _Opener:
    """Turns the members of one archive into a package, collecting what is wrong on the way."""

    def __init__(self, members: dict[str, Member], file: str) -> None:
        self.members = members
        self.file = file
        self.found: list[Diagnostic] = []
        self.by_folded = {name.casefold(): name for name in members}

    def package(self) -> Package | None:
        """The package; None or an incomplete one when something in `found` is an error."""
        types, twice = self._content_types()
        rels = self._all_relationships()
        if types is None or has_errors(self.found):
            return None
        relationships, rels_member = rels.get("", ((), None))
        main = self._main(relationships)
        kind = self._kind(types.of(main) or "") if main else None
        if main is None or kind is None:
            return None
        parts = self._parts(types, rels)
        self._refuse_macros(parts.values())
        if main not in parts:
            self._refuse("not-an-office-file", "the archive holds no presentation and no document")
            return None
        kept = _kept(relationships, parts)
        rels_member = rels_member if kept == relationships else None
        types_member = self.members.get(CONTENT_TYPES) if self._types_hold(types, twice, parts) else None
        return Package(kind, self.file, parts, kept, types, rels_member, types_member)

    def _refuse(self, code: str, message: str, *hints: str, part: str | None = None) -> None:
        self.found.append(Diagnostic.error(code, message, Place(self.file, part=part), *hints))

    def _warn(self, code: str, message: str, *hints: str, part: str | None = None) -> None:
        self.found.append(Diagnostic.warning(code, message, Place(self.file, part=part), *hints))

    def _content_types(self) -> tuple[ContentTypes | None, tuple[str, ...]]:
        """The content types, and what has two."""
        member = self.members.get(CONTENT_TYPES)
        if member is None:
            self._refuse("not-an-office-file", f"the archive has no {CONTENT_TYPES}: it is no Office file")
            return None, ()
        try:
            known = _types_before.get(member.packed)
            if known is None:
                known = judge_content_types(member.data())
                if len(_types_before) >= 64:
                    _types_before.clear()
                _types_before[member.packed] = known
            return known
        except XmlError as problem:
            self._refuse("broken-part", f"{CONTENT_TYPES} is {problem}", _RESAVE, part=CONTENT_TYPES)
            return None, ()

    def _all_relationships(self) -> dict[str, _Rels]:
        """Relationships by part (the package's under the empty name), those that lead nowhere left out."""
        found: dict[str, _Rels] = {}
        for name, member in self.members.items():
            source = source_of_rels(name)
            if source is None:
                continue
            source = self.by_folded.get(source.casefold(), source)
            try:
                read = self._read(member, source)
            except XmlError as problem:
                self._refuse("broken-part", f'"{name}" is {problem}', _RESAVE, part=name)
                continue
            written, targets = read
            plain = targets is not None and targets <= self.members.keys()
            kept = written if plain else tuple(self._resolved(written, name))
            found[source] = (kept, member if plain or kept == written else None)
        return found

    def _read(self, member: Member, source: str) -> _Read:
        """The relationships in a .rels file; small files that were just read are remembered by their bytes."""
        key = (source, member.method, member.packed)
        known = _read_before.get(key)
        if known is None:
            known = _with_targets(read_relationships(member.data(), source))
            if len(member.packed) > 4096:
                return known
            if len(_read_before) >= 2048:
                _read_before.clear()
            _read_before[key] = known
        return known

    def _resolved(self, relationships: Iterable[Relationship], name: str) -> Iterable[Relationship]:
        seen: set[str] = set()
        for rel in relationships:
            if rel.id in seen:
                self._refuse(
                    "duplicate-relationship", f'two relationships have the id "{rel.id}"', _RESAVE, part=name
                )
                continue
            seen.add(rel.id)
            if rel.external or rel.target.startswith("#"):
                yield rel
                continue
            target = self._member_of(rel.target)
            if target is None:
                self._warn(
                    "dangling-relationship",
                    f'relationship "{rel.id}" leads to "{rel.target}", which is not in the file',
                    "it is left out",
                    part=name,
                )
                continue
            if target == rel.target:
                yield rel
                continue
            if target != decoded_target(rel.target):
                self._warn("relationship-case", f'"{rel.target}" is called "{target}" in the file', part=name)
            yield Relationship(rel.id, rel.type, target)

    def _member_of(self, target: str) -> str | None:
        """The member a target means: names are compared without case, escaped or not."""
        if target in self.members:
            return target
        folded = self.by_folded
        return folded.get(target.casefold()) or folded.get(decoded_target(target).casefold())

    def _main(self, relationships: tuple[Relationship, ...]) -> str | None:
        by_type = {rel.type: rel.target for rel in reversed(relationships)}
        if names.REL_OFFICE_DOCUMENT in by_type:
            return by_type[names.REL_OFFICE_DOCUMENT]
        if names.REL_STRICT_OFFICE_DOCUMENT in by_type:
            hint = 'save it as "PowerPoint Presentation" or "Word Document", not as "Strict Open XML"'
            self._refuse("strict-file", "the file is in the strict variant of Office Open XML", hint)
        else:
            self._refuse("not-an-office-file", "the archive holds no presentation and no document")
        return None

    def _kind(self, content_type: str) -> str | None:
        kind = names.KIND_OF_MAIN.get(content_type)
        if kind is not None:
            return kind
        if "macroEnabled" in content_type:
            self._refuse("macro-file", "the file may hold macros", _MACRO_HINT)
            return None
        other = next((text for word, text in _OTHER_KINDS.items() if word in content_type), None)
        what = other or f'a file of the type "{content_type}"'
        self._refuse("not-an-office-file", f"the file is {what}, not a presentation or document")
        return None

    def _parts(self, types: ContentTypes, rels: dict[str, _Rels]) -> dict[str, Part]:
        wanted = {rel.target for kept, _ in rels.values() for rel in kept if not rel.external}
        parts: dict[str, Part] = {}
        for name, member in self.members.items():
            if name == CONTENT_TYPES or source_of_rels(name) is not None:
                continue
            kind = types.of(name) or self._guessed_type(name, name in wanted)
            if kind is not None:
                relationships, rels_member = rels.get(name, ((), None))
                parts[name] = Part(name, kind, member, relationships, rels_member)
        lost = self.members.keys() - parts.keys()
        for name, part in parts.items():
            if part.relationships and not lost.isdisjoint([rel.target for rel in part.relationships]):
                parts[name] = part.with_relationships(_kept(part.relationships, parts))
        return parts

    def _guessed_type(self, name: str, wanted: bool) -> str | None:
        kind = names.DEFAULT_TYPES.get(extension_of(name)) if wanted else None
        hint = "it is left out" if kind is None else f'it is taken for "{kind}"'
        self._warn("part-without-content-type", f'"{name}" has no content type', hint, part=name)
        return kind

    def _refuse_macros(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if part.content_type == names.CT_VBA_PROJECT or part.name.lower().endswith("vbaproject.bin"):
                self._refuse("macro-file", "the file holds macros", _MACRO_HINT, part=part.name)

    def check_xml(self, package: Package) -> None:
        """Refuse parts that are no well-formed XML, with the parser that all of the engine uses."""
        for part in package.parts.values():
            if part.content_type.endswith(("+xml", "/xml")):
                try:
                    parse_xml(part.data())
                except XmlError as problem:
                    self._refuse("broken-part", f'"{part.name}" is {problem}', _RESAVE, part=part.name)

    def _types_hold(self, types: ContentTypes, twice: Iterable[str], parts: dict[str, Part]) -> bool:
        """Whether [Content_Types].xml can be copied as it is."""
        odd = [f'"{name}" has two content types' for name in twice]
        rels = () if types.defaults.get("rels") == names.CT_RELATIONSHIPS else self.members
        if any(types.of(name) != names.CT_RELATIONSHIPS for name in rels if source_of_rels(name) is not None):
            odd.append("relationships have no content type")
        for what in odd:
            self._warn("broken-content-types", what, "it is put right", part=CONTENT_TYPES)
        known = {name.lower() for name in self.members}  # some writers list .rels files too
        stale = [name for name in types.overrides if name not in known]
        for name in stale:
            self._warn(
                "stale-content-type", f'"{name}" has a content type but is not in the file', "it is left out"
            )
        return (
            not odd and not stale and all(types.of(name) == part.content_type for name, part in parts.items())
        )


def _with_targets(relationships: Iterable[Relationship]) -> _Read:
    read = tuple(relationships)
    inside = frozenset(rel.target for rel in read if not rel.external and rel.target[:1] != "#")
    return read, inside if len({rel.id for rel in read}) == len(read) else None


def _kept(relationships: tuple[Relationship, ...], parts: Mapping[str, Part]) -> tuple[Relationship, ...]:
    """Without those to members that turned out to be no parts."""
    if all(rel.external or rel.target in parts or rel.target[:1] == "#" for rel in relationships):
        return relationships
    return tuple(rel for rel in relationships if rel.external or rel.target in parts or rel.target[:1] == "#")
