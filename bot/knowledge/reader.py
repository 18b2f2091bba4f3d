"""Reading a knowledge base: every problem at once, with its file and line, or the whole base."""

from __future__ import annotations

import dataclasses
import difflib
import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from bot.knowledge import model
from bot.knowledge.dates import PartialDate
from bot.knowledge.problems import BaseInvalidError, Problem
from bot.knowledge.yamlcore import Lines, YamlError, decode, load
from bot.knowledge.yamlcore import Path as Steps

FOLDERS = ("countries", "blocs", "votes", "measures", "forecasts")

Report = Callable[[Steps, str, str, str], None]
"""Takes the path in the document, the rule's name, the message and a hint."""


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    """The validator of one kind of file; built on first use, for it costs some milliseconds."""
    return TypeAdapter(model.DOCUMENTS[kind])


@dataclasses.dataclass(frozen=True, slots=True)
class _File:
    name: str
    kind: str
    document: Any
    lines: Lines


def _spelled(steps: Iterable[str | int]) -> str:
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _keys_at(kind: str, steps: Steps) -> tuple[str, ...]:
    """The keys that the class at this path knows."""
    schema: dict[str, Any] = adapter(kind).json_schema()
    here = schema
    for step in steps:
        if isinstance(step, int):
            here = cast("dict[str, Any]", here.get("items", {}))
        else:
            found: Any = here.get("properties", {}).get(step) or here.get("additionalProperties") or {}
            here = cast("dict[str, Any]", found)
        alternatives = cast("list[dict[str, Any]]", here.get("anyOf", []))
        here = next((each for each in alternatives if "$ref" in each), here)
        if "$ref" in here:
            here = cast("dict[str, Any]", schema["$defs"][str(here["$ref"]).rsplit("/", 1)[1]])
    return tuple(cast("dict[str, Any]", here.get("properties", {})))


