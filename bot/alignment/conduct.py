"""What an actor's facts come to on one day: points of deeds, pillars and the voting
record. Every number comes from conflict.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.alignment.assessment import Contribution, VotingRecord
from bot.knowledge.conflict import Conflict, Deed
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.knowledge.values import Ballot, Standing

_YEAR = 365.25
_KINDS = ("event", "measure", "bloc", "vote")
"""Among equals, what was written about this actor alone comes first."""


@dataclass(frozen=True, slots=True)
class Act:
    """A fact with a deed, and what it would bring alone: ``points`` are 0 or more,
    ``sign`` says for whom, 0 for nobody.
    """

    fact: Fact
    deed: Deed
    sign: int
    points: float

    @property
    def decides(self) -> bool:
        """Whether it is of a kind that decides, and more than a token."""
        return self.deed.decides and self.fact.scale != "token"


@dataclass(frozen=True, slots=True)
class Counted:
    """A live act and the part of its points that counts beside others of its kind."""

    act: Act
    points: float


@dataclass(frozen=True, slots=True)
class RecordBallot:
    """A ballot of a complete roll call, as a number for the record."""

    fact: Fact
    points: float
    own: bool
    """Whether the government that ruled cast it; only such ballots count."""


@dataclass(frozen=True, slots=True)
class PreparedFacts:
    """An actor's facts, ready to be judged on any day."""

    acts: tuple[Act, ...]
    """Strongest first."""
    ballots: tuple[RecordBallot, ...]
    """Oldest first."""
    known_from: date | None
    """The day of the first fact that tells anything of the actor."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """All that the rules look at on one day."""

    counted: tuple[Counted, ...]
    """Strongest first."""
    pillars: dict[str, float]
    """Each pillar's score in [-1, 1]."""
    mean: float
    """Their weighted mean, in [-1, 1]."""
    record: VotingRecord
    balance: float
    """Votes and deeds together; minus is the first side."""

    def against(self, sign: int) -> float:
        """Points of live deeds for the other side than this one, 0 or more."""
        return sum(each.points for each in self.counted if each.act.sign == -sign)


def _act(fact: Fact, conflict: Conflict) -> Act | None:
    if fact.deed is None:
        return None
    deed = conflict.deeds[fact.deed]
    points = deed.points * conflict.scales[fact.scale].points
    if fact.kind == "bloc":
        points *= conflict.standings[cast("Standing", fact.detail)].points
    return Act(fact, deed, conflict.sign(fact.toward), min(points, deed.at_most))


def tells(fact: Fact) -> bool:
    """Whether a fact tells where its actor stands: an empty chair does not, nor does a
    ballot cast for a government that no longer ruled, nor a seat that carries no
    points.
    """
    if fact.kind == "vote":
        return fact.detail != "absent" and not fact.spoken_for
    return fact.kind != "bloc" or fact.deed is not None


def prepared(facts: Iterable[Fact], conflict: Conflict) -> PreparedFacts:
    """An actor's facts, sorted once for every day on which they are judged."""
    acts: list[Act] = []
    ballots: list[RecordBallot] = []
    known: list[date] = []
    for fact in facts:
        if tells(fact):
            known.append(fact.begins)
        if fact.kind == "vote":
            sign = conflict.sign(fact.toward)
            if sign and not fact.partial:
                worth = conflict.record.ballots[cast("Ballot", fact.detail)].points
                own = not fact.spoken_for
                ballots.append(RecordBallot(fact, sign * worth, own))
        elif act := _act(fact, conflict):
            acts.append(act)
    acts.sort(
        key=lambda act: (
            -round(act.points, 9),
            _KINDS.index(act.fact.kind),
            -act.fact.begins.toordinal(),
            act.fact.ref,
        )
    )
    ballots.sort(key=lambda ballot: (ballot.fact.begins, ballot.fact.ref))
    return PreparedFacts(tuple(acts), tuple(ballots), min(known, default=None))


def known_of(code: str, base: Base) -> PreparedFacts:
    """An actor's facts, prepared once for each base that has other ones. KeyError for
    a code that the base does not have.
    """
    owner = base.owner(code)
    known: PreparedFacts | None = owner.prepared.get(code)
    if known is None:
        known = prepared(owner.facts(code), owner.conflict)
        owner.prepared[code] = known
    return known


