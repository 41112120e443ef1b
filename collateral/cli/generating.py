"""What `collateral generate` does once its words are read: make the pieces and tell what was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from collateral.build import PieceResult, Workspace
from collateral.cli.context import echo, print_diagnostics, today
from collateral.cli.exits import Exit
from collateral.diagnostics import has_errors
from collateral.diagnostics.lazy_dataclass import dataclass

DEFAULT_OUTPUT = Path("out")


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: all templates when none is named, in the prospect's language when none is."""

    prospects: tuple[str, ...]
    templates: tuple[str, ...] = ()
    output: Path = DEFAULT_OUTPUT
    as_of: date | None = None
    language: str | None = None
    pdf: bool = False
    as_json: bool = False


def generate_pieces(workspace: Workspace, order: Order) -> Exit:
    """Make the pieces, print where they are and what was found."""
    day, folder, language = order.as_of or today(), order.output, order.language
    results = [
        result
        for prospect in order.prospects
        for result in workspace.generate(
            prospect, order.templates, as_of=day, folder=folder, language=language
        )
    ]
    found = [d for r in results for d in r.diagnostics]
    if order.pdf:
        from collateral.build.pdf import write_pdf

        found += [d for r in results if r.path is not None for d in write_pdf(r.path)]
    print_diagnostics(dict.fromkeys(found), root=workspace.root)
    _print_results(results, order.as_json)
    return Exit.PROBLEMS if has_errors(found) else _exit(results)


def _print_results(results: list[PieceResult], as_json: bool) -> None:
    if as_json:
        import json

        echo(json.dumps([r.to_dict() for r in results], indent=2, ensure_ascii=False))
        return
    for result in results:
        if result.path is not None:
            echo(f"{result.path}  ({result.summary})")


def _exit(results: list[PieceResult]) -> Exit:
    if any(has_errors(r.diagnostics) for r in results):
        return Exit.PROBLEMS
    return Exit.FINE if any(r.path is not None for r in results) else Exit.NOTHING
