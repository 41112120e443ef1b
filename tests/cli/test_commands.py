"""The command line: what is printed where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pptx import Presentation

from collateral.cli.app import COMMANDS, cli

HEAVY = ("pydantic", "lxml", "jinja2", "babel", "yaml", "pptx", "docx", "PIL", "fontTools", "markdown_it")
Run = Callable[..., Result]


@pytest.fixture
def run(sample: Path, cache_folder: Path) -> Run:
    """Runs a command in the copy of the sample workspace."""

    def call(*arguments: str) -> Result:
        environment = {"COLLATERAL_CACHE": str(cache_folder), "NO_COLOR": "1"}
        return CliRunner().invoke(cli, ["-w", str(sample), *arguments], env=environment)

    return call


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where pieces go."""
    return tmp_path / "out"


def test_help_imports_no_heavy_library() -> None:
    program = f"import sys; from collateral.cli.app import cli; cli.main(['--help'], standalone_mode=False); print([m for m in {HEAVY!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_shows_an_example(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    assert "Example: collateral " in shown.output


def test_mistyped_command_is_answered_with_the_right_one() -> None:
    result = CliRunner().invoke(cli, ["genrate"])
    assert result.exit_code == 2
    assert "did you mean 'generate'?" in result.output


def test_generate_prints_the_paths_it_made(run: Run, tmp_path: Path) -> None:
    result = run("generate", "van-dijk", "-t", "intro-email", "-o", str(tmp_path), "--as-of", "2026-11-30")
    assert result.exit_code == 0
    (made,) = tmp_path.rglob("*.eml")
    assert result.stdout.startswith(str(made))


def test_generate_json_is_one_document(run: Run, tmp_path: Path) -> None:
    result = run(
        "generate", "van-dijk", "-t", "intro-email", "-o", str(tmp_path), "--as-of", "2026-11-30", "--json"
    )
    (piece,) = json.loads(result.stdout)
    assert (piece["template"], piece["status"]) == ("intro-email", "made")


def test_generate_prints_the_plan_instead(run: Run, out: Path) -> None:
    result = run(
        "generate",
        "van-dijk",
        "-t",
        "intro-email",
        "-o",
        str(out),
        "--as-of",
        "2026-11-30",
        "--plan",
        "json",
    )
    (plan,) = json.loads(result.stdout)
    assert plan["prospect"] == "van-dijk"
    assert not out.exists()


def test_unknown_prospect_exits_with_problems_and_names_a_near_one(run: Run, tmp_path: Path) -> None:
    result = run("generate", "van-dyk", "-o", str(tmp_path))
    assert result.exit_code == 1
    assert "van-dijk" in result.stderr and result.stdout == ""


def test_no_workspace_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["-w", str(tmp_path), "generate", "x"])
    assert result.exit_code == 2
    assert "collateral init" in result.output


def test_bad_date_is_a_usage_error(run: Run) -> None:
    result = run("generate", "van-dijk", "--as-of", "30-11-2026")
    assert result.exit_code == 2
    assert "not a date like 2026-11-30" in result.output


def test_explain_tells_why_and_what_to_ask(run: Run) -> None:
    result = run("explain", "van-dijk", "pitch-deck", "--as-of", "2026-11-30")
    assert result.exit_code == 0
    assert "prospects/van-dijk.yaml:" in result.stdout
    assert "Left out" in result.stdout


def test_explain_json_names_picks_and_left_out(run: Run) -> None:
    data = json.loads(run("explain", "van-dijk", "pitch-deck", "--as-of", "2026-11-30", "--json").stdout)
    assert data["prospect"] == "van-dijk" and data["left_out"]


def test_sample_workspace_passes_every_check(run: Run) -> None:
    result = run("check", "--as-of", "2026-11-30", "--format", "short")
    assert result.exit_code == 0, result.output


