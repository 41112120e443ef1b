"""`collateral verify`: what in a finished piece was edited or may no longer be sent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from collateral.cli.context import IsoDate, open_workspace, print_diagnostics, today
from collateral.cli.exits import Exit
from collateral.diagnostics import has_errors


@click.command(epilog="Example: collateral verify 'out/van-dijk/pitch.pptx'")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the states as JSON.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], as_of: date | None, as_json: bool) -> None:
    """Tell for each part of FILE whether it is intact, edited, outdated, expired, unapproved or foreign.

    Exits with 1 when any part must not be sent.
    """
    workspace = open_workspace(ctx)
    checks = [workspace.verify(file, as_of=as_of or today()) for file in files]
    print_diagnostics([d for check in checks for d in check.diagnostics], root=workspace.root)
    if as_json:
        click.echo(json.dumps([check.to_dict() for check in checks], indent=2, ensure_ascii=False))
    else:
        for check in checks:
            click.echo(check.to_text())
    bad = any(not check.sendable or has_errors(check.diagnostics) for check in checks)
    ctx.exit(Exit.PROBLEMS if bad else Exit.FINE)
