"""What people type becomes a country: exact before code before alias before prefix
before a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cachetools import LRUCache

from bot.knowledge.facts import Base
from bot.names._gazetteer import ALIASES, ALPHA3, AMBIGUOUS, ELSEWHERE, FIRST
from bot.names.folding import MAX_QUERY, fold
from bot.names.territories import territories_of

_DISCORD = {
    "en-US": "en",
    "en-GB": "en_GB",
    "zh-CN": "zh_Hans",
    "zh-TW": "zh_Hant",
    "no": "nb",
    "pt-BR": "pt_BR",
    "es-ES": "es",
    "es-419": "es_419",
    "sv-SE": "sv",
}
LOCALES = (
    "en",
    "id",
    "da",
    "de",
    "en_GB",
    "es",
    "es_419",
    "fr",
    "hr",
    "it",
    "lt",
    "hu",
    "nl",
    "nb",
    "pl",
    "pt_BR",
    "ro",
    "fi",
    "sv",
    "vi",
    "tr",
    "cs",
    "el",
    "bg",
    "ru",
    "uk",
    "hi",
    "th",
    "zh_Hans",
    "ja",
    "zh_Hant",
    "ko",
    "be",
    "ar",
    "fa",
    "kk",
    "hy",
    "az",
)
"""Discord's locales (/reference#locales) as CLDR writes them, and six languages of the
region.
"""

_MOST = 25
"""Codes that are suggested: Discord's limit of choices."""
_CACHE = 4096
_SURE_RATIO, _MARGIN, _OFFERED = 84.0, 14.0, 72.0
_ARTICLES = ("the ", "la ", "le ", "les ", "l ", "el ", "republic of ")
_FLAG_BASE = 0x1F1E6
_CODE_FLAG = re.compile(r":?flag_([a-z]{2}):?\Z")


def babel_locale(discord_locale: str) -> str:
    """A Discord locale (``pt-BR``, ``no``) as Babel writes it."""
    return _DISCORD.get(discord_locale, discord_locale.replace("-", "_"))


def flag(code: str) -> str:
    """The flag emoji of a two-letter code, or nothing for an actor without one."""
    if len(code) != 2 or not code.isascii() or not code.isupper():
        return ""
    return "".join(chr(_FLAG_BASE + ord(c) - ord("A")) for c in code)


def _from_flag(text: str) -> str | None:
    letters = [ord(c) - _FLAG_BASE for c in text if c not in "\ufe0f\u200d \t"]
    if len(letters) == 2 and all(0 <= n < 26 for n in letters):
        return "".join(chr(ord("A") + n) for n in letters)
    name = _CODE_FLAG.match(text.strip().casefold())
    return name[1].upper() if name else None


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


class NameLookup(Protocol):
    """What a command needs of names, whether they are the base's or a server's over
    them.
    """

    def resolve(self, text: str, locale: str = "en") -> Resolution:
        """What the text was meant for."""
        ...

    def suggest(
        self, text: str, locale: str = "en", limit: int = 25
    ) -> tuple[str, ...]:
        """Codes for an autocomplete box, best first."""
        ...

    def display(self, code: str, locale: str = "en") -> str:
        """The actor's name in a locale."""
        ...

    def exact(self, text: str) -> str | None:
        """The code of the actor that is called exactly so."""
        ...

    def shared(self, text: str) -> tuple[str, ...]:
        """The codes of several actors that are all called exactly so, as Korea and
        Congo are.
        """
        ...


