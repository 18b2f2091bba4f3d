"""The ``ally`` command line: the parser alone. A verb's code is loaded when the verb
was typed; ``ally --help`` loads nothing but this, the verbs' words and their parser.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from bot import __version__
from bot.cli.parser import Help, Parser, path_of
from bot.cli.verbs import ADDED
from bot.runtime.exit_code import ExitCode

TYPE_CHECKING = False
if TYPE_CHECKING:  # Importing typing costs as much as building the parser.
    from bot.runtime.clock import Clock


def parser(kind: type[Parser] = Parser) -> Parser:
    """The command line; its verbs' parsers are of the same kind."""
    top = kind(
        prog="ally",
        formatter_class=Help,
        description="Where does this country stand? With its sources.",
        epilog="Examples:\n  ally ask brazil\n  ally ask india --on 2022-03-02\n"
        "  ally demo\n\nMore about a command: ally COMMAND --help",
    )
    top.add_argument("--version", action="version", version=f"ally {__version__}")
    top.add_argument(
        "--data",
        type=path_of,
        metavar="FOLDER",
        help="another knowledge base (also ALLY_DATA)",
    )
    verbs = top.add_subparsers(dest="verb", metavar="COMMAND")

    def verb(name: str, does: str, about: str, example: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(
            name,
            help=about,
            formatter_class=Help,
            description=f"{about[:1].upper()}{about[1:]}.",
            epilog=f"Example:\n  {example}",
        )
        added.set_defaults(does=does)
        return added

    for add in ADDED:
        add(verb)
    return top


def main(argv: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Run the command line, by the machine's clock if none is given; returns the exit
    status. SystemExit for ``--help``, ``--version`` and what cannot be parsed.
    """
    command_line = parser()
    args = command_line.parse_args(argv)
    if args.verb is None:
        command_line.print_help(sys.stderr)
        return ExitCode.USAGE
    from bot.cli.common import carry_out

    status = carry_out(args, clock)
    if argv is None:
        # The process ends: what it holds goes with it, and need not be looked through.
        gc.freeze()
    return status
