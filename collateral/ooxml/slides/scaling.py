"""Scaling of a slide's geometry, type and lines, for decks of different slide sizes.

In goes a part's XML tree and a `Scale`; the tree is changed in place. The factor is one number for both directions, so
nothing is distorted; what is left over is shared on both sides. Must not know packages or relationships.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.slides.bleeding import Sides, reach_edges
from collateral.ooxml.slides.vocabulary import DSP, A, P, local, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

SHAPES = frozenset({"sp", "pic", "graphicFrame", "grpSp", "cxnSp", "contentPart"})
LINES = frozenset({"ln", "lnL", "lnR", "lnT", "lnB", "lnTlToBr", "lnBlToTr", "uLn"})
RUN_PROPERTIES = frozenset({"rPr", "defRPr", "endParaRPr"})
PARAGRAPH_PROPERTIES = frozenset({"pPr", "defPPr", *(f"lvl{n}pPr" for n in range(1, 10))})
SMALLEST_SIZE = 100  # a:ST_TextFontSize, in hundredths of a point
LARGEST_SIZE = 400_000
NOT_A_NUMBER = -1 << 62
LARGEST_LINE = 20_116_800  # a:ST_LineWidth, in EMU

# which attributes of which elements are lengths (EMU, or points where the format says so)
LENGTHS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(PARAGRAPH_PROPERTIES, ("marL", "marR", "indent", "defTabSz")),
    "tab": ("pos",),
    "spcPts": ("val",),
    "buSzPts": ("val",),
    "bodyPr": ("lIns", "tIns", "rIns", "bIns", "spcCol"),
    "gridCol": ("w",),
    "tr": ("h",),
    "tcPr": ("marL", "marR", "marT", "marB"),
    "outerShdw": ("blurRad", "dist"),
    "innerShdw": ("blurRad", "dist"),
    "prstShdw": ("dist",),
    "glow": ("rad",),
    "softEdge": ("rad",),
    "reflection": ("blurRad", "dist"),
    "blur": ("rad",),
    "sp3d": ("z", "extrusionH", "contourW"),
    "bevelT": ("w", "h"),
    "bevelB": ("w", "h"),
}
# what the format takes of a cell that says nothing (a:CT_TableCellProperties)
DEFAULT_MARGINS = {"marL": 91440, "marR": 91440, "marT": 45720, "marB": 45720}
# a number or a command of a motion path; E ends a path, where no number goes on with it
STEP = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|(?P<command>[A-Za-z])")
PATH_LENGTHS = ("x", "y", "wR", "hR")
DEFAULT_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}


@dataclass(frozen=True, slots=True)
class Scale:
    """How a slide is laid onto one of another size: lengths times `factor`, then moved by (`dx`, `dy`) EMU.

    `across` and `down` are how much of the new slide's width and height the old slide takes, `size` is the new slide's.
    """

    factor: float = 1.0
    dx: int = 0
    dy: int = 0
    across: float = field(default=1.0, compare=False)
    down: float = field(default=1.0, compare=False)
    size: tuple[int, int] = field(default=(0, 0), compare=False)

    @staticmethod
    def between(source: tuple[int, int], target: tuple[int, int]) -> Scale:
        """The largest uniform scale at which all of `source` is visible on `target`, centred."""
        factor = min(target[0] / source[0], target[1] / source[1])
        dx = round((target[0] - source[0] * factor) / 2)
        dy = round((target[1] - source[1] * factor) / 2)
        shares = source[0] * factor / target[0], source[1] * factor / target[1]
        return Scale(factor, dx, dy, *shares, target)

    @property
    def is_identity(self) -> bool:
        """Whether nothing would change."""
        return abs(self.factor - 1) < 1e-9 and not self.dx and not self.dy

    def length(self, value: int) -> int:
        """A length after scaling."""
        return round(value * self.factor)


def scale_slide(root: _Element, scale: Scale) -> None:
    """Scale a slide, layout or master: shapes, type, lines, effects. Backgrounds fill the new slide by themselves."""
    for tree in root.iter(f"{P}spTree"):
        for shape in top_shapes(tree):
            _scale_frame(shape, scale)
    scale_text_and_lines(root, scale.factor)
    _write_default_insets(root, scale)
    _write_default_margins(root, scale)
    for tree in root.iter(f"{P}spTree"):
        for shape in top_shapes(tree):
            reach_edges(shape, Sides(scale.size[0], scale.dx), Sides(scale.size[1], scale.dy))
    for tile in root.iter(f"{A}tile"):
        _scale_tile(tile, scale.factor)
    for motion in root.iter(f"{P}animMotion"):
        motion.set("path", scale_motion(motion.get("path") or "", scale))


def scale_drawing(root: _Element, scale: Scale) -> None:
    """Scale a drawing that has its own canvas (SmartArt's, a chart's user shapes): nothing is moved, all is sized."""
    for transform in root.iter(f"{A}xfrm", f"{DSP}txXfrm"):
        _scale_transform(transform, Scale(scale.factor))
    scale_text_and_lines(root, scale.factor)


def scale_text_and_lines(root: _Element, factor: float) -> None:
    """Scale type sizes, spacing, indents, line widths and effects below `root`, wherever a value is written down."""
    for element in root.iter(f"{A}*"):
        name = local(element)
        for attribute in LENGTHS.get(name, ()):
            _scale_attribute(element, attribute, factor)
        if name in RUN_PROPERTIES:
            _scale_attribute(element, "sz", factor, SMALLEST_SIZE, LARGEST_SIZE)
            _scale_attribute(element, "spc", factor)
        elif name in LINES:
            _scale_attribute(element, "w", factor, 0, LARGEST_LINE)


def scale_motion(path: str, scale: Scale) -> str:
    """A motion path after scaling: its numbers are fractions of the slide's width and height by turns."""
    is_x = True

    def scaled(step: re.Match[str]) -> str:
        nonlocal is_x
        if step["command"]:
            is_x = True
            return step[0]
        number = f"{float(step[0]) * (scale.across if is_x else scale.down):.6g}"
        is_x = not is_x
        return number

    return STEP.sub(scaled, path)


