"""CSV files as CRMs export them."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from collateral.campaign.rows import read_sheet


def cells(data: bytes, **options: str) -> list[dict[str, str]]:
    sheet, found = read_sheet(data, file="leads.csv", **options)
    assert sheet is not None, found
    return [dict(row.cells) for row in sheet.rows]


def test_byte_order_mark_and_windows_line_ends_do_not_matter() -> None:
    assert cells(b"\xef\xbb\xbfName,City\r\nVan Dijk,Breda\r\n") == [{"Name": "Van Dijk", "City": "Breda"}]


def test_delimiter_is_found_out() -> None:
    assert cells(b"Name;City\nVan Dijk;Breda\n") == [{"Name": "Van Dijk", "City": "Breda"}]


def test_utf_16_with_mark_is_read() -> None:
    assert cells("Name,City\nMüller,Köln\n".encode("utf-16"))[0]["City"] == "Köln"


def test_named_encoding_is_used() -> None:
    assert cells("Name\nMüller\n".encode("cp1252"), encoding="cp1252") == [{"Name": "Müller"}]


def test_wrong_encoding_is_an_error_with_line_and_remedy() -> None:
    sheet, found = read_sheet("Name\nA\nMüller\n".encode("cp1252"), file="leads.csv")
    assert sheet is None
    assert (found[0].code, str(found[0].at)) == ("wrong-encoding", "leads.csv:3")
    assert "cp1252" in found[0].hints[0]


def test_ragged_row_is_set_aside_and_the_others_go_on() -> None:
    sheet, _ = read_sheet(b"a,b\n1,2\n3\n4,5,6\n7,8,\n", file="leads.csv")
    assert sheet is not None
    assert [row.number for row in sheet.rows] == [1, 4]
    assert [(bad.line, bad.reason) for bad in sheet.bad] == [
        (3, "the row has 1 cell, the header has 2"),
        (4, "the row has 3 cells, the header has 2"),
    ]


def test_quoted_line_breaks_keep_line_numbers_right() -> None:
    sheet, _ = read_sheet(b'a,b\n"x\ny",1\nz,2\n', file="leads.csv")
    assert sheet is not None
    assert [(row.line, row.cells["a"]) for row in sheet.rows] == [(2, "x\ny"), (4, "z")]


def test_blank_lines_are_no_rows() -> None:
    assert len(cells(b"a,b\n\n , \n1,2\n")) == 1


def test_duplicate_column_is_warned_of_and_the_first_counts() -> None:
    sheet, found = read_sheet(b"a,a\n1,2\n", file="leads.csv")
    assert sheet is not None
    assert sheet.rows[0].cells == {"a": "1"}
    assert [d.code for d in found] == ["duplicate-column"]


def test_empty_file_is_an_error() -> None:
    sheet, found = read_sheet(b"", file="leads.csv")
    assert sheet is None
    assert found[0].code == "empty-csv"


def test_header_that_is_one_endless_cell_is_an_error() -> None:
    sheet, found = read_sheet(b"x" * 200_000 + b"\na\n", file="leads.csv")
    assert sheet is None
    assert [d.code for d in found] == ["unreadable-csv", "empty-csv"]


def test_workbook_is_named_as_what_it_is() -> None:
    sheet, found = read_sheet(b"PK\x03\x04\x14\0\x06\0", file="leads.csv")
    assert sheet is None
    assert [d.code for d in found] == ["not-a-csv"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp932", "会社名;番号"), ("gb18030", "公司;编号"), ("cp949", "회사;번호"), ("cp1251", "Компания;Номер"),
        ("cp1252", "Größe;Söhne"), ("cp1253", "Εταιρεία;Αρ"), ("cp1254", "Şirket;Çalışan"), ("cp1255", "חברה;מס"),
        ("cp1256", "الشركة;رقم"), ("cp874", "บริษัท;เลข"),
    ],
)  # fmt: skip
def test_wrong_encoding_is_shown_as_others_read_it(encoding: str, text: str) -> None:
    sheet, found = read_sheet(f"{text}\nA;1\n".encode(encoding), file="leads.csv")
    assert sheet is None and found[0].code == "wrong-encoding"
    assert f"{text[:2]}" in found[0].hints[1] and f"in {encoding}" in found[0].hints[1]
    assert cells(f"{text}\nA;1\n".encode(encoding), encoding=encoding)[0] == dict(
        zip(text.split(";"), "A1", strict=True)
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "iso-2022-jp"])
def test_encoding_without_a_mark_is_named(encoding: str) -> None:
    sheet, found = read_sheet("会社名;番号\n東京;1\n".encode(encoding), file="leads.csv")
    assert sheet is None and f"encoding: {encoding}" in found[0].hints[0]


def test_columns_are_found_whether_their_accents_are_apart_or_not() -> None:
    apart = normalize("NFD", "Größe")
    assert cells(f"{apart}\n{apart}\n".encode()) == [{"Größe": apart}]


def test_unknown_encoding_is_an_error() -> None:
    sheet, found = read_sheet(b"a\n1\n", file="leads.csv", encoding="klingon")
    assert sheet is None
    assert found[0].code == "unknown-encoding"


def test_quotation_mark_left_open_sets_the_row_aside_instead_of_eating_the_rest() -> None:
    sheet, _ = read_sheet(b'a,b\n1,x\n2,"open\n3,y\n4,z\n', file="leads.csv")
    assert sheet is not None
    assert [row.cells["a"] for row in sheet.rows] == ["1"]
    assert [(bad.line, bad.reason) for bad in sheet.bad] == [
        (3, "a quotation mark is not closed, and 2 more lines are taken for its cell")
    ]


def test_quotation_mark_that_another_row_closes_sets_the_row_aside() -> None:
    sheet, _ = read_sheet(b'a,b\n1,"open\n2,"x"\n3,y\n', file="leads.csv")
    assert sheet is not None
    assert [row.cells["a"] for row in sheet.rows] == ["3"]
    assert [bad.line for bad in sheet.bad] == [2]


def test_quotation_mark_within_a_quoted_cell_is_not_dropped() -> None:
    sheet, _ = read_sheet(b'a,b\n"12" pipe",1\n"12"" pipe",2\n12" pipe,3\n', file="leads.csv")
    assert sheet is not None
    assert [row.cells["a"] for row in sheet.rows] == ['12" pipe', '12" pipe']
    assert [(bad.line, "write it twice" in bad.reason) for bad in sheet.bad] == [(2, True)]


def test_line_that_tells_excel_the_delimiter_is_no_header() -> None:
    sheet, _ = read_sheet(b"sep=;\r\nName;City\r\nVan Dijk;Breda\r\n", file="leads.csv")
    assert sheet is not None
    assert [(row.line, dict(row.cells)) for row in sheet.rows] == [(3, {"Name": "Van Dijk", "City": "Breda"})]


def test_utf_16_without_mark_is_named() -> None:
    sheet, found = read_sheet("Name\nA\n".encode("utf-16-le"), file="leads.csv")
    assert sheet is None
    assert "utf-16-le" in found[0].hints[0]
    assert cells("\ufeffName\nA\n".encode("utf-16-le"), encoding="utf-16-le") == [{"Name": "A"}]


def test_cells_of_a_column_that_is_there_twice_are_kept_as_they_were() -> None:
    sheet, _ = read_sheet(b"a,a\n 1,2\n", file="leads.csv")
    assert sheet is not None
    assert sheet.rows[0].raw == (" 1", "2")
