"""`make demo`: the four pieces for one sample prospect, and what to look at in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROSPECT = "van-dijk"
AS_OF = "2026-11-30"
LOOK_AT = {
    ".pptx": "a native deck: edit any title, chart (Edit Data) or table in PowerPoint; the notes name the sources",
    ".docx": "a document on the company's styles: the proposal is for the customer, the briefing is internal",
    ".eml": "an e-mail draft: open it in your mail program, it is ready to be sent",
}


def main() -> int:
    """Generate, explain, and say where things are."""
    out = ROOT / "out"
    base = [sys.executable, "-m", "collateral", "-w", str(ROOT)]
    made = subprocess.run([*base, "generate", PROSPECT, "-o", "out", "--as-of", AS_OF], check=False, cwd=ROOT)
    if made.returncode:
        return made.returncode
    explained = out / PROSPECT / "why.txt"
    why = subprocess.run(
        [*base, "explain", PROSPECT, "pitch-deck", "--as-of", AS_OF], check=True, capture_output=True
    )
    explained.write_bytes(why.stdout)
    print("\nWhat to look at:")
    for path in sorted((out / PROSPECT).iterdir()):
        shown = path.relative_to(ROOT)
        print(
            f"  {shown}\n      {LOOK_AT.get(path.suffix, 'why each slide is there, and what would bring in the others')}"
        )
    print(f"\nNext: .venv/bin/collateral explain {PROSPECT} proposal, or read docs/tutorial.md")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
