"""`collateral verify`: what in a finished piece was edited or may no longer be sent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from collateral.cli.context import find_open_workspace, print_diagnostics, today
from collateral.cli.exits import Exit
from collateral.cli.iso_date import IsoDate


@click.command(epilog="Example: collateral verify 'out/van-dijk/pitch.pptx'")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.option("--json", "as_json", is_flag=True, help="Print the states as JSON.")
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], as_of: date | None, as_json: bool) -> None:
    """Tell for each part of FILE whether it is intact, edited, outdated, expired, unapproved or foreign.

    Outside a workspace it tells what the file says by itself: what was edited, and what is past the
    days the file names; not whether that is still approved.

    Exits with 1 when any part must not be sent, or when nobody can tell.
    """
    from collateral.build.verifying import judged_alone, verify_file

    workspace = find_open_workspace(ctx)
    day = as_of or today()
    if workspace is None:
        checks = [verify_file(None, file, as_of=day) for file in files]
    else:
        checks = [workspace.verify(file, as_of=day) for file in files]
    found = [d for check in checks for d in check.diagnostics] + judged_alone(checks)
    print_diagnostics(found, root=workspace.root if workspace else None)
    if as_json:
        click.echo(json.dumps([check.to_dict() for check in checks], indent=2, ensure_ascii=False))
    else:
        for check in checks:
            click.echo(check.to_text())
    ctx.exit(Exit.FINE if all(check.sendable for check in checks) else Exit.PROBLEMS)
