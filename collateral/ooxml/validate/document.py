"""Rules of documents: bookmarks, drawings, styles, numbering, notes, fields.

In: a `View` of a document. Out: its diagnostics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from collateral.ooxml.package import Part
from collateral.ooxml.validate.view import View

_STORIES: Final = ("header", "footer", "footnotes", "endnotes", "comments")
# by relationship: the facts of its part, and what they are in words
_DEFINITIONS: Final = {
    "styles": {"style": "styles"},
    "numbering": {"number": "lists", "abstract": "list definitions"},
    "footnotes": {"footnote": "footnotes"},
    "endnotes": {"endnote": "endnotes"},
    "comments": {"comment": "comments"},
}


def check_document(view: View) -> None:
    """All rules of this module."""
    stories = [view.main]
    for kind in _STORIES:
        stories += view.package.related(view.main, kind)
    _check_definitions(view)
    _check_bookmarks(view, stories)
    _check_styles(view, stories)
    _check_numbering(view, stories)
    _check_notes(view)
    for story in stories:
        _check_fields(view, story)


def _all(view: View, stories: Iterable[Part], kind: str) -> list[str]:
    return [value for story in stories for value in view.scan(story).values(kind)]


def _check_bookmarks(view: View, stories: list[Part]) -> None:
    starts = Counter(_all(view, stories, "bookmark"))
    ends = set(_all(view, stories, "bookmark-end"))
    for value, count in starts.items():
        if count > 1:
            view.error("duplicate-id", f"{count} bookmarks have the id {value}", view.main)
        if value not in ends:
            view.error("open-bookmark", f"bookmark {value} never ends", view.main)
    for value, count in Counter(_all(view, stories, "bookmark-name")).items():
        if count > 1:
            view.warn("duplicate-bookmark", f'{count} bookmarks are called "{value}"', view.main)
    for value, count in Counter(_all(view, stories, "drawing")).items():
        if count > 1:
            view.warn("duplicate-drawing-id", f"{count} drawings have the id {value}", view.main)


def _check_definitions(view: View) -> None:
    """Ids of styles, lists and notes are those of one each."""
    for kind, facts in _DEFINITIONS.items():
        for part in view.package.related(view.main, kind):
            for fact, what in facts.items():
                for value, count in Counter(view.scan(part).values(fact)).items():
                    if count > 1:
                        view.error("duplicate-id", f"{count} {what} have the id {value}", part)


def _defined(view: View, kind: str, fact: str) -> set[str]:
    return {value for part in view.package.related(view.main, kind) for value in view.scan(part).values(fact)}


def _check_styles(view: View, stories: list[Part]) -> None:
    known = _defined(view, "styles", "style")
    for story in stories:
        for style in dict.fromkeys(view.scan(story).values("style-used")):
            if style not in known:
                view.error("unknown-style", f'the style "{style}" is used but not defined', story)


def _check_numbering(view: View, stories: list[Part]) -> None:
    known = _defined(view, "numbering", "number") | {"0"}
    for story in stories:
        for number in dict.fromkeys(view.scan(story).values("number-used")):
            if number not in known:
                view.error("unknown-numbering", f"the list numbering {number} is used but not defined", story)
    abstract = _defined(view, "numbering", "abstract")
    for number in dict.fromkeys(_defined(view, "numbering", "abstract-used")):
        if number not in abstract:
            view.error(
                "unknown-numbering", f"the list definition {number} is used but not defined", view.main
            )


def _check_notes(view: View) -> None:
    for kind, part_kind in (("footnote", "footnotes"), ("endnote", "endnotes"), ("comment", "comments")):
        known = _defined(view, part_kind, kind)
        for value in dict.fromkeys(view.scan(view.main).values(f"{kind}-used")):
            if value not in known:
                view.error("lost-note", f"{kind} {value} is referred to but not in the file", view.main)


def _check_fields(view: View, story: Part) -> None:
    marks = Counter(view.scan(story).values("field"))
    if marks["begin"] != marks["end"]:
        view.error("open-field", f"{marks['begin']} fields begin and {marks['end']} end", story)
