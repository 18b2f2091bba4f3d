"""What people type becomes a country: exact before code before alias before prefix
before a guess.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from babel import Locale

from bot.knowledge.facts import Base
from bot.names._gazetteer import ALIASES, ALPHA3, AMBIGUOUS, ELSEWHERE, FIRST

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

MAX_QUERY = 100
_CACHE = 4096
_SURE_RATIO, _MARGIN, _OFFERED = 84.0, 14.0, 72.0
_ARTICLES = ("the ", "la ", "le ", "les ", "l ", "el ", "republic of ")
_FLAG_BASE = 0x1F1E6
_DROPPED = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670'’ʼ`.]")
"""Accents of Latin, Greek and Cyrillic, vowel points of Arabic, and signs inside words;
Indic vowels are letters.
"""
_LETTERS = {"L", "N", "M"}
_CODE_FLAG = re.compile(r":?flag_([a-z]{2}):?\Z")


def territories_of(locale: str) -> Mapping[str, str]:
    """CLDR's names of territories in one locale, by code."""
    return cast("Mapping[str, str]", Locale.parse(locale).territories)


def babel_locale(discord_locale: str) -> str:
    """A Discord locale (``pt-BR``, ``no``) as Babel writes it."""
    return _DISCORD.get(discord_locale, discord_locale.replace("-", "_"))


def flag(code: str) -> str:
    """The flag emoji of a two-letter code, or nothing for an actor without one."""
    if len(code) != 2 or not code.isascii() or not code.isupper():
        return ""
    return "".join(chr(_FLAG_BASE + ord(c) - ord("A")) for c in code)


def fold(text: str) -> str:
    """Text as names are compared: no case, accents, punctuation or invisible
    characters.
    """
    text = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text[:MAX_QUERY]).casefold()
    )
    text = (
        text.replace("ı", "i").replace("&", " and ").replace("ø", "o").replace("ł", "l")
    )
    text = _DROPPED.sub("", text)
    if not (text.isascii() and text.replace(" ", "").isalnum()):
        kinds = ((c, unicodedata.category(c)) for c in text)
        text = "".join(
            c if kind[0] in _LETTERS else "" if kind in {"Cf", "Cc"} else " "
            for c, kind in kinds
        )
    text = " ".join(text.split())
    return "saint " + text[3:] if text.startswith("st ") else text


