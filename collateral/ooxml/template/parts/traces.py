"""What a template tells of how it came about, and nobody means to send: its history, its record, who made what is in it
where, and what programs and servers added to it.

In: a package. Out: the same without. Older programs note the folder and file of a picture as its alt text or its name; of these the
file's name stays. Compile time only.
"""

from __future__ import annotations

import re
from typing import Final

from collateral.ooxml.names import qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.record import without_record
from collateral.ooxml.template.parts.embedded_files import without_owners
from collateral.ooxml.template.parts.history import without_history
from collateral.ooxml.template.parts.surroundings import without_surroundings
from collateral.ooxml.xml import XmlError, parse_xml, serialise

_FOLDER: Final = r"(?:file:|[A-Za-z]:\\|\\\\|/(?:Users|home)/)"
_SIGN: Final = re.compile(rf"""\b(?:descr|name)=["']{_FOLDER}""".encode(), re.IGNORECASE)
_WHOLE: Final = re.compile(_FOLDER + r"\S.*", re.IGNORECASE)
_NAMED: Final = tuple(qn(name) for name in ("p:cNvPr", "wp:docPr", "pic:cNvPr"))
_WRITTEN: Final = ("presentationml", "wordprocessingml")


def without_traces(package: Package) -> Package:
    """The package as it goes into pieces; the same one when it tells nothing."""
    return without_owners(without_folders(without_surroundings(without_history(without_record(package)))))


def without_folders(package: Package) -> Package:
    """The package whose pictures name no folder; the same one when none does."""
    changed = [
        part.with_data(cleaned)
        for part in package.parts.values()
        if any(kind in part.content_type for kind in _WRITTEN) and (cleaned := _without_folders(part))
    ]
    return package.with_parts(changed) if changed else package


def _without_folders(part: Part) -> bytes | None:
    if not part.content_type.endswith("+xml") or not _SIGN.search(part.data()):
        return None
    try:
        root = parse_xml(part.data())
    except XmlError:
        return None
    for named in root.iter(*_NAMED):
        for attribute in ("descr", "name"):
            value = named.get(attribute) or ""
            if _WHOLE.fullmatch(value):
                named.set(attribute, re.split(r"[\\/]", value.rstrip("\\/"))[-1])
    return serialise(root)
