"""`collateral approve`: record that blocks are approved exactly as they are now."""

from __future__ import annotations

from datetime import date

import click

from collateral.cli import completion
from collateral.cli.context import exit_for, open_workspace, print_diagnostics, today
from collateral.cli.iso_date import IsoDate


@click.command(epilog='Example: collateral approve dwell-time-case --by "M. Jansen"')
@click.argument("blocks", nargs=-1, metavar="BLOCK...", shell_complete=completion.blocks)
@click.option("--by", required=True, help="Who approves.")
@click.option("--all", "everything", is_flag=True, help="Every block that is not approved as it is now.")
@click.option("--on", type=IsoDate(), help="The day of the approval; today by default.")
@click.pass_context
def command(ctx: click.Context, blocks: tuple[str, ...], by: str, everything: bool, on: date | None) -> None:
    """Approve each BLOCK (an id; `id.nl` for one language only) with its content as it is on disk."""
    if not blocks and not everything:
        raise click.UsageError("name at least one block, or use --all")
    workspace = open_workspace(ctx)
    approved, found = workspace.approve(None if everything else blocks, by=by, on=on or today())
    print_diagnostics(found, root=workspace.root)
    for name in approved:
        click.echo(f"approved {name}")
    ctx.exit(exit_for(found))
