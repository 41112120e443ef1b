"""Whether a slide's text can still be read on another deck's layout.

A slide may colour its words itself: light ones on a dark ground. Put on a light layout they could not be read, though no
text was lost. In go the slide's tree and, for both layouts, the *ground*: background, theme colours and table styles. Out comes the
first text that could be read before and cannot after. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.ooxml import names
from collateral.ooxml.frames.theme import Theme, read_theme
from collateral.ooxml.slides.inheritance import FILLS, placeholder_of
from collateral.ooxml.slides.table_colors import TableColors, Word
from collateral.ooxml.slides.vocabulary import A, P, local

if TYPE_CHECKING:
    from lxml.etree import _Element

    from collateral.ooxml.slides.draft import Draft
    from collateral.ooxml.slides.source import SourceDeck

# contrast ratios of WCAG 2.1: large text is readable from 3 : 1; below 1.8 : 1 hardly anybody reads it
READABLE: Final = 3.0
UNREADABLE: Final = 1.8


NO_MAP: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ground:
    """What text stands on: the theme as the master maps it, the background as RRGGBB ("" when it is no one colour), the
    colour of a table's words that say none, and table styles by their id."""

    theme: Theme
    background: str
    words: str = ""
    table_styles: Mapping[str, _Element] = field(default_factory=dict)


class Grounds:
    """The grounds of a source's and a target's layouts, each looked at once."""

    def __init__(self, source: SourceDeck, target: Draft) -> None:
        self._source, self._target = source, target
        self._known: dict[tuple[bool, str, str], Ground] = {}

    def unreadable_text(self, slide: _Element, own_layout: str, new_layout: str) -> str | None:
        """The first text of a slide that could be read on its own layout and cannot on the target's."""
        own = _override(slide)
        return unreadable_text(
            slide, self._ground(own_layout, True, own), self._ground(new_layout, False, own)
        )

    def _ground(self, layout: str, is_source: bool, own: Mapping[str, str]) -> Ground:
        """The ground of slides that map colours by themselves, when `own` says how."""
        key = is_source, layout, str(sorted(own.items()))
        known = self._known.get(key)
        if known is None:
            draft = self._source.deck.draft if is_source else self._target
            master = next(iter(draft.targets(layout, names.REL_SLIDE_MASTER)), None)
            theme = next(iter(draft.targets(master, names.REL_THEME)), None) if master else None
            looks, colors = (draft.read(name) if name else None for name in (master, theme))
            ground = ground_of(draft.read(layout), looks, colors, own)
            known = self._known[key] = replace(ground, table_styles=self._table_styles(is_source))
        return known

    def _table_styles(self, is_source: bool) -> Mapping[str, _Element]:
        """The table styles of a deck; the source's come along where the target has none of the same id."""
        found: dict[str, _Element] = {}
        for draft in (self._source.deck.draft, *(() if is_source else (self._target,))):
            for part in draft.targets(draft.main, names.REL_TABLE_STYLES):
                styles = draft.read(part).iterfind(f"{A}tblStyle")
                found |= {style.get("styleId") or "": style for style in styles}
        return found


def ground_of(
    layout: _Element, master: _Element | None, theme: _Element | None, own: Mapping[str, str] = NO_MAP
) -> Ground:
    """The ground of slides on a layout, which may map colours by their `own` map."""
    colors = read_theme(theme, own or _color_map(layout, master))
    for root in (layout, master):
        found = _background(root, colors) if root is not None else None
        if found is not None:
            return Ground(colors, found, _other_words(master, colors))
    return Ground(colors, colors.color("bg1"), _other_words(master, colors))


def _other_words(master: _Element | None, theme: Theme) -> str:
    """The colour of words that belong to no placeholder and say none themselves."""
    path = f"{P}txStyles/{P}otherStyle/{A}lvl1pPr/{A}defRPr"
    look = master.find(path) if master is not None else None
    return (theme.fill_color(look) if look is not None else "") or theme.color("tx1")


