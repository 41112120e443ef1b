"""`collateral explain`: what is picked and why, what is not and what it would take."""

from __future__ import annotations

import json
from datetime import date

import click

from collateral.cli import completion
from collateral.cli.context import exit_for, open_workspace, print_diagnostics, today
from collateral.cli.exits import Exit
from collateral.cli.iso_date import IsoDate


@click.command(epilog="Example: collateral explain van-dijk pitch-deck")
@click.argument("prospect", shell_complete=completion.prospects)
@click.argument("template", shell_complete=completion.templates)
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.option("--language", help="The language of the piece; by default the prospect's.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@click.pass_context
def command(
    ctx: click.Context, prospect: str, template: str, as_of: date | None, language: str | None, as_json: bool
) -> None:
    """Tell why each part of TEMPLATE is there for PROSPECT, and why the others are not."""
    workspace = open_workspace(ctx)
    explanation, found = workspace.explain(prospect, template, as_of=as_of or today(), language=language)
    print_diagnostics(found, root=workspace.root)
    if explanation is None:
        ctx.exit(Exit.PROBLEMS)
    if as_json:
        click.echo(json.dumps(explanation.to_dict(), indent=2, ensure_ascii=False, default=str))
    else:
        click.echo(explanation.to_text())
    ctx.exit(exit_for(found))
