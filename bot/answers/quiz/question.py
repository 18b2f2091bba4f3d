"""What a question of the quiz is, before it is put into words: what it asks, its four
choices, and which of them is right.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias, cast, get_args

from bot.alignment.assessment import Outcome
from bot.knowledge.base_changes import ActorFact
from bot.knowledge.fact import Fact
from bot.knowledge.values import Ballot

Kind = Literal["votes", "levels", "order", "forecasts"]
"""What a question is about: a roll call, a level, what came first, what came of a
forecast.
"""
KINDS: tuple[Kind, ...] = get_args(Kind)
CHOICES = 4
"""Choices of every question."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
MOST_SEED = 36**13 - 1
"""The largest seed: what thirteen digits of a custom id hold, all of Discord's ids
among them.
"""
_ID = re.compile(
    r"(?P<kind>votes|levels|order|forecasts):(?P<topic>[a-z]{0,9}|\d{3})"
    r":(?P<seed>[0-9a-z]{1,13}):(?P<on>\d{4}-\d{2}-\d{2})"
    r":(?P<edition>[0-9a-z]{1,8})"
)
_EDITION = 8


def edition_of(revision: str) -> str:
    """The edition of the base, as a question's id names it."""
    return re.sub(r"[^0-9a-z]", "", revision.lower())[:_EDITION] or "0"


def _in_36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


class QuestionId(NamedTuple):
    """All that a question follows from: it is made anew from this whenever it is
    needed, and kept nowhere.
    """

    kind: Kind
    topic: str
    """What was wished for: a kind, a region by its UN M49 code, or nothing."""
    seed: int
    """0 to MOST_SEED."""
    on: date
    """The day on which it was asked, of which it speaks."""
    edition: str
    """Of which edition of the base."""

    @property
    def area(self) -> str:
        """The region that it is about; empty for the whole world."""
        return self.topic if self.topic.isdecimal() else ""

    def text(self) -> str:
        """As a custom id carries it, at most 53 characters."""
        seed, on = _in_36(self.seed), self.on.isoformat()
        return f"{self.kind}:{self.topic}:{seed}:{on}:{self.edition}"


def read_id(text: str) -> QuestionId:
    """The id that a text is; ValueError for none."""
    match = _ID.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return QuestionId(
        cast("Kind", match["kind"]),
        match["topic"],
        int(match["seed"], 36),
        date.fromisoformat(match["on"]),
        match["edition"],
    )


@dataclass(frozen=True, slots=True)
class BallotQuestion:
    """Asks who of four cast a ballot in a roll call."""

    vote: str
    ballot: Ballot
    codes: tuple[str, ...]
    right: int
    """The place of the right choice."""

    @property
    def subject(self) -> str:
        """What is asked and answered, the same for the same question."""
        return f"ballot {self.vote} {self.ballot} {self.codes[self.right]}"


@dataclass(frozen=True, slots=True)
class LevelQuestion:
    """Asks on which of four levels an actor stands."""

    code: str
    levels: tuple[str, ...]
    right: int

    @property
    def subject(self) -> str:
        """What is asked and answered, the same for the same question."""
        return f"level {self.code} {self.levels[self.right]}"


@dataclass(frozen=True, slots=True)
class ActorQuestion:
    """Asks who of four stands on a level."""

    level: str
    codes: tuple[str, ...]
    levels: tuple[str, ...]
    """The level of each."""
    right: int

    @property
    def subject(self) -> str:
        """What is asked and answered, the same for the same question."""
        return f"actor {self.level} {self.codes[self.right]}"


@dataclass(frozen=True, slots=True)
class OrderQuestion:
    """Asks which of four things happened first."""

    told: tuple[ActorFact, ...]
    right: int

    @property
    def subject(self) -> str:
        """What is asked and answered, the same for the same question."""
        refs = sorted(f"{each.code}/{each.fact.ref}" for each in self.told)
        return f"order {' '.join(refs)}"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a claim of a forecast came to for one actor, and the fact that settled
    it.
    """

    code: str
    outcome: Outcome
    """``hit``, ``half`` or ``miss``."""
    fact: Fact


@dataclass(frozen=True, slots=True)
class ForecastQuestion:
    """Asks for whom of four a forecast came true, or did not."""

    forecast: str
    came_true: bool
    settled: tuple[Settled, ...]
    right: int

    @property
    def subject(self) -> str:
        """What is asked and answered, the same for the same question."""
        code = self.settled[self.right].code
        return f"forecast {self.forecast} {self.came_true} {code}"


Question: TypeAlias = (
    BallotQuestion | LevelQuestion | ActorQuestion | OrderQuestion | ForecastQuestion
)


class Asked(NamedTuple):
    """A question and its id."""

    id: QuestionId
    question: Question

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits, the same whenever the same is asked."""
        return hashlib.sha256(self.question.subject.encode()).hexdigest()[:16]
