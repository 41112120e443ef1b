"""The command line: translates flags into library calls and results into words. Holds no business rule.

The clock, the environment and the current folder are read here (see `context`) and passed in.
"""

from __future__ import annotations


def main() -> None:
    """Entry point of the `collateral` command.

    Leaves without taking the interpreter apart, which takes longer than a small command: all files are closed by now.
    """
    import gc
    import os
    import sys

    gc.set_threshold(
        100_000
    )  # what a command makes it needs until it ends; looking for garbage costs 3 % of a short one

    from collateral.cli.running import run

    try:
        run()
        code: object = 0
    except SystemExit as done:
        code = done.code
    if code is not None and not isinstance(code, int):
        raise SystemExit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # the reader of our output went away (`| head`): nothing is wrong
    except OSError:
        os._exit(int(code or 1))
    os._exit(int(code or 0))
