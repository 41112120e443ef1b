"""The sample leads are what a CRM exports, and made by the script that says so."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
LEADS = ROOT / "campaigns" / "leads.csv"


def test_the_script_makes_the_same_bytes_again() -> None:
    from make_leads import leads

    assert LEADS.read_bytes() == leads()


def test_the_export_has_200_rows_a_byte_order_mark_and_faults() -> None:
    from collateral.campaign.rows import read_sheet

    data = LEADS.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    sheet, problems = read_sheet(data, file="leads.csv")
    assert problems == []
    assert sheet is not None
    assert len(sheet.rows) + len(sheet.bad) == 200
    assert len(sheet.bad) == 3


def test_every_bad_row_is_named_and_most_rows_are_good() -> None:
    from collateral.build.workspace import Workspace
    from collateral.campaign.mapping import RowError, make_mapper
    from collateral.campaign.rows import read_sheet

    workspace = Workspace(ROOT)
    campaign, problems = workspace.campaign(ROOT / "campaigns" / "spring-retail.yaml")
    assert campaign is not None
    assert problems == []
    mapper, problems = make_mapper(campaign, workspace.library)
    assert mapper is not None
    assert problems == []
    sheet, _ = read_sheet(LEADS.read_bytes(), file="leads.csv")
    assert sheet is not None
    good, reasons = 0, []
    for row in (row for row in sheet.rows if mapper.wanted(row)):
        try:
            mapper.prospect(row, mapper.key_of(row), "")
            good += 1
        except RowError as error:
            reasons.append(str(error))
    assert good >= 145
    assert len(reasons) >= 10
    assert all(reasons)
