"""`collateral inspect`: what an Office file needs and holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from collateral.cli.context import exit_for, print_diagnostics


@click.command(name="inspect", epilog="Example: collateral inspect templates/proposal.docx --schema")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option(
    "--schema", "as_schema", is_flag=True, help="Print the JSON Schema of the data a template needs."
)
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], as_json: bool, as_schema: bool) -> None:
    """Tell what fields FILE needs and where, and which slides, layouts and fonts it has."""
    from collateral.build.inspecting import inspect_file

    views = [inspect_file(file) for file in files]
    print_diagnostics([d for view in views for d in view.diagnostics])
    if as_schema:
        click.echo(
            json.dumps(
                [view.schema for view in views] if len(views) > 1 else views[0].schema,
                indent=2,
                ensure_ascii=False,
            )
        )
    elif as_json:
        click.echo(json.dumps([view.to_dict() for view in views], indent=2, ensure_ascii=False))
    else:
        for view in views:
            click.echo(view.to_text())
    ctx.exit(exit_for([d for view in views for d in view.diagnostics]))
