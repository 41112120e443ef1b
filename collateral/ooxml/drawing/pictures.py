"""Picture files made ready for Office: known by their content, turned the right way, bounded in size, cleaned.

In: the bytes of a file anybody may have uploaded. Out: an `Image`, or why it is none. PNG and JPEG files that need no change
pass through as they are but for what they tell of whoever made them, without an image library; the rest is decoded by Pillow, SVG by `vectors`.
"""

from __future__ import annotations

import hashlib
import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.ooxml.drawing.picture_metadata import end_of_jpeg, plain_jpeg, plain_png
from collateral.ooxml.drawing.vectors import VectorError, clean_svg, rasterise
from collateral.ooxml.sizes import emu_of, wrong_length
from collateral.ooxml.values import Image

if TYPE_CHECKING:
    from PIL import Image as Pillow

PNG = b"\x89PNG\r\n\x1a\n"
GIF = (b"GIF87a", b"GIF89a")
USUAL_DPI = 96.0
DECODED = {b"BM": "bmp", b"II*\0": "tiff", b"MM\0*": "tiff"}


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """Bounds: bytes of a file, pixels that are decoded at all (half of them where the decoded picture is needed twice), the longest
    side that is kept, and seconds that drawing vectors may take."""

    file_bytes: int = 50_000_000
    pixels: int = 120_000_000
    side: int = 2_400
    seconds: float = 10.0


LIMITS = PictureLimits()


class PictureError(ValueError):
    """Why a file is no usable picture, and what would mend it."""

    def __init__(self, message: str, remedy: str = "save it again as PNG or JPEG") -> None:
        super().__init__(message)
        self.remedy = remedy


_DAMAGED: Final = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, struct.error)
"""What Pillow raises for bytes that are no picture, or no notes on one."""
TOO_LARGE = "make it smaller: 2,400 pixels on the longer side are plenty"


def load_image(
    data: bytes, *, name: str, limits: PictureLimits = LIMITS
) -> tuple[Image | None, list[Diagnostic]]:
    """The picture in a file's bytes; `name` is how people know the file.

    EXIF rotation is applied, CMYK becomes RGB, formats Office does not show become PNG, and pictures larger than
    `limits.side` are made smaller. A picture that cannot be decoded, or is too large to be, is refused.
    """
    try:
        return _load(data, limits), []
    except (PictureError, VectorError) as error:
        message = f'the picture "{name}" cannot be used: {error}'
        remedy = error.remedy if isinstance(error, PictureError) else "use a PNG, JPEG or plain SVG file"
        return None, [Diagnostic.error("unusable-picture", message, Place(name), remedy)]


def read_picture(
    source: bytes | Path, *, width: str, height: str, alt: str
) -> tuple[Image | None, list[Diagnostic]]:
    """The picture in a file, with the size wanted in running text ("20mm", or empty) and its alternative text."""
    name = source.name if isinstance(source, Path) else "picture"
    sides = (("width", width), ("height", height))
    wrong = [text for side, length in sides if length and (text := wrong_length(side, length))]
    if wrong:
        return None, [Diagnostic.error("bad-length", text, Place(name)) for text in wrong]
    try:
        data = _read(source) if isinstance(source, Path) else source
    except OSError as error:
        message = f'cannot read the picture "{name}": {error.strerror or error}'
        return None, [Diagnostic.error("missing-picture", message, Place(name))]
    image, found = load_image(data, name=name)
    wide, high = (emu_of(length) or 0 for _, length in sides)
    return (image.shown(alt=alt, width=wide, height=high) if image is not None else None), found


def _read(path: Path) -> bytes:
    """The bytes of a file; of one that is too large for a picture no more than shows that it is."""
    with path.open("rb") as file:
        return file.read(LIMITS.file_bytes + 1)


def _load(data: bytes, limits: PictureLimits) -> Image:
    if not data:
        raise PictureError("the file is empty")
    if len(data) > limits.file_bytes:
        raise PictureError(f"it is over the limit of {limits.file_bytes:,} bytes", TOO_LARGE)
    if data.startswith(PNG):
        return _png(data, limits)
    if data.startswith(b"\xff\xd8\xff"):
        return _decoded(data, "JPEG", limits) if _needs_work(data, limits) else _jpeg(data)
    if data.startswith(GIF):
        width, height = struct.unpack_from("<HH", data, 6) if len(data) >= 10 else (0, 0)
        _opened(data, limits)
        return _image(data, "gif", width, height)
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or data[:4] in DECODED or data[:2] in DECODED:
        return _decoded(data, "PNG", limits)
    return _vector(data, limits)


def _png(data: bytes, limits: PictureLimits) -> Image:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise PictureError("the PNG file is damaged")
    width, height = struct.unpack_from(">II", data, 16)
    _check_size(width, height, limits)
    if max(width, height) > limits.side or not _is_whole_png(data):
        return _decoded(data, "PNG", limits)
    return _image(plain_png(data), "png", width, height, dpi=_png_dpi(data))