def _from_flag(text: str) -> str | None:
    letters = [ord(c) - _FLAG_BASE for c in text if c not in "\ufe0f\u200d \t"]
    if len(letters) == 2 and all(0 <= n < 26 for n in letters):
        return "".join(chr(ord("A") + n) for n in letters)
    found = _CODE_FLAG.match(text.strip().casefold())
    return found[1].upper() if found else None


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
    matches: tuple[str, ...]
    sure: bool


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
        self._resolved: OrderedDict[tuple[str, str], Resolution] = OrderedDict()
        self._suggested: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()
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
        meant: dict[str, dict[str, None]] = {}
        for locale in self._locales:
            territories = territories_of(locale)
            for code in self._actors:
                if name := territories.get(code):
                    meant.setdefault(fold(name), {})[code] = None
        for name, codes in meant.items():
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
        found = self._display.get((code, locale))
        if found is None:
            actor = self._actors.get(code)
            found = actor.short if actor else code
            if len(code) == 2 and not locale.startswith("en"):
                found = territories_of(locale).get(code, found)
            self._display[code, locale] = found
        return found

    def resolve(self, text: str, locale: str = "en") -> Resolution:
        """What the text was meant for; nonsense finds nothing."""
        key = (text, locale)
        found = self._resolved.get(key)
        if found is None:
            matches, sure = self._resolve(text, locale)
            found = self._resolved[key] = Resolution(text, matches[:5], sure)
            if len(self._resolved) > _CACHE:
                self._resolved.popitem(last=False)
        return found

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

    def _own(self, locale: str) -> dict[str, str]:
        """The reader's own language, which wins where the same letters mean another
        country elsewhere.
        """
        if locale.startswith("en"):
            return {}
        found = self._by_locale.get(locale)
        if found is None:
            territories = territories_of(locale)
            found = self._by_locale[locale] = {
                fold(territories[c]): c for c in self._actors if c in territories
            }
        return found

    def _lookup(self, query: str) -> str | None:
        found = self._exact.get(query)
        if found is None and self._sorted is not None:
            found = self._foreign.get(query)
        return found

    def _resolve(self, text: str, locale: str) -> tuple[tuple[str, ...], bool]:
        code = _from_flag(text[:MAX_QUERY])
        if code:
            return ((code,), True) if code in self._actors else ((), False)
        query = fold(text)
        if not query:
            return (), False
        if found := self._own(locale).get(query):
            return (found,), True
        if query in self._shared:
            return self._shared[query], False
        if found := self._exact.get(query):
            return (found,), True
        for article in _ARTICLES:
            bare = query.removeprefix(article)
            if bare in self._shared and bare != query:
                return self._shared[bare], False
            if bare != query and (found := self._exact.get(bare)):
                return (found,), True
        if query in ELSEWHERE or self._is_elsewhere(query):
            return (), False
        self.warm()
        if query in self._shared:
            return self._shared[query], False
        if found := self._lookup(query):
            return (found,), True
        if prefixed := self._prefixed(query, self._english, 6):
            return tuple(prefixed), len(prefixed) == 1 and len(query) >= 4
        return self._guess(query, locale)

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

    def _guess(self, query: str, locale: str) -> tuple[tuple[str, ...], bool]:
        if len(query) < 4:
            return (), False
        ranked = self._fuzzy(query, self._english) or self._fuzzy(
            query, self._sorted or []
        )
        if not ranked:
            return (), False
        best, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0.0
        sure = best >= _SURE_RATIO and best - second >= _MARGIN and len(query) >= 5
        return tuple(code for code, _ in ranked), sure

    def _fuzzy(self, query: str, names: list[str]) -> list[tuple[str, float]]:
        from rapidfuzz import fuzz, process

        found: dict[str, float] = {}
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
            found[code] = max(found.get(code, 0.0), score)
        return sorted(found.items(), key=lambda pair: -pair[1])[:5]

    def suggest(
        self, text: str, locale: str = "en", limit: int = 25
    ) -> tuple[str, ...]:
        """Codes for an autocomplete box, best first; an empty box gets what is asked
        about most.
        """
        key = (text[:MAX_QUERY], locale)
        found = self._suggested.get(key)
        if found is None:
            found = self._suggested[key] = tuple(self._suggest(text, locale))
            if len(self._suggested) > _CACHE:
                self._suggested.popitem(last=False)
        return found[:limit]

    def _suggest(self, text: str, locale: str) -> list[str]:
        code = _from_flag(text[:MAX_QUERY])
        query = fold(text)
        if code or not query:
            return (
                [code]
                if code in self._actors
                else [c for c in FIRST if c in self._actors]
                if not code
                else []
            )
        self.warm()
        codes: dict[str, None] = dict.fromkeys(self._shared.get(query, ()))
        if exact := self._lookup(query):
            codes[exact] = None
        codes |= dict.fromkeys(self._prefixed(query, self._english, 25))
        if len(codes) < 25:
            codes |= dict.fromkeys(self._prefixed(query, self._sorted or [], 25))
        if len(query) >= 3 and len(codes) < 25:
            word = " " + query
            codes |= dict.fromkeys(self._exact[n] for n in self._english if word in n)
        if not codes and len(query) >= 4:
            codes |= dict.fromkeys(self._guess(query, locale)[0])
        return list(codes)[:25]


def names_of(base: Base) -> NameIndex:
    """The name index of a base."""
    return NameIndex(
        Actor(c.code, c.names.short, c.names.official, c.aliases)
        for c in base.countries.values()
    )
