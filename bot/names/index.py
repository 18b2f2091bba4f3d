"""What people type becomes a country: exact before code before alias before prefix
before a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cachetools import LRUCache

from bot.knowledge.facts import Base
from bot.names._gazetteer import ALIASES, ALPHA3, ELSEWHERE
from bot.names._peoples import PEOPLES
from bot.names._several import AMBIGUOUS, NOT_IN_TEXTS
from bot.names.flags import FLAG_BASE, code_of_flag
from bot.names.folding import MAX_QUERY, fold
from bot.names.guessing import everyday_words, spelt_alike
from bot.names.listed import listed_names
from bot.names.locales import LOCALES
from bot.names.newest import newest_first
from bot.names.phrases import names_in_row, without_lead
from bot.names.territories import territories_of

MOST_SUGGESTED = 25
"""Codes that are suggested: Discord's limit of choices."""
_CACHE = 4096
_SHORT, _SHORT_FOREIGN = 4, 6
"""Letters below which nothing is guessed: of English names, and of others in Latin."""
_MOST_OF_NAME, _NEARLY_ALL = 0.6, 0.9
"""Shares of a name's letters that are typed before it is taken for meant."""


def flag(code: str) -> str:
    """The flag emoji of a two-letter code, or nothing for an actor without one."""
    if len(code) != 2 or not code.isascii() or not code.isupper():
        return ""
    return "".join(chr(FLAG_BASE + ord(c) - ord("A")) for c in code)


@dataclass(frozen=True, slots=True)
class Actor:
    """What the index needs of a country."""

    code: str
    short: str
    official: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a query was taken for: at most five codes, best first; ``sure`` if no
    question is needed.
    """

    query: str
    """What was typed, MAX_QUERY characters of it at most."""
    matches: tuple[str, ...]
    sure: bool


class _Match(NamedTuple):
    """Codes that a query may mean, best first, and whether no question is needed."""

    codes: tuple[str, ...]
    sure: bool


_NOTHING = _Match((), sure=False)


def _certain(code: str) -> _Match:
    return _Match((code,), sure=True)


def is_beginning(query: str, names: Sequence[str]) -> bool:
    """Whether one of sorted folded names begins with a folded text."""
    at = bisect_left(names, query)
    return at < len(names) and names[at].startswith(query)


class NameLookup(Protocol):
    """What a command needs of names, whether they are the base's or a server's over
    them.
    """

    def resolve(self, text: str, locale: str = "en") -> Resolution:
        """What the text was meant for."""
        ...

    def suggest(self, text: str) -> tuple[str, ...]:
        """Codes for an autocomplete box, best first; MOST_SUGGESTED of them at most."""
        ...

    def display(self, code: str, locale: str = "en") -> str:
        """The actor's name in a locale."""
        ...

    def exact(self, text: str) -> str | None:
        """The code of the actor that is called exactly so."""
        ...

    def begins(self, text: str) -> bool:
        """Whether there is a name that begins so."""
        ...

    def shared(self, text: str) -> tuple[str, ...]:
        """The codes of several actors that are all called exactly so, as Korea and
        Congo are.
        """
        ...


def _english_names(actor: Actor) -> Iterator[str]:
    """What an actor is called in English besides its short name, with its people."""
    yield actor.official or ""
    yield territories_of("en").get(actor.code, "")
    yield from actor.aliases
    yield from ALIASES.get(actor.code, "").split(", ")
    for people in PEOPLES.get(actor.code, "").split(", "):
        yield people
        yield f"{people}s" if people else ""


