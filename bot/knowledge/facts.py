"""The whole base, and the facts about each actor in it, whichever document they stand
in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import Bloc, Country, Forecast, Measure, Part, Seat, Vote
from bot.knowledge.fact import (
    Fact,
    of_ballot,
    of_event,
    of_part,
    of_seat,
    told_once,
)
from bot.knowledge.values import BALLOTS, Ballot


@dataclasses.dataclass(frozen=True, slots=True)
class Added:
    """What a server added about one actor."""

    actor: bool = False
    """The actor itself is the server's."""
    summary: bool = False
    events: frozenset[str] = frozenset()
    """Ids of the server's events."""
    numbers: Mapping[str, int] = dataclasses.field(default_factory=dict[str, int])
    """Those events' entry numbers, by id."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Listed:
    """What the lists of a base say of one actor."""

    seats: list[tuple[Bloc, Seat]]
    parts: list[tuple[Measure, Part]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Base:
    """A whole knowledge base, checked; nothing in it changes after reading."""

    conflict: Conflict
    countries: dict[str, Country]
    blocs: dict[str, Bloc] = dataclasses.field(default_factory=dict[str, Bloc])
    votes: dict[str, Vote] = dataclasses.field(default_factory=dict[str, Vote])
    measures: dict[str, Measure] = dataclasses.field(default_factory=dict[str, Measure])
    forecasts: dict[str, Forecast] = dataclasses.field(
        default_factory=dict[str, Forecast]
    )
    revision: str = ""
    edition: str = dataclasses.field(default="", compare=False)
    """The number of the edition that it came in; empty for a folder of files."""
    catalogues: Path | None = dataclasses.field(default=None, compare=False)
    """The folder of the base's own catalogues, `<language>.po`, where it may have
    some.
    """
    wording: str = dataclasses.field(default="", compare=False)
    """Which state of its catalogues is in use; empty for that of the start."""
    added: Mapping[str, Added] = dataclasses.field(default_factory=dict[str, Added])
    """By code, what a server laid over this base; empty for a shipped base."""
    under: Base | None = None
    """The base that this one lies over, whose lists and roll calls it shares."""

    @property
    def state(self) -> str:
        """Equal for bases that say the same in the same words: what a finished reply or
        picture is kept under.
        """
        return f"{self.revision} {self.wording}" if self.wording else self.revision

    @cached_property
    def ballots(self) -> dict[str, tuple[tuple[Vote, Ballot], ...]]:
        """For each code its ballots, oldest first."""
        if self.under:
            return self.under.ballots
        rolls: dict[str, list[tuple[Vote, Ballot]]] = {}
        for vote in sorted(self.votes.values(), key=lambda v: (v.date.first, v.symbol)):
            for ballot in BALLOTS:
                for code in vote.roll(ballot):
                    rolls.setdefault(code, []).append((vote, ballot))
        return {code: tuple(roll) for code, roll in rolls.items()}

    @cached_property
    def _listed(self) -> dict[str, _Listed]:
        """For each code its seats and its parts in measures."""
        if self.under:
            return self.under._listed  # noqa: SLF001 - a base of the same class
        lists: dict[str, _Listed] = {}
        for bloc in self.blocs.values():
            for seat in bloc.members:
                lists.setdefault(seat.code, _Listed([], [])).seats.append((bloc, seat))
        for measure in self.measures.values():
            for part in measure.parts:
                lists.setdefault(part.code, _Listed([], [])).parts.append(
                    (measure, part)
                )
        return lists

    @cached_property
    def _facts(self) -> dict[str, tuple[Fact, ...]]:
        """The facts of each actor that has been asked for."""
        return {}

    @cached_property
    def prepared(self) -> dict[str, Any]:
        """What is made of the facts of an actor, for those who make it once, by code:
        it is of no use longer than they are.
        """
        return {}

    @cached_property
    def standings(self) -> dict[tuple[str, date], Any]:
        """Levels that were worked out from those facts, by code and day."""
        return {}

    @cached_property
    def moves(self) -> dict[tuple[str, date, date], Any]:
        """Changes of level that were worked out from them, by code and both days."""
        return {}

    @cached_property
    def updated(self) -> date:
        """The latest review of any file."""
        return max(c.reviewed.first for c in self.countries.values())

    @property
    def first_day(self) -> date:
        """The first day that the base speaks of."""
        return self.conflict.first_day.first

    def facts(self, code: str) -> tuple[Fact, ...]:
        """Every fact about one actor, whenever it held, in no particular order; what is
        told twice, once.

        Raises KeyError for a code that the base does not have.
        """
        owner = self.owner(code)
        facts = owner._facts.get(code)  # noqa: SLF001 - a base of the same class
        if facts is None:
            facts = owner._facts[code] = owner._gathered(code)  # noqa: SLF001 - as above
        return facts

    def owner(self, code: str) -> Base:
        """The base that an actor's facts come from: the one below, where this one says
        nothing else of the actor.

        Raises KeyError for a code that the base does not have.
        """
        country, under = self.countries[code], self.under
        if under is None or under.conflict is not self.conflict:
            return self
        return under if under.countries.get(code) is country else self

    def _gathered(self, code: str) -> tuple[Fact, ...]:
        conflict = self.conflict
        own = self.added[code].events if code in self.added else frozenset[str]()
        events = [
            (event, of_event(event, conflict, own=event.id in own))
            for event in self.countries[code].events
        ]
        lists = self._listed.get(code, _Listed([], []))
        listed = [of_seat(bloc, seat, conflict) for bloc, seat in lists.seats]
        listed += [of_part(measure, part, conflict) for measure, part in lists.parts]
        ballots = [
            of_ballot(vote, self.countries[code], ballot, conflict)
            for vote, ballot in self.ballots.get(code, ())
        ]
        return (*told_once(events, listed, conflict), *ballots)

    def overlaid(
        self,
        countries: Mapping[str, Country],
        added: Mapping[str, Added],
        revision: str,
    ) -> Base:
        """The base with some countries replaced or added; everything else is shared,
        the indexes of rolls and lists too.
        """
        # A server cannot add roll calls or lists; indexing them again would cost more
        # than all the rest.
        return dataclasses.replace(
            self,
            countries={**self.countries, **countries},
            added=added,
            revision=revision,
            under=self.under or self,
        )
