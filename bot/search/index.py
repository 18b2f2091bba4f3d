"""An index over a base's facts and roll calls, in memory: which of them have a word,
and what each is worth for it (Okapi BM25, worked out beforehand).
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import NamedTuple, TypeAlias

from bot.knowledge.conflict import Conflict
from bot.knowledge.dates import PartialDate
from bot.knowledge.documents import Source, Vote
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.search.words import LIGHT, stem, terms_of, words_of

_SATURATION, _LENGTH = 1.2, 0.5
"""BM25's k1 and b: how little a word's second occurrence adds, and how much a long text
is held back (Robertson and Zaragoza 2009, who advise 1.2 to 2 and 0.5 to 0.8).
"""
_TEXT, _LIST, _DEED, _ACTOR, _LIKE = 1.0, 0.8, 0.8, 0.5, 0.3
"""What a word is worth in a fact's own sentence, in the name of its list, in the name
and phrase of its kind of deed, as its actor's name, and where only its kind has a word
like it.
Set so that the questions of tests/search/test_questions.py find first what they should.
"""
_SAID_BY_FEW = 5
"""In how many facts a word stands at least that means itself, as *tanks*; a rarer one
means a kind of deed that has it, as *embargo*. Those facts fill a page.
"""
_NAMED, _ALIKE = 2.0, 0.5
"""What an act gains whose kind a text names in full, and by words that are alike."""
_SIDE = 1.0
"""And what it gains where its phrase says the side that is asked for as well."""
_OF_ROLL_CALLS = "vote voted voting resolution roll call ballot abstained abstention"
"""How roll calls are asked for, in English as the facts are."""

Weights: TypeAlias = dict[str, float]
"""By stem, what a word is worth in an item: its weighted count."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is found: an actor's fact, or a roll call with everybody's ballots."""

    what: Fact | Vote
    code: str = ""
    """The actor's; empty for a roll call."""

    @property
    def date(self) -> PartialDate:
        """When it was done."""
        return self.what.date

    @property
    def sources(self) -> tuple[Source, ...]:
        """What it rests on."""
        return self.what.sources

    @property
    def deed(self) -> str | None:
        """Its kind of deed; None for a roll call and for what is not counted."""
        return self.what.deed if isinstance(self.what, Fact) else None

    @property
    def is_own(self) -> bool:
        """Whether a server has added it."""
        return isinstance(self.what, Fact) and self.what.own

    @property
    def key(self) -> tuple[int, str, str]:
        """By which items that are worth the same stand in order: newest first."""
        name = self.what.text if isinstance(self.what, Fact) else self.what.id
        return -self.date.first.toordinal(), self.code, name


def items_of(base: Base, codes: Iterable[str]) -> Iterator[Item]:
    """Each fact of these actors that is no ballot: whole roll calls are found."""
    for code in codes:
        for fact in base.facts(code):
            if fact.kind != "vote":
                yield Item(fact, code)


def roll_calls_of(base: Base) -> Iterator[Item]:
    """Every roll call."""
    return map(Item, base.votes.values())


class _Words:
    """The words of items of one base, each with what it is worth there; what many items
    share is read once.
    """

    def __init__(self, base: Base) -> None:
        self._base = base
        self._deeds: dict[tuple[str, str], Weights] = {}
        self._shared: dict[str, tuple[str, ...]] = {}

    def of(self, item: Item) -> Weights:
        """By each stem what it is worth in an item."""
        what = item.what
        if isinstance(what, Vote):
            return self._of_roll_call(what)
        weights: Weights = {}
        if what.deed:
            weights.update(self._of_deed(what.deed, what.toward))
        name = self._base.countries[item.code].names.short
        _add(weights, self._of_shared(name), _ACTOR)
        if what.kind == "event":
            return _add(weights, terms_of(what.text), _TEXT)
        _add(weights, self._of_shared(what.text), _LIST)
        return _add(weights, terms_of(what.detail), _TEXT)

    def _of_shared(self, text: str) -> tuple[str, ...]:
        """The stems of a list's or an actor's name."""
        kept = self._shared.get(text)
        if kept is None:
            kept = self._shared[text] = tuple(terms_of(text))
        return kept

    def _of_roll_call(self, vote: Vote) -> Weights:
        weights = _add({}, terms_of(_OF_ROLL_CALLS), _LIKE)
        if body := self._base.conflict.bodies.get(vote.body or ""):
            _add(weights, terms_of(f"{body.name} {body.short}"), _LIKE)
        named = terms_of(f"{vote.title} {vote.short} {vote.symbol}")
        return _add(weights, named, _TEXT)

    def _of_deed(self, key: str, toward: str) -> Weights:
        kept = self._deeds.get((key, toward))
        if kept is None:
            conflict = self._base.conflict
            said = terms_of(_said_of(key, toward, conflict))
            kept = self._deeds[key, toward] = _add({}, said, _DEED)
        return kept


