"""`python -m collateral.load.schemas FOLDER` writes every schema; `make` and the tests keep the committed ones current."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from collateral.load.schemas import KINDS, export_schema


def schema_text(kind: str) -> str:
    """The committed text of a schema."""
    return json.dumps(export_schema(kind), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> None:
    """Write the schema of every kind into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (folder / f"{kind}.schema.json").write_text(schema_text(kind), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
