"""Reading a knowledge base: every problem at once, with its file and line, or the whole
base.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge import facts
from bot.knowledge.checks import Checker, File
from bot.knowledge.conflict import MOST_DEEDS, Conflict
from bot.knowledge.documents import (
    DOCUMENTS,
    Bloc,
    Country,
    Document,
    Forecast,
    Measure,
    Vote,
)
from bot.knowledge.files import (
    CATALOGUES,
    REVISION,
    Digest,
    files_of,
    without_collecting,
)
from bot.knowledge.migrate import is_first_edition, migrated
from bot.knowledge.plain import PlainObject, object_in, objects_in
from bot.knowledge.problems import BaseInvalidError, Problem, spelled, to_tell
from bot.knowledge.text import cut, did_you_mean
from bot.knowledge.yaml import Lines, YamlError, decode, load
from bot.knowledge.yaml import Path as Steps

MOST_PROBLEMS = 1000
"""Problems that are told of one document; a file of mistakes alone has one a word."""
_SHOWN = 60
"""Units of a word that a message repeats."""


@cache
def adapter(kind: str) -> TypeAdapter[Document | Conflict]:
    """The validator of one kind of file; built on first use, for it costs some
    milliseconds.
    """
    model = Conflict if kind == "conflict" else DOCUMENTS[kind]
    return TypeAdapter[Document | Conflict](model)


def country_of(data: object) -> Country:
    """A country's document, made of plain data; ValidationError if it does not fit."""
    country = adapter("countries").validate_python(data)
    assert isinstance(country, Country)
    return country


@cache
def _schema_of(kind: str) -> PlainObject:
    return adapter(kind).json_schema()


def _below(schema: PlainObject, step: str | int) -> PlainObject:
    """The schema of the value under a key or at a place of a list."""
    if isinstance(step, int):
        return object_in(schema.get("items"))
    named = object_in(schema.get("properties")).get(step)
    return object_in(named or schema.get("additionalProperties"))


def _keys_at(kind: str, steps: Steps) -> tuple[str, ...]:
    """The keys that the class at this path knows."""
    schema = _schema_of(kind)
    here = schema
    for step in steps:
        here = _below(here, step)
        alternatives = objects_in(here.get("anyOf"))
        here = next((each for each in alternatives if "$ref" in each), here)
        if "$ref" in here:
            name = str(here["$ref"]).rsplit("/", 1)[1]
            here = object_in(object_in(schema["$defs"])[name])
    return tuple(object_in(here.get("properties")))


class _Mistake(NamedTuple):
    """What the model found: where, the rule's name, the message and a hint."""

    steps: Steps
    rule: str
    message: str
    hint: str = ""


def _unknown_key(kind: str, steps: Steps) -> _Mistake:
    key = str(steps[-1])
    hint = did_you_mean(key, _keys_at(kind, steps[:-1]))
    return _Mistake(steps, "unknown-key", f"unknown key `{cut(key, _SHOWN)}`", hint)


def _no_choice(steps: Steps, details: ErrorDetails) -> _Mistake:
    expected = str(details.get("ctx", {}).get("expected", ""))
    words = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    typed = details["input"]
    message = f"{cut(repr(typed), _SHOWN)} is none of {expected}"
    return _Mistake(steps, "choice", message, did_you_mean(typed, words))


def _too_many_deeds(steps: Steps) -> _Mistake:
    message = (
        f"there may be {MOST_DEEDS} kinds of deed, for a menu in Discord holds no more"
    )
    hint = 'put two into one, or use one that is there: "Add a kind of deed" in '
    return _Mistake(steps, "value", message, f"{hint}CONTRIBUTING.md")


