"""Which layout a slide gets, and what goes where on it."""

from __future__ import annotations

from collateral.model import content as c
from collateral.model.frames import DeckMaster, Frame, Layout, Placeholder
from collateral.plan.layouts import assign, choose_layout, split_pieces


def layout(name: str, *kinds: str) -> Layout:
    places = tuple(Placeholder(i, kind, f"{kind} {i}", Frame(100, 100)) for i, kind in enumerate(kinds))
    return Layout(f"ppt/slideLayouts/{name}.xml", name, places)


LAYOUTS = [
    layout("Title", "ctrTitle", "subTitle"),
    layout("Title and Content", "title", "body", "sldNum"),
    layout("Two Content", "title", "body", "body", "ftr"),
    layout("Chart", "title", "chart", "body"),
    layout("Any Object", "title", "obj"),
    layout("Picture", "title", "pic", "body"),
]
TEXT = c.Paragraph((c.Run("text"),))
TABLE = c.Table(((),), (), (None,))
CHART = c.Chart("bar", (), ())
PICTURE = c.Picture("a.png", "a")


def chosen(*nodes: c.Node) -> str | None:
    found = choose_layout(LAYOUTS, split_pieces(nodes))
    return found.layout.name if found else None


def test_plain_text_gets_the_layout_with_one_body() -> None:
    assert chosen(TEXT, TEXT) == "Title and Content"


def test_column_break_asks_for_two_bodies() -> None:
    assert chosen(TEXT, c.Rule(), TEXT) == "Two Content"


def test_numbers_go_on_behind_a_column_break_and_a_table() -> None:
    def item(start: int | None = None, level: int = 0) -> c.Paragraph:
        return c.Paragraph((c.Run("x"),), list="number", start=start, level=level)

    nodes = (
        item(5),
        item(),
        c.Rule(),
        item(),
        TABLE,
        item(),
        item(1, 1),
        c.Rule(),
        item(None, 1),
        item(),
        item(),
    )
    texts = [piece.content for piece in split_pieces(nodes) if piece.need == "text"]
    assert [[node.start for node in nodes] for nodes in texts] == [[5, None], [7], [8, 1], [2, 9, None]]


def test_chart_with_text_gets_the_chart_layout() -> None:
    assert chosen(CHART, TEXT) == "Chart"


def test_picture_with_text_gets_the_picture_layout() -> None:
    assert chosen(TEXT, PICTURE) == "Picture"


def test_table_goes_into_an_object_placeholder() -> None:
    assert chosen(TABLE) == "Any Object"


def test_no_layout_serves_two_tables() -> None:
    assert chosen(TABLE, TABLE) is None


def test_text_never_takes_the_place_a_chart_needs() -> None:
    both = layout("Objects", "title", "obj", "body")
    places = assign(both, split_pieces((TEXT, CHART))).places
    assert [(place.kind, piece.need) for place, piece in places] == [("body", "text"), ("obj", "chart")]


def test_what_has_no_place_is_told() -> None:
    only_text = layout("Text", "title", "body")
    assert [p.need for p in assign(only_text, split_pieces((TEXT, PICTURE))).homeless] == ["picture"]


def test_text_takes_the_first_of_layouts_with_an_object_or_a_body() -> None:
    foreign = [layout("Title and Content", "title", "obj"), layout("Quote", "title", "body")]
    found = choose_layout(foreign, split_pieces((TEXT,)))
    assert found is not None and found.layout.name == "Title and Content"


# a master as other programs write it: text placeholders only, of any size


def sized(name: str, *places: tuple[str, float, float], role: str = "", vertical: str = "horz") -> Layout:
    found = tuple(
        Placeholder(i, kind, f"{kind} {i}", Frame(int(w * 914_400), int(h * 914_400), vertical=vertical))
        for i, (kind, w, h) in enumerate(places)
    )
    return Layout(f"ppt/slideLayouts/{name}.xml", name, found, role)


def best(layouts: list[Layout], *nodes: c.Node) -> str | None:
    found = choose_layout(layouts, split_pieces(nodes))
    return found.layout.name if found else None


def test_table_stands_where_text_would_when_the_master_has_only_places_for_text() -> None:
    texts = [sized("Body", ("title", 10, 1), ("body", 10, 5))]
    assert [best(texts, node) for node in (TABLE, CHART, PICTURE)] == ["Body"] * 3


def test_place_that_is_too_small_for_a_chart_does_not_take_it() -> None:
    assert best([sized("Subtitle", ("title", 10, 1), ("body", 10, 1))], CHART) is None


def test_object_placeholder_is_taken_before_one_for_text() -> None:
    layouts = [
        sized("Body", ("title", 10, 1), ("body", 10, 5)),
        sized("Objects", ("title", 10, 1), ("obj", 5, 5), ("obj", 5, 5)),
    ]
    assert best(layouts, CHART) == "Objects"


