"""Shapes a directive repeats or drops: where copies lie, and what lines and animations refer to."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches
from template_builders import animated, connected, image, member, png

from collateral.ooxml import fill

_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NAMES = ["one", "two", "three", "four", "five", "six", "seven"]


def _slide() -> tuple[Any, Any]:
    """An empty wide deck and its slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    return deck, deck.slides.add_slide(deck.slide_layouts[6])


def _box(slide: Any, name: str, text: str, *place: float) -> Any:
    box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(n) for n in place))
    box.name, box.text_frame.text = name, text
    return box


def _bytes(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _filled(deck: Any, **data: Any) -> Any:
    """The shapes of the first slide of the filled deck."""
    made, problems = fill(_bytes(deck), data, file="pitch.pptx")
    assert made is not None, [d.message for d in problems]
    assert not problems, [d.message for d in problems]
    return Presentation(io.BytesIO(made)).slides[0].shapes


def _places(shapes: Any) -> list[tuple[float, float]]:
    """Where shapes lie, in inches."""
    return [(round(s.left / 914400, 3), round(s.top / 914400, 3)) for s in shapes]


def test_copies_lie_side_by_side_and_go_on_below_when_the_line_is_full() -> None:
    deck, slide = _slide()
    _box(slide, "Card", "{%shape for x in xs %}{{ x }}", 1, 2, 3.2, 1.6)
    shapes = _filled(deck, xs=_NAMES[:5])
    assert _places(shapes) == [(1, 2), (4.4, 2), (7.8, 2), (1, 3.8), (4.4, 3.8)]
    assert [s.text_frame.text for s in shapes] == _NAMES[:5]
    assert len({s.shape_id for s in shapes}) == 5


def test_copies_of_a_shape_with_text_from_right_to_left_go_on_to_the_left() -> None:
    deck, slide = _slide()
    box = _box(slide, "Card", "{%shape for x in xs %}{{ x }}", 9.133, 2, 3.2, 1.6)
    box.text_frame.paragraphs[0]._p.get_or_add_pPr().set("rtl", "1")
    assert _places(_filled(deck, xs=_NAMES[:5])) == [
        (9.133, 2),
        (5.733, 2),
        (2.333, 2),
        (9.133, 3.8),
        (5.733, 3.8),
    ]


def test_copies_of_a_wide_shape_lie_below_each_other() -> None:
    deck, slide = _slide()
    _box(slide, "Bar", "{%shape for x in xs %}{{ x }}", 1, 2, 11, 0.8)
    assert _places(_filled(deck, xs=_NAMES[:3])) == [(1, 2), (1, 2.9), (1, 3.8)]


def test_single_copy_lies_where_it_was_drawn() -> None:
    deck, slide = _slide()
    _box(slide, "Card", "{%shape for x in xs %}{{ x }}", 1, 2, 3, 1)
    assert _places(_filled(deck, xs=["one"])) == [(1, 2)]


def test_copies_stay_on_what_they_were_drawn_on_and_clear_of_what_is_beside_it() -> None:
    deck, slide = _slide()
    _box(slide, "Panel", "", 0.5, 1.5, 6, 4)
    _box(slide, "Card", "{%shape for x in xs %}{{ x }}", 1, 2, 2, 0.8)
    assert _places(_filled(deck, xs=_NAMES[:3]))[1:] == [(1, 2), (3.1, 2), (1, 2.9)]
    deck, slide = _slide()
    _box(slide, "Picture", "", 6, 1, 6, 5)
    _box(slide, "Card", "{%shape for x in xs %}{{ x }}", 1, 2, 2, 0.8)
    assert _places(_filled(deck, xs=_NAMES[:3]))[1:] == [(1, 2), (3.1, 2), (1, 2.9)]


def test_shapes_of_one_turn_move_together() -> None:
    deck, slide = _slide()
    _box(slide, "Opens", "{%shape for x in xs %}", 0, 0, 1, 1)
    _box(slide, "Dot", "{{ loop.index }}", 1, 2, 1, 1)
    _box(slide, "Label", "{{ x }}", 2, 2, 3, 1)
    _box(slide, "Closes", "{%shape endfor %}", 12, 6, 1, 1)
    shapes = list(_filled(deck, xs=_NAMES[:2]))
    assert [s.text_frame.text for s in shapes] == ["1", "one", "2", "two"]
    assert _places(shapes) == [(1, 2), (2, 2), (5.125, 2), (6.125, 2)]


def test_copy_that_a_condition_drops_leaves_no_hole() -> None:
    deck, slide = _slide()
    _box(slide, "Card", "{%shape for x in xs %}{%shape if x != 'two' %}{{ x }}", 1, 2, 3, 0.8)
    assert _places(_filled(deck, xs=_NAMES[:3])) == [(1, 2), (4.1, 2)]


@pytest.mark.parametrize("tags", range(12))
def test_pictures_move_however_many_tags_stand_before_them(tags: int) -> None:
    deck, slide = _slide()
    _box(slide, "Before", "{{ x }}" * tags + ".", 8, 6, 1, 1)
    picture = slide.shapes.add_picture(io.BytesIO(png(4, 4)), Inches(1), Inches(2), Inches(2), Inches(2))
    picture._element.nvPicPr.cNvPr.set("descr", "{%shape for i in xs %}{{ i }}")
    _, first, second = _filled(deck, x="x", xs=[image(4, 4), image(4, 4, "red")])
    assert (first.left, second.left) == (Inches(1), Inches(3.25))


def _line(slide: Any, alt: str) -> Any:
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(1), Inches(4), Inches(3), Inches(4))
    line._element.nvCxnSpPr.cNvCxnSpPr.getparent().cNvPr.set("descr", alt)
    return line


