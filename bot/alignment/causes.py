"""What turned a level: of what began, ended or lapsed on a day, what moved it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.alignment.conduct import Act, Conduct, PreparedFacts
from bot.alignment.levels import UNKNOWN, LevelOnDay, level_on
from bot.knowledge.conflict import Conflict
from bot.knowledge.fact import Fact
from bot.knowledge.values import Ballot


@dataclass(frozen=True, slots=True)
class Cause:
    """What turned a level; nothing where no fact did.

    ``led`` is told where ``fact`` only lapsed: the strongest deed since the turn before
    that pushes the same way and still counts, if there is one.
    """

    fact: Fact | None = None
    led: Fact | None = None

    @property
    def told(self) -> Fact | None:
        """The fact that is told of the two."""
        return self.led or self.fact


NOTHING = Cause()


@dataclass(frozen=True, slots=True)
class ConductChange:
    """A day on which something of an actor's began, ended or lapsed, with the conduct
    before it; ``before`` is None on a course's first day.
    """

    code: str
    day: date
    before: LevelOnDay | None
    now: LevelOnDay


def _kinds(conduct: Conduct) -> dict[tuple[str | None, int], float]:
    """What each kind of deed brings for each side."""
    kinds: dict[tuple[str | None, int], float] = {}
    for row in conduct.counted:
        kind = (row.act.fact.deed, row.act.sign)
        kinds[kind] = kinds.get(kind, 0.0) + row.act.sign * row.points
    return kinds


def _nearer_zero(one: float, other: float) -> float:
    """The smaller of two numbers of one sign; 0 for numbers of different signs."""
    return min(one, other, key=abs) if one * other > 0 else 0.0


def _of_deed(fact: Fact, change: ConductChange, conflict: Conflict) -> float:
    """What a deed that began or stopped counting added to the mean: no more than its
    kind did, for what another one of its kind replaces changes nothing.
    """
    if fact.deed is None:
        return 0.0
    deed = conflict.deeds[fact.deed]
    sign = conflict.sign(fact.toward)
    alone = sign * deed.points * conflict.scales[fact.scale].points
    if fact.begins != change.day:
        alone = -alone
    share = conflict.pillars[deed.pillar].share
    if change.before is None:
        return share * alone
    kind = (fact.deed, sign)
    added = _kinds(change.now.conduct).get(kind, 0.0)
    added -= _kinds(change.before.conduct).get(kind, 0.0)
    return share * _nearer_zero(alone, added)


def _of_ballot(fact: Fact, change: ConductChange, conflict: Conflict) -> float:
    """What a ballot added to the voting record."""
    if not fact.in_record:
        return 0.0
    worth = conflict.record.ballots[cast("Ballot", fact.detail)].points
    alone = conflict.sign(fact.toward) * worth
    before = change.before.conduct.record.value if change.before else None
    now = change.now.conduct.record.value
    if before is not None and now is not None:
        alone = _nearer_zero(alone - before, now - before)
    return conflict.record.share * alone


def push(fact: Fact, change: ConductChange, conflict: Conflict) -> float:
    """Which way, and how far, a fact moved the balance on a day on which it began or
    stopped counting: minus is toward the first side.
    """
    if fact.kind == "vote":
        return _of_ballot(fact, change, conflict)
    return _of_deed(fact, change, conflict)


def place(level: str, conflict: Conflict) -> int | None:
    """A level's place between the sides; None for one that is none."""
    order = [each.id for each in conflict.levels]
    return order.index(level) if level in order else None


def direction(change: ConductChange, conflict: Conflict) -> float:
    """Toward which side a level turned, else the score went: minus is the first."""
    before = change.before
    if before is None:
        return change.now.score
    was, now = place(before.level, conflict), place(change.now.level, conflict)
    if was is None or now is None or was == now:
        return change.now.score - before.score
    return float(now - was)


def _unchanged(known: PreparedFacts, fact: Fact, day: date) -> PreparedFacts:
    """The same facts as if one had not begun, or had not stopped counting."""
    if fact.begins == day:
        return dataclasses.replace(
            known,
            acts=tuple(act for act in known.acts if act.fact is not fact),
            ballots=tuple(each for each in known.ballots if each.fact is not fact),
        )
    lasting = dataclasses.replace(fact, ends=None)

    def kept(act: Act) -> Act:
        same = act.fact is fact
        return dataclasses.replace(act, fact=lasting) if same else act

    return dataclasses.replace(known, acts=tuple(map(kept, known.acts)))


def _decided(
    fact: Fact, change: ConductChange, known: PreparedFacts, conflict: Conflict
) -> bool:
    """Whether the level would not have turned without what a fact changed."""
    before = change.before
    if before is None or before.level == change.now.level:
        return False
    unchanged = _unchanged(known, fact, change.day)
    return level_on(change.code, unchanged, conflict, change.day).level == before.level


def in_order(
    facts: Iterable[Fact],
    change: ConductChange,
    known: PreparedFacts,
    conflict: Conflict,
) -> tuple[Fact, ...]:
    """The facts of a day, first what moved the level or score the way it went: of
    these, that without which the level would not have turned, what began before what
    ended, then the hardest push.
    """
    way = direction(change, conflict)

    def rank(fact: Fact) -> tuple[bool, bool, bool, float, str]:
        pushed = push(fact, change, conflict)
        helped = pushed * way > 0
        decided = helped and _decided(fact, change, known, conflict)
        ended = decided and fact.begins != change.day
        return not helped, not decided, ended, -abs(pushed), fact.ref

    return tuple(sorted(facts, key=rank))


def cause_of(
    facts: Sequence[Fact],
    change: ConductChange,
    known: PreparedFacts,
    conflict: Conflict,
    since: date,
) -> Cause:
    """What turned a level on a day, of its facts in order; of an actor that nothing was
    known of, what is known first. ``since`` is the day of the turn before.
    """
    way = direction(change, conflict)
    first = next(iter(facts), None)
    if first and change.before and change.before.level == UNKNOWN:
        return Cause(first)
    if first is None:
        return NOTHING
    if push(first, change, conflict) * way <= 0:
        # Nothing done turned it: on such a day a government fell, whose ballots went.
        if not any(each.fact.counts_until == change.day for each in known.ballots):
            return NOTHING
        still = (each for each in facts if not push(each, change, conflict))
        return Cause(next(still, None))
    if not first.lapsed(change.day):
        return Cause(first)
    helped = [
        act
        for act in known.acts
        if act.sign * way > 0
        and since <= act.fact.begins < change.day
        and act.fact.holds(change.day)
    ]
    led = max(
        helped,
        key=lambda act: act.points * conflict.pillars[act.deed.pillar].share,
        default=None,
    )
    return Cause(first, led.fact if led else None)
