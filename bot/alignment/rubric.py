"""The rubric: the facts of an actor become an Assessment of one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.alignment.assessment import (
    Assessment,
    Contribution,
    PillarScore,
    VoteRecord,
)
from bot.alignment.conduct import (
    Conduct,
    PreparedFacts,
    as_contribution,
    counting,
    known_of,
    weights,
)
from bot.alignment.forecasts import scored_for
from bot.alignment.levels import PARTY, UNKNOWN, level_on, side_of
from bot.alignment.rules import fired, settles
from bot.alignment.sureness import confidence
from bot.alignment.verdict import verdict
from bot.knowledge.conflict import Conflict
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base

__all__ = ["PARTY", "UNKNOWN", "assess"]


def _ballots(
    known: PreparedFacts, facts: Iterable[Fact], conflict: Conflict, on: date
) -> tuple[Contribution, ...]:
    """Every ballot up to the day, newest first; those that make the record bring their
    part of it.
    """
    used = counting(known.ballots, conflict, on)
    share = {
        ballot.fact.ref: weight * ballot.points
        for ballot, weight in zip(used, weights(used, conflict), strict=True)
    }
    cast = [fact for fact in facts if fact.kind == "vote" and fact.begins <= on]
    cast.sort(key=lambda fact: (fact.begins, fact.ref), reverse=True)
    return tuple(Contribution(fact, share.get(fact.ref, 0.0)) for fact in cast)


def _shown(facts: Iterable[Fact], on: date) -> list[Contribution]:
    """What holds and is not counted, newest first."""
    held = [
        fact
        for fact in facts
        if fact.deed is None and fact.kind != "vote" and fact.holds(on)
    ]
    held.sort(key=lambda fact: (fact.begins, fact.ref), reverse=True)
    return [Contribution(fact, 0.0) for fact in held]


def _pillars(
    conduct: Conduct, deeds: tuple[Contribution, ...], conflict: Conflict
) -> tuple[PillarScore, ...]:
    scores: list[PillarScore] = []
    for pillar in conflict.pillars:
        score = conduct.pillars[pillar]
        own = [each for each in deeds if each.fact.pillar == pillar]
        own.sort(key=lambda each: each.points * score <= 0)
        scores.append(PillarScore(pillar, score, len(own), tuple(own[:3])))
    return tuple(scores)


def _votes(ballots: tuple[Contribution, ...]) -> VoteRecord:
    complete = [each for each in ballots if each.fact.in_record]
    count = {
        ballot: sum(each.fact.detail == ballot for each in complete)
        for ballot in ("yes", "no", "abstain", "absent")
    }
    spoken = [each for each in complete if each.fact.detail != "absent"]
    newest = next(iter(spoken or complete), None)
    not_own = next((each for each in ballots if each.fact.spoken_for), None)
    return VoteRecord(**count, last=newest, not_own=not_own)


def _past(facts: Iterable[Fact], on: date) -> tuple[Fact, ...]:
    gone = [fact for fact in facts if fact.ends and fact.ends <= on]
    gone.sort(key=lambda fact: (fact.ends or date.min, fact.ref), reverse=True)
    return tuple(gone)


def _counter(conduct: Conduct, sign: int, conflict: Conflict) -> Contribution | None:
    """The strongest deed for a side: first what can settle a level, then by points."""
    rows = [row for row in conduct.counted if row.act.sign == sign]
    rows.sort(key=lambda row: (not settles(row, conflict), -round(row.points, 9)))
    return as_contribution(rows[0]) if rows else None


def assess(code: str, base: Base, *, on: date) -> Assessment:
    """Where the actor stands on that day.

    Days before the base's first day are for callers to refuse. Raises KeyError for a
    code that the base does not have.
    """
    conflict = base.conflict
    facts = base.facts(code)
    known = known_of(code, base)
    now = level_on(code, known, conflict, on)
    conduct = now.conduct
    ballots = _ballots(known, facts, conflict, on)
    deeds = tuple(as_contribution(row) for row in conduct.counted)
    side = side_of(code, now.level, conflict)
    toward = side or (1 if conduct.balance > 0 else -1)
    in_record = tuple(each for each in ballots if each.points)
    return Assessment(
        code=code,
        on=on,
        level=now.level,
        score=now.score,
        mean=conduct.mean,
        pillars=_pillars(conduct, deeds, conflict),
        contributions=(*deeds, *_shown(facts, on), *ballots),
        past=_past(facts, on),
        votes=_votes(ballots),
        record=conduct.record,
        fired=(
            ()
            if now.level in {PARTY, UNKNOWN}
            else fired(now.judgement, conduct, in_record, conflict)
        ),
        against=conduct.against(toward),
        counter=_counter(conduct, -toward, conflict),
        verdict=verdict(conduct, side, conflict),
        forecasts=scored_for(code, now.level, deeds, facts, base, on),
        confidence=confidence(conduct, facts, conflict, on),
    )
