"""The ``ally`` command line: builds every resource in one place and passes it down."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__
from bot.cli.pages import add_verbs

if TYPE_CHECKING:
    from rich.console import Console

    from bot.answers.document import Answer
    from bot.cli.pages import PageContext
    from bot.knowledge.facts import Base
    from bot.knowledge.problems import Problem
    from bot.runtime.settings import Settings

OK, FAILED, USAGE, UNAVAILABLE, CONFIG = 0, 1, 2, 69, 78
"""Exit statuses; 69 and 78 are sysexits.h's EX_UNAVAILABLE and EX_CONFIG. A supervisor
must not retry 78.
"""


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _root(args: argparse.Namespace) -> Path:
    from os import environ

    from bot.runtime.places import shipped_data

    chosen = args.data or environ.get("ALLY_DATA")
    return Path(chosen) if chosen else shipped_data()


def _base(args: argparse.Namespace) -> Base | None:
    from bot.knowledge.compiled import open_base
    from bot.knowledge.problems import BaseInvalidError
    from bot.runtime.clock import SYSTEM_CLOCK
    from bot.runtime.places import cache_folder

    root = _root(args)
    try:
        return open_base(root, SYSTEM_CLOCK.today(), cache_folder)
    except BaseInvalidError as error:
        _say(f"The knowledge base in {root} has {len(error.problems)} problem(s):")
        for problem in error.problems[:30]:
            _say(f"  {problem}")
        return None


def _console() -> Console:
    from rich.console import Console

    plain = not sys.stdout.isatty()
    return Console(
        no_color=plain,
        highlight=False,
        emoji=False,
        markup=False,
        width=100 if plain else None,
    )


def ask(args: argparse.Namespace) -> int:
    """``ally ask NAME…``."""
    from bot.alignment.rubric import assess
    from bot.answers.as_json import as_json
    from bot.answers.stance import answer
    from bot.answers.texts import Texts
    from bot.cli.terminal import show
    from bot.knowledge.dates import parse_when
    from bot.names.index import names_of
    from bot.runtime.clock import SYSTEM_CLOCK

    now = SYSTEM_CLOCK.today()
    when = parse_when(args.on) if args.on else None
    if args.on and (when is None or when.first > now):
        _say(
            f"{args.on!r} is not a past date; write 2022, 2022-03, 2022-03-02 or 2 "
            "March 2022."
        )
        return USAGE
    if not args.name and not args.all:
        _say("Name a country, for example: ally ask belarus (or --all).")
        return USAGE
    base = _base(args)
    if base is None:
        return CONFIG
    day: date = min(when.last, now) if when else now
    names = names_of(base)
    texts = Texts("en", names.display)
    codes: list[str] = []
    status = OK
    queries: list[str] = (
        [] if args.all else _queries(args.name, lambda q: names.resolve(q).sure)
    )
    for query in queries:
        found = names.resolve(query)
        if found.sure:
            codes.append(found.matches[0])
            continue
        status = FAILED
        near = ", ".join(f"{names.display(c)} ({c})" for c in found.matches)
        _say(
            f"{query!r} is not quite a name I know."
            + (f" Did you mean: {near}?" if near else "")
        )
    console = _console()
    for number, code in enumerate(sorted(base.countries) if args.all else codes):
        assessment = assess(code, base, on=day)
        if args.json:
            sys.stdout.write(
                json.dumps(as_json(assessment, base, texts), ensure_ascii=False) + "\n"
            )
            continue
        if number:
            console.rule()
        show(answer(assessment, base, texts, today=now), console)
    if sys.stdout.isatty() and codes:
        console.print(
            "\nSee it without Discord: ally demo · connect it: ally run · more: "
            "ally --help",
            style="dim",
        )
    return status


def _page(
    page: Callable[[PageContext, argparse.Namespace], Answer],
) -> Callable[[argparse.Namespace], int]:
    """A verb that prints one of the bot's other pages."""

    def does(args: argparse.Namespace) -> int:
        from bot.answers.texts import Texts
        from bot.cli.pages import NotUnderstoodError, PageContext
        from bot.cli.terminal import show
        from bot.names.index import names_of
        from bot.runtime.clock import SYSTEM_CLOCK

        base = _base(args)
        if base is None:
            return CONFIG
        names = names_of(base)
        try:
            texts = Texts("en", names.display)
            context = PageContext(base, names, texts, SYSTEM_CLOCK.today())
            answer = page(context, args)
        except NotUnderstoodError as error:
            _say(str(error))
            return error.status
        except OSError as error:
            _say(f"{error.filename}: {error.strerror}")
            return FAILED
        show(answer, _console())
        return OK

    return does


