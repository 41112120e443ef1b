"""`fill_file`: pictures of the data, named by paths beside the data file."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.shared import Mm
from PIL import Image as Pillow

from collateral.build.filling import FillResult, fill_file
from collateral.cli.app import cli


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def filled(folder: Path, data: Mapping[str, object], *paragraphs: str) -> FillResult:
    """A letter with these paragraphs, filled with these data."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(folder / "letter.docx"))
    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    return fill_file(folder / "letter.docx", folder / "data.json", folder / "out.docx")


def sizes(folder: Path) -> list[tuple[int, int]]:
    return [(s.width, s.height) for s in Document(str(folder / "out.docx")).inline_shapes]


def test_path_in_the_data_becomes_a_picture_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    result = filled(tmp_path, {"logo": "logo.png"}, 'See {{ picture(logo, width="20mm") }} here')
    assert result.path is not None and result.diagnostics == ()
    assert sizes(tmp_path) == [(Mm(20), Mm(10))]


@pytest.mark.parametrize(
    "loops",
    [
        "{% for x in people %}",
        "{% for row in people | batch(2, '') %}{% for x in row if x %}",
        "{% for name, group in people | groupby('name') %}{% for x in group %}",
    ],
)
def test_paths_in_a_list_become_pictures(tmp_path: Path, loops: str) -> None:
    (tmp_path / "one.jpg").write_bytes(picture("JPEG"))
    (tmp_path / "two.gif").write_bytes(picture("GIF"))
    people = [{"name": "Els", "photo": photo} for photo in ("one.jpg", "two.gif", "one.jpg")]
    tag = loops + '{{ picture(x.photo, height="1cm") }}' + "{% endfor %}" * loops.count("for ")
    assert filled(tmp_path, {"people": people}, tag).diagnostics == ()
    assert len(sizes(tmp_path)) == 3


@pytest.mark.parametrize(
    "picked",
    ["photos[1]", "photos | first", "none_ | default(logo)", "none_ or logo", "logo if word else none_"],
)
def test_path_is_found_however_the_tag_picks_it(tmp_path: Path, picked: str) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    data = {"photos": ["logo.png", "logo.png"], "logo": "logo.png", "word": "not a path"}
    for tag in ("{{ picture(" + picked + ") }}", "{% set x = logo %}{{ picture(x) }}"):
        assert filled(tmp_path, data, tag).diagnostics == ()
        assert len(sizes(tmp_path)) == 1


def test_pictures_stand_in_columns_that_a_loop_makes(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(picture(size=(2000, 1000)))
    document = Document()
    row = document.add_table(rows=1, cols=3).rows[0]
    row.cells[0].text = "{%tc for x in photos %}"
    row.cells[1].text = '{{ picture(x, width="15mm") }} {{ picture(x) }}'
    row.cells[2].text = "{%tc endfor %}"
    document.save(str(tmp_path / "letter.docx"))
    (tmp_path / "data.json").write_text('{"photos": ["one.png", "one.png", "one.png", "one.png"]}')
    result = fill_file(tmp_path / "letter.docx", tmp_path / "data.json", tmp_path / "out.docx")
    assert result.diagnostics == ()
    drawn = sum(cell.width for cell in Document(str(tmp_path / "letter.docx")).tables[0].rows[0].cells)
    quarter = (drawn // 635 // 4 - 216) * 635
    assert sizes(tmp_path) == [(Mm(15), Mm(7.5)), (quarter, pytest.approx(quarter / 2, abs=1))] * 4


def test_photo_taken_upright_stands_upright(tmp_path: Path) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    (tmp_path / "photo.jpg").write_bytes(picture("JPEG", exif=exif))
    filled(tmp_path, {"photo": "photo.jpg"}, '{{ picture(photo, width="10mm") }}')
    assert sizes(tmp_path) == [(Mm(10), Mm(20))]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("gone.png", "missing-picture"),
        ("../outside.png", "path-outside-workspace"),
        ("/etc/passwd", "path-outside-workspace"),
        ("a\0b.png", "path-outside-workspace"),
        ("letter.docx", "unusable-picture"),
        ("huge.png", "unusable-picture"),
        (".", "missing-picture"),
        ("loop.png", "missing-picture"),
        ("pipe.png", "missing-picture"),
    ],
)
def test_bad_picture_is_named_with_the_place_and_the_tag_that_asks_for_it(
    tmp_path: Path, path: str, code: str
) -> None:
    (tmp_path.parent / "outside.png").write_bytes(picture())
    (tmp_path / "loop.png").symlink_to("loop.png")
    os.mkfifo(tmp_path / "pipe.png")
    head = picture()
    (tmp_path / "huge.png").write_bytes(head[:16] + (60_000).to_bytes(4, "big") * 2 + head[24:])
    result = filled(
        tmp_path, {"logo": path, "n": 1}, "{{ n }}", "first", 'See {{ picture(logo, width="2cm") }}'
    )
    (found,) = result.diagnostics
    assert found.code == code
    assert str(found.at) == "letter.docx › word/document.xml › paragraph 3"
    assert 'picture(logo, width="2cm")' in found.message
    assert result.path is None and not (tmp_path / "out.docx").exists()


