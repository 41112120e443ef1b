"""Make the metric tables of `collateral/typeset/tables` from font files.

    python tools/make_metrics.py FOLDER… [--only FAMILY]

Reads every font below the folders, keeps the families listed in FAMILIES (regular, bold, italic, bold italic) and
writes one small binary file a family and `sources.yaml` with each font's version, copyright and licence. Needed
once, and again when a family is added: the product reads the tables only, so that results do not depend on the
fonts of a machine. The layout of a table is described in `collateral/typeset/tables.py`.
"""

from __future__ import annotations

import argparse
import io
import struct
import sys
from array import array
from collections.abc import Iterable
from pathlib import Path

import uharfbuzz as hb
import yaml
from fontTools.ttLib import TTCollection, TTFont

from collateral.typeset.files import line_metrics
from collateral.typeset.tables import BOLD, ITALIC, KERNED, MAGIC

OUT = Path(__file__).parents[1] / "collateral" / "typeset" / "tables"
FAMILIES = (
    "Carlito", "Caladea", "Liberation Sans", "Liberation Serif", "Liberation Mono",
    "DejaVu Sans", "DejaVu Serif", "Open Sans", "Lato", "Roboto", "Inter", "Noto Sans", "Noto Serif", "Noto Sans CJK JP",
    "Gelasio", "Montserrat", "Poppins", "Lora", "Raleway", "Nunito Sans", "Merriweather", "Playfair Display",
    "IBM Plex Sans", "Source Sans 3", "DM Sans", "Work Sans",

)  # fmt: skip
# Where the files were taken from: a Debian package, or a package of the npm registry.
SOURCES = {
    "Carlito": "Debian fonts-crosextra-carlito", "Caladea": "Debian fonts-crosextra-caladea",
    "Liberation": "Debian fonts-liberation2", "DejaVu": "Debian fonts-dejavu", "Open Sans": "Debian fonts-open-sans",
    "Lato": "Debian fonts-lato", "Roboto": "Debian fonts-roboto-unhinted", "Inter": "Debian fonts-inter",
    "Noto Sans CJK": "Debian fonts-noto-cjk", "Noto": "Debian fonts-noto-core",
}  # fmt: skip
# What stands in for a character no table of the run has: the first of these fonts that has it.
FALLBACK = (
    "DejaVu Sans", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai",
    "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Gujarati", "Noto Sans Georgian",
    "Noto Sans Armenian", "Noto Sans Khmer", "Noto Sans Lao", "Noto Sans Myanmar", "Noto Sans Sinhala",
)  # fmt: skip
RANGES = (
    (0x20, 0x7E), (0xA0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x22FF), (0x2500, 0x27BF), (0xFB00, 0xFB06),
)  # fmt: skip
FALLBACK_RANGES = (
    *RANGES,
    (0x530, 0x1CFF),
    (0x2300, 0x24FF),
    (0x2B00, 0x2BFF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFF),
)
STYLES = {0: "regular", BOLD: "bold", ITALIC: "italic", BOLD | ITALIC: "bold italic"}


def main() -> int:
    """Write the tables of every family found; exit code 1 when an asked-for family was not found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", action="append", help="make this family's table only")
    options = parser.parse_args()
    faces = find_faces(options.folders)
    wanted = options.only or [*FAMILIES, "fallback"]
    sources = read_sources()
    missing = []
    for family in wanted:
        found = [family] if family != "fallback" else [name for name in FALLBACK if (name, 0) in faces]
        if not found or (found[0], 0) not in faces:
            missing.append(family)
        elif family == "fallback":
            write_fallback([faces[name, 0] for name in found])
        else:
            sources[family] = write_family(family, faces)
    write_sources(sources)
    if missing:
        print("no font files for: " + ", ".join(missing), file=sys.stderr)
    return 1 if missing else 0


def find_faces(folders: Iterable[Path]) -> dict[tuple[str, int], list[Path]]:
    """Files by (family, style); a web font's face comes in several files, one for each subset: Latin comes first."""
    faces: dict[tuple[str, int], list[Path]] = {}
    for folder in folders:
        for path in sorted(
            folder.rglob("*"), key=lambda p: ("-latin-4" not in p.name and "-latin-7" not in p.name, p)
        ):
            key = face_key(path) if path.suffix.lower() in {".ttf", ".otf", ".ttc", ".woff"} else None
            if key is not None:
                faces.setdefault(key, []).append(path)
    return faces


def face_key(path: Path) -> tuple[str, int] | None:
    """(typographic family, style) of a file, None unless it is a plain regular, bold, italic or bold italic."""
    try:
        font = open_font(path)
    except Exception as error:  # a foreign folder holds all sorts of files
        print(f"{path}: {error}", file=sys.stderr)
        return None
    names, weight = font["name"], font["OS/2"].usWeightClass
    family = names.getDebugName(16) or names.getDebugName(1) or ""
    subfamily = (names.getDebugName(17) or names.getDebugName(2) or "").lower()
    if weight not in (400, 700) or "condensed" in subfamily:
        return None
    bold = BOLD if weight == 700 else 0
    italic = ITALIC if "italic" in subfamily or "oblique" in subfamily else 0
    return family.removesuffix(" Medium").removesuffix(" Regular"), bold | italic


def open_font(path: Path) -> TTFont:
    """The font of a file; of a collection the first."""
    if path.suffix.lower() == ".ttc":
        return TTCollection(str(path), lazy=True).fonts[0]
    return TTFont(str(path), lazy=True)


