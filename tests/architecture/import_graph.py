"""Which module of the package imports which, read from the source: at module level, in functions, for the type checker."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "collateral"
Graph = Mapping[str, frozenset[str]]


@cache
def modules() -> Mapping[str, Path]:
    """The files of all modules, by name; a package's name is that of its `__init__`."""
    files = sorted(PACKAGE.rglob("*.py"))
    return {".".join(_dotted(file)): file for file in files}


def _dotted(file: Path) -> tuple[str, ...]:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports_of(source: str) -> Iterator[str]:
    """The dotted names a source imports, wherever in it; what it takes from a module follows the module's name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert node.module and node.level == 0, "imports name their module in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@cache
def import_graph() -> Graph:
    """The modules of ours each module imports."""
    return {
        name: frozenset(found for taken in imports_of(file.read_text("utf-8")) if (found := _module(taken)))
        for name, file in modules().items()
    }


def _module(taken: str) -> str:
    """The module a dotted name is or is taken from, "" when it is not ours."""
    return taken if taken in modules() else _outer(taken) if _outer(taken) in modules() else ""


def _outer(name: str) -> str:
    return name.rpartition(".")[0]


def room_of(module: str) -> str:
    """The first part of a module's name below the package, "" for the package itself."""
    return [*module.split("."), ""][1]


def folders(graph: Graph) -> Graph:
    """Which folder's modules import which folder's; the names a package gives away do not count as the folder's."""
    out: dict[str, set[str]] = {}
    for name, taken in graph.items():
        if modules()[name].name != "__init__.py":
            inner = {_outer(t) for t in taken if modules()[t].name != "__init__.py"}
            out.setdefault(_outer(name), set()).update(inner - {_outer(name)})
    return {folder: frozenset(taken) for folder, taken in out.items()}


def find_circle(graph: Graph) -> list[str]:
    """Names each of which imports the next, the last being the first again; none when there is no circle."""
    done: set[str] = set()
    for start in graph:
        circle = _walk(graph, start, [], done)
        if circle:
            return circle
    return []


def _walk(graph: Graph, name: str, path: list[str], done: set[str]) -> list[str]:
    if name in path:
        return [*path[path.index(name) :], name]
    if name in done:
        return []
    for taken in sorted(graph.get(name, ())):
        circle = _walk(graph, taken, [*path, name], done)
        if circle:
            return circle
    done.add(name)
    return []
