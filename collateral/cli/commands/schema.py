"""`collateral schema`: the JSON Schema of a file kind, for editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
        _write(output, kinds)
        return
    if kind is None:
        for name in kinds:
            click.echo(name)
        return
    if kind not in kinds:
        raise click.UsageError(f"no file kind '{kind}'; there are {', '.join(kinds)}")
    click.echo(json.dumps(file_schema(kind), indent=2, ensure_ascii=False))


def _write(folder: Path, kinds: Sequence[str]) -> None:
    from collateral.build import file_schema

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in kinds:
            path = folder / f"{name}.schema.json"
            text = json.dumps(file_schema(name), indent=2, ensure_ascii=False) + "\n"
            path.write_text(text, encoding="utf-8")
            click.echo(str(path))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"cannot write into '{folder}': {error.strerror or error}") from error
