"""The verb ``setup``, for the parser."""

from __future__ import annotations

from bot.cli.parser import Verb, number_from, path_of


def add_setup(verb: Verb) -> None:
    """Setup, with a flag for each of its steps."""
    setup = verb(
        "setup",
        "setup.verb:setup",
        "set the bot up: token, .env, install link, a test answer",
        "ally setup",
    )
    setup.add_argument(
        "--token-file",
        type=path_of,
        metavar="FILE",
        help="read the token from this file, or - from standard input",
    )
    setup.add_argument(
        "--env",
        type=path_of,
        default=".env",
        metavar="FILE",
        help="the settings to write; .env if left out",
    )
    setup.add_argument(
        "--service",
        choices=("systemd", "compose"),
        metavar="SERVICE",
        help="how it is to go on running: systemd or compose",
    )
    setup.add_argument(
        "--channel",
        type=number_from(1, 2**63 - 1),
        metavar="ID",
        help="send a test answer to this channel",
    )
    for option, about in (
        ("--replace", "over another token in the settings"),
        ("--offline", "do not ask Discord whether it knows the token"),
        ("--no-browser", "only print the install link"),
    ):
        setup.add_argument(option, action="store_true", help=about)
