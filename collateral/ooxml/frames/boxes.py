"""A shape's box: its size through groups, the rectangle its geometry leaves for text, and `a:bodyPr` as inherited.

In: shape elements from the weakest to the strongest (master, layout, slide). Out: a `Frame` without levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.frames import Frame, LevelStyle
from collateral.ooxml.box import Box
from collateral.ooxml.frames.geometry import text_insets
from collateral.ooxml.frames.theme import fraction, whole
from collateral.ooxml.names import qn

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_FITS = {qn("a:normAutofit"): "shrink", qn("a:spAutoFit"): "grow", qn("a:noAutofit"): "none"}


@dataclass(frozen=True, slots=True)
class Scaling:
    """From the coordinates inside a group to those of the slide."""

    x: float = 0.0
    y: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def apply(self, box: Box) -> Box:
        """The box in the slide's coordinates."""
        return Box(
            round(self.x + box.x * self.across),
            round(self.y + box.y * self.down),
            round(box.width * self.across),
            round(box.height * self.down),
        )

    def inside(self, group: Element) -> Scaling:
        """The scaling for the children of a `p:grpSp` that itself stands in this one."""
        form = group.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
        if form is None:
            return self
        outer, inner = _box(form, "a:off", "a:ext"), _box(form, "a:chOff", "a:chExt")
        if outer is None or inner is None or not inner.width or not inner.height:
            return self
        across, down = outer.width / inner.width, outer.height / inner.height
        return Scaling(
            self.x + (outer.x - inner.x * across) * self.across,
            self.y + (outer.y - inner.y * down) * self.down,
            self.across * across,
            self.down * down,
        )


def _box(form: Element, at: str, size: str) -> Box | None:
    off, ext = form.find(qn(at)), form.find(qn(size))
    if off is None or ext is None:
        return None
    return Box(*(whole(e.get(k), 0) for e, k in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy"))))


def shape_box(chain: Sequence[Element]) -> Box | None:
    """Where the strongest element of the chain that says so puts the shape; None when none does."""
    for element in reversed(chain):
        form = element.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
        if form is None:
            form = element.find(qn("p:xfrm"))
        box = _box(form, "a:off", "a:ext") if form is not None else None
        if box is not None:
            return box
    return None


def read_frame(chain: Sequence[Element], box: Box, levels: tuple[LevelStyle, ...]) -> Frame:
    """The frame of a shape in its box, with the body properties of the chain, weakest first."""
    bodies = [
        body for element in chain if (body := element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")) is not None
    ]
    fit, scale, reduction = _autofit(bodies)
    left, top, right, bottom = text_insets(_geometry(chain), box.width, box.height)
    return Frame(
        width=box.width,
        height=box.height,
        x=box.x,
        y=box.y,
        inset_left=left + whole(_said(bodies, "lIns"), 91440),
        inset_top=top + whole(_said(bodies, "tIns"), 45720),
        inset_right=right + whole(_said(bodies, "rIns"), 91440),
        inset_bottom=bottom + whole(_said(bodies, "bIns"), 45720),
        columns=min(max(whole(_said(bodies, "numCol"), 1), 1), 16),
        column_gap=max(whole(_said(bodies, "spcCol"), 0), 0),
        vertical=_said(bodies, "vert") or "horz",
        wrap=_said(bodies, "wrap") != "none",
        autofit=fit,
        font_scale=scale,
        line_reduction=reduction,
        anchor=_said(bodies, "anchor") or "t",
        levels=levels,
    )


def _said(bodies: Sequence[Element], name: str) -> str | None:
    return next((value for body in reversed(bodies) if (value := body.get(name)) is not None), None)


def _autofit(bodies: Sequence[Element]) -> tuple[str, float, float]:
    for body in reversed(bodies):
        for child in body:
            fit = _FITS.get(str(child.tag))
            if fit is not None:
                scale = min(max(fraction(child.get("fontScale"), 1.0), 0.01), 1.0)
                return fit, scale, min(max(fraction(child.get("lnSpcReduction"), 0.0), 0.0), 1.0)
    return "none", 1.0, 0.0


def _geometry(chain: Sequence[Element]) -> Element | None:
    """The preset geometry in effect."""
    for element in reversed(chain):
        geometry = element.find(f"{qn('p:spPr')}/{qn('a:prstGeom')}")
        if geometry is not None:
            return geometry
    return None