def test_check_names_file_line_and_column_of_a_mistake(run: Run, sample: Path) -> None:
    path = sample / "prospects" / "van-dijk.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("stage: evaluation", "stage: evaluaton"), encoding="utf-8"
    )
    result = run("check", str(sample / "prospects"), "--as-of", "2026-11-30")
    assert result.exit_code == 1
    assert "prospects/van-dijk.yaml:11:8" in result.stdout and "evaluation" in result.stdout


def test_check_says_when_a_path_holds_nothing_that_is_checked(run: Run, sample: Path) -> None:
    (sample / "notes.md").write_text("# mine")
    result = run("check", str(sample / "notes.md"), "--as-of", "2026-11-30", "--format", "short")
    assert '"notes.md" holds nothing that is checked' in result.stdout and result.exit_code == 0
    clean = run("check", str(sample / "prospects"), "--as-of", "2026-11-30", "--format", "short")
    assert "nothing that is checked" not in clean.stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_check_speaks_to_programs(run: Run, form: str) -> None:
    json.loads(run("check", "--as-of", "2026-11-30", "--format", form).stdout)


def test_approve_needs_a_block_or_all(run: Run) -> None:
    assert run("approve", "--by", "M. Jansen").exit_code == 2


def test_approve_of_an_unknown_block_writes_nothing(run: Run, sample: Path) -> None:
    approvals = sample / "content_blocks" / "approvals.yaml"
    before = approvals.read_bytes()
    result = run("approve", "no-such-block", "--by", "M. Jansen")
    assert result.exit_code == 1 and approvals.read_bytes() == before


def test_schema_of_every_kind_is_printed(run: Run) -> None:
    for kind in run("schema").stdout.split():
        assert json.loads(run("schema", kind).stdout)["$schema"]
    assert run("schema", "nonsense").exit_code == 2


def test_doctor_looks_at_machine_and_workspace(run: Run) -> None:
    result = run("doctor", "--json")
    found = json.loads(result.stdout)
    assert any("Python" in item["what"] for item in found)
    assert any("font" in item["what"] for item in found)


def test_doctor_tells_how_other_scripts_are_measured(run: Run, sample: Path) -> None:
    settings = sample / "collateral.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("also: [nl]", "also: [nl, ja, th, ru]"), encoding="utf-8")
    said = run("doctor").stdout
    assert "text in ja is measured as Noto Sans CJK" in said and "text in th are estimated" in said


def test_verify_exits_with_problems_for_what_must_not_be_sent(run: Run, out: Path) -> None:
    run(
        "generate",
        "van-dijk",
        "-t",
        "briefing",
        "-t",
        "intro-email",
        "-o",
        str(out),
        "--as-of",
        "2026-11-30",
    )
    (mail,), (briefing,) = out.rglob("*.eml"), out.rglob("*.docx")
    assert run("verify", str(mail), "--as-of", "2026-11-30").exit_code == 0
    result = run("verify", str(briefing), "--as-of", "2026-11-30")
    assert result.exit_code == 1 and "internal" in result.stdout


def test_verify_looks_at_every_piece_in_a_folder(run: Run, out: Path) -> None:
    made = run("generate", "van-dijk", "frostline", "-t", "intro-email", "-o", str(out))
    assert made.exit_code == 0
    folder = next(out.rglob("*.eml")).parent
    (folder / "~$letter.docx").write_bytes(b"a lock")
    (folder / "notes.txt").write_text("no piece", encoding="utf-8")
    result = run("verify", str(out))
    assert result.exit_code == 0, result.output
    assert [str(mail) in result.stdout for mail in out.rglob("*.eml")] == [True, True]
    assert "2 files, 2 of them may be sent" in result.stdout
    next(out.rglob("*.eml")).write_bytes(b"Subject: hi\r\n\r\nhello")
    assert run("verify", str(out)).exit_code == 1
    (told, other) = json.loads(run("verify", str(out), "--json").stdout)
    assert {told["sendable"], other["sendable"]} == {True, False}


