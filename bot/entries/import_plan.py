"""A file of entries that a server reads in: all problems with their lines, or the
changes that it would make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from bot.entries.from_form import CODE_LENGTH, NAME, SOURCES, Known
from bot.entries.records import Body, Change, Entry, body_of
from bot.knowledge.checks import File
from bot.knowledge.documents import Country
from bot.knowledge.facts import Base
from bot.knowledge.problems import Problem
from bot.knowledge.reader import adapter, over, read_document
from bot.knowledge.yaml import MAX_BYTES, YamlError, decode
from bot.names.index import fold

MAX_DOCUMENTS = 300
_CUT = re.compile(r"^---(?:[ \t].*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: the changes in the order of the file, and how much of
    the file is there already.
    """

    changes: tuple[Change, ...]
    same: int


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a stream with the number of lines before each; a marker cannot
    stand inside a value.
    """
    start = 0
    for mark in _CUT.finditer(text):
        yield text.count("\n", 0, start), text[start : mark.start()]
        start = mark.end()
    yield text.count("\n", 0, start), text[start:]


def _read(name: str, raw: bytes) -> tuple[list[File], list[Problem]]:
    if len(raw) > MAX_BYTES:
        return [], [
            Problem(
                name,
                1,
                "",
                "yaml",
                f"the file has {len(raw):,} bytes",
                f"at most {MAX_BYTES:,} are read",
            )
        ]
    try:
        text = decode(raw)
    except YamlError as error:
        return [], [Problem(name, error.line, "", "yaml", error.message, error.hint)]
    files: list[File] = []
    problems: list[Problem] = []
    parts = [
        part
        for part in _parts(text)
        if re.sub(r"^\s*#.*$", "", part[1], flags=re.MULTILINE).strip()
    ]
    if len(parts) > MAX_DOCUMENTS:
        return [], [
            Problem(
                name,
                1,
                "",
                "yaml",
                f"{len(parts)} documents",
                f"at most {MAX_DOCUMENTS} are read",
            )
        ]
    if not parts:
        return [], [
            Problem(
                name,
                1,
                "",
                "yaml",
                "the file is empty",
                "see docs/data.md for an example",
            )
        ]
    for before, part in parts:
        # Blank lines in front keep every line number the file's own.
        document, lines, found = read_document(
            name, "countries", ("\n" * before + part).encode(), hostile=True
        )
        problems += found
        if document is not None and lines is not None:
            files.append(File(name, "countries", document, lines))
    return files, problems


class _Planner:
    def __init__(
        self, base: Base, entries: Iterable[Entry], today: date, known: Known
    ) -> None:
        self.base, self.today, self.known = base, today, known
        self.by_code: dict[str, list[Entry]] = {}
        for entry in entries:
            self.by_code.setdefault(entry.subject, []).append(entry)
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.same = 0
        self.names: dict[str, str] = {}

    def _problem(
        self,
        file: File,
        path: tuple[str | int, ...],
        rule: str,
        message: str,
        hint: str = "",
    ) -> None:
        text = ".".join(str(step) for step in path)
        self.problems.append(
            Problem(file.name, file.lines.of(path), text, rule, message, hint)
        )

    def _put(self, kind: Any, code: str, body: Body, there: Entry | None) -> None:
        if there is None:
            self.changes.append(Change(kind, code, body))
        elif there.body == body and there.state == "published":
            self.same += 1
        else:
            before = there.body if there.state == "published" else None
            self.changes.append(
                Change(kind, code, body, there.number, there.revision, before=before)
            )

    def _one(self, code: str, kind: str) -> Entry | None:
        return next((e for e in self.by_code.get(code, ()) if e.kind == kind), None)

    def _name(
        self, file: File, path: tuple[str | int, ...], name: str, code: str
    ) -> bool:
        folded = fold(name)
        other = self.known(name) or self.names.get(folded)
        if not folded or len(name) > NAME:
            self._problem(
                file,
                path,
                "value",
                f"{name[:20]!r} is no name",
                f"letters, at most {NAME} of them",
            )
        elif other and other != code:
            self._problem(
                file,
                path,
                "duplicate",
                f"{name[:NAME]!r} already means {other}",
                "choose another name",
            )
        else:
            self.names[folded] = code
            return True
        return False

    def actor(self, file: File, country: Country) -> None:
        """Plan the actor itself: the base's own is taken as it is, and a server's own
        is made or changed.
        """
        code = country.code
        shipped = self.base.countries.get(code)
        if shipped and not (code in self.base.added and self.base.added[code].actor):
            if country.names.short != shipped.names.short:
                hint = (
                    f"the base calls {code} {shipped.names.short!r}; add an "
                    "alias, or choose another code"
                )
                self._problem(
                    file,
                    ("names", "short"),
                    "duplicate",
                    "the name is not the base's",
                    hint,
                )
            for number, alias in enumerate(country.aliases):
                if alias in shipped.aliases or (
                    self.known(alias) == code and not self._alias(code, alias)
                ):
                    self.same += 1
                elif self._name(file, ("aliases", number), alias, code):
                    self._put("alias", code, {"alias": alias}, self._alias(code, alias))
            return
        if len(code) > CODE_LENGTH:
            self._problem(
                file,
                ("code",),
                "value",
                f"the code has {len(code)} characters",
                f"at most {CODE_LENGTH}",
            )
        fine = self._name(file, ("names", "short"), country.names.short, code)
        for number, alias in enumerate(country.aliases):
            fine = self._name(file, ("aliases", number), alias, code) and fine
        there = self._one(code, "actor")
        reviewed = there.body["reviewed"] if there else str(country.reviewed)
        body: dict[str, Any] = {
            "kind": country.kind,
            "names": {"short": country.names.short},
            "reviewed": reviewed,
        }
        if country.names.official:
            body["names"]["official"] = country.names.official
        own = [e.body["alias"] for e in self.by_code.get(code, ()) if e.kind == "alias"]
        if aliases := [alias for alias in country.aliases if alias not in own]:
            body["aliases"] = aliases
        if fine:
            self._put("actor", code, body, there)

    def _alias(self, code: str, alias: str) -> Entry | None:
        return next(
            (
                e
                for e in self.by_code.get(code, ())
                if e.kind == "alias" and e.body["alias"] == alias
            ),
            None,
        )

    def facts(self, file: File, country: Country) -> None:
        """Plan the events, the summary and the override."""
        code = country.code
        added = self.base.added.get(code)
        known = self.base.countries.get(code)
        own = added.events if added else frozenset[str]()
        shipped = (
            {event.id: event for event in known.events if event.id not in own}
            if known
            else {}
        )
        mine = {
            cast("str", e.body["id"]): e
            for e in self.by_code.get(code, ())
            if e.kind == "event"
        }
        for number, event in enumerate(country.events):
            if len(event.sources) > SOURCES:
                self._problem(
                    file,
                    ("events", number, "sources"),
                    "value",
                    f"more than {SOURCES} sources",
                )
            if event.id in shipped:
                if shipped[event.id] == event:
                    self.same += 1
                else:
                    hint = (
                        "give this one another id; the base's own facts are "
                        "changed upstream"
                    )
                    path = ("events", number, "id")
                    self._problem(
                        file,
                        path,
                        "duplicate",
                        f"the base has an event {event.id} that differs",
                        hint,
                    )
                continue
            self._put("event", code, body_of(event), mine.get(event.id))
        if country.summary and (
            not known or (added and added.summary) or country.summary != known.summary
        ):
            body: Body = {
                "summary": country.summary,
                "summary_facts": list(country.summary_facts),
            }
            self._put("summary", code, body, self._one(code, "summary"))
        if country.override:
            self._put(
                "level", code, body_of(country.override), self._one(code, "level")
            )


def plan(
    name: str,
    raw: bytes,
    base: Base,
    entries: Iterable[Entry],
    today: date,
    known: Known,
) -> tuple[Plan | None, list[Problem]]:
    """What reading a file in would change, or every problem with its line; nothing is
    changed here.

    ``base`` is what the server sees now and ``entries`` are all of its entries, the
    retired ones too. What the file does not mention stays as it is.
    """
    files, problems = _read(name, raw)
    planner = _Planner(base, entries, today, known)
    seen: dict[str, int] = {}
    for file in files:
        country = cast("Country", file.document)
        line = file.lines.of(("code",))
        if country.code in seen:
            hint = f"it is on line {seen[country.code]} already"
            problems.append(
                Problem(
                    name,
                    line,
                    "code",
                    "duplicate",
                    f"{country.code} stands twice",
                    hint,
                )
            )
            continue
        seen[country.code] = line
        mapping = _mapping(country)
        _, found = over(mapping, base, today, name=name, lines=file.lines)
        problems += found
        planner.actor(file, country)
        planner.facts(file, country)
    problems += planner.problems
    if problems:
        return None, sorted(problems)
    return Plan(tuple(planner.changes), planner.same), []


def _mapping(country: Country) -> dict[str, Any]:
    return cast(
        "dict[str, Any]",
        adapter("countries").dump_python(country, mode="json", exclude_defaults=True),
    )