def top_shapes(tree: _Element) -> Iterator[_Element]:
    """The shapes directly on a shape tree, those in both branches of `mc:AlternateContent` too."""
    for child in tree:
        if not isinstance(child.tag, str):
            continue
        if local(child) in SHAPES:
            yield child
        elif local(child) in {"AlternateContent", "Choice", "Fallback"}:
            yield from top_shapes(child)


def _scale_frame(shape: _Element, scale: Scale) -> None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}grpSpPr/{A}xfrm", f"{P}xfrm"):
        transform = shape.find(path)
        if transform is not None:
            _scale_transform(transform, scale)
    for drawn in shape.iterfind(f"{P}spPr/{A}custGeom/{A}pathLst/{A}path"):
        _scale_path(drawn, scale.factor)
    if local(shape) == "graphicFrame":  # the picture an embedded object shows has the frame's place once more
        for picture in shape.iter(f"{P}pic"):
            _scale_frame(picture, scale)
        for transform in shape.iter(f"{A}xfrm"):  # so have zooms and 3D models, from the frame's corner
            if (owner := transform.getparent()) is not None and owner.tag != f"{P}spPr":
                _scale_transform(transform, Scale(scale.factor))
    for child in shape:  # p14:xfrm of ink
        if isinstance(child.tag, str) and local(child) == "xfrm" and child.tag != f"{P}xfrm":
            _scale_transform(child, scale)


def _scale_transform(transform: _Element, scale: Scale) -> None:
    offset, extent = transform.find(f"{A}off"), transform.find(f"{A}ext")
    if offset is not None:
        offset.set("x", str(scale.length(whole(offset.get("x"))) + scale.dx))
        offset.set("y", str(scale.length(whole(offset.get("y"))) + scale.dy))
    if extent is not None:
        extent.set("cx", str(scale.length(whole(extent.get("cx")))))
        extent.set("cy", str(scale.length(whole(extent.get("cy")))))


def _scale_path(path: _Element, factor: float) -> None:
    """A path without a size of its own is drawn in lengths."""
    if path.get("w") is None and path.get("h") is None:
        for point in path.iter(f"{A}pt", f"{A}arcTo"):
            for name in PATH_LENGTHS:
                _scale_attribute(point, name, factor)


def _scale_tile(tile: _Element, factor: float) -> None:
    """A picture that is repeated to fill something: where it begins, and how large it is, in thousandths of a percent."""
    for name in ("tx", "ty"):
        _scale_attribute(tile, name, factor)
    for name in ("sx", "sy"):
        tile.set(name, tile.get(name) or "100000")
        _scale_attribute(tile, name, factor)


def _write_default_margins(root: _Element, scale: Scale) -> None:
    """Cells rely on the format's own margins, which do not scale by themselves."""
    for cell in root.iter(f"{A}tc"):
        properties = cell.find(f"{A}tcPr")
        if properties is None:
            properties = cell.makeelement(f"{A}tcPr")
            cell.insert(1 if cell.find(f"{A}txBody") is not None else 0, properties)
        for name, value in DEFAULT_MARGINS.items():
            if properties.get(name) is None:
                properties.set(name, str(scale.length(value)))


def _write_default_insets(root: _Element, scale: Scale) -> None:
    """Boxes rely on the format's own insets, which do not scale by themselves; placeholders have those of their master."""
    for shape in root.iter(f"{P}sp"):
        body = shape.find(f"{P}txBody/{A}bodyPr")
        inherits = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None and root.tag != f"{P}sldMaster"
        if body is None or inherits:
            continue
        for name, value in DEFAULT_INSETS.items():
            if body.get(name) is None:
                body.set(name, str(scale.length(value)))


def _scale_attribute(
    element: _Element, name: str, factor: float, low: int | None = None, high: int | None = None
) -> None:
    text = element.get(name)
    if text is None:
        return
    number = whole(text, NOT_A_NUMBER)
    if number == NOT_A_NUMBER:  # "1.5pt" and the like: a length in words of its own
        return
    value = round(number * factor)
    if low is not None:
        value = max(low, value)
    if high is not None:
        value = min(high, value)
    element.set(name, str(value))