class NameIndex:
    """An index over all names of all actors; English at once, other languages when
    first needed.
    """

    def __init__(
        self,
        actors: Iterable[Actor],
        locales: Sequence[str] = LOCALES,
        first: Sequence[str] = (),
    ) -> None:
        self._actors = {actor.code: actor for actor in actors}
        self._first = [code for code in first if code in self._actors]
        self._locales = locales
        self._exact: dict[str, str] = {}
        self._foreign: dict[str, str] = {}
        self._shared: dict[str, tuple[str, ...]] = {
            name: tuple(c for c in codes if c in self._actors)
            for name, codes in AMBIGUOUS.items()
        }
        self._display: dict[tuple[str, str], str] = {}
        self._resolved = LRUCache[tuple[str, str], Resolution](_CACHE)
        self._suggested = LRUCache[str, tuple[str, ...]](_CACHE)
        self._by_locale: dict[str, dict[str, str]] = {}
        self._english: list[str] = []
        self._sorted: list[str] | None = None
        self._add_english()

    def _add(self, table: dict[str, str], name: str, code: str) -> None:
        folded = fold(name)
        if folded and folded not in self._shared:
            table.setdefault(folded, code)

    def _add_english(self) -> None:
        for code, actor in self._actors.items():
            self._add(self._exact, actor.short, code)
        for code, actor in self._actors.items():
            for name in _english_names(actor):
                self._add(self._exact, name, code)
        for alpha3, code in ALPHA3.items():
            if code in self._actors:
                self._exact.setdefault(alpha3.casefold(), code)
        for code in self._actors:
            self._exact.setdefault(fold(code), code)
        self._english = sorted(self._exact)

    def _codes_of_foreign(self) -> dict[str, dict[str, None]]:
        """The codes of each folded name in the index's other languages."""
        codes_of: dict[str, dict[str, None]] = {}
        for locale in self._locales:
            territories = territories_of(locale)
            for code in self._actors:
                if name := territories.get(code):
                    codes_of.setdefault(fold(name), {})[code] = None
        for code, names in listed_names():
            for name in names if code in self._actors else ():
                codes_of.setdefault(fold(name), {})[code] = None
        return codes_of

    def warm(self) -> None:
        """Load every language now rather than at the first question that needs them."""
        if self._sorted is not None:
            return
        codes_of = self._codes_of_foreign()
        for name, codes in codes_of.items():
            if len(codes) == 1 and name not in self._shared:
                self._foreign[name] = next(iter(codes))
            elif name not in self._exact:
                self._shared.setdefault(name, tuple(codes))
        self._foreign = {
            name: code
            for name, code in self._foreign.items()
            if name not in self._exact
        }
        self._sorted = sorted({*self._exact, *self._foreign})

    def display(self, code: str, locale: str = "en") -> str:
        """The actor's name in a locale, from CLDR where CLDR has it."""
        name = self._display.get((code, locale))
        if name is None:
            actor = self._actors.get(code)
            name = actor.short if actor else code
            if len(code) == 2 and not locale.startswith("en"):
                name = territories_of(locale).get(code, name)
            self._display[code, locale] = name
        return name

    def resolve(self, text: str, locale: str = "en") -> Resolution:
        """What the text was meant for; nonsense finds nothing."""
        key = (text[:MAX_QUERY], locale)
        resolution = self._resolved.get(key)
        if resolution is None:
            match = self._resolve(key[0], locale)
            resolution = Resolution(key[0], match.codes[:5], match.sure)
            self._resolved[key] = resolution
        return resolution

    def exact(self, text: str) -> str | None:
        """The code of the actor whose name, alias or code this is in any language;
        guesses nothing.
        """
        self.warm()
        return code_of_flag(text[:MAX_QUERY]) or self._lookup(fold(text))

    def begins(self, text: str) -> bool:
        """Whether a name, alias or code in any language begins so."""
        self.warm()
        return is_beginning(fold(text), self._sorted or [])

    def shared(self, text: str) -> tuple[str, ...]:
        """The codes of several actors that are all called exactly so, as Korea and
        Congo are.
        """
        self.warm()
        query = fold(text)
        return () if query in NOT_IN_TEXTS else self._shared.get(query, ())

    def _names_in(self, locale: str) -> dict[str, str]:
        """Names in the reader's own language, which wins where the same letters mean
        another country elsewhere; none for English, whose names are known at once.
        """
        if locale.startswith("en"):
            return {}
        names = self._by_locale.get(locale)
        if names is None:
            territories = territories_of(locale)
            names = self._by_locale[locale] = {
                fold(territories[c]): c for c in self._actors if c in territories
            }
        return names

    def _lookup(self, query: str) -> str | None:
        code = self._exact.get(query)
        if code is None and self._sorted is not None:
            code = self._foreign.get(query)
        return code

    def _resolve(self, text: str, locale: str) -> _Match:
        if code := code_of_flag(text):
            return _certain(code) if code in self._actors else _NOTHING
        query = fold(text)
        if not query:
            return _NOTHING
        if named := self._named(query, locale):
            return named
        spellings = (query, *without_lead(text))
        if ELSEWHERE.intersection(spellings) or self._is_elsewhere(query):
            return _NOTHING
        self.warm()
        if named := self._first_named(spellings):
            return named
        if several := names_in_row(query, self._lookup):
            return _Match(several, sure=False)
        begun = self._begun(query)
        if begun and begun.sure:
            return begun
        guess = self._guess(query)
        return guess if guess.sure or not begun else begun

    def _named(self, query: str, locale: str) -> _Match | None:
        """What is called so in the reader's language or in English."""
        if code := self._names_in(locale).get(query):
            return _certain(code)
        if query in self._shared:
            return _Match(self._shared[query], sure=False)
        code = self._exact.get(query)
        return _certain(code) if code else None

    def _first_named(self, queries: Sequence[str]) -> _Match | None:
        """What the first of some spellings means that means something, in English or in
        whatever language is loaded.
        """
        for query in queries:
            if query in self._shared:
                return _Match(self._shared[query], sure=False)
            if code := self._lookup(query):
                return _certain(code)
        return None

    def _is_most_of_name(self, query: str, codes: Sequence[str]) -> bool:
        """Whether the beginning of a name leaves no doubt: most letters of the name in
        use are there, and nobody else's begins so, or nearly all of them are.
        """
        name = fold(self._actors[codes[0]].short)
        if not name.startswith(query) or query in everyday_words():
            return False
        share = len(query) / len(name)
        least = _MOST_OF_NAME if len(codes) == 1 else _NEARLY_ALL
        return len(query) > _SHORT and share >= least

    def _is_elsewhere(self, query: str) -> bool:
        """Whether it is a territory that CLDR knows and the base does not."""
        territories = territories_of("en")
        return any(
            code not in self._actors and fold(name) == query
            for code, name in territories.items()
        )

    def _begun(self, query: str) -> _Match | None:
        """What is called in English by a name of which this is the beginning; of a
        short beginning, only the name in use counts.
        """
        codes = self._prefixed(query, self._english, 6)
        if len(query) < _SHORT:
            codes = [
                code
                for code in codes
                if len(query) > 2 and fold(self._actors[code].short).startswith(query)
            ]
        if not codes:
            return None
        return _Match(tuple(codes), self._is_most_of_name(query, codes))

    def _prefixed(self, query: str, names: list[str], limit: int) -> list[str]:
        codes: dict[str, None] = {}
        for name in names[bisect_left(names, query) :]:
            if not name.startswith(query) or len(codes) >= limit:
                break
            codes[self._exact.get(name) or self._foreign[name]] = None
        return list(codes)

    def _guess(self, query: str) -> _Match:
        """What is spelt nearly so; in other languages, only longer names count."""
        if len(query) < _SHORT:
            return _NOTHING
        if alike := spelt_alike(query, self._english, self._lookup):
            return _Match(alike.codes, alike.sure)
        if query.isascii() and len(query) < _SHORT_FOREIGN:
            return _NOTHING
        if alike := spelt_alike(query, self._sorted or [], self._lookup):
            return _Match(alike.codes, alike.sure and len(query) > _SHORT_FOREIGN)
        return _NOTHING

    def suggest(self, text: str) -> tuple[str, ...]:
        """Codes for an autocomplete box, best first; an empty box gets whom the
        newest facts are about.
        """
        typed = text[:MAX_QUERY]
        codes = self._suggested.get(typed)
        if codes is None:
            codes = self._suggested[typed] = tuple(self._suggest(typed))
        return codes

    def _suggest(self, text: str) -> list[str]:
        if code := code_of_flag(text):
            return [code] if code in self._actors else []
        query = fold(text)
        if not query:
            return self._first
        self.warm()
        codes: dict[str, None] = dict.fromkeys(self._shared.get(query, ()))
        if exact := self._lookup(query):
            codes[exact] = None
        codes |= dict.fromkeys(self._prefixed(query, self._english, MOST_SUGGESTED))
        if len(codes) < MOST_SUGGESTED:
            codes |= dict.fromkeys(
                self._prefixed(query, self._sorted or [], MOST_SUGGESTED)
            )
        if len(query) >= 3 and len(codes) < MOST_SUGGESTED:
            word = " " + query
            codes |= dict.fromkeys(self._exact[n] for n in self._english if word in n)
        if not codes:
            codes |= dict.fromkeys(self._guess(query).codes)
        return list(codes)[:MOST_SUGGESTED]


def names_of(base: Base) -> NameIndex:
    """The name index of a base."""
    actors = (
        Actor(c.code, c.names.short, c.names.official, c.aliases)
        for c in base.countries.values()
    )
    return NameIndex(actors, first=newest_first(base))
