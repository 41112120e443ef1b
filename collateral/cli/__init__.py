"""The command line: translates flags into library calls and results into words. Holds no business rule.

The clock, the environment and the current folder are read here (see `context`) and passed in.
"""

from __future__ import annotations


def main() -> None:
    """Entry point of the `collateral` command."""
    from collateral.cli.app import run

    run()
