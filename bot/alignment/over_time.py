"""Levels over time: one actor's course, everybody's level on a day, and who has
moved.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import TypeVar

from bot.alignment.causes import (
    NOTHING,
    Cause,
    ConductChange,
    cause_of,
    in_order,
    place,
)
from bot.alignment.conduct import known_of
from bot.alignment.levels import UNKNOWN, LevelOnDay, level_on
from bot.knowledge.conflict import Conflict
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
_STANDINGS, _MOVES = 20_000, 5_000
"""How many a base remembers: those of all actors on a hundred days, and over some 25
spans of time; in all less than 10 MiB.
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """A day on an actor's course; ``facts`` began, ended or lapsed on it, first what
    pushed the way it went.
    """

    on: date
    level: str
    score: float
    facts: tuple[Fact, ...]
    cause: Cause = NOTHING
    """What turned the level, where it turned."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor's level and score on a day."""

    code: str
    level: str
    score: float


@dataclass(frozen=True, slots=True)
class Move:
    """An actor whose level is another one than on an earlier day, and what moved it
    there.
    """

    code: str
    before: str
    after: str
    on: date
    """The day of the turn that reached the present level or passed it, after which it
    was never short of it again.
    """
    cause: Cause


def _turns(facts: Iterable[Fact], begin: date, end: date) -> dict[date, list[Fact]]:
    """The days on which a fact began, ended or lapsed, with the facts."""
    days: dict[date, list[Fact]] = {}
    for fact in facts:
        for day in {fact.begins, fact.ends}:
            if day and begin <= day <= end:
                days.setdefault(day, []).append(fact)
    return days


def course(
    code: str, base: Base, *, end: date, begin: date | None = None
) -> tuple[Stop, ...]:
    """Every day from ``begin`` (the base's first day if left out) to ``end`` on which a
    fact began, ended or lapsed, and both ends; oldest first.

    Between two stops nothing changes: a level turns on one of them or not at all.
    Raises KeyError for a code that the base does not have.
    """
    conflict = base.conflict
    begin = begin or base.first_day
    facts = base.facts(code)
    known = known_of(code, base)
    days = _turns(facts, begin, end)
    for edge in (begin, end):
        days.setdefault(edge, [])
    stops: list[Stop] = []
    before: LevelOnDay | None = None
    turned = begin
    for day in sorted(days):
        now = level_on(code, known, conflict, day)
        change = ConductChange(code, day, before, now)
        ordered = in_order(days[day], change, known, conflict)
        cause = NOTHING
        if before is not None and now.level != before.level:
            cause = cause_of(ordered, change, known, conflict, turned)
            turned = day
        stops.append(Stop(day, now.level, now.score, ordered, cause))
        before = now
    return tuple(stops)


def changes(stops: Iterable[Stop]) -> tuple[tuple[Stop, Stop], ...]:
    """Each stop at which the level became another one, with the stop before it."""
    return tuple(
        (before, after)
        for before, after in pairwise(stops)
        if before.level != after.level
    )


def _remembered(
    kept: dict[Key, Value], most: int, key: Key, work_out: Callable[[], Value]
) -> Value:
    """What is kept under a key, worked out and kept if it is not; beyond ``most`` all
    is forgotten. Threads may do so at once, and then work the same out twice.
    """
    with contextlib.suppress(KeyError):
        return kept[key]
    value = work_out()
    if len(kept) >= most:
        kept.clear()
    kept[key] = value
    return value


def _on(code: str, base: Base, on: date) -> Standing:
    """An actor's level on a day, worked out once for each base with other facts: every
    list, map and comparison of a day asks for it.
    """

    def work_out() -> Standing:
        now = level_on(code, known_of(code, base), base.conflict, on)
        return Standing(code, now.level, now.score)

    kept: dict[tuple[str, date], Standing] = base.owner(code).standings
    return _remembered(kept, _STANDINGS, (code, on), work_out)


def standings(
    base: Base, *, on: date, codes: Iterable[str] | None = None
) -> tuple[Standing, ...]:
    """The level of every actor (or of these) on a day, in the order of the base."""
    wanted = base.countries if codes is None else codes
    return tuple(_on(code, base, on) for code in wanted)


def _reaching(
    turned: Sequence[tuple[Stop, Stop]], before: str, after: str, conflict: Conflict
) -> Stop:
    """The last turn that reached or passed ``after`` on the way from ``before``: what
    came later went back a little, and explains no move to where it ended. The very
    last one where a level has no place between the sides.
    """
    was, now = place(before, conflict), place(after, conflict)
    if was is None or now is None:
        return turned[-1][1]
    sign = 1 if now > was else -1
    for one, other in reversed(turned):
        begun, ended = place(one.level, conflict), place(other.level, conflict)
        if begun is None or ended is None:
            continue
        if sign * begun < sign * now <= sign * ended:
            return other
    return turned[-1][1]


def _move(code: str, base: Base, since: date, on: date) -> Move | None:
    """How an actor's level came to be another one than on ``since``; None if it is the
    same.
    """
    if not _turns(base.facts(code), since + timedelta(days=1), on):
        # A level turns only on a day on which something did.
        return None
    before, after = _on(code, base, since).level, _on(code, base, on).level
    if before == after or UNKNOWN in {before, after}:
        return None
    turned = changes(course(code, base, begin=since, end=on))
    turn = _reaching(turned, before, after, base.conflict)
    return Move(code, before, after, turn.on, turn.cause)


def moved(
    base: Base, *, since: date, on: date, codes: Iterable[str]
) -> tuple[Move, ...]:
    """Those of ``codes`` whose level is another one than on ``since``; the newest move
    first.

    Nothing moved to or from *not enough known* counts: learning of somebody is not a
    change of theirs.
    """
    moves: list[Move] = []
    for code in codes:
        kept: dict[tuple[str, date, date], Move | None] = base.owner(code).moves
        work_out = partial(_move, code, base, since, on)
        move = _remembered(kept, _MOVES, (code, since, on), work_out)
        if move is not None:
            moves.append(move)
    return tuple(sorted(moves, key=lambda move: (move.on, move.code), reverse=True))
