"""The arrows of docs/architecture.md, enforced on the real imports."""

from __future__ import annotations

import pytest
from import_graph import import_graph, imports_of, modules, room_of

# room: the rooms it may import from (itself always)
ALLOWED: dict[str, set[str]] = {
    "version": set(),
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
        "version",
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
    "cli": {"version", "diagnostics", "model", "build", "campaign", "write", "ooxml"},
}
# what the engine may take from the model: rich text, frames and files, never blocks or prospects
ENGINE_MODEL = {"chart_forms", "content", "frames", "table_widths", "artifact"}
# modules of the standard library or elsewhere through which the outside world would leak into a stage
OUTSIDE = ("os.environ", "os.getcwd", "date.today", "datetime.now", "time.time", "Path.cwd", "Path.home")

# what we have in a form that costs a cold command less
STANDARD = {"dataclasses.dataclass", "dataclasses.field", "dataclasses.replace", "typing.NamedTuple"}


@pytest.mark.parametrize("module", sorted(modules()))
def test_rooms_import_only_along_the_arrows(module: str) -> None:
    room = room_of(module)
    if room in {"", "__main__"}:
        return
    reached = {room_of(name) for name in import_graph()[module]} - {room}
    assert reached <= ALLOWED[room], f"{module} imports {sorted(reached - ALLOWED[room])}"


@pytest.mark.parametrize("module", [m for m in modules() if room_of(m) == "ooxml"])
def test_engine_knows_nothing_of_blocks_and_prospects(module: str) -> None:
    taken = {name.split(".")[2] for name in import_graph()[module] if name.startswith("collateral.model.")}
    assert taken <= ENGINE_MODEL


@pytest.mark.parametrize("module", [m for m in modules() if room_of(m) != "cli"])
def test_clock_environment_and_folder_are_read_in_the_command_line_only(module: str) -> None:
    text = modules()[module].read_text(encoding="utf-8")
    assert [name for name in OUTSIDE if name + "(" in text or name + "[" in text or name + "." in text] == []


@pytest.mark.parametrize("module", [m for m in modules() if ".lazy_" not in m])
def test_data_classes_and_named_tuples_are_those_that_cost_next_to_nothing_to_import(module: str) -> None:
    taken = set(imports_of(modules()[module].read_text(encoding="utf-8")))
    assert not taken & STANDARD, "decision 4: take them from collateral.diagnostics"
