"""Logos of the fictional prospects: one white on nothing, one very wide, one square, one with fine lines."""

from __future__ import annotations

from pathlib import Path

WIDE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 130"><title>Lone Star Outfitters</title>'
    '<path d="M65 8 L80 50 L124 50 L88 76 L102 120 L65 93 L28 120 L42 76 L6 50 L50 50 Z" fill="#8C1D2F"/>'
    '<rect x="150" y="62" width="1040" height="7" fill="#2B2B2B"/>{bars}</svg>'
)
WHITE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 160"><title>Morgenrot</title>'
    '<g fill="none" stroke="#FFFFFF" stroke-width="9" stroke-linecap="round"><path d="M60 116 A50 50 0 0 1 160 116"/>'
    '<path d="M24 116 H336"/><path d="M110 34 V16 M62 56 L48 42 M158 56 L172 42"/></g>'
    '<g fill="#FFFFFF"><rect x="196" y="70" width="9" height="34"/><rect x="222" y="70" width="9" height="34"/>'
    '<rect x="196" y="70" width="35" height="9"/><circle cx="262" cy="88" r="17"/><rect x="292" y="70" width="9" height="34"/>'
    '<rect x="292" y="70" width="26" height="9"/></g></svg>'
)
HALVORSEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160"><title>Halvorsen</title><rect width="160" height="160" rx="26" fill="#23303B"/>'
    '<path d="M40 36 V124 M120 36 V124 M40 80 H120" stroke="#FFFFFF" stroke-width="16" fill="none"/>'
    '<circle cx="40" cy="124" r="15" fill="#E3B23C"/><circle cx="120" cy="124" r="15" fill="#E3B23C"/></svg>'
)
FROSTLINE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160"><title>Frostline</title><g stroke="#1C6FB0" stroke-width="6" stroke-linecap="round" fill="none">'
    '{arms}</g><rect x="152" y="116" width="84" height="8" rx="4" fill="#1C6FB0"/><rect x="152" y="98" width="56" height="8" rx="4" fill="#7FB6DE"/></svg>'
)
PAKKETPUNT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 160"><title>Pakketpunt</title><path d="M20 52 L84 20 L148 52 V118 L84 150 L20 118 Z" fill="#F08A24"/>'
    '<path d="M20 52 L84 84 L148 52 M84 84 V150" stroke="#FFFFFF" stroke-width="7" fill="none"/>'
    '<rect x="180" y="58" width="300" height="20" rx="10" fill="#32343A"/><rect x="180" y="94" width="420" height="20" rx="10" fill="#F08A24"/></svg>'
)


def write_prospect_logos(folder: Path) -> None:
    """Write the logo files beside the profiles."""
    import resvg_py

    bars = "".join(
        f'<rect x="{160 + n * 52}" y="{20 if n % 3 else 84}" width="{26 + n % 4 * 5}" height="28" fill="#2B2B2B"/>'
        for n in range(20)
    )
    arms = "".join(
        f'<g transform="rotate({60 * n} 76 80)"><path d="M76 80 V18 M76 36 L62 24 M76 36 L90 24"/></g>'
        for n in range(6)
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "halvorsen.svg").write_text(HALVORSEN + "\n", encoding="utf-8")
    (folder / "frostline.svg").write_text(FROSTLINE.format(arms=arms) + "\n", encoding="utf-8")
    for name, svg, width in (
        ("lone-star-wide", WIDE.format(bars=bars), 1800),
        ("morgenrot-white", WHITE, 720),
        ("pakketpunt", PAKKETPUNT, 960),
    ):
        (folder / f"{name}.png").write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width)))
