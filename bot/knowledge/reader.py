"""Reading a knowledge base: every problem at once, with its file and line, or the whole
base.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from bot.knowledge import documents, facts
from bot.knowledge.checks import FOLDERS, Checker, File, meant, spelled
from bot.knowledge.conflict import Conflict
from bot.knowledge.migrate import is_first_edition, migrated
from bot.knowledge.problems import BaseInvalidError, Problem
from bot.knowledge.yaml import Lines, YamlError, decode, load
from bot.knowledge.yaml import Path as Steps


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    """The validator of one kind of file; built on first use, for it costs some
    milliseconds.
    """
    model: Any = Conflict if kind == "conflict" else documents.DOCUMENTS[kind]
    return TypeAdapter(model)


def _keys_at(kind: str, steps: Steps) -> tuple[str, ...]:
    """The keys that the class at this path knows."""
    schema: dict[str, Any] = adapter(kind).json_schema()
    here = schema
    for step in steps:
        if isinstance(step, int):
            here = cast("dict[str, Any]", here.get("items", {}))
        else:
            found: Any = (
                here.get("properties", {}).get(step)
                or here.get("additionalProperties")
                or {}
            )
            here = cast("dict[str, Any]", found)
        alternatives = cast("list[dict[str, Any]]", here.get("anyOf", []))
        here = next((each for each in alternatives if "$ref" in each), here)
        if "$ref" in here:
            here = cast(
                "dict[str, Any]", schema["$defs"][str(here["$ref"]).rsplit("/", 1)[1]]
            )
    return tuple(cast("dict[str, Any]", here.get("properties", {})))


def _from_pydantic(
    kind: str, error: ValidationError
) -> Iterator[tuple[Steps, str, str, str]]:
    for found in error.errors(include_url=False):
        steps = tuple(
            s
            for s in found["loc"]
            if not (isinstance(s, str) and s.startswith(("function-", "[key]")))
        )
        match found["type"]:
            case "unexpected_keyword_argument" | "extra_forbidden":
                known = _keys_at(kind, steps[:-1])
                yield (
                    steps,
                    "unknown-key",
                    f"unknown key `{steps[-1]}`",
                    meant(steps[-1], known),
                )
            case "missing" | "missing_argument":
                yield steps, "missing", f"`{steps[-1]}` is missing", ""
            case "literal_error":
                expected = str(found.get("ctx", {}).get("expected", ""))
                words = [
                    w.strip("' ") for w in expected.replace(" or ", ", ").split(",")
                ]
                yield (
                    steps,
                    "choice",
                    f"{found['input']!r} is none of {expected}",
                    meant(found["input"], words),
                )
            case "too_short" if "sources" in steps[-1:] or "cite" in steps[-1:]:
                yield steps, "no-citation", "a fact needs at least one citation", ""
            case _:
                message = found["msg"].removeprefix("Value error, ")
                yield steps, "value", f"{message[0].lower()}{message[1:]}", ""


def read_document(
    name: str, kind: str, raw: bytes, *, hostile: bool = False
) -> tuple[Any, Lines | None, list[Problem]]:
    """One file's document, its lines and the problems found in it alone; the document
    is None if any.
    """
    try:
        data, lines = load(decode(raw), hostile=hostile)
    except YamlError as error:
        return (
            None,
            None,
            [Problem(name, error.line, "", "yaml", error.message, error.hint)],
        )
    if hostile:
        # What a server exported before there were deeds can still be brought in.
        data = migrated(kind, data, {})
    elif is_first_edition(kind, data):
        message = "this file is of the first edition"
        hint = "run `ally fmt --migrate`"
        return None, lines, [Problem(name, 1, "", "first-edition", message, hint)]
    try:
        return adapter(kind).validate_python(data), lines, []
    except ValidationError as error:
        problems = [
            Problem(name, lines.of(steps), spelled(steps), rule, message, hint)
            for steps, rule, message, hint in _from_pydantic(kind, error)
        ]
        return None, lines, problems


def files_of(root: Path) -> list[tuple[str, str, Path]]:
    """Every file of a base: its name relative to the root, its kind and where it is."""
    found = [("conflict.yaml", "conflict", root / "conflict.yaml")]
    for folder in FOLDERS:
        found += [
            (f"{folder}/{p.name}", folder, p)
            for p in sorted((root / folder).glob("*.yaml"))
        ]
    return found


def inspect(root: Path, today: date) -> tuple[facts.Base | None, list[Problem]]:
    """Read everything under ``root``: the base and no problems, or None and every
    problem.
    """
    # Reading makes many small objects that all stay: the collector would walk them
    # again and again for nothing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _inspect(root, today)
    finally:
        if collecting:
            gc.enable()


def _inspect(root: Path, today: date) -> tuple[facts.Base | None, list[Problem]]:
    files: list[File] = []
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for name, kind, path in files_of(root):
        try:
            raw = path.read_bytes()
        except OSError as error:
            problems.append(
                Problem(name, 1, "", "file", f"cannot be read: {error.strerror}")
            )
            continue
        digest.update(name.encode() + b"\0" + raw)
        document, lines, found = read_document(name, kind, raw)
        problems += found
        if document is not None and lines is not None:
            files.append(File(name, kind, document, lines))
    unread = any(problem.file.startswith("countries/") for problem in problems)
    # A country that could not be read is not a dangling code: saying so would bury the
    # real problem.
    problems += [
        p
        for p in Checker.of_files(files, today).check(files)
        if not (unread and p.rule == "dangling")
    ]
    if problems:
        return None, sorted(problems)
    by_kind: dict[str, dict[str, Any]] = {folder: {} for folder in FOLDERS}
    for file in files:
        if file.kind in by_kind:
            by_kind[file.kind][
                cast("str", getattr(file.document, "code", None) or file.document.id)
            ] = file.document
    conflict = next(f.document for f in files if f.kind == "conflict")
    return facts.Base(
        conflict=conflict,
        revision=digest.hexdigest()[:12],
        countries=by_kind["countries"],
        blocs=by_kind["blocs"],
        votes=by_kind["votes"],
        measures=by_kind["measures"],
        forecasts=by_kind["forecasts"],
    ), []


def read_base(root: Path, today: date) -> facts.Base:
    """The base under ``root``; BaseInvalidError with every problem if anything is
    wrong.
    """
    base, problems = inspect(root, today)
    if base is None:
        raise BaseInvalidError(problems)
    return base


def over(
    data: Mapping[str, Any],
    base: facts.Base,
    today: date,
    *,
    name: str = "entry",
    lines: Lines | None = None,
) -> tuple[documents.Country | None, list[Problem]]:
    """A country document that is to lie over ``base``: the document or every problem,
    found as in the base's own files.

    The events of the base's own file bear a summary out as well as the document's.
    """
    where = lines or Lines(None)
    try:
        country: documents.Country = adapter("countries").validate_python(data)
    except ValidationError as error:
        return None, [
            Problem(name, where.of(steps), spelled(steps), rule, message, hint)
            for steps, rule, message, hint in _from_pydantic("countries", error)
        ]
    known = base.countries.get(country.code)
    borne = {event.id for event in known.events} if known else set[str]()
    problems = Checker.of_base(base, today).check(
        [File(name, "countries", country, where)], borne
    )
    return (None, sorted(problems)) if problems else (country, [])