def _picture(slide: Any, alt: str) -> Any:
    picture = slide.shapes.add_picture(io.BytesIO(png(4, 4)), Inches(1), Inches(2), Inches(2), Inches(2))
    picture._element.nvPicPr.cNvPr.set("descr", alt)
    return picture


def _text_box(slide: Any, text: str) -> Any:
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(0.5))
    box.text_frame.text = text
    return box


def _panel(slide: Any, alt: str) -> Any:
    """A drawn shape without a text."""
    panel = _box(slide, "Panel", "", 1, 2, 2, 1)
    panel._element.nvSpPr.cNvPr.set("descr", alt)
    return panel


def _words(slide: Any, alt: str) -> Any:
    return _text_box(slide, f"{alt}words")


@pytest.mark.parametrize("draw", [_line, _picture, _panel, _words])
def test_a_shape_with_a_directive_of_its_own_may_stand_between_the_ends_of_another(draw: Any) -> None:
    deck, slide = _slide()
    _text_box(slide, "{%shape for x in xs %}")
    draw(slide, "{%shape if x.shown %}")
    _text_box(slide, "{{ x.name }}")
    draw(slide, "{%shape for y in x.ys %}")
    _text_box(slide, "{%shape endfor %}")
    items = [{"name": "one", "shown": False, "ys": [1, 2]}, {"name": "two", "shown": True, "ys": []}]
    made, problems = fill(_bytes(deck), {"xs": items}, file="pitch.pptx")
    assert made is not None, [d.message for d in problems]
    shapes = Presentation(io.BytesIO(made)).slides[0].shapes
    said = [shape.text_frame.text if shape.has_text_frame else "" for shape in shapes]
    shown = "words" if draw is _words else ""
    assert said == ["one", shown, shown, shown, "two"]


@pytest.mark.parametrize("draw", [_line, _picture, _panel])
def test_what_is_drawn_is_not_taken_for_the_place_of_a_directive(draw: Any) -> None:
    deck, slide = _slide()
    draw(slide, "{%shape for x in xs %}")
    _text_box(slide, "{{ x }}")
    draw(slide, "{%shape endfor %}")
    made, problems = fill(_bytes(deck), {"xs": ["a"]}, file="pitch.pptx")
    assert made is None
    assert {problem.code for problem in problems} == {"text-beside-directive"}


