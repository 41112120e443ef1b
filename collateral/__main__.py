"""`python -m collateral` is the same as `collateral`."""

from collateral.cli import main

main()
