"""What a placeholder inherits, written into the shape itself.

A placeholder takes its box, its fill and its type from the layout and master it stands on. When a slide is put on a
layout that has no such placeholder, or a text box on a deck with other defaults, that look would be lost. In go XML
trees; the shape is changed in place so that it looks the same without its old ancestors. Nothing it says itself is touched.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from collateral.ooxml.slides.vocabulary import A, P, R, local

if TYPE_CHECKING:
    from lxml.etree import _Element

FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
# child elements of which one is in effect, in the order the schema wants them
SHAPE_GROUPS = (
    ("xfrm",),
    ("custGeom", "prstGeom"),
    FILLS,
    ("ln",),
    ("effectLst", "effectDag"),
    ("scene3d",),
    ("sp3d",),
    ("extLst",),
)
BODY_GROUPS = (
    ("prstTxWarp",),
    ("noAutofit", "normAutofit", "spAutoFit"),
    ("scene3d",),
    ("sp3d", "flatTx"),
    ("extLst",),
)
PARAGRAPH_GROUPS = (
    ("lnSpc",),
    ("spcBef",),
    ("spcAft",),
    ("buClrTx", "buClr"),
    ("buSzTx", "buSzPct", "buSzPts"),
    ("buFontTx", "buFont"),
    ("buNone", "buAutoNum", "buChar", "buBlip"),
    ("tabLst",),
    ("defRPr",),
    ("extLst",),
)
RUN_GROUPS = (
    ("ln",),
    FILLS,
    ("effectLst", "effectDag"),
    ("highlight",),
    ("uLnTx", "uLn"),
    ("uFillTx", "uFill"),
    ("latin",),
    ("ea",),
    ("cs",),
    ("sym",),
    ("hlinkClick",),
    ("hlinkMouseOver",),
    ("rtl",),
    ("extLst",),
)
LEVELS = ("defPPr", *(f"lvl{n}pPr" for n in range(1, 10)))
Groups = Sequence[Sequence[str]]
_OF = "\u241f"  # between a kind of part and a relationship id of it
SAME_PLACE = 6350  # EMU, half a point: writers round, and so does scaling

# placeholder types that mean the same to a reader, the narrowest class first
TITLES = frozenset({"title", "ctrTitle"})
FOOTERS = frozenset({"dt", "ftr", "sldNum", "hdr"})


def placeholder_of(shape: _Element) -> _Element | None:
    """The `p:ph` of a shape, None when it is no placeholder."""
    for child in shape:
        if local(child).startswith("nv"):
            return child.find(f"{P}nvPr/{P}ph")
    return None


def placeholder_type(placeholder: _Element) -> str:
    """The type of a `p:ph`; one without a type holds any object."""
    return placeholder.get("type") or "obj"


def placeholder_index(placeholder: _Element) -> str:
    """The index of a `p:ph`."""
    return placeholder.get("idx") or "0"


def placeholders(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    """The (shape, `p:ph`) pairs of a slide, layout or master, in document order."""
    for placeholder in root.iter(f"{P}ph"):
        non_visual = placeholder.getparent()
        header = non_visual.getparent() if non_visual is not None else None
        shape = header.getparent() if header is not None else None
        if shape is not None:
            yield shape, placeholder


def ancestors_of(placeholder: _Element, layout: _Element | None, master: _Element | None) -> list[_Element]:
    """The shapes a slide's placeholder inherits from, nearest first: the layout's, then the master's."""
    chain: list[_Element] = []
    kind = placeholder_type(placeholder)
    on_layout = _find_on_layout(placeholder, layout)
    if on_layout is not None:
        chain.append(on_layout[0])
        kind = placeholder_type(on_layout[1])
    wanted = master_kind(kind)
    for shape, candidate in placeholders(master) if master is not None else ():
        if placeholder_type(candidate) == wanted:
            chain.append(shape)
            break
    return chain


def master_kind(kind: str) -> str:
    """The type of the master's placeholder behind a layout's: everything that is no title or footer is body."""
    if kind in TITLES:
        return "title"
    return kind if kind in FOOTERS else "body"