class NameIndex:
    """An index over all names of all actors; English at once, other languages when
    first needed.
    """

    def __init__(
        self, actors: Iterable[Actor], locales: Sequence[str] = LOCALES
    ) -> None:
        self._actors = {actor.code: actor for actor in actors}
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
        territories = territories_of("en")
        for pick in ("short", "more"):
            for code, actor in self._actors.items():
                if pick == "short":
                    self._add(self._exact, actor.short, code)
                    continue
                for name in (
                    actor.official,
                    territories.get(code),
                    *actor.aliases,
                    *ALIASES.get(code, "").split(", "),
                ):
                    if name:
                        self._add(self._exact, name, code)
        for alpha3, code in ALPHA3.items():
            if code in self._actors:
                self._exact.setdefault(alpha3.casefold(), code)
        for code in self._actors:
            self._exact.setdefault(fold(code), code)
        self._english = sorted(self._exact)

    def warm(self) -> None:
        """Load every language now rather than at the first question that needs them."""
        if self._sorted is not None:
            return
        codes_of: dict[str, dict[str, None]] = {}
        for locale in self._locales:
            territories = territories_of(locale)
            for code in self._actors:
                if name := territories.get(code):
                    codes_of.setdefault(fold(name), {})[code] = None
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
        return _from_flag(text[:MAX_QUERY]) or self._lookup(fold(text))

    def shared(self, text: str) -> tuple[str, ...]:
        """The codes of several actors that are all called exactly so, as Korea and
        Congo are.
        """
        self.warm()
        return self._shared.get(fold(text), ())

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
        if code := _from_flag(text):
            return _certain(code) if code in self._actors else _NOTHING
        query = fold(text)
        if not query:
            return _NOTHING
        named = self._named(query, locale) or self._named_after_article(query)
        if named:
            return named
        if query in ELSEWHERE or self._is_elsewhere(query):
            return _NOTHING
        self.warm()
        if query in self._shared:
            return _Match(self._shared[query], sure=False)
        if code := self._lookup(query):
            return _certain(code)
        if prefixed := self._prefixed(query, self._english, 6):
            sure = len(prefixed) == 1 and len(query) >= 4
            return _Match(tuple(prefixed), sure)
        return self._guess(query)

    def _named(self, query: str, locale: str) -> _Match | None:
        """What is called so in the reader's language or in English."""
        if code := self._names_in(locale).get(query):
            return _certain(code)
        if query in self._shared:
            return _Match(self._shared[query], sure=False)
        code = self._exact.get(query)
        return _certain(code) if code else None

    def _named_after_article(self, query: str) -> _Match | None:
        """What is called so in English behind an article."""
        for article in _ARTICLES:
            bare = query.removeprefix(article)
            if bare == query:
                continue
            if bare in self._shared:
                return _Match(self._shared[bare], sure=False)
            if code := self._exact.get(bare):
                return _certain(code)
        return None

    def _is_elsewhere(self, query: str) -> bool:
        """Whether it is a territory that CLDR knows and the base does not."""
        territories = territories_of("en")
        return any(
            code not in self._actors and fold(name) == query
            for code, name in territories.items()
        )

    def _prefixed(self, query: str, names: list[str], limit: int) -> list[str]:
        codes: dict[str, None] = {}
        for name in names[bisect_left(names, query) :]:
            if not name.startswith(query) or len(codes) >= limit:
                break
            codes[self._exact.get(name) or self._foreign[name]] = None
        return list(codes)

    def _guess(self, query: str) -> _Match:
        if len(query) < 4:
            return _NOTHING
        ranked = self._fuzzy(query, self._english) or self._fuzzy(
            query, self._sorted or []
        )
        if not ranked:
            return _NOTHING
        best, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0.0
        sure = best >= _SURE_RATIO and best - second >= _MARGIN and len(query) >= 5
        return _Match(tuple(code for code, _ in ranked), sure)

    def _fuzzy(self, query: str, names: list[str]) -> list[tuple[str, float]]:
        from rapidfuzz import fuzz, process

        scores: dict[str, float] = {}
        # A guess that begins with another letter is rarely what was meant, and costs
        # most of the time.
        near = [
            n
            for n in names
            if abs(len(n) - len(query)) <= 3 and len(n) >= 4 and n[0] == query[0]
        ]
        # In a short word one letter is much of it: half of "hello" is in "ellada".
        cutoff = _OFFERED if len(query) > 5 else _OFFERED + 3
        for name, score, _ in process.extract(
            query, near, scorer=fuzz.ratio, score_cutoff=cutoff, limit=12
        ):
            code = self._exact.get(name) or self._foreign[name]
            scores[code] = max(scores.get(code, 0.0), score)
        return sorted(scores.items(), key=lambda pair: -pair[1])[:5]

    def suggest(
        self, text: str, locale: str = "en", limit: int = 25
    ) -> tuple[str, ...]:
        """Codes for an autocomplete box, best first; an empty box gets what is asked
        about most.
        """
        typed = text[:MAX_QUERY]
        codes = self._suggested.get(typed)
        if codes is None:
            codes = self._suggested[typed] = tuple(self._suggest(typed))
        return codes[:limit]

    def _suggest(self, text: str) -> list[str]:
        if code := _from_flag(text):
            return [code] if code in self._actors else []
        query = fold(text)
        if not query:
            return [code for code in FIRST if code in self._actors]
        self.warm()
        codes: dict[str, None] = dict.fromkeys(self._shared.get(query, ()))
        if exact := self._lookup(query):
            codes[exact] = None
        codes |= dict.fromkeys(self._prefixed(query, self._english, _MOST))
        if len(codes) < _MOST:
            codes |= dict.fromkeys(self._prefixed(query, self._sorted or [], _MOST))
        if len(query) >= 3 and len(codes) < _MOST:
            word = " " + query
            codes |= dict.fromkeys(self._exact[n] for n in self._english if word in n)
        if not codes and len(query) >= 4:
            codes |= dict.fromkeys(self._guess(query).codes)
        return list(codes)[:_MOST]


def names_of(base: Base) -> NameIndex:
    """The name index of a base."""
    return NameIndex(
        Actor(c.code, c.names.short, c.names.official, c.aliases)
        for c in base.countries.values()
    )
