"""The face of the library: `Workspace` runs the stages for one or many prospects.

    from collateral import Workspace
    workspace = Workspace(Path("."), cache_folder=None)
    results = workspace.generate("van-dijk", as_of=date(2026, 11, 30), folder=Path("out"))

`build` is the only room that knows the order of the stages. It holds no rule about content and no XML.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from collateral.build.result import PieceResult
from collateral.build.workspace import Workspace, engine_version

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PieceResult", "Workspace", "engine_version", "file_kinds", "file_schema", "find_workspace"]


def find_workspace(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds a collateral.yaml."""
    from collateral.load.workspace import find_workspace as find

    return find(start)


def file_kinds() -> tuple[str, ...]:
    """The kinds of file a workspace consists of."""
    from collateral.load.schemas import KINDS

    return tuple(KINDS)


def file_schema(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of a file kind."""
    from collateral.load.schemas import export_schema

    return export_schema(kind)
