"""Makes a workspace of the shared bench's deck: each of its slides a designed slide of a block that is chosen, filled by a profile.

usage: python make_workspace.py BENCH WORKSPACE

So the whole product makes the very deck that the peers fill. Its 14 blocks stand among `RIVALS` others for each of their kinds,
which speak to other industries, and are approved like any content.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from pptx import Presentation

PROFILES = 40
RIVALS = 4
ROLES = (
    "title", "agenda", "summary", "about", "challenges", "case", "solution",
    "chart", "pricing", "timeline", "team", "drop-one", "drop-two", "closing",
)  # fmt: skip
_NAME = re.compile(r"(?<=\{\{ )\w+|(?<=\{\{)\w+|(?<= in )\w+|(?<=slide if )\w+|(?<=chart\()\w+")
TYPES: dict[type, str] = {str: "text", list: "list", dict: "map", bool: "boolean"}
_OWN = frozenset({"row", "case", "chart"})  # the variables of loops, and the function


def main(bench: Path, workspace: Path) -> None:
    """Write the workspace."""
    source = bench / "tpl/deck14.ours.pptx"
    records = [{**json.loads(line), "show_optional": False} for line in (bench / "data/deck14.jsonl").open()][
        :PROFILES
    ]
    keep_slides(source, workspace / "templates/deck14.pptx", range(0))
    for number, role in enumerate(ROLES):
        keep_slides(source, workspace / f"content_blocks/{role}.pptx", range(number, number + 1))
        write_block(workspace, role, role, "industry-0")
        for rival in range(1, RIVALS + 1):
            write_block(workspace, f"{role}-{rival}", role, f"industry-{rival}")
    slots = [{"title": role, "slots": [{"pick": role, "at_most": 1}]} for role in ROLES]
    deck = {"id": "deck14", "piece": "deck", "title": "Deck", "master": "deck14.pptx", "sections": slots}
    write(
        workspace / "templates/deck14.yaml",
        {**deck, "file_name": "{{ prospect.name }}", "limits": {"slides": 20}},
    )
    write(workspace / "collateral.yaml", settings(records[0]))
    for number, record in enumerate(records):
        write(workspace / f"prospects/p{number}.yaml", profile(workspace, record))


def keep_slides(source: Path, target: Path, wanted: range) -> None:
    """Save the deck with only these slides, its tags reading the prospect's facts."""
    deck = Presentation(str(source))
    ids = deck.slides._sldIdLst
    for number, entry in reversed(list(enumerate(ids))):
        if number not in wanted:
            deck.part.drop_rel(entry.rId)
            ids.remove(entry)
    for slide in deck.slides:
        for root in (slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])):
            for node in root.iter("{*}t"):
                node.text = of_prospect(node.text or "")
            for node in root.iter("{*}cNvPr"):
                if "{{" in node.get("descr", ""):
                    node.set("descr", of_prospect(node.get("descr")))
    target.parent.mkdir(parents=True, exist_ok=True)
    deck.save(str(target))


def of_prospect(text: str) -> str:
    """The names in tags, under `prospect.`"""
    if "{" not in text:
        return text
    return _NAME.sub(
        lambda m: m[0] if m[0] in _OWN and m.string[m.end()] in ".(" else f"prospect.{m[0]}", text
    )


def write_block(workspace: Path, name: str, kind: str, industry: str) -> None:
    """A block of this kind for one industry."""
    matter = {"id": name, "kind": kind, "title": name, "owner": "bench", "audience": {"industry": [industry]}}
    body = f"::: deck\n## {name}\n- A point of {name}\n- And one more\n:::\n"
    text = f"---\n{json.dumps(matter)}\n---\n{body}"
    (workspace / f"content_blocks/{name}.md").write_text(text, encoding="utf-8")


def settings(record: dict[str, Any]) -> dict[str, Any]:
    """collateral.yaml: the dimension the blocks speak to and the facts of a record."""
    industries = {f"industry-{n}": {"label": f"Industry {n}"} for n in range(RIVALS + 1)}
    return {
        "seller": {"name": "Vendor"},
        "languages": {"default": "en"},
        "dimensions": {"industry": {"weight": 4, "values": industries}},
        "facts": {
            name: {"type": TYPES[type(value)], "label": name}
            for name, value in record.items()
            if name != "logo"
        },
        "kinds": list(ROLES),
        "policy": {"approvals": "optional"},
    }


def profile(workspace: Path, record: dict[str, Any]) -> dict[str, Any]:
    """A record of the bench as a prospect's profile, its logo beside it."""
    logo = Path(record["logo"])
    (workspace / "prospects/logos").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(logo, workspace / "prospects/logos" / logo.name)
    return {
        "name": record["company"],
        "industry": "industry-0",
        **record,
        "rows": record["rows"][:14],
        "logo": f"logos/{logo.name}",
        "show_optional": False,
    }


def write(path: Path, value: object) -> None:
    """A YAML file, written as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