def test_copies_of_a_picture_move_too() -> None:
    deck, slide = _slide()
    picture = slide.shapes.add_picture(io.BytesIO(png(4, 4)), Inches(1), Inches(2), Inches(2), Inches(2))
    picture._element.nvPicPr.cNvPr.set("descr", "{%shape for i in xs %}{{ i }}")
    shapes = _filled(deck, xs=[image(40, 10), image(10, 40)])
    assert _places(shapes) == [(1, 2.75), (4, 2)]


def test_copies_of_a_placeholder_start_from_where_its_layout_puts_it() -> None:
    deck = Presentation()
    layout = deck.slide_layouts[3]
    layout.placeholders[2]._element.getparent().remove(layout.placeholders[2]._element)
    slide = deck.slides.add_slide(layout)
    slide.shapes[0]._element.getparent().remove(slide.shapes[0]._element)
    slide.shapes[0].text_frame.text = "{%shape for x in xs %}{{ x }}"
    first, second = (s.left for s in _filled(deck, xs=_NAMES[:2]))
    assert first == layout.placeholders[1].left
    assert (
        second - first - layout.placeholders[1].width == 152_400
    )  # as wide as the gap between the layout's two


def test_copies_in_a_group_move_in_the_groups_own_measure() -> None:
    deck, slide = _slide()
    group = slide.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(2), Inches(4), Inches(6), Inches(1.6))
    box.text_frame.text = "{%shape for x in xs %}{{ x }}"
    group.left, group.top, group.width, group.height = Inches(1), Inches(2), Inches(3), Inches(0.8)
    inner = list(_filled(deck, xs=_NAMES[:4])[0].shapes)
    assert _places(inner) == [(2, 4), (8.2, 4), (14.4, 4), (2, 5.8)]


def test_more_copies_than_the_slide_has_room_for_are_told_with_their_shape() -> None:
    deck, slide = _slide()
    _box(slide, "Card", "{%shape for x in xs %}{{ x }}", 1, 2, 5, 2.2)
    made, found = fill(_bytes(deck), {"xs": _NAMES}, file="pitch.pptx")
    assert made is not None
    assert [(d.code, str(d.at)) for d in found] == [("shapes-do-not-fit", 'pitch.pptx › slide 1 › "Card"')]
    assert "7 times, and 4 fit" in found[0].message
    assert "batch(4)" in found[0].hints[0]


def _lined(slide: Any, *, last: bool) -> None:
    """Two boxes repeated together with the line between them, which is drawn after or before them."""
    _box(slide, "Opens", "{%shape for x in xs %}", 0, 0, 1, 1)
    boxes = [_box(slide, "A", "{{ x }}", 1, 2, 1, 1), _box(slide, "B", "b", 3, 2, 1, 1)]
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(2), Inches(2), Inches(3), Inches(2))
    line.begin_connect(boxes[0], 3)
    line.end_connect(boxes[1], 1)
    if not last:
        boxes[0]._element.addprevious(line._element)
    _box(slide, "Closes", "{%shape endfor %}", 12, 6, 1, 1)


@pytest.mark.parametrize("last", [True, False])
def test_line_between_repeated_shapes_connects_those_of_its_own_turn(last: bool) -> None:
    deck, slide = _slide()
    _lined(slide, last=last)
    xml = _xml(deck, xs=_NAMES[:3])
    ids = [e.get("id") for e in xml.iter(f"{{{_P}}}cNvPr")]
    names = [e.get("name") for e in xml.iter(f"{{{_P}}}cNvPr")]
    assert len(set(ids)) == len(ids)
    ends = [[c.get("id") for c in line.iter("{*}stCxn", "{*}endCxn")] for line in xml.iter(f"{{{_P}}}cxnSp")]
    boxes = [number for number, name in zip(ids, names, strict=True) if name in ("A", "B")]
    assert ends == [boxes[0:2], boxes[2:4], boxes[4:6]]


def test_line_lets_go_of_a_shape_that_is_not_there() -> None:
    deck, slide = _slide()
    box = _box(slide, "A", "{%shape if x %}a", 1, 2, 1, 1)
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(2), Inches(2), Inches(3), Inches(2))
    line.begin_connect(box, 3)
    assert len(list(_xml(deck, x=True).iter("{*}stCxn"))) == 1
    assert not list(_xml(deck, x=False).iter("{*}stCxn"))


