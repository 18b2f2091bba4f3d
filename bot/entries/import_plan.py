"""A file of entries that a server reads in: all problems with their lines, or the
changes that it would make.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from pydantic import ValidationError

from bot.entries.from_form import NAME, SOURCES, Known
from bot.entries.ids import CODE_LENGTH
from bot.entries.parts import parts_of
from bot.entries.records import Body, Change, Entry, EntryKind, body_of, current_form
from bot.knowledge.checks import File
from bot.knowledge.documents import Country, Event
from bot.knowledge.facts import Added, Base
from bot.knowledge.plain import PlainObject
from bot.knowledge.problems import Problem, spelled
from bot.knowledge.reader import (
    MOST_PROBLEMS,
    adapter,
    from_yaml,
    over,
    read_text,
)
from bot.knowledge.text import cut
from bot.knowledge.yaml import MAX_BYTES, Path, YamlError, decode
from bot.names.index import fold

MAX_DOCUMENTS = 300
_SHOWN = 40
"""Units of a name that a message repeats."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: the changes in the order of the file, and how much of
    the file is there already.
    """

    changes: tuple[Change, ...]
    same: int


class _Files(NamedTuple):
    """The documents of an upload that could be read, and the problems of the others."""

    files: list[File]
    problems: list[Problem]


def _refused(name: str, message: str, hint: str) -> _Files:
    return _Files([], [Problem(name, 1, "", "yaml", message, hint)])


def _unread(name: str, line: int) -> Problem:
    """That a file has so many problems that the rest of it was not looked at."""
    message = "the file is not read further, for it has too many problems"
    return Problem(name, line, "", "more", message)


def _read(name: str, raw: bytes) -> _Files:
    if len(raw) > MAX_BYTES:
        return _refused(
            name, f"the file has {len(raw):,} bytes", f"at most {MAX_BYTES:,} are read"
        )
    try:
        parts = parts_of(decode(raw), MAX_DOCUMENTS)
    except YamlError as error:
        return _Files([], [from_yaml(name, error)])
    if len(parts) > MAX_DOCUMENTS:
        return _refused(
            name,
            f"more than {MAX_DOCUMENTS} documents",
            f"at most {MAX_DOCUMENTS} are read; import a part at a time",
        )
    if not parts:
        return _refused(name, "the file is empty", "see docs/data.md for an example")
    read_files = _Files([], [])
    for part in parts:
        if len(read_files.problems) >= MOST_PROBLEMS:
            read_files.problems.append(_unread(name, part.before + 1))
            break
        read = read_text(name, "countries", part.text, hostile=True, before=part.before)
        read_files.problems.extend(read.problems)
        if read.document is not None:
            file = File(name, "countries", read.document, read.lines)
            read_files.files.append(file)
    return read_files


class _Stored:
    """A server's entries, each found at once by what it is about."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.of_kind: dict[tuple[str, EntryKind], Entry] = {}
        """The first entry of a kind about an actor, by code and kind."""
        self.events: dict[tuple[str, str], Entry] = {}
        """By code and the event's id."""
        self.aliases: dict[tuple[str, str], Entry] = {}
        """By code and alias."""
        for entry in entries:
            self.of_kind.setdefault((entry.subject, entry.kind), entry)
            if entry.kind == "event":
                self.events[entry.subject, entry.body["id"]] = entry
            if entry.kind == "alias":
                key = (entry.subject, entry.body["alias"])
                self.aliases.setdefault(key, entry)


def _is_told(stored: Entry, body: Body) -> bool:
    """Whether a published entry says the same already, in whichever edition's form."""
    if stored.state != "published":
        return False
    if stored.body == body:
        return True
    try:
        return current_form(stored.kind, stored.body) == body
    except ValidationError:
        return False