def _add(weights: Weights, terms: Iterable[str], weight: float) -> Weights:
    """Add to weights what each of some stems is worth; returns them."""
    for term in terms:
        weights[term] = weights.get(term, 0.0) + weight
    return weights


def _said_of(key: str, toward: str, conflict: Conflict) -> str:
    """A kind of deed's name, and its phrase about a side."""
    deed, sign = conflict.deeds[key], conflict.sign(toward)
    side = opponent = ""
    if sign:
        side, opponent = conflict.side(sign).name, conflict.side(-sign).name
    return f"{deed.name} {deed.phrase.format(side=side, opponent=opponent)}"


class Kind(NamedTuple):
    """Words that name a kind of deed, and what an act of it gains by them."""

    deed: str
    terms: frozenset[str]
    gain: float


def _kinds(conflict: Conflict) -> tuple[Kind, ...]:
    kinds: list[Kind] = []
    for key, deed in conflict.deeds.items():
        kinds.append(Kind(key, frozenset(terms_of(deed.name)), _NAMED))
        words = (*deed.name.split(" or "), *deed.words)
        kinds += (Kind(key, frozenset(terms_of(each)), _ALIKE) for each in words)
    return tuple(each for each in kinds if not each.terms <= LIGHT)


class _Like(NamedTuple):
    """What a word that is like a kind of deed tells of it."""

    is_its_own: bool
    """Whether the kind is told by it (arms: *weapons*), and it is no example (*tanks*).
    """
    phrases: tuple[frozenset[str], ...]
    """The words of several in which it stands."""


def _alike(conflict: Conflict) -> dict[str, dict[str, _Like]]:
    """By stem the kinds of deed that have a word like it."""
    alike: dict[str, dict[str, _Like]] = {}
    for key, deed in conflict.deeds.items():
        about = set(terms_of(f"{deed.name} {deed.about}"))
        words = [frozenset(terms_of(each)) for each in deed.words]
        for term in frozenset[str]().union(*words):
            phrases = tuple(each for each in words if term in each and len(each) > 1)
            alike.setdefault(term, {})[key] = _Like(term in about, phrases)
    return alike


def _sides(conflict: Conflict) -> dict[tuple[str, str], frozenset[str]]:
    """By kind of deed and the side that it favours, the sides' names in its phrase."""
    names = frozenset(term for side in conflict.sides for term in terms_of(side.name))
    return {
        (key, toward): names.intersection(terms_of(_said_of(key, toward, conflict)))
        for key in conflict.deeds
        for toward in ("", *(side.id for side in conflict.sides))
    }


@dataclass(frozen=True, slots=True)
class Statistics:
    """What words are worth: how many items there are, how long they are on average,
    and how many have a word.
    """

    count: int
    length: float
    holders: Mapping[str, int]

    def worth(self, term: str) -> float:
        """How much a word tells: the rarer, the more; more than zero."""
        return self.rarity(self.holders.get(term, 0))

    def rarity(self, holders: int) -> float:
        """How much something tells that so many items have."""
        return math.log(1 + (self.count - holders + 0.5) / (holders + 0.5))


@dataclass(frozen=True, slots=True)
class Posting:
    """The places of the items that have a word, and what it is worth in each."""

    places: array[int] = field(default_factory=lambda: array("I"))
    worths: array[float] = field(default_factory=lambda: array("f"))


_NOWHERE = Posting()


class Found(NamedTuple):
    """Places of items that are found by a word, what it is worth in each, and how much
    of what was asked for they have by it.
    """

    places: Sequence[int]
    worths: Iterable[float]
    mass: float


