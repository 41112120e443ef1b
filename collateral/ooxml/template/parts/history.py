"""What a template tells of itself that is not true of what is made of it: its preview picture and the history of its changes.

In: a package. Out: the same without them; PowerPoint and Word make them anew when they save. Compile time only.
"""

from __future__ import annotations

from typing import Final

from collateral.ooxml.names import REL_THUMBNAIL
from collateral.ooxml.package import Package

_HISTORY: Final = ("/changesInfo", "/revisionInfo")


def without_history(package: Package) -> Package:
    """The package without its preview and its history; the same one when there is neither."""
    previews = [r for r in package.relationships if r.type == REL_THUMBNAIL]
    history = [r for r in package.main.relationships if r.type.endswith(_HISTORY)]
    if not previews and not history:
        return package
    main = package.main
    if history:
        main = main.with_relationships([r for r in main.relationships if r not in history])
    return package.with_parts(
        [main],
        remove=[r.target for r in (*previews, *history) if not r.external],
        relationships=[r for r in package.relationships if r not in previews],
    )
