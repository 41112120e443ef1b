"""The drawings in content blocks, as SVG: the yard board, a day of store waves, the way from gate to door."""

from __future__ import annotations

from pathlib import Path

from masters.brand import HAIRLINE, MIST, NAVY, PAPER, RUST, SEA, SLATE, SUN, TEAL, WHITE


def _svg(body: str, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="450" height="324" viewBox="0 0 1000 720"><title>{title}</title>'
        f'<rect width="1000" height="720" rx="18" fill="#{PAPER}"/>{body}</svg>\n'
    )


def _trailer(x: float, y: float, color: str, *, turned: bool = False) -> str:
    w, h = (92, 40) if not turned else (40, 92)
    cab = (
        f'<rect x="{x + w - 4}" y="{y + 5}" width="20" height="{h - 10}" rx="4" fill="#{SLATE}"/>'
        if not turned
        else ""
    )
    lines = "".join(
        f'<rect x="{x + (14 + i * 20 if not turned else 6)}" y="{y + (6 if not turned else 14 + i * 20)}" width="{3 if not turned else w - 12}" '
        f'height="{h - 12 if not turned else 3}" fill="#FFFFFF" fill-opacity="0.35"/>'
        for i in range(4)
    )
    return f'{cab}<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="5" fill="#{color}"/>{lines}'


def yard_board() -> str:
    """A yard from above: doors along the building, rows of trailers, one of them on its way."""
    body = [f'<rect x="60" y="50" width="880" height="96" rx="8" fill="#{NAVY}"/>']
    for n in range(9):
        color = RUST if n == 6 else (SEA if n in (1, 3, 4, 8) else MIST)
        body.append(f'<rect x="{92 + n * 93}" y="92" width="62" height="54" rx="4" fill="#{color}"/>')
        if n in (1, 3, 4, 8):
            body.append(_trailer(103 + n * 93, 158, TEAL, turned=True))
    body.append(f'<rect x="60" y="300" width="880" height="2" fill="#{HAIRLINE}"/>')
    for row in range(3):
        for n in range(6):
            if (row, n) in {(1, 2), (0, 4), (2, 0)}:
                body.append(
                    f'<rect x="{92 + n * 140}" y="{340 + row * 118}" width="112" height="40" rx="5" fill="none" stroke="#{HAIRLINE}" stroke-width="3"/>'
                )
                continue
            body.append(
                _trailer(
                    92 + n * 140,
                    340 + row * 118,
                    RUST if (row, n) == (1, 3) else (SLATE if (row + n) % 3 else MIST),
                )
            )
    path = "M 566 452 C 566 400, 681 400, 681 330 L 681 172"
    body.append(
        f'<path d="{path}" fill="none" stroke="#{RUST}" stroke-width="7" stroke-dasharray="4 14" stroke-linecap="round"/>'
    )
    body.append(
        f'<path d="M 661 196 L 681 168 L 701 196" fill="none" stroke="#{RUST}" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>'
    )
    body.append(f'<rect x="60" y="676" width="880" height="6" rx="3" fill="#{NAVY}"/>')
    return _svg("".join(body), "Yard board")


def wave_plan() -> str:
    """A day on twelve doors: three solid blocks that never move, bookings in the gaps."""
    body = []
    for door in range(12):
        y = 84 + door * 46
        body.append(f'<rect x="70" y="{y}" width="870" height="34" rx="5" fill="#{WHITE}"/>')
        for start, length in ((0, 150), (330, 130), (640, 150)):
            if door < 9:
                body.append(
                    f'<rect x="{70 + start}" y="{y}" width="{length}" height="34" rx="5" fill="#{NAVY}"/>'
                )
        gaps = ((160, 320), (470, 630), (800, 866)) if door < 9 else ((0, 866),)
        for gap, (left, right) in enumerate(gaps):
            at, n = left, 0
            while at + 44 <= right:
                width = min(46 + (door * 17 + gap * 29 + n * 23) % 54, right - at)
                color = (SEA, TEAL, MIST, SUN)[(door + n + gap) % 4] if (door + n) % 7 else WHITE
                body.append(
                    f'<rect x="{70 + at}" y="{y + 4}" width="{width - 6}" height="26" rx="5" fill="#{color}"/>'
                )
                at, n = at + width, n + 1
    body += [
        f'<rect x="{70 + x}" y="52" width="{w}" height="8" rx="4" fill="#{RUST}"/>'
        for x, w in ((0, 150), (330, 130), (640, 150))
    ]
    body.append(f'<rect x="70" y="662" width="870" height="6" rx="3" fill="#{NAVY}"/>')
    return _svg("".join(body), "Store waves")


def gate_to_door() -> str:
    """Four rounds on one line: a booking, the gate, the dock door, a departure with both clocks agreeing."""
    icons = (
        f'<rect x="-44" y="-38" width="88" height="76" rx="8" fill="#{WHITE}"/><rect x="-44" y="-38" width="88" height="22" rx="8" fill="#{RUST}"/>'
        + "".join(f'<rect x="{-32 + c * 24}" y="{-6 + r * 20}" width="16" height="12" rx="3" fill="#{RUST if (r, c) == (1, 1) else MIST}"/>' for r in range(2) for c in range(3)),
        f'<rect x="-46" y="-34" width="16" height="72" rx="4" fill="#{WHITE}"/><rect x="-38" y="-30" width="92" height="13" rx="6" fill="#{SUN}" transform="rotate(-18 -38 -24)"/>'
        f'<rect x="-10" y="14" width="58" height="24" rx="4" fill="#{WHITE}"/><rect x="0" y="21" width="38" height="10" rx="3" fill="#{NAVY}"/>',
        f'<rect x="-44" y="-44" width="88" height="84" rx="5" fill="#{WHITE}"/><rect x="-30" y="-26" width="60" height="66" rx="3" fill="#{MIST}"/>'
        + "".join(f'<rect x="-30" y="{-14 + n * 15}" width="60" height="3" fill="#{TEAL}"/>' for n in range(3)) + f'<rect x="-16" y="20" width="32" height="20" rx="2" fill="#{RUST}"/>',
        "".join(f'<circle cx="{x}" cy="-4" r="34" fill="#{c}"/><path d="M {x} -24 V -4 L {x + 14} 6" fill="none" stroke="#{NAVY}" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>' for x, c in ((-24, MIST), (26, WHITE))),
    )  # fmt: skip
    spots = ((250, 210, TEAL), (730, 210, NAVY), (730, 510, TEAL), (250, 510, NAVY))
    body = [
        f'<path d="M 250 210 H 730 C 860 210, 860 510, 730 510 H 250" fill="none" stroke="#{HAIRLINE}" stroke-width="26" stroke-linecap="round"/>',
        f'<path d="M 250 210 H 730 C 860 210, 860 510, 730 510 H 250" fill="none" stroke="#{RUST}" stroke-width="6" stroke-dasharray="2 18" stroke-linecap="round"/>',
    ]
    for (x, y, color), icon in zip(spots, icons, strict=True):
        body.append(
            f'<circle cx="{x}" cy="{y}" r="112" fill="#{color}"/><g transform="translate({x} {y}) scale(1.25)">{icon}</g>'
        )
    return _svg("".join(body), "From gate to door")


def write_illustrations(folder: Path) -> None:
    """Write the drawings beside the blocks that show them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in (("yard-board", yard_board), ("wave-plan", wave_plan), ("gate-to-door", gate_to_door)):
        (folder / f"{name}.svg").write_text(draw(), encoding="utf-8")
