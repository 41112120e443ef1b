"""Footnotes, endnotes and reviewers' comments whose place a loop repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from template_builders import W, _saved, member, p, tbl, tr

from collateral.diagnostics import Diagnostic
from collateral.ooxml import fill

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{W}" xmlns:r="{OFFICE}"'
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


def line(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def noted(body: str, *notes: str, kind: str = "footnote", links: Sequence[str] = ()) -> bytes:
    """A document whose notes, numbered from 1, hold these paragraphs. `links` are the addresses of rId1 and so on in them."""
    document = Document()
    written = "".join(f'<w:{kind} w:id="{at}">{note}</w:{kind}>' for at, note in enumerate(notes, 1))
    xml = f"<w:{kind}s {SPACES}>{written}</w:{kind}s>"
    made = Part(PackURI(f"/word/{kind}s.xml"), KIND.format(f"{kind}s"), xml.encode(), document.part.package)
    for address in links:
        made.relate_to(address, f"{OFFICE}/hyperlink", is_external=True)
    document.part.relate_to(made, f"{OFFICE}/{kind}s")
    for at, child in enumerate(list(etree.fromstring(f"<r {SPACES}>{body}</r>"))):
        document.element.body.insert(at, child)
    return _saved(document)


def linked(text: str, relation: str = "rId1") -> str:
    return f'<w:p><w:hyperlink r:id="{relation}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink></w:p>'


def referring(text: str, number: int = 1, kind: str = "footnote") -> str:
    run = f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{run}</w:p>"


def looped(*lines: str, over: str = "x in xs") -> str:
    return "".join([p(f"{{%p for {over} %}}"), *lines, p("{%p endfor %}")])


def notes_of(source: bytes, kind: str = "footnote", **data: Any) -> list[str]:
    """The texts of the notes in the order in which the document refers to them; there are no others."""
    made, problems = fill(source, {"xs": ["a", "b"], **data})
    assert made is not None, problems
    asked = re.findall(rf'<w:{kind}Reference w:id="(\d+)"', member(made, "word/document.xml"))
    root = etree.fromstring(member(made, f"word/{kind}s.xml").encode())
    texts = {note.get(f"{{{W}}}id"): "|".join(_lines(note)) for note in root}
    assert sorted(asked) == sorted(str(number) for number in texts)
    return [texts[number] for number in asked]


def _lines(note: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in q.iter(f"{{{W}}}t")) for q in note.iter(f"{{{W}}}p")]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_every_turn_has_a_note_of_its_own(kind: str) -> None:
    body = looped(referring("{{ x }}", 1, kind)) + referring("rest", 2, kind)
    source = noted(body, line("about {{ x }}, {{ loop.index }} of {{ n }}"), line("plain"), kind=kind)
    assert notes_of(source, kind, n=2) == ["about a, 1 of 2", "about b, 2 of 2", "plain"]


def test_note_without_tags_is_copied_too() -> None:
    assert notes_of(noted(looped(referring("{{ x }}")), line("same"))) == ["same", "same"]


def test_notes_are_numbered_in_the_order_of_the_text() -> None:
    body = looped(referring("{{ x }}", 2)) + referring("rest", 1)
    made, _ = fill(noted(body, line("last"), line("{{ x }}")), {"xs": ["a", "b"]})
    assert made is not None
    xml = member(made, "word/document.xml"), member(made, "word/footnotes.xml")
    assert [re.findall(r'<w:footnote(?:Reference)? w:id="(\d)"', each) for each in xml] == [
        ["1", "2", "3"]
    ] * 2


def test_no_turn_leaves_no_note() -> None:
    assert notes_of(noted(looped(referring("{{ x }}")), line("{{ x }}")), xs=[]) == []


def test_notes_know_what_their_turn_set_and_have_directives_of_their_own() -> None:
    note = "".join(
        line(text)
        for text in (
            "{{ big }}{% if x.more %}, more{% endif %}",
            "{%p for y in x.ys %}",
            "{{ y }}",
            "{%p endfor %}",
        )
    )
    body = looped(p("{%p set big = x.n | upper %}"), referring("{{ x.n }}"))
    xs = [{"n": "a", "ys": [1, 2], "more": True}, {"n": "b", "ys": [], "more": False}]
    assert notes_of(noted(body, note), xs=xs) == ["A, more|1|2", "B"]


def test_notes_of_rows_and_of_loops_in_loops() -> None:
    rows = tbl(
        tr("{%tr for x in xs %}", ""),
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{referring("{{ x }}")}</w:tc></w:tr>',
        tr("{%tr endfor %}", ""),
        columns=1,
    ).replace("<w:tbl>", f"<w:tbl {SPACES}>")
    inner = looped(looped(referring("{{ y }}", 2), over="y in ['c', 'd']"))
    found = notes_of(noted(rows + inner, line("r{{ x }}"), line("{{ x }}{{ y }}")))
    assert found == ["ra", "rb", "ac", "ad", "bc", "bd"]


def test_value_missing_in_a_note_names_it() -> None:
    found = _problems(noted(looped(referring("{{ x }}")), line("{{ who }}")))
    assert [(d.message, d.at.shape if d.at else "") for d in found if d.code == "missing-value"] == [  # type: ignore[union-attr]
        ('no value for "who" in "{{ who }}", in turn 1, 2 of its loop', "footnote")
    ]


def addresses_of(source: bytes, part: str = "footnotes", **data: Any) -> list[str]:
    """Where the links of a part lead, in order."""
    made, problems = fill(source, {"xs": ["a", "b"], **data})
    assert made is not None, problems
    rels = etree.fromstring(member(made, f"word/_rels/{part}.xml.rels").encode())
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels if "hyperlink" in rel.get("Type", "")}
    found = re.findall(r'<w:hyperlink r:id="([^"]*)"', member(made, f"word/{part}.xml"))
    assert set(found) == set(targets)
    return [targets[rel_id] for rel_id in found]


def test_note_with_a_link_is_each_turns_own() -> None:
    source = noted(looped(referring("{{ x }}")), linked("see {{ x }}"), links=["https://one.example/"])
    assert notes_of(source) == ["see a", "see b"]
    assert addresses_of(source) == ["https://one.example/"] * 2
    assert addresses_of(source, xs=["c"]) == ["https://one.example/"]


def test_link_of_a_note_leads_to_its_turns_address() -> None:
    address = "https://one.example/{{ x }}"
    body = looped(referring("{{ x }}", 1)) + referring("rest", 2)
    source = noted(body, linked("see"), linked("that", "rId2"), links=[address, "https://two.example/"])
    found = ["https://one.example/a", "https://one.example/b", "https://two.example/"]
    assert addresses_of(source) == found


def test_links_of_notes_and_of_the_text_are_kept_apart() -> None:
    body = looped(referring("{{ x }}")).replace("<w:t>{{ x }}", "<w:t>of {{ x }}")
    source = noted(body, linked("note"), links=["https://note.example/{{ x }}"])
    made, problems = fill(source, {"xs": ["a"]})
    assert made is not None, problems
    assert "note.example" not in member(made, "word/_rels/document.xml.rels")


def test_note_that_two_places_refer_to_is_there_for_each() -> None:
    body = looped(referring("{{ x }}"), referring("again {{ x }}")) + referring("rest", 2)
    assert notes_of(noted(body, line("of {{ x }}"), line("plain"))) == [
        "of a",
        "of a",
        "of b",
        "of b",
        "plain",
    ]


def test_note_in_two_branches_is_that_of_the_one_taken() -> None:
    lines = (
        p("{%p if x == 'a' %}"),
        referring("{{ x }}"),
        p("{%p else %}"),
        referring("other"),
        p("{%p endif %}"),
    )
    assert notes_of(noted(looped(*lines), line("of {{ x }}"))) == ["of a", "of b"]


def _problems(source: bytes) -> list[Diagnostic]:
    made, problems = fill(source, {"xs": ["a", "b"]})
    assert made is None
    return problems


def test_reviewers_comment_stays_with_the_first_turn() -> None:
    start, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    place = (
        referring("{{ x }}", 1, "comment").replace("<w:p>", f"<w:p>{start}").replace("</w:p>", f"{end}</w:p>")
    )
    made, problems = fill(noted(looped(place), line("why?"), kind="comment"), {"xs": ["a", "b"]})
    assert made is not None, problems
    xml = member(made, "word/document.xml")
    assert re.findall(r"<w:comment(\w+)", xml) == ["RangeStart", "Reference", "RangeEnd"]
    assert xml.index("commentReference") < xml.index(">b<")
