"""What a master offers, as values: layouts, frames and the type they set. Read by `ooxml`, used by `plan`.

Lengths are EMU (914,400 an inch), font sizes are points, colours are RRGGBB.
"""

from __future__ import annotations

from collections.abc import Mapping

from collateral.diagnostics import Place
from collateral.diagnostics.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class LevelStyle:
    """The effective look of one paragraph level, after placeholder → layout → master → defaults."""

    size: float = 18.0
    font: str = "Calibri"
    bold: bool = False
    italic: bool = False
    caps: bool = False  # small ones too
    line_spacing: float = 1.0  # multiple of the line height; negative: exact points
    space_before: float = 0.0  # points; negative: fraction of the font size
    space_after: float = 0.0
    margin_left: int = 0
    indent: int = 0
    margin_right: int = 0
    bullet: bool = False
    spacing: float = 0.0  # extra points between characters
    align: str = "l"
    east_asian_font: str = ""
    complex_font: str = ""
    color: str = ""
    right_to_left: bool = False
    tabs: tuple[
        tuple[int, str], ...
    ] = ()  # its own stops: from the box's text edge, and "l", "ctr", "r" or "dec"
    tab_size: int = 914400  # from stop to stop where there are none of its own


@dataclass(frozen=True, slots=True)
class Frame:
    """A box text is set in. `autofit`: "none", "shrink" (normAutofit) or "grow" (spAutoFit). `reach` is how wide a line may become
    that does not wrap, before it leaves the slide; 0 for as wide as it likes."""

    width: int
    height: int
    x: int = 0
    y: int = 0
    inset_left: int = 91440
    inset_top: int = 45720
    inset_right: int = 91440
    inset_bottom: int = 45720
    columns: int = 1
    column_gap: int = 0
    vertical: str = "horz"
    wrap: bool = True
    reach: int = 0
    autofit: str = "none"
    font_scale: float = 1.0
    line_reduction: float = 0.0
    anchor: str = "t"
    levels: tuple[LevelStyle, ...] = ()


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder of a layout. `kind` is the `p:ph` type ("title", "ctrTitle", "body", "obj", "pic", "tbl", …)."""

    index: int
    kind: str
    name: str
    frame: Frame
    shape_id: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A slide layout: its part name, its name and its placeholders in reading order.

    `role` is what PowerPoint takes it for: "title", "secHead", "obj", "twoObj", "vertTx", …; "" when it does not say.
    """

    part: str
    name: str
    placeholders: tuple[Placeholder, ...]
    role: str = ""


OWN_LAYOUTS: Mapping[str, str] = {
    "title slide": "title",
    "title and content": "obj",
    "section header": "secHead",
    "two content": "twoObj",
    "comparison": "twoTxTwoObj",
    "title only": "titleOnly",
    "blank": "blank",
    "content with caption": "objTx",
    "picture with caption": "picTx",
}
"""The layouts of PowerPoint's own masters, by their names in English, and what it takes them for."""


@dataclass(frozen=True, slots=True)
class DeckMaster:
    """All a composer may know of a .pptx master. `slides` maps an @id to the titles/fields it has; `fields` are the paths that its
    layouts, masters and properties read."""

    width: int
    height: int
    layouts: Mapping[str, Layout]
    slides: Mapping[str, MasterSlide]
    fonts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def layout(self, name: str) -> Layout | None:
        """The layout of this name. One of PowerPoint's own names is found in a master from any other language as well: there
        the layout has another name, but the same role."""
        role = OWN_LAYOUTS.get(name.casefold())
        found = self.layouts.get(name)
        return found or next((each for each in self.layouts.values() if role and each.role == role), None)


@dataclass(frozen=True, slots=True)
class ShapeFrame:
    """A tagged shape of a designed slide and the frame its text must fit."""

    shape_id: int
    name: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class MasterSlide:
    """A designed slide: its @id, its title, its @when rule and the fields it needs.

    Slides with the same `group` are governed by one directive and appear turn by turn; 0 for a slide by itself.
    """

    id: str
    index: int
    title: str
    when: str | None = None
    fields: tuple[str, ...] = ()
    shapes: tuple[ShapeFrame, ...] = ()
    group: int = 0


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something drawn that tells nothing to people who listen to a piece, or to a checker of its accessibility.

    `kind` is what is missing: "description" (of a picture, chart, diagram or embedded object), "decoration" (a panel or line that
    says nothing is not marked as decorative), "title" (of a slide) or "header" (of a table). `names` are the shapes. `slide` is the
    @id of the slide, "" without one.
    """

    kind: str
    at: Place
    names: tuple[str, ...] = ()
    slide: str = ""