def test_verify_of_a_folder_without_pieces_is_used_wrongly(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    result = run("verify", str(empty))
    assert result.exit_code == 2 and "holds no .pptx" in result.stderr


def test_verify_outside_a_workspace_tells_what_the_file_says_and_that_approval_is_unknown(
    run: Run, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("generate", "van-dijk", "-t", "intro-email", "-o", str(out), "--as-of", "2026-11-30")
    (mail,) = out.rglob("*.eml")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    result = CliRunner().invoke(cli, ["verify", str(mail), "--as-of", "2026-11-30"])
    assert result.exit_code == 1  # `verify … && send …` must not send what nobody judged
    assert "intact" in result.stdout and "only its workspace knows" in result.stdout
    assert "note[no-workspace]" in result.stderr and "collateral -w DIR" in result.stderr
    (told,) = json.loads(CliRunner().invoke(cli, ["verify", str(mail), "--json"]).stdout)
    assert told["sendable"] is None and told["judged"] is False
    assert {part["state"] for part in told["parts"]} == {"intact"}


def test_verify_in_a_workspace_that_is_none_is_used_wrongly(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(b"Subject: hi\r\n\r\nhello")
    assert CliRunner().invoke(cli, ["-w", str(tmp_path), "verify", str(mail)]).exit_code == 2


def test_verify_as_json_tells_why_a_file_cannot_be_judged(run: Run, tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(b"Subject: hi\r\n\r\nhello")
    (told,) = json.loads(run("verify", str(mail), "--json").stdout)
    assert told["sendable"] is False
    assert [problem["code"] for problem in told["diagnostics"]] == ["no-record"]


def test_fill_needs_no_workspace(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Dear {{ name }}")
    document.save(str(tmp_path / "letter.docx"))
    (tmp_path / "data.yaml").write_text("name: Els & Søn <B.V.>\n", encoding="utf-8")
    out = tmp_path / "out.docx"
    result = CliRunner().invoke(
        cli, ["fill", str(tmp_path / "letter.docx"), "--data", str(tmp_path / "data.yaml"), "-o", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert Document(str(out)).paragraphs[0].text == "Dear Els & Søn <B.V.>"


def test_fill_names_the_place_of_what_is_missing_and_writes_nothing(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Dear {{ name }}")
    document.save(str(tmp_path / "letter.docx"))
    (tmp_path / "data.json").write_text("{}", encoding="utf-8")
    out = tmp_path / "out.docx"
    result = CliRunner().invoke(
        cli, ["fill", str(tmp_path / "letter.docx"), "--data", str(tmp_path / "data.json"), "-o", str(out)]
    )
    assert result.exit_code == 1
    assert "letter.docx" in result.stderr and "name" in result.stderr
    assert not out.exists()


def test_inspect_says_when_a_slide_has_no_title(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.save(str(tmp_path / "blank.pptx"))
    shown = CliRunner().invoke(cli, ["inspect", str(tmp_path / "blank.pptx")])
    assert "1  -  (no title)  [Blank]" in shown.stdout


def test_inspect_lists_fields_slides_and_layouts(sample: Path) -> None:
    master = str(sample / "templates" / "harborline.pptx")
    shown = CliRunner().invoke(cli, ["inspect", master])
    assert shown.exit_code == 0
    assert (
        "prospect.short_name" in shown.stdout
        and "cover" in shown.stdout
        and "Title and Content" in shown.stdout
    )
    schema = json.loads(CliRunner().invoke(cli, ["inspect", master, "--schema"]).stdout)
    assert "prospect" in schema["properties"]


def test_shell_completes_prospects_and_templates(sample: Path) -> None:
    words = ["collateral", "-w", str(sample), "generate", "van"]
    environment = {"_COLLATERAL_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": "4"}
    result = CliRunner().invoke(cli, [], prog_name="collateral", env=environment)
    assert "plain,van-dijk" in result.output
