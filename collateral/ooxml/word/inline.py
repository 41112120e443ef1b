"""Pictures and charts as a line of a Word document holds them: a run with a drawing in it.

In: what is shown, its size in EMU and its alternative text. Out: the XML of the run, with local names for what gets an id
or a relationship where it lands. Decides no sizes.
"""

from __future__ import annotations

from typing import Final

from collateral.ooxml.drawing.descriptions import described
from collateral.ooxml.drawing.relations import RELATIONSHIPS, LocalName, Relations
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.values import Image

_W: Final = NAMESPACES["w"]
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def picture_run(
    image: Image, size: tuple[int, int], alt: str | None, relations: Relations, number: LocalName
) -> list[str]:
    """A run that shows a picture; `number` stands for the drawing's id. Without words it is decoration, with None not described."""
    name, vector = relations.image(image), list[str]()
    if image.svg is not None:
        vector = [
            f'<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="',
            relations.vector(image),
            '"/></a:ext></a:extLst>',
        ]
    graphic = [
        f'<a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="',
        number,
        f'" name="Picture"{described("pic:cNvPr", alt or None)}<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="',
        name,
        '">',
        *vector,
        '</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>',
    ]
    return drawing_run(graphic, size, "Picture", alt, number)


def drawing_run(
    graphic: list[str], size: tuple[int, int], kind: str, alt: str | None, number: LocalName
) -> list[str]:
    """A run that shows a graphic (`a:graphicData`), named after its kind and number.

    It says what its prefixes mean, for the part it lands in may have others.
    """
    return [
        f'<w:r xmlns:w="{_W}"><w:drawing><wp:inline xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:r="{RELATIONSHIPS}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{size[0]}" cy="{size[1]}"/><wp:docPr id="',
        number,
        f'" name="{kind} ',
        number,
        f'"{described("wp:docPr", alt)}<wp:cNvGraphicFramePr/><a:graphic>',
        *graphic,
        "</a:graphic></wp:inline></w:drawing></w:r>",
    ]