def test_same_bad_picture_is_told_once_and_everything_else_that_is_wrong_too(tmp_path: Path) -> None:
    tags = ("{% for x in rows %}{{ picture(x.photo) }}{% endfor %}", "{{ missing }}")
    result = filled(tmp_path, {"rows": [{"photo": "no.png"}, {"photo": "no.png"}]}, *tags)
    assert [d.code for d in result.diagnostics] == ["missing-picture", "missing-value"]


def test_empty_path_is_no_picture(tmp_path: Path) -> None:
    filled(tmp_path, {"logo": ""}, "first", "{{ picture(logo) }}", "last")
    assert [p.text for p in Document(str(tmp_path / "out.docx")).paragraphs] == ["first", "last"]


def test_template_and_data_are_never_written_over(tmp_path: Path) -> None:
    filled(tmp_path, {"name": "Els"}, "Dear {{ name }}")
    letter, data = tmp_path / "letter.docx", tmp_path / "data.json"
    before = letter.read_bytes(), data.read_bytes()
    for output in (letter, tmp_path / "new" / ".." / "letter.docx", data):
        result = fill_file(letter, data, output)
        assert [d.code for d in result.diagnostics] == ["output-is-input"] and result.path is None
    assert (letter.read_bytes(), data.read_bytes()) == before


@pytest.mark.parametrize("name", ["out.pptx", "out.pdf", "out", "-"])
def test_filled_file_is_not_named_as_another_kind_of_file(tmp_path: Path, name: str) -> None:
    filled(tmp_path, {"name": "Els"}, "Dear {{ name }}")
    result = fill_file(tmp_path / "letter.docx", tmp_path / "data.json", tmp_path / name)
    assert [d.code for d in result.diagnostics] == ["wrong-ending"]
    assert not (tmp_path / name).exists()


def test_number_of_thousands_of_digits_in_json_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, {}, "Dear {{ name }}")
    (tmp_path / "data.json").write_text('{"name": ' + "1" * 5000 + "}")
    result = fill_file(tmp_path / "letter.docx", tmp_path / "data.json", tmp_path / "o.docx")
    assert [d.code for d in result.diagnostics] == ["bad-json"]


def test_key_with_its_accents_apart_is_the_same_name(tmp_path: Path) -> None:
    data = {unicodedata.normalize("NFD", "größe"): {unicodedata.normalize("NFD", "é"): "groß"}}
    assert filled(tmp_path, data, "{{ größe.é }}").diagnostics == ()
    (tmp_path / "data.yaml").write_text(unicodedata.normalize("NFD", "größe: {é: groß}"), encoding="utf-8")
    assert fill_file(tmp_path / "letter.docx", tmp_path / "data.yaml", tmp_path / "b.docx").path is not None


