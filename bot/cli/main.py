"""The ``ally`` command line: the parser alone. A verb's code is loaded when the verb
was typed; ``ally --help`` loads nothing but this.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence

from bot import __version__
from bot.cli.parser import Help, Parser, number_from, path_of
from bot.runtime.exit_code import ExitCode

TYPE_CHECKING = False
if TYPE_CHECKING:  # Importing typing costs as much as building the parser.
    from bot.runtime.clock import Clock

_ABOUT = {
    "on": (
        "DATE",
        "a past day: 2025, 2025-03-02, 24.02.2025, '2 March 2025', 'last year'",
    ),
    "since": ("DATE", "list who has changed since this day"),
    "region": ("REGION", "only there: europe, 'central asia' …"),
    "bloc": ("BLOC", "only its members, by a bloc's name or id"),
    "svg": ("FILE", "write the picture as SVG too"),
    "png": ("FILE", "write the picture as PNG too"),
    "as": ("RANKING", "as a ranking, by its name or id: aid"),
    "lang": ("LANGUAGE", "answer in it: uk, pt_BR …; the terminal's if left out"),
    "light": ("", "a picture for light grounds"),
    "wide": ("", "a picture for desktops, not for phones"),
}
"""What stands for an option's value in the help, and about it; a value may be none."""
_PICTURE = ("svg", "png", "light", "wide")


Verb = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Makes a verb of its name, the function that it runs (``module:function`` in this
room), what it does, and an example.
"""


def _options(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add options that several verbs have, with the same words."""
    for name in names:
        metavar, about = _ABOUT[name]
        if not metavar:
            parser.add_argument(f"--{name}", action="store_true", help=about)
            continue
        kind = path_of if metavar == "FILE" else str
        parser.add_argument(f"--{name}", metavar=metavar, help=about, type=kind)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="JSON for programs (docs/json.md)"
    )


def _page_number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--page",
        type=number_from(1, 1_000_000),
        default=1,
        metavar="N",
        help="of a long list, the page of this number",
    )


def _view(parser: argparse.ArgumentParser, *views: str) -> None:
    """Another page of the same question, and which page of that."""
    parser.add_argument("--view", choices=views, help="show this instead")
    _page_number(parser)


def _add_ask(verb: Verb) -> None:
    ask = verb(
        "ask",
        "ask:ask",
        "say where a country stands",
        "ally ask brazil 'south africa' --on 2025-03",
    )
    ask.add_argument(
        "name", nargs="*", metavar="NAME", help="a name, code, flag or former name"
    )
    _options(ask, "lang", "on")
    ask.add_argument("--all", action="store_true", help="every country and actor")
    ask.add_argument(
        "--full", action="store_true", help="the long answer with all its sources"
    )
    _options(ask, "svg", "png", "light")
    _json(ask)


def _add_pages(verb: Verb) -> None:
    compare = verb(
        "compare",
        "pages:compare",
        "put two to four countries side by side",
        "ally compare india brazil",
    )
    compare.add_argument(
        "name",
        nargs="+",
        metavar="NAME",
        help="names, codes or flags; quote what has blanks",
    )
    _options(compare, "lang", "on")
    _view(compare, "shared")
    where = verb(
        "where",
        "pages:where",
        "list who is on which side",
        "ally where neutral --region africa --since 2024",
    )
    where.add_argument(
        "side", nargs="?", metavar="SIDE", help="a side or a level; all if left out"
    )
    _options(where, "lang", "on", "since", "region", "bloc", "as", *_PICTURE)
    _page_number(where)
    bloc = verb(
        "bloc",
        "pages:bloc",
        "show a bloc's members and how united it votes",
        "ally bloc brics",
    )
    bloc.add_argument("name", metavar="NAME", help="its name or id")
    _options(bloc, "lang", "on")
    _view(bloc, "votes")
    vote = verb(
        "vote",
        "pages:vote",
        "show a roll call and who broke with their bloc",
        "ally vote 2023-02-23 --bloc brics",
    )
    vote.add_argument("resolution", metavar="RESOLUTION", help="symbol, title or date")
    _options(vote, "lang", "region", "bloc")
    _view(vote, "yes", "no", "abstain", "absent")
    forecast = verb(
        "forecast",
        "pages:forecast",
        "score a forecast against what happened",
        "ally forecast --on 2023-12-31",
    )
    forecast.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="its title, publisher or date; the first if left out",
    )
    _options(forecast, "lang", "on")
    _page_number(forecast)
    for added in (compare, where, bloc, vote, forecast):
        _json(added)


def _add_quiz(verb: Verb) -> None:
    quiz = verb(
        "quiz",
        "quiz:quiz",
        "ask a question made of the facts; the day's if no seed is given",
        "ally quiz --topic europe --seed 7 --answers",
    )
    quiz.add_argument(
        "--topic",
        metavar="TOPIC",
        help="votes, levels, order, forecasts, or a region; any if left out",
    )
    quiz.add_argument(
        "--seed",
        type=number_from(0, 2**63 - 1),
        metavar="N",
        help="another question for each number, the same for the same",
    )
    quiz.add_argument(
        "--answers", action="store_true", help="with the answer and its sources"
    )
    _options(quiz, "lang", "on")
    _json(quiz)


