"""A server's names over the base's: a small index of its own, asked first where it
knows the very word.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.knowledge.facts import Base
from bot.names.index import NameLookup, Resolution, fold

_OFFERED = 84.0


class ServerNames:
    """What a server's actors and aliases are called, over an index that knows the
    base's.

    A word that means an actor of the base goes on meaning it: a server adds names and
    takes none.
    """

    __slots__ = ("_below", "_display", "_own")

    def __init__(self, below: NameLookup, base: Base) -> None:
        self._below = below
        self._own: dict[str, str] = {}
        self._display: dict[str, str] = {}
        for code, added in base.added.items():
            country = base.countries[code]
            if added.actor:
                self._display[code] = country.names.short
                self._add([country.names.short, code], code)
            self._add(country.aliases, code)

    def _add(self, names: Iterable[str], code: str) -> None:
        for name in names:
            folded = fold(name)
            if folded and self._below.exact(name) is None:
                self._own.setdefault(folded, code)

    def display(self, code: str, locale: str = "en") -> str:
        """The actor's name; a server's own actor is called the same in every
        language.
        """
        return self._display.get(code) or self._below.display(code, locale)

    def exact(self, text: str) -> str | None:
        """The code of the actor that is called exactly so."""
        return self._own.get(fold(text)) or self._below.exact(text)

    def shared(self, text: str) -> tuple[str, ...]:
        """The codes of several actors that are all called exactly so."""
        return () if fold(text) in self._own else self._below.shared(text)

    def resolve(self, text: str, locale: str = "en") -> Resolution:
        """What the text was meant for; what only resembles a name is offered and never
        taken.
        """
        query = fold(text)
        if found := self._own.get(query):
            return Resolution(text, (found,), sure=True)
        below = self._below.resolve(text, locale)
        near = self._near(query)
        if below.sure or not near:
            return below
        codes = tuple(dict.fromkeys((*near, *below.matches)))[:5]
        return Resolution(text, codes, sure=len(codes) == 1 and len(query) >= 4)

    def suggest(
        self, text: str, locale: str = "en", limit: int = 25
    ) -> tuple[str, ...]:
        """Codes for an autocomplete box: the server's own first once something is
        typed.
        """
        query = fold(text)
        own = self._near(query) if query else []
        below = self._below.suggest(text, locale, limit)
        rest = (
            list(dict.fromkeys(self._own.values()))
            if not query and len(below) < limit
            else []
        )
        return tuple(dict.fromkeys((*own, *below, *rest)))[:limit]

    def _near(self, query: str) -> list[str]:
        if not query:
            return []
        found = [
            code
            for name, code in self._own.items()
            if name.startswith(query) or f" {query}" in name
        ]
        if not found and len(query) >= 4:
            from rapidfuzz import fuzz, process

            ranked = process.extract(
                query,
                list(self._own),
                scorer=fuzz.ratio,
                score_cutoff=_OFFERED,
                limit=5,
            )
            found = [self._own[name] for name, _, _ in ranked]
        return list(dict.fromkeys(found))
