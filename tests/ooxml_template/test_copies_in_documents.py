"""What a loop of a document repeats stays itself: numbers, names and references of each copy; and no directive tears it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from template_builders import W, filled, member, p, problems_of, word

from collateral.ooxml import fill

AUTHOR = 'w:author="Ann" w:date="2026-01-01T00:00:00Z"'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


def line(*pieces: str) -> str:
    return f"<w:p>{''.join(pieces)}</w:p>"


def looped(*lines: str) -> str:
    return "".join([p("{%p for x in xs %}"), *lines, p("{%p endfor %}")])


def body_of(body: str, **data: Any) -> str:
    made, problems = fill(word(body), {"xs": [1, 2], **data})
    assert made is not None, problems
    assert problems == []
    return member(made, "word/document.xml").partition("<w:body>")[2]


BOOKMARK = '<w:bookmarkStart w:id="1" w:name="item"/>', '<w:bookmarkEnd w:id="1"/>'


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (f'<w:hyperlink w:anchor="item">{run("see")}</w:hyperlink>', 'w:anchor="{}"'),
        (
            char("begin") + code("PAGEREF item \\h") + char("separate") + run("1") + char("end"),
            " PAGEREF {} \\h ",
        ),
        (f'<w:fldSimple w:instr=" REF item \\h ">{run("x")}</w:fldSimple>', " REF {} \\h "),
        (
            char("begin") + code('HYPERLINK \\l "item"') + char("separate") + run("1") + char("end"),
            '\\l "{}"',
        ),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_reference_in_a_loop_leads_to_the_bookmark_of_its_own_turn(
    reference: str, expected: str, first: bool
) -> None:
    mark = line(BOOKMARK[0], run("{{ x }}"), BOOKMARK[1])
    lines = [line(reference), mark] if first else [mark, line(reference)]
    xml = body_of(looped(*lines) + line(reference))
    asked = re.escape(expected).replace(re.escape("{}"), "(item(?:_2)?)")
    assert re.findall(asked, xml) == ["item", "item_2", "item"]


def test_form_field_keeps_the_name_of_its_bookmark_in_every_copy() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="item"/></w:ffData></w:fldChar></w:r>'
    )
    field = line(
        begin, BOOKMARK[0], code("FORMTEXT"), char("separate"), run("{{ x }}"), char("end"), BOOKMARK[1]
    )
    xml = body_of(looped(field))
    assert re.findall(r'w:(?:name w:val|name)="(\w+)"', xml) == ["item", "item", "item_2", "item_2"]


def test_name_of_a_copied_bookmark_is_no_longer_than_word_takes_it() -> None:
    mark = line('<w:bookmarkStart w:id="1" w:name="' + "n" * 40 + '"/>', run("{{ x }}"), BOOKMARK[1])
    assert re.findall(r'w:name="(n\w+)"', body_of(looped(mark))) == ["n" * 40, "n" * 38 + "_2"]


@pytest.mark.parametrize(
    "body",
    [
        looped(line(BOOKMARK[0], run("{{ x }}"))) + line(BOOKMARK[1]),
        line(BOOKMARK[0]) + looped(line(run("{{ x }}"), BOOKMARK[1])),
        line(BOOKMARK[0]) + p("{%p if c %}") + line(run("a"), BOOKMARK[1]) + p("{%p endif %}"),
        p("{%p if c %}") + line(BOOKMARK[0]) + p("{%p else %}") + line(BOOKMARK[1]) + p("{%p endif %}"),
    ],
)
@pytest.mark.parametrize("c", [True, False])
def test_bookmark_is_never_parted_from_its_end(body: str, c: bool) -> None:
    xml = body_of(body, c=c)
    starts = re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)
    assert starts == re.findall(r'<w:bookmarkEnd w:id="(\d+)"', xml)
    assert len(set(starts)) == len(starts)


def test_copies_of_tracked_changes_controls_and_ranges_have_numbers_of_their_own() -> None:
    xml = body_of(
        looped(
            line(
                f'<w:del w:id="5" {AUTHOR}><w:r><w:delText>old</w:delText></w:r></w:del>',
                f'<w:ins w:id="6" {AUTHOR}>{run("{{ x }}")}</w:ins>',
                '<w:permStart w:id="7" w:edGrp="everyone"/>',
                f'<w:sdt><w:sdtPr><w:id w:val="8"/></w:sdtPr><w:sdtContent>{run("{{ x }}")}</w:sdtContent></w:sdt>',
                '<w:permEnd w:id="7"/>',
            )
        )
    )
    for pattern in (r'<w:(?:ins|del|permStart) w:id="(\d+)"', r'<w:sdtPr><w:id w:val="(\d+)"'):
        numbers = re.findall(pattern, xml)
        assert len(set(numbers)) == len(numbers) > 1
    assert re.findall(r'<w:permStart w:id="(\d+)"', xml) == re.findall(r'<w:permEnd w:id="(\d+)"', xml)


def test_copied_paragraphs_have_no_number_that_must_be_the_only_one() -> None:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    numbered = f'<w:p xmlns:w14="{w14}" w14:paraId="12345678" w14:textId="77777777">{run("{{ x }}")}</w:p>'
    assert "12345678" not in body_of(looped(numbered))


def test_older_shapes_and_the_objects_they_show_keep_together() -> None:
    v, o = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
    shape = f'<v:shape xmlns:v="{v}" id="_x0000_i1025" style="width:9pt;height:9pt"/>'
    shown = f'<o:OLEObject xmlns:o="{o}" Type="Link" ProgID="X" ShapeID="_x0000_i1025" DrawAspect="Content" ObjectID="_1"/>'
    xml = body_of(looped(line(run("{{ x }}"), f"<w:r><w:object>{shape}{shown}</w:object></w:r>")))
    names = re.findall(r'(?:v:shape [^>]*id|ShapeID)="(\w+)"', xml)
    assert names == ["_x0000_i1025", "_x0000_i1025", "_x0000_i1025_2", "_x0000_i1025_2"]


FIELD = [char("begin"), code("PAGE"), char("separate"), run("1"), char("end")]


@pytest.mark.parametrize(
    "pieces",
    [
        [run("{% if c %}"), *FIELD[:4], run("{% endif %}"), FIELD[4]],
        [*FIELD[:2], run("{% if c %}"), *FIELD[2:], run("{% endif %}z")],
        [run("{% for x in xs %}"), *FIELD[:3], run("{{ x }}{% endfor %}"), FIELD[4]],
        [run("{% if c %}"), *FIELD[:2], run("{% else %}a{% endif %}"), *FIELD[2:]],
    ],
)
def test_directive_that_would_part_a_field_from_its_end_is_refused(pieces: list[str]) -> None:
    found = problems_of(line(*pieces), c=1, xs=[1])
    assert [d.code for d in found] == ["tag-misplaced"]
    assert "part a field from its end" in found[0].message


def test_whole_fields_and_what_a_field_shows_may_be_governed() -> None:
    shown = [*FIELD[:3], run("{% if c %}one{% else %}two{% endif %}"), FIELD[4]]
    whole = [run("{% if c %}"), *FIELD, run("{% else %}"), *FIELD, run("{% endif %}")]
    assert filled(line(*shown) + line(*whole), c=1) == ["one", "1"]


NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="2"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="91"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_list_that_starts_over_starts_where_it_was_drawn_to_start() -> None:
    import io

    document = Document(io.BytesIO(word("")))
    part = document.part.numbering_part
    for child in list(part.element):
        part.element.remove(child)
    part.element.extend(list(parse_xml(NUMBERING)))
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'
    body = looped(p("{%p for y in x %}"), p("{{ y }}", properties=listed), p("{%p endfor %}"))
    for at, child in enumerate(list(parse_xml(f'<w:body xmlns:w="{W}">{body}</w:body>'))):
        document.element.body.insert(at, child)
    saved = io.BytesIO()
    document.save(saved)
    made, problems = fill(saved.getvalue(), {"xs": [["a"], ["b"]]})
    assert made is not None, problems
    added = member(made, "word/numbering.xml").partition('w:numId="92"')[2]
    assert re.findall(r'w:startOverride w:val="(\d)"', added) == ["7", "2"]


def test_line_break_of_office_in_a_value_breaks_the_line() -> None:
    assert filled(p("{{ x }}"), x="a\x0bb") == ["a\nb"]


@pytest.mark.parametrize("directive", ["{%p if c %}", "{%p for y in xs %}"])
def test_bookmark_in_a_text_box_is_whole_in_both_of_its_forms(directive: str) -> None:
    start, end = BOOKMARK
    inner = p(directive) + line(start, run("x"), end) + p("{%p end" + directive.split()[1] + " %}")
    mc, wps = "http://schemas.openxmlformats.org/markup-compatibility/2006", "urn:x"
    both = (
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps" xmlns:wps="{wps}"><w:drawing>'
        f"<w:txbxContent>{inner}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    made = body_of(line(both), c=True)
    for form in ("mc:Choice", "mc:Fallback"):
        content = made.partition(f"<{form}")[2].partition(f"</{form}>")[0]
        ends = re.findall(r'<w:bookmarkEnd w:id="(\d+)"', content)
        assert ends == re.findall(r'<w:bookmarkStart w:id="(\d+)"', content) != []
