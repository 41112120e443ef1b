"""Campaign files."""

from __future__ import annotations

from pathlib import Path

from collateral.load.campaigns import campaign_files, load_campaign
from collateral.load.workspace import load_library
from tests.load.conftest import Make

CAMPAIGN = """\
id: spring
source: {csv: leads.csv, delimiter: ";"}
templates: [mail]
key: row["Account ID"] | lower
where: row.Stage != "Closed"
map:
  name: row.Account
  industry: {column: Branche, table: industries, default: retail}
  fleet_size: {column: Trucks, type: number, required: true}
tables:
  industries: {Handel: retail}
"""
MAIL = "id: mail\npiece: email\nsections: [{title: a, slots: [{pick: intro}]}]\n"


def load(make: Make, text: str) -> tuple[object, list[tuple[str, str]]]:
    files: dict[str, str | bytes] = {
        "campaigns/spring.yaml": text,
        "campaigns/leads.csv": "a;b\n",
        "templates/mail.yaml": MAIL,
    }
    root = make(files)
    campaign, found = load_campaign(root / "campaigns/spring.yaml", load_library(root)[0])
    return campaign, [(d.code, d.message) for d in found]


def test_campaign_maps_columns_to_facts(make: Make) -> None:
    from collateral.model.campaign import Campaign

    campaign, found = load(make, CAMPAIGN)
    assert found == [] and isinstance(campaign, Campaign)
    name, industry, fleet = campaign.rules
    assert name.expression == "row.Account"
    assert (industry.column, industry.table, industry.default) == ("Branche", "industries", "retail")
    assert fleet.required and fleet.at is not None and fleet.at.line == 9
    assert campaign.source.delimiter == ";" and campaign.key == 'row["Account ID"] | lower'


def test_names_that_do_not_exist_are_said(make: Make) -> None:
    wrong = (
        CAMPAIGN.replace("[mail]", "[mial]")
        .replace("table: industries", "table: industry")
        .replace("fleet_size", "flet_size")
    )
    _, found = load(make, wrong)
    assert [code for code, _ in found] == ["unknown-template", "unknown-table", "unknown-fact"]


def test_csv_must_be_there_and_inside(make: Make) -> None:
    assert load(make, CAMPAIGN.replace("leads.csv", "no.csv"))[1][0][0] == "missing-csv"
    assert load(make, CAMPAIGN.replace("leads.csv", "/etc/hostname"))[1][0][0] == "path-outside-workspace"


def test_rule_needs_somewhere_to_come_from(make: Make) -> None:
    assert (
        "must have one of" in load(make, CAMPAIGN.replace("name: row.Account", "name: {type: text}"))[1][0][1]
    )


def test_campaign_files_are_found(make: Make) -> None:
    root: Path = make({"campaigns/b.yaml": "", "campaigns/a.yml": "", "campaigns/x.csv": ""})
    assert [p.name for p in campaign_files(root)] == ["a.yml", "b.yaml"]
