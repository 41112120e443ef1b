"""Paragraphs of a document that go with what was in them: pictures and text boxes, content controls, breaks."""

from __future__ import annotations

import re

import pytest
from template_builders import W, member, p, tbl, tc, tr, word, word_texts

from collateral.ooxml import fill

_NAMES = {
    "w": W,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())


def _box(text: str = "", alt: str = "") -> str:
    """A text box in the line of the text, with this alternative text."""
    content = f"<wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f'<w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="Box" descr="{alt}"/><a:graphic>'
        f'<a:graphicData uri="{_NAMES["wps"]}"><wps:wsp><wps:cNvSpPr/><wps:spPr/>{content}<wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _both(text: str, alt: str = "") -> str:
    """A text box as Word writes it: with what older programs show instead."""
    old = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{p(text)}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{_box(text, alt)}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )


def _run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def _text(text: str) -> str:
    return _run(f"<w:t>{text}</w:t>")


def _control(content: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="Client"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
    )


def _paragraph(*content: str) -> str:
    return f"<w:p {_DECLARED}>{''.join(content)}</w:p>"


def _body(*content: str, **data: object) -> str:
    """The body's XML after filling it."""
    made, problems = fill(word("".join(content)), data, file="letter.docx")
    assert made is not None, [d.message for d in problems]
    xml = member(made, "word/document.xml")
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml[xml.index("<w:body>") + 8 : xml.index("<w:sectPr")])


_BREAK = _run('<w:br w:type="page"/>')
_CONDITIONAL = {
    "picture": (_paragraph(_run(_box("", "{%shape if x %}"))), "<w:drawing>"),
    "text box": (_paragraph(_run(_box("{%shape if x %}kept"))), "kept"),
    "text box with an older form": (_paragraph(_run(_both("{%shape if x %}kept"))), "kept"),
    "alt text of one with an older form": (_paragraph(_run(_both("kept", "{%shape if x %}"))), "kept"),
    "picture in a condition of the text": (
        _paragraph(_text("{% if x %}"), _run(_box()), _text("{% endif %}")),
        "<w:drawing>",
    ),
    "page break": (_paragraph(_text("{% if x %}"), _BREAK, _text("{% endif %}")), "w:br"),
    "condition in a control": (_paragraph(_control(_text("{% if x %}kept{% endif %}"))), "kept"),
    "value in a control": (_paragraph(_control(_text("{{ 'kept' if x else '' }}"))), "kept"),
    "control around a paragraph": (_control(p("{{ 'kept' if x else '' }}")), "kept"),
    "control around a control": (_control(_control(p("{{ 'kept' if x else '' }}"))), "kept"),
    "control in a condition": (_control(p("{%p if x %}") + p("kept") + p("{%p endif %}")), "kept"),
}


@pytest.mark.parametrize("name", _CONDITIONAL)
def test_paragraph_goes_with_all_that_is_in_it(name: str) -> None:
    xml, kept = _CONDITIONAL[name]
    assert _body(p("a"), xml, p("b"), x=False) == _body(p("a"), p("b"))
    assert _body(p("a"), xml, p("b"), x=True).count(kept) == (2 if "older" in name else 1)


@pytest.mark.parametrize("name", _CONDITIONAL)
def test_cell_keeps_a_paragraph_when_all_that_is_in_it_goes(name: str) -> None:
    xml, _ = _CONDITIONAL[name]
    made = _body(tbl(tr(tc(xml), "k")), x=False)
    assert len(re.findall("<w:p[ />]", made)) == 2


_STAYING = {
    "bookmark": '<w:bookmarkStart w:id="1" w:name="here"/><w:bookmarkEnd w:id="1"/>',
    "text": _text("beside"),
    "picture": _run(_box()),
    "control without a tag": _control(""),
}


@pytest.mark.parametrize("name", _STAYING)
@pytest.mark.parametrize("gone", [_run(_box("", "{%shape if x %}")), _control(_text("{{ x or '' }}"))])
def test_paragraph_with_something_else_stays(name: str, gone: str) -> None:
    made = _body(p("a"), _paragraph(gone, _STAYING[name]), p("b"), x=False)
    assert made.count("<w:p>") == 3


