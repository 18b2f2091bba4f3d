"""The knowledge base as immutable, validated documents, one class per kind of file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from bot.knowledge.values import (
    STRICT,
    Ballot,
    Code,
    Grade,
    Kind,
    LengthRule,
    Line,
    NumberRule,
    Outcome,
    Ref,
    Scale,
    ShortLine,
    ShortName,
    Slug,
    Standing,
    Url,
    When,
)


@dataclass(frozen=True, slots=True)
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
    grade: Grade = "plain"
    """`official`: the actor's own record or an international body's; `quality`: a news
    agency or a well-known paper; `plain`: any other page; `weak`: state media, a blog,
    an aggregator or a copy, shown with a mark.
    """

    @property
    def official(self) -> bool:
        """Whether it is the actor's own record or an international body's."""
        return self.grade == "official"

    @property
    def weak(self) -> bool:
        """Whether it is state media, a blog, an aggregator or a copy."""
        return self.grade == "weak"


Sources = Annotated[tuple[Source, ...], LengthRule(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dated fact about one country: what it did, and whom that favours."""

    __pydantic_config__ = STRICT

    id: Slug
    """Made of words, unique within the country, and never changed."""
    date: When
    """The day, month or year from which it holds."""
    until: When | None = None
    """The day on which it ended, was reversed or dropped."""
    toward: Slug
    """The side that it favours, by the side's id, or `neutral`."""
    deed: Slug | None = None
    """What kind of act it is, one of the conflict's `deeds`; left out, the fact is
    shown and not counted.
    """
    scale: Scale = "usual"
    """`token`, `usual` or `large`: how much of its kind it is."""
    part_of: Slug | None = None
    """The id of a measure or bloc whose list tells the same deed of this actor: the two
    are told once, with this sentence and this date.
    """
    claim: Line
    """One neutral sentence."""
    phrase: ShortLine | None = None
    """The same in at most 40 characters for a card, without the actor's name, such as
    "Closed its embassy there"; left out, its kind of deed is named there.
    """
    sources: Sources
    """Where it was read; at least one."""


@dataclass(frozen=True, slots=True)
class NamesOf:
    """An actor's names; all others are found by its code."""

    short: Line
    """What people call it, as Unicode CLDR has it in English."""
    official: Line | None = None
    """What it calls itself, in English."""


