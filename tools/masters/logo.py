"""Harborline's logo as SVG: three dock doors standing on the harbour line, and the wordmark as outlines."""

from __future__ import annotations

from pathlib import Path

from masters.brand import EMBER, NAME, NAVY, RUST, SEA, SLUG, TEAL, WHITE
from masters.wordmark import ADVANCE, OUTLINE

MARK = (
    '<rect x="0" y="22" width="14" height="34" rx="2" fill="{first}"/>'
    '<rect x="19" y="8" width="14" height="48" rx="2" fill="{second}"/>'
    '<rect x="38" y="22" width="14" height="20" rx="2" fill="{third}"/>'
    '<rect x="38" y="46" width="14" height="10" rx="2" fill="{third}" fill-opacity="0.45"/>'
    '<rect x="-4" y="60" width="60" height="4" rx="2" fill="{line}"/>'
)
COLOUR = {"first": TEAL, "second": NAVY, "third": RUST, "line": NAVY}
ON_DARK = {"first": SEA, "second": WHITE, "third": EMBER, "line": WHITE}


def mark_svg(colours: dict[str, str]) -> str:
    """The mark alone, square."""
    mark = MARK.format(**{k: f"#{v}" for k, v in colours.items()})
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 0 68 68"><title>{NAME}</title>{mark}</svg>'


def logo_svg(colours: dict[str, str], text: str) -> str:
    """Mark and wordmark side by side; the view box is cropped to the drawing."""
    mark = MARK.format(**{k: f"#{v}" for k, v in colours.items()})
    scale = 0.0225
    width = 76 + ADVANCE * scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 6 {width:.1f} 60"><title>{NAME}</title>{mark}'
        f'<g transform="translate(70 54) scale({scale} -{scale})"><path fill="#{text}" d="{OUTLINE}"/></g></svg>'
    )


def write_logos(folder: Path) -> None:
    """Write the SVG and PNG files of both versions and of the mark."""
    import resvg_py

    folder.mkdir(parents=True, exist_ok=True)
    drawings = {
        f"{SLUG}-logo": logo_svg(COLOUR, NAVY),
        f"{SLUG}-logo-white": logo_svg(ON_DARK, WHITE),
        f"{SLUG}-mark": mark_svg(COLOUR),
        f"{SLUG}-mark-white": mark_svg(ON_DARK),
    }
    for name, svg in drawings.items():
        (folder / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
        wide = 1200 if "logo" in name else 512
        (folder / f"{name}.png").write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=wide)))
