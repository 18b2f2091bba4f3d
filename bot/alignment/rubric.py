"""The rubric: facts that hold on a day become an Assessment. Every number comes from
conflict.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

from bot.alignment.assessment import (
    Assessment,
    Confidence,
    Confidently,
    Contribution,
    ForActor,
    Outcome,
    PillarScore,
    Scored,
    VoteRecord,
)
from bot.knowledge.documents import Ballot, Conflict, Forecast, Named, Standing
from bot.knowledge.facts import Base, Fact

PARTY, UNKNOWN = "party", "unknown"
_YEAR = 365.25
_KINDS = (
    "event",
    "measure",
    "vote",
    "bloc",
)  # Among equals, what was written about this actor alone comes first.
_FRESH_DAYS = 548  # A year and a half: a General Assembly session and some slack.


def _vote_points(
    facts: Iterable[Fact], conflict: Conflict, on: date
) -> list[Contribution]:
    """Votes share the ceiling by recency, so that many old ones do not outweigh a few
    new ones.
    """
    rule = conflict.recency
    aged = [
        (fact, 0.5 ** ((on - fact.begins).days / _YEAR / rule.half_life_years))
        for fact in facts
    ]
    total = max(sum(weight for _, weight in aged), rule.full_after)
    return [
        Contribution(
            fact,
            rule.ceiling
            * (weight / total)
            * conflict.sign(fact.toward)
            * conflict.ballots[cast("Ballot", fact.detail)].points,
        )
        for fact, weight in aged
    ]


def _points(fact: Fact, conflict: Conflict) -> float:
    points = conflict.sign(fact.toward) * conflict.weights[fact.weight].points
    if fact.kind == "bloc":
        points *= conflict.standings[cast("Standing", fact.detail)].points
    return points


def contributions(
    facts: Iterable[Fact], conflict: Conflict, on: date
) -> tuple[Contribution, ...]:
    """Every fact that holds on the day with its points: strongest first, events before
    measures, newest first.
    """
    holding = [fact for fact in facts if fact.holds(on)]
    found = [Contribution(f, _points(f, conflict)) for f in holding if f.kind != "vote"]
    found += _vote_points([f for f in holding if f.kind == "vote"], conflict, on)
    found.sort(
        key=lambda c: (
            -round(abs(c.points), 9),
            _KINDS.index(c.fact.kind),
            -c.fact.begins.toordinal(),
            c.fact.ref,
        )
    )
    return tuple(found)


def _speaks(contribution: Contribution) -> bool:
    """Whether it is knowledge about the actor: an empty chair is not."""
    fact = contribution.fact
    return not (fact.kind == "vote" and fact.detail == "absent")


def _pillars(
    conflict: Conflict, found: tuple[Contribution, ...]
) -> tuple[PillarScore, ...]:
    scores: list[PillarScore] = []
    for pillar in conflict.pillars:
        own = tuple(c for c in found if c.fact.pillar == pillar and _speaks(c))
        total = sum(c.points for c in found if c.fact.pillar == pillar)
        score = max(-1.0, min(1.0, total))
        telling = sorted(
            (c for c in own if c.fact.kind != "vote"),
            key=lambda c: c.points * score <= 0,
        )
        scores.append(
            PillarScore(pillar, score, len(own), tuple(telling[:3]) or own[:1])
        )
    return tuple(scores)


def _votes(found: tuple[Contribution, ...]) -> VoteRecord:
    cast_ = [c for c in found if c.fact.kind == "vote"]
    count = {
        ballot: sum(c.fact.detail == ballot for c in cast_)
        for ballot in ("yes", "no", "abstain", "absent")
    }
    spoken = [c for c in cast_ if c.fact.detail != "absent"]
    last = max(spoken, key=lambda c: c.fact.begins, default=None)
    return VoteRecord(**count, last=last)


def _confidence(
    pillars: tuple[PillarScore, ...], found: tuple[Contribution, ...], on: date
) -> Confidently:
    speaking = [c for c in found if _speaks(c)]
    publishers = {s.publisher for c in speaking for s in c.fact.sources if not s.weak}
    loud = [p.score for p in pillars if p.facts and abs(p.score) >= 0.1]
    agree = not (any(s > 0 for s in loud) and any(s < 0 for s in loud))
    newest = max((c.fact.begins for c in speaking), default=None)
    fresh = newest is not None and (on - newest).days <= _FRESH_DAYS
    filled = sum(p.facts > 0 for p in pillars)
    points = (filled >= 2) + (len(publishers) >= 3) + agree + fresh
    grade: Confidence = (
        "high" if points == 4 and filled == 3 else "medium" if points >= 3 else "low"
    )
    return Confidently(grade, filled, len(publishers), agree, newest)


def level_of(score: float, conflict: Conflict) -> str:
    """The id of the highest level whose threshold the score reaches, in [-1, 1]."""
    reached = [level.id for level in conflict.levels if round(score, 9) >= level.from_]
    return reached[-1] if reached else conflict.levels[0].id


def outcome(level: str, named: Named, conflict: Conflict) -> Outcome:
    """What a forecast came to: its side's ally is a hit, a lean to it a half hit,
    anything else a miss.
    """
    if level == UNKNOWN:
        return "unknown"
    if level == PARTY:
        return "hit"
    ids = [each.id for each in conflict.levels]
    steps = (
        ids.index(level)
        if conflict.sign(named.toward) < 0
        else len(ids) - 1 - ids.index(level)
    )
    return "hit" if steps == 0 else "half" if steps == 1 else "miss"


def _named_in(forecast: Forecast, code: str, base: Base) -> Iterable[Named]:
    for named in forecast.named:
        members = base.blocs[named.bloc].members if named.bloc else ()
        if named.code == code or any(
            seat.code == code and seat.standing == "member" for seat in members
        ):
            yield named


def _scored(
    forecast: Forecast,
    named: Named,
    level: str,
    found: tuple[Contribution, ...],
    base: Base,
    on: date,
) -> Scored:
    conflict = base.conflict
    came = outcome(level, named, conflict) if on >= conflict.began.first else "open"
    against = [c for c in found if c.points * conflict.sign(named.toward) < 0]
    along = [c for c in found if c.points * conflict.sign(named.toward) > 0]
    telling = (along if came == "hit" else against) or along or against
    because = next((c for c in found if c.fact.ref == named.because), None) or next(
        iter(telling), None
    )
    return Scored(forecast, named, came, because if came != "open" else None)


def score(forecast: Forecast, base: Base, *, on: date) -> tuple[ForActor, ...]:
    """What a forecast came to by a day, for each actor that it named; a bloc stands for
    its full members.
    """
    found: list[ForActor] = []
    for named in forecast.named:
        seats = base.blocs[named.bloc].members if named.bloc else ()
        codes = (
            [named.code]
            if named.code
            else [seat.code for seat in seats if seat.standing == "member"]
        )
        for code in codes:
            known = assess(code, base, on=on)
            found.append(
                ForActor(
                    code,
                    _scored(
                        forecast, named, known.level, known.contributions, base, on
                    ),
                )
            )
    return tuple(found)


def assess(code: str, base: Base, *, on: date) -> Assessment:
    """Where the actor stands on that day.

    Raises KeyError for a code that the base does not have.
    """
    conflict = base.conflict
    facts = base.facts(code)
    found = contributions(facts, conflict, on)
    pillars = _pillars(conflict, found)
    score = sum(p.score * conflict.pillars[p.pillar].share for p in pillars)
    began = conflict.began.first
    recent = sum(_speaks(c) and (c.fact.begins >= began or on < began) for c in found)
    if code in conflict.parties:
        level = PARTY
    elif recent < conflict.known.facts:
        level = UNKNOWN
    else:
        level = level_of(score, conflict)
    scored = [
        _scored(forecast, named, level, found, base, on)
        for forecast in sorted(
            base.forecasts.values(), key=lambda f: (f.date.first, f.id)
        )
        if forecast.date.first <= on
        for named in _named_in(forecast, code, base)
    ]
    past = tuple(f for f in facts if f.until and f.begins <= on and not f.holds(on))
    return Assessment(
        code,
        on,
        level,
        score,
        pillars,
        found,
        past,
        _votes(found),
        tuple(scored),
        _confidence(pillars, found, on),
    )
