"""The knowledge base as immutable, validated documents, one class per kind of file."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.dataclasses import dataclass
from pydantic.json_schema import WithJsonSchema

from bot.knowledge import addresses
from bot.knowledge.dates import PartialDate

STRICT = ConfigDict(
    extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
)
_CONTROL = re.compile("[\x00-\x1f\x7f\u0085\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
CODE = r"^([A-Z]{2}|[a-z][a-z0-9]*(-[a-z0-9]+)+|[a-z]{5,30})$"

Pillar = Literal["military", "diplomatic", "economic"]
Weight = Literal["decisive", "major", "notable", "minor"]
Standing = Literal["member", "partner", "observer", "frozen", "suspended", "left"]
Ballot = Literal["yes", "no", "abstain", "absent"]
Kind = Literal["state", "observer", "partially-recognised", "breakaway"]
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
BALLOTS: tuple[Ballot, ...] = ("yes", "no", "abstain", "absent")


def _read_date(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str | int) and not isinstance(value, bool):
        return PartialDate.parse(value)
    msg = "a date is written 2022, 2022-03 or 2022-03-02"
    raise ValueError(msg)


def _one_line(value: str) -> str:
    if _CONTROL.search(value):
        msg = "text stands on one line, without control characters"
        raise ValueError(msg)
    if _INVISIBLE.search(value):
        msg = "text has no invisible or direction-changing characters"
        raise ValueError(msg)
    if value != value.strip() or not value:
        msg = "text is not empty and has no blanks around it"
        raise ValueError(msg)
    return value


When = Annotated[
    PartialDate,
    BeforeValidator(_read_date),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": DATE,
            "examples": ["2022-02-24", "2022-02", 2022],
        }
    ),
]
Line = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(_one_line)]
Url = Annotated[
    str,
    Field(max_length=addresses.MOST, json_schema_extra={"format": "uri"}),
    AfterValidator(addresses.web_address),
]
Code = Annotated[str, Field(pattern=CODE, max_length=60, examples=["BY", "donetsk-pr"])]
Ref = Annotated[str, Field(max_length=80)]
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Source:
    """Where a fact was read."""

    publisher: Line
    """Who published the page."""
    title: Line
    """The page's own title."""
    url: Url
    """The page's address: public, and no invite to a server."""
    published: When | None = None
    """When the page was published; never the day on which the fact began to hold."""
    official: bool = False
    """The actor's own record or an international body's."""
    weak: bool = False
    """State media, a blog, an aggregator or a copy: shown with a mark."""


