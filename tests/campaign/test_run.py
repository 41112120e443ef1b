"""Campaigns on the sample workspace: good rows made, bad ones set aside, crashes survived."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from collateral.build import Workspace
from collateral.campaign import CampaignReport, check_campaign, run_campaign
from collateral.campaign.lock import only_run

DAY = date(2026, 11, 30)
HEADER = "Account ID,Account Name,Industry,Needs,Stage,Trucks,E-mail"
GOOD = 'A-1,Abel Freight,freight,dwell time,Evaluation,"1.200",a@abel.example'
CAMPAIGN = """
id: test
source: {csv: leads.csv}
templates: [intro-email]
key: row["Account ID"]
tables:
  industries: {freight: freight-forwarding, grocery: grocery}
  needs: {dwell time: dwell-time, labour: labour-cost}
  stages: {evaluation: evaluation, discovery: discovery}
map:
  name: {column: Account Name, required: true}
  short_name: row["Account Name"]
  industry: {column: Industry, table: industries}
  needs: {column: Needs, table: needs, split: ";"}
  stage: {column: Stage, table: stages}
  trucks_per_day: {column: Trucks, type: number}
  contacts.0.name: row["Account Name"] ~ " team"
  contacts.0.email: {column: E-mail}
"""


def campaign(workspace: Workspace, *rows: str, text: str = CAMPAIGN) -> Path:
    folder = workspace.root / "campaigns"
    folder.mkdir(exist_ok=True)
    (folder / "leads.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    (folder / "test.yaml").write_text(text, encoding="utf-8")
    return folder / "test.yaml"


def run(workspace: Workspace, file: Path, folder: Path, **options: object) -> CampaignReport:
    report, found = run_campaign(workspace, file, folder=folder, as_of=DAY, **options)  # type: ignore[arg-type]
    assert report is not None, found
    return report


def reasons(folder: Path) -> list[str]:
    with (folder / "set-aside.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row["reason"] for row in csv.DictReader(file)]


def test_good_row_becomes_a_piece_with_its_values(workspace: Workspace, tmp_path: Path) -> None:
    report = run(workspace, campaign(workspace, GOOD), tmp_path)
    assert (report.made, report.skipped, report.set_aside) == (1, 0, ())
    (piece,) = (tmp_path / "A-1").iterdir()
    assert b"Abel Freight" in piece.read_bytes()


def test_bad_rows_are_set_aside_with_their_reason_and_the_others_go_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        GOOD,
        "A-2,Bell,mining,dwell time,Evaluation,10,b@bell.example",
        "A-3,,freight,dwell time,Evaluation,10,c@c.example",
        "A-4,Dell,freight,dwell time",
        "A-5,Eve,freight,dwell time,Evaluation,many,e@e.example",
        "A-1,Fay,freight,dwell time,Evaluation,10,f@f.example",
    ]
    report = run(workspace, campaign(workspace, *rows), tmp_path)
    assert report.made == 1
    assert [r.split(":")[0] for r in reasons(tmp_path)] == [
        "industry",
        "name",
        "the row has 4 cells, the header has 7",
        "trucks_per_day",
        "the key 'A-1' is already used by line 2",
    ]


def facts_of(workspace: Workspace, file: Path) -> list[dict[str, object]]:
    from collateral.campaign.mapping import make_mapper
    from collateral.campaign.rows import read_sheet

    loaded, found = workspace.campaign(file)
    assert loaded is not None, found
    mapper, found = make_mapper(loaded, workspace.library)
    sheet, _ = read_sheet((file.parent / "leads.csv").read_bytes(), file="leads.csv")
    assert mapper is not None and sheet is not None, found
    return [dict(mapper.prospect(row, mapper.key_of(row), "")[0].facts) for row in sheet.rows]


def test_second_contact_stays_one_person_where_the_first_is_blank(workspace: Workspace) -> None:
    text = CAMPAIGN + '  contacts.1.name: row["Needs"]\n  contacts.1.title: row["Stage"]\n'
    text = text.replace('row["Account Name"] ~ " team"', 'row["E-mail"]').replace(
        "  contacts.0.email: {column: E-mail}\n", ""
    )
    (facts,) = facts_of(workspace, campaign(workspace, GOOD.replace("a@abel.example", ""), text=text))
    assert facts["contacts"] == [{"name": "dwell time", "title": "Evaluation"}]


def test_default_that_is_a_map_is_not_shared_by_rows(workspace: Workspace) -> None:
    text = (
        CAMPAIGN
        + "  opportunity: {column: Trucks, default: {value: 5}}\n  opportunity.value: {column: Trucks}\n"
    )
    _, found = workspace.campaign(campaign(workspace, GOOD, text=text))
    assert [(d.code, d.message) for d in found] == [
        ("rule-within-rule", '"opportunity.value" is a part of "opportunity", which has a rule of its own')
    ]


def test_row_with_a_letter_that_was_lost_before_is_set_aside(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace, campaign(workspace, GOOD.replace("Abel Freight", "M\ufffdller")), tmp_path)
    (reason,) = reasons(tmp_path)
    assert reason.startswith(
        "name: 'M\ufffdller' holds \ufffd, which stands for a letter that was lost before; short_"
    )


def test_row_set_aside_keeps_both_cells_of_a_column_that_is_there_twice(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = campaign(workspace, GOOD.replace("freight,", "mining,"))
    sheet = file.parent / "leads.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("Stage", "Needs"), encoding="utf-8")
    text = CAMPAIGN.replace("  stage: {column: Stage, table: stages}\n", "")
    file.write_text(text, encoding="utf-8")
    run(workspace, file, tmp_path)
    assert "dwell time,Evaluation" in (tmp_path / "set-aside.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("delimiter", ['";;"', "'\"'", '"\\n"'])
def test_delimiter_that_is_none_is_an_error(workspace: Workspace, delimiter: str) -> None:
    text = CAMPAIGN.replace("leads.csv}", f"leads.csv, delimiter: {delimiter}}}")
    _, found = workspace.campaign(campaign(workspace, GOOD, text=text))
    assert [d.code for d in found] == ["bad-value"]


def test_output_name_never_leaves_the_folder(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(
        workspace,
        campaign(workspace, "../../etc/passwd,../../etc/passwd,freight,dwell time,Evaluation,10,"),
        out,
    )
    made = list(tmp_path.rglob("*.eml"))
    assert len(made) == 1 and made[0].is_relative_to(out)


def test_second_run_makes_nothing_again(workspace: Workspace, tmp_path: Path) -> None:
    file = campaign(workspace, GOOD)
    run(workspace, file, tmp_path)
    again = run(workspace, file, tmp_path)
    assert (again.made, again.skipped) == (0, 1)


def test_piece_somebody_worked_on_stays_and_is_kept_when_its_row_changes(
    workspace: Workspace, tmp_path: Path
) -> None:
    run(workspace, campaign(workspace, GOOD), tmp_path)
    (piece,) = (tmp_path / "A-1").iterdir()
    piece.write_bytes(piece.read_bytes().replace(b"Subject: ", b"Subject: Re: "))
    again = run(workspace, campaign(workspace, GOOD), tmp_path)
    assert (again.made, again.skipped) == (0, 1)
    file = campaign(workspace, GOOD.replace("dwell time", "labour"))
    report, found = run_campaign(workspace, file, folder=tmp_path, as_of=DAY)
    assert report is not None and report.made == 1
    assert [d.code for d in found] == ["edited-piece-kept"]
    assert len(list((tmp_path / "A-1").iterdir())) == 2


def test_piece_the_manifest_remembers_byte_for_byte_is_replaced_however_it_reads(
    workspace: Workspace, tmp_path: Path
) -> None:
    run(workspace, campaign(workspace, GOOD), tmp_path)
    (piece,) = (tmp_path / "A-1").iterdir()
    before = piece.read_bytes()
    piece.write_bytes(
        before.replace(b"Subject: ", b"Subject: Re: ")
    )  # as a version with other digests would see it
    manifest = tmp_path / "manifest.jsonl"
    said = manifest.read_text(encoding="utf-8")
    old, new = (sha256(data).hexdigest() for data in (before, piece.read_bytes()))
    manifest.write_text(said.replace(old, new), encoding="utf-8")
    file = campaign(workspace, GOOD.replace("dwell time", "labour"))
    report, found = run_campaign(workspace, file, folder=tmp_path, as_of=DAY)
    assert report is not None and report.made == 1 and not found
    assert len(list((tmp_path / "A-1").iterdir())) == 1


def test_piece_whose_row_is_gone_is_named_until_it_is_taken_away(
    workspace: Workspace, tmp_path: Path
) -> None:
    other = GOOD.replace("A-1", "A-2")
    run(workspace, campaign(workspace, GOOD, other), tmp_path)
    file = campaign(workspace, GOOD)
    for _ in range(2):
        _, found = run_campaign(workspace, file, folder=tmp_path, as_of=DAY)
        assert [d.message for d in found] == ["1 piece of an earlier run belongs to no row any more"]
    text = (tmp_path / "left-over.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].endswith(",A-2,intro-email")
    (tmp_path / text.splitlines()[1].split(",")[0]).unlink()
    _, found = run_campaign(workspace, file, folder=tmp_path, as_of=DAY)
    assert found == [] and not (tmp_path / "left-over.csv").exists()


def test_piece_whose_row_is_back_is_no_longer_left_over(workspace: Workspace, tmp_path: Path) -> None:
    other = GOOD.replace("A-1", "A-2")
    run(workspace, campaign(workspace, GOOD, other), tmp_path)
    run(workspace, campaign(workspace, GOOD), tmp_path)
    run(workspace, campaign(workspace, GOOD, other), tmp_path)
    assert not (tmp_path / "left-over.csv").exists()


def test_warnings_of_pieces_are_said_and_stay_in_the_manifest(workspace: Workspace, tmp_path: Path) -> None:
    text = CAMPAIGN + '  website: row["Stage"]\n'
    file = campaign(workspace, GOOD.replace("a@abel.example", "not an address"), text=text)
    left_out = '"website" must be a web address that begins with https://, not "Evaluation" (it is left out)'
    for _ in range(2):
        report, found = run_campaign(workspace, file, folder=tmp_path, as_of=DAY)
        assert report is not None and len(report.set_aside) == 0
        assert [d.code for d in found] == ["made-with-warnings"]
        assert found[0].message.startswith("1 piece made with a warning; of A-1/")
    (line,) = (tmp_path / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = json.loads(line)["warnings"]
    assert first == left_out and "'not an address'" in second
    report, _ = check_campaign(workspace, file, as_of=DAY)
    assert report is not None and report.remarks[0].text == left_out


def test_changed_row_is_made_again_and_the_others_are_not(workspace: Workspace, tmp_path: Path) -> None:
    other = "A-2,Bell,grocery,labour,Discovery,10,b@bell.example"
    run(workspace, campaign(workspace, GOOD, other), tmp_path)
    again = run(workspace, campaign(workspace, GOOD.replace("Abel", "Abell"), other), tmp_path)
    assert (again.made, again.skipped) == (1, 1)


def test_rows_nobody_wants_are_left_alone(workspace: Workspace, tmp_path: Path) -> None:
    text = CAMPAIGN + 'where: row["Stage"] == "Evaluation"\n'
    report = run(
        workspace, campaign(workspace, GOOD, "A-2,Bell,grocery,labour,Discovery,10,", text=text), tmp_path
    )
    assert (report.made, report.unwanted) == (1, 1)


def test_check_plans_every_piece_and_makes_none(workspace: Workspace, tmp_path: Path) -> None:
    file = campaign(workspace, GOOD, "A-2,Bell,mining,labour,Discovery,10,")
    report, found = check_campaign(workspace, file, as_of=DAY)
    assert report is not None, found
    assert [s.line for s in report.set_aside] == [3]
    assert not list(tmp_path.rglob("*.eml"))


def test_unknown_column_is_an_error_before_any_row(workspace: Workspace, tmp_path: Path) -> None:
    file = campaign(workspace, GOOD, text=CAMPAIGN.replace("column: Trucks", "column: Lorries"))
    report, found = run_campaign(workspace, file, folder=tmp_path, as_of=DAY)
    assert report is None
    assert "Lorries" in " ".join(d.message for d in found)


@pytest.mark.parametrize(
    ("line", "message", "hint", "place"),
    [
        (
            'where: row["Do Not Emial"] != "1"',
            "'leads.csv' has no column 'Do Not Emial'",
            "known: Account ID",
            "19:8",
        ),
        ('where: row["stage"] == "x"', "'leads.csv' has no column 'stage'", 'did you mean "Stage"?', "19:8"),
        (
            'where: rwo["Stage"] == "x"',
            "'rwo' is nothing a campaign knows",
            'a column is row["its heading"]',
            "19:8",
        ),
        (
            'output: "{{ row.Nope }}-{{ key }}"',
            "'leads.csv' has no column 'Nope'",
            "known: Account ID",
            "19:9",
        ),
    ],
)
def test_column_an_expression_reads_and_the_csv_does_not_have_is_an_error_before_any_row(
    workspace: Workspace, line: str, message: str, hint: str, place: str
) -> None:
    report, found = check_campaign(
        workspace, campaign(workspace, GOOD, text=CAMPAIGN + line + "\n"), as_of=DAY
    )
    assert report is None
    assert [(d.message, str(d.at)) for d in found] == [(message, f"campaigns/test.yaml:{place}")]
    assert found[0].hints[0].startswith(hint)


def test_column_that_may_be_missing_is_a_warning(workspace: Workspace) -> None:
    text = CAMPAIGN + 'where: row["Opted out"] | default("0") != "1" and not known(row.Gone)\n'
    report, found = check_campaign(workspace, campaign(workspace, GOOD, text=text), as_of=DAY)
    assert report is not None and report.unwanted == 0
    assert [(d.severity.value, d.message) for d in found] == [
        ("warning", "'leads.csv' has no column 'Gone'"),
        ("warning", "'leads.csv' has no column 'Opted out'"),
    ]


def test_rows_set_aside_can_be_mended_and_read_by_the_same_campaign(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = CAMPAIGN.replace("{csv: leads.csv}", '{csv: leads.csv, encoding: cp1252, delimiter: ";"}')
    file = campaign(workspace, text=text)
    row = "A-1;Müller;mining;dwell time;Evaluation;10;a@abel.example"
    sheet = file.parent / "leads.csv"
    sheet.write_text(f"{HEADER.replace(',', ';')}\n{row}\n", encoding="cp1252")
    assert run(workspace, file, tmp_path).made == 0
    mended = (tmp_path / "set-aside.csv").read_bytes().replace(b"mining", b"freight")
    sheet.write_bytes(mended)
    assert run(workspace, file, tmp_path).made == 1
    (piece,) = (tmp_path / "A-1").iterdir()
    assert "Müller" in piece.name


def test_processes_give_what_one_process_gives(workspace: Workspace, tmp_path: Path) -> None:
    rows = [GOOD.replace("A-1", f"A-{n}") for n in range(1, 7)]
    file = campaign(workspace, *rows)
    run(workspace, file, tmp_path / "one")
    run(workspace, file, tmp_path / "two", workers=2)
    assert (tmp_path / "one" / "manifest.jsonl").read_bytes() == (
        tmp_path / "two" / "manifest.jsonl"
    ).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no lock of this kind")
def test_second_run_into_the_same_folder_is_refused_while_the_first_goes_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = campaign(workspace, GOOD)
    with only_run(tmp_path / "out") as alone:
        assert alone
        report, found = run_campaign(workspace, file, folder=tmp_path / "out", as_of=DAY)
    assert report is None
    assert [d.code for d in found] == ["folder-busy"]
    assert run(workspace, file, tmp_path / "out").made == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_run_is_finished_by_the_next_one(workspace: Workspace, tmp_path: Path) -> None:
    rows = [GOOD.replace("A-1", f"A-{n:02}") for n in range(1, 31)]
    file = campaign(workspace, *rows, "A-99,Bell,mining,labour,Discovery,10,")
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "collateral",
        "-w",
        str(workspace.root),
        "campaign",
        "run",
        str(file),
        "-o",
        str(out),
        "--as-of",
        str(DAY),
        "--workers",
        "2",
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list(out.rglob("*.eml"))) < 3:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    report = run(workspace, file, out)
    assert report.made + report.skipped == 30
    whole = tmp_path / "whole"
    run(workspace, file, whole)
    entries = [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]
    assert [e["key"] for e in entries] == [f"A-{n:02}" for n in range(1, 31)]
    assert (out / "manifest.jsonl").read_bytes() == (whole / "manifest.jsonl").read_bytes()
    pieces = {p.relative_to(out) for p in out.rglob("*.eml")}
    assert pieces == {p.relative_to(whole) for p in whole.rglob("*.eml")}
    assert all((out / p).read_bytes() == (whole / p).read_bytes() for p in pieces)
    assert len(reasons(out)) == 1


def test_folder_that_is_a_file_is_said_before_anything_is_made(workspace: Workspace, tmp_path: Path) -> None:
    file = campaign(workspace, GOOD)
    out = tmp_path / "out"
    out.write_text("in the way")
    report, found = run_campaign(workspace, file, folder=out, as_of=DAY)
    assert report is None and [d.code for d in found] == ["unwritable-folder"]
