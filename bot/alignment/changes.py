"""What has changed since a day, or since it was last told: levels with the fact that
moved them, facts that began, roll calls, and what ended or lapsed.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.alignment.causes import NOTHING
from bot.alignment.levels import UNKNOWN
from bot.alignment.over_time import Move, changes, course, moved, standings
from bot.knowledge.base_changes import ActorFact, facts_by_key, vote_key
from bot.knowledge.documents import Vote
from bot.knowledge.fact import begins
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS

PERIODS = ("day", "week", "month", "year")
"""Spans of time back from a day that may be asked for."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after ``since`` up to ``on``, each newest first."""

    since: date
    on: date
    moves: tuple[Move, ...] = ()
    facts: tuple[ActorFact, ...] = ()
    """What began, or what was added."""
    votes: tuple[Vote, ...] = ()
    ended: tuple[ActorFact, ...] = ()
    """What ended or lapsed."""

    @property
    def count(self) -> int:
        """How many there are in all."""
        parts = (self.moves, self.facts, self.votes, self.ended)
        return sum(len(part) for part in parts)


@dataclass(frozen=True, slots=True)
class ToldLevels:
    """What was told of some actors before: up to which day, and their levels then."""

    day: date
    levels: Mapping[str, str]


def period_begin(period: str, on: date) -> date:
    """The day that lies a day, a week, a month or a year before another.

    The month's last day where it has no such day; ValueError for another word.
    """
    match period:
        case "day":
            return on - timedelta(days=1)
        case "week":
            return on - timedelta(days=7)
        case "month" | "year":
            months = on.year * 12 + on.month - 1 - (1 if period == "month" else 12)
            year, month = months // 12, months % 12 + 1
            last = calendar.monthrange(year, month)[1]
            return date(year, month, min(on.day, last))
        case _:
            raise ValueError(period)


def day_before(first: date, on: date, earliest: date) -> date | None:
    """The day with which ``on`` is compared to tell what has changed since ``first``:
    that day, or the one before where both are the same; None where there is none that
    lies before ``on`` and not before ``earliest``.
    """
    if first < on:
        return first
    before = on - timedelta(days=1)
    return before if first == on and before >= earliest else None


def _newest_first(rows: Iterable[ActorFact]) -> tuple[ActorFact, ...]:
    ordered = sorted(rows, key=lambda row: (row.code, row.fact.ref))
    ordered.sort(key=lambda row: row.fact.begins, reverse=True)
    return tuple(ordered)


def _ended(
    base: Base, codes: Iterable[str], since: date, on: date
) -> tuple[ActorFact, ...]:
    """The deeds that ended or lapsed after a day, the newest end first."""
    rows = [
        ActorFact(code, fact)
        for code in codes
        for fact in base.facts(code)
        if fact.deed is not None and fact.ends and since < fact.ends <= on
    ]
    rows.sort(key=lambda row: (row.code, row.fact.ref))
    rows.sort(key=lambda row: row.fact.ends or since, reverse=True)
    return tuple(rows)


def _votes(votes: Iterable[Vote]) -> tuple[Vote, ...]:
    return tuple(sorted(votes, key=lambda vote: (vote.date.first, vote.id)))[::-1]


def what_changed(
    base: Base, *, since: date, on: date, codes: Collection[str]
) -> Changes:
    """What happened to ``codes`` after ``since`` up to ``on``; roll calls whoever cast
    a ballot in them.
    """
    began = [
        ActorFact(code, fact)
        for code in codes
        for fact in base.facts(code)
        if fact.kind != "vote" and since < fact.begins <= on
    ]
    votes = [
        vote
        for vote in base.votes.values()
        if since < begins(vote.date, vote.sources) <= on
    ]
    return Changes(
        since,
        on,
        moved(base, since=since, on=on, codes=codes),
        _newest_first(began),
        _votes(votes),
        _ended(base, codes, since, on),
    )


def levels_on(base: Base, codes: Iterable[str], on: date) -> dict[str, str]:
    """The level of each of these actors on a day."""
    return {row.code: row.level for row in standings(base, on=on, codes=codes)}


def _move(code: str, before: str, after: str, base: Base, on: date) -> Move:
    """A level that differs from what was told, with what turned it to what it is;
    nothing where no day's fact did, and the base itself was put right.
    """
    turned = changes(course(code, base, end=on))
    if turned and turned[-1][1].level == after:
        stop = turned[-1][1]
        return Move(code, before, after, stop.on, stop.cause)
    return Move(code, before, after, on, NOTHING)


def news(
    base: Base,
    told: ToldLevels,
    added: Collection[str],
    *,
    on: date,
    codes: Collection[str],
    levels: Mapping[str, str],
) -> Changes:
    """What there is to tell of ``codes`` that was not told before; ``added`` has the
    keys (``facts_by_key``, ``vote_key``) of what was added since, ``levels`` theirs on
    the day.

    A level that was unknown, or of an actor that was not told of, is no move.
    """
    moves = [
        _move(code, told.levels[code], levels[code], base, on)
        for code in codes
        if told.levels.get(code, UNKNOWN) != levels[code]
        and UNKNOWN not in {told.levels.get(code, UNKNOWN), levels[code]}
    ]
    keys = set(added)
    facts = [
        each
        for key, each in facts_by_key(base, codes).items()
        if key in keys and each.fact.begins <= on
    ]
    about = set(codes)
    votes = [
        vote
        for vote in base.votes.values()
        if vote_key(vote) in keys
        and not about.isdisjoint(
            code for ballot in BALLOTS for code in vote.roll(ballot)
        )
    ]
    fresh = {(each.code, each.fact.ref) for each in facts}
    ended = [
        each
        for each in _ended(base, codes, told.day, on)
        if (each.code, each.fact.ref) not in fresh
    ]
    moves.sort(key=lambda move: (move.on, move.code), reverse=True)
    return Changes(
        told.day, on, tuple(moves), _newest_first(facts), _votes(votes), tuple(ended)
    )
