"""Finds what a question asks for, in a base or in a server's entries over it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache

from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.knowledge.likeness import most_alike
from bot.names.regions import within
from bot.search.glossary import NOTHING, Glossary, Name
from bot.search.index import Index, Item, begins_within, items_of, roll_calls_of
from bot.search.question import Named, Question
from bot.search.words import LIGHT, stem

_ENOUGH = 0.6
"""What a fact's words must be worth, of those of the best one, to be found."""
_MUCH = 0.4
"""And to be found where these are few."""
_LIGHTLY = 0.5
"""What a light verb is worth beside what was given, made or taken."""
_GLOSSARIES = 32
"""Languages of bases whose glossaries are kept."""
_OVERLAYS = 8
"""Servers whose entries stay indexed."""
_ABOUT = 0.5
"""What a name is worth in somebody else's fact."""
_VOTED = 0.7
"""What a name is worth in a roll call."""
_SHORTEST_GUESS = 4
"""Letters of a word from which a slip of the finger is looked for."""
_LIKE = 80.0
"""How alike two words must be, in percent (Indel ratio)."""
_FEW = 5
"""Actors whose ballots are found one by one."""


class _Scored(NamedTuple):
    """An item, what it is worth, and how much of what was asked for it has."""

    item: Item
    worth: float
    mass: float

    @property
    def place(self) -> tuple[float, tuple[int, str, str]]:
        """Where it stands: what differs by its length alone is as likely."""
        return -round(self.worth * 4), self.item.key


@dataclass(frozen=True, slots=True)
class _Part:
    """An index, and the places in it that are not shown."""

    index: Index
    hidden: frozenset[int] = frozenset()


class Indexes:
    """The index of the base that is served, made when it is first asked, and those of
    a few servers' entries over it. Threads may share it: one makes an index, the others
    wait for it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._shipped: Base | None = None
        self._index: Index | None = None
        self._overlays: LRUCache[str, _Part] = LRUCache(_OVERLAYS)
        self._glossaries: LRUCache[tuple[str, str], Glossary] = LRUCache(_GLOSSARIES)

    def warm(self, base: Base) -> None:
        """Make the index of a base now."""
        self._parts(base)

    def find(self, question: Question, base: Base) -> tuple[Item, ...]:
        """What a question asks for, the likeliest first, and of what is as likely the
        newest. A roll call is found as the ballots of those who are named, if few are.
        """
        parts = self._parts(base)
        scored = [each for part in parts for each in _scored(part, question)]
        best = _best(scored)
        best.sort(key=lambda each: each.place)
        return tuple(
            item for each in best for item in _ballots(each.item, question, base)
        )

    def respelt(
        self, question: Question, base: Base, glossary: Glossary = NOTHING
    ) -> Question:
        """The question with words that stand in some fact instead of those that stand
        in none: the English ones of a glossary's names, else what is spelt nearly so;
        itself where there are none to put.
        """
        parts = self._parts(base)
        read = glossary.read(question.words)
        words: list[str] = []
        for place, word in enumerate(question.words):
            if place not in read:
                words.append(_known(word, parts))
            words += read.get(place, ())
        if tuple(words) == question.words:
            return question
        terms = tuple(dict.fromkeys(map(stem, words)))
        return replace(question, words=tuple(dict.fromkeys(words)), terms=terms)

    def found(
        self, question: Question, meant: Question, base: Base
    ) -> tuple[Item, ...]:
        """What a question asks for that is meant in other words: first what a server
        has written in the question's own.
        """
        items = self.find(meant, base)
        if not base.added or question.words == meant.words:
            return items
        own = [item for item in self.find(question, base) if item.is_own]
        return tuple(dict.fromkeys((*own, *items)))

    def glossary(
        self, base: Base, locale: str, names: Callable[[], Iterable[Name]]
    ) -> Glossary:
        """The glossary of a base in a language, made of names when first asked for."""
        state = (base.under or base).state
        with self._lock:
            glossary = self._glossaries.get((state, locale))
            if glossary is None:
                glossary = Glossary(names())
                self._glossaries[state, locale] = glossary
            return glossary

    def _parts(self, base: Base) -> tuple[_Part, ...]:
        """What is to be asked for a base."""
        shipped = base.under or base
        with self._lock:
            if self._index is None or self._shipped is not shipped:
                items = [*items_of(shipped, shipped.countries), *roll_calls_of(shipped)]
                self._index, self._shipped = Index(shipped, items), shipped
                self._overlays.clear()
            if not base.added:
                return (_Part(self._index),)
            overlay = self._overlays.get(base.revision)
            if overlay is None:
                overlay = self._overlays[base.revision] = _over(self._index, base)
            return _Part(self._index, overlay.hidden), _Part(overlay.index)


def _stands_in(word: str, parts: Iterable[_Part]) -> bool:
    return any(each.index.has(stem(word)) for each in parts)


def _known(word: str, parts: Sequence[_Part]) -> str:
    """A word that stands in some fact, or is spelt like one that does; else itself."""
    if _stands_in(word, parts):
        return word
    return spelt_alike(word, parts[0].index.spellings.values()) or word


def spelt_alike(word: str, known: Iterable[str]) -> str | None:
    """The known word that a mistyped one is spelt like, if there is one."""
    if len(word) < _SHORTEST_GUESS:
        return None
    near = most_alike(word, known, _LIKE, 1)
    return near[0].text if near else None


def _over(shipped: Index, base: Base) -> _Part:
    """What a server's entries say, and which places of the shipped index they take."""
    own: list[Item] = []
    hidden: set[int] = set()
    for code in base.added:
        now = set(items_of(base, [code]))
        places = shipped.places_of.get(code, [])
        before = {shipped.items[place] for place in places}
        own += sorted(now - before, key=lambda item: item.key)
        hidden |= {place for place in places if shipped.items[place] not in now}
    return _Part(Index(base, own, shipped.statistics), frozenset(hidden))


