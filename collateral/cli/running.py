"""One run of the command line: with click or, where it is not needed, without; a bug of ours ends with a short report."""

from __future__ import annotations

import errno
import io
import os
import sys

from collateral.cli.context import echo, reader_may_leave, workspace_at
from collateral.cli.exits import Exit
from collateral.cli.plain import read_plainly


def run() -> None:
    """Run the command line; a bug of ours ends with exit code 70."""
    _print_anything()
    try:
        with reader_may_leave():
            code = _run_plainly()
        if code is not None:
            raise SystemExit(code)
        from collateral.cli.app import cli

        cli.main(prog_name="collateral", standalone_mode=True)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            echo(f"collateral: cannot write the output: {error.strerror}", err=True)
            raise SystemExit(Exit.PROBLEMS) from None
        if os.environ.get("COLLATERAL_TRACEBACK"):
            raise
        echo(f"collateral: internal error: {type(error).__name__}: {error}", err=True)
        echo("This is a bug of ours. Run again with COLLATERAL_TRACEBACK=1 and send us the output.", err=True)
        raise SystemExit(Exit.BUG) from None


def _run_plainly() -> Exit | None:
    """Do what the command line says without click; None when click has to look at it, or there is no workspace."""
    read = read_plainly(sys.argv[1:])
    if read is None:
        return None
    from collateral.cli.generating import generate_pieces

    named, order = read
    try:
        workspace = workspace_at(named)
        return generate_pieces(workspace, order) if workspace is not None else None
    except KeyboardInterrupt:
        echo("\nAborted!", err=True)
        return Exit.PROBLEMS


def _print_anything() -> None:
    """What an output cannot hold, such as a name in a pipe on Windows, is written as an escape instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
