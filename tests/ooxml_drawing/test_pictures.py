"""Picture files as people upload them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from collateral.ooxml.drawing.pictures import PictureLimits, load_image
from collateral.ooxml.values import Image


def encoded(
    kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", color: object = 200, **options: object
) -> bytes:
    out = io.BytesIO()
    fill = color if mode in ("L", "P") else (200, 30, 40, 255)[: len(mode)]
    Pillow.new(mode, size, fill).save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def loaded(data: bytes, **limits: int) -> Image:
    image, found = load_image(data, name="logo", limits=PictureLimits(**limits))
    assert image is not None, found
    return image


def refusal(data: bytes, **limits: int) -> str:
    image, found = load_image(data, name="logo", limits=PictureLimits(**limits))
    assert image is None
    return found[0].message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_good_file_passes_untouched(kind: str) -> None:
    data = encoded(kind, mode="P" if kind == "GIF" else "RGB")
    image = loaded(data)
    assert (image.data, image.width_px, image.height_px) == (data, 40, 20)
    assert image.content_type == f"image/{kind.lower()}"


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "WEBP"])
def test_what_office_does_not_show_becomes_png(kind: str) -> None:
    image = loaded(encoded(kind))
    assert (image.content_type, image.width_px) == ("image/png", 40)


def test_turned_photo_is_turned_back() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    image = loaded(encoded("JPEG", exif=exif.tobytes()))
    assert (image.width_px, image.height_px) == (20, 40)


def test_print_colours_become_screen_colours() -> None:
    image = loaded(encoded("JPEG", mode="CMYK"))
    assert Pillow.open(io.BytesIO(image.data)).mode == "RGB"


def test_large_picture_is_made_smaller() -> None:
    image = loaded(encoded("PNG", (300, 100)), side=150)
    assert (image.width_px, image.height_px) == (150, 50)


def test_large_turned_photo_is_made_smaller_and_turned_back() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    image = loaded(encoded("JPEG", (800, 400), exif=exif.tobytes()), side=100)
    assert (image.width_px, image.height_px) == (50, 100)


@pytest.mark.parametrize(("mode", "fits"), [("RGB", True), ("RGBA", False), ("P", False)])
def test_picture_that_is_needed_twice_in_memory_may_have_half_the_pixels(mode: str, fits: bool) -> None:
    data = encoded("PNG", (300, 100), mode=mode)
    limits = {"pixels": 40_000, "side": 150}
    if fits:
        assert loaded(data, **limits).width_px == 150
    else:
        assert "more than 20,000" in refusal(data, **limits)


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    header = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0)
        + b"\0" * 8
    )
    assert "60000 × 60000 pixels" in refusal(header)


def test_damaged_empty_and_foreign_files_are_refused_with_the_reason() -> None:
    assert "damaged" in refusal(encoded("JPEG")[:40])
    assert "damaged" in refusal(encoded("PNG")[:45])
    assert "empty" in refusal(b"")
    assert "no picture" in refusal(b"MZ\x90 not a picture")
    assert "limit" in refusal(encoded("PNG"), file_bytes=10)


def test_file_that_ends_early_is_refused() -> None:
    whole = encoded("JPEG", size=(200, 200))
    assert "damaged" in refusal(whole[:-40])


def _with_segment(data: bytes, marker: int, body: bytes) -> bytes:
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + data[2:]


def _with_chunk(data: bytes, kind: bytes, body: bytes) -> bytes:
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:33] + chunk + data[33:]


@pytest.mark.parametrize("progressive", [False, True])
def test_photo_tells_nothing_of_where_and_by_whom_it_was_taken(progressive: bool) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = encoded("JPEG", dpi=(300, 300), icc_profile=profile, progressive=progressive)
    telling = plain
    for marker, body in (
        (0xE1, b"Exif\0\0 taken at 51.9 N, 4.5 E by Els"),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<Els/>"),
        (0xE2, b"previews of Els"),
        (0xED, b"Photoshop 3.0\0 caption by Els"),
        (0xFE, b"Els"),
    ):
        telling = _with_segment(telling, marker, body)
    image = loaded(telling + b"a film Els made")
    assert b"Els" not in image.data
    opened = Pillow.open(io.BytesIO(image.data))
    assert opened.tobytes() == Pillow.open(io.BytesIO(plain)).tobytes()
    assert (opened.info["icc_profile"], opened.info["dpi"]) == (profile, (300, 300))
    assert loaded(plain).data == plain


def test_photo_with_damaged_notes_is_taken_as_it_is() -> None:
    plain = encoded("JPEG")
    assert loaded(_with_segment(plain, 0xE1, b"Exif\0\0 no notes at all")).data == plain


def test_drawing_tells_nothing_of_whose_it_is() -> None:
    plain = encoded("PNG", dpi=(300, 300))
    telling = _with_chunk(_with_chunk(plain, b"tEXt", b"Author\0Els"), b"eXIf", b"by Els") + b"Els"
    assert loaded(telling).data == plain
    svg = (
        '<metadata><a>Els</a></metadata><s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" by="Els"/>'
        '<rect width="9" height="9" xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="/home/Els/a.png"/>'
    )
    cleaned = loaded((SVG % svg).encode()).svg or b""
    assert b"Els" not in cleaned and b"<rect" in cleaned


def test_colours_of_a_turned_photo_are_still_those_of_its_profile() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Pillow.Exif()
    exif[0x0112] = 6
    image = loaded(encoded("JPEG", exif=exif.tobytes(), icc_profile=profile))
    assert Pillow.open(io.BytesIO(image.data)).info["icc_profile"] == profile


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_profile_of_print_colours_is_not_said_of_screen_colours(kind: str) -> None:
    image = loaded(encoded(kind, mode="CMYK", icc_profile=b"no profile at all"))
    opened = Pillow.open(io.BytesIO(image.data))
    assert (opened.mode, opened.info.get("icc_profile")) == ("RGB", None)


def _profile_of_grey_ink() -> bytes:
    """A profile of print colours by which only black ink shows."""
    ramp = bytes(range(256))
    table = struct.pack(">4s4x4B9i", b"mft1", 4, 3, 2, 0, 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table += ramp * 4 + (b"\xff\x80\x80" + b"\0\x80\x80") * 8 + ramp * 3
    head = struct.pack(
        ">I4xI4s4s4s12x4s28x3I48x", 144 + len(table), 0x02400000, b"prtr", b"CMYK", b"Lab ", b"acsp",
        0xF6D6, 0x10000, 0xD32D,
    )  # fmt: skip
    return head + struct.pack(">I4sII", 1, b"A2B0", 144, len(table)) + table


def test_colours_are_worked_out_by_the_profile_of_the_file() -> None:
    out = io.BytesIO()
    Pillow.new("CMYK", (9, 9), (255, 0, 0, 60)).save(out, "JPEG", icc_profile=_profile_of_grey_ink())
    image = loaded(out.getvalue())
    red, green, blue = Pillow.open(io.BytesIO(image.data)).getpixel((4, 4))  # type: ignore[misc]
    assert 20 < red < 240 and abs(red - green) < 3 and abs(red - blue) < 3


@pytest.mark.parametrize(("mode", "level"), [("I;16", 32_768), ("F", 0.5)])
def test_grey_of_more_than_8_bits_keeps_its_shades(mode: str, level: float) -> None:
    out = io.BytesIO()
    Pillow.new(mode, (9, 9), level).save(out, "TIFF")
    assert Pillow.open(io.BytesIO(loaded(out.getvalue()).data)).getpixel((4, 4)) in (127, 128)


def test_large_logo_with_few_colours_keeps_its_transparency_and_gets_smooth_edges() -> None:
    logo = Pillow.new("P", (900, 900), 0)
    logo.putpalette([255, 255, 255, 20, 40, 60])
    logo.paste(1, (0, 0, 451, 900))
    out = io.BytesIO()
    logo.save(out, "PNG", transparency=0)
    made = Pillow.open(io.BytesIO(loaded(out.getvalue(), side=300).data))
    assert made.mode == "RGBA"
    assert len({made.getpixel((x, 150)) for x in range(300)}) > 2


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="30">%s</svg>'


def test_svg_keeps_its_vectors_and_gets_a_stand_in() -> None:
    image = loaded((SVG % '<rect width="60" height="30" fill="#0b2a3c"/>').encode())
    assert image.svg is not None and b"rect" in image.svg
    assert image.data.startswith(b"\x89PNG")
    assert image.width_px == 2 * image.height_px


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect width="9" height="9" onclick="alert(1)"/>',
        '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
        '<image href="https://evil.example/x.png" width="9" height="9"/>',
        '<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>',
        '<rect width="9" height="9" style="fill:url(https://evil.example/#a)"/>',
        "<style>@import url(https://evil.example/x.css);</style>",
        "<foreignObject><p>hello evil</p></foreignObject>",
    ],
)
def test_svg_loses_what_runs_or_reaches_out(hostile: str) -> None:
    svg = loaded((SVG % hostile).encode()).svg or b""
    assert all(word not in svg for word in (b"alert", b"evil", b"passwd"))


@pytest.mark.parametrize(
    ("size", "millimetres"),
    [
        ('width="50mm" height="20mm"', 50),
        ('width="5cm" viewBox="0 0 5 2"', 50),
        ('height="20mm" viewBox="0 0 5 2"', 50),
        ('width="1in" height="0.4in" viewBox="0 0 100 40"', 25.4),
        ('width="72pt" height="28.8pt"', 25.4),
        ('width="96" height="38.4px"', 25.4),
    ],
)
def test_svg_says_its_size_in_any_unit(size: str, millimetres: float) -> None:
    image = loaded(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode())
    assert image.width_px / image.height_px == pytest.approx(2.5, rel=0.02)
    assert image.width_px / image.dpi * 25.4 == pytest.approx(millimetres, rel=0.01)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]>',
    ],
    ids=["plain", "with names"],
)
def test_svg_with_a_document_type_is_read(doctype: str) -> None:
    space = "&ns_svg;" if "ENTITY" in doctype else "http://www.w3.org/2000/svg"
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}\n<svg xmlns="{space}" width="9" height="9"/>'
    svg = loaded(text.encode()).svg or b""
    assert b'xmlns="http://www.w3.org/2000/svg"' in svg
    assert b"DOCTYPE" not in svg


def test_svg_of_any_size_is_drawn_no_larger_than_its_stand_in() -> None:
    image = loaded(b'<svg xmlns="http://www.w3.org/2000/svg" width="900000" height="900000"/>')
    assert (image.width_px, image.height_px) == (1200, 1200)


def test_svg_that_is_hardly_more_than_a_line_is_refused() -> None:
    assert "too short" in refusal(b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="90000"/>')


def test_filters_that_would_take_minutes_are_bounded() -> None:
    step = '<feTurbulence numOctaves="9999"/><feMorphology radius="500 5"/><feConvolveMatrix order="x"/>'
    svg = loaded((SVG % f'<filter id="f">{step}</filter><rect width="9" height="9"/>').encode()).svg or b""
    assert b'numOctaves="8"' in svg and b'radius="10"' in svg and b"order" not in svg
    assert "filters" in refusal((SVG % f'<filter id="f">{"<feTile/>" * 51}</filter>').encode())


def test_drawing_that_would_take_for_ever_is_stopped() -> None:
    layers = '<g opacity="0.9"><rect width="60" height="30"/><rect width="30" height="30"/></g>' * 4000
    image, found = load_image((SVG % layers).encode(), name="logo", limits=PictureLimits(seconds=0.5))
    assert image is None
    assert [d.code for d in found] == ["unusable-picture"]
    assert "more than 0.5 seconds to draw" in found[0].message


@pytest.mark.parametrize("python", ["", None])
def test_where_no_python_can_be_started_a_drawing_is_refused(
    python: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", python)
    assert "cannot be drawn" in refusal((SVG % "").encode())


def test_what_draws_is_not_looked_for_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resvg_py.py").write_text("raise SystemExit('taken from the current folder')")
    monkeypatch.chdir(tmp_path)
    assert loaded((SVG % "").encode()).width_px == 1200


def test_xml_that_is_no_svg_is_refused() -> None:
    assert "no SVG" in refusal(b"<html/>")


def test_entity_bomb_is_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + (SVG % "&b;").encode()
    image, found = load_image(bomb, name="logo")
    assert image is None or b"aaaa" not in (image.svg or b""), found


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=80),
    st.sampled_from(
        [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF0000WEBP", b"BM", b"<svg "]
    ),
)
def test_no_bytes_raise(junk: bytes, start: bytes) -> None:
    image, found = load_image(start + junk, name="junk")
    assert image is not None or found


def test_remedy_fits_what_is_wrong() -> None:
    _, large = load_image(encoded("PNG"), name="logo", limits=PictureLimits(file_bytes=10))
    _, damaged = load_image(encoded("JPEG")[:40], name="logo")
    assert "smaller" in large[0].hints[0]
    assert "save it again" in damaged[0].hints[0]


@pytest.mark.parametrize(("kind", "told"), [("PNG", 299.99), ("JPEG", 300.0)])
def test_resolution_is_the_one_the_file_claims(kind: str, told: float) -> None:
    assert loaded(encoded(kind, dpi=(300, 300))).dpi == pytest.approx(told, abs=0.05)
    assert loaded(encoded(kind)).dpi == 96
    assert loaded(encoded(kind, dpi=(1, 1))).dpi == 96


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_picture_made_smaller_is_as_large_on_paper_as_before(kind: str) -> None:
    made = loaded(encoded(kind, size=(400, 200), dpi=(300, 300)), side=100)
    assert made.width_px == 100
    assert made.width_px / made.dpi == pytest.approx(400 / 300, rel=0.01)


def test_svg_is_as_large_as_it_says_and_one_that_says_nothing_fills_what_it_stands_in() -> None:
    told = loaded((SVG % "").encode())
    assert told.width_px / told.dpi == pytest.approx(60 / 96)
    untold = loaded(b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="0 0 2 1"/>')
    assert untold.width_px / untold.dpi > 10