def _queries(words: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """``south africa`` typed without quotes is one name if the words together are
    one.
    """
    together = " ".join(words)
    return [together] if len(words) > 1 and known(together) else list(words)


def _lines(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word == "-":
            yield from (line.rstrip("\r\n") for line in sys.stdin)
        else:
            yield word


def find(args: argparse.Namespace) -> int:
    """``ally find NAME… | -``."""
    from bot.names.index import names_of

    base = _base(args)
    if base is None:
        return CONFIG
    names = names_of(base)
    status = OK
    for query in _lines(args.name):
        found = names.resolve(query)
        status = status if found.sure else FAILED
        if args.json:
            row = {"query": query, "matches": list(found.matches), "sure": found.sure}
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            shown = (
                ", ".join(f"{names.display(c)} ({c})" for c in found.matches)
                or "nothing"
            )
            sys.stdout.write(f"{query}: {shown}{'' if found.sure else ' ?'}\n")
    return status


def check(args: argparse.Namespace) -> int:
    """``ally check [PATH]``."""
    from bot.knowledge.problems import as_github, as_json
    from bot.knowledge.reader import inspect
    from bot.runtime.clock import SYSTEM_CLOCK

    root = Path(args.path) if args.path else _root(args)
    problems: list[Problem]
    base, problems = inspect(root, SYSTEM_CLOCK.today())
    if args.format == "json":
        sys.stdout.write(as_json(problems) + ("\n" if problems else ""))
    else:
        for problem in problems:
            line = (
                as_github(problem, str(root))
                if args.format == "github"
                else f"{root}/{problem}"
            )
            sys.stdout.write(line + "\n")
    if base is None:
        _say(
            f"{len(problems)} problem(s) in {len({p.file for p in problems})} file(s)."
        )
        return FAILED
    _say(
        f"{len(base.countries)} actors, {len(base.votes)} roll calls, "
        f"{len(base.blocs)} blocs, "
        f"{len(base.measures)} measures, {len(base.forecasts)} forecasts: all right."
    )
    return OK


def fmt(args: argparse.Namespace) -> int:
    """``ally fmt [PATH] [--check]``."""
    from bot.knowledge.canonical import canonical, inner_comments
    from bot.knowledge.reader import files_of, read_document

    root = Path(args.path) if args.path else _root(args)
    status = OK
    for name, kind, path in files_of(root):
        raw = path.read_bytes() if path.is_file() else b""
        document, _, problems = read_document(name, kind, raw)
        if document is None:
            for problem in problems:
                _say(f"{root}/{problem}")
            status = FAILED
            continue
        text = canonical(document, kind)
        if raw.decode("utf-8-sig") == text:
            continue
        if comments := inner_comments(raw.decode("utf-8-sig")):
            _say(
                f"{root}/{name}:{comments[0]}: a comment stands here, which the "
                "canonical form cannot keep; "
                "move what it says into the entry or delete it"
            )
            status = FAILED
        elif args.check:
            sys.stdout.write(f"{root}/{name} is not in canonical form\n")
            status = FAILED
        else:
            partial = path.with_suffix(".yaml.partial")
            partial.write_text(text, encoding="utf-8")
            partial.replace(path)
            sys.stdout.write(f"{root}/{name} rewritten\n")
    return status


def schema(args: argparse.Namespace) -> int:
    """``ally schema DIR [--docs PAGE]``: write the JSON Schemas, and the table of keys
    into a page.
    """
    from bot.knowledge.json_schema import schemas, with_keys

    folder = Path(args.path)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    if args.docs:
        page = Path(args.docs)
        written = with_keys(page.read_text(encoding="utf-8"))
        page.write_text(written, encoding="utf-8")
    return OK


def _settings() -> Settings | None:
    from bot.runtime.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        _say("These settings are wrong (see .env.example):")
        for line in str(error).splitlines():
            _say(f"  {line}")
        return None


def run(args: argparse.Namespace) -> int:
    """``ally run``."""
    return _hosted(args, http=False)


def _hosted(args: argparse.Namespace, *, http: bool) -> int:
    """Serve Discord over the gateway or over HTTP."""
    settings = _settings()
    if settings is None:
        return CONFIG
    if settings.discord_token is None:
        _say(
            "There is no bot token. Make a bot at "
            "https://discord.com/developers/applications, copy its token,\n"
            "and set DISCORD_TOKEN=… in the environment or in a file .env (see "
            ".env.example and docs/hosting.md).\n"
            "To try Ally without Discord: ally ask belarus, or ally demo."
        )
        return CONFIG
    args.data = args.data or settings.ally_data
    base = _base(args)
    if base is None:
        return CONFIG
    from bot.runtime.clock import SYSTEM_CLOCK
    from bot.service import gateway
    from bot.service import http as endpoint

    service = endpoint if http else gateway
    return service.serve(settings, base, _root(args), SYSTEM_CLOCK)


def serve(args: argparse.Namespace) -> int:
    """``ally serve``."""
    return _hosted(args, http=True)


def doctor(args: argparse.Namespace) -> int:
    """``ally doctor``."""
    from bot.cli.backup import report

    settings = _settings()
    if settings is None:
        return CONFIG
    args.data = args.data or settings.ally_data
    return report(settings, _base(args), as_json=args.json)


def backup_(args: argparse.Namespace) -> int:
    """``ally backup FILE``."""
    from bot.cli.backup import stored

    settings = _settings()
    return (
        CONFIG
        if settings is None
        else stored(settings, Path(args.file), restoring=False)
    )


def restore(args: argparse.Namespace) -> int:
    """``ally restore FILE [--replace]``."""
    from bot.cli.backup import stored

    settings = _settings()
    return (
        CONFIG
        if settings is None
        else stored(settings, Path(args.file), restoring=True, replace=args.replace)
    )


def demo(args: argparse.Namespace) -> int:
    """``ally demo``."""
    base = _base(args)
    if base is None:
        return CONFIG
    try:
        import simcord  # noqa: F401  # pyright: ignore[reportUnusedImport]
    except ImportError:
        _say(
            "The demo needs its extra: pip install '.[demo]' (or pip install "
            "'ally-bot[demo]')."
        )
        return CONFIG
    from bot.cli.demo import serve

    return serve(base, args.port)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="ally",
        description="Where does this country stand? With its sources.",
        epilog="Examples: ally ask belarus · ally ask armenia --on 2022-03-02 · "
        "ally ask --all --json · ally demo",
    )
    top.add_argument("--version", action="version", version=f"ally {__version__}")
    top.add_argument(
        "--data", metavar="DIR", help="another knowledge base (also ALLY_DATA)"
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    def verb(
        name: str, does: Callable[[argparse.Namespace], int], about: str, example: str
    ) -> argparse.ArgumentParser:
        added = verbs.add_parser(
            name, help=about, description=f"{about}.", epilog=f"Example: {example}"
        )
        added.set_defaults(does=does)
        return added

    asks = verb(
        "ask",
        ask,
        "say where a country stands",
        "ally ask cuba 'south africa' --on 2022-03",
    )
    asks.add_argument(
        "name", nargs="*", metavar="NAME", help="a name, code, flag or former name"
    )
    asks.add_argument(
        "--on",
        metavar="DATE",
        help="a past day: 2022, 2022-03, 2022-03-02, '2 March 2022'",
    )
    asks.add_argument(
        "--json", action="store_true", help="one JSON object a line (docs/json.md)"
    )
    asks.add_argument("--all", action="store_true", help="every country and actor")
    add_verbs(
        lambda name, page, about, example: verb(name, _page(page), about, example)
    )
    finds = verb(
        "find",
        find,
        "say what a name is taken for",
        "printf 'drc\\nkorea\\n' | ally find --json -",
    )
    finds.add_argument(
        "name", nargs="+", metavar="NAME", help="a name, or - to read one a line"
    )
    finds.add_argument("--json", action="store_true", help="one JSON object a line")
    checks = verb(
        "check",
        check,
        "find every mistake in a knowledge base",
        "ally check data --format github",
    )
    checks.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        help="its folder (the one in use if left out)",
    )
    checks.add_argument("--format", choices=("text", "github", "json"), default="text")
    fmts = verb(
        "fmt",
        fmt,
        "write a knowledge base in its canonical form",
        "ally fmt data --check",
    )
    fmts.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        help="its folder (the one in use if left out)",
    )
    fmts.add_argument(
        "--check",
        action="store_true",
        help="change nothing; exit status 1 if something would change",
    )
    schemas = verb(
        "schema",
        schema,
        "write the JSON Schemas of a base's files",
        "ally schema data/schema",
    )
    schemas.add_argument("path", metavar="DIR")
    schemas.add_argument(
        "--docs", metavar="PAGE", help="write the table of keys into this page too"
    )
    demos = verb(
        "demo",
        demo,
        "try the bot in a simulated Discord in the browser",
        "ally demo --port 8000",
    )
    demos.add_argument(
        "--port",
        type=int,
        default=0,
        help="a port on this machine (any free one if left out)",
    )
    backups = verb(
        "backup",
        backup_,
        "write everything that servers have added to a file",
        "ally backup ally.backup",
    )
    backups.add_argument(
        "file", metavar="FILE", help="where to write; it is read back and checked"
    )
    restores = verb(
        "restore",
        restore,
        "put a backup into the database (SQLite or PostgreSQL)",
        "ally restore ally.backup --replace",
    )
    restores.add_argument(
        "file", metavar="FILE", help="a file that `ally backup` wrote"
    )
    restores.add_argument(
        "--replace",
        action="store_true",
        help="over everything that the database holds now",
    )
    doctors = verb(
        "doctor",
        doctor,
        "look for what would keep the bot from working; changes nothing",
        "ally doctor",
    )
    doctors.add_argument(
        "--json", action="store_true", help="one JSON array, for programs"
    )
    verb("run", run, "connect the bot to Discord", "DISCORD_TOKEN=… ally run")
    verb(
        "serve",
        serve,
        "answer Discord over HTTP, without a gateway connection",
        "DISCORD_TOKEN=… ally serve",
    )
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    args = parser().parse_args(argv)
    try:
        return args.does(args)
    except BrokenPipeError:
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        return 130
