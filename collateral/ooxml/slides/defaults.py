"""The deck's own text style (`p:defaultTextStyle`), which plain text boxes and table cells rely on.

A text box without a size of its own has the size its deck says. Moved to a deck that says something else, it would
change; so what differs is written into the box. In go XML trees; only the slide's is changed.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from collateral.ooxml.slides.inheritance import (
    FILLS,
    LEVELS,
    merge_levels,
    merge_paragraph_properties,
    merge_run_properties,
    placeholder_of,
)
from collateral.ooxml.slides.scaling import scale_text_and_lines
from collateral.ooxml.slides.vocabulary import A, P, local

if TYPE_CHECKING:
    from lxml.etree import _Element

# what the format means when nothing is said (a:CT_TextParagraphProperties, a:CT_TextCharacterProperties)
PARAGRAPH_DEFAULTS: Final = {"marL": "0", "indent": "0", "algn": "l", "rtl": "0"}
RUN_DEFAULTS: Final = {"sz": "1800", "b": "0", "i": "0", "spc": "0", "cap": "none"}
# what a table style or a shape style decides before the deck does
STYLED: Final = frozenset({*FILLS, "latin", "ea", "cs", "sym"})


def default_differences(source: _Element | None, target: _Element | None, factor: float) -> _Element | None:
    """What `source` (a `p:defaultTextStyle`, scaled by `factor`) says otherwise than `target`.

    Returns a list style with only those properties, or None when the two mean the same.
    """
    model = next((style for style in (source, target) if style is not None), None)
    if model is None:
        return None
    own = copy.deepcopy(source) if source is not None else model.makeelement(f"{P}defaultTextStyle")
    differences = model.makeelement(f"{A}lstStyle")
    for name in LEVELS[1:]:
        mine = own.find(f"{A}{name}")
        if mine is None:
            mine = own.makeelement(f"{A}{name}")
            own.append(mine)
        _state_defaults(mine)
    scale_text_and_lines(own, factor)
    for name in LEVELS[1:]:
        other = target.find(f"{A}{name}") if target is not None else None
        level = _level_difference(own.find(f"{A}{name}"), other)
        if level is not None:
            differences.append(level)
    return differences if len(differences) else None


def write_defaults(slide: _Element, differences: _Element) -> None:
    """Write what differs into the text bodies of a slide that rely on the deck's style, level by level as used."""
    plain = _without_style(differences)
    for body in slide.iter(f"{P}txBody", f"{A}txBody"):
        owner = body.getparent()
        if owner is None or (local(owner) == "sp" and placeholder_of(owner) is not None):
            continue
        if local(owner) == "tc":
            _write_in_runs(body, plain)
        else:
            _write_in_style(body, plain if owner.find(f"{P}style") is not None else differences)


def _write_in_style(body: _Element, differences: _Element) -> None:
    used = {f"lvl{_level(p) + 1}pPr" for p in body.iterfind(f"{A}p")}
    wanted = [level for level in differences if local(level) in used]
    if not wanted:
        return
    style = body.find(f"{A}lstStyle")
    if style is None:
        style = body.makeelement(f"{A}lstStyle")
        properties = body.find(f"{A}bodyPr")
        body.insert(0 if properties is None else 1, style)
    inherited = body.makeelement(f"{A}lstStyle")
    inherited.extend(copy.deepcopy(level) for level in wanted)
    merge_levels(style, inherited)


def _write_in_runs(body: _Element, differences: _Element) -> None:
    """Cells have a list style too, but not every program reads it there."""
    levels = {local(level): level for level in differences}
    for paragraph in body.iterfind(f"{A}p"):
        level = levels.get(f"lvl{_level(paragraph) + 1}pPr")
        if level is None:
            continue
        merge_paragraph_properties(_first(paragraph, "pPr"), level)
        style = level.find(f"{A}defRPr")
        for run in paragraph if style is not None else ():
            if local(run) in {"r", "br", "fld"} and style is not None:
                merge_run_properties(_first(run, "rPr"), style)
        end = paragraph.find(f"{A}endParaRPr")
        if end is not None and style is not None:
            merge_run_properties(end, style)


def _first(parent: _Element, name: str) -> _Element:
    found = parent.find(f"{A}{name}")
    if found is None:
        found = parent.makeelement(f"{A}{name}")
        parent.insert(0, found)
    return found


def _level(paragraph: _Element) -> int:
    properties = paragraph.find(f"{A}pPr")
    text = (properties.get("lvl") if properties is not None else None) or "0"
    return int(text) if text in set("012345678") else 0


def _state_defaults(level: _Element) -> None:
    for name, value in PARAGRAPH_DEFAULTS.items():
        if level.get(name) is None:
            level.set(name, value)
    run = level.find(f"{A}defRPr")
    if run is None:
        run = level.makeelement(f"{A}defRPr")
        later = next((child for child in level if local(child) == "extLst"), None)
        level.insert(len(level) if later is None else level.index(later), run)
    for name, value in RUN_DEFAULTS.items():
        if run.get(name) is None:
            run.set(name, value)


def _level_difference(own: _Element | None, other: _Element | None) -> _Element | None:
    if own is None:
        return None
    found = own.makeelement(own.tag)
    _copy_attributes(found, own, other, PARAGRAPH_DEFAULTS)
    other_run = other.find(f"{A}defRPr") if other is not None else None
    run = own.makeelement(f"{A}defRPr")
    for child in own:
        if local(child) == "defRPr":
            _copy_attributes(run, child, other_run, RUN_DEFAULTS)
            _copy_children(run, child, other_run)
        elif local(child) != "extLst":
            _copy_child(found, child, other)
    if len(run) or run.attrib:
        found.append(run)
    return found if len(found) or found.attrib else None


def _copy_attributes(
    found: _Element, own: _Element, other: _Element | None, defaults: dict[str, str]
) -> None:
    for name, default in defaults.items():
        mine = own.get(name) or default
        theirs = (other.get(name) if other is not None else None) or default
        if mine != theirs:
            found.set(name, mine)


def _copy_children(found: _Element, own: _Element, other: _Element | None) -> None:
    for child in own:
        if local(child) not in {"extLst", "hlinkClick", "hlinkMouseOver", ""}:
            _copy_child(found, child, other)


def _copy_child(found: _Element, child: _Element, other: _Element | None) -> None:
    twin = other.find(str(child.tag)) if other is not None else None
    if twin is None or _shape(twin) != _shape(child):
        found.append(copy.deepcopy(child))


def _shape(element: _Element) -> tuple[object, ...]:
    """An element as a value that can be compared."""
    return (
        element.tag,
        tuple(sorted((str(k), str(v)) for k, v in element.attrib.items())),
        *map(_shape, element),
    )


def _without_style(differences: _Element) -> _Element:
    plain = copy.deepcopy(differences)
    for run in plain.iter(f"{A}defRPr"):
        for name in ("b", "i"):
            if run.get(name) is not None:
                del run.attrib[name]
        for child in [child for child in run if local(child) in STYLED]:
            run.remove(child)
    return plain
