"""Templates whose XML has other prefixes than Office's: what filling writes still means what it should."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))
from template_builders import _saved as saved
from template_builders import chart_deck, deck, image, member, slides_of, word_texts

from collateral.model import content as c
from collateral.ooxml import compile_template
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.package import open_package
from collateral.ooxml.validate import validate_file
from collateral.ooxml.word.nodes import WordSetting, word_content
from collateral.ooxml.word.styles import read_styles

RENAMED = {"w": "x", "r": "rel", "a": "q", "p": "pp", "c": "ch", "wp": "dr", "pic": "pict"}


def renamed(data: bytes, names: Mapping[str, str]) -> bytes:
    """The file with other prefixes in all of its parts; "" makes the namespace the default of its elements."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            xml = source.read(name)
            target.writestr(name, _renamed(xml.decode(), names) if name.endswith(".xml") else xml)
    return out.getvalue()


def _renamed(xml: str, names: Mapping[str, str]) -> str:
    for prefix, new in names.items():
        xml = re.sub(rf"(</?){prefix}:", rf"\1{new}:" if new else r"\1", xml)
        xml = re.sub(rf"(\s){prefix}:(\w+=)", rf"\1{new or 'zz'}:\2", xml)
        declared = f'xmlns:{new}="' if new else f'xmlns="{NAMESPACES[prefix]}" xmlns:zz="'
        xml = xml.replace(f'xmlns:{prefix}="', declared)
    return xml


def everything(data: bytes) -> Any:
    """A slot's content of every kind, written for a document."""
    package, _ = open_package(data, file="offer.docx")
    assert package is not None
    text = (c.Run("see "), c.Run("this", link="https://example.com", bold=True))
    chart = c.Chart("column", ("a", "b"), (c.Series("One", (1.0, 2.0)),))
    nodes = [
        c.Heading(2, text),
        c.Paragraph(text, list="number"),
        c.Paragraph(text, list="bullet"),
        c.Table((text, text), ((text, text),), (None, None)),
        c.Picture("logo.png", "A logo"),
        chart,
    ]
    fragment, found = word_content(nodes, WordSetting(read_styles(package), images={"logo.png": image()}))
    assert found == []
    return fragment


def offer() -> bytes:
    """A letter with slots and values in its body, a header and a table."""
    document = Document()
    document.add_paragraph("{{p slot('body') }}")
    document.add_paragraph("Dear {{ name }} and {{ logo }}")
    document.add_paragraph("{% for x in xs %}{{ x }}{% endfor %}", style="List Number")
    document.add_table(1, 1).cell(0, 0).text = "{{p slot('body') }}"
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ name }} {{ logo }}"
    section.footer.paragraphs[0].text = "{{p slot('body') }}"
    return saved(document)


def assert_well_formed(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for name in source.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(source.read(name))
    errors = [d.message for d in validate_file(data, file="made") if d.severity.value == "error"]
    assert errors == []


@pytest.mark.parametrize("names", [{}, RENAMED, {"w": ""}], ids=["usual", "renamed", "default"])
def test_content_of_slots_is_written_under_the_prefixes_of_the_part(names: dict[str, str]) -> None:
    data = renamed(offer(), names)
    template, found = compile_template(data, file="offer.docx")
    assert template is not None, found
    values = {"name": "Acme\nLtd", "logo": image(), "xs": ["one", "two"]}
    chunks, found = template.fill(values, slots={"body": everything(data)})
    assert chunks is not None, found
    made = b"".join(chunks)
    assert_well_formed(made)
    assert [text for text in word_texts(made) if "Acme" in text] == ["Dear Acme\nLtd and "]
    assert member(made, "word/footer1.xml").count("https://") == 0
    assert "<w:tbl>" in member(made, "word/footer1.xml")


@pytest.mark.parametrize("names", [{}, RENAMED, {"p": ""}, {"a": ""}], ids=["usual", "renamed", "p", "a"])
def test_values_on_slides_are_written_under_the_prefixes_of_the_part(names: dict[str, str]) -> None:
    slide = {
        "title": "For {{ name }}",
        "bullets": ["{{ xs }}", "{% for x in xs %}{{ x }}, {% endfor %}"],
        "boxes": {"One": "{{ name }}"},
        "table": [["A", "B"], ["{%tr for x in xs %}", ""], ["{{ x }}", "{{ name }}"], ["{%tr endfor %}", ""]],
        "notes": "{{ name }}",
        "picture": "{{ logo }} of {{ name }}",
    }
    template, found = compile_template(renamed(deck(slide), names), file="pitch.pptx")
    assert template is not None, found
    chunks, found = template.fill({"name": "Acme\nLtd", "logo": image(), "xs": ["one", "two"]})
    assert chunks is not None, found
    made = b"".join(chunks)
    assert_well_formed(made)
    assert "One" not in str(slides_of(made)) and "For Acme" in str(slides_of(made))


def test_tagged_chart_is_filled_under_the_prefixes_of_its_part() -> None:
    template, found = compile_template(renamed(chart_deck(), RENAMED), file="pitch.pptx")
    assert template is not None, found
    sales = {"categories": ["x", "y", "z"], "series": [{"name": "New", "values": [1, 2, 3]}]}
    chunks, found = template.fill({"name": "Acme", "sales": sales})
    assert chunks is not None, found
    assert_well_formed(b"".join(chunks))
