"""What reaches the edges of a slide reaches those of a slide of other proportions."""

from __future__ import annotations

import pytest
from deck_builders import NS

from collateral.ooxml.slides.scaling import Scale, scale_slide
from collateral.ooxml.xml import parse_xml

NARROW, WIDE = (9_144_000, 6_858_000), (12_192_000, 6_858_000)
STRIP = (WIDE[0] - NARROW[0]) // 2
Box = tuple[int, int, int, int]
Element = type(parse_xml(b"<a/>"))


def _shape(box: Box, *, form: str = "rect", rot: int = 0, words: str = "", kind: str = "sp") -> str:
    x, y, cx, cy = box
    turned = f' rot="{rot}"' if rot else ""
    properties = (
        f'<p:spPr><a:xfrm{turned}><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom></p:spPr>'
    )
    if kind == "pic":
        fill = '<p:blipFill><a:blip r:embed="rId1"/><a:srcRect l="10000"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        return f'<p:pic><p:nvPicPr><p:cNvPr id="2" name="P"/><p:cNvPicPr/><p:nvPr>{words}</p:nvPr></p:nvPicPr>{fill}{properties}</p:pic>'
    text = f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody>" if words else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="S"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>{properties}{text}</p:sp>'
    )


def _scaled(shape: str, source: tuple[int, int] = NARROW, target: tuple[int, int] = WIDE) -> Element:
    root = parse_xml(f"<p:sld {NS}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>".encode())
    scale_slide(root, Scale.between(source, target))
    return root


def _box(root: Element) -> Box:
    offset, extent = root.find(".//{*}off"), root.find(".//{*}ext")
    return tuple(int(e.get(k)) for e, k in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy")))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("shape", "box"),
    [
        (_shape((0, 6_400_000, 9_144_000, 458_000)), (0, 6_400_000, 12_192_000, 458_000)),
        (
            _shape((-9_000, 100_000, 9_160_000, 0), form="line"),
            (-9_000, 100_000, 12_192_000 + 9_000 + 7_000, 0),
        ),
        (_shape((0, 0, 2_000_000, 6_858_000)), (0, 0, 2_000_000 + STRIP, 6_858_000)),
        (_shape((7_144_000, 0, 2_000_000, 3_000_000)), (7_144_000 + STRIP, 0, 2_000_000 + STRIP, 3_000_000)),
    ],
    ids=["band", "line", "panel at the left", "panel at the right"],
)
def test_areas_and_lines_at_the_edges_go_on_to_the_new_ones(shape: str, box: Box) -> None:
    assert _box(_scaled(shape)) == box


@pytest.mark.parametrize(
    "shape",
    [
        _shape((100_000, 6_400_000, 8_944_000, 458_000)),
        _shape((0, 500_000, 200_000, 900_000)),
        _shape((0, 0, 0, 6_858_000), form="line"),
        _shape((0, 0, 9_144_000, 6_858_000), form="ellipse"),
        _shape((0, 0, 9_144_000, 6_858_000), rot=600_000),
        _shape((0, 1_000_000, 3_000_000, 3_000_000), kind="pic"),
        _shape((0, 0, 9_144_000, 6_858_000), kind="pic", words='<a:videoFile r:link="rId2"/>'),
    ],
    ids=["margins", "accent", "upright line", "ellipse", "turned", "picture at one edge", "film"],
)
def test_everything_else_is_only_moved(shape: str) -> None:
    before = _box(parse_xml(f"<x {NS}>{shape}</x>".encode()))
    assert _box(_scaled(shape)) == (before[0] + STRIP, *before[1:])


def test_words_on_a_band_stay_where_they_were() -> None:
    root = _scaled(_shape((0, 0, 9_144_000, 458_000), words="Confidential"))
    body = root.find(".//{*}bodyPr")
    assert _box(root) == (0, 0, 12_192_000, 458_000)
    assert [body.get(side) for side in ("lIns", "tIns", "rIns", "bIns")] == [
        *(str(91_440 + STRIP), "45720"),
        *(str(91_440 + STRIP), "45720"),
    ]


def test_picture_that_fills_the_slide_fills_the_new_one_and_is_cropped_evenly() -> None:
    root = _scaled(_shape((0, 0, 9_144_000, 6_858_000), kind="pic"))
    assert _box(root) == (0, 0, *WIDE)
    assert dict(root.find(".//{*}srcRect").attrib) == {"l": "10000", "t": "12500", "b": "12500"}


def test_areas_go_on_above_and_below_on_a_taller_slide() -> None:
    down = _box(_scaled(_shape((0, 0, 12_192_000, 1_000_000)), WIDE, NARROW))
    assert down == (0, 0, 9_144_000, 750_000 + (6_858_000 - 5_143_500) // 2)
