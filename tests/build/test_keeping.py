"""Pieces somebody worked on, when they are made again."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation

from collateral.build import PieceResult, Workspace

DAY, LATER = date(2026, 11, 30), date(2026, 12, 1)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def make(workspace: Workspace, template: str, folder: Path, day: date = DAY) -> PieceResult:
    (result,) = workspace.generate("van-dijk", [template], as_of=day, folder=folder)
    return result


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_edited_deck_is_kept_beside_the_new_one(workspace: Workspace, out: Path) -> None:
    made = make(workspace, "pitch-deck", out).path
    assert made is not None
    deck = Presentation(str(made))
    deck.slides[0].shapes.title.text = "My own words"
    deck.save(str(made))
    again = make(workspace, "pitch-deck", out)
    assert [d.code for d in again.diagnostics if d.code == "edited-piece-kept"] == ["edited-piece-kept"]
    kept = made.with_name(f"{made.stem} (kept).pptx")
    assert Presentation(str(kept)).slides[0].shapes.title.text == "My own words"
    assert Presentation(str(made)).slides[0].shapes.title.text != "My own words"


def test_second_edit_is_kept_beside_the_first(workspace: Workspace, out: Path) -> None:
    for words in ("one", "two"):
        made = make(workspace, "proposal", out).path
        assert made is not None
        document = Document(str(made))
        document.add_paragraph(words)
        document.save(str(made))
    make(workspace, "proposal", out)
    assert [n for n in names(out) if "(kept" in n] == [
        "Van Dijk – Harborline proposal (kept 2).docx",
        "Van Dijk – Harborline proposal (kept).docx",
    ]


def test_deck_that_was_only_saved_on_another_day_is_kept(workspace: Workspace, out: Path) -> None:
    made = make(workspace, "executive-one-pager", out).path
    assert made is not None
    deck = Presentation(str(made))
    deck.core_properties.modified = deck.core_properties.created
    deck.save(str(made))
    make(workspace, "executive-one-pager", out)
    assert len(names(out)) == 2


@pytest.mark.parametrize("template", ["pitch-deck", "proposal", "intro-email", "briefing"])
def test_piece_nobody_touched_is_replaced(workspace: Workspace, out: Path, template: str) -> None:
    make(workspace, template, out)
    again = make(workspace, template, out, LATER)
    assert again.status == "made"
    assert len(names(out)) == 1


def test_changed_email_is_kept(workspace: Workspace, out: Path) -> None:
    made = make(workspace, "intro-email", out).path
    assert made is not None
    made.write_bytes(made.read_bytes().replace(b"Subject: ", b"Subject: Re: "))
    make(workspace, "intro-email", out)
    assert len(names(out)) == 2


def test_file_that_is_no_piece_is_kept(workspace: Workspace, out: Path) -> None:
    made = make(workspace, "intro-email", out).path
    assert made is not None
    made.write_bytes(b"my notes")
    make(workspace, "intro-email", out)
    assert made.with_name(f"{made.stem} (kept).eml").read_bytes() == b"my notes"


def test_what_a_power_cut_left_is_replaced(workspace: Workspace, out: Path) -> None:
    made = make(workspace, "intro-email", out).path
    assert made is not None
    os.truncate(made, 0)
    os.truncate(made, 5000)
    make(workspace, "intro-email", out)
    assert len(names(out)) == 1


def test_two_templates_with_one_file_name_do_not_take_each_others_place(
    sample: Path, cache_folder: Path, out: Path
) -> None:
    first = (sample / "templates" / "intro-email.yaml").read_text(encoding="utf-8")
    (sample / "templates" / "other-email.yaml").write_text(
        first.replace("id: intro-email", "id: other-email"), encoding="utf-8"
    )
    workspace = Workspace(sample, cache_folder=cache_folder)
    made, refused = workspace.generate("van-dijk", ["intro-email", "other-email"], as_of=DAY, folder=out)
    assert (made.status, refused.status) == ("made", "refused")
    assert [d.message for d in refused.diagnostics] == [
        '"Van Dijk – introduction.eml" is intro-email for van-dijk already'
    ]
