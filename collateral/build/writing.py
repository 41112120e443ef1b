"""An artifact → a file in the output folder, under a safe name."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from collateral.build.keeping import makes_room
from collateral.build.result import PieceResult
from collateral.diagnostics import Diagnostic
from collateral.model.artifact import Artifact
from collateral.model.plan import DeckContent, Plan
from collateral.write import safe_file_name, write_file


def write_piece(
    plan: Plan,
    artifact: Artifact,
    folder: Path,
    subfolder: str,
    found: tuple[Diagnostic, ...],
    own: Collection[str] = (),
) -> PieceResult:
    """Write one piece; the old file stays where it cannot be written, and is moved aside where somebody worked on it. `own` are
    SHA-256 digests of files nobody worked on."""
    stem, _, extension = artifact.file_name.rpartition(".")
    path = folder / safe_file_name(subfolder, "") / safe_file_name(stem, f".{extension}")
    # a piece lost in a power cut is made again, byte for byte; waiting for the disk would cost a third of its making
    kept: list[Diagnostic] = []
    written = write_file(
        path, artifact.chunks, inside=folder, durable=False, make_room=makes_room(plan, kept, own)
    )
    found = (*found, *kept)
    if isinstance(written, Diagnostic):
        return PieceResult(plan.prospect, plan.template, plan.piece, "refused", None, (*found, written))
    status = "unchanged" if written.status == "unchanged" else "made"
    return PieceResult(
        plan.prospect, plan.template, plan.piece, status, path, found, _detail(plan), written.size
    )


def _detail(plan: Plan) -> str:
    if isinstance(plan.content, DeckContent):
        count = len(plan.content.slides)
        return f"{count} slide{'s' if count != 1 else ''}"
    return ""
