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
    from typing import Any, NoReturn

    from bot.answers.texts import Texts

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


class NotTakenError(argparse.ArgumentTypeError):
    """What was typed is no value of an option's kind; ``told`` says why in words."""

    def __init__(self, told: Callable[[Texts], str]) -> None:
        super().__init__()
        self.told = told


class Parser(argparse.ArgumentParser):
    """A parser that guesses what was meant, lets no control character through, and says
    what is wrong in the reader's language.
    """

    _typed: tuple[str, ...] = ()
    """What is being parsed."""

    # The stub has an overload for each kind of namespace.
    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, args: Any = None, namespace: Any = None
    ) -> Any:
        """As the base class; remembers what was typed, for the language of errors."""
        self._typed = tuple(sys.argv[1:] if args is None else args)
        return super().parse_known_args(args, namespace)

    def _texts(self) -> Texts:
        """Words in the language of ``--lang``, else in the terminal's."""
        from bot.answers.texts import Texts
        from bot.cli.context import spoken
        from bot.names.locales import cldr_locale

        asked = argparse.ArgumentParser(add_help=False, exit_on_error=False)
        asked.add_argument("--lang", default="")
        try:
            lang: str = asked.parse_known_args(self._typed)[0].lang
        except argparse.ArgumentError:
            lang = ""
        return Texts(cldr_locale(lang) if lang else spoken())

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError as error:
            if isinstance(error.__context__, NotTakenError):
                told = error.__context__.told(self._texts())
                raise argparse.ArgumentError(action, told) from None
            raise

    def _check_value(self, action: argparse.Action, value: str) -> None:
        if action.choices is None or value in action.choices:
            return
        from bot.cli.output import quoted
        from bot.knowledge.text import nearest

        texts = self._texts()
        known = [str(each) for each in action.choices]
        near = nearest(value, known)
        if near:
            prefix = "ally " if action.dest == "verb" else ""
            hint = texts("Did you mean: {name}?", name=f"{prefix}{near[0]}")
        else:
            hint = texts("There are: {names}.", names=texts.row(known))
        if action.dest == "verb":
            none = texts("No command is called {typed}.", typed=quoted(value))
        else:
            none = texts("{typed} cannot be chosen here.", typed=quoted(value))
        raise argparse.ArgumentError(None, f"{none} {hint}")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and end."""
        from bot.cli.output import printable

        self.print_usage(sys.stderr)
        texts = self._texts()
        more = texts("More: {command}", command=f"{self.prog} --help")
        self.exit(ExitCode.USAGE, printable(f"{self.prog}: {message}\n{more}\n"))


def number_from(least: int, most: int) -> Callable[[str], int]:
    """Takes what was typed and gives a whole number from ``least`` to ``most``."""

    def number(text: str) -> int:
        plain = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if not plain or not least <= int(text) <= most:
            raise NotTakenError(
                lambda texts: texts(
                    "write a whole number from {least} to {most}",
                    least=least,
                    most=most,
                )
            )
        return int(text)

    return number


def path_of(text: str) -> str:
    """A path as it was typed; NotTakenError for what can be none."""
    if not text or "\0" in text:
        raise NotTakenError(lambda texts: texts("write the path of a file or folder"))
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
