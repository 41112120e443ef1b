"""`collateral check`: every rule over every block, template, prospect and campaign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from collateral.cli.context import exit_for, open_workspace, today, use_color
from collateral.cli.iso_date import IsoDate

FORMS = ("text", "short", "json", "github", "sarif")


@click.command(epilog="Example: collateral check content_blocks --format github")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.option("--strict", is_flag=True, help="Warnings count as problems, too.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], form: str, as_of: date | None, strict: bool) -> None:
    """Check everything in the workspace, or only what lies under PATH."""
    import sys

    from collateral.diagnostics import Severity
    from collateral.diagnostics.formats import render

    workspace = open_workspace(ctx)
    found = workspace.check([p.resolve() for p in paths], as_of=as_of or today())
    text = render(found, form=form, color=use_color(sys.stdout), root=workspace.root)
    if text:
        click.echo(text)
    if strict and any(d.severity is Severity.WARNING for d in found):
        ctx.exit(1)
    ctx.exit(exit_for(found))
