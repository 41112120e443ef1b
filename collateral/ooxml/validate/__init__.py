"""The validator every piece passes before it is written: does it open without repair, is anything left in it?

In: a package, or the chunks of a finished file. Out: diagnostics; an error means the file must not be written. Parts
are judged once and remembered by what they hold, so that unchanged parts cost next to nothing. It must not change
what it judges.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from collateral.diagnostics import Diagnostic, Place, Severity
from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml import names
from collateral.ooxml.archive import Member, WrittenArchive
from collateral.ooxml.opening import open_trusted
from collateral.ooxml.package import Package, Part
from collateral.ooxml.validate.elements import PartScan, Problem
from collateral.ooxml.validate.leaks import find_leaks
from collateral.ooxml.validate.leftovers import leftover_tags
from collateral.ooxml.validate.scan import pack_scans, scan_part, scans_grew, unpack_scans
from collateral.ooxml.validate.structure import check_media, check_structure, odd_media
from collateral.ooxml.validate.verdicts import Verdict, recall, remember
from collateral.ooxml.validate.view import View, is_xml, remember_scans, scans_of

__all__ = [
    "PartScan",
    "Problem",
    "leaks_of",
    "leftover_tags",
    "pack_scans",
    "remember_scans",
    "scan_part",
    "scans_grew",
    "scans_of",
    "unpack_scans",
    "validate_file",
    "validate_package",
]

_WORDS = re.compile(r"^(ppt/(slides|notesSlides|charts|diagrams)/|word/|docProps/)[^/]*$")
_DIGITS = re.compile(r"\d+")
# odd, but every program opens it
_MILD = frozenset(("duplicate-creation-id",))
# put right when a file is opened, but a file of ours must not need that
_OURS_TO_AVOID = frozenset(("broken-content-types", "dangling-relationship", "part-without-content-type"))
# ids that clash on a master or layout do no harm; PowerPoint itself leaves such files
_MILD_THERE = frozenset(
    (names.CT_SLIDE_MASTER, names.CT_SLIDE_LAYOUT, names.CT_NOTES_MASTER, names.CT_NOTES_SLIDE)
)

# what the parts that we write and move begin with
_ROOTS = {
    names.CT_PRESENTATION: "p:presentation",
    names.CT_SLIDE: "p:sld",
    names.CT_SLIDE_LAYOUT: "p:sldLayout",
    names.CT_SLIDE_MASTER: "p:sldMaster",
    names.CT_NOTES_SLIDE: "p:notes",
    names.CT_NOTES_MASTER: "p:notesMaster",
    names.CT_TAGS: "p:tagLst",
    names.CT_TABLE_STYLES: "a:tblStyleLst",
    names.CT_THEME: "a:theme",
    names.CT_CHART: "c:chartSpace",
    names.CT_DOCUMENT: "w:document",
    names.CT_STYLES: "w:styles",
    names.CT_NUMBERING: "w:numbering",
    names.CT_SETTINGS: "w:settings",
    names.CT_HEADER: "w:hdr",
    names.CT_FOOTER: "w:ftr",
    names.CT_FOOTNOTES: "w:footnotes",
    names.CT_ENDNOTES: "w:endnotes",
    names.CT_CORE_PROPERTIES: "cp:coreProperties",
    names.CT_EXTENDED_PROPERTIES: "ep:Properties",
    names.CT_CUSTOM_PROPERTIES: "op:Properties",
}


def validate_package(
    package: Package,
    *,
    baseline: Iterable[Diagnostic] = (),
    changed: Collection[str] | None = None,
    values: Collection[str] = (),
    tags_allowed: bool = False,
    leaks: bool = True,
    own: Collection[str] = (),
) -> list[Diagnostic]:
    """What is wrong with a package.

    `baseline`: findings of the template, which are its own sins and not reported again. `changed`: the names of parts
    that may be wrong inside; all when None. `values`: texts that came from data and may hold braces; `tags_allowed`:
    do not look for tags at all (a template). `leaks`: also report what should not be sent; `own` are names that may
    stand in the properties.
    """
    view = View(package)
    parts = frozenset(changed) if changed is not None else None
    found = _checked(view, parts)
    check_media(view)
    if not tags_allowed:
        _leftovers(view, parts, values)
    return _without(found + view.taken(), baseline) + (_leaks(view, own) if leaks else [])


def validate_file(
    data: bytes | Sequence[bytes],
    *,
    file: str,
    baseline: Iterable[Diagnostic] = (),
    values: Collection[str] = (),
    leaks: bool = True,
    own: Collection[str] = (),
) -> list[Diagnostic]:
    """What is wrong with a finished file, from its bytes or chunks; oddities of the archive are errors here."""
    whole = data if isinstance(data, bytes | WrittenArchive) else b"".join(data)
    asked = leaks, frozenset(own)
    if isinstance(whole, WrittenArchive):
        verdict = recall(whole, asked)
        if verdict is not None and _is_plain(whole.members(), verdict.worded, values):
            opening, checked, told = (_in_file(found, file) for found in verdict[:3])
            return _without([*opening, *checked], baseline) + told
    package, found = open_trusted(whole, file=file)
    if package is None:
        return found
    opening = [replace(d, severity=Severity.ERROR) if d.code in _OURS_TO_AVOID else d for d in found]
    view = View(package)
    checked = _checked(view, None)
    told = _leaks(view, own) if leaks else []
    if isinstance(whole, WrittenArchive):
        worded = tuple([part.name for part in _worded(view, None)])
        remember(whole, asked, Verdict(tuple(opening), tuple(checked), tuple(told), worded), view.readings)
    check_media(view)
    _leftovers(view, None, values)
    return _without([*opening, *checked, *view.taken()], baseline) + told


def leaks_of(package: Package, own: Collection[str] = ()) -> list[Diagnostic]:
    """What a package would tell its receiver that nobody meant to say; `own` are names that may stand in the properties."""
    return _leaks(View(package), own)


def _is_plain(members: Mapping[str, Member], worded: Iterable[str], values: Collection[str]) -> bool:
    """Whether there is nothing to be said of the pictures and words of a file, of which no verdict tells."""
    parts = [members[name] for name in worded]
    return not odd_media(members) and not any(leftover_tags(p.data(), values) for p in parts)


def _in_file(found: Iterable[Diagnostic], file: str) -> list[Diagnostic]:
    """The same of another file."""
    return [replace(d, at=replace(d.at, file=file)) if isinstance(d.at, Place) else d for d in found]


def _checked(view: View, changed: frozenset[str] | None) -> list[Diagnostic]:
    """What the checks find, in these parts and in the package as a whole."""
    for part in view.package.parts.values():
        if changed is None or part.name in changed:
            _inside(view, part)
    check_structure(view, changed)
    if view.package.is_deck:
        from collateral.ooxml.validate.deck import check_deck

        check_deck(view)
    else:
        from collateral.ooxml.validate.document import check_document

        check_document(view)
    return view.taken()


def _leaks(view: View, own: Collection[str]) -> list[Diagnostic]:
    find_leaks(view, own)
    return view.taken()


def _inside(view: View, part: Part) -> None:
    """What the part's own scan found."""
    if not is_xml(part):
        return
    scan = view.scan(part)
    wanted = _ROOTS.get(part.content_type)
    if wanted is not None and scan.root not in ("", wanted):
        message = f'"{part.name}" holds {scan.root}, its content type says {wanted}'
        view.error("wrong-content-type", message, part)
    for problem in scan.problems:
        mild = problem.code in _MILD or (problem.code == "duplicate-id" and part.content_type in _MILD_THERE)
        make = Diagnostic.warning if mild else Diagnostic.error
        view.found.append(make(problem.code, problem.message, view.place(part, problem.shape)))


def _worded(view: View, changed: frozenset[str] | None) -> list[Part]:
    """The parts with words among these."""
    return [
        part
        for part in view.package.parts.values()
        if part.content_type.endswith("xml")
        and _WORDS.match(part.name)
        and (changed is None or part.name in changed)
    ]


def _leftovers(view: View, changed: frozenset[str] | None, values: Collection[str]) -> None:
    for part in _worded(view, changed):
        for text in leftover_tags(part.data(), values):
            shown = text if len(text) <= 80 else text[:77] + "…"
            view.error("leftover-tag", f'a tag is left in the text: "{shown}"', part)


def _without(found: list[Diagnostic], baseline: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that are not the template's as well; numbers in names and messages may differ."""
    if not found:
        return found
    known = {_key(diagnostic) for diagnostic in baseline}
    return [d for d in found if _key(d) not in known]


def _key(diagnostic: Diagnostic) -> tuple[str, str, str]:
    part = diagnostic.at.part if isinstance(diagnostic.at, Place) else None
    return diagnostic.code, _DIGITS.sub("#", part or ""), _DIGITS.sub("#", diagnostic.message)
