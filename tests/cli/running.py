"""Running the command line in this process, by a clock that stands still."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli import main as command_line
from tests.support.clocks import FrozenClock


def main(words: Sequence[str]) -> int:
    """The exit status of a command line that can be parsed."""
    return command_line.main(words, FrozenClock())


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


def ran(*words: str) -> Ran:
    """What any command line says, and its exit status."""
    # As a process has them: what UTF-8 does not know is an error, or written out.
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", "strict")
    err = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(words)
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Ran(status, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def verbs() -> list[str]:
    """Every verb that the help lists."""
    return re.findall(r"^    (\w+) ", ran("--help").out + "\n", re.MULTILINE)


def example(verb: str) -> list[str]:
    """The words after ``ally`` of the example in a verb's help."""
    last = ran(verb, "--help").out.rstrip().splitlines()[-1]
    typed = re.search(r"\bally (.+?)(?:\)\")?$", last)
    return shlex.split(typed[1]) if typed else [verb]