def _is_whole_png(data: bytes) -> bool:
    """Whether the chunks follow each other to the end; a picture that is cut off would show as a red cross."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at += 12 + length
    return False


def _png_dpi(data: bytes) -> float:
    at = data.find(b"pHYs", 0, 512)
    if at < 0 or len(data) < at + 13 or data[at + 12] != 1:
        return USUAL_DPI
    per_metre = int.from_bytes(data[at + 4 : at + 8], "big")
    return _sensible(round(per_metre * 0.0254, 2))


def _jpeg_dpi(data: bytes) -> float:
    """What the JFIF header says, which is the first there is."""
    if data[2:4] != b"\xff\xe0" or data[6:11] != b"JFIF\0" or len(data) < 18:
        return USUAL_DPI
    unit, across = data[13], int.from_bytes(data[14:16], "big")
    return _sensible({1: 1.0, 2: 2.54}.get(unit, 0.0) * across)


def _sensible(dpi: float) -> float:
    """A resolution; the usual one for what only says that nobody thought of it."""
    return dpi if 30 <= dpi <= 2_400 else USUAL_DPI


def _needs_work(data: bytes, limits: PictureLimits) -> bool:
    """Whether a JPEG is turned, not RGB, too large or damaged."""
    size = _jpeg_frame(data)
    if size is None:
        return True
    width, height, components = size
    _check_size(width, height, limits)
    if components == 4 or max(width, height) > limits.side or not end_of_jpeg(data):
        return True
    return b"Exif\0\0" in data[:65536] and _is_turned(_opened(data, limits))


def _is_turned(opened: Pillow.Image) -> bool:
    """Whether its camera was held otherwise than upright; a file whose notes of that are damaged is taken as it is."""
    try:
        return bool(opened.getexif().get(0x0112, 1) != 1)
    except _DAMAGED:
        return False


def _upright(opened: Pillow.Image) -> Pillow.Image:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(opened) or opened
    except _DAMAGED:
        return opened


def _jpeg(data: bytes) -> Image:
    size = _jpeg_frame(data)
    assert size is not None  # a JPEG without a frame needs work and does not come here
    return _image(plain_jpeg(data), "jpeg", size[0], size[1], dpi=_jpeg_dpi(data))


def _jpeg_frame(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and number of components from the frame header; None when there is none."""
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height, data[at + 9]
        if marker in (0xD8, 0x01, 0xFF):
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _check_size(width: int, height: int, limits: PictureLimits) -> None:
    if not width or not height:
        raise PictureError("it has no size")
    if width * height > limits.pixels:
        raise PictureError(f"it has {width} × {height} pixels, more than {limits.pixels:,}", TOO_LARGE)


_SMOOTH: Final = frozenset({"RGB", "RGBA", "L", "LA", "CMYK"})
_ONCE: Final = frozenset({"RGB", "L", "CMYK"})
"""Modes in which a picture is made smaller without a copy of it in another one."""


def _opened(data: bytes, limits: PictureLimits) -> Pillow.Image:
    """The picture decoded, a large JPEG not much larger than the longest side that is kept; raises PictureError for everything
    Pillow can find wrong with hostile bytes.

    The decoded picture takes four bytes a pixel, so that `limits.pixels` bound the memory.
    """
    from PIL import Image as Pillow

    try:
        picture = Pillow.open(io.BytesIO(data))
        once = picture.mode in _ONCE and picture.format != "WEBP"
        _check_size(
            picture.width, picture.height, limits if once else replace(limits, pixels=limits.pixels // 2)
        )
        picture.draft(None, (limits.side, limits.side))
        picture.load()
    except PictureError:
        raise
    except (*_DAMAGED, Pillow.DecompressionBombError) as error:
        raise PictureError(f"it is damaged ({str(error)[:80] or type(error).__name__})") from None
    return picture


def _decoded(data: bytes, kind: str, limits: PictureLimits) -> Image:
    """The picture turned, in RGB or with transparency, no larger than the limit, written anew."""
    picture = _opened(data, limits)
    frame = _jpeg_frame(data) if kind == "JPEG" else None  # a large one is not decoded in its full size
    dpi, longer = _claimed_dpi(picture), max(frame[:2] if frame is not None else picture.size)
    if longer > limits.side:
        if (
            picture.mode not in _SMOOTH
        ):  # between the colours of a palette there are none to make edges smooth with
            picture = _in_rgb(picture, None)
        picture.thumbnail((limits.side, limits.side))
    picture = _upright(picture)
    profile: bytes | None = picture.info.get("icc_profile")
    if picture.mode not in ("RGB", "RGBA", "L", "LA", "P") or (kind == "JPEG" and picture.mode != "RGB"):
        picture, profile = _in_rgb(picture, profile), None
    out = io.BytesIO()
    how = {"quality": 90} if kind == "JPEG" else {"optimize": False}
    picture.save(out, kind, icc_profile=profile, **how)
    dpi *= max(picture.size) / longer  # smaller, but as large on paper as before
    return _image(out.getvalue(), kind.lower(), picture.width, picture.height, dpi=dpi)


_GREY: Final = {"I": 65_535, "I;16": 65_535, "I;16B": 65_535, "I;16L": 65_535, "F": 1}
"""How white the white of grey pictures of more than 8 bits is."""


def _in_rgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    """The picture in the colours of screens: print colours by their profile, if the file has one that can be read."""
    if picture.mode in _GREY:
        return picture.convert("F").point(lambda level: level * (255 / _GREY[picture.mode]) + 0).convert("L")
    if profile and picture.mode == "CMYK":
        from PIL import ImageCms

        try:
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _claimed_dpi(opened: Pillow.Image) -> float:
    claimed = opened.info.get("dpi", (0, 0))
    try:
        return _sensible(float(claimed[0]))
    except (TypeError, ValueError, LookupError, ArithmeticError):
        return USUAL_DPI


def _vector(data: bytes, limits: PictureLimits) -> Image:
    svg = clean_svg(data)
    png, width, height, natural = rasterise(svg, seconds=limits.seconds)
    digest = hashlib.sha256(svg).hexdigest()
    dpi = USUAL_DPI * max(width, height) / natural if natural else USUAL_DPI
    return Image(png, "image/png", width, height, digest, "png", svg, dpi)


def _image(data: bytes, kind: str, width: int, height: int, *, dpi: float = USUAL_DPI) -> Image:
    return Image(data, f"image/{kind}", width, height, hashlib.sha256(data).hexdigest(), kind, None, dpi)
