"""Make the masters of the starter workspace anew, and approve its blocks as they are.

Run from anywhere: `python tools/make_starter.py [FOLDER]`. The masters are the sample workspace's layouts in a neutral
brand; `tools/masters` draws them. Run it after editing a text of the starter, too: `collateral init` hands out
content that is approved, and an edited block is not.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from masters import brand, wordmark

STARTER = Path(__file__).parents[1] / "collateral" / "starter" / "workspace"
APPROVED_BY, APPROVED_ON = "Starter workspace", date(2026, 11, 2)
NEUTRAL = {
    "NAME": "Your Company",
    "SLUG": "your-company",
    "TABLE": "HouseTable",
    "TABLE_STYLE": "{3D1F7A52-64C8-4B0E-8E07-5B92C4A6D310}",
    "ARTWORK": ("Bar", "Base line"),
    "INK": "1F2933",
    "NAVY": "1F3044",
    "PAPER": "F3F5F7",
    "TEAL": "2A5F9E",
    "RUST": "0B6B61",
    "SEA": "5F8FC4",
    "SUN": "D6A23C",
    "SLATE": "52606D",
    "MIST": "C5D3E2",
    "HAIRLINE": "D5DBE1",
    "DUSK": "33485F",
    "EMBER": "4FB3A5",
    "VISITED": "5B4B7A",
    "HEADINGS": "Calibri",
}
MARK = (
    '<rect x="0" y="8" width="36" height="36" rx="9" fill="{first}"/>'
    '<rect x="18" y="28" width="36" height="36" rx="9" fill="{second}" fill-opacity="0.9"/>'
    '<rect x="18" y="28" width="18" height="16" rx="4" fill="{third}"/>'
)


def main(folder: Path) -> None:
    """Write the masters into the folder and approve the blocks there."""
    rebrand()
    assets = folder / "templates" / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    _write_logos(assets)
    _write_deck(folder / "templates" / "deck.pptx", assets)
    _write_documents(folder / "templates", assets)
    approve_all(folder)


def rebrand() -> None:
    """The neutral brand in place of Harborline's; before any module that draws with it is loaded."""
    for name, value in NEUTRAL.items():
        setattr(brand, name, value)
    wordmark.ADVANCE, wordmark.OUTLINE = wordmark.PLACEHOLDER_ADVANCE, wordmark.PLACEHOLDER_OUTLINE
    from masters import logo

    logo.MARK = MARK


def _write_logos(assets: Path) -> None:
    from masters.logo import write_logos

    write_logos(assets)
    for name in ("mark", "mark-white", "logo-white"):
        (assets / f"{brand.SLUG}-{name}.svg").unlink()
    for name in ("mark", "mark-white"):
        (assets / f"{brand.SLUG}-{name}.png").unlink()


def _write_deck(path: Path, assets: Path) -> None:
    from masters.deck import blank_logo, settled
    from masters.package import bare_deck
    from masters.slides import add_slides
    from masters.starter_words import DECK
    from pptx import Presentation

    deck: Any = Presentation(io.BytesIO(bare_deck(assets, "Your Company master")))
    deck.core_properties.language = DECK["lang"]
    add_slides(deck, DECK, blank_logo())
    buffer = io.BytesIO()
    deck.save(buffer)
    path.write_bytes(settled(buffer.getvalue()))


def _write_documents(folder: Path, assets: Path) -> None:
    from masters.document import briefing, proposal
    from masters.starter_words import BRIEFING, PROPOSAL

    before, after = ("situation", "solution"), ("proof", "questions", "next")
    (folder / "proposal.docx").write_bytes(proposal(PROPOSAL, assets, before=before, after=after))
    (folder / "briefing.docx").write_bytes(briefing(BRIEFING, assets))


def approve_all(folder: Path) -> None:
    """Approve every block of the workspace as it is, and nothing else."""
    from collateral.load import approvals
    from collateral.load.workspace import load_library

    (folder / approvals.PATH).unlink(missing_ok=True)
    library, problems = load_library(folder)
    blocks = approvals.needs_approval(library)
    text = approvals.approve(library, blocks, by=APPROVED_BY, on=APPROVED_ON)
    (folder / approvals.PATH).write_text(text, encoding="utf-8")
    print(f"{len(blocks)} blocks approved, {len(problems)} problems found while loading")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else STARTER)