class _Planner:
    def __init__(
        self, base: Base, entries: Iterable[Entry], today: date, known: Known
    ) -> None:
        self.base, self.today, self.known = base, today, known
        self.stored = _Stored(entries)
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.same = 0
        self.names: dict[str, str] = {}
        """Names of the file so far, folded, to their actor's code."""

    def _problem(
        self, file: File, path: Path, rule: str, message: str, hint: str = ""
    ) -> None:
        line = file.lines.of(path)
        self.problems.append(
            Problem(file.name, line, spelled(path), rule, message, hint)
        )

    def _put(
        self, kind: EntryKind, code: str, body: Body, stored: Entry | None
    ) -> None:
        if stored is None:
            self.changes.append(Change(kind, code, body))
        elif _is_told(stored, body):
            self.same += 1
        else:
            before = stored.body if stored.state == "published" else None
            self.changes.append(
                Change(kind, code, body, stored.number, stored.revision, before=before)
            )

    def _name(self, file: File, path: Path, name: str, code: str) -> bool:
        """Whether an actor may be called so; a problem if not."""
        folded = fold(name)
        other = self.known(name) or self.names.get(folded)
        if not folded or len(name) > NAME:
            message = f"{cut(name, _SHOWN)!r} is no name"
            self._problem(
                file, path, "value", message, f"letters, at most {NAME} of them"
            )
            return False
        if other and other != code:
            message = f"{name!r} already means {other}"
            self._problem(file, path, "duplicate", message, "choose another name")
            return False
        self.names[folded] = code
        return True

    def actor(self, file: File, country: Country) -> None:
        """Plan the actor itself: the base's own is taken as it is, and a server's own
        is made or changed.
        """
        code = country.code
        known = self.base.countries.get(code)
        if known and not (code in self.base.added and self.base.added[code].actor):
            self._aliases_of_known(file, country, known)
        else:
            self._server_actor(file, country)

    def _aliases_of_known(self, file: File, country: Country, known: Country) -> None:
        """Other names for an actor of the base; its own name stays."""
        code = country.code
        if country.names.short != known.names.short:
            hint = (
                f"the base calls {code} {known.names.short!r}; add an alias, or choose "
                "another code"
            )
            message = "the name is not the base's"
            self._problem(file, ("names", "short"), "duplicate", message, hint)
        called = set(known.aliases)
        for number, alias in enumerate(country.aliases):
            stored = self.stored.aliases.get((code, alias))
            means_it = stored is None and self.known(alias) == code
            if alias in called or means_it:
                self.same += 1
            elif self._name(file, ("aliases", number), alias, code):
                self._put("alias", code, {"alias": alias}, stored)

    def _server_actor(self, file: File, country: Country) -> None:
        """An actor that the base does not have, with its names."""
        code = country.code
        if len(code) > CODE_LENGTH:
            message = f"the code has {len(code)} characters"
            self._problem(file, ("code",), "value", message, f"at most {CODE_LENGTH}")
        named = [self._name(file, ("names", "short"), country.names.short, code)]
        named += [
            self._name(file, ("aliases", number), alias, code)
            for number, alias in enumerate(country.aliases)
        ]
        if all(named):
            stored = self.stored.of_kind.get((code, "actor"))
            self._put("actor", code, self._actor_body(country, stored), stored)

    def _actor_body(self, country: Country, stored: Entry | None) -> Body:
        names = {"short": country.names.short}
        if country.names.official:
            names["official"] = country.names.official
        reviewed = stored.body["reviewed"] if stored else str(country.reviewed)
        body: PlainObject = {
            "kind": country.kind,
            "names": names,
            "reviewed": reviewed,
        }
        # An alias that is an entry by itself stays one.
        aliases = [
            alias
            for alias in country.aliases
            if (country.code, alias) not in self.stored.aliases
        ]
        if aliases:
            body["aliases"] = aliases
        return body

    def facts(self, file: File, country: Country) -> None:
        """Plan the events, the summary and the override."""
        code = country.code
        self._events(file, country)
        if self._says_other_summary(country):
            body: Body = {
                "summary": country.summary,
                "summary_facts": list(country.summary_facts),
            }
            stored = self.stored.of_kind.get((code, "summary"))
            self._put("summary", code, body, stored)
        if country.override:
            stored = self.stored.of_kind.get((code, "level"))
            self._put("level", code, body_of(country.override), stored)

    def _says_other_summary(self, country: Country) -> bool:
        """Whether the file has a summary that is not the base's own."""
        known = self.base.countries.get(country.code)
        added = self.base.added.get(country.code)
        if not country.summary or known is None:
            return bool(country.summary)
        return bool(added and added.summary) or country.summary != known.summary

    def _shipped_events(self, code: str) -> dict[str, Event]:
        """The base's own events of an actor, without a server's, by id."""
        known = self.base.countries.get(code)
        if known is None:
            return {}
        added = self.base.added.get(code, Added())
        return {each.id: each for each in known.events if each.id not in added.events}

    def _events(self, file: File, country: Country) -> None:
        code = country.code
        shipped = self._shipped_events(code)
        for number, event in enumerate(country.events):
            if len(event.sources) > SOURCES:
                path: Path = ("events", number, "sources")
                self._problem(file, path, "value", f"more than {SOURCES} sources")
            if event.id not in shipped:
                stored = self.stored.events.get((code, event.id))
                self._put("event", code, body_of(event), stored)
            elif shipped[event.id] == event:
                self.same += 1
            else:
                hint = (
                    "give this one another id; the base's own facts are changed "
                    "upstream"
                )
                message = f"the base has an event {event.id} that differs"
                path = ("events", number, "id")
                self._problem(file, path, "duplicate", message, hint)


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

    Work is linear in the file, of which at most MAX_BYTES are read: a few tenths of a
    second at most, so it belongs in a thread. It needs no process of its own, for no
    single step of it holds the interpreter longer than some 25 ms.
    """
    files, problems = _read(name, raw)
    planner = _Planner(base, entries, today, known)
    lines_of: dict[str, int] = {}
    for file in files:
        country = cast("Country", file.document)
        line = file.lines.of(("code",))
        if len(problems) + len(planner.problems) >= MOST_PROBLEMS:
            problems.append(_unread(name, line))
            break
        if country.code in lines_of:
            hint = f"it is on line {lines_of[country.code]} already"
            message = f"{country.code} stands twice"
            problems.append(Problem(name, line, "code", "duplicate", message, hint))
            continue
        lines_of[country.code] = line
        mapping = _mapping(country)
        _, mistakes = over(mapping, base, today, name=name, lines=file.lines)
        problems += mistakes
        planner.actor(file, country)
        planner.facts(file, country)
    problems += planner.problems
    if problems:
        return None, sorted(problems)
    return Plan(tuple(planner.changes), planner.same), []


def _mapping(country: Country) -> PlainObject:
    return cast(
        "PlainObject",
        adapter("countries").dump_python(country, mode="json", exclude_defaults=True),
    )