def write_family(family: str, faces: dict[tuple[str, int], list[Path]]) -> dict[str, str]:
    """Write one family's table; what its file says of origin and licence."""
    blocks = [
        (style, face_block(faces[family, style], RANGES)) for style in STYLES if (family, style) in faces
    ]
    (OUT / (table_name(family) + ".bin")).write_bytes(
        struct.pack("<4sH", MAGIC, len(blocks))
        + b"".join(struct.pack("<H", s) + block for s, block in blocks)
    )
    font = open_font(faces[family, 0][0])
    names = font["name"]
    return {
        "source": next(
            (source for start, source in SOURCES.items() if family.startswith(start)),
            "npm @fontsource/" + table_name(family),
        ),
        "version": str(names.getDebugName(5) or ""),
        "copyright": " ".join(str(names.getDebugName(0) or "").split()),
        "licence": licence(" ".join(str(names.getDebugName(n) or "") for n in (13, 14))),
        "faces": ", ".join(STYLES[style] for style, _ in blocks),
    }


def licence(text: str) -> str:
    """The licence's short name from a font's own licence text."""
    for mark, name in (
        ("Open Font", "OFL-1.1"), ("OFL", "OFL-1.1"), ("openfontlicense", "OFL-1.1"), ("Apache", "Apache-2.0"), ("GUST", "GUST Font Licence"),
        ("dejavu", "Bitstream Vera licence"), ("Bitstream", "Bitstream Vera licence"),
    ):  # fmt: skip
        if mark.lower() in text.lower():
            return name
    return text.strip()


def table_name(family: str) -> str:
    """The file name of a family's table."""
    return family.lower().replace(" ", "-")


def face_block(paths: list[Path], ranges: tuple[tuple[int, int], ...]) -> bytes:
    """One face: vertical metrics, advance widths over the ranges, kerning of pairs below U+0100."""
    advances: dict[int, int] = {}
    for path in paths:
        font = open_font(path)
        metrics = font["hmtx"].metrics
        for code, glyph in font.getBestCmap().items():
            advances.setdefault(code, metrics[glyph][0])
    font = open_font(paths[0])
    upem = font["head"].unitsPerEm
    kerning = pair_kerning(paths[0], advances, upem)
    return pack_face(upem, line_metrics(font), advances, ranges, kerning)


def pair_kerning(path: Path, advances: dict[int, int], upem: int) -> dict[int, int]:
    """(left << 8 | right) → units, for pairs below U+0100 that HarfBuzz sets tighter or wider than their advances."""
    if path.suffix == ".ttc":
        return {}
    data = open_font(path)
    data.flavor = None
    stream = io.BytesIO()
    data.save(stream)
    font = hb.Font(hb.Face(stream.getvalue()))
    letters = [code for code in KERNED if code in advances]
    kerning = {}
    for left in letters:
        for right in letters:
            buffer = hb.Buffer()
            buffer.add_str(chr(left) + chr(right))
            buffer.guess_segment_properties()
            hb.shape(font, buffer, {"kern": True, "liga": False, "clig": False})
            change = sum(p.x_advance for p in buffer.glyph_positions) - advances[left] - advances[right]
            if abs(change) * 250 >= upem:
                kerning[left << 8 | right] = change
    return kerning


def pack_face(
    upem: int,
    vertical: tuple[int, int, int],
    advances: dict[int, int],
    ranges: tuple[tuple[int, int], ...],
    kerning: dict[int, int],
) -> bytes:
    """The bytes of one face."""
    runs: list[tuple[int, list[int]]] = []
    for first, last in ranges:
        for code in range(first, last + 1):
            if code not in advances:
                continue
            if runs and runs[-1][0] + len(runs[-1][1]) == code:
                runs[-1][1].append(advances[code])
            else:
                runs.append((code, [advances[code]]))
    spans = array("H", [n for code, widths in runs for n in (code, len(widths))])
    widths = array("H", [w for _, ws in runs for w in ws])
    pairs = array("H", sorted(kerning))
    kerns = array("h", [kerning[p] for p in sorted(kerning)])
    head = struct.pack("<4H3H", upem, *vertical, len(runs), len(widths), len(pairs))
    return head + b"".join(a.tobytes() for a in (spans, widths, pairs, kerns))


def write_fallback(files: list[list[Path]]) -> None:
    """One face for characters a font lacks, in 1/1000 em, with the tallest line of its fonts left out on purpose."""
    advances: dict[int, int] = {}
    for paths in files:
        font = open_font(paths[0])
        upem, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        for code, glyph in font.getBestCmap().items():
            advances.setdefault(code, round(metrics[glyph][0] * 1000 / upem))
    block = pack_face(1000, (928, 236, 0), advances, FALLBACK_RANGES, {})
    (OUT / "fallback.bin").write_bytes(struct.pack("<4sH", MAGIC, 1) + struct.pack("<H", 0) + block)


def read_sources() -> dict[str, dict[str, str]]:
    """What `sources.yaml` says already."""
    path = OUT / "sources.yaml"
    return dict(yaml.safe_load(path.read_text("utf-8"))["fonts"]) if path.exists() else {}


def write_sources(sources: dict[str, dict[str, str]]) -> None:
    """Where each table comes from and under which licence its font is published."""
    text = (
        "# Made by tools/make_metrics.py: the fonts behind the tables of this folder. A table holds advance\n"
    )
    text += "# widths, kerning and line metrics only, no outlines.\n"
    text += yaml.safe_dump({"fonts": sources}, sort_keys=True, allow_unicode=True, width=110)
    (OUT / "sources.yaml").write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
