"""Make the masters of the sample workspace anew: logos, decks, documents.

Run from anywhere: `python tools/make_masters.py [FOLDER]`. The files in `templates/` are the originals from then on:
edit them in PowerPoint and Word, and do not run this again unless you mean to start over.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from masters.beside import write_beside
from masters.deck import write_deck
from masters.document import write_documents
from masters.illustrations import write_illustrations
from masters.logo import write_logos
from masters.prospect_logos import write_prospect_logos
from masters.words import WORDS

TEMPLATES = Path(__file__).parents[1] / "templates"


def main(folder: Path) -> None:
    """Write every master into the folder."""
    write_logos(folder / "assets")
    write_beside(folder.parent / "content_blocks", folder / "assets")
    write_illustrations(folder.parent / "content_blocks" / "solutions")
    write_prospect_logos(folder.parent / "prospects" / "logos")
    write_documents(folder, folder / "assets")
    for language, words in WORDS.items():
        suffix = "" if language == "en" else f".{language}"
        write_deck(folder / f"harborline{suffix}.pptx", folder / "assets", words)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES)
