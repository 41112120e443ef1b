"""Values that run the other way than the run of Word they are written into: Arabic in Latin text, Latin in Hebrew text."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from template_builders import word

from collateral.ooxml import fill


def _said(made: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [(text, turned) for text, turned in made if text]


def _directions(paragraph: str, **values: object) -> list[tuple[str, bool]]:
    made, found = fill(word(paragraph), values)
    assert made is not None and found == []
    runs = Document(BytesIO(made)).paragraphs[0].runs
    return _said([(run.text, run._r.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None) for run in runs])


def _run(text: str, properties: str = "") -> str:
    return f'<w:p><w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_arabic_value_of_a_tag_typed_with_a_latin_keyboard_runs_from_right_to_left() -> None:
    name = "شركة النور (ذ.م.م)"
    assert _directions(_run("To {{ x }}!"), x=name) == [("To ", False), (name, True), ("!", False)]
    assert _directions(_run("To {{ x }}!"), x="We met people of شركة النور & Co <1>") == [
        ("To We met people of ", False), ("شركة النور", True), (" & Co <1>!", False),
    ]  # fmt: skip


def test_latin_value_in_a_run_from_right_to_left_has_a_run_of_its_own() -> None:
    made = _directions(_run("إلى {{ x }}", "<w:rtl/>"), x="Smith & Sons 24")
    assert made == [("إلى ", True), ("Smith & Sons 24", False)]
    assert _directions(_run("إلى {{ x }}", "<w:rtl/>"), x="31%") == [("إلى 31%", True)]


def test_arabic_value_is_as_bold_and_large_as_its_tag() -> None:
    made, _ = fill(word(_run("{{ x }}", '<w:b/><w:sz w:val="40"/><w:lang w:val="en-US"/>')), {"x": "النور"})
    assert made is not None
    turned = [run._r.rPr for run in Document(BytesIO(made)).paragraphs[0].runs if run.text]
    assert [child.tag.split("}")[1] for child in turned[0]] == ["b", "bCs", "sz", "szCs", "rtl", "lang"]


def test_lines_and_tabs_of_an_arabic_value_stay() -> None:
    made, _ = fill(word(_run("{{ x }}")), {"x": "النور\nالعمل\tb"})
    assert made is not None
    assert Document(BytesIO(made)).paragraphs[0].text == "النور\nالعمل\tb"


def test_list_of_arabic_values_alone_in_a_cell_keeps_their_direction() -> None:
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{_run('{{ x }}')}</w:tc></w:tr></w:tbl>"
    made, _ = fill(word(table), {"x": ["أول", "second"]})
    assert made is not None
    cell = Document(BytesIO(made)).tables[0].cell(0, 0)
    assert [p.text for p in cell.paragraphs] == ["أول", "second"]
    assert len(cell._tc.findall(f".//{qn('w:rtl')}")) == 1