Sources = Annotated[tuple[Source, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Event:
    """One dated fact about one country."""

    id: Slug
    """Made of words, unique within the country, and never changed."""
    date: When
    """The day, month or year from which it holds."""
    toward: Slug
    """The side that it favours, by the side's id, or `neutral`."""
    pillar: Pillar
    """The pillar that it counts in."""
    weight: Weight
    """How much it counts."""
    claim: Line
    """One neutral sentence."""
    sources: Sources
    """Where it was read; at least one."""
    until: When | None = None
    """The day on which it ended, was reversed or dropped."""


@dataclass(frozen=True, slots=True, config=STRICT)
class NamesOf:
    """An actor's names; all others are found by its code."""

    short: Line
    """What people call it, as Unicode CLDR has it in English."""
    official: Line | None = None
    """What it calls itself, in English."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Override:
    """A server's own judgement, shown beside the computed level and never instead of
    it.
    """

    level: Slug
    """The id of one of the conflict's levels."""
    date: When
    """The day, month or year from which it holds."""
    reason: Line
    """Why, in one sentence."""
    sources: Sources
    """Where the reason was read; at least one."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Country:
    """A country or another actor: its names, a summary that its facts bear out, and its
    events.
    """

    code: Code
    """ISO 3166-1's two capitals, or words with hyphens for an actor without one."""
    kind: Kind
    """What it is to the United Nations; it says nothing about what it should be."""
    names: NamesOf
    """What it is called."""
    reviewed: When
    """When somebody last held the file against its sources."""
    aliases: tuple[Line, ...] = ()
    """Other names that people type for it."""
    summary: Line | None = None
    """What a reader should know first, in one sentence."""
    summary_facts: tuple[Ref, ...] = ()
    """Events' ids, or vote:…, bloc:…, measure:…, that bear the summary out."""
    events: tuple[Event, ...] = ()
    """Its dated facts, past ones too."""
    override: Override | None = None
    """For a server's own entries only; a file of the base has none."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Seat:
    """One member's place in a bloc."""

    code: Code
    """The actor's code."""
    standing: Standing
    """How it sits there."""
    cite: tuple[Slug, ...]
    """Keys of the bloc's `sources`; at least one."""
    since: When | None = None
    """The day from which the seat is held."""
    until: When | None = None
    """The day on which the seat was given up."""
    note: Line | None = None
    """What a reader should know of this seat."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Bloc:
    """A group of actors with seats."""

    id: Slug
    """The file's name without its ending."""
    name: Line
    """What the bloc calls itself."""
    pillar: Pillar
    """The pillar that a seat counts in."""
    toward: Slug
    """The side that a seat favours, by the side's id, or `neutral`."""
    weight: Weight
    """How much a seat counts."""
    reviewed: When
    """When somebody last held the file against its sources."""
    sources: dict[Slug, Source]
    """The pages that the seats cite, by key."""
    members: tuple[Seat, ...]
    """The seats, past ones too."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Part:
    """One country's part in a measure; weight and side only where they differ from the
    measure's.
    """

    code: Code
    """The actor's code."""
    date: When
    """The day, month or year from which it holds; never the day of a tally."""
    detail: Line
    """What this actor did, in a few words."""
    cite: tuple[Slug, ...]
    """Keys of the measure's `sources`; at least one."""
    until: When | None = None
    """The day on which it ended, was reversed or dropped."""
    toward: Slug | None = None
    """The side that it favours, only where it is not the measure's."""
    weight: Weight | None = None
    """How much it counts, only where it is not the measure's."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Measure:
    """The same act by many actors, as one list."""

    id: Slug
    """The file's name without its ending."""
    name: Line
    """What a reader would call it, such as "Sanctions on Russia"."""
    pillar: Pillar
    """The pillar that a part counts in."""
    toward: Slug
    """The side that it favours, by the side's id, or `neutral`."""
    weight: Weight
    """How much a part counts."""
    reviewed: When
    """When somebody last held the file against its sources."""
    sources: dict[Slug, Source]
    """The pages that the parts cite, by key."""
    parts: tuple[Part, ...]
    """Who took part, and since when."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Tally:
    """The official count of a roll call."""

    yes: int
    """Votes in favour."""
    no: int
    """Votes against."""
    abstain: int
    """Abstentions."""
    absent: int
    """Members that cast no vote."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Vote:
    """One roll call; ``toward`` is the side that a yes favours, ``tally`` the official
    count.
    """

    id: Slug
    """The file's name without its ending."""
    symbol: Line
    """The text's official number."""
    title: Line
    """The text's official title."""
    date: When
    """The day of the vote."""
    toward: Slug
    """The side that a yes favours, by the side's id."""
    tally: Tally
    """The official count."""
    sources: Sources
    """Where the roll was read; at least one."""
    yes: tuple[Code, ...]
    """Who voted in favour."""
    no: tuple[Code, ...]
    """Who voted against."""
    abstain: tuple[Code, ...]
    """Who abstained."""
    absent: tuple[Code, ...]
    """Who cast no vote."""
    note: Line | None = None
    """What a reader should know of this roll call."""

    def roll(self, ballot: Ballot) -> tuple[str, ...]:
        """The codes of those who cast this ballot."""
        return getattr(self, ballot)


@dataclass(frozen=True, slots=True, config=STRICT)
class Named:
    """One actor that a forecast named; ``code`` or ``bloc``, not both."""

    expected: Line
    """What the forecast said."""
    toward: Slug
    """The side that it expected the actor on, by the side's id."""
    strength: Literal["likely", "possible", "stated"]
    """How firmly it was said."""
    code: Code | None = None
    """The actor's code."""
    bloc: Slug | None = None
    """The bloc's id; its full members on the forecast's day are meant."""
    because: str | None = None
    """Why it came out as it did: an event id or vote:…, bloc:…, measure:… of the actor.
    """


@dataclass(frozen=True, slots=True, config=STRICT)
class Forecast:
    """What was foretold, where and when."""

    id: Slug
    """The file's name without its ending."""
    date: When
    """The day on which it was published."""
    source: Source
    """The page that foretold."""
    named: tuple[Named, ...]
    """Its claims, one an actor or bloc."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Side:
    id: Slug
    name: Line
    sign: Literal[-1, 1]
    code: Code


@dataclass(frozen=True, slots=True, config=STRICT)
class Level:
    id: Slug
    name: Line
    from_: Annotated[float, Field(ge=-1, le=1, alias="from")]
    reason: Line
    tone: Tone | None = None
    """The colour and pattern in which the level is shown; by its place between the
    sides if left out.
    """


@dataclass(frozen=True, slots=True, config=STRICT)
class Worth:
    points: Annotated[float, Field(ge=-1, le=1)]
    reason: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class PillarOf:
    name: Line
    share: Annotated[float, Field(gt=0, le=1)]
    reason: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class Recency:
    half_life_years: Annotated[float, Field(gt=0)]
    ceiling: Annotated[float, Field(gt=0, le=1)]
    full_after: Annotated[float, Field(gt=0)]
    reason: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class Known:
    facts: Annotated[int, Field(ge=1)]
    reason: Line


@dataclass(frozen=True, slots=True, config=STRICT)
class Conflict:
    """The question: who the sides are, what a fact is worth, where a level begins."""

    id: Slug
    name: Line
    question: Line
    began: When
    reviewed: When
    naming: Line
    sides: Annotated[tuple[Side, ...], Field(min_length=2, max_length=2)]
    parties: tuple[Code, ...]
    pillars: dict[Pillar, PillarOf]
    weights: dict[Weight, Worth]
    standings: dict[Standing, Worth]
    ballots: dict[Ballot, Worth]
    recency: Recency
    known: Known
    levels: Annotated[tuple[Level, ...], Field(min_length=5, max_length=5)]
    party: Line
    unknown: Line
    first_day: When | None = None
    """The day on which the base, and with it a course over time, begins."""
    borders: Line | None = None
    """Stands under every map: where the borders come from and how they are drawn."""
    examples: tuple[Code, ...] = ()
    """Actors that the help page asks about, in the order of its lines; the first of
    the base if left out.
    """

    def sign(self, toward: str) -> int:
        """+1 or -1 for a side's id, 0 for neutral."""
        return next((side.sign for side in self.sides if side.id == toward), 0)


DOCUMENTS: dict[str, Any] = {
    "countries": Country,
    "blocs": Bloc,
    "votes": Vote,
    "measures": Measure,
    "forecasts": Forecast,
    "conflict": Conflict,
}
"""Folder (or file stem) to the class that its files are read as."""
