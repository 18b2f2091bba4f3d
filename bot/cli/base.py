"""``ally find``, ``check``, ``fmt`` and ``schema``: for whoever writes facts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.cli.common import CommandError, clock_of, folder_of, read
from bot.cli.files import write_whole
from bot.cli.output import one_line, say, write, write_json
from bot.knowledge.plain import PlainObject, object_in
from bot.knowledge.problems import REST_WAITS, Problem, as_github, rest_waits
from bot.runtime.exit_code import ExitCode


def _typed_names(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word == "-":
            yield from (line.rstrip("\r\n") for line in sys.stdin)
        else:
            yield word


def find(args: argparse.Namespace) -> ExitCode:
    """``ally find NAME… | -``; FAILED if Ally would ask back about one of them."""
    from bot.names.index import names_of

    names = names_of(read(args))
    status = ExitCode.OK
    for query in _typed_names(args.name):
        resolution = names.resolve(query)
        if not resolution.sure:
            status = ExitCode.FAILED
        if args.json:
            matches, sure = list(resolution.matches), resolution.sure
            write_json({"query": query, "matches": matches, "sure": sure})
            continue
        near = ", ".join(f"{names.display(c)} ({c})" for c in resolution.matches)
        mark = "" if resolution.sure else " ?"
        write(one_line(f"{query}: {near or 'nothing'}{mark}"))
    return status


def _tell(problems: Sequence[Problem], folder: Path, form: str) -> None:
    """Write problems in one of the forms of ``ally check``."""
    for problem in problems:
        if form == "json":
            write_json(asdict(problem))
        elif form == "github":
            write(as_github(problem, str(folder)))
        else:
            write(f"{folder}/{problem}")
    files = len({problem.file for problem in problems})
    say(f"{len(problems)} problem(s) in {files} file(s).")
    if rest_waits(problems):
        say(REST_WAITS)


def check(args: argparse.Namespace) -> ExitCode:
    """``ally check [PATH]``; FAILED if the base has problems, tells one deed twice, or
    for ``--strict`` has anything to look at again.
    """
    from bot.cli.audit import look_again, tell_stale
    from bot.knowledge.reader import inspect

    folder, today = folder_of(args), clock_of(args).today()
    base, problems = inspect(folder, today)
    if base is None:
        _tell(problems, folder, args.format)
        return ExitCode.FAILED
    if args.stale:
        tell_stale(base, folder, today, as_json=args.format == "json")
        return ExitCode.OK
    problems, warning = look_again(base, folder, today, strict=args.strict)
    if problems:
        _tell(problems, folder, args.format)
        return ExitCode.FAILED
    if warning:
        say(warning)
    say(
        f"{len(base.countries)} actors, {len(base.votes)} roll calls, "
        f"{len(base.blocs)} blocs, {len(base.measures)} measures, "
        f"{len(base.forecasts)} forecasts: all right."
    )
    return ExitCode.OK


def fmt(args: argparse.Namespace) -> ExitCode:
    """``ally fmt [PATH] [--check] [--migrate]``; FAILED if a file could not be written,
    or for ``--check`` would be.
    """
    from bot.knowledge.files import files_of

    folder = folder_of(args)
    pattern = _pattern() if args.migrate else None
    status = ExitCode.OK
    for name, kind, path in files_of(folder):
        shown = f"{folder}/{name}"
        if not _in_form(shown, kind, path, check_only=args.check, pattern=pattern):
            status = ExitCode.FAILED
    return status


def _pattern() -> PlainObject:
    """The conflict that came with the program, as plain data: its kinds of deed and its
    rules are given to a base of the first edition.
    """
    from bot.knowledge.yaml import decode, load
    from bot.runtime.places import shipped_data

    data, _ = load(decode((shipped_data() / "conflict.yaml").read_bytes()))
    return object_in(data)


def _in_form(
    shown: str,
    kind: str,
    path: Path,
    *,
    check_only: bool,
    pattern: PlainObject | None,
) -> bool:
    """Bring one file into its canonical form; whether it is in it now."""
    from bot.knowledge.canonical import canonical, inner_comments
    from bot.knowledge.reader import read_document

    raw = path.read_bytes() if path.is_file() else b""
    read = read_document(path.name, kind, raw, pattern=pattern)
    if read.document is None:
        for problem in read.problems:
            say(f"{shown.removesuffix(path.name)}{problem}")
        return False
    text, present = canonical(read.document, kind), raw.decode("utf-8-sig")
    if present == text:
        return True
    if comments := inner_comments(present):
        say(
            f"{shown}:{comments[0]}: a comment stands here, which the canonical form "
            "cannot keep; move what it says into the entry or delete it"
        )
        return False
    if check_only:
        write(f"{shown} is not in canonical form")
        return False
    write_whole(path, text)
    write(f"{shown} rewritten")
    return True


def schema(args: argparse.Namespace) -> ExitCode:
    """``ally schema DIR [--docs PAGE]``: write the JSON Schemas, and the table of keys
    into a page.
    """
    from bot.knowledge.json_schema import schemas, with_keys

    folder = Path(args.path)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        write_whole(folder / name, text)
    if args.docs:
        page = Path(args.docs)
        try:
            written = with_keys(page.read_text(encoding="utf-8"))
        except ValueError as error:
            raise CommandError(f"{page}: {error}") from error
        write_whole(page, written)
    return ExitCode.OK
