"""`collateral init`: a new workspace that works at once, and never at the cost of somebody's files."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from collateral.build import Workspace, file_kinds
from collateral.build.starting import start_workspace, starter_files
from collateral.cli.app import cli
from collateral.diagnostics import Severity

DAY = date(2026, 11, 30)
PIECES = {"deck", "document", "email", "briefing"}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `init` makes it; tests do not change it."""
    folder = tmp_path_factory.mktemp("fresh") / "sales"
    start, found = start_workspace(folder)
    assert start is not None and not found
    return folder


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLLATERAL_CACHE": "off"}).invoke(cli, list(arguments))


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_init_says_what_it_made_and_what_to_do_next(tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "sales"))
    assert result.exit_code == 0
    assert "made a workspace in" in result.output
    assert "collateral generate example" in result.output
    assert f"cd {tmp_path / 'sales'}" in result.output


def test_fresh_workspace_makes_all_four_pieces_and_exits_with_0(fresh: Path, tmp_path: Path) -> None:
    result = run("-w", str(fresh), "generate", "example", "-o", str(tmp_path), "--as-of", "2026-11-30")
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "example").iterdir())) == len(PIECES)


def test_tutorial_s_first_prospect_gets_a_deck_and_loses_the_block_that_is_changed(tmp_path: Path) -> None:
    tutorial = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
    folder = tmp_path / "my-workspace"
    start_workspace(folder)
    (folder / "prospects" / "acme.yaml").write_text(
        tutorial.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8"
    )
    slides = []
    for _ in range(2):
        workspace = Workspace(folder)
        (result,) = workspace.generate("acme", ["pitch-deck"], as_of=DAY, folder=tmp_path)
        slides.append(result.detail)
        block = folder / "content_blocks" / "problems" / "work-that-waits.md"
        block.write_text(block.read_text(encoding="utf-8").replace("## ", "## Now: ", 1), encoding="utf-8")
    assert slides == ["7 slides", "6 slides"]


def test_profile_with_nothing_but_a_name_gets_a_deck(tmp_path: Path) -> None:
    start_workspace(tmp_path / "sales")
    (tmp_path / "sales" / "prospects" / "bare.yaml").write_text("name: Bare\n", encoding="utf-8")
    (result,) = Workspace(tmp_path / "sales").generate("bare", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert result.status == "made"


def test_every_kind_of_piece_comes_out_without_a_complaint(fresh: Path, tmp_path: Path) -> None:
    results = Workspace(fresh).generate("example", as_of=DAY, folder=tmp_path)
    assert {r.piece for r in results} == PIECES
    assert [d for r in results for d in r.diagnostics] == []


def test_fresh_workspace_passes_every_rule(fresh: Path) -> None:
    assert Workspace(fresh).check(as_of=DAY) == []


def test_starter_still_works_five_years_from_now(fresh: Path) -> None:
    later = Workspace(fresh).check(as_of=date(2031, 11, 30))
    assert [d for d in later if d.severity is Severity.ERROR] == []


def test_deck_opens_with_the_customer_and_shows_the_value(fresh: Path, tmp_path: Path) -> None:
    from pptx import Presentation

    (deck,) = Workspace(fresh).generate("example", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    titles = [s.shapes.title.text_frame.text for s in Presentation(str(deck.path)).slides if s.shapes.title]
    assert titles[0].startswith("Brightwater")
    assert "Brightwater can win back 2,310 hours a year" in titles


def test_proposal_lists_its_sections_in_the_contents(fresh: Path, tmp_path: Path) -> None:
    from docx import Document

    (made,) = Workspace(fresh).generate("example", ["proposal"], as_of=DAY, folder=tmp_path)
    body = Document(str(made.path)).element.body
    entries = ["".join(t.text for t in link.iter("{*}t")) for link in body.iter("{*}hyperlink")]
    assert entries == [
        "What it costs today", "What we propose", "Investment", "What others did", "Questions you may have", "Next step", "Agreed",
    ]  # fmt: skip


def test_mail_shows_the_logo_of_the_workspace(fresh: Path, tmp_path: Path) -> None:
    (made,) = Workspace(fresh).generate("example", ["intro-email"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    mail = message_from_bytes(made.path.read_bytes(), policy=policy.default)
    assert mail["Subject"] == "Brightwater: where work waits"
    assert any(part.get_content_type() == "image/png" for part in mail.walk())


def test_starter_campaign_makes_a_piece_for_every_row(fresh: Path, tmp_path: Path) -> None:
    file = str(fresh / "campaigns" / "spring.yaml")
    result = run("-w", str(fresh), "campaign", "run", file, "-o", str(tmp_path / "out"), "--workers", "1")
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "out").rglob("*.eml"))) == 3


def test_every_file_that_names_a_schema_has_it_beside_it(fresh: Path) -> None:
    mark = "# yaml-language-server: $schema="
    named = [(p, p.read_text().splitlines()[0]) for p in fresh.rglob("*.yaml")]
    schemas = [(p.parent / line.removeprefix(mark)).resolve() for p, line in named if line.startswith(mark)]
    assert len(schemas) >= 10
    assert all(schema.is_file() for schema in schemas)
    assert {p.name.partition(".")[0] for p in (fresh / "schemas").iterdir()} == set(file_kinds())


def test_every_block_is_approved_as_it_is(fresh: Path) -> None:
    assert Workspace(fresh).library.blocks
    approved, found = Workspace(fresh).approve(None, by="nobody", on=DAY)
    assert (approved, found) == ((), [])


def test_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = run("init", str(tmp_path))
    assert result.exit_code == 1
    assert "is not empty" in result.output and "--force" in result.output
    assert content(tmp_path) == {"notes.txt": b"mine"}


def test_force_adds_what_is_missing_and_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "collateral.yaml").write_text("seller: {name: Mine}\n")
    result = run("init", str(tmp_path), "--force")
    assert result.exit_code == 0 and "1 were there already" in result.output
    assert (tmp_path / "collateral.yaml").read_text() == "seller: {name: Mine}\n"
    assert (tmp_path / "templates" / "deck.pptx").is_file()


def test_second_run_with_force_changes_nothing(tmp_path: Path) -> None:
    start_workspace(tmp_path / "sales")
    before = content(tmp_path / "sales")
    again, _ = start_workspace(tmp_path / "sales", force=True)
    assert again is not None and again.written == ()
    assert content(tmp_path / "sales") == before


def test_link_that_leads_nowhere_is_kept_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "sales"
    folder.mkdir()
    (folder / "collateral.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    start, _ = start_workspace(folder, force=True)
    assert start is not None and "collateral.yaml" in start.kept
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_folder_behind_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sales").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "sales" / "templates").symlink_to(tmp_path / "other")
    start, found = start_workspace(tmp_path / "sales", force=True)
    assert start is None and [d.code for d in found] == ["outside-output-folder"]
    assert list((tmp_path / "other").iterdir()) == []


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sales").write_text("a file")
    start, found = start_workspace(tmp_path / "sales")
    assert start is None and [d.code for d in found] == ["not-a-folder"]


def test_same_files_come_out_every_time() -> None:
    assert list(starter_files()) == list(starter_files())


def test_masters_hold_nobodys_name_but_the_placeholder() -> None:
    for name, data in starter_files():
        if name.endswith((".pptx", ".docx")):
            parts = zipfile.ZipFile(io.BytesIO(data))
            assert not [part for part in parts.namelist() if b"arborline" in parts.read(part)], name


def test_yaml_of_the_starter_is_plain_yaml() -> None:
    for name, data in starter_files():
        if name.endswith(".yaml"):
            assert yaml.safe_load(data) is not None, name
