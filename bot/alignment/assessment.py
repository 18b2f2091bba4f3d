"""What the rubric says of one actor on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.knowledge.documents import Forecast, Named, Pillar
from bot.knowledge.facts import Fact

Confidence = Literal["high", "medium", "low"]
Outcome = Literal["hit", "half", "miss", "open", "unknown"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A fact and the points it brings to its pillar, after the pillar's vote share but
    before clipping.
    """

    fact: Fact
    points: float


@dataclass(frozen=True, slots=True)
class PillarScore:
    """``score`` is in [-1, 1]: minus is the first side, plus the second. ``facts``
    counts those that speak.
    """

    pillar: Pillar
    score: float
    facts: int
    strongest: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """Ballots cast up to the day, by kind, and since the war began."""

    yes: int
    no: int
    abstain: int
    absent: int
    last: Contribution | None

    @property
    def total(self) -> int:
        """How many roll calls there were."""
        return self.yes + self.no + self.abstain + self.absent


@dataclass(frozen=True, slots=True)
class Scored:
    """A forecast that named this actor, and what came of it by the day."""

    forecast: Forecast
    named: Named
    outcome: Outcome
    because: Contribution | None


@dataclass(frozen=True, slots=True)
class ForActor:
    """What a forecast came to for one of the actors that it named."""

    code: str
    scored: Scored


@dataclass(frozen=True, slots=True)
class Confidently:
    """How sure the answer is, and the figures that say so."""

    grade: Confidence
    pillars: int
    publishers: int
    agree: bool
    newest: date | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The level, the score in [-1, 1], and everything that led there; ``contributions``
    strongest first.
    """

    code: str
    on: date
    level: str
    score: float
    pillars: tuple[PillarScore, ...]
    contributions: tuple[Contribution, ...]
    past: tuple[Fact, ...]
    votes: VoteRecord
    forecasts: tuple[Scored, ...]
    confidence: Confidently
