"""The verbs of whoever hosts the bot, for the parser."""

from __future__ import annotations

from bot.cli.parser import Verb, json_option, number_from, path_of


def add_running(verb: Verb) -> None:
    """Demo, backup and restore, doctor, run and serve, completion."""
    demo = verb(
        "demo",
        "demo:demo",
        "try the bot in a simulated Discord in the browser",
        "ally demo --port 8000",
    )
    demo.add_argument(
        "--port",
        type=number_from(0, 65_535),
        default=0,
        metavar="PORT",
        help="a port on this machine; any free one if left out",
    )
    demo.add_argument("--on", metavar="DATE", help="the day that it takes for today")
    demo.add_argument(
        "--no-browser", action="store_true", help="open no browser, only say where"
    )
    backup = verb(
        "backup",
        "backup:back_up",
        "write everything that servers have added to a file",
        "ally backup ally.backup",
    )
    backup.add_argument(
        "file",
        type=path_of,
        metavar="FILE",
        help="where to write; it is read back and checked",
    )
    restore = verb(
        "restore",
        "backup:restore",
        "put a backup into the database (SQLite or PostgreSQL)",
        "ally restore ally.backup --replace",
    )
    restore.add_argument(
        "file", type=path_of, metavar="FILE", help="a file that `ally backup` wrote"
    )
    restore.add_argument(
        "--replace",
        action="store_true",
        help="over everything that the database holds now",
    )
    doctor = verb(
        "doctor",
        "doctor.report:doctor",
        "look for what would keep the bot from working; changes nothing",
        "ally doctor",
    )
    json_option(doctor)
    verb(
        "run",
        "serve:run",
        "connect the bot to Discord",
        "DISCORD_TOKEN=… ally run",
    )
    verb(
        "serve",
        "serve:serve",
        "answer Discord over HTTP, without a gateway connection",
        "DISCORD_TOKEN=… ally serve",
    )
    completion = verb(
        "completion",
        "completion:completion",
        "print what makes a shell complete `ally` on Tab",
        'eval "$(ally completion bash)"',
    )
    completion.add_argument(
        "shell",
        choices=("bash", "zsh", "fish"),
        metavar="SHELL",
        help="bash, zsh, fish",
    )


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
