"""What forecasts came to: each claim on its own subject, for the side that it named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.alignment.assessment import Contribution, ForActor, Outcome, Scored
from bot.alignment.cohesion import members
from bot.alignment.conduct import as_contribution, known_of
from bot.alignment.levels import PARTY, UNKNOWN, level_on
from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import Forecast, Named
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a forecast and what it came to, for its actor or its whole bloc."""

    codes: tuple[str, ...]
    """The actor, or the bloc's full members on the forecast's day."""
    scored: Scored


def members_of(named: Named, forecast: Forecast, base: Base) -> tuple[str, ...]:
    """The actors that a claim is about; a bloc stands for those who were full members
    when the forecast was made.
    """
    if named.code:
        return (named.code,)
    bloc = base.blocs[named.bloc or ""]
    return tuple(seat.code for seat in members(bloc, on=forecast.date.first))


def _fulfilling(
    named: Named, forecast: Forecast, facts: Iterable[Fact], on: date
) -> list[Fact]:
    """The deeds of the forecast kind, done for its side between it and the day, or
    before it and still counted on the day: who arms a side already comes to its aid.
    """
    done = [
        fact
        for fact in facts
        if fact.deed in named.subject
        and fact.toward == named.toward
        and fact.begins <= on
        and (forecast.date.first <= fact.begins or fact.holds(on))
    ]
    return sorted(done, key=lambda fact: (fact.begins, fact.ref))


def outcome(
    level: str,
    named: Named,
    conflict: Conflict,
    *,
    fulfilled: bool,
) -> Outcome:
    """What a claim about one actor came to.

    With a subject: true if it was done; half if it was not, but the actor stands on the
    side that was named; else false. Without one: true for the farthest level of that
    side, half for its other levels.
    """
    if level == UNKNOWN:
        return "unknown"
    if fulfilled or level == PARTY:
        return "hit"
    sign = conflict.sign(named.toward)
    named_levels = [each.id for each in conflict.levels if each.toward == named.toward]
    # From the first side's farthest level to the second's: the middle is one or none.
    farthest = named_levels[:1] if sign < 0 else named_levels[-1:]
    if level in farthest and not named.subject:
        return "hit"
    return "half" if conflict.level(level).toward == named.toward else "miss"


def _because(
    named: Named,
    came: Outcome,
    fulfilled: Sequence[Fact],
    facts: Iterable[Fact],
    deeds: Sequence[Contribution],
    conflict: Conflict,
    on: date,
) -> Contribution | None:
    """The fact that settled a claim: the one it names, else what was done, else the
    strongest for the side, or against it where the claim is false.
    """
    by_ref = {each.fact.ref: each for each in deeds}

    def held(fact: Fact) -> Contribution:
        return by_ref.get(fact.ref) or Contribution(fact, 0.0)

    for fact in facts:
        if named.because and fact.called(named.because) and fact.begins <= on:
            return held(fact)
    if fulfilled:
        return held(fulfilled[0])
    sign = conflict.sign(named.toward) * (-1 if came == "miss" else 1)
    return next((each for each in deeds if each.points * sign > 0), None)


def _scored(
    forecast: Forecast,
    named: Named,
    level: str,
    deeds: Sequence[Contribution],
    facts: Sequence[Fact],
    conflict: Conflict,
    on: date,
) -> Scored:
    if on < conflict.began.first:
        return Scored(forecast, named, "open", None)
    fulfilled = _fulfilling(named, forecast, facts, on)
    came = outcome(level, named, conflict, fulfilled=bool(fulfilled))
    reason = _because(named, came, fulfilled, facts, deeds, conflict, on)
    return Scored(forecast, named, came, reason)


def scored_for(
    code: str,
    level: str,
    deeds: Sequence[Contribution],
    facts: Sequence[Fact],
    base: Base,
    on: date,
) -> tuple[Scored, ...]:
    """The forecasts up to a day that named an actor, oldest first, and what they came
    to for it.
    """
    ordered = sorted(base.forecasts.values(), key=lambda f: (f.date.first, f.id))
    return tuple(
        _scored(forecast, named, level, deeds, facts, base.conflict, on)
        for forecast in ordered
        if forecast.date.first <= on
        for named in forecast.named
        if code in members_of(named, forecast, base)
    )


def _together(rows: Sequence[ForActor]) -> Outcome:
    """What a claim about a bloc came to: true if it is for all members, false if for
    none.
    """
    outcomes: set[Outcome] = {row.scored.outcome for row in rows}
    if len(outcomes) == 1:
        return outcomes.pop()
    return "half" if outcomes else "unknown"


def _row(code: str, forecast: Forecast, named: Named, base: Base, on: date) -> ForActor:
    conflict = base.conflict
    facts = base.facts(code)
    now = level_on(code, known_of(code, base), conflict, on)
    deeds = [as_contribution(row) for row in now.conduct.counted]
    scored = _scored(forecast, named, now.level, deeds, facts, conflict, on)
    return ForActor(code, scored)


def claims(forecast: Forecast, base: Base, *, on: date) -> tuple[Claim, ...]:
    """Every claim of a forecast and what it came to by a day, each counted once.

    A claim about a bloc is true if it is for every member, and half if it is for some:
    ``did`` and ``did_not`` of its ``Scored`` say for whom.
    """
    claims: list[Claim] = []
    for named in forecast.named:
        codes = members_of(named, forecast, base)
        rows = [_row(code, forecast, named, base, on) for code in codes]
        if len(rows) == 1:
            claims.append(Claim(codes, rows[0].scored))
            continue
        hits = [row for row in rows if row.scored.outcome == "hit"]
        did = tuple(row.code for row in hits)
        whole = Scored(
            forecast,
            named,
            _together(rows),
            hits[0].scored.because if hits else None,
            did,
            tuple(code for code in codes if code not in did),
        )
        claims.append(Claim(codes, whole))
    return tuple(claims)