def counted(acts: Sequence[Act], on: date) -> tuple[Counted, ...]:
    """The acts that hold on a day, each with the points that count.

    Of one kind for one side, the strongest count until their ``at_most`` is reached. A
    detail of a deed that holds brings nothing of its own.
    """
    live = [act for act in acts if act.fact.holds(on)]
    told = {ref for act in live for ref in (act.fact.ref, act.fact.part_of)}
    spent: dict[tuple[str | None, int], float] = {}
    rows: list[Counted] = []
    for act in live:
        if act.fact.detail_of in told and act.fact.detail_of is not None:
            rows.append(Counted(act, 0.0))
            continue
        kind = (act.fact.deed, act.sign)
        before = spent.get(kind, 0.0)
        points = min(act.points, act.deed.at_most - before) if act.sign else 0.0
        spent[kind] = before + points
        rows.append(Counted(act, points))
    return tuple(rows)


def counting(
    ballots: Sequence[RecordBallot], conflict: Conflict, on: date
) -> list[RecordBallot]:
    """The ballots that make the record on a day: those cast since it began, or,
    before the actor's first of these, all that it cast.

    Of either, those cast for a government that no longer ruled are left out, and from
    the day on which a government was overthrown those that it cast; the ballots of an
    earlier one do not come back in their place.
    """
    until = [ballot for ballot in ballots if ballot.fact.begins <= on]
    began = conflict.began.first
    since = [ballot for ballot in until if ballot.fact.begins >= began]
    return [ballot for ballot in since or until if _own(ballot, on)]


def _own(ballot: RecordBallot, on: date) -> bool:
    """Whether a ballot is that of those who rule on a day."""
    ended = ballot.fact.counts_until
    return ballot.own and (ended is None or on < ended)


def weights(ballots: Sequence[RecordBallot], conflict: Conflict) -> list[float]:
    """What each ballot weighs in the record; they add up to 1.

    A ballot weighs half as much as one cast a half-life later. The ratio of two does
    not change as time goes by, so that a record moves with a roll call and never on a
    day without one.
    """
    if not ballots:
        return []
    newest = ballots[-1].fact.begins
    half_life = conflict.record.half_life_years * _YEAR
    raw = [
        0.5 ** ((newest - ballot.fact.begins).days / half_life) for ballot in ballots
    ]
    total = sum(raw)
    return [weight / total for weight in raw]


def record(
    ballots: Sequence[RecordBallot], conflict: Conflict, on: date
) -> VotingRecord:
    """The voting record on a day."""
    used = counting(ballots, conflict, on)
    value = sum(
        weight * ballot.points
        for weight, ballot in zip(weights(used, conflict), used, strict=True)
    )
    return VotingRecord(
        value=value if used else None,
        first=sum(ballot.points <= -1 for ballot in used),
        second=sum(ballot.points >= 1 for ballot in used),
        abstained=sum(ballot.fact.detail == "abstain" for ballot in used),
        total=len(used),
        since_began=bool(used) and used[-1].fact.begins >= conflict.began.first,
    )


def _clipped(score: float) -> float:
    return max(-1.0, min(1.0, score))


def conduct(known: PreparedFacts, conflict: Conflict, on: date) -> Conduct:
    """What the facts come to on a day."""
    rows = counted(known.acts, on)
    sums = dict.fromkeys(conflict.pillars, 0.0)
    for row in rows:
        sums[row.act.deed.pillar] += row.act.sign * row.points
    pillars = {pillar: _clipped(score) for pillar, score in sums.items()}
    mean = sum(
        score * conflict.pillars[pillar].share for pillar, score in pillars.items()
    )
    votes = record(known.ballots, conflict, on)
    if votes.value is None:
        balance = conflict.record.alone * mean
    else:
        balance = conflict.record.share * votes.value + mean
    return Conduct(rows, pillars, mean, votes, balance)


def as_contribution(row: Counted) -> Contribution:
    """A counted act as a reader sees it."""
    act = row.act
    return Contribution(act.fact, act.sign * row.points, act.sign * act.points)
