"""The briefing of a Dutch prospect of the sample speaks Dutch: facts, reasons and questions by their labels."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from collateral import Workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[list[list[str]]]:
    """The cells of each table of the briefing on Pakketpunt."""
    workspace = Workspace(ROOT, cache_folder=tmp_path_factory.mktemp("cache"))
    folder = tmp_path_factory.mktemp("out")
    (made,) = workspace.generate("pakketpunt", ["briefing"], as_of=date(2026, 11, 30), folder=folder)
    assert made.path is not None
    document = Document(str(made.path))
    tables = [
        Table(found, document) for found in document.element.body.iter(qn("w:tbl"))
    ]  # in content controls
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def test_facts_have_dutch_names(tables: list[list[list[str]]]) -> None:
    facts = {row[0]: row[1] for table in tables for row in table}
    assert facts["Branche"] == "Bezorging"
    assert facts["Munteenheid"] == "EUR"
    assert facts["Behoeften"] == "lagere arbeidskosten, kortere verblijftijd"


def test_reasons_are_told_in_labels(tables: list[list[list[str]]]) -> None:
    (reasons,) = [table for table in tables if table[0][1:2] == ["Reden"]]
    told = {row[0]: row[1] for row in reasons[1:]}
    assert (
        told["Parcelo laadt meer bussen door dezelfde deuren"]
        == "Branche: Bezorging; Behoeften: lagere arbeidskosten"
    )
    assert told["Aan een vervoerder of expediteur"] == "Branche: Bezorging (via Logistiek)"
    assert told["Over Harborline"] == "spreekt iedereen aan"


def test_questions_name_choices_and_blocks(tables: list[list[list[str]]]) -> None:
    (questions,) = [table for table in tables if table[0][0] == "Vraag"]
    first = questions[1]
    assert first[0].startswith(
        "Welke concurrenten zijn voor Pakketpunt Nederland B.V. het belangrijkst? (RivalSoft,"
    )
    assert "Spreadsheets en telefoon" in first[0]
    assert "Tegenover RivalSoft" in first[1]
