"""Font metrics: from tables only unless a folder is given; stand-ins are named, never silent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from collateral.typeset import FontBook, book_of
from collateral.typeset.families import COMPATIBLE, EXACT, FAMILIES, STAND_IN
from collateral.typeset.metrics import BOOK, find_family
from collateral.typeset.tables import FOLDER, read_face


@pytest.mark.parametrize(
    ("asked", "table", "quality"),
    [
        ("Calibri", "carlito", COMPATIBLE),
        ("Cambria", "caladea", COMPATIBLE),
        ("Arial", "liberation-sans", COMPATIBLE),
        ("Georgia", "gelasio", COMPATIBLE),
        ("Lato", "lato", EXACT),
        ("Lato Bold", "lato", EXACT),
        ("Lato Light", "lato", STAND_IN),
        ("Montserrat SemiBold", "montserrat", STAND_IN),
        ("Montserrat Semi Bold", "montserrat", STAND_IN),
        ("Aptos", "open-sans", STAND_IN),
        ("Segoe UI", "open-sans", STAND_IN),
        ("ARIAL", "liberation-sans", COMPATIBLE),
    ],
)
def test_font_name_finds_its_table(asked: str, table: str, quality: str) -> None:
    family = find_family(asked)
    assert family is not None
    assert (family.table, family.quality) == (table, quality)


def test_unknown_font_is_measured_with_a_wide_stand_in() -> None:
    face = BOOK.face("Corporate Sans Nobody Has")
    assert face.quality == STAND_IN
    assert face.width("word") > BOOK.face("Calibri").width("word")


def test_stand_ins_are_reported_with_the_font_they_stand_for() -> None:
    found = BOOK.report(["Calibri", "Aptos", "Lato", "Aptos", "Nobody Sans"])
    assert [d.code for d in found] == ["font-stand-in"] * 2
    assert 'no metrics of "Aptos"' in found[0].message
    assert "open sans" in found[0].message


def test_every_family_names_a_table_that_exists_and_has_its_licence_recorded() -> None:
    sources = (FOLDER / "sources.yaml").read_text("utf-8").lower()
    for name, family in FAMILIES.items():
        assert (FOLDER / f"{family.table}.bin").is_file(), name
        assert family.table.replace("-", " ") + ":" in sources, name


def test_known_advance_widths_are_those_of_the_fonts() -> None:
    assert BOOK.face("Arial").plain_width("W") == pytest.approx(1933 / 2048)
    assert BOOK.face("Courier New").plain_width("iW") == pytest.approx(2 * 1229 / 2048)
    assert BOOK.face("Times New Roman", bold=True).plain_width("a") == pytest.approx(1024 / 2048)


def test_kerning_pulls_pairs_together_and_the_safe_width_does_not_rely_on_it() -> None:
    face = BOOK.face("Arial")
    assert face.width("AVAVA") < face.plain_width("AVAVA") == face.safe_width("AVAVA")


def test_bold_name_and_bold_style_pick_the_bold_face() -> None:
    assert BOOK.face("Lato Bold").plain_width("hours") == BOOK.face("Lato", bold=True).plain_width("hours")


def test_character_the_font_lacks_still_has_a_width() -> None:
    assert BOOK.face("Lato").plain_width("あ") > 0.5
    assert BOOK.face("Lato").plain_width("\u200b\u00ad") == 0


def test_damaged_table_is_an_error_not_garbage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.bin").write_bytes(b"nonsense")
    monkeypatch.setattr("collateral.typeset.tables.FOLDER", tmp_path)
    with pytest.raises(OSError, match="not a metric table"):
        read_face("x")


def test_cut_off_table_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (FOLDER / "lato.bin").read_bytes()
    (tmp_path / "y.bin").write_bytes(whole[:6] + b"\0\0" + whole[8:22] + whole[22:200])
    monkeypatch.setattr("collateral.typeset.tables.FOLDER", tmp_path)
    with pytest.raises(OSError, match="damaged"):
        read_face("y")


def make_font(folder: Path, name: str, width: int) -> Path:
    """A font of three letters, all of one width."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs = [".notdef", "a", "b", "space"]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord("a"): "a", ord("b"): "b", ord(" "): "space"})
    builder.setupGlyf({glyph: TTGlyphPen(None).glyph() for glyph in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (width, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    path = folder / f"{name}.ttf"
    builder.save(str(path))
    return path


def test_font_file_in_a_given_folder_is_read_and_not_reported(tmp_path: Path) -> None:
    make_font(tmp_path, "Corporate Sans", 250)
    book = FontBook([tmp_path])
    assert book.face("Corporate Sans").plain_width("ab") == pytest.approx(0.5)
    assert book.report(["Corporate Sans"]) == []


def test_broken_font_file_in_a_given_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 not a font")
    assert FontBook([tmp_path]).face("Broken").quality == STAND_IN


def test_complex_script_is_shaped_when_its_font_is_given(tmp_path: Path) -> None:
    make_font(tmp_path, "Corporate Sans", 250)
    book = FontBook([tmp_path])
    assert book.complex_width("ab", "Corporate Sans", False, False) == pytest.approx(0.5)


def test_font_files_that_come_and_go_are_seen_by_the_next_book(tmp_path: Path) -> None:
    def quality() -> str:
        return book_of(tmp_path).face("Corporate Sans").quality

    assert quality() == STAND_IN
    file = make_font(tmp_path, "Corporate Sans", 250)
    assert quality() == EXACT
    file.rename(tmp_path / "renamed.ttf")
    assert quality() == EXACT
    (tmp_path / "renamed.ttf").unlink()
    assert quality() == STAND_IN


def test_text_is_shaped_in_the_font_that_is_there_now(tmp_path: Path) -> None:
    def width() -> float:
        return book_of(tmp_path).complex_width("ab", "Corporate Sans", False, False)

    make_font(tmp_path, "Corporate Sans", 250)
    assert width() == pytest.approx(0.5)
    file = make_font(tmp_path, "Corporate Sans", 400)
    os.utime(file, ns=(1, 1))
    assert width() == pytest.approx(0.8)


def test_complex_script_without_its_font_is_reported_as_estimated() -> None:
    found = BOOK.report_scripts("زمن الانتظار", "Calibri")
    assert [d.code for d in found] == ["script-estimated"]
    assert "Arabic" in found[0].message
    assert BOOK.report_scripts("Wartezeit", "Calibri") == []


def test_east_asian_text_without_the_metrics_of_its_font_is_reported_with_what_stands_in() -> None:
    (named,) = BOOK.report_east_asian("待ち時間", "Yu Gothic")
    assert (
        named.code == "font-stand-in"
        and '"Yu Gothic"' in named.message
        and "noto sans cjk jp" in named.message
    )
    (unnamed,) = BOOK.report_east_asian("等待", "")
    assert "names no East Asian font" in unnamed.message
    assert BOOK.report_east_asian("等待", "Noto Sans CJK SC") == []
    assert BOOK.report_east_asian("Größe 31 %", "Yu Gothic") == []


def test_measuring_imports_no_font_library() -> None:
    code = (
        "import sys; from collateral.typeset import *; from collateral.model.frames import Frame\n"
        "measure(Frame(3000000, 400000), [TypesetParagraph.of('Hours won back, été 日本')])\n"
        "print(sorted({'fontTools', 'uharfbuzz', 'lxml', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