def _meant(word: object, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(str(word), list(known), 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else ""


def _from_pydantic(kind: str, error: ValidationError) -> Iterator[tuple[Steps, str, str, str]]:
    for found in error.errors(include_url=False):
        steps = tuple(s for s in found["loc"] if not (isinstance(s, str) and s.startswith(("function-", "[key]"))))
        match found["type"]:
            case "unexpected_keyword_argument" | "extra_forbidden":
                known = _keys_at(kind, steps[:-1])
                yield steps, "unknown-key", f"unknown key `{steps[-1]}`", _meant(steps[-1], known)
            case "missing" | "missing_argument":
                yield steps, "missing", f"`{steps[-1]}` is missing", ""
            case "literal_error":
                expected = str(found.get("ctx", {}).get("expected", ""))
                words = [w.strip("' ") for w in expected.replace(" or ", ", ").split(",")]
                yield steps, "choice", f"{found['input']!r} is none of {expected}", _meant(found["input"], words)
            case "too_short" if "sources" in steps[-1:] or "cite" in steps[-1:]:
                yield steps, "no-citation", "a fact needs at least one citation", ""
            case _:
                message = found["msg"].removeprefix("Value error, ")
                yield steps, "value", f"{message[0].lower()}{message[1:]}", ""


def read_document(name: str, kind: str, raw: bytes) -> tuple[Any, Lines | None, list[Problem]]:
    """One file's document, its lines and the problems found in it alone; the document is None if any."""
    try:
        data, lines = load(decode(raw))
    except YamlError as error:
        return None, None, [Problem(name, error.line, "", "yaml", error.message, error.hint)]
    try:
        return adapter(kind).validate_python(data), lines, []
    except ValidationError as error:
        problems = [
            Problem(name, lines.of(steps), _spelled(steps), rule, message, hint)
            for steps, rule, message, hint in _from_pydantic(kind, error)
        ]
        return None, lines, problems


def _check_dates(report: Report, steps: Steps, thing: Any, today: date) -> None:
    for attribute in ("date", "since", "reviewed"):
        when: PartialDate | None = getattr(thing, attribute, None)
        if when and when.first > today:
            report((*steps, attribute), "future", f"{when} is in the future", "")
    start: PartialDate | None = getattr(thing, "date", None) or getattr(thing, "since", None)
    until: PartialDate | None = getattr(thing, "until", None)
    if start and until and until.last < start.first:
        report((*steps, "until"), "order", f"ends on {until}, before it begins on {start}", "")
    sources = cast("tuple[model.Source, ...] | dict[str, model.Source]", getattr(thing, "sources", ()))
    for key, source in sources.items() if isinstance(sources, dict) else enumerate(sources):
        if source.published and source.published.first > today:
            report((*steps, "sources", key, "published"), "future", f"{source.published} is in the future", "")


class _Checker:
    """What only the whole base can tell: codes, references, tallies, ids, dates."""

    def __init__(self, files: list[_File], today: date) -> None:
        self.files, self.today = files, today
        self.problems: list[Problem] = []
        documents = [f.document for f in files]
        self.codes = {d.code for d in documents if isinstance(d, model.Country)}
        self.blocs = {d.id for d in documents if isinstance(d, model.Bloc)}
        conflict = next((d for d in documents if isinstance(d, model.Conflict)), None)
        self.towards: set[str] = {"neutral", *(side.id for side in conflict.sides)} if conflict else {"neutral"}
        self.refs = {f"{f.kind.removesuffix('s')}:{f.document.id}" for f in files if f.kind in FOLDERS[1:4]}

    def run(self) -> list[Problem]:
        seen: dict[tuple[str, str], str] = {}
        for file in self.files:

            def report(steps: Steps, rule: str, message: str, hint: str, file: _File = file) -> None:
                line = file.lines.of(steps)
                self.problems.append(Problem(file.name, line, _spelled(steps), rule, message, hint))

            document = file.document
            _check_dates(report, (), document, self.today)
            if file.kind in FOLDERS:
                key = "code" if file.kind == "countries" else "id"
                identity = getattr(document, key)
                stem = Path(file.name).stem
                if (file.kind, identity) in seen:
                    report((key,), "duplicate", f"{identity} is also in {seen[file.kind, identity]}", "")
                seen[file.kind, identity] = file.name
                if file.kind != "countries" and stem != identity:
                    report((key,), "file-name", f"the file is called {stem}.yaml but its id is {identity}", "")
            if hasattr(document, "toward"):
                self._toward(report, ("toward",), document.toward)
            getattr(self, f"_{file.kind}")(report, document)
        return self.problems

    def _code(self, report: Report, steps: Steps, code: str) -> None:
        if code not in self.codes:
            report(steps, "dangling", f"no country has the code {code}", _meant(code, self.codes))

    def _toward(self, report: Report, steps: Steps, toward: str) -> None:
        if toward not in self.towards:
            report(steps, "toward", f"{toward!r} is no side of this conflict", _meant(toward, self.towards))

    def _unique(self, report: Report, steps: Steps, ids: Iterable[str], what: str) -> None:
        seen: dict[str, int] = {}
        for number, each in enumerate(ids):
            if each in seen:
                report((*steps, number), "duplicate", f"{what} {each} stands twice (also as number {seen[each]})", "")
            seen.setdefault(each, number)

    def _countries(self, report: Report, country: model.Country) -> None:
        self._unique(report, ("events",), [e.id for e in country.events], "the event")
        for number, event in enumerate(country.events):
            _check_dates(report, ("events", number), event, self.today)
            self._toward(report, ("events", number, "toward"), event.toward)
        known = {e.id for e in country.events} | self.refs
        for number, ref in enumerate(country.summary_facts):
            if ref not in known:
                report(("summary_facts", number), "dangling", f"no fact is called {ref}", _meant(ref, known))
        if country.summary and not country.summary_facts:
            report(("summary",), "no-citation", "a summary names the facts that bear it out", "add summary_facts")

    def _cited(self, report: Report, steps: Steps, cite: tuple[str, ...], sources: dict[str, model.Source]) -> None:
        if not cite:
            report((*steps, "cite"), "no-citation", "a fact needs at least one citation", "")
        for key in cite:
            if key not in sources:
                report((*steps, "cite"), "dangling", f"no source is called {key}", _meant(key, sources))

    def _blocs(self, report: Report, bloc: model.Bloc) -> None:
        for number, seat in enumerate(bloc.members):
            self._code(report, ("members", number, "code"), seat.code)
            self._cited(report, ("members", number), seat.cite, bloc.sources)
            _check_dates(report, ("members", number), seat, self.today)
        self._unique(report, ("members",), [f"{s.code} {s.standing}" for s in bloc.members], "the seat")

    def _measures(self, report: Report, measure: model.Measure) -> None:
        for number, part in enumerate(measure.parts):
            self._code(report, ("parts", number, "code"), part.code)
            self._cited(report, ("parts", number), part.cite, measure.sources)
            _check_dates(report, ("parts", number), part, self.today)
            if part.toward:
                self._toward(report, ("parts", number, "toward"), part.toward)

    def _votes(self, report: Report, vote: model.Vote) -> None:
        cast_: dict[str, str] = {}
        for ballot in model.BALLOTS:
            roll = vote.roll(ballot)
            if len(roll) != (official := getattr(vote.tally, ballot)):
                report((ballot,), "tally", f"{len(roll)} codes under {ballot}, but the tally says {official}", "")
            for number, code in enumerate(roll):
                self._code(report, (ballot, number), code)
                if code in cast_:
                    report((ballot, number), "duplicate", f"{code} is also under {cast_[code]}", "")
                cast_[code] = ballot

    def _forecasts(self, report: Report, forecast: model.Forecast) -> None:
        for number, named in enumerate(forecast.named):
            self._toward(report, ("named", number, "toward"), named.toward)
            if (named.code is None) == (named.bloc is None):
                report(("named", number), "value", "name a code or a bloc, not both and not neither", "")
            if named.code:
                self._code(report, ("named", number, "code"), named.code)
            if named.bloc and named.bloc not in self.blocs:
                report(("named", number, "bloc"), "dangling", f"no bloc is called {named.bloc}", "")

    def _conflict(self, report: Report, conflict: model.Conflict) -> None:
        for number, code in enumerate(conflict.parties):
            self._code(report, ("parties", number), code)
        if list(conflict.levels) != sorted(conflict.levels, key=lambda level: level.from_):
            report(("levels",), "order", "levels are listed from the lowest score to the highest", "")
        if abs(sum(p.share for p in conflict.pillars.values()) - 1) > 1e-9:
            report(("pillars",), "value", "the pillars' shares add up to 1", "")
        for key, known in (("weights", model.Weight), ("standings", model.Standing), ("ballots", model.Ballot)):
            for word in known.__args__:  # type: ignore[attr-defined]
                if word not in getattr(conflict, key):
                    report((key,), "missing", f"`{word}` is missing", "")


def files_of(root: Path) -> list[tuple[str, str, Path]]:
    """Every file of a base: its name relative to the root, its kind and where it is."""
    found = [("conflict.yaml", "conflict", root / "conflict.yaml")]
    for folder in FOLDERS:
        found += [(f"{folder}/{p.name}", folder, p) for p in sorted((root / folder).glob("*.yaml"))]
    return found


def inspect(root: Path, today: date) -> tuple[model.Base | None, list[Problem]]:
    """Read everything under ``root``: the base and no problems, or None and every problem."""
    # Reading makes many small objects that all stay: the collector would walk them again and again for nothing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _inspect(root, today)
    finally:
        if collecting:
            gc.enable()


def _inspect(root: Path, today: date) -> tuple[model.Base | None, list[Problem]]:
    files: list[_File] = []
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for name, kind, path in files_of(root):
        try:
            raw = path.read_bytes()
        except OSError as error:
            problems.append(Problem(name, 1, "", "file", f"cannot be read: {error.strerror}"))
            continue
        digest.update(name.encode() + b"\0" + raw)
        document, lines, found = read_document(name, kind, raw)
        problems += found
        if document is not None and lines is not None:
            files.append(_File(name, kind, document, lines))
    unread = any(problem.file.startswith("countries/") for problem in problems)
    # A country that could not be read is not a dangling code: saying so would bury the real problem.
    problems += [p for p in _Checker(files, today).run() if not (unread and p.rule == "dangling")]
    if problems:
        return None, sorted(problems)
    by_kind: dict[str, dict[str, Any]] = {folder: {} for folder in FOLDERS}
    for file in files:
        if file.kind in by_kind:
            by_kind[file.kind][cast("str", getattr(file.document, "code", None) or file.document.id)] = file.document
    conflict = next(f.document for f in files if f.kind == "conflict")
    return model.Base(conflict=conflict, revision=digest.hexdigest()[:12], **by_kind), []


def read_base(root: Path, today: date) -> model.Base:
    """The base under ``root``; BaseInvalidError with every problem if anything is wrong."""
    base, problems = inspect(root, today)
    if base is None:
        raise BaseInvalidError(problems)
    return base
