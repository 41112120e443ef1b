"""Finding the record in a file, wherever the programs it went through have put it.

In: a package, or the bytes of a .pptx, .docx or .eml. Out: the `Record`, or diagnostics that say why there is none to go
by. PowerPoint and Word leave the record's part where it is; LibreOffice hangs it on the package instead of the presentation,
others give it another name. So every custom XML part is looked into, and known by the namespace of its root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collateral.diagnostics import Diagnostic, Place
from collateral.ooxml import names
from collateral.ooxml.opening import open_package
from collateral.ooxml.parts import Package, Part
from collateral.ooxml.record.part import RECORD_FAMILY, parse_record
from collateral.ooxml.record.values import HEADER, VERSION, Record
from collateral.ooxml.xml import XmlError

_FOLDER = "customXml/"
_ANEW = "make the piece anew"


def read_record(source: Package | bytes) -> Record | None:
    """The record a file carries (.pptx, .docx or .eml), None when it has none or cannot be read."""
    return find_record(source)[0]


def find_record(source: Package | bytes, file: str = "the file") -> tuple[Record | None, list[Diagnostic]]:
    """The record a file carries; what is wrong with it, or why there is none. `file` is the name diagnostics use."""
    if isinstance(source, bytes):
        if not source.startswith(b"PK"):
            from collateral.ooxml.record.email import read_email  # it takes megabytes of the standard library

            return _judged([(HEADER, record) for record in read_email(source).records], file)
        package, found = open_package(source, file=file)
        if package is None:
            return None, found
        source = package
    return _judged(list(records_in(source)), file)


def _judged(found: list[tuple[str, Record | None]], file: str) -> tuple[Record | None, list[Diagnostic]]:
    problems = [
        Diagnostic.error("damaged-record", "the file's record cannot be read", Place(file, part=name), _ANEW)
        for name, record in found
        if record is None
    ]
    problems += [
        _newer(record, Place(file, part=name)) for name, record in found if record and record.is_newer
    ]
    records = list(dict.fromkeys(record for _, record in found if record and not record.is_newer))
    if len(records) > 1:
        message = f"the file has {len(records)} records that tell different things"
        problems.append(Diagnostic.error("several-records", message, Place(file), _ANEW))
    if not found:
        problems.append(_no_record(file))
    return (records[0] if records else None), problems


def _newer(record: Record, at: Place) -> Diagnostic:
    message = (
        f"the file's record is of version {record.version}, and the latest that can be read here is {VERSION}"
    )
    return Diagnostic.error("newer-record", message, at, "install the latest Collateral")


def _no_record(file: str) -> Diagnostic:
    hint = "only pieces made by Collateral carry a record"
    return Diagnostic.error("no-record", "the file has no record", Place(file), hint)


def records_in(package: Package) -> Iterator[tuple[str, Record | None]]:
    """Each record by the name of its part, those the main part points to first; None for one that is damaged."""
    for part in dict.fromkeys(part.name for part in _custom_parts(package)):
        data = package.parts[part].data()
        try:
            record = parse_record(data)
        except XmlError:
            if RECORD_FAMILY.encode() in data:  # else it is another program's
                yield part, None
            continue
        if record is not None:
            yield part, record if record.piece or record.is_newer else None


def _custom_parts(package: Package) -> Iterable[Part]:
    yield from package.related(package.main, "customXml")
    yield from package.related(None, "customXml")
    for part in package.parts.values():
        if part.content_type == names.CT_XML or part.name.startswith(_FOLDER):
            yield part
