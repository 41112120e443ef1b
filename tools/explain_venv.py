"""Says what to do when the virtual environment could not be made (Debian ships `venv` apart)."""

import sys

print("could not make a virtual environment: install it with `apt-get install python3-venv`", file=sys.stderr)
if sys.version_info < (3, 11):  # noqa: UP036 - this script runs before the version is known to be right
    print(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}", file=sys.stderr)
