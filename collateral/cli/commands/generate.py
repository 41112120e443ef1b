"""`collateral generate`: the pieces for one or more prospects."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from collateral.build import Workspace
from collateral.cli import completion
from collateral.cli.context import open_workspace, print_diagnostics, today
from collateral.cli.exits import Exit
from collateral.cli.generating import DEFAULT_OUTPUT, Order, generate_pieces
from collateral.cli.iso_date import IsoDate
from collateral.diagnostics import has_errors


@click.command(
    epilog="Example: collateral generate van-dijk -t pitch-deck -t intro-email -o out",
)
@click.argument(
    "prospects", nargs=-1, required=True, metavar="PROSPECT...", shell_complete=completion.prospects
)
@click.option(
    "-t",
    "--template",
    "templates",
    multiple=True,
    shell_complete=completion.templates,
    help="Only this template; may be given again.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=DEFAULT_OUTPUT,
    show_default=True,
    help="Where the pieces go.",
)
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.option("--language", help="The language of the pieces; by default the prospect's.")
@click.option("--pdf", is_flag=True, help="Also a PDF of each Office file, made by LibreOffice.")
@click.option(
    "--plan",
    "plan_form",
    type=click.Choice(["json", "yaml"]),
    help="Print the plans instead of making the pieces.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    prospects: tuple[str, ...],
    templates: tuple[str, ...],
    output: Path,
    as_of: date | None,
    language: str | None,
    pdf: bool,
    plan_form: str | None,
    as_json: bool,
) -> None:
    """Make the deck, the proposal, the e-mail and the briefing for each PROSPECT (an id or a file)."""
    workspace = open_workspace(ctx)
    if plan_form:
        ctx.exit(_print_plans(workspace, prospects, templates, as_of or today(), language, plan_form))
    order = Order(prospects, templates, output, as_of, language, pdf, as_json)
    ctx.exit(generate_pieces(workspace, order))


def _print_plans(
    workspace: Workspace,
    prospects: tuple[str, ...],
    templates: tuple[str, ...],
    day: date,
    language: str | None,
    form: str,
) -> Exit:
    """Print the plan of each piece, one document after the other."""
    from collateral.build.printing import print_plans

    text, found = print_plans(workspace, prospects, templates, as_of=day, language=language, form=form)
    print_diagnostics(dict.fromkeys(found), root=workspace.root)
    click.echo(text)
    return Exit.PROBLEMS if has_errors(found) else Exit.FINE
