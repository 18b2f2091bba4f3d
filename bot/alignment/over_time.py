"""Levels over time: one actor's course, everybody's level on a day, and who has
moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.alignment.rubric import UNKNOWN, assess
from bot.knowledge.facts import Base, Fact

FIRST = date(2014, 1, 1)
"""Where a course begins: the year of the first roll call of the base."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A day on an actor's course; ``facts`` began or ended on it, first what pushed the
    way it went.
    """

    on: date
    level: str
    score: float
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor's level and score on a day."""

    code: str
    level: str
    score: float


@dataclass(frozen=True, slots=True)
class Move:
    """An actor whose level is another one than on an earlier day, and the fact that
    moved it last.
    """

    code: str
    before: str
    after: str
    on: date
    """The first day of the present level."""
    fact: Fact | None


def _turns(facts: Iterable[Fact], begin: date, end: date) -> dict[date, list[Fact]]:
    days: dict[date, list[Fact]] = {}
    for fact in facts:
        if begin <= fact.begins <= end:
            days.setdefault(fact.begins, []).append(fact)
        if fact.until and begin <= fact.until.last <= end:
            days.setdefault(fact.until.last, []).append(fact)
    return days


def _ballot(fact: Fact) -> int:
    """Which way a ballot turns its roll call's side; +1 for every other kind of
    fact.
    """
    return 1 if fact.kind != "vote" or fact.detail == "yes" else -1


def _rank(fact: Fact) -> tuple[int, bool]:
    return (
        ("decisive", "major", "notable", "minor").index(fact.weight),
        fact.kind == "vote",
    )


def course(
    code: str, base: Base, *, end: date, begin: date = FIRST
) -> tuple[Stop, ...]:
    """Every day from ``begin`` to ``end`` on which a fact began or ended, and both
    ends; oldest first.

    Raises KeyError for a code that the base does not have.
    """
    days = _turns(base.facts(code), begin, end)
    for edge in (begin, end):
        days.setdefault(edge, [])
    stops: list[Stop] = []
    before = 0.0
    for day in sorted(days):
        found = assess(code, base, on=day)
        drift = found.score - before

        def order(
            fact: Fact, day: date = day, drift: float = drift
        ) -> tuple[bool, int, bool]:
            # What began pushes to its side, and what ended pushes away from it.
            push = (
                base.conflict.sign(fact.toward)
                * (1 if fact.begins == day else -1)
                * _ballot(fact)
            )
            return (push * drift <= 0, *_rank(fact))

        stops.append(
            Stop(day, found.level, found.score, tuple(sorted(days[day], key=order)))
        )
        before = found.score
    return tuple(stops)


def changes(stops: Iterable[Stop]) -> tuple[tuple[Stop, Stop], ...]:
    """Each stop at which the level became another one, with the stop before it."""
    return tuple(
        (before, after)
        for before, after in pairwise(stops)
        if before.level != after.level
    )


def standings(
    base: Base, *, on: date, codes: Iterable[str] | None = None
) -> tuple[Standing, ...]:
    """The level of every actor (or of these) on a day, in the order of the base."""
    wanted = base.countries if codes is None else codes
    found = (assess(code, base, on=on) for code in wanted)
    return tuple(Standing(each.code, each.level, each.score) for each in found)


def moved(
    base: Base, *, since: date, on: date, codes: Iterable[str]
) -> tuple[Move, ...]:
    """Those of ``codes`` whose level is another one than on ``since``; the newest move
    first.

    Nothing moved to or from *not enough known* counts: learning of somebody is not a
    change of theirs.
    """
    found: list[Move] = []
    for code in codes:
        before, after = (
            assess(code, base, on=since).level,
            assess(code, base, on=on).level,
        )
        if before == after or UNKNOWN in {before, after}:
            continue
        last = [
            stop
            for _, stop in changes(course(code, base, begin=since, end=on))
            if stop.level == after
        ]
        # Votes age from day to day: a level may change on a day on which nothing
        # happened.
        day = last[-1].on if last else on
        fact = next(iter(last[-1].facts), None) if last else None
        found.append(Move(code, before, after, day, fact))
    return tuple(sorted(found, key=lambda move: (move.on, move.code), reverse=True))
