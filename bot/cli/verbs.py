"""The verbs of the command line, each with its options: words alone, no code of
theirs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bot.cli.parser import number_from, path_of

_ABOUT = {
    "on": (
        "DATE",
        "a past day: 2022, 2022-03-02, 24.02.2022, '2 March 2022', 'last year'",
    ),
    "since": ("DATE", "list who has changed since this day"),
    "region": ("REGION", "only there: europe, 'central asia' …"),
    "bloc": ("BLOC", "only its members: brics, csto …"),
    "svg": ("FILE", "write the picture as SVG too"),
    "png": ("FILE", "write the picture as PNG too"),
}


Verb = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Makes a verb of its name, the function that it runs (``module:function`` in this
room), what it does, and an example.
"""


def _options(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add options that several verbs have, with the same words."""
    for name in names:
        metavar, about = _ABOUT[name]
        kind = path_of if metavar == "FILE" else str
        parser.add_argument(f"--{name}", metavar=metavar, help=about, type=kind)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="JSON for programs (docs/json.md)"
    )


def _pagenumber_from(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--page",
        type=number_from(1, 1_000_000),
        default=1,
        metavar="N",
        help="of a long list, the page of this number",
    )


def _add_ask(verb: Verb) -> None:
    ask = verb(
        "ask",
        "ask:ask",
        "say where a country stands",
        "ally ask brazil 'south africa' --on 2022-03",
    )
    ask.add_argument(
        "name", nargs="*", metavar="NAME", help="a name, code, flag or former name"
    )
    _options(ask, "on")
    ask.add_argument("--all", action="store_true", help="every country and actor")
    ask.add_argument(
        "--full", action="store_true", help="the long answer with all its sources"
    )
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
    _options(compare, "on")
    where = verb(
        "where",
        "pages:where",
        "list who is on which side",
        "ally where neutral --region africa --since 2024",
    )
    where.add_argument(
        "side", nargs="?", metavar="SIDE", help="a side or a level; all if left out"
    )
    _options(where, "on", "since", "region", "bloc")
    _pagenumber_from(where)
    bloc = verb(
        "bloc",
        "pages:bloc",
        "show a bloc's members and how united it votes",
        "ally bloc brics",
    )
    bloc.add_argument("name", metavar="NAME", help="its name or id")
    _options(bloc, "on")
    _pagenumber_from(bloc)
    vote = verb(
        "vote",
        "pages:vote",
        "show a roll call and who broke with their bloc",
        "ally vote 2022-03-02 --bloc brics",
    )
    vote.add_argument("resolution", metavar="RESOLUTION", help="symbol, title or date")
    _options(vote, "region", "bloc")
    forecast = verb(
        "forecast",
        "pages:forecast",
        "score a forecast against what happened",
        "ally forecast --on 2022-12-31",
    )
    forecast.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="its title, publisher or date; the first if left out",
    )
    _options(forecast, "on")
    _pagenumber_from(forecast)
    for added in (compare, where, bloc, vote, forecast):
        _json(added)


def _add_pictures(verb: Verb) -> None:
    timeline = verb(
        "timeline",
        "pages:timeline",
        "show a level over time",
        "ally timeline south africa --png timeline.png",
    )
    timeline.add_argument("name", nargs="+", metavar="NAME", help="one name")
    _options(timeline, "on", "svg", "png")
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
    _options(world, "on", "region", "svg", "png")
    world.set_defaults(bloc=None)
    for added in (timeline, world):
        added.add_argument("--light", action="store_true", help="for light grounds")
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


ADDED = (_add_ask, _add_pages, _add_pictures, _add_facts, _add_running)
"""Adds the verbs, in the order in which help lists them."""
