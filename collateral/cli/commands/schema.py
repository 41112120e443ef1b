"""`collateral schema`: the JSON Schema of a file kind, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(epilog="Example: collateral schema block > block.schema.json")
@click.argument("kind", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the schemas of all kinds into this folder.",
)
def command(kind: str | None, output: Path | None) -> None:
    """Print the JSON Schema of KIND; without one, list the kinds."""
    from collateral.build import file_kinds, file_schema

    kinds = file_kinds()
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for name in kinds:
            text = json.dumps(file_schema(name), indent=2, ensure_ascii=False) + "\n"
            (output / f"{name}.schema.json").write_text(text, encoding="utf-8")
            click.echo(str(output / f"{name}.schema.json"))
        return
    if kind is None:
        for name in kinds:
            click.echo(name)
        return
    if kind not in kinds:
        raise click.UsageError(f"no file kind '{kind}'; there are {', '.join(kinds)}")
    click.echo(json.dumps(file_schema(kind), indent=2, ensure_ascii=False))
