"""The outside world of the command line: today, the environment, the current folder, and how to print."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from collateral.cli.exits import Exit
from collateral.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    import click

    from collateral.build import Workspace


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
    named: str | None = ctx.find_root().obj
    workspace = workspace_at(named)
    if named and workspace is None:
        raise _no_workspace(f"'{named}'")
    return workspace


def workspace_at(named: str | None) -> Workspace | None:
    """The workspace in the folder that is named, else the nearest upwards from here; None where there is none."""
    from collateral.build import Workspace, find_workspace

    root = Path(named) if named else find_workspace(Path.cwd())
    if root is None or (named and not Path(root, "collateral.yaml").is_file()):
        return None
    return Workspace(root, cache_folder=cache_folder())


def _no_workspace(where: str) -> click.UsageError:
    from click import UsageError

    remedy = "make a workspace with `collateral init` or name one with `collateral -w DIR`"
    return UsageError(f"no collateral.yaml in {where}; {remedy}")


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """When the reader of our output goes away (`| head`) nothing is wrong; click would exit with 1."""
    try:
        yield
    except BrokenPipeError:
        raise SystemExit(Exit.FINE) from None


def echo(text: str, *, err: bool = False) -> None:
    """Print a line at once. Windows consoles are left to click, which knows how colours are shown there."""
    if os.name == "nt":
        import click

        click.echo(text, err=err)
    else:
        print(text, file=sys.stderr if err else sys.stdout, flush=True)


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

        echo(render(found, form=form, color=use_color(sys.stderr), root=root), err=True)


def exit_for(diagnostics: Iterable[Diagnostic]) -> Exit:
    """PROBLEMS when any finding is an error."""
    return Exit.PROBLEMS if any(d.severity is Severity.ERROR for d in diagnostics) else Exit.FINE
