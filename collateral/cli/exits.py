"""Exit codes, the same for every command."""

from enum import IntEnum


class Exit(IntEnum):
    """What a script may rely on; the table in docs/reference/exit-codes.md is checked against this."""

    FINE = 0
    PROBLEMS = 1
    USAGE = 2
    NOTHING = 3
    BUG = 70


MEANING = {
    Exit.FINE: "fine",
    Exit.PROBLEMS: "problems found; what could be made was made",
    Exit.USAGE: "the command was used wrongly",
    Exit.NOTHING: "nothing to make",
    Exit.BUG: "a bug of ours",
}