def test_list_in_a_control_stays_in_it() -> None:
    made = _body(_paragraph(_control(_text("{{ xs }}"))), x=False, xs=["a", "b"])
    assert made.count("<w:sdt>") == 1 and "a and b" in made


def test_text_box_with_an_older_form_is_repeated_with_it() -> None:
    made = _body(_paragraph(_run(_both("{%shape for x in xs %}{{ x }}"))), xs=[1, 2])
    found = re.findall(r"(?<=<mc:)\w+|(?<=preserve\">)\d", made)
    assert found == [
        "AlternateContent",
        "Choice",
        "1",
        "Fallback",
        "1",
        "AlternateContent",
        "Choice",
        "2",
        "Fallback",
        "2",
    ]


def test_text_boxes_that_only_open_and_close_go() -> None:
    boxes = (_both("{%shape if x %}"), _both("between"), _both("{%shape endif %}"))
    for x, kept in ((True, 2), (False, 0)):
        made = _body(_paragraph(_run("".join(boxes))), x=x)
        assert (made.count("between"), made.count("<mc:Choice")) == (kept, kept // 2)


_BETWEEN = {
    "value": [p("{{ v }}")],
    "condition": [p("{% if x %}Total{% endif %}")],
    "two": [p("{{ v }}"), p("{% if x %}Total{% endif %}")],
    "loop": [p("{%p for i in xs %}"), p("item"), p("{%p endfor %}")],
    "paragraphs": [p("{%p if x %}"), p("Total"), p("{%p endif %}"), p("{{ v }}")],
}


@pytest.mark.parametrize("name", _BETWEEN)
def test_two_tables_do_not_become_one_when_what_stands_between_them_goes(name: str) -> None:
    body = "".join([_TABLE, *_BETWEEN[name], _TABLE, p("{{ v }}"), p("end")])
    gone = _shapes_of(body, x=False, v="", xs=[])
    assert gone == ["tbl", "", "tbl", "end"]
    kept = _shapes_of(body, x=True, v="", xs=[1])
    assert kept == (["tbl", "", "tbl", "end"] if name == "value" else ["tbl", _KEPT[name], "tbl", "end"])


def test_paragraphs_beside_one_table_still_go() -> None:
    body = "".join([p("{{ v }}"), _TABLE, p("{{ v }}"), p("said"), p("{{ v }}"), _TABLE, p("end")])
    assert _shapes_of(body, v="") == ["tbl", "said", "tbl", "end"]


_TABLE = tbl(tr(tc("a"), tc("b")))
_KEPT = {"condition": "Total", "two": "Total", "loop": "item", "paragraphs": "Total"}


def _shapes_of(body: str, **data: object) -> list[str]:
    """What stands in the body: "tbl" or the text of a paragraph."""
    made, problems = fill(word(body), data)
    assert made is not None, problems
    found = word_texts(made)
    return ["tbl" if isinstance(each, list) else each for each in found]


_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


@pytest.mark.parametrize("item", ["{{ x.a }}", "{% if x.a %}a{% endif %}", "{{ x.a }}{{ x.b }}"])
def test_numbered_item_without_text_disappears_in_every_turn_of_a_loop(item: str) -> None:
    items = p(item, properties=_NUMBERED) + p("kept", properties=_NUMBERED)
    body = p("{%p for x in xs %}") + p("head") + items + p("{%p endfor %}")
    made = _body(body, xs=[{"a": "", "b": ""}, {"a": "", "b": ""}])
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>", made) == ["head", "kept"] * 2
    assert len(re.findall("<w:p[ />]", made)) == 4


@pytest.mark.parametrize(
    "content",
    [
        p("{{ y }}", properties=_NUMBERED),
        p("{% if y %}a{% endif %}", properties=_NUMBERED) * 2,
        p("{%p for x in y %}")
        + p("{%p for z in x %}")
        + p("{{ z }}", properties=_NUMBERED)
        + p("{%p endfor %}")
        + p("{%p endfor %}"),
    ],
)
@pytest.mark.parametrize("empty", [[], [[]]])
def test_paragraph_a_cell_keeps_shows_no_number(content: str, empty: list[object]) -> None:
    made = _body(tbl(tr(tc(content), "k")), y=empty if "for z" in content else "")
    assert len(re.findall("<w:p[ />]", made)) == 2
    assert "numPr" not in made
