"""The arrows of docs/architecture.md, enforced on the real imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "collateral"

# room: the rooms it may import from (itself always)
ALLOWED: dict[str, set[str]] = {
    "diagnostics": set(),
    "model": {"diagnostics"},
    "expressions": {"diagnostics", "model"},
    "markdown": {"diagnostics", "model"},
    "typeset": {"diagnostics", "model"},
    "ooxml": {"diagnostics", "model", "expressions"},
    "load": {"diagnostics", "model", "expressions", "markdown"},
    "rules": {"diagnostics", "model", "expressions", "markdown"},
    "plan": {"diagnostics", "model", "expressions", "markdown", "typeset"},
    "render": {"diagnostics", "model", "ooxml", "expressions"},
    "write": {"diagnostics", "model"},
    "build": {
        "diagnostics",
        "model",
        "expressions",
        "markdown",
        "typeset",
        "ooxml",
        "load",
        "rules",
        "plan",
        "render",
        "write",
    },
    "campaign": {"diagnostics", "model", "expressions", "load", "build", "write"},
    "starter": set(),  # package data
    "cli": {"diagnostics", "model", "build", "campaign", "write", "ooxml"},
}
# what the engine may take from the model: rich text, frames and files, never blocks or prospects
ENGINE_MODEL = {"chart_forms", "content", "frames", "artifact"}
# modules of the standard library or elsewhere through which the outside world would leak into a stage
OUTSIDE = ("os.environ", "os.getcwd", "date.today", "datetime.now", "time.time", "Path.cwd", "Path.home")


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("collateral.") and name != "collateral.__version__"}


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_import_only_along_the_arrows(path: Path) -> None:
    room = _room(path)
    if room in {"__init__", "__main__"}:
        return
    reached = {name.split(".")[1] for name in _imports(path)} - {room}
    assert reached <= ALLOWED[room], f"{path.name} in {room}/ imports {sorted(reached - ALLOWED[room])}"


@pytest.mark.parametrize("path", [p for p in _modules() if _room(p) == "ooxml"], ids=lambda p: p.name)
def test_engine_knows_nothing_of_blocks_and_prospects(path: Path) -> None:
    taken = {name.split(".")[2] for name in _imports(path) if name.startswith("collateral.model.")}
    assert taken <= ENGINE_MODEL


@pytest.mark.parametrize(
    "path", [p for p in _modules() if _room(p) not in {"cli"}], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_clock_environment_and_folder_are_read_in_the_command_line_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in OUTSIDE if name + "(" in text or name + "[" in text or name + "." in text] == []
