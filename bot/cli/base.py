"""``ally find``, ``check``, ``fmt`` and ``schema``: for whoever writes facts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.common import CommandError, clock_of, data_folder, read
from bot.cli.output import one_line, say, write, write_json
from bot.runtime.exit_code import ExitCode

if TYPE_CHECKING:
    from bot.knowledge.facts import Base


def _folder(args: argparse.Namespace) -> Path:
    return Path(args.path) if args.path else data_folder(args)


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


def check(args: argparse.Namespace) -> ExitCode:
    """``ally check [PATH] [--stale]``; FAILED if the base has problems."""
    from dataclasses import asdict

    from bot.knowledge.problems import as_github
    from bot.knowledge.reader import inspect

    folder = _folder(args)
    base, problems = inspect(folder, clock_of(args).today())
    for problem in problems:
        if args.format == "json":
            write_json(asdict(problem))
        elif args.format == "github":
            write(as_github(problem, str(folder)))
        else:
            write(f"{folder}/{problem}")
    if base is None:
        files = len({problem.file for problem in problems})
        say(f"{len(problems)} problem(s) in {files} file(s).")
        return ExitCode.FAILED
    _look_again(base, args)
    say(
        f"{len(base.countries)} actors, {len(base.votes)} roll calls, "
        f"{len(base.blocs)} blocs, {len(base.measures)} measures, "
        f"{len(base.forecasts)} forecasts: all right."
    )
    return ExitCode.OK


_ALWAYS = frozenset({"told-twice", "no-end"})
"""Findings that are told at each check; the others are what to read next."""


def _look_again(base: Base, args: argparse.Namespace) -> None:
    """Tell what is right and yet to be looked at again; it fails no check."""
    from dataclasses import asdict

    from bot.knowledge.findings import findings

    for each in findings(base, clock_of(args).today()):
        if each.rule not in _ALWAYS and not args.stale:
            continue
        if args.format == "json":
            write_json(asdict(each))
        elif args.format == "text":
            ref = f" {each.ref}" if each.ref else ""
            write(one_line(f"{each.code}{ref}: {each.message} [{each.rule}]"))


def fmt(args: argparse.Namespace) -> ExitCode:
    """``ally fmt [PATH] [--check] [--migrate]``; FAILED if a file could not be written,
    or for ``--check`` would be.
    """
    from bot.knowledge.reader import files_of

    folder = _folder(args)
    pattern = _pattern() if args.migrate else None
    status = ExitCode.OK
    for name, kind, path in files_of(folder):
        shown = f"{folder}/{name}"
        if not _in_form(shown, kind, path, check_only=args.check, pattern=pattern):
            status = ExitCode.FAILED
    return status


def _pattern() -> dict[str, Any]:
    """The conflict that came with the program, as plain data: its kinds of deed and its
    rules are given to a base of the first edition.
    """
    from bot.knowledge.yaml import decode, load
    from bot.runtime.settings import shipped_data

    data, _ = load(decode((shipped_data() / "conflict.yaml").read_bytes()))
    return data


def _in_form(
    shown: str,
    kind: str,
    path: Path,
    *,
    check_only: bool,
    pattern: dict[str, Any] | None,
) -> bool:
    """Bring one file into its canonical form; whether it is in it now."""
    from bot.knowledge.canonical import canonical, inner_comments
    from bot.knowledge.reader import read_document

    raw = path.read_bytes() if path.is_file() else b""
    document, _, problems = read_document(path.name, kind, raw, pattern=pattern)
    if document is None:
        for problem in problems:
            say(f"{shown.removesuffix(path.name)}{problem}")
        return False
    text, present = canonical(document, kind), raw.decode("utf-8-sig")
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
    partial = path.with_suffix(".yaml.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
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
        (folder / name).write_text(text, encoding="utf-8")
    if args.docs:
        page = Path(args.docs)
        try:
            written = with_keys(page.read_text(encoding="utf-8"))
        except ValueError as error:
            raise CommandError(f"{page}: {error}") from error
        page.write_text(written, encoding="utf-8")
    return ExitCode.OK
