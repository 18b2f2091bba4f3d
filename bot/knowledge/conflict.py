"""The question of a base: its sides and levels, what a deed is worth, and the rules by
which deeds and votes name a level.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from bot.knowledge.values import (
    STRICT,
    Ballot,
    Code,
    HintLine,
    LengthRule,
    Line,
    MenuLine,
    NumberRule,
    Scale,
    ShortLine,
    ShortName,
    Slug,
    Standing,
    Url,
    When,
)

NEUTRAL = "neutral"
MOST_DEEDS = 25
"""Kinds of deed at most: what one menu of Discord holds."""
Tone = Literal[
    "first-strong",
    "first",
    "first-weak",
    "middle",
    "second-weak",
    "second",
    "second-strong",
]
"""How a level looks, from the first side's end of the scale to the second's."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides."""

    id: Slug
    """The word by which files name the side."""
    name: Line
    """What readers call it."""
    sign: Literal[-1, 1]
    """-1 for the side that is drawn first, 1 for the other."""
    code: Code
    """The code of the belligerent that leads it."""


@dataclass(frozen=True, slots=True)
class Level:
    """One answer to the question."""

    id: Slug
    """The word by which rules name the level."""
    name: Line
    """What readers call it."""
    toward: Slug
    """The side that it is a level of, by the side's id, or `neutral`."""
    reason: Line
    """What it means, in a sentence."""
    tone: Tone | None = None
    """The colour and pattern in which the level is shown; by its place between the
    sides if left out.
    """


@dataclass(frozen=True, slots=True)
class Worth:
    """A number and why it is that number."""

    points: Annotated[float, NumberRule(ge=-1, le=2)]
    """The number."""
    reason: Line
    """Why."""


@dataclass(frozen=True, slots=True)
class Pillar:
    """A field of conduct, such as military."""

    name: Line
    """What readers call it."""
    share: Annotated[float, NumberRule(gt=0, le=1)]
    """Its share of the mean of the pillars; all shares add up to 1."""
    reason: Line
    """Why it weighs what it weighs."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of act."""

    name: MenuLine
    """What a moderator picks from a menu."""
    about: HintLine
    """What belongs there."""
    pillar: Slug
    """The pillar that it counts in."""
    points: Annotated[float, NumberRule(ge=0, le=1)]
    """What one act of the usual scale brings to its pillar."""
    at_most: Annotated[float, NumberRule(ge=0, le=1)]
    """What all acts of this kind for one side bring together at most."""
    phrase: Line
    """How a verdict says it of an actor; `{side}` is the side that the deed favours,
    `{opponent}` the other.
    """
    short: ShortName = ""
    """What was done in at most 24 characters, without a side's name, which stands
    before it on a card; left out, the name says it.
    """
    words: tuple[Line, ...] = ()
    """Other words by which a search finds acts of this kind."""
    lapses_after_years: Annotated[float, NumberRule(gt=0, le=100)] | None = None
    """Years for which an act counts; left out, it counts until it ends."""
    decides: bool = False
    """Whether one act of this kind can make an ally."""
    said: bool = False
    """Whether it is something said rather than done; a brief shows it as the actor's
    own words.
    """


@dataclass(frozen=True, slots=True)
class Body:
    """A body that votes."""

    name: Line
    """Its full name."""
    short: ShortLine
    """What readers call it."""


@dataclass(frozen=True, slots=True)
class Record:
    """How roll calls become one number in [-1, 1]: the voting record."""

    ballots: dict[Ballot, Worth]
    """What each ballot brings for the side that a yes favours."""
    half_life_years: Annotated[float, NumberRule(gt=0)]
    """A roll call weighs half as much as one held so many years later."""
    pillar: Slug
    """The pillar beside which the votes are shown."""
    share: Annotated[float, NumberRule(ge=0, le=2)]
    """The balance is this share of the record plus the mean of the pillars."""
    alone: Annotated[float, NumberRule(ge=0, le=3)]
    """For an actor without a record, the balance is the mean of the pillars times
    this.
    """
    reason: Line
    """How it works, in a sentence."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold for a rule; every condition that is given, seen from the rule's
    side.
    """

    deciding: bool = False
    """A live act of a kind that decides, or of one of `deeds`; not of token scale."""
    deeds: tuple[Slug, ...] = ()
    """A live act of one of these kinds for the rule's side."""
    without: tuple[Slug, ...] = ()
    """No live act of any of these kinds for the other side."""
    mean: Annotated[float, NumberRule(ge=0, le=1)] | None = None
    """The mean of the pillars favours the side by more than this."""
    record: Annotated[float, NumberRule(ge=-1, le=1)] | None = None
    """The voting record favours the side by at least this."""
    record_or_none: bool = False
    """`record` also holds for an actor that has no voting record."""
    outright: Annotated[float, NumberRule(gt=0, le=1)] | None = None
    """At least this share of the record's ballots was cast outright for the side."""
    balance: Annotated[float, NumberRule(ge=0, le=2)] | None = None
    """The balance of votes and deeds favours the side by at least this."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of conduct: the first whose conditions hold names the level."""

    id: Slug
    """The word by which it is called."""
    level: Slug
    """The level that it names."""
    sentence: Line
    """What it says, to a reader; `{side}` is the level's side, `{opponent}` the other.
    """
    when: Conditions = Conditions()
    """What must hold; without conditions it always holds."""
    contradicted: Slug | None = None
    """The level that it names instead where conduct contradicts."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """When conduct for the other side takes a level away."""

    points: Annotated[float, NumberRule(gt=0)]
    """From so many points of live deeds for the other side on."""
    sentence: Line
    """What it says, to a reader; `{side}` is the side of the level that is taken away,
    `{opponent}` the other.
    """


@dataclass(frozen=True, slots=True)
class Ranking:
    """Actors in the order of a figure that their parts in measures have."""

    id: Slug
    """The word by which it is asked for, such as `aid`."""
    name: Line
    """What is ranked, to a reader."""
    unit: Line
    """What the figures are, written after a number."""
    about: Line
    """Where the figures come from and what they leave out, to a reader."""
    measures: Annotated[tuple[Slug, ...], LengthRule(1)]
    """The measures whose parts' figures are added up, by their ids."""


