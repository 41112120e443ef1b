"""Tags of a document where none are filled: in files it takes in as they are, and in its variables.

In: a package. Out: a warning for the first tag of each such part. Compile time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Place
from collateral.ooxml.names import CT_SETTINGS
from collateral.ooxml.package import Package, Part

_TAG = re.compile(rb"\{\{[^{}<>]{1,200}\}\}|\{%[^%<>]{1,200}%\}")
_HINT = "type the text into the document itself, where tags are filled"


def unfilled_tags(package: Package) -> Iterator[Diagnostic]:
    """The warnings."""
    settings = [part for part in package.parts.values() if part.content_type == CT_SETTINGS]
    for part in [*package.related(package.main, "aFChunk"), *settings]:
        tag = _first_tag(part)
        if tag:
            message = f'"{tag}" stands where no tag is filled: "{part.name}" is taken over as it is'
            yield Diagnostic.warning("tag-unfilled", message, Place(package.file, part=part.name), _HINT)


def _first_tag(part: Part) -> str:
    data = part.data()
    if b"{" not in data:
        return ""
    found = _TAG.search(data)
    if found is None:
        return ""
    from html import unescape  # two megabytes, hardly ever needed

    return unescape(found[0].decode("utf-8", "replace"))