@dataclass(frozen=True, slots=True)
class Override:
    """A server's own judgement, shown beside the computed level and never instead of
    it.
    """

    __pydantic_config__ = STRICT

    level: Slug
    """The id of one of the conflict's levels."""
    date: When
    """The day, month or year from which it holds."""
    reason: Line
    """Why, in one sentence."""
    sources: Sources
    """Where the reason was read; at least one."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or another actor: its names, a summary that its facts bear out, and its
    events.
    """

    __pydantic_config__ = STRICT

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
    ballots_since: When | None = None
    """The day on which those who rule now came to power, where they do not stand for
    what the government before them voted: from it on, ballots cast before it are shown
    and not counted. One of its events has to begin or end on that day.
    """
    override: Override | None = None
    """For a server's own entries only; a file of the base has none."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One member's place in a bloc."""

    code: Code
    """The actor's code."""
    standing: Standing
    """How it sits there."""
    cite: tuple[Slug, ...]
    """Keys of the bloc's `sources`; at least one."""
    since: When
    """The day from which the seat is held; what the source cannot date holds from the
    day on which the source was written, and `note` says so.
    """
    until: When | None = None
    """The day on which the seat was given up."""
    note: Line | None = None
    """What a reader should know of this seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """A group of actors with seats. A seat explains; only deeds decide."""

    __pydantic_config__ = STRICT

    id: Slug
    """The file's name without its ending."""
    name: Line
    """What the bloc calls itself."""
    phrase: ShortLine | None = None
    """What full members are, in at most 40 characters for a card and without the
    actor's name, such as "In a customs union with them".
    """
    aliases: tuple[Line, ...] = ()
    """Other names and abbreviations that people type for it, in any language."""
    deed: Slug | None = None
    """The kind of deed that a seat counts as; left out, seats carry no points."""
    toward: Slug
    """The side that a seat favours, by the side's id, or `neutral`."""
    reviewed: When
    """When somebody last held the file against its sources."""
    sources: dict[Slug, Source]
    """The pages that the seats cite, by key."""
    members: tuple[Seat, ...]
    """The seats, past ones too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One actor's part in a measure."""

    code: Code
    """The actor's code."""
    date: When
    """The day, month or year from which it holds; never the day of a tally."""
    until: When | None = None
    """The day on which it ended, was reversed or dropped."""
    detail: Line
    """What this actor did, in a few words."""
    cite: tuple[Slug, ...]
    """Keys of the measure's `sources`; at least one."""
    toward: Slug | None = None
    """The side that it favours, only where it is not the measure's."""
    scale: Scale = "usual"
    """`token`, `usual` or `large`: how much of its kind it is."""
    deed: Slug | None = None
    """What kind of act it is, only where it is not the measure's."""
    figure: Annotated[float, NumberRule(gt=0, le=1_000_000_000_000)] | None = None
    """How much it was, in the unit of the `ranking` that names the measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The same deed by many actors, as one list."""

    __pydantic_config__ = STRICT

    id: Slug
    """The file's name without its ending."""
    name: Line
    """What a reader would call it, such as "Sanctions"."""
    phrase: ShortLine | None = None
    """What each actor in it did, in at most 40 characters for a card and without the
    actor's name, such as "Closed its ports to their ships".
    """
    deed: Slug | None = None
    """What kind of act it is, one of the conflict's `deeds`; left out, the parts are
    shown and not counted.
    """
    toward: Slug
    """The side that it favours, by the side's id, or `neutral`."""
    part_of: Slug | None = None
    """Another measure's id: the parts are details of the same deed, and are not counted
    beside it.
    """
    sums: bool = False
    """Whether each part is a sum of many deeds, as a tracker counts them in a year: no
    event tells the same deed.
    """
    reviewed: When
    """When somebody last held the file against its sources."""
    scope: Line | None = None
    """How far the list goes, where it is not complete: one sentence, such as "Names 29
    of about 40 states."; left out, the list is meant to be full.
    """
    sources: dict[Slug, Source]
    """The pages that the parts cite, by key."""
    parts: tuple[Part, ...]
    """Who took part, and since when."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenFor:
    """Why a ballot was not cast for those who rule the state."""

    reason: Line
    """Who cast it, in one sentence."""
    sources: Sources
    """Where that was read; at least one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One roll call."""

    __pydantic_config__ = STRICT

    id: Slug
    """The file's name without its ending."""
    symbol: Line
    """The text's official number."""
    title: Line
    """The text's official title."""
    short: ShortName = ""
    """A short name of at most 24 characters, such as "Ceasefire"."""
    body: Slug | None = None
    """The body that voted, one of the conflict's `bodies`."""
    date: When
    """The day of the vote."""
    toward: Slug
    """The side that a yes favours, by the side's id."""
    partial: bool = False
    """Whether only some of the votes are known: shown, and not counted."""
    tally: Tally
    """The official count."""
    outcome: Outcome | None = None
    """What came of the vote, where the symbol, a complete count or the sources tell:
    a resolution's symbol, such as A/RES/… or S/RES/…, is given to adopted texts alone.
    """
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
    spoken_for: dict[Code, SpokenFor] = field(default_factory=dict[Code, SpokenFor])
    """By code, ballots cast by the envoy of a government that no longer ruled: they
    are shown, and not counted as the actor's conduct.
    """
    note: Line | None = None
    """What a reader should know of this roll call."""

    def roll(self, ballot: Ballot) -> tuple[str, ...]:
        """The codes of those who cast this ballot."""
        return getattr(self, ballot)


@dataclass(frozen=True, slots=True)
class Named:
    """One claim of a forecast, about one actor or one bloc; ``code`` or ``bloc``, not
    both.
    """

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
    subject: tuple[Slug, ...] = ()
    """The kinds of deed that were forecast: one of them, done for that side after the
    forecast or before it and still counted, makes it true. Left out, any side-taking
    was meant, and the level decides.
    """
    because: Ref | None = None
    """The fact that settled it, of the actor: an event's id, or vote:…, bloc:…,
    measure:….
    """
    did: Line | None = None
    """What came of it, in a sentence."""
    did_not: Line | None = None
    """What did not come of it, in a sentence."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was foretold, where and when."""

    __pydantic_config__ = STRICT

    id: Slug
    """The file's name without its ending."""
    date: When
    """The day on which it was published."""
    source: Source
    """The page that foretold."""
    named: tuple[Named, ...]
    """Its claims, one an actor or bloc."""


Document = Country | Bloc | Vote | Measure | Forecast
"""What a file in one of the base's folders is read as."""

DOCUMENTS: dict[str, type[Document]] = {
    "countries": Country,
    "blocs": Bloc,
    "votes": Vote,
    "measures": Measure,
    "forecasts": Forecast,
}
"""Folder to the class that its files are read as; `conflict.yaml` has its own in
`bot.knowledge.conflict`.
"""
