"""`collateral init`: a new workspace that works."""

from __future__ import annotations

from pathlib import Path

import click

from collateral.cli.context import print_diagnostics
from collateral.cli.exits import Exit

NEXT = """
Next:
{cd}  collateral generate example              four pieces for the example prospect, in out/example
  collateral explain example pitch-deck    why each slide is there, and why others are not
  collateral check                         every rule over every file

Then make it yours: say who you are in collateral.yaml, put your own masters into templates/, write
blocks in content_blocks/ and approve them with `collateral approve BLOCK --by "YOUR NAME"`."""


@click.command(epilog="Example: collateral init sales && cd sales && collateral generate example")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Add what is missing to a folder that is not empty.")
@click.pass_context
def command(ctx: click.Context, folder: Path, force: bool) -> None:
    """Make a small workspace in DIR (the current folder by default): settings, blocks, templates, one prospect.

    Nothing that is there already is ever overwritten.
    """
    from collateral.build.starting import start_workspace

    start, found = start_workspace(folder, force=force)
    print_diagnostics(found)
    if start is None:
        ctx.exit(Exit.PROBLEMS)
    there = f", {len(start.kept)} were there already" if start.kept else ""
    click.echo(f"made a workspace in {folder} ({len(start.written)} files{there})")
    click.echo(NEXT.format(cd="" if folder == Path() else f"  cd {folder}\n"))