def _mistake(kind: str, details: ErrorDetails) -> _Mistake:
    steps: Steps = tuple(
        step
        for step in details["loc"]
        if not (isinstance(step, str) and step.startswith(("function-", "[key]")))
    )
    match details["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            return _unknown_key(kind, steps)
        case "missing" | "missing_argument":
            return _Mistake(steps, "missing", f"`{steps[-1]}` is missing")
        case "literal_error":
            return _no_choice(steps, details)
        case "too_short" if steps[-1:] in {("sources",), ("cite",)}:
            return _Mistake(steps, "no-citation", "a fact needs at least one citation")
        case "too_long" if (kind, steps) == ("conflict", ("deeds",)):
            return _too_many_deeds(steps)
        case _:
            message = details["msg"].removeprefix("Value error, ")
            return _Mistake(steps, "value", f"{message[0].lower()}{message[1:]}")


def _problems_of(
    name: str, kind: str, error: ValidationError, lines: Lines
) -> list[Problem]:
    """The problems of one document that does not fit the model, MOST_PROBLEMS at
    most.
    """
    mistakes = [
        _mistake(kind, details)
        for details in islice(error.errors(include_url=False), MOST_PROBLEMS)
    ]
    problems = [
        Problem(name, lines.of(each.steps), _path(each.steps), *each[1:])
        for each in mistakes
    ]
    if more := error.error_count() - len(problems):
        message = f"{more:,} more problems in this document"
        problems.append(Problem(name, problems[-1].line, "", "more", message))
    return problems


def _path(steps: Steps) -> str:
    return spelled(
        cut(step, _SHOWN) if isinstance(step, str) else step for step in steps
    )


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document that was read: it, its lines and no problems, or the problems."""

    document: Document | Conflict | None
    """An instance of the kind's class; None if there are problems."""
    lines: Lines
    problems: list[Problem]


def read_text(
    name: str,
    kind: str,
    text: str,
    *,
    hostile: bool = False,
    before: int = 0,
    pattern: PlainObject | None = None,
) -> ReadDocument:
    """One document and the problems found in it alone. ``before`` counts the lines of
    its file in front of it; ``hostile`` text comes from a stranger.
    """
    try:
        data, lines = load(text, hostile=hostile, before=before)
    except YamlError as error:
        return ReadDocument(None, Lines(None), [from_yaml(name, error)])
    if hostile or pattern:
        # What a server exported before there were deeds can still be brought in.
        data = migrated(kind, data, pattern or {})
    elif is_first_edition(kind, data):
        return ReadDocument(None, lines, [_first_edition(name)])
    try:
        return ReadDocument(adapter(kind).validate_python(data), lines, [])
    except ValidationError as error:
        return ReadDocument(None, lines, _problems_of(name, kind, error, lines))


def _first_edition(name: str) -> Problem:
    message = "this file is of the first edition"
    return Problem(name, 1, "", "first-edition", message, "run `ally fmt --migrate`")


def from_yaml(name: str, error: YamlError) -> Problem:
    """What kept a file from being read as YAML at all."""
    return Problem(name, error.line, "", "yaml", error.message, error.hint)


def read_document(
    name: str, kind: str, raw: bytes, *, pattern: PlainObject | None = None
) -> ReadDocument:
    """One file's document, or the problems found in it alone.

    With a ``pattern``, which is a conflict of this edition as plain data, a file of the
    first edition is read as what it becomes.
    """
    try:
        text = decode(raw)
    except YamlError as error:
        return ReadDocument(None, Lines(None), [from_yaml(name, error)])
    return read_text(name, kind, text, pattern=pattern)


def inspect(root: Path, today: date) -> tuple[facts.Base | None, list[Problem]]:
    """Read everything under ``root``: the base and no problems, or None and every
    problem; those of ``conflict.yaml`` alone where it has some of its own.
    """
    with without_collecting():
        return _inspect(root, today)


def _inspect(root: Path, today: date) -> tuple[facts.Base | None, list[Problem]]:
    files: list[File] = []
    problems: list[Problem] = []
    digest = Digest()
    for name, kind, path in files_of(root):
        try:
            raw = path.read_bytes()
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            problems.append(Problem(name, 1, "", "file", message))
            continue
        digest.add(name, raw)
        read = read_document(name, kind, raw)
        problems += read.problems
        if read.document is not None:
            files.append(File(name, kind, read.document, read.lines))
    unread = any(problem.file != "conflict.yaml" for problem in problems)
    # What names a file that could not be read is not dangling: saying so would bury the
    # real problem.
    problems += [
        problem
        for problem in Checker.of_files(files, today).check(files)
        if not (unread and problem.rule == "dangling")
    ]
    if problems:
        return None, to_tell(problems)
    return _base_of(files, digest.text()[:REVISION], root / CATALOGUES), []


def _base_of(files: list[File], revision: str, catalogues: Path) -> facts.Base:
    """The base that checked files are."""
    read = [file.document for file in files]
    return facts.Base(
        conflict=next(each for each in read if isinstance(each, Conflict)),
        revision=revision,
        catalogues=catalogues,
        countries={each.code: each for each in read if isinstance(each, Country)},
        blocs={each.id: each for each in read if isinstance(each, Bloc)},
        votes={each.id: each for each in read if isinstance(each, Vote)},
        measures={each.id: each for each in read if isinstance(each, Measure)},
        forecasts={each.id: each for each in read if isinstance(each, Forecast)},
    )


def read_base(root: Path, today: date) -> facts.Base:
    """The base under ``root``; BaseInvalidError with every problem if anything is
    wrong.
    """
    base, problems = inspect(root, today)
    if base is None:
        raise BaseInvalidError(problems)
    return base


def check_again(base: facts.Base, today: date) -> list[Problem]:
    """Every problem that only the whole of a base shows, of one that was not read from
    files; what a single value may be is not looked at.
    """
    documents = {
        "conflict": {"conflict": base.conflict},
        "countries": base.countries,
        "blocs": base.blocs,
        "votes": base.votes,
        "measures": base.measures,
        "forecasts": base.forecasts,
    }
    files = [
        File(f"{kind}/{key}.yaml", kind, document, Lines(None))
        for kind, of_kind in documents.items()
        for key, document in of_kind.items()
    ]
    return sorted(Checker.of_files(files, today).check(files))


def over(
    data: Mapping[str, object],
    base: facts.Base,
    today: date,
    *,
    name: str = "entry",
    lines: Lines | None = None,
) -> tuple[Country | None, list[Problem]]:
    """A country document that is to lie over ``base``: the document or every problem,
    found as in the base's own files.

    The events of the base's own file bear a summary out as well as the document's.
    """
    where = lines or Lines(None)
    try:
        country = country_of(data)
    except ValidationError as error:
        return None, _problems_of(name, "countries", error, where)
    known = base.countries.get(country.code)
    borne = {event.id for event in known.events} if known else set[str]()
    problems = Checker.of_base(base, today).check(
        [File(name, "countries", country, where)], borne
    )
    return (None, sorted(problems)) if problems else (country, [])