def unreadable_text(slide: _Element, before: Ground, after: Ground) -> str | None:
    """The first text of a slide that can be read on `before` but not on `after`; None when there is none."""
    for was, now in zip(_words(slide, before), _words(slide, after), strict=True):
        if not all((was.ink, was.behind, now.ink, now.behind)):
            continue
        if contrast(was.ink, was.behind) >= READABLE and contrast(now.ink, now.behind) < UNREADABLE:
            return was.text
    return None


def _words(slide: _Element, ground: Ground) -> Iterator[Word]:
    """The words of a slide's shapes and tables that do not leave their colour to the layout."""
    behind, maps = _own_ground(slide, ground), bool(_override(slide))
    tables = TableColors(ground.theme, ground.table_styles, ground.words, behind)
    for shape in slide.iter(f"{P}sp", f"{A}tbl"):
        if local(shape) == "tbl":
            yield from tables.words(shape)
            continue
        box = _box_color(shape, ground, behind)
        for text, run in _runs(shape, maps=maps):
            yield Word(text, _ink(shape, run, ground), box)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two RRGGBB colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    try:
        shares = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    except ValueError:
        return 0.5
    red, green, blue = (s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _color_map(layout: _Element, master: _Element | None) -> Mapping[str, str]:
    own = _override(layout)
    found = master.find(f"{P}clrMap") if master is not None and not own else None
    return own if found is None else {str(k): str(v) for k, v in found.attrib.items()}


def _override(root: _Element) -> Mapping[str, str]:
    """How a slide or layout maps colours by itself; nothing when it takes its master's map."""
    found = root.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    return {str(k): str(v) for k, v in found.attrib.items()} if found is not None else NO_MAP


def _background(root: _Element, theme: Theme) -> str | None:
    """The background a part says itself: None when it says nothing, "" when it is a picture or more than one colour."""
    plain = root.find(f"{P}cSld/{P}bg/{P}bgPr")
    if plain is not None and plain.find(f"{A}noFill") is None:
        return theme.fill_color(plain)
    reference = root.find(f"{P}cSld/{P}bg/{P}bgRef")
    if reference is not None:
        return theme.color_of(reference[0]) if len(reference) else ""
    return None


def _own_ground(slide: _Element, ground: Ground) -> str:
    own = _background(slide, ground.theme)
    return ground.background if own is None else own


def _box_color(shape: _Element, ground: Ground, behind: str) -> str:
    """What a shape's text stands on: its own fill, else what is behind it; "" when that is no one colour."""
    properties = shape.find(f"{P}spPr")
    fill = next((c for c in properties if local(c) in FILLS), None) if properties is not None else None
    if fill is not None and properties is not None:
        return behind if local(fill) == "noFill" else ground.theme.fill_color(properties)
    styled = shape.find(f"{P}style/{A}fillRef")
    if styled is not None and styled.get("idx", "0") != "0":
        return ground.theme.color_of(styled[0]) if len(styled) else ""
    return behind


def _runs(shape: _Element, *, maps: bool) -> Iterator[tuple[str, _Element]]:
    """The texts of a shape with their runs; those that leave their colour to the layout are not told, unless the slide `maps`
    colours by itself."""
    inherits = placeholder_of(shape) is not None and not maps
    for run in shape.iter(f"{A}r", f"{A}fld"):
        text = (run.findtext(f"{A}t") or "").strip()
        properties = run.find(f"{A}rPr")
        own = properties is not None and any(local(child) in FILLS for child in properties)
        if text and (own or not inherits):
            yield text, run


def _ink(shape: _Element, run: _Element, ground: Ground) -> str:
    """The colour of a run; "" when it is no one colour."""
    properties = run.find(f"{A}rPr")
    if properties is not None and any(local(child) in FILLS for child in properties):
        return ground.theme.fill_color(properties)
    styled = shape.find(f"{P}style/{A}fontRef")
    if styled is not None and len(styled):
        return ground.theme.color_of(styled[0])
    return ground.theme.color("tx1")
