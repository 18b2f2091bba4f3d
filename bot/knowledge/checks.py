"""What only a whole base can tell: codes, references, tallies, ids and dates, each with
its line.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Self

from bot.knowledge import documents
from bot.knowledge.conflict import NEUTRAL, Conflict
from bot.knowledge.date_checks import check_dates
from bot.knowledge.dates import PartialDate
from bot.knowledge.deed_checks import (
    Report,
    check_age,
    check_conflict,
    check_deed,
    check_examples,
    check_rankings,
)
from bot.knowledge.facts import Base
from bot.knowledge.files import FOLDERS
from bot.knowledge.problems import Problem, spelled
from bot.knowledge.text import did_you_mean
from bot.knowledge.values import BALLOTS
from bot.knowledge.vote_checks import check_ballots_since, check_roll
from bot.knowledge.yaml import Lines
from bot.knowledge.yaml import Path as Steps

MOST_GUESSES = 200
"""Mistyped words of a base for which the nearest known one is looked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A document that could be read, with its lines."""

    name: str
    kind: str
    document: documents.Document | Conflict
    lines: Lines


_LISTS = (documents.Bloc, documents.Vote, documents.Measure)
"""What a fact may be called by: bloc:…, vote:…, measure:…."""


def _parts_of(
    blocs: Iterable[documents.Bloc], measures: Iterable[documents.Measure]
) -> Iterable[tuple[str, str]]:
    """The code of each actor that a list names, with the list's id."""
    for bloc in blocs:
        for seat in bloc.members:
            yield seat.code, bloc.id
    for measure in measures:
        for part in measure.parts:
            yield part.code, measure.id