def test_key_given_twice_in_json_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, {}, "{{ x.y }}")
    (tmp_path / "data.json").write_text('{"x": {"y": 1, "z": 2, "y": 3}}')
    result = fill_file(tmp_path / "letter.docx", tmp_path / "data.json", tmp_path / "other.docx")
    assert [(d.code, d.message) for d in result.diagnostics] == [
        ("duplicate-key", 'an object has the key "y" more than once')
    ]
    assert not (tmp_path / "other.docx").exists()


@pytest.mark.parametrize(
    ("language", "fine"), [("nl", True), ("en-GB", True), ("pt_BR", True), ("xx", False), ("", False)]
)
def test_language_nobody_knows_is_refused(tmp_path: Path, language: str, fine: bool) -> None:
    filled(tmp_path, {"x": 1}, "{{ x }}")
    files = (tmp_path / "letter.docx", tmp_path / "data.json", tmp_path / "other.docx")
    result = fill_file(*files, language=language)
    assert (result.path is not None) == fine
    assert [d.code for d in result.diagnostics] == ([] if fine else ["unknown-language"])


def _letter(path: Path) -> None:
    document = Document()
    document.add_paragraph("Dear {{ name }}")
    document.save(str(path))


def test_data_come_from_standard_input_and_the_file_goes_to_standard_output(tmp_path: Path) -> None:
    letter = tmp_path / "letter.docx"
    _letter(letter)
    for data in ("name: Els", '{"name": "Els"}', '{\n\t"name": "Els"\n}'):
        result = CliRunner().invoke(cli, ["fill", str(letter), "--data", "-", "-o", "-"], input=data)
        assert result.exit_code == 0, (data, result.stderr)
        assert [q.text for q in Document(io.BytesIO(result.stdout_bytes)).paragraphs] == ["Dear Els"]


def test_what_is_wrong_with_data_from_standard_input_is_said_of_it_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    letter = tmp_path / "letter.docx"
    _letter(letter)
    for data, message in (
        ("{}", "no value for"),
        ("- a", "standard input:1"),
        ('{"a": 1, "a": 2}', "more than once"),
    ):
        result = CliRunner().invoke(cli, ["fill", str(letter), "--data", "-", "-o", "-"], input=data)
        assert (result.exit_code, result.stdout_bytes) == (1, b"")
        assert message in result.stderr
    both = CliRunner().invoke(cli, ["fill", str(letter), "--data", "-", "-o", "-", "--json"], input="{}")
    assert both.exit_code == 2


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("{{ nme }}", 'did you mean "name"?'),
        ("{{ Name }}", 'did you mean "name"?'),
        ("{{ company.addres.city }}", None),
        ("{{ company.ctiy }}", 'did you mean "company.city"?'),
        ("{% for line in lines %}{{ line.pric }}{% endfor %}", None),
        ("{{ elephant }}", None),
    ],
)
def test_a_misspelled_name_is_answered_with_the_right_one(tmp_path: Path, tag: str, hint: str | None) -> None:
    data = {"name": "Els", "company": {"city": "Ghent"}, "lines": [{"price": 3}]}
    (problem,) = filled(tmp_path, data, tag).diagnostics
    assert problem.code == "missing-value"
    assert problem.hints[:-1] == ((hint,) if hint else ())


def test_a_number_written_as_text_is_refused_with_what_makes_a_number_of_it(tmp_path: Path) -> None:
    (problem,) = filled(tmp_path, {"amount": "1250.50"}, "{{ amount | money }}").diagnostics
    assert problem.message.endswith('is not a number; put "| float" in front of what needs one')
    assert filled(tmp_path, {"amount": "1250.50"}, "{{ amount | float | money }}").path is not None
