"""The kinds of things that a channel may follow.

Another kind is added by a class of its own: one that is about actors says about which
(`ActorsKind`) and stands in ``KINDS``; one that makes its own message
(`OwnMessageKind`) belongs to the feature whose message that is, and the client adds it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.alignment.cohesion import members
from bot.answers import base_words
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.answers.where import levels_of
from bot.knowledge.facts import Base
from bot.names.choose import Choice
from bot.store.follows import How


@dataclass(frozen=True, slots=True)
class ServerDay:
    """What a server sees on a day, in its words."""

    guild: int
    base: Base
    texts: Texts
    today: date
    last: str = ""
    """The mark of the last message of its own that the channel was told; empty for
    none.
    """


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message that a kind makes itself, and a word by which it knows it again."""

    answer: Answer
    mark: str


class FollowKind(ABC):
    """A kind of follow. ``key`` says what of the kind; empty for a kind with one thing
    alone.
    """

    id: ClassVar[str]
    """What a follow begins with in the database; a small word."""
    cadences: ClassVar[tuple[How, ...]] = ("once", "daily", "weekly")
    """How its followers may be told."""

    @abstractmethod
    def choices(self, base: Base, texts: Texts) -> Sequence[Choice]:
        """What can be followed: keys and words. Countries are offered by their names
        instead.
        """

    @abstractmethod
    def name(self, key: str, base: Base, texts: Texts) -> str:
        """What is followed, in words; KeyError for what there is no longer."""


class ActorsKind(FollowKind):
    """A kind that is about actors: it is told what is new about them."""

    tells_editions: ClassVar[bool] = False
    """Whether a new edition of the base is news by itself."""

    @abstractmethod
    def kept(self, key: str, base: Base, on: date) -> Collection[str]:
        """The actors whose levels are remembered; KeyError as ``name``."""

    def about(
        self, key: str, base: Base, then: Mapping[str, str], now: Mapping[str, str]
    ) -> Collection[str]:
        """The actors that are told of, by the levels that were told and those now."""
        del key, base, then
        return now.keys()


class OwnMessageKind(FollowKind):
    """A kind that makes a message of its own, alone in its message."""

    @abstractmethod
    async def message(self, key: str, scene: ServerDay) -> OwnMessage | None:
        """The message for a day; None if there is none. StoreError lets it be tried
        again soon.
        """

    @abstractmethod
    def promise(self, when: str, texts: Texts) -> str:
        """What a channel is told that it will get; ``when`` in words."""


class EverythingKind(ActorsKind):
    """Every actor, every roll call, every edition."""

    id = "everything"
    tells_editions = True

    def choices(self, base: Base, texts: Texts) -> Sequence[Choice]:
        """The one choice."""
        return [(self.id, self.name("", base, texts))]

    def name(self, key: str, base: Base, texts: Texts) -> str:
        """In words."""
        del key, base
        return texts("Everything")

    def kept(self, key: str, base: Base, on: date) -> Collection[str]:
        """Everybody."""
        del key, on
        return base.countries.keys()


class SideKind(ActorsKind):
    """Who stands on a side, or did when it was last told."""

    id = "side"

    def choices(self, base: Base, texts: Texts) -> Sequence[Choice]:
        """Both sides."""
        return [
            (f"{self.id}:{side.id}", self.name(side.id, base, texts))
            for side in base.conflict.sides
        ]

    def name(self, key: str, base: Base, texts: Texts) -> str:
        """In words."""
        sides = {side.id: side for side in base.conflict.sides}
        side = base_words.side_name(sides[key], texts)
        return texts("On the side of {side}", side=side)

    def kept(self, key: str, base: Base, on: date) -> Collection[str]:
        """Everybody: who comes and goes is news."""
        levels_of(key, base)
        del on
        return base.countries.keys()

    def about(
        self, key: str, base: Base, then: Mapping[str, str], now: Mapping[str, str]
    ) -> Collection[str]:
        """Who stands there now, and who did."""
        there = levels_of(key, base)
        return [code for code in now if {now[code], then.get(code)} & set(there)]


class BlocKind(ActorsKind):
    """The members of a bloc."""

    id = "bloc"

    def choices(self, base: Base, texts: Texts) -> Sequence[Choice]:
        """Every bloc."""
        return [(f"{self.id}:{key}", self.name(key, base, texts)) for key in base.blocs]

    def name(self, key: str, base: Base, texts: Texts) -> str:
        """In words."""
        return base_words.bloc_name(base.blocs[key], texts)

    def kept(self, key: str, base: Base, on: date) -> Collection[str]:
        """Who has a seat on the day."""
        seats = members(base.blocs[key], on=on, full=False)
        return [seat.code for seat in seats if seat.code in base.countries]


class CountryKind(ActorsKind):
    """One actor."""

    id = "country"

    def choices(self, base: Base, texts: Texts) -> Sequence[Choice]:
        """None: actors are offered by all of their names."""
        del base, texts
        return ()

    def name(self, key: str, base: Base, texts: Texts) -> str:
        """In words."""
        if key not in base.countries:
            raise KeyError(key)
        return texts.name(key)

    def kept(self, key: str, base: Base, on: date) -> Collection[str]:
        """The actor."""
        del on
        if key not in base.countries:
            raise KeyError(key)
        return (key,)


KINDS: tuple[FollowKind, ...] = (
    EverythingKind(),
    SideKind(),
    BlocKind(),
    CountryKind(),
)
"""Every kind, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A kind and what of it."""

    kind: FollowKind
    key: str

    @property
    def what(self) -> str:
        """As the database has it."""
        return f"{self.kind.id}:{self.key}" if self.key else self.kind.id

    def name(self, base: Base, texts: Texts) -> str:
        """In words; as the database has it for what there is no longer."""
        try:
            return self.kind.name(self.key, base, texts)
        except KeyError:
            return self.what


def followed(what: str, kinds: Sequence[FollowKind]) -> Followed | None:
    """What a follow of the database is about; None for a kind that this program does
    not know.
    """
    name, _, key = what.partition(":")
    kind = next((each for each in kinds if each.id == name), None)
    return Followed(kind, key) if kind else None