class Checker:
    """What only the whole base can tell: codes, references, tallies, ids, dates."""

    def __init__(
        self,
        today: date,
        *,
        codes: Iterable[str],
        blocs: Iterable[str],
        refs: Iterable[str],
        conflict: Conflict | None,
        parts: Iterable[tuple[str, str]] = (),
        forecasts: Iterable[str] = (),
        shipped: bool = True,
    ) -> None:
        self.today, self.shipped = today, shipped
        self.conflict = conflict
        self.parts = set(parts)
        """Which actor has a part in which measure or a seat in which bloc."""
        self.codes, self.blocs, self.refs = set(codes), set(blocs), set(refs)
        self.forecasts = {f"forecast:{key}" for key in forecasts}
        self.towards: set[str] = (
            {NEUTRAL, *(side.id for side in conflict.sides)} if conflict else {NEUTRAL}
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
                if isinstance(f.document, _LISTS)
            ),
            forecasts=(d.id for d in contents if isinstance(d, documents.Forecast)),
            conflict=next((d for d in contents if isinstance(d, Conflict)), None),
            parts=_parts_of(
                [d for d in contents if isinstance(d, documents.Bloc)],
                [d for d in contents if isinstance(d, documents.Measure)],
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
            parts=_parts_of(base.blocs.values(), base.measures.values()),
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
            check_dates(report, (), document, self.today)
            if file.kind in FOLDERS:
                self._identity(report, file, seen)
            self._check_document(report, document)
        return self.problems

    def _check_document(
        self, report: Report, document: documents.Document | Conflict
    ) -> None:
        if isinstance(document, _LISTS):
            self._toward(report, ("toward",), document.toward)
        match document:
            case documents.Country():
                self.check_country(report, document)
            case documents.Bloc():
                self.check_bloc(report, document)
            case documents.Vote():
                self.check_vote(report, document)
            case documents.Measure():
                self.check_measure(report, document)
            case documents.Forecast():
                self.check_forecast(report, document)
            case Conflict():
                self.check_conflict(report, document)

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

    def _deed(
        self,
        report: Report,
        steps: Steps,
        deed: str | None,
        begun: PartialDate | None = None,
    ) -> None:
        if self.conflict:
            check_deed(report, steps, deed, self.conflict, self._guess)
        if begun:
            self._age(report, steps, deed, begun)

    def _age(
        self, report: Report, steps: Steps, deed: str | None, begun: PartialDate
    ) -> None:
        if self.conflict:
            check_age(report, steps, deed, begun, self.conflict)

    def _part_of(
        self, report: Report, steps: Steps, code: str, listed: str | None
    ) -> None:
        if listed is None or (code, listed) in self.parts:
            return
        lists = {each for _, each in self.parts}
        message, hint = f"{code} has no part in {listed}", ""
        if listed not in lists:
            message = f"no measure or bloc is called {listed}"
            hint = self._guess(listed, lists)
        report((*steps, "part_of"), "dangling", message, hint)

    def check_country(self, report: Report, country: documents.Country) -> None:
        """What a country's file says of other files and of itself."""
        self._unique(report, ("events",), [e.id for e in country.events], "the event")
        for number, event in enumerate(country.events):
            check_dates(report, ("events", number), event, self.today)
            self._toward(report, ("events", number, "toward"), event.toward)
            self._deed(report, ("events", number), event.deed, event.date)
            self._part_of(report, ("events", number), country.code, event.part_of)
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
        check_ballots_since(report, country)
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
        check_dates(report, ("override",), override, self.today)
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
        self._deed(report, (), bloc.deed)
        for number, seat in enumerate(bloc.members):
            self._code(report, ("members", number, "code"), seat.code)
            self._cited(report, ("members", number), seat.cite, bloc.sources)
            check_dates(report, ("members", number), seat, self.today)
        self._unique(
            report,
            ("members",),
            [f"{s.code} {s.standing} {s.since}" for s in bloc.members],
            "the seat",
        )

    def check_measure(self, report: Report, measure: documents.Measure) -> None:
        """Parts, each with a code and a citation; what they are a part of exists."""
        self._deed(report, (), measure.deed)
        if measure.part_of and f"measure:{measure.part_of}" not in self.refs:
            measures = [each.partition(":")[2] for each in self.refs]
            message = f"no measure is called {measure.part_of}"
            hint = self._guess(measure.part_of, measures)
            report(("part_of",), "dangling", message, hint)
        for number, part in enumerate(measure.parts):
            self._code(report, ("parts", number, "code"), part.code)
            self._cited(report, ("parts", number), part.cite, measure.sources)
            check_dates(report, ("parts", number), part, self.today)
            if part.toward:
                self._toward(report, ("parts", number, "toward"), part.toward)
            if part.deed:
                self._deed(report, ("parts", number), part.deed)
            self._age(report, ("parts", number), part.deed or measure.deed, part.date)

    def check_vote(self, report: Report, vote: documents.Vote) -> None:
        """A body that exists, actors that exist, and everything that the roll call says
        of itself.
        """
        bodies = self.conflict.bodies if self.conflict else {}
        if vote.body and vote.body not in bodies:
            hint = self._guess(vote.body, bodies)
            report(("body",), "choice", f"{vote.body!r} is no body that votes", hint)
        for ballot in BALLOTS:
            for number, code in enumerate(vote.roll(ballot)):
                self._code(report, (ballot, number), code)
        check_roll(report, vote)

    def _subject(self, report: Report, steps: Steps, deed: str) -> None:
        deeds = self.conflict.deeds if self.conflict else {}
        if deed not in deeds:
            hint = self._guess(deed, deeds)
            report(steps, "choice", f"{deed!r} is no kind of deed", hint)

    def check_forecast(self, report: Report, forecast: documents.Forecast) -> None:
        """Each claim about one actor or one bloc that exist."""
        for number, named in enumerate(forecast.named):
            self._toward(report, ("named", number, "toward"), named.toward)
            for place, deed in enumerate(named.subject):
                self._subject(report, ("named", number, "subject", place), deed)
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

    def check_conflict(self, report: Report, conflict: Conflict) -> None:
        """Actors that exist, and everything that only the whole file can tell."""
        for number, code in enumerate(conflict.parties):
            self._code(report, ("parties", number), code)
        for number, code in enumerate(conflict.examples):
            self._code(report, ("examples", number), code)
        check_examples(report, conflict, self.refs | self.forecasts)
        check_conflict(report, conflict, self._guess)
        check_rankings(report, conflict, self.refs, self._guess)
