"""What only a whole base can tell: codes, references, tallies, ids and dates, each with
its line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Self, cast

from bot.knowledge import documents
from bot.knowledge.dates import PartialDate
from bot.knowledge.facts import Base
from bot.knowledge.problems import Problem
from bot.knowledge.text import did_you_mean
from bot.knowledge.yaml import Lines
from bot.knowledge.yaml import Path as Steps

MOST_GUESSES = 200
"""Mistyped words of a base for which the nearest known one is looked for."""
FOLDERS = ("countries", "blocs", "votes", "measures", "forecasts")

Report = Callable[[Steps, str, str, str], None]
"""Takes the path in the document, the rule's name, the message and a hint."""


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A document that could be read, with its lines."""

    name: str
    kind: str
    document: Any
    lines: Lines


def spelled(steps: Iterable[str | int]) -> str:
    """A path as people read it: ``events[2].date``."""
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _check_not_future(report: Report, steps: Steps, thing: Any, today: date) -> None:
    for attribute in ("date", "since", "reviewed"):
        when: PartialDate | None = getattr(thing, attribute, None)
        if when and when.first > today:
            report((*steps, attribute), "future", f"{when} is in the future", "")


def _check_order(report: Report, steps: Steps, thing: Any) -> None:
    start: PartialDate | None = getattr(thing, "date", None) or getattr(
        thing, "since", None
    )
    until: PartialDate | None = getattr(thing, "until", None)
    if start and until and until.last < start.first:
        message = f"ends on {until}, before it begins on {start}"
        report((*steps, "until"), "order", message, "")


def _sources_of(thing: Any) -> list[tuple[str | int, documents.Source]]:
    """The sources of a document or of a part of it, each with its place."""
    sources = cast(
        "tuple[documents.Source, ...] | dict[str, documents.Source]",
        getattr(thing, "sources", ()),
    )
    if isinstance(sources, dict):
        return list(sources.items())
    return list(enumerate(sources))


def _check_dates(report: Report, steps: Steps, thing: Any, today: date) -> None:
    _check_not_future(report, steps, thing, today)
    _check_order(report, steps, thing)
    for key, source in _sources_of(thing):
        if source.published and source.published.first > today:
            message = f"{source.published} is in the future"
            report((*steps, "sources", key, "published"), "future", message, "")


class Checker:
    """What only the whole base can tell: codes, references, tallies, ids, dates."""

    def __init__(
        self,
        today: date,
        *,
        codes: Iterable[str],
        blocs: Iterable[str],
        refs: Iterable[str],
        conflict: documents.Conflict | None,
        shipped: bool = True,
    ) -> None:
        self.today, self.shipped = today, shipped
        self.codes, self.blocs, self.refs = set(codes), set(blocs), set(refs)
        self.towards: set[str] = (
            {"neutral", *(side.id for side in conflict.sides)}
            if conflict
            else {"neutral"}
        )
        self.levels = [level.id for level in conflict.levels] if conflict else []
        self.borne: set[str] = set()
        self.problems: list[Problem] = []
        self.guesses = MOST_GUESSES

    @classmethod
    def of_files(cls, files: list[File], today: date) -> Self:
        """For the files of a whole base, which may refer to each other."""
        contents = [f.document for f in files]
        return cls(
            today,
            codes=(d.code for d in contents if isinstance(d, documents.Country)),
            blocs=(d.id for d in contents if isinstance(d, documents.Bloc)),
            refs=(
                f"{f.kind.removesuffix('s')}:{f.document.id}"
                for f in files
                if f.kind in FOLDERS[1:4]
            ),
            conflict=next(
                (d for d in contents if isinstance(d, documents.Conflict)), None
            ),
        )

    @classmethod
    def of_base(cls, base: Base, today: date) -> Self:
        """For documents that are to lie over a base."""
        refs = {f"bloc:{key}" for key in base.blocs} | {
            f"vote:{key}" for key in base.votes
        }
        refs |= {f"measure:{key}" for key in base.measures}
        return cls(
            today,
            codes=base.countries,
            blocs=base.blocs,
            refs=refs,
            conflict=base.conflict,
            shipped=False,
        )

    def check(self, files: Iterable[File], borne: Iterable[str] = ()) -> list[Problem]:
        """Every problem in these files; ``borne`` are ids of events elsewhere that a
        summary may name.
        """
        self.borne = set(borne)
        seen: dict[tuple[str, str], str] = {}
        for file in files:
            report = self._report_for(file)
            document = file.document
            _check_dates(report, (), document, self.today)
            if file.kind in FOLDERS:
                self._identity(report, file, seen)
            if hasattr(document, "toward"):
                self._toward(report, ("toward",), document.toward)
            _CHECKS[file.kind](self, report, document)
        return self.problems

    def _report_for(self, file: File) -> Report:
        def report(steps: Steps, rule: str, message: str, hint: str) -> None:
            line = file.lines.of(steps)
            self.problems.append(
                Problem(file.name, line, spelled(steps), rule, message, hint)
            )

        return report

    def _guess(self, word: str, known: Iterable[str]) -> str:
        """A hint at the nearest known word. A file full of mistakes gets some: guessing
        at each would cost more than all the rest.
        """
        self.guesses -= 1
        return did_you_mean(word, known) if self.guesses >= 0 else ""

    def _identity(
        self, report: Report, file: File, seen: dict[tuple[str, str], str]
    ) -> None:
        """An id or code is the file's own, and a file is called by its id."""
        key = "code" if file.kind == "countries" else "id"
        identity = getattr(file.document, key)
        if first := seen.get((file.kind, identity)):
            report((key,), "duplicate", f"{identity} is also in {first}", "")
        seen[file.kind, identity] = file.name
        stem = Path(file.name).stem
        if file.kind != "countries" and stem != identity:
            message = f"the file is called {stem}.yaml but its id is {identity}"
            report((key,), "file-name", message, "")

    def _code(self, report: Report, steps: Steps, code: str) -> None:
        if code not in self.codes:
            report(
                steps,
                "dangling",
                f"no country has the code {code}",
                self._guess(code, self.codes),
            )

    def _toward(self, report: Report, steps: Steps, toward: str) -> None:
        if toward not in self.towards:
            report(
                steps,
                "toward",
                f"{toward!r} is no side of this conflict",
                self._guess(toward, self.towards),
            )

    def _unique(
        self, report: Report, steps: Steps, ids: Iterable[str], what: str
    ) -> None:
        seen: dict[str, int] = {}
        for number, each in enumerate(ids):
            if each in seen:
                report(
                    (*steps, number),
                    "duplicate",
                    f"{what} {each} stands twice (also as number {seen[each]})",
                    "",
                )
            seen.setdefault(each, number)

    def check_country(self, report: Report, country: documents.Country) -> None:
        """What a country's file says of other files and of itself."""
        self._unique(report, ("events",), [e.id for e in country.events], "the event")
        for number, event in enumerate(country.events):
            _check_dates(report, ("events", number), event, self.today)
            self._toward(report, ("events", number, "toward"), event.toward)
        known = {e.id for e in country.events} | self.refs | self.borne
        for number, ref in enumerate(country.summary_facts):
            if ref not in known:
                report(
                    ("summary_facts", number),
                    "dangling",
                    f"no fact is called {ref}",
                    self._guess(ref, known),
                )
        if country.summary and not country.summary_facts:
            report(
                ("summary",),
                "no-citation",
                "a summary names the facts that bear it out",
                "add summary_facts",
            )
        if country.override:
            self._override(report, country.override)

    def _override(self, report: Report, override: documents.Override) -> None:
        if self.shipped:
            report(
                ("override",),
                "override",
                "a file of the base has no override; it is for servers' own entries",
                "",
            )
        _check_dates(report, ("override",), override, self.today)
        if override.level not in self.levels:
            hint = self._guess(override.level, self.levels)
            report(
                ("override", "level"),
                "choice",
                f"{override.level!r} is no level of this conflict",
                hint,
            )

    def _cited(
        self,
        report: Report,
        steps: Steps,
        cite: tuple[str, ...],
        sources: dict[str, documents.Source],
    ) -> None:
        if not cite:
            report(
                (*steps, "cite"),
                "no-citation",
                "a fact needs at least one citation",
                "",
            )
        for key in cite:
            if key not in sources:
                report(
                    (*steps, "cite"),
                    "dangling",
                    f"no source is called {key}",
                    self._guess(key, sources),
                )

    def check_bloc(self, report: Report, bloc: documents.Bloc) -> None:
        """Seats, each with a code and a citation, once."""
        for number, seat in enumerate(bloc.members):
            self._code(report, ("members", number, "code"), seat.code)
            self._cited(report, ("members", number), seat.cite, bloc.sources)
            _check_dates(report, ("members", number), seat, self.today)
        self._unique(
            report,
            ("members",),
            [f"{s.code} {s.standing}" for s in bloc.members],
            "the seat",
        )

    def check_measure(self, report: Report, measure: documents.Measure) -> None:
        """Parts, each with a code and a citation."""
        for number, part in enumerate(measure.parts):
            self._code(report, ("parts", number, "code"), part.code)
            self._cited(report, ("parts", number), part.cite, measure.sources)
            _check_dates(report, ("parts", number), part, self.today)
            if part.toward:
                self._toward(report, ("parts", number, "toward"), part.toward)

    def check_vote(self, report: Report, vote: documents.Vote) -> None:
        """Each actor under one ballot, and as many as the official tally says."""
        ballot_of: dict[str, str] = {}
        for ballot in documents.BALLOTS:
            roll = vote.roll(ballot)
            if len(roll) != (official := getattr(vote.tally, ballot)):
                report(
                    (ballot,),
                    "tally",
                    f"{len(roll)} codes under {ballot}, but the tally says {official}",
                    "",
                )
            for number, code in enumerate(roll):
                self._code(report, (ballot, number), code)
                if code in ballot_of:
                    report(
                        (ballot, number),
                        "duplicate",
                        f"{code} is also under {ballot_of[code]}",
                        "",
                    )
                ballot_of[code] = ballot

    def check_forecast(self, report: Report, forecast: documents.Forecast) -> None:
        """Each claim about one actor or one bloc that exist."""
        for number, named in enumerate(forecast.named):
            self._toward(report, ("named", number, "toward"), named.toward)
            if (named.code is None) == (named.bloc is None):
                report(
                    ("named", number),
                    "value",
                    "name a code or a bloc, not both and not neither",
                    "",
                )
            if named.code:
                self._code(report, ("named", number, "code"), named.code)
            if named.bloc and named.bloc not in self.blocs:
                report(
                    ("named", number, "bloc"),
                    "dangling",
                    f"no bloc is called {named.bloc}",
                    "",
                )

    def check_conflict(self, report: Report, conflict: documents.Conflict) -> None:
        """The order of levels, shares that add up, and a worth for every word."""
        for key in ("parties", "examples"):
            for number, code in enumerate(getattr(conflict, key)):
                self._code(report, (key, number), code)
        if list(conflict.levels) != sorted(
            conflict.levels, key=lambda level: level.from_
        ):
            report(
                ("levels",),
                "order",
                "levels are listed from the lowest score to the highest",
                "",
            )
        if abs(sum(p.share for p in conflict.pillars.values()) - 1) > 1e-9:
            report(("pillars",), "value", "the pillars' shares add up to 1", "")
        for key, known in (
            ("weights", documents.Weight),
            ("standings", documents.Standing),
            ("ballots", documents.Ballot),
        ):
            for word in known.__args__:  # type: ignore[attr-defined]
                if word not in getattr(conflict, key):
                    report((key,), "missing", f"`{word}` is missing", "")


_CHECKS: dict[str, Callable[[Checker, Report, Any], None]] = {
    "countries": Checker.check_country,
    "blocs": Checker.check_bloc,
    "votes": Checker.check_vote,
    "measures": Checker.check_measure,
    "forecasts": Checker.check_forecast,
    "conflict": Checker.check_conflict,
}
"""What is to be checked in each kind of file."""
