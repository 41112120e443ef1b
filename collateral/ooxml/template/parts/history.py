"""What a template tells of itself that is not true of what is made of it: its preview picture, the history of its changes, and the
names of reviewers of whom nothing is left in it.

In: a package. Out: the same without them; PowerPoint and Word make them anew when they save. Compile time only.
"""

from __future__ import annotations

import re
from typing import Final

from collateral.ooxml.names import REL_REVIEWERS, REL_THUMBNAIL
from collateral.ooxml.package import Package, Relationship

_HISTORY: Final = ("/changesInfo", "/revisionInfo")
_COMMENTS: Final = ("/comments", "/threadedComment")
_AUTHOR: Final = re.compile(rb"\bauthor\s*=")


def without_history(package: Package) -> Package:
    """The package without any of them; the same one when there is none."""
    previews = [r for r in package.relationships if r.type == REL_THUMBNAIL]
    history = [r for r in package.main.relationships if r.type.endswith(_HISTORY)]
    history += _idle_reviewers(package)
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


def _idle_reviewers(package: Package) -> list[Relationship]:
    """What leads to the names of people who wrote no comment and changed nothing that is there."""
    leads = [r for r in package.main.relationships if r.type.endswith(REL_REVIEWERS) and not r.external]
    if not leads:
        return []
    own = {rel.target for rel in leads}
    others = [part for part in package.parts.values() if part.name not in own]
    if any(rel.type.endswith(_COMMENTS) for part in others for rel in part.relationships):
        return []
    texts = () if package.is_deck else (part.data() for part in others if part.name.endswith(".xml"))
    return [] if any(_AUTHOR.search(text) for text in texts) else leads
