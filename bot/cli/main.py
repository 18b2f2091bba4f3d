"""The ``ally`` command line: the parser alone. A verb's code is loaded when the verb
was typed; ``ally --help`` loads nothing but this.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from bot import __version__
from bot.cli.edition_verbs import add_base
from bot.cli.hosting_verbs import add_running, add_setup
from bot.cli.parser import (
    Help,
    Parser,
    Verb,
    json_option,
    page_option,
    path_of,
)
from bot.cli.quiz_parser import add_quiz
from bot.cli.search_parser import LANGUAGE, add_search
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
    "pdf": ("FILE", "write the page as PDF too"),
    "as": ("RANKING", "as a ranking, by its name or id: aid"),
    "lang": ("LANGUAGE", LANGUAGE),
    "light": ("", "a picture for light grounds"),
    "wide": ("", "a picture for desktops, not for phones"),
    "url": ("URL", "the site's address, for previews of links and the sitemap"),
}
"""What stands for an option's value in the help, and about it; a value may be none."""
_PICTURE = ("svg", "png", "light", "wide")


def _options(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add options that several verbs have, with the same words."""
    for name in names:
        metavar, about = _ABOUT[name]
        if not metavar:
            parser.add_argument(f"--{name}", action="store_true", help=about)
            continue
        kind = path_of if metavar == "FILE" else str
        parser.add_argument(f"--{name}", metavar=metavar, help=about, type=kind)


def _view(parser: argparse.ArgumentParser, *views: str) -> None:
    """Another page of the same question, and which page of that."""
    parser.add_argument("--view", choices=views, help="show this instead")
    page_option(parser)


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
    json_option(ask)


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
    page_option(where)
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
    page_option(forecast)
    for added in (compare, where, bloc, vote, forecast):
        json_option(added)


def _add_changes(verb: Verb) -> None:
    changes = verb(
        "changes",
        "changes:changes",
        "list what has changed since a day, or between two editions of a base",
        "ally changes --since month --region europe",
    )
    changes.add_argument(
        "--since",
        default="month",
        metavar="DATE",
        help="day, week, month or year back from today, or a past day",
    )
    changes.add_argument(
        "--base",
        type=path_of,
        metavar="FOLDER",
        help="instead, compare with the earlier edition of the base in this folder",
    )
    _options(changes, "lang", "region", "bloc")
    _view(changes, "levels", "facts", "votes", "ended")
    json_option(changes)


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
    brief = verb(
        "brief",
        "pages:brief",
        "put a country on one page of paper, for a debate",
        "ally brief south africa --pdf brief.pdf",
    )
    brief.add_argument("name", nargs="+", metavar="NAME", help="one name")
    _options(brief, "lang", "on", "pdf")
    for added in (timeline, world, brief):
        json_option(added)


def _add_site(verb: Verb) -> None:
    site = verb(
        "site",
        "site:site",
        "write every answer as a static site",
        "ally site public --lang en",
    )
    site.add_argument(
        "path", type=path_of, metavar="FOLDER", help="where to write; empty, or a site"
    )
    _options(site, "on", "url")
    site.add_argument(
        "--lang",
        dest="languages",
        metavar="LANGUAGES",
        help="only these languages: en,uk …; all if left out",
    )


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
    json_option(find)
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
    json_option(audit)
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
        "translating:i18n",
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
        # Without one, argparse would call it required where the action is missing.
        default=[],
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


_OTHERS = (
    _add_pages,
    _add_changes,
    add_quiz,
    add_search,
    _add_pictures,
    _add_site,
    _add_facts,
    add_base,
    add_setup,
    add_running,
)
"""What adds the verbs besides ``ask``, in the order of the help."""


def parser(kind: type[Parser] = Parser, first: str = "") -> Parser:
    """The command line; its verbs' parsers are of the same kind. ``first`` is the word
    that was typed first: where it is the verb that is typed most, no other is added.
    """
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

    _add_ask(verb)
    # The others take longer to add than an answer takes to make.
    for add in () if first == "ask" else _OTHERS:
        add(verb)
    return top


def main(argv: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Run the command line, by the machine's clock if none is given; returns the exit
    status. SystemExit for ``--help``, ``--version`` and what cannot be parsed.
    """
    typed = sys.argv[1:] if argv is None else argv
    command_line = parser(first=typed[0] if typed else "")
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
