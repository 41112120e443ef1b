"""The outside world of the command line: today, the environment, the current folder, and how to print."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from collateral.cli.exits import Exit
from collateral.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collateral.build import Workspace


class IsoDate(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a date like 2026-11-30", param, ctx)


def today() -> date:
    """The day commands work with when no --as-of is given."""
    return date.today()


def cache_folder() -> Path | None:
    """The user's cache folder for us, or None where caching is switched off (COLLATERAL_CACHE=off)."""
    set_by_user = os.environ.get("COLLATERAL_CACHE")
    if set_by_user:
        return None if set_by_user == "off" else Path(set_by_user)
    base = os.environ.get("XDG_CACHE_HOME") or (
        os.environ.get("LOCALAPPDATA") if os.name == "nt" else str(Path.home() / ".cache")
    )
    return Path(base or ".cache") / "collateral"


def open_workspace(ctx: click.Context) -> Workspace:
    """The workspace the user means; exits with a usage error where there is none."""
    from collateral.build import Workspace, find_workspace

    root_option: str | None = ctx.find_root().obj
    start = Path(root_option) if root_option else Path.cwd()
    root = start if root_option and (start / "collateral.yaml").is_file() else None
    root = root or (None if root_option else find_workspace(start))
    if root is None:
        raise click.UsageError(
            f"no collateral.yaml in '{start}'{'' if root_option else ' or above it'}; "
            "make a workspace with `collateral init` or name one with `collateral -w DIR`"
        )
    return Workspace(root, cache_folder=cache_folder())


def use_color(stream: object) -> bool:
    """Whether to colour what goes to a stream: a terminal, and NO_COLOR is not set."""
    return not os.environ.get("NO_COLOR") and bool(getattr(stream, "isatty", lambda: False)())


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], *, form: str = "text", root: Path | None = None
) -> None:
    """Print findings to stderr (text) in the order given."""
    from collateral.diagnostics.formats import render

    found = list(diagnostics)
    if found:
        click.echo(render(found, form=form, color=use_color(sys.stderr), root=root), err=True)


def exit_for(diagnostics: Iterable[Diagnostic]) -> Exit:
    """PROBLEMS when any finding is an error."""
    return Exit.PROBLEMS if any(d.severity is Severity.ERROR for d in diagnostics) else Exit.FINE
