"""`collateral verify`: what in a finished piece was edited or may no longer be sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from collateral.cli.context import find_open_workspace, print_diagnostics, today
from collateral.cli.exits import Exit
from collateral.cli.iso_date import IsoDate


@click.command(epilog="Example: collateral verify out/van-dijk")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the states as JSON.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], as_of: date | None, as_json: bool) -> None:
    """Tell for each part of FILE whether it is intact, edited, outdated, expired, unapproved or foreign.

    Of a folder, every .pptx, .docx and .eml in it and in the folders below.

    Outside a workspace it tells what the file says by itself: what was edited, and what is past the
    days the file names; not whether that is still approved.

    Exits with 1 when any part must not be sent, or when nobody can tell.
    """
    from collateral.build.verifying import judged_alone, verify_file

    workspace = find_open_workspace(ctx)
    day = as_of or today()
    checks = []
    for file in _each(files):
        check = (
            workspace.verify(file, as_of=day) if workspace is not None else verify_file(None, file, as_of=day)
        )
        checks.append(check)
        if not as_json:
            click.echo(check.to_text())
    found = [d for check in checks for d in check.diagnostics] + judged_alone(checks)
    print_diagnostics(found, root=workspace.root if workspace else None)
    if as_json:
        click.echo(json.dumps([check.to_dict() for check in checks], indent=2, ensure_ascii=False))
    elif len(checks) > 1:
        click.echo(f"{len(checks):,} files, {sum(bool(c.sendable) for c in checks):,} of them may be sent")
    ctx.exit(Exit.FINE if all(check.sendable for check in checks) else Exit.PROBLEMS)


def _each(files: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in the folders among them."""
    from collateral.build.verifying import pieces_below

    for file in files:
        found = pieces_below(file) if file.is_dir() else [file]
        if not found:
            raise click.BadParameter(f"'{file}' holds no .pptx, .docx or .eml", param_hint="FILE")
        yield from found
