"""`collateral fill`: the engine alone, any tagged Office file with any data."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from collateral.cli.context import print_diagnostics
from collateral.cli.exits import Exit

_STANDARD = Path("-")


@click.command(epilog="Example: collateral fill letter.docx --data letter.yaml -o letter-filled.docx")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--data",
    "data_file",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="The values, as YAML or JSON; - for standard input.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="The filled file; - for standard output.",
)
@click.option("--language", default="en", show_default=True, help="How numbers, money and dates are written.")
@click.option("--currency", default="EUR", show_default=True, help="The currency of the money filter.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.pass_context
def command(
    ctx: click.Context, file: Path, data_file: Path, output: Path, language: str, currency: str, as_json: bool
) -> None:
    """Fill a tagged .pptx or .docx FILE with data; needs no workspace.

    Pictures are named by paths relative to the data file (the current folder for standard input) and must lie beside or
    below it.
    """
    from collateral.build.filling import Piped, fill_file, fill_to_bytes

    if output == _STANDARD and (as_json or sys.stdout.isatty()):
        what = "--json prints there" if as_json else "it is a terminal"
        raise click.UsageError(f"the filled file cannot go to standard output: {what}; name a file with -o")
    source = Piped(sys.stdin.buffer.read(), Path.cwd()) if data_file == _STANDARD else data_file
    if output == _STANDARD:
        filled, found = fill_to_bytes(file, source, language=language, currency=currency)
        print_diagnostics(found)
        sys.stdout.buffer.writelines(filled or ())
        ctx.exit(Exit.FINE if filled is not None else Exit.PROBLEMS)
    result = fill_file(file, source, output, language=language, currency=currency)
    print_diagnostics(result.diagnostics)
    if as_json:
        click.echo(json.dumps(result.to_dict(), indent=2, ensure_ascii=False))
    elif result.path is not None:
        click.echo(str(result.path))
    ctx.exit(Exit.FINE if result.path is not None else Exit.PROBLEMS)
