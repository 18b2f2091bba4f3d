"""What every verb's parser is: a guess at mistyped words, and help as wide as the
terminal; and the kinds of values that are typed. Light, for ``ally --help`` loads it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from bot.runtime.exit_code import ExitCode

TYPE_CHECKING = False
if TYPE_CHECKING:  # Importing typing costs as much as building the parser.
    from typing import NoReturn

Verb = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Makes a verb of its name, the function that it runs (``module:function`` in this
room), what it does, and an example.
"""


def _columns() -> int:
    """The terminal's width, as ``shutil`` finds it, whose import costs more than the
    parser.
    """
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            columns = 80
    return columns


class Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=max(40, _columns() - 2), max_help_position=22)


class Parser(argparse.ArgumentParser):
    """A parser that guesses what was meant and lets no control character through."""

    def _check_value(self, action: argparse.Action, value: str) -> None:
        if action.choices is None or value in action.choices:
            return
        from bot.cli.output import quoted
        from bot.knowledge.text import nearest

        known = [str(each) for each in action.choices]
        what = "command" if action.dest == "verb" else action.metavar or "choice"
        near = nearest(value, known)
        if near:
            prefix = "ally " if action.dest == "verb" else ""
            hint = f"Did you mean: {prefix}{near[0]}?"
        else:
            hint = f"There are: {', '.join(known)}."
        raise argparse.ArgumentError(None, f"no {what} is {quoted(value)}. {hint}")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and end."""
        from bot.cli.output import printable

        self.print_usage(sys.stderr)
        self.exit(
            ExitCode.USAGE,
            printable(f"{self.prog}: {message}\nMore: {self.prog} --help\n"),
        )


def number_from(least: int, most: int) -> Callable[[str], int]:
    """Takes what was typed and gives a whole number from ``least`` to ``most``."""

    def number(text: str) -> int:
        plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if not plain or not least <= int(text) <= most:
            msg = f"write a whole number from {least} to {most}"
            raise argparse.ArgumentTypeError(msg)
        return int(text)

    return number


def path_of(text: str) -> str:
    """A path as it was typed; ArgumentTypeError for what can be none."""
    if not text or "\0" in text:
        msg = "write the path of a file or folder"
        raise argparse.ArgumentTypeError(msg)
    return text


def json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument(
        "--json", action="store_true", help="JSON for programs (docs/json.md)"
    )


def page_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--page``."""
    parser.add_argument(
        "--page",
        type=number_from(1, 1_000_000),
        default=1,
        metavar="N",
        help="of a long list, the page of this number",
    )