def write_inherited(shape: _Element, layout: _Element | None, master: _Element | None) -> None:
    """Give a placeholder the box, look and text style it has on `layout` and `master`, where it has none of its own."""
    placeholder = placeholder_of(shape)
    if placeholder is None:
        return
    chain = ancestors_of(placeholder, layout, master)
    own = shape.find(f"{P}spPr")
    if own is not None:
        for ancestor in chain:
            inherited = ancestor.find(f"{P}spPr")
            if inherited is not None:
                merge_children(own, inherited, SHAPE_GROUPS)
    _write_inherited_text(shape, placeholder, chain, master)


def drop_inherited_box(shape: _Element, layout: _Element | None, master: _Element | None) -> None:
    """Take from a text placeholder a box of its own that is just the one it inherits: its writer did not mean to move it.

    Pandoc and others write such boxes; on another layout they would keep the text from standing where that wants it.
    """
    placeholder, properties = placeholder_of(shape), shape.find(f"{P}spPr")
    if placeholder is None or properties is None or local(shape) != "sp":
        return
    box = properties.find(f"{A}xfrm")
    inherited = (a.find(f"{P}spPr/{A}xfrm") for a in ancestors_of(placeholder, layout, master))
    nearest = next((other for other in inherited if other is not None), None)
    if box is not None and nearest is not None and _is_same_box(box, nearest):
        properties.remove(box)


def _is_same_box(one: _Element, other: _Element) -> bool:
    if sorted(one.attrib.items()) != sorted(other.attrib.items()):
        return False
    names = (("off", "x"), ("off", "y"), ("ext", "cx"), ("ext", "cy"))
    pairs = [(_length(one, *name), _length(other, *name)) for name in names]
    return all(a is not None and b is not None and abs(a - b) <= SAME_PLACE for a, b in pairs)


def _length(box: _Element, child: str, name: str) -> int | None:
    found = box.find(f"{A}{child}")
    try:
        return int(found.get(name, "")) if found is not None else None
    except ValueError:
        return None


def merge_children(own: _Element, inherited: _Element, groups: Groups) -> None:
    """Copy into `own` each kind of child that only `inherited` has, at its place in the schema's order.

    What points to parts of a layout or master, as the picture of a bullet, says so in its relationship ids: `foreign_references`.
    """
    have = {local(child): child for child in own}
    theirs = {local(child): child for child in inherited}
    for place, names in enumerate(groups):
        if any(name in have for name in names) or names == ("extLst",):
            continue
        found = next((theirs[name] for name in names if name in theirs), None)
        owner = _owner(found) if found is not None and _points_elsewhere(found) else ""
        if found is None or owner is None:
            continue
        addition = copy.deepcopy(found)
        addition.tail = None
        if owner:
            _name_owner(addition, owner)
        own.insert(_insertion_point(own, groups[place + 1 :]), addition)
        have[local(addition)] = addition


def merge_levels(own: _Element, inherited: _Element) -> None:
    """Merge an inherited list style into `own` (both `a:lstStyle`-like), level by level; own values win."""
    for place, name in enumerate(LEVELS):
        level = inherited.find(f"{A}{name}")
        if level is None:
            continue
        mine = own.find(f"{A}{name}")
        if mine is None:
            mine = own.makeelement(f"{A}{name}")
            later = [own.find(f"{A}{other}") for other in (*LEVELS[place + 1 :], "extLst")]
            position = min((own.index(child) for child in later if child is not None), default=len(own))
            own.insert(position, mine)
        merge_paragraph_style(mine, level)


def merge_paragraph_style(own: _Element, inherited: _Element) -> None:
    """Merge one inherited paragraph style (`a:lvlNpPr`) into another; own values win, run properties are merged too."""
    merge_attributes(own, inherited)
    own_run, inherited_run = own.find(f"{A}defRPr"), inherited.find(f"{A}defRPr")
    if own_run is not None and inherited_run is not None:
        merge_run_properties(own_run, inherited_run)
    merge_children(own, inherited, PARAGRAPH_GROUPS)


