"""One run at a time in an output folder.

The lock is the operating system's on an open file, so a killed run leaves nothing behind that the next one would trip over.
Where the system has no such lock, nothing is locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = ".collateral-run"


@contextmanager
def only_run(folder: Path) -> Iterator[bool]:
    """Whether this is the only run that writes into the folder; true until the block ends. Raises OSError."""
    try:
        import fcntl
    except ImportError:
        yield True
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
