"""Facts about an actor, whichever document they stand in, and the whole base that holds
them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from bot.knowledge.dates import PartialDate
from bot.knowledge.documents import (
    BALLOTS,
    Ballot,
    Bloc,
    Conflict,
    Country,
    Forecast,
    Measure,
    Pillar,
    Source,
    Vote,
    Weight,
)


class Fact(NamedTuple):
    """One thing that speaks about a country, whichever file it came from."""

    ref: str
    kind: Literal["event", "vote", "bloc", "measure"]
    pillar: Pillar
    toward: str
    weight: Weight
    date: PartialDate | None
    until: PartialDate | None
    text: str
    detail: str
    sources: tuple[Source, ...]
    own: bool = False
    """Whether a server added it; the shipped base knows nothing of it."""

    @property
    def begins(self) -> date:
        """The first day that it surely holds.

        A month or year counts from its end, or from the day its source wrote of it if
        that is earlier.
        """
        if self.date is None:
            return date.min
        known = [
            s.published.first for s in self.sources if s.published and s.published.day
        ]
        return max(self.date.first, min([self.date.last, *known]))

    def holds(self, on: date) -> bool:
        """Whether it holds on that day; on the day that it ceased, it does not."""
        return self.begins <= on and (self.until is None or on < self.until.last)


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
    added: Mapping[str, Added] = dataclasses.field(default_factory=dict[str, Added])
    """By code, what a server laid over this base; empty for a shipped base."""

    @cached_property
    def ballots(self) -> dict[str, tuple[tuple[Vote, Ballot], ...]]:
        """For each code its ballots, oldest first."""
        rolls: dict[str, list[tuple[Vote, Ballot]]] = {}
        for vote in sorted(self.votes.values(), key=lambda v: (v.date.first, v.symbol)):
            for ballot in BALLOTS:
                for code in vote.roll(ballot):
                    rolls.setdefault(code, []).append((vote, ballot))
        return {code: tuple(roll) for code, roll in rolls.items()}

    @cached_property
    def updated(self) -> date:
        """The latest review of any file."""
        return max(c.reviewed.first for c in self.countries.values())

    def facts(self, code: str) -> tuple[Fact, ...]:
        """Every fact about one actor, whenever it held, in no particular order.

        Raises KeyError for a code that the base does not have.
        """
        own = self.added[code].events if code in self.added else frozenset[str]()
        found: list[Fact] = [
            Fact(
                e.id,
                "event",
                e.pillar,
                e.toward,
                e.weight,
                e.date,
                e.until,
                e.claim,
                "",
                e.sources,
                e.id in own,
            )
            for e in self.countries[code].events
        ]
        for vote, ballot in self.ballots.get(code, ()):
            found.append(
                Fact(
                    f"vote:{vote.id}",
                    "vote",
                    "diplomatic",
                    vote.toward,
                    "minor",
                    vote.date,
                    None,
                    vote.title,
                    ballot,
                    vote.sources,
                )
            )
        for bloc in self.blocs.values():
            for seat in bloc.members:
                if seat.code == code:
                    cited = tuple(bloc.sources[key] for key in seat.cite)
                    found.append(
                        Fact(
                            f"bloc:{bloc.id}",
                            "bloc",
                            bloc.pillar,
                            bloc.toward,
                            bloc.weight,
                            seat.since,
                            seat.until,
                            bloc.name,
                            seat.standing,
                            cited,
                        )
                    )
        for measure in self.measures.values():
            for part in measure.parts:
                if part.code == code:
                    cited = tuple(measure.sources[key] for key in part.cite)
                    found.append(
                        Fact(
                            f"measure:{measure.id}",
                            "measure",
                            measure.pillar,
                            part.toward or measure.toward,
                            part.weight or measure.weight,
                            part.date,
                            part.until,
                            measure.name,
                            part.detail,
                            cited,
                        )
                    )
        return tuple(found)

    def overlaid(
        self,
        countries: Mapping[str, Country],
        added: Mapping[str, Added],
        revision: str,
    ) -> Base:
        """The base with some countries replaced or added; everything else is shared,
        the roll calls' index too.
        """
        over = dataclasses.replace(
            self,
            countries={**self.countries, **countries},
            added=added,
            revision=revision,
        )
        # A server cannot add roll calls; indexing them again would cost more than all
        # the rest.
        over.__dict__["ballots"] = self.ballots
        return over