class Index:
    """Items by their words. ``statistics`` are those of a larger index beside which
    this one is asked; its own without.
    """

    def __init__(
        self, base: Base, items: Sequence[Item], statistics: Statistics | None = None
    ) -> None:
        words = _Words(base)
        weights = [words.of(each) for each in items]
        self.items = tuple(items)
        self.statistics = statistics or _statistics(weights)
        self.postings = _postings(weights, self.statistics)
        self.kinds = _kinds(base.conflict)
        self._alike = _alike(base.conflict)
        self._sides = _sides(base.conflict)
        self.places_of: dict[str, list[int]] = {}
        self._acts: dict[str, array[int]] = {}
        """By kind of deed, the places of its acts."""
        for place, item in enumerate(items):
            self.places_of.setdefault(item.code, []).append(place)
            if item.deed:
                self._acts.setdefault(item.deed, array("I")).append(place)

    def has(self, term: str) -> bool:
        """Whether something is found by a stem."""
        return term in self.postings or term in self._alike

    def found_by(self, term: str, asked: frozenset[str]) -> Iterator[Found]:
        """What is found by one of the stems that are asked for: the items that have
        it, then the acts of the kinds of deed that have a word like it. Such a word
        counts in full where few say it, it says what the kind is, or all of a phrase is
        asked for; an example of a kind (tanks) does not stand for all its acts.
        """
        posting, tells = self.postings.get(term, _NOWHERE), self.statistics.worth(term)
        yield Found(posting.places, posting.worths, tells)
        if term not in self._alike:
            return
        passed = set(posting.places)
        rare = self.statistics.holders.get(term, 0) < _SAID_BY_FEW
        for deed, like in self._alike[term].items():
            places = [p for p in self._acts.get(deed, ()) if p not in passed]
            passed.update(places)
            is_meant = rare or like.is_its_own or any(p <= asked for p in like.phrases)
            worth = (_DEED if like.is_its_own else _LIKE) * tells
            yield Found(places, repeat(worth), tells if is_meant else _LIKE * tells)

    def gains(self, terms: Sequence[str]) -> dict[tuple[str, str], float]:
        """By kind of deed and side, what its acts gain because these words name it, and
        because its phrase says a side's name that is among them; a kind whose words are
        part of another's that is named (sanctions, sanctions refused) is not meant.
        """
        asked = frozenset(terms)
        named = [each for each in self.kinds if each.terms <= asked]
        gains: dict[str, float] = {}
        for kind in named:
            if not any(kind.terms < other.terms for other in named):
                gains[kind.deed] = max(kind.gain, gains.get(kind.deed, 0.0))
        return {
            (deed, toward): gain + _SIDE * (not asked.isdisjoint(sides))
            for (deed, toward), sides in self._sides.items()
            if (gain := gains.get(deed)) is not None
        }

    @cached_property
    def spellings(self) -> dict[str, str]:
        """By each stem the shortest word that has it."""
        spellings: dict[str, str] = {}
        for item in self.items:
            what = item.what
            text = (
                what.title if isinstance(what, Vote) else f"{what.text} {what.detail}"
            )
            for word in words_of(text):
                spellings[stem(word)] = min(
                    word,
                    spellings.get(stem(word), word),
                    key=lambda each: (len(each), each),
                )
        return spellings


def _statistics(weights: Sequence[Mapping[str, float]]) -> Statistics:
    holders = Counter(term for each in weights for term in each)
    length = sum(sum(each.values()) for each in weights)
    return Statistics(len(weights), length / max(1, len(weights)), holders)


def _postings(
    weights: Sequence[Mapping[str, float]], statistics: Statistics
) -> dict[str, Posting]:
    postings: dict[str, Posting] = {}
    worth_of: dict[str, float] = {}
    for place, each in enumerate(weights):
        share = sum(each.values()) / (statistics.length or 1)
        held_back = _SATURATION * (1 - _LENGTH + _LENGTH * share)
        for term, weight in each.items():
            worth = worth_of.get(term)
            if worth is None:
                worth = worth_of[term] = statistics.worth(term)
            posting = postings.get(term)
            if posting is None:
                posting = postings[term] = Posting()
            posting.places.append(place)
            gain = weight * (_SATURATION + 1) / (weight + held_back)
            posting.worths.append(worth * gain)
    return postings


def begins_within(when: PartialDate, since: date | None, until: date | None) -> bool:
    """Whether a date may lie within some days, both included; None for no end."""
    return (since is None or when.last >= since) and (
        until is None or when.first <= until
    )
