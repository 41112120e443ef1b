"""What the file says about its slides outside them: counts and titles in docProps/app.xml, the thumbnail.

PowerPoint derives these when it saves. Stale ones tell the titles of slides that are gone, so they are taken out.
"""

from __future__ import annotations

from collateral.ooxml import names
from collateral.ooxml.app_properties import drop_derived
from collateral.ooxml.slides.deck import Deck
from collateral.ooxml.slides.vocabulary import EP


def refresh_properties(deck: Deck) -> None:
    """Make docProps/app.xml say how many slides there are, and nothing else that the slides decide."""
    draft = deck.draft
    for relationship in draft.package.relationships:
        if relationship.type != names.REL_EXTENDED_PROPERTIES or relationship.target not in draft:
            continue
        root = draft.edit(relationship.target)
        drop_derived(root)
        count = root.find(f"{EP}Slides")
        if count is not None:
            count.text = str(len(deck.slides()))


def drop_thumbnail(deck: Deck) -> None:
    """Take the picture of the first slide out of the file."""
    draft = deck.draft
    draft.drop_package_relationships(
        r.id for r in draft.package.relationships if r.type == names.REL_THUMBNAIL
    )
