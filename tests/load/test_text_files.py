"""Files as people save them: byte order marks, line endings, encodings, sizes."""

from __future__ import annotations

from datetime import date

from collateral.diagnostics import Span
from collateral.load.text import MAX_BYTES, decode, read_bytes
from collateral.load.workspace import load_library, load_prospects
from collateral.rules import run_rules
from tests.load.conftest import BLOCK, SETTINGS, Make


def test_byte_order_mark_and_windows_line_endings_make_no_difference(make: Make) -> None:
    plain, _ = load_library(make({"content_blocks/dwell-case.md": BLOCK}))
    windows = b"\xef\xbb\xbf" + BLOCK.replace("\n", "\r\n").encode()
    other, found = load_library(make({"content_blocks/dwell-case.md": windows}))
    assert found == []
    assert other.blocks["dwell-case"]["en"] == plain.blocks["dwell-case"]["en"]


def test_first_byte_that_is_not_utf_8_is_named() -> None:
    text, found = decode(b"a: 1\nb: caf" + b"\xe9\n", "f.yaml")
    assert text is None
    assert found[0].message == "byte 0xE9 at offset 11 is not UTF-8"
    assert found[0].at == Span("f.yaml", 2, 7)


def test_utf_16_is_told_apart_from_a_wrong_byte() -> None:
    _, found = decode("a: 1".encode("utf-16"), "f.yaml")
    assert "UTF-16" in found[0].message


def test_huge_file_is_refused_before_it_is_read_whole(make: Make) -> None:
    root = make({"content_blocks/big.md": b"x" * (MAX_BYTES + 1)})
    data, found = read_bytes(root / "content_blocks/big.md", "content_blocks/big.md")
    assert data is None and found[0].code == "file-too-large"


def test_all_problems_of_all_files_come_in_one_run(make: Make) -> None:
    root = make(
        {
            "content_blocks/one.md": b"---\nid: one\ntitle: caf\xe9\n---\n",
            "content_blocks/two.md": "---\nid: two\nkind: x\n---\n",
            "content_blocks/empty.md": "",
            "content_blocks/claims.yaml": "a: {sais: b}\nb: {says: b, source: c}\n",
            "templates/t.yaml": "id: t\npiece: dek\n",
        },
        settings=SETTINGS + "definition: {}\n",
    )
    library, found = load_library(root)
    assert {(d.at.file, d.code) for d in found if d.at} == {
        ("collateral.yaml", "unknown-key"),
        ("content_blocks/one.md", "not-utf-8"),
        ("content_blocks/two.md", "missing-key"),
        ("content_blocks/empty.md", "no-front-matter"),
        ("content_blocks/claims.yaml", "unknown-key"),
        ("content_blocks/claims.yaml", "missing-key"),
        ("templates/t.yaml", "unknown-value"),
        ("templates/t.yaml", "missing-key"),
    }
    assert list(library.claims) == ["b"]
    assert library.broken == ("empty", "one", "templates/t.yaml", "two")


def test_unreadable_settings_do_not_make_every_audience_wrong(make: Make) -> None:
    files: dict[str, str | bytes] = {
        "content_blocks/dwell-case.md": BLOCK.replace("It did.", "{{ prospect.fleet_size }}"),
        "prospects/p.yaml": "name: N\nindustry: retail\nfleet_size: 3\n",
    }
    library, found = load_library(make(files, settings="seller: [\n"))
    assert [d.code for d in found] == ["yaml-syntax"]
    assert load_prospects(library)[1] == []
    codes = {d.code for d in run_rules(library, as_of=date(2026, 11, 22))}
    assert codes == {"unapproved-block"}


def test_folder_without_settings_is_said_to_be_no_workspace(make: Make) -> None:
    root = make()
    (root / "collateral.yaml").unlink()
    assert [d.code for d in load_library(root)[1]] == ["no-workspace"]


def test_sellers_logo_must_be_there(make: Make) -> None:
    settings = SETTINGS.replace("{name: Harborline}", "{name: Harborline, logo: templates/logo.png}")
    _, found = load_library(make(settings=settings))
    assert [(d.code, str(d.at)) for d in found] == [("missing-picture", "collateral.yaml:1:34")]