def _xml(deck: Any, **data: Any) -> Any:
    """The XML of the first slide of the filled deck."""
    made, problems = fill(_bytes(deck), data, file="pitch.pptx")
    assert made is not None, [d.message for d in problems]
    return etree.fromstring(member(made, "ppt/slides/slide1.xml").encode())


def test_copies_are_animated_together_with_the_shape_they_are_copies_of() -> None:
    deck, slide = _slide()
    card, still = (
        _box(slide, "Card", "{%shape for x in xs %}{{ x }}", 1, 2, 2, 1),
        _box(slide, "Still", "s", 1, 5, 2, 1),
    )
    animated(slide, card, still)
    xml = _xml(deck, xs=_NAMES[:3])
    cards = [e.get("id") for e in xml.iter(f"{{{_P}}}cNvPr") if e.get("name") == "Card"]
    assert [e.get("spid") for e in xml.iter(f"{{{_P}}}spTgt")] == [*cards, str(still.shape_id)]
    assert [e.get("spid") for e in xml.iter(f"{{{_P}}}bldP")] == [*cards, str(still.shape_id)]
    effects = [e.get("nodeType") for e in xml.iter(f"{{{_P}}}cTn") if e.get("presetClass")]
    assert effects == ["clickEffect", "withEffect", "withEffect", "clickEffect"]
    numbers = [e.get("id") for e in xml.iter(f"{{{_P}}}cTn")]
    assert len(set(numbers)) == len(numbers)


def _with_older_form(shape: Any) -> None:
    """Write the shape as PowerPoint writes an equation: once more, with the same id, for older programs."""
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = etree.SubElement(shape._element.getparent(), f"{{{space}}}AlternateContent", nsmap={"mc": space})
    newer = etree.SubElement(both, f"{{{space}}}Choice", Requires="p")
    older = etree.SubElement(both, f"{{{space}}}Fallback")
    older.append(deepcopy(shape._element))
    newer.append(shape._element)


@pytest.mark.parametrize(("tag", "copies"), [("{%shape for x in xs %}{{ x }}", 3), ("{%shape if xs %}x", 1)])
def test_a_shape_and_its_form_for_older_programs_are_animated_as_one(tag: str, copies: int) -> None:
    deck, slide = _slide()
    card = _box(slide, "Card", tag, 1, 2, 2, 1)
    animated(slide, card)
    _with_older_form(card)
    xml = _xml(deck, xs=_NAMES[:3])
    ids = [e.get("id") for e in xml.iter(f"{{{_P}}}cNvPr") if e.get("name") == "Card"]
    assert ids[::2] == ids[1::2] == [e.get("spid") for e in xml.iter(f"{{{_P}}}spTgt")]
    assert len(ids) == 2 * copies


def test_shapes_keep_their_ids_on_slides_that_repeat() -> None:
    deck, slide = _slide()
    _box(slide, "Head", "{%slide for x in xs %}For {{ x }}", 1, 1, 2, 1)
    card = _box(slide, "Card", "{{ x }}", 1, 2, 2, 1)
    number = str(card.shape_id)
    _with_older_form(card)
    xml = _xml(deck, xs=_NAMES[:2])
    assert [e.get("id") for e in xml.iter(f"{{{_P}}}cNvPr") if e.get("name") == "Card"] == [number, number]


def test_animation_of_a_dropped_shape_goes_with_it() -> None:
    deck, slide = _slide()
    animated(slide, _box(slide, "A", "{%shape if x %}a", 1, 2, 1, 1), _box(slide, "B", "b", 3, 2, 1, 1))
    xml = _xml(deck, x=False)
    assert len(list(xml.iter(f"{{{_P}}}spTgt"))) == len(list(xml.iter(f"{{{_P}}}bldP"))) == 1
    assert not [e for e in xml.iter(f"{{{_P}}}childTnLst") if not len(e)]
    assert len(list(_xml(deck, x=True).iter(f"{{{_P}}}spTgt"))) == 2


