"""What the rubric says of one actor on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.knowledge.documents import Forecast, Named
from bot.knowledge.fact import Fact

Grade = Literal["high", "medium", "low"]
Outcome = Literal["hit", "half", "miss", "open", "unknown"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A fact and the points it brings, in [-1, 1]: minus for the first side, plus for
    the second.

    ``points`` of a deed go to its pillar, after what its kind may bring at most; those
    of a ballot are its part of the voting record. ``alone`` is what the deed would
    bring if it were the only one of its kind.
    """

    fact: Fact
    points: float
    alone: float = 0.0


@dataclass(frozen=True, slots=True)
class PillarScore:
    """``score`` is in [-1, 1]: minus is the first side, plus the second. ``facts``
    counts those that hold; ballots are told apart.
    """

    pillar: str
    score: float
    facts: int
    strongest: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class VotingRecord:
    """The roll calls that count on a day, as one number.

    ``value`` is in [-1, 1], None without a roll call; ``first`` and ``second`` count
    ballots cast outright for the first and the second side, ``abstained`` those cast
    for neither, of ``total``; the rest were not cast.
    """

    value: float | None
    first: int
    second: int
    abstained: int
    total: int
    since_began: bool

    def outright(self, sign: int) -> int:
        """Ballots cast outright for the side on this half of the scale."""
        return self.second if sign > 0 else self.first

    @property
    def absent(self) -> int:
        """Roll calls in which no ballot was cast."""
        return self.total - self.first - self.second - self.abstained


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """Ballots cast up to the day in complete roll calls, by kind; ``last`` is the
    newest that was not absent, if there is one.

    ``not_own`` is the newest that a government which no longer ruled had cast, if
    there is one; the counts leave such ballots out.
    """

    yes: int
    no: int
    abstain: int
    absent: int
    last: Contribution | None
    not_own: Contribution | None = None

    @property
    def total(self) -> int:
        """How many roll calls there were."""
        return self.yes + self.no + self.abstain + self.absent


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that had a part in the level, and the facts that satisfied it, strongest
    first.
    """

    id: str
    sentence: str
    """What it says; `{side}` and `{opponent}` stand for the sides' names."""
    toward: str
    """The side that it is about, or neutral."""
    level: str
    """The level that it named."""
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A kind of deed that a verdict names, for one side, with its live facts."""

    deed: str
    toward: str
    points: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The parts of the one sentence that answers: what was done for the side, what is
    held against it, and mediation where it leads.
    """

    toward: str
    """The side that it speaks of, or neutral."""
    leads: Said | None
    """Mediation, where nothing weighs more."""
    deeds: tuple[Said, ...]
    record: VotingRecord
    but: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A forecast that named this actor, and what came of it by the day.

    ``did`` and ``did_not`` count members where a claim was of a bloc.
    """

    forecast: Forecast
    named: Named
    outcome: Outcome
    because: Contribution | None
    did: tuple[str, ...] = ()
    did_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForActor:
    """What a forecast came to for one of the actors that it named."""

    code: str
    scored: Scored


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure the answer is, and the figures that say so."""

    grade: Grade
    pillars: int
    """Pillars with at least one live deed."""
    publishers: int
    """Independent publishers that are not weak."""
    agree: bool
    """Whether deeds and votes do not contradict each other."""
    newest: date | None
    """The day of the newest deed or ballot."""
    weak_alone: bool
    """Whether the strongest fact rests on weak pages alone."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The level and everything that led there; ``contributions`` are deeds strongest
    first, then ballots newest first.
    """

    code: str
    on: date
    level: str
    score: float
    """The balance of votes and deeds, in [-1, 1]."""
    mean: float
    """The weighted mean of the pillars, in [-1, 1]."""
    pillars: tuple[PillarScore, ...]
    contributions: tuple[Contribution, ...]
    past: tuple[Fact, ...]
    """What ended or lapsed by the day, newest end first."""
    votes: VoteRecord
    record: VotingRecord
    fired: tuple[Fired, ...]
    against: float
    """Points of live deeds for the other side than the level's, 0 or more."""
    counter: Contribution | None
    """The strongest deed for the other side."""
    verdict: Verdict
    forecasts: tuple[Scored, ...]
    confidence: Confidence
