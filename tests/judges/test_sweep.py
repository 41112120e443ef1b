"""The sweep over other people's files notices what it is there to notice."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation

sys.path.insert(0, str(Path(__file__).parents[1] / "ooxml_slides"))
sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "sweep"))

from document_facts import lost, read_document, with_slot
from judging import Judges, digest
from making import make_all


@pytest.fixture
def document() -> bytes:
    made = Document()
    made.add_paragraph("First")
    made.add_table(1, 1).cell(0, 0).text = "Cell"
    made.sections[0].footer.paragraphs[0].text = "Foot"
    return _saved(made)


def _saved(made: object) -> bytes:
    out = io.BytesIO()
    made.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _changed(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return out.getvalue()


@pytest.mark.parametrize("text", [b"First", b"Cell", b"Foot"])
def test_a_text_that_is_gone_is_noticed(document: bytes, text: bytes) -> None:
    before, after = read_document(document), read_document(_changed(document, text, b"Other"))
    assert [line.partition(":")[2] for line in lost(before, after)] == [f" 1 gone, first '{text.decode()}'"]


def test_a_slot_is_added_and_nothing_else_changes(document: bytes) -> None:
    before, after = read_document(document), read_document(with_slot(document))
    assert lost(before, after) == []
    assert after.texts == [*before.texts, '{{p slot("content") }}']


def test_every_use_of_a_plain_deck_is_made_and_loses_nothing(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Why now"
    file = tmp_path / "plain.pptx"
    file.write_bytes(_saved(deck))
    row = make_all(str(file), [str(file)], str(tmp_path / "out"))
    results = {r["name"]: r for r in row["results"]}  # type: ignore[attr-defined]
    assert {name for name, r in results.items() if r["file"]} == set(results) - {"inspect"}
    assert [r for r in results.values() if r["losses"] or r["invalid"] or r["errors"]] == []


def test_what_a_judge_said_of_the_source_is_not_held_against_a_result(tmp_path: Path) -> None:
    source, result = tmp_path / "source.pptx", tmp_path / "result.pptx"
    source.write_bytes(b"s")
    result.write_bytes(b"r")
    judges = Judges(None, tmp_path / "said.json", lock=None)
    judges.known = {
        digest(source): {"sdk": ["bad ppt/slides/slide1.xml"]},
        digest(result): {"sdk": ["bad ppt/slides/slide7.xml", "bad ppt/slides/slide9.xml"]},
    }
    assert judges.new_findings("sdk", result, [source]) == ["bad ppt/slides/slide9.xml"]
    assert judges.new_findings("sdk", result, [source, source]) == []