def test_section_header_and_vertical_text_serve_when_no_other_layout_does() -> None:
    header = sized("Header", ("title", 10, 3), ("body", 10, 2), role="secHead")
    turned = sized("Turned", ("title", 10, 1), ("body", 10, 5), vertical="eaVert")
    wide = sized("Two", ("title", 10, 1), ("obj", 5, 5), ("obj", 5, 5))
    assert best([header, turned, wide], TEXT) == "Two"
    assert best([header], TEXT) == "Header"


def test_large_place_is_taken_before_a_small_one() -> None:
    band = sized("Band", ("title", 10, 1), ("obj", 10, 2))
    page = sized("Page", ("title", 10, 1), ("obj", 10, 5))
    assert best([band, page], CHART) == "Page"


def test_what_was_written_first_stands_first() -> None:
    places = assign(
        sized("Two", ("title", 10, 1), ("obj", 5, 5), ("obj", 5, 5)), split_pieces((TEXT, CHART))
    ).places
    assert [(place.index, piece.need) for place, piece in places] == [(1, "text"), (2, "chart")]


def test_layout_with_a_title_higher_than_its_text_is_a_divider() -> None:
    divider = sized("Divider", ("title", 10, 4), ("body", 10, 3))
    content = sized("Content", ("title", 10, 1), ("body", 9, 3))
    assert best([divider, content], TEXT) == "Content"


# a master as PowerPoint writes it: comparing two things has a small place for a heading above each

SIDES = (("body", 5, 0.8), ("obj", 5, 4))
PAGE = sized("Title and Content", ("title", 10, 1), ("obj", 10, 5))
TWO = sized("Two Content", ("title", 10, 1), ("obj", 5, 5), ("obj", 5, 5))
COMPARISON = sized("Comparison", ("title", 10, 1), *SIDES, *SIDES)


def words(*paragraphs: str) -> list[c.Node]:
    return [c.Paragraph((c.Run(text),), list="bullet") for text in paragraphs]


def columns(*texts: list[c.Node]) -> list[c.Node]:
    nodes = list(texts[0])
    for text in texts[1:]:
        nodes += [c.Rule(), *text]
    return nodes


def placed(layouts: list[Layout], *nodes: c.Node) -> tuple[str, list[str]]:
    found = choose_layout(layouts, split_pieces(nodes))
    assert found is not None
    texts = [
        " ".join(c.plain_text(node.inlines) for node in piece.content if isinstance(node, c.Paragraph))
        if isinstance(piece.content, tuple)
        else piece.need
        for _, piece in found.places
    ]
    return found.layout.name, texts


def test_text_of_several_paragraphs_does_not_go_where_a_heading_is_meant() -> None:
    four = columns(words("a", "b", "c", "d"), words("e", "f"), words("g", "h"), words("i", "j"))
    assert placed([PAGE, TWO, COMPARISON], *four) == ("Two Content", ["a b c d", "e f g h i j"])


def test_short_text_goes_where_a_heading_is_meant() -> None:
    compared = columns(words("a"), words("b", "c", "d", "e"), words("f"), words("g", "h", "i", "j"))
    assert placed([PAGE, TWO, COMPARISON], *compared) == ("Comparison", ["a", "b c d e", "f", "g h i j"])


def test_columns_stand_below_each_other_where_no_layout_has_as_many() -> None:
    three = columns(words("a", "b"), words("c"), words("d"))
    assert placed([PAGE, TWO], *three) == ("Two Content", ["a b", "c d"])
    assert placed([PAGE], *three) == ("Title and Content", ["a b c d"])


def test_texts_on_both_sides_of_a_picture_stand_together_beside_it() -> None:
    both = [*words("a"), PICTURE, *words("b")]
    assert placed([PAGE, TWO], *both) == ("Two Content", ["a b", "picture"])


def test_two_pictures_are_never_put_into_one_place() -> None:
    assert choose_layout([PAGE], split_pieces((PICTURE, *words("a"), PICTURE))) is None


def test_places_for_headings_serve_when_there_are_no_others() -> None:
    heading = sized("Headings", ("title", 10, 1), ("body", 5, 0.8))
    assert placed([heading], *words("a", "b", "c")) == ("Headings", ["a b c"])


def test_powerpoints_own_layout_is_found_in_a_master_of_another_language() -> None:
    german = [
        layout("Titel und Inhalt", "title", "obj"),
        sized("Zwei Inhalte", *(("obj", 5, 5),) * 2, role="twoObj"),
    ]
    master = DeckMaster(1, 1, {each.name: each for each in german}, {})
    found = [
        master.layout(name)
        for name in ("Two Content", "Zwei Inhalte", "Titel und Inhalt", "Comparison", "Titel")
    ]
    assert [each and each.name for each in found] == [
        "Zwei Inhalte",
        "Zwei Inhalte",
        "Titel und Inhalt",
        None,
        None,
    ]