def merge_paragraph_properties(own: _Element, inherited: _Element) -> None:
    """Merge an inherited paragraph style into a paragraph's own `a:pPr`, its run properties apart."""
    merge_attributes(own, inherited)
    merge_children(own, inherited, [group for group in PARAGRAPH_GROUPS if group != ("defRPr",)])


def merge_run_properties(own: _Element, inherited: _Element) -> None:
    """Merge inherited run properties (`a:defRPr`) into a run's own."""
    merge_attributes(own, inherited)
    merge_children(own, inherited, RUN_GROUPS)


def merge_attributes(own: _Element, inherited: _Element) -> None:
    """Copy the attributes only `inherited` has."""
    for name, value in inherited.attrib.items():
        if own.get(name) is None:
            own.set(name, value)


def _write_inherited_text(
    shape: _Element, placeholder: _Element, chain: Sequence[_Element], master: _Element | None
) -> None:
    text = shape.find(f"{P}txBody")
    body = text.find(f"{A}bodyPr") if text is not None else None
    if text is None or body is None:
        return
    style = text.find(f"{A}lstStyle")
    if style is None:
        style = text.makeelement(f"{A}lstStyle")
        body.addnext(style)
    for ancestor in chain:
        inherited = ancestor.find(f"{P}txBody/{A}bodyPr")
        if inherited is not None:
            merge_attributes(body, inherited)
            merge_children(body, inherited, BODY_GROUPS)
        levels = ancestor.find(f"{P}txBody/{A}lstStyle")
        if levels is not None:
            merge_levels(style, levels)
    styles = _master_style(placeholder, chain, master)
    if styles is not None:
        merge_levels(style, styles)


def _master_style(
    placeholder: _Element, chain: Sequence[_Element], master: _Element | None
) -> _Element | None:
    """The master's text style that governs a placeholder: for titles, for bodies, or for everything else."""
    if master is None:
        return None
    nearest = placeholder_of(chain[0]) if chain else None
    kind = master_kind(placeholder_type(nearest if nearest is not None else placeholder))
    name = {"title": "titleStyle", "body": "bodyStyle"}.get(kind, "otherStyle")
    return master.find(f"{P}txStyles/{P}{name}")


def _find_on_layout(placeholder: _Element, layout: _Element | None) -> tuple[_Element, _Element] | None:
    if layout is None:
        return None
    candidates = list(placeholders(layout))
    index, kind = placeholder_index(placeholder), placeholder_type(placeholder)
    for shape, candidate in candidates:
        if placeholder_index(candidate) == index and (
            index != "0" or _same_role(kind, placeholder_type(candidate))
        ):
            return shape, candidate
    for shape, candidate in candidates:
        if _same_role(kind, placeholder_type(candidate)):
            return shape, candidate
    return None


def _same_role(one: str, other: str) -> bool:
    return one == other or (one in TITLES and other in TITLES)


def _insertion_point(own: _Element, later: Groups) -> int:
    names = {name for group in later for name in group}
    return next((place for place, child in enumerate(own) if local(child) in names), len(own))


def foreign_references(root: _Element) -> Iterator[tuple[_Element, str, str, str]]:
    """What inherited XML points to: (element, attribute, "sldLayout" or "sldMaster", the relationship id there)."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            owner, found, rel_id = str(value).partition(_OF)
            if found and str(name).startswith(R):
                yield element, str(name), owner, rel_id


def _owner(element: _Element) -> str | None:
    """The kind of part an element stands in, when its relationships can be followed."""
    name = local(element.getroottree().getroot())
    return name if name in ("sldLayout", "sldMaster") else None


def _name_owner(element: _Element, owner: str) -> None:
    for child in element.iter("*"):
        for name, value in child.attrib.items():
            if str(name).startswith(R) and value:
                child.set(name, f"{owner}{_OF}{value!s}")


def _points_elsewhere(element: _Element) -> bool:
    """Whether XML names relationships of the part it stands in, so that it means nothing elsewhere."""
    return any(str(name).startswith(R) for child in element.iter("*") for name in child.attrib)
