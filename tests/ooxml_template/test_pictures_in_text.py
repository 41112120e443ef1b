"""Pictures in the running text of documents: what docxtpl calls an InlineImage."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm, Emu, Inches, Mm, Pt
from template_builders import deck, filled, image, names_in, p, png, problems_of, tbl, tc, tr, word

from collateral.diagnostics import Diagnostic
from collateral.ooxml import compile_template, fill, inspect, load_picture
from collateral.ooxml.template.compiling.inspect import to_json_schema
from collateral.ooxml.values import Image

LOGO = image(400, 100)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><rect width="9" height="9"/></svg>'
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def shown(source: bytes | str, /, **data: Any) -> Any:
    """The document that came out."""
    made, problems = fill(word(source) if isinstance(source, str) else source, data, file="letter.docx")
    assert made is not None, [d.message for d in problems]
    return Document(io.BytesIO(made))


def sizes(source: bytes | str, /, **data: Any) -> list[tuple[float, float]]:
    """Width and height of each picture in millimetres."""
    return [
        (round(s.width.mm, 1), round(s.height.mm, 1))
        for s in shown(source, **{"logo": LOGO, **data}).inline_shapes
    ]


def said(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.code, str(d.at)) for d in found]


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbers(part: Any) -> list[str]:
    return [drawing.get("id") for drawing in part.element.iter(f"{WP}docPr")]


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ('width="20mm"', (20, 5)),
        ('height="1cm"', (40, 10)),
        ('width="1in", height="1in"', (25.4, 6.3)),
        ('width="36pt"', (12.7, 3.2)),
        ('height="96 px"', (101.6, 25.4)),
        ("width=wide", (30, 7.5)),
        ("width=wide, height=none_ | default('')", (30, 7.5)),
        ('width="30cm"', (300, 75)),
    ],
)
def test_picture_is_as_large_as_the_tag_asks_in_its_own_proportions(
    asked: str, size: tuple[float, float]
) -> None:
    assert sizes(p("{{ picture(logo, " + asked + ") }}"), wide="3cm") == [size]


def test_picture_without_a_size_is_as_large_as_its_file_says() -> None:
    assert sizes(p("{{ picture(logo) }}")) == [(105.8, 26.5)]
    printed = Image(LOGO.data, "image/png", 400, 100, "printed", dpi=300)
    assert sizes(p("{{ picture(logo) }}"), logo=printed) == [(33.9, 8.5)]


def test_picture_stands_between_the_words_around_it_and_leaves_their_look() -> None:
    made = shown(p("Signed ", "*by {{ picture(hand, height='5mm') }} today"), hand=LOGO)
    runs = [
        (r.text or (r._element.findall(".//" + WP + "inline") and "!"), r.bold)
        for r in made.paragraphs[0].runs
    ]
    assert [one for one in runs if one[0]] == [
        ("Signed ", None),
        ("by ", True),
        ("!", None),
        (" today", True),
    ]


def test_value_that_is_a_picture_needs_no_call_and_may_bring_its_size() -> None:
    assert sizes(p("{{ logo }}"), logo=LOGO.shown(alt="", width=Mm(20))) == [(20, 5)]
    assert sizes(p("{{ picture(logo, height='1cm') }}"), logo=LOGO.shown(alt="", width=Mm(20))) == [(40, 10)]
    assert sizes(p("{{ logos }}"), logos=[LOGO, LOGO]) == [(105.8, 26.5)] * 2


def test_list_of_pictures_in_a_cell_gets_a_paragraph_each() -> None:
    made = shown(tbl(tr("{{ logos }}", "b")), logos=[LOGO, LOGO])
    assert len(made.tables[0].cell(0, 0).paragraphs) == 2
    assert len(made.inline_shapes) == 2


def test_large_picture_is_no_wider_than_the_text_and_no_taller_than_a_page() -> None:
    made = shown(
        p("{{ picture(wide) }}") + p("{{ picture(tall) }}"), wide=image(4000, 40), tall=image(10, 4000)
    )
    section = made.sections[0]
    text = section.page_width - section.left_margin - section.right_margin
    assert [made.inline_shapes[0].width, made.inline_shapes[1].height] == [text, Cm(20)]


@pytest.mark.parametrize(
    ("cell", "twips"),
    [
        ("<w:tcPr><w:tcW w:w='3000' w:type='dxa'/></w:tcPr>", 3000 - 216),
        ("", 2000 - 216),
        ("<w:tcPr><w:tcW w:w='0' w:type='auto'/><w:gridSpan w:val='2'/></w:tcPr>", 4000 - 216),
        (
            "<w:tcPr><w:tcMar><w:left w:w='0' w:type='dxa'/><w:right w:w='20' w:type='dxa'/></w:tcMar></w:tcPr>",
            1980,
        ),
    ],
)
def test_picture_in_a_cell_is_no_wider_than_the_cell(cell: str, twips: int) -> None:
    body = tbl(f"<w:tr><w:tc>{cell}{p('{{ picture(wide) }}')}</w:tc></w:tr>")
    assert [s.width for s in shown(body, wide=image(4000, 40)).inline_shapes] == [twips * 635]


def test_picture_keeps_to_the_columns_and_indents_it_stands_in() -> None:
    size = '<w:pgSz w:w="12000" w:h="16000"/><w:pgMar w:left="1000" w:right="1000" w:top="1" w:bottom="1"/>'
    first = p("", properties=f'<w:sectPr>{size}<w:cols w:num="2" w:space="400"/></w:sectPr>')
    tag = "{{ picture(wide) }}"
    body = p(tag) + first + p(tag) + p(tag, properties='<w:ind w:left="500" w:right="100"/>')
    document = Document(io.BytesIO(word(body)))
    section = document.sections[-1]
    section.page_width, section.left_margin, section.right_margin = Pt(500), Pt(50), Pt(50)
    made = shown(saved(document), wide=image(4000, 40))
    assert [s.width for s in made.inline_shapes] == [4800 * 635, Pt(400), Pt(370)]


@pytest.mark.parametrize(
    "box",
    [
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1828800" cy="914400"/>'
        '<wp:docPr id="7" name="Box"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1828800" cy="914400"/></a:xfrm></wps:spPr><wps:txbx>%s'
        "</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>",
        '<w:pict><v:shape style="width:144pt;height:72pt"><v:textbox>%s</v:textbox></v:shape></w:pict>',
    ],
)
def test_picture_in_a_text_box_is_no_wider_than_the_box(box: str) -> None:
    spaces = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    content = f"<w:txbxContent>{p('{{ picture(wide) }}')}</w:txbxContent>"
    made = shown(f"<w:p {spaces}><w:r>{box % content}</w:r></w:p>", wide=image(4000, 40))
    inner = next(
        made.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent")
    )
    assert [int(e.get("cx")) for e in inner.iter(f"{WP}extent")] == [Inches(1.8)]


def test_loops_over_rows_and_paragraphs_give_each_picture_a_number_of_its_own() -> None:
    rows = tbl(
        tr("{%tr for x in rows %}", ""),
        tr("{{ x.name }}", "{{ picture(x.photo) }}"),
        tr("{%tr endfor %}", ""),
    )
    lines = p("{%p for x in rows %}") + p("{{ picture(x.photo, width='1cm') }}") + p("{%p endfor %}")
    inline = p("{% for x in rows %}{{ picture(x.photo, width='1cm') }}{% endfor %}")
    people = [{"name": name, "photo": image(20, 20, name)} for name in ("red", "green", "blue")]
    made = shown(rows + lines + inline, rows=people)
    assert len(made.inline_shapes) == 9
    assert len(set(numbers(made.part))) == 9
    assert len(made.tables[0].rows) == 3
    related = [
        made.part.related_parts[s._inline.graphic.graphicData.pic.blipFill.blip.embed]
        for s in made.inline_shapes
    ]
    assert [one.blob for one in related] == [person["photo"].data for person in people] * 3


def test_headers_have_relationships_of_their_own_and_all_share_one_copy_of_the_picture() -> None:
    document = Document(io.BytesIO(word(p("{{ picture(logo) }}") + p("{{ picture(logo, width='9mm') }}"))))
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ picture(logo, height='1cm') }}"
    section.footer.paragraphs[0].text = "{{ picture(wide) }}"
    drawn = document.add_paragraph().add_run().add_picture(io.BytesIO(png(4, 4)), Mm(10))
    drawn._inline.docPr.set("descr", "{{ logo }}")
    data, found = fill(saved(document), {"logo": LOGO, "wide": image(4000, 40)}, file="letter.docx")
    assert data is not None and not found
    assert len([n for n in names_in(data) if n.startswith("word/media/")]) == 2
    made = Document(io.BytesIO(data))
    header, footer = made.sections[0].header, made.sections[0].footer
    assert [len(r.part.rels) for r in (header, footer)] == [1, 1]
    text = section.page_width - section.left_margin - section.right_margin
    assert next(footer._element.iter(f"{WP}extent")).get("cx") == str(int(text))
    all_numbers = [*numbers(made.part), *numbers(header.part), *numbers(footer.part)]
    assert len(all_numbers) == len(set(all_numbers)) == 5


def test_picture_is_sound_xml_in_a_document_with_other_prefixes() -> None:
    plain = word(p("a {{ picture(logo) }} b"))
    odd = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(odd, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                for mine in (b"<%s:", b"</%s:", b"xmlns:%s=", b" %s:"):
                    data = data.replace(mine % b"w", mine % b"q")
            target.writestr(name, data)
    assert len(shown(odd.getvalue(), logo=LOGO).inline_shapes) == 1


def test_filled_document_can_be_a_template_again() -> None:
    first, _ = fill(
        word(p("{{ picture(logo) }}") + p("{_{ picture(logo) }_}")), {"logo": LOGO}, file="a.docx"
    )
    assert first is not None
    made = shown(first, logo=image(9, 9, "green"))
    assert len(made.inline_shapes) == len(set(numbers(made.part))) == 2


def test_alternative_text_is_the_tags_or_the_values() -> None:
    body = p("{{ picture(logo) }}") + p("{{ picture(logo, alt='The \"mark\" of ' ~ name) }}")
    made = shown(body, logo=LOGO.shown(alt="Our logo"), name="Smith & <Sons>")
    assert [s._inline.docPr.get("descr") for s in made.inline_shapes] == [
        "Our logo",
        'The "mark" of Smith & <Sons>',
    ]


def test_vector_picture_has_its_drawing_and_a_stand_in() -> None:
    logo, _ = load_picture(SVG, alt="A square")
    data, _ = fill(word(p("{{ picture(logo) }}")), {"logo": logo}, file="letter.docx")
    assert data is not None
    assert [n.rpartition(".")[2] for n in names_in(data) if "media" in n] == ["png", "svg"]
    assert Document(io.BytesIO(data)).inline_shapes[0].width == Inches(1)


@pytest.mark.parametrize("value", ["", "  "])
def test_empty_picture_is_an_empty_value(value: str) -> None:
    body = p("first") + p("{{ picture(logo) }}") + p("a{{ picture(logo) }}b")
    assert filled(body, logo=value) == ["first", "ab"]
    soft = (
        p("{{ picture(gone | default('')) }}") + p("{% if gone %}{{ picture(gone) }}{% endif %}") + p("last")
    )
    assert filled(soft, gone=None) == ["last"]


def test_missing_picture_is_reported_like_any_missing_value() -> None:
    body = p("first") + p("{{ picture(logo, width='2cm') }}")
    for data in ({}, {"logo": None}):
        (found,) = problems_of(body, **data)
        assert (found.code, str(found.at)) == (
            "missing-value",
            "letter.docx › word/document.xml › paragraph 2",
        )
        assert '"logo"' in found.message and "picture(logo, width='2cm')" in found.message


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ picture(name) }}", "value-unusable"),
        ("{{ picture(lines) }}", "value-unusable"),
        ("{{ picture(logo, width=name) }}", "value-unusable"),
        ("{{ picture(logo, alt=lines) }}", "value-unusable"),
        ("{{ picture(logo, width='20') }}", "bad-arguments"),
        ("{{ picture(logo, width=20) }}", "bad-arguments"),
        ("{{ picture(logo, width='0mm') }}", "bad-arguments"),
        ("{{ picture(logo, width='60cm') }}", "bad-arguments"),
        ("{{ picture(logo, size='2cm') }}", "bad-arguments"),
        ("{{ picture(logo, '2cm') }}", "bad-arguments"),
        ("{{ picture() }}", "bad-arguments"),
        ("{{ picture(logo) | upper }}", "tag-misplaced"),
        ("{{ picture(logo) ~ 'x' }}", "tag-misplaced"),
        ("{% set a = picture(logo) %}", "tag-misplaced"),
    ],
)
def test_wrong_tag_is_named_with_its_place(tag: str, code: str) -> None:
    (found,) = problems_of(p("first") + p(tag), logo=LOGO, name="Els", lines=["a"])
    assert (found.code, str(found.at)) == (code, "letter.docx › word/document.xml › paragraph 2")
    assert tag in found.message


@pytest.mark.parametrize("tag", ["{{ picture(logo) }}", "{{ logo }}"])
@pytest.mark.parametrize(
    "around",
    [
        '<w:p><w:fldSimple w:instr="DOCPROPERTY %s"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DOCPROPERTY %s</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>%s</m:t></m:r>'
        "</m:oMath></w:p>",
    ],
)
def test_codes_of_fields_and_formulas_hold_no_pictures(around: str, tag: str) -> None:
    found = problems_of(around % tag, logo=LOGO)
    assert [d.code for d in found] == ["tag-misplaced" if "(" in tag else "value-unusable"]


@pytest.mark.parametrize(
    "one", [{"boxes": {"Note": "{{ picture(logo) }}"}}, {"picture": "{{ picture(logo) or 1 }} x"}]
)
def test_on_slides_the_hint_says_to_draw_the_picture(one: dict[str, Any]) -> None:
    _, found = compile_template(deck(one), file="pitch.pptx")
    assert [d.code for d in found] == ["tag-misplaced"]
    assert found[0].at.slide == 1
    assert "put {{ logo }} into its alt text" in found[0].hints[0]


def test_picture_among_the_values_of_a_slides_text_is_refused() -> None:
    _, found = fill(deck({"boxes": {"Note": "{{ logo }}"}}), {"logo": LOGO}, file="pitch.pptx")
    assert [d.code for d in found] == ["value-unusable"]
    assert "alt text" in found[0].message


def test_contract_says_that_the_field_is_a_picture() -> None:
    body = (
        p("{%p for x in rows %}") + p("{{ picture(x.photo, width=x.wide, alt=x.name) }}") + p("{%p endfor %}")
    )
    found, _ = inspect(word(body + p("{{ picture(logo | default('')) }}")), file="letter.docx")
    assert found is not None
    kinds = {f.path: (f.kind, f.optional) for f in found.fields}
    assert kinds["rows[].photo"] == ("picture", False)
    assert kinds["logo"] == ("picture", True)
    assert {"rows[].wide", "rows[].name"} <= kinds.keys()
    schema = to_json_schema(found)
    assert schema["properties"]["logo"]["description"] == "the path of a picture"
    assert schema["required"] == ["rows"]


def test_pictures_count_against_what_a_piece_may_write() -> None:
    loops = "{% for a in range(1000) %}{% for b in range(1000) %}{{ picture(logo) }}{% endfor %}{% endfor %}"
    (found,) = problems_of(p(loops), logo=LOGO)
    assert found.code == "piece-too-large"


def test_picture_loaded_from_a_file_knows_its_size_and_words(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(LOGO.data)
    logo, found = load_picture(tmp_path / "logo.png", width="20mm", alt="Logo")
    assert logo is not None and not found
    (shape,) = shown(p("{{ logo }}"), logo=logo).inline_shapes
    assert (shape.width, shape._inline.docPr.get("descr")) == (Mm(20), "Logo")


def test_picture_that_cannot_be_loaded_says_why(tmp_path: Path) -> None:
    (tmp_path / "letter.png").write_bytes(b"not a picture")
    assert said(load_picture(tmp_path / "gone.png")[1]) == [("missing-picture", "gone.png")]
    assert said(load_picture(tmp_path / "letter.png")[1]) == [("unusable-picture", "letter.png")]
    assert said(load_picture(LOGO.data, width="2 ells")[1]) == [("bad-length", "picture")]


def test_picture_in_a_narrow_cell_of_a_nested_table_fits() -> None:
    inner = tbl("<w:tr>" + tc(p("{{ picture(wide) }}")) + "</w:tr>", columns=1)
    made = shown(tbl("<w:tr>" + tc(inner, p("")) + tc(p("b")) + "</w:tr>"), wide=image(4000, 40))
    extent = next(made.element.body.iter(f"{WP}extent"))
    assert Emu(int(extent.get("cx"))) == (2000 - 216) * 635


@pytest.mark.parametrize(
    "loops",
    [
        "{% for x in rows %}",
        "{% for row in rows | batch(3) %}{% for x in row %}",
        "{% for city, group in rows | groupby('city') %}{% for x in group %}",
    ],
)
def test_contract_knows_the_items_of_a_list_in_parts(loops: str) -> None:
    body = p(loops + "{{ picture(x.photo) }}" + "{% endfor %}" * loops.count("for "))
    found, _ = inspect(word(body), file="letter.docx")
    assert found is not None
    assert ("rows[].photo", "picture") in [(f.path, f.kind) for f in found.fields]


EXACT = '<w:spacing w:line="280" w:lineRule="exact"/>'


@pytest.mark.parametrize(
    ("body", "high"),
    [
        (p("{{ picture(logo) }}", properties=EXACT), "14 pt"),
        (p("{{ picture(logo, height='15pt') }}", properties=EXACT), "14 pt"),
        (p("{{ picture(logo) }}", properties='<w:pStyle w:val="Tight"/><w:spacing w:after="0"/>'), "12 pt"),
        (
            tbl(
                tr("{{ picture(logo) }}").replace(
                    "<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="200" w:hRule="exact"/></w:trPr>'
                )
            ),
            "10 pt",
        ),
        (p("{{ picture(logo, height='14pt') }}", properties=EXACT), ""),
        (p("{{ logo }} {{ name }}", properties=EXACT), ""),
        (p("{{ picture(logo) }}", properties='<w:spacing w:line="280" w:lineRule="atLeast"/>'), ""),
        (p("{{ picture(logo) }}", properties='<w:pStyle w:val="Tight"/><w:spacing w:line="240"/>'), ""),
    ],
)
def test_picture_that_word_would_cut_off_is_warned_of(body: str, high: str) -> None:
    document = Document(io.BytesIO(word(body)))
    base = document.styles.add_style("Base", 1)
    base.paragraph_format.line_spacing = Pt(12)
    document.styles.add_style("Tight", 1).base_style = base
    made, found = fill(saved(document), {"logo": LOGO, "name": "x"}, file="letter.docx")
    assert made is not None
    assert [d.code for d in found] == ["picture-cut-off"] * bool(high)
    assert all(high in d.message and d.at is not None for d in found)
