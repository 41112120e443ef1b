"""`collateral doctor`: whether this machine and workspace are in order."""

from __future__ import annotations

import json

import click

from collateral.cli.context import cache_folder
from collateral.cli.exits import Exit

MARKS = {"ok": "ok", "note": "--", "bad": "!!"}


@click.command(epilog="Example: collateral doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Look at the Python, the libraries, the fonts, the cache and the workspace, and say what to mend."""
    from collateral.build.doctor import examine
    from collateral.cli.context import open_workspace

    try:
        workspace = open_workspace(ctx)
    except click.UsageError:
        workspace = None
    findings = examine(workspace, cache_folder())
    if as_json:
        click.echo(json.dumps([f.to_dict() for f in findings], indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(
                f"{MARKS[finding.state]}  {finding.what}" + (f": {finding.remedy}" if finding.remedy else "")
            )
    ctx.exit(Exit.PROBLEMS if any(f.state == "bad" for f in findings) else Exit.FINE)
