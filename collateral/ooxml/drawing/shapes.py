"""The shapes of a slide made on a layout: text placeholders, graphic frames, pictures, and the slide around them.

Goes in: text already written, placeholders with their frames. Comes out: XML text of single shapes. Decides nothing
about content; `slides` says what goes where.
"""

from __future__ import annotations

from collateral.model.frames import Frame, Placeholder
from collateral.ooxml.box import Box, Crop
from collateral.ooxml.drawing.descriptions import described
from collateral.ooxml.drawing.relations import LocalName
from collateral.ooxml.xml import escape_attribute

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_SVG_EXTENSION = (
    '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="'
)
_UNSEEN_WIDTH, _UNSEEN_HEIGHT = 9_144_000, 914_400  # EMU
# What a placeholder of the layout takes over from PowerPoint's own "insert" commands, by kind of content.
_TAKES = {
    "table": frozenset({"obj", "tbl"}),
    "chart": frozenset({"obj", "chart"}),
    "picture": frozenset({"obj", "pic", "clipArt", "media"}),
}


def placeholder_link(placeholder: Placeholder) -> str:
    """`p:ph` as the layout has it, so that position and look are inherited."""
    kind = "" if placeholder.kind == "obj" else f' type="{escape_attribute(placeholder.kind)}"'
    index = f' idx="{placeholder.index}"' if placeholder.index else ""
    return f"<p:ph{kind}{index}/>"


def text_shape(shape_id: int, placeholder: Placeholder, body: list[str], paragraphs: list[str]) -> list[str]:
    """A text placeholder; geometry comes from the layout."""
    name = escape_attribute(placeholder.name)
    return [
        f'<p:sp><p:nvSpPr><p:cNvPr id="{shape_id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr>{placeholder_link(placeholder)}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody>",
        *body,
        "<a:lstStyle/>",
        *paragraphs,
        "</p:txBody></p:sp>",
    ]


def unseen_title(shape_id: int, paragraphs: list[str]) -> list[str]:
    """A slide's title above its upper edge, as PowerPoint adds a hidden one: lists and screen readers have it, nobody sees it."""
    box = Box(0, -_UNSEEN_HEIGHT, _UNSEEN_WIDTH, _UNSEEN_HEIGHT)
    return [
        f'<p:sp><p:nvSpPr><p:cNvPr id="{shape_id}" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>{_own_geometry(box)}'
        "<p:txBody><a:bodyPr/><a:lstStyle/>",
        *paragraphs,
        "</p:txBody></p:sp>",
    ]


def graphic_frame(
    shape_id: int, placeholder: Placeholder, kind: str, box: Box, alt: str, graphic: list[str]
) -> list[str]:
    """A table or chart at a box, tied to the placeholder where PowerPoint itself would tie it."""
    link = placeholder_link(placeholder) if placeholder.kind in _TAKES[kind] else ""
    return [
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{shape_id}" '
        f'name="{escape_attribute(placeholder.name)}"{described("p:cNvPr", alt or None)}'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f"<p:nvPr>{link}</p:nvPr></p:nvGraphicFramePr>"
        f'<p:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{box.height}"/></p:xfrm>'
        "<a:graphic>",
        *graphic,
        "</a:graphic></p:graphicFrame>",
    ]


def picture_shape(
    shape_id: int, placeholder: Placeholder, fill: list[str], box: Box | None, alt: str
) -> list[str]:
    """A picture; without a box it takes the placeholder's own. Without an alternative text it is decoration."""
    link = placeholder_link(placeholder) if placeholder.kind in _TAKES["picture"] else ""
    box = box if link or box is not None else frame_box(placeholder.frame)
    return [
        f'<p:pic><p:nvPicPr><p:cNvPr id="{shape_id}" name="{escape_attribute(placeholder.name)}"'
        f'{described("p:cNvPr", alt)}<p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr>'
        f"<p:nvPr>{link}</p:nvPr></p:nvPicPr><p:blipFill>",
        *fill,
        f"</p:blipFill>{_own_geometry(box)}</p:pic>",
    ]


def picture_fill(picture: LocalName, vector: LocalName | None, crop: Crop) -> list[str]:
    """The content of a `blipFill`: the picture, its SVG original, and what is cut off."""
    out = ['<a:blip r:embed="', picture, '"' + (">" if vector else "/>")]
    if vector:
        out += [_SVG_EXTENSION, vector, '"/></a:ext></a:extLst></a:blip>']
    cut = "".join(f' {side}="{share}"' for side, share in crop.sides() if share)
    return [*out, f"<a:srcRect{cut}/><a:stretch><a:fillRect/></a:stretch>"]


def frame_box(frame: Frame) -> Box:
    """The outer box of a frame."""
    return Box(frame.x, frame.y, frame.width, frame.height)


def _own_geometry(box: Box | None) -> str:
    if box is None:
        return "<p:spPr/>"
    return (
        f'<p:spPr><a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    )
