"""Logos of the fictional prospects: one white on nothing, one very wide, one square, one with fine lines."""

from __future__ import annotations

from pathlib import Path

from masters import prospect_words as words

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><title>{title}</title>{body}</svg>\n'


def _logo(title: str, width: float, height: float, body: str) -> str:
    return _SVG.format(width=round(width), height=round(height), title=title, body=body)


def lone_star() -> str:
    """Very wide: a star and one line of capitals."""
    star = '<path d="M65 12 L79 52 L122 52 L87 77 L100 118 L65 93 L30 118 L43 77 L8 52 L51 52 Z" fill="#8C1D2F"/>'
    return _logo(
        "Lone Star Outfitters",
        words.LONE_STAR_WIDTH + 10,
        130,
        f'{star}<path d="{words.LONE_STAR}" fill="#2B2B2B"/>',
    )


def morgenrot() -> str:
    """White on nothing: it needs a dark ground."""
    sun = (
        '<g fill="none" stroke="#FFFFFF" stroke-width="8" stroke-linecap="round"><path d="M52 92 A38 38 0 0 1 128 92"/>'
        '<path d="M20 92 H160"/><path d="M90 34 V18 M46 52 L34 40 M134 52 L146 40"/></g>'
    )
    text = f'<g transform="translate(180 96)"><path d="{words.MORGENROT}" fill="#FFFFFF"/></g>'
    return _logo("Morgenrot", words.MORGENROT_WIDTH + 190, 120, sun + text)


def halvorsen() -> str:
    """Square, on its own dark ground."""
    letter = (
        '<rect width="300" height="300" rx="40" fill="#23303B"/><path d="M96 48 V178 M204 48 V178 M96 113 H204" stroke="#FFFFFF" stroke-width="24" fill="none"/>'
        '<circle cx="96" cy="178" r="22" fill="#E3B23C"/><circle cx="204" cy="178" r="22" fill="#E3B23C"/>'
    )
    left = (300 - words.HALVORSEN_WIDTH) / 2
    return _logo(
        "Halvorsen",
        300,
        300,
        f'{letter}<g transform="translate({left:.0f} 264)"><path d="{words.HALVORSEN}" fill="#FFFFFF"/></g>',
    )


def frostline() -> str:
    """Fine lines: a flake and a word."""
    arms = "".join(
        f'<g transform="rotate({60 * n} 62 62)"><path d="M62 62 V8 M62 24 L50 14 M62 24 L74 14"/></g>'
        for n in range(6)
    )
    flake = f'<g stroke="#1C6FB0" stroke-width="5" stroke-linecap="round" fill="none">{arms}</g>'
    text = f'<g transform="translate(136 80)"><path d="{words.FROSTLINE}" fill="#1C6FB0"/></g>'
    return _logo("Frostline", words.FROSTLINE_WIDTH + 144, 124, flake + text)


def pakketpunt() -> str:
    """A box and a word."""
    box = (
        '<path d="M20 52 L84 20 L148 52 V118 L84 150 L20 118 Z" fill="#E0701A"/>'
        '<path d="M20 52 L84 84 L148 52 M84 84 V150" stroke="#FFFFFF" stroke-width="7" fill="none"/>'
    )
    return _logo(
        "Pakketpunt", words.PAKKETPUNT_WIDTH + 8, 170, f'{box}<path d="{words.PAKKETPUNT}" fill="#32343A"/>'
    )


def write_prospect_logos(folder: Path) -> None:
    """Write the logo files beside the profiles."""
    import resvg_py

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "halvorsen.svg").write_text(halvorsen(), encoding="utf-8")
    (folder / "frostline.svg").write_text(frostline(), encoding="utf-8")
    for name, svg, width in (
        ("lone-star-wide", lone_star(), 1800),
        ("morgenrot-white", morgenrot(), 900),
        ("pakketpunt", pakketpunt(), 960),
    ):
        (folder / f"{name}.png").write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width)))