def test_slide_without_any_animation_left_has_no_timing() -> None:
    deck, slide = _slide()
    animated(slide, _box(slide, "A", "{%shape if x %}a", 1, 2, 1, 1))
    assert not list(_xml(deck, x=False).iter(f"{{{_P}}}timing"))


def test_creation_ids_of_copies_differ() -> None:
    deck, slide = _slide()
    box = _box(slide, "A", "{%shape for x in xs %}a", 1, 2, 1, 1)
    box._element.nvSpPr.cNvPr.append(
        etree.fromstring(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{FF2B5EF4-FFF2-40B4-BE49-'
            'F238E27FC236}"><a16:creationId xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main" '
            'id="{12345678-1234-4234-8234-123456789012}"/></a:ext></a:extLst>'
        )
    )
    ids = [e.get("id") for e in _xml(deck, xs=[1, 2, 3]).iter("{*}creationId")]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", one) for one in ids)


def _group(home: Any, *shapes: Any) -> Any:
    """A group of these shapes on a slide or in another group."""
    group = home.shapes.add_group_shape()
    for shape in shapes:
        group._element.append(shape._element)
    return group


def _names_on(xml: Any) -> list[str]:
    return [e.get("name") for e in xml.iter(f"{{{_P}}}cNvPr") if e.get("name")]


def test_group_goes_with_the_last_of_its_shapes_and_so_do_its_animation_and_lines_to_it() -> None:
    deck, slide = _slide()
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(2), Inches(5), Inches(3), Inches(5))
    boxes = (_box(slide, name, f"{{%shape if {name} %}}{name}", 1, 2, 1, 1) for name in ("a", "b"))
    outer = _group(slide)
    inner, still = _group(outer, *boxes), _box(slide, "Still", "s", 5, 2, 1, 1)
    inner.name, outer.name, line.name = "Inner", "Outer", "Line"
    connected(line, still, inner)
    animated(slide, inner, outer, still)
    none = _xml(deck, a=False, b=False)
    assert _names_on(none) == ["Line", "Still"]
    assert {e.get("spid") for e in none.iter("{*}spTgt", "{*}bldP")} == {str(still.shape_id)}
    assert [e.get("id") for e in none.iter("{*}stCxn", "{*}endCxn")] == [str(still.shape_id)]
    one = _xml(deck, a=False, b=True)
    assert _names_on(one) == ["Line", "Outer", "Inner", "b", "Still"]
    assert len(list(one.iter("{*}spTgt"))) == 3 and len(list(one.iter("{*}endCxn"))) == 1


def test_group_that_is_repeated_stays_where_something_is_in_it() -> None:
    deck, slide = _slide()
    _box(slide, "Opens", "{%shape for x in xs %}", 0, 0, 1, 1)
    group = _group(slide, _box(slide, "In it", "{%shape if x %}{{ x }}", 1, 2, 1, 1))
    _box(slide, "Closes", "{%shape endfor %}", 12, 6, 1, 1)
    animated(slide, group)
    xml = _xml(deck, xs=["one", "", "three"])
    ids = [e.find(".//{*}cNvPr").get("id") for e in xml.iter(f"{{{_P}}}grpSp")]
    assert len(ids) == len(set(ids)) == 2
    assert [e.get("spid") for e in xml.iter("{*}spTgt")] == ids


def test_group_with_a_shape_that_always_stands_and_one_without_any_stay() -> None:
    deck, slide = _slide()
    mixed = _group(
        slide, _box(slide, "Goes", "{%shape if x %}", 1, 2, 1, 1), _box(slide, "Stays", "s", 3, 2, 1, 1)
    )
    mixed.name, _group(slide).name = "Mixed", "Never had one"
    assert _names_on(_xml(deck, x=False)) == ["Mixed", "Stays", "Never had one"]


def test_line_lets_go_of_a_shape_after_it_that_is_not_there() -> None:
    deck, slide = _slide()
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(2), Inches(2), Inches(3), Inches(2))
    line.begin_connect(_box(slide, "A", "{%shape if x %}a", 1, 2, 1, 1), 3)
    assert len(list(_xml(deck, x=True).iter("{*}stCxn"))) == 1
    assert not list(_xml(deck, x=False).iter("{*}stCxn"))
