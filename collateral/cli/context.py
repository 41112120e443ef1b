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
    workspace = find_open_workspace(ctx)
    if workspace is None:
        raise _no_workspace(f"'{Path.cwd()}' or above it")
    return workspace


def find_open_workspace(ctx: click.Context) -> Workspace | None:
    """The same for commands that can do without: None where none is named and none is found."""
    from collateral.build import Workspace, find_workspace

    named: str | None = ctx.find_root().obj
    root = Path(named) if named else find_workspace(Path.cwd())
    if named and not Path(named, "collateral.yaml").is_file():
        raise _no_workspace(f"'{named}'")
    return Workspace(root, cache_folder=cache_folder()) if root is not None else None


def _no_workspace(where: str) -> click.UsageError:
    remedy = "make a workspace with `collateral init` or name one with `collateral -w DIR`"
    return click.UsageError(f"no collateral.yaml in {where}; {remedy}")


def use_color(stream: object) -> bool:
    """Whether to colour what goes to a stream: a terminal, and NO_COLOR is not set."""
    return not os.environ.get("NO_COLOR") and bool(getattr(stream, "isatty", lambda: False)())


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], *, form: str = "text", root: Path | None = None
) -> None:
    """Print findings to stderr (text) in the order given."""
    found = list(diagnostics)
    if found:
        from collateral.diagnostics.formats import render

        click.echo(render(found, form=form, color=use_color(sys.stderr), root=root), err=True)


def exit_for(diagnostics: Iterable[Diagnostic]) -> Exit:
    """PROBLEMS when any finding is an error."""
    return Exit.PROBLEMS if any(d.severity is Severity.ERROR for d in diagnostics) else Exit.FINE