def _add_search(verb: Verb) -> None:
    search = verb(
        "search",
        "search:search",
        "find facts by words, names and years",
        "ally search expelled diplomats 2022",
    )
    search.add_argument("text", nargs="*", metavar="WORD", help="words and years")
    for option, metavar, about in (
        ("side", "SIDE", "only what favours this side"),
        ("deed", "DEED", "only this kind of deed: arms, sanctions …"),
        ("since", "DATE", "only what was done since then"),
    ):
        search.add_argument(f"--{option}", metavar=metavar, help=about)
    _options(search, "region")
    source = verb(
        "source",
        "search:source",
        "show what rests on a publisher",
        "ally source reuters.com",
    )
    source.add_argument("name", nargs="+", metavar="NAME", help="its name or host")
    for added in (search, source):
        _page_number(added)
        _json(added)


def _add_pictures(verb: Verb) -> None:
    timeline = verb(
        "timeline",
        "pages:timeline",
        "show a level over time",
        "ally timeline south africa --png timeline.png",
    )
    timeline.add_argument("name", nargs="+", metavar="NAME", help="one name")
    _options(timeline, "lang", "on", *_PICTURE)
    _view(timeline, "changes")
    world = verb(
        "map",
        "pages:world_map",
        "draw a world map of levels, a vote, a bloc or a measure",
        "ally map brics --svg map.svg",
    )
    world.add_argument(
        "show",
        nargs="?",
        metavar="WHAT",
        help="a vote, bloc or measure by its name or id; levels if left out",
    )
    _options(world, "lang", "on", "region", *_PICTURE)
    world.set_defaults(bloc=None)
    for added in (timeline, world):
        _json(added)


def _add_facts(verb: Verb) -> None:
    find = verb(
        "find",
        "base:find",
        "say what a name is taken for",
        "ally find drc burma 🇧🇷",
    )
    find.add_argument(
        "name", nargs="+", metavar="NAME", help="a name, or - to read one a line"
    )
    _json(find)
    check = verb(
        "check",
        "base:check",
        "find every mistake in a knowledge base",
        "ally check data --format github",
    )
    check.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="text",
        metavar="FORMAT",
        help="text, github (annotations of a workflow) or json",
    )
    check.add_argument(
        "--json",
        dest="format",
        action="store_const",
        const="json",
        help="as --format json: one problem a line",
    )
    for option, about in (
        ("--strict", "fail on everything to look at again, too"),
        ("--stale", "list which files to read next, and why"),
    ):
        check.add_argument(option, action="store_true", help=about)
    fmt = verb(
        "fmt",
        "base:fmt",
        "write a knowledge base in its canonical form",
        "ally fmt data --check",
    )
    fmt.add_argument(
        "--check",
        action="store_true",
        help="change nothing; exit status 1 if something would change",
    )
    fmt.add_argument(
        "--migrate",
        action="store_true",
        help="rewrite files of the first edition, with the kinds of deed nearest",
    )
    audit = verb(
        "audit",
        "audit:show",
        "show the state of a knowledge base in numbers",
        "ally audit data --json",
    )
    _json(audit)
    for option, about in (
        ("--markdown", "write the tables into this page, between its marks"),
        ("--check", "exit status 1 if the page's tables are not these"),
    ):
        audit.add_argument(option, type=path_of, metavar="PAGE", help=about)
    for added in (check, fmt, audit):
        added.add_argument(
            "path",
            nargs="?",
            type=path_of,
            metavar="PATH",
            help="its folder; the base in use if left out",
        )
    schema = verb(
        "schema",
        "base:schema",
        "write the JSON Schemas of a base's files",
        "ally schema schemas",
    )
    schema.add_argument(
        "path", type=path_of, metavar="FOLDER", help="where to write; made if need be"
    )
    schema.add_argument(
        "--docs",
        type=path_of,
        metavar="PAGE",
        help="write the table of keys into this page too",
    )
    i18n = verb(
        "i18n",
        "i18n:i18n",
        "bring catalogues of translations up to date, or show what they lack",
        "ally i18n status",
    )
    i18n.add_argument(
        "action",
        choices=("update", "status"),
        help="write new messages into catalogues, or show missing and wrong ones",
    )
    i18n.add_argument(
        "language",
        nargs="*",
        metavar="LANGUAGE",
        help="as CLDR writes it: uk, pt_BR; every one that there is if left out",
    )
    i18n.add_argument(
        "--base",
        dest="path",
        type=path_of,
        metavar="FOLDER",
        help="whose texts; the base in use if left out",
    )
    i18n.add_argument(
        "--only",
        action="append",
        choices=("program", "base"),
        help="the program's messages or the base's texts alone",
    )


def _add_running(verb: Verb) -> None:
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
    _json(doctor)
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


def parser(kind: type[Parser] = Parser) -> Parser:
    """The command line; its verbs' parsers are of the same kind."""
    top = kind(
        prog="ally",
        formatter_class=Help,
        description="Where does this country stand? With its sources.",
        epilog="Examples:\n  ally ask brazil\n  ally ask india --on 2025-03-02\n"
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

    for add in (
        _add_ask,
        _add_pages,
        _add_quiz,
        _add_search,
        _add_pictures,
        _add_facts,
        _add_running,
    ):
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