def _passes(item: Item, question: Question, region: Collection[str] | None) -> bool:
    """Whether an item is of the side, kind, time and region that are asked for."""
    what = item.what
    return (
        (not question.side or what.toward == question.side)
        and (not question.deed or item.deed == question.deed)
        and begins_within(item.date, question.since, question.until)
        and (region is None or item.code in region)
    )


class _Sums(NamedTuple):
    """By place, what items are worth for some words, and how much of these they
    have.
    """

    worth: dict[int, float]
    mass: dict[int, float]


def _words_scored(index: Index, question: Question) -> _Sums:
    """Each item that has one of the words; all of them where there are no words."""
    if not question.terms:
        everything = dict.fromkeys(range(len(index.items)), 0.0)
        return _Sums(everything, everything)
    worth: dict[int, float] = {}
    mass: dict[int, float] = {}
    asked = frozenset(question.terms)
    telling = [term for term in question.terms if term not in LIGHT] or question.terms
    for term in telling:
        for places, worths, told in index.found_by(term, asked):
            for place, gain in zip(places, worths, strict=False):
                worth[place] = worth.get(place, 0.0) + gain
                mass[place] = mass.get(place, 0.0) + told
    for term in (each for each in question.terms if each not in telling):
        for places, worths, _ in index.found_by(term, asked):
            for place, gain in zip(places, worths, strict=False):
                if place in worth:
                    worth[place] += _LIGHTLY * gain
    return _Sums(worth, mass)


def _places_about(index: Index, named: Named) -> set[int]:
    """The items that have all words of a name."""
    terms = frozenset(named.terms)
    places = [
        {place for found in index.found_by(term, terms) for place in found.places}
        for term in terms
    ]
    return set[int].intersection(*places) if places else set()


def _names_scored(index: Index, question: Question) -> dict[int, float]:
    """The items that are by or about somebody who is named, and roll calls, with what
    that is worth.
    """
    scores: dict[int, float] = {}
    rolls = set(index.places_of.get("", ()))
    for named in question.named:
        by = {place for code in named.codes for place in index.places_of.get(code, ())}
        worth = index.statistics.rarity(len(by))
        about = dict.fromkeys(_places_about(index, named), _ABOUT * worth)
        voted = dict.fromkeys(rolls, _VOTED * worth)
        for place, score in (about | voted | dict.fromkeys(by, worth)).items():
            scores[place] = max(score, scores.get(place, 0.0))
    return scores


def _scored(part: _Part, question: Question) -> Iterator[_Scored]:
    """Every item of an index that may be meant, with what it is worth; none that has
    too little of what the best one has.
    """
    index = part.index
    region = within(question.region) if question.region else None
    sums = _words_scored(index, question)
    names = _names_scored(index, question) if question.named else None
    narrow = question.is_narrow
    places = [
        place
        for place in sums.worth
        if (names is None or place in names)
        and place not in part.hidden
        and (not narrow or _passes(index.items[place], question, region))
    ]
    mass = sums.mass
    least = _MUCH * max((mass[place] for place in places), default=0.0)
    gains = index.gains(question.terms)
    for place in places:
        if mass[place] < least:
            continue
        item = index.items[place]
        more = names[place] if names else 0.0
        if gains and item.deed:
            more += gains.get((item.deed, item.what.toward), 0.0)
        yield _Scored(item, sums.worth[place] + more, mass[place])


def _best(scored: Sequence[_Scored]) -> list[_Scored]:
    """Those that have most of what was asked for; where these fill no page, those too
    that have much of it.
    """
    most = max((each.mass for each in scored), default=0.0)
    best = [each for each in scored if each.mass >= _ENOUGH * most]
    if len(best) >= _FEW:
        return best
    return [each for each in scored if each.mass >= _MUCH * most]


def _ballots(item: Item, question: Question, base: Base) -> Iterator[Item]:
    """A roll call as the ballots of those who are named, if they are few and voted;
    everything else as it is.
    """
    if isinstance(item.what, Fact) or not question.named:
        yield item
        return
    codes = dict.fromkeys(code for each in question.named for code in each.codes)
    if len(codes) > _FEW:
        return
    ref = f"vote:{item.what.id}"
    for code in codes:
        for fact in base.facts(code):
            if fact.ref == ref and fact.kind == "vote":
                yield Item(fact, code)
