"""How a process of Ally's ends: the one list of exit statuses."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit statuses; docs/hosting.md has them for operators. 69, 70 and 78 are those of
    BSD's sysexits.h, 130 is 128 and the number of SIGINT, as shells have it.
    """

    OK = 0
    """What was asked for is done."""
    FAILED = 1
    """It was understood, and the answer is no: no such name, a base with problems."""
    USAGE = 2
    """The command line was wrong; argparse ends with the same."""
    UNAVAILABLE = 69
    """Discord or the database could not be reached: try again later."""
    SOFTWARE = 70
    """A fault of Ally's own."""
    CONFIG = 78
    """A setting, the base or the schema is wrong: a supervisor must not try again."""
    INTERRUPTED = 130
    """Somebody pressed Ctrl-C."""