@dataclass(frozen=True, slots=True)
class Times:
    """How readers are told of the time before and after the day on which it began;
    each is a phrase of its own, for languages join such phrases differently.
    """

    before: ShortLine = "before it began"
    """Said of roll calls held before that day: "in 3 of 4 roll calls …"."""
    during: ShortLine = "since it began"
    """The same of roll calls held since."""
    since: ShortLine = "Since it began"
    """The heading over what has changed since that day."""
    begins: ShortLine = "it begins"
    """Stands beside that day in a picture."""
    not_begun: Line = "It had not begun on that day."
    """Said of a day before it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The question: who the sides are, what a deed is worth, where a level begins."""

    __pydantic_config__ = STRICT

    id: Slug
    """The word by which the conflict is called."""
    name: Line
    """What readers call it."""
    question: Line
    """What Ally answers."""
    began: When
    """The day on which it began."""
    first_day: When
    """The first day that the base speaks of; earlier days are refused."""
    reviewed: When
    """When somebody last held the file against its sources."""
    naming: Line
    """What the names of actors do not say."""
    sides: Annotated[tuple[Side, ...], LengthRule(2, 2)]
    """The two sides."""
    parties: tuple[Code, ...]
    """The belligerents: they have no level."""
    pillars: Annotated[dict[Slug, Pillar], LengthRule(1, 6)]
    """The fields of conduct, in the order in which they are shown."""
    deeds: Annotated[dict[Slug, Deed], LengthRule(1, MOST_DEEDS)]
    """The kinds of act, in the order in which they are offered."""
    scales: dict[Scale, Worth]
    """What a scale multiplies an act's points by."""
    standings: dict[Standing, Worth]
    """What a seat's standing multiplies its points by."""
    record: Record
    """How votes count."""
    rules: Annotated[tuple[Rule, ...], LengthRule(1)]
    """The rules of conduct, in the order in which they are asked."""
    contradiction: Contradiction
    """When conduct takes a level away."""
    levels: Annotated[tuple[Level, ...], LengthRule(3, 9)]
    """The answers, from the first side's farthest to the other's."""
    party: Line
    """What a belligerent is called."""
    unknown: Line
    """What is said of an actor of whom nothing is known."""
    bodies: dict[Slug, Body] = field(default_factory=dict[str, Body])
    """The bodies that vote."""
    borders: Line | None = None
    """Stands under every map: where the borders come from and how they are drawn."""
    method: Url | None = None
    """The public page that explains how a level is found, if there is one; /about links
    to it.
    """
    times: Times = Times()
    """How the time before and after `began` is spoken of."""
    examples: tuple[Code, ...] = ()
    """Actors that the help page and the commands' texts ask about, in the order of the
    help page's lines; the first of the base if left out.
    """
    example_vote: Slug | None = None
    """The roll call, by its id, that help and the commands' texts ask about; the first
    since `began` if left out.
    """
    example_bloc: Slug | None = None
    """The bloc, by its id, that the commands' texts ask about; the first if left
    out.
    """
    leading_forecast: Slug | None = None
    """The forecast, by its id, that is told first; the oldest if left out."""
    rankings: tuple[Ranking, ...] = ()
    """What actors can be ranked by."""

    def sign(self, toward: str) -> int:
        """+1 or -1 for a side's id, 0 for neutral."""
        for side in self.sides:
            if side.id == toward:
                return side.sign
        return 0

    def side(self, sign: float) -> Side:
        """The side on this sign's half of the scale; KeyError for zero."""
        for side in self.sides:
            if side.sign * sign > 0:
                return side
        raise KeyError(sign)

    def level(self, level: str) -> Level:
        """A level by its id; KeyError if there is none."""
        for each in self.levels:
            if each.id == level:
                return each
        raise KeyError(level)
