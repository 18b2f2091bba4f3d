"""A server's names over the base's: a small index of its own, asked first where it
knows the very word.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.knowledge.facts import Base
from bot.knowledge.likeness import most_alike
from bot.names.index import (
    MAX_QUERY,
    MOST_SUGGESTED,
    NameLookup,
    Resolution,
    fold,
    is_beginning,
)

_OFFERED = 84.0


class ServerNames:
    """What a server's actors and aliases are called, over an index that knows the
    base's.

    A word that means an actor of the base goes on meaning it: a server adds names and
    takes none.
    """

    __slots__ = ("_below", "_codes", "_display", "_sorted")

    def __init__(self, below: NameLookup, base: Base) -> None:
        self._below = below
        self._codes: dict[str, str] = {}
        self._display: dict[str, str] = {}
        for code, added in base.added.items():
            country = base.countries[code]
            if added.actor:
                self._display[code] = country.names.short
                self._add([country.names.short, code], code)
            self._add(country.aliases, code)
        self._sorted = sorted(self._codes)

    def _add(self, names: Iterable[str], code: str) -> None:
        for name in names:
            folded = fold(name)
            if folded and self._below.exact(name) is None:
                self._codes.setdefault(folded, code)

    def display(self, code: str, locale: str = "en") -> str:
        """The actor's name; a server's own actor is called the same in every
        language.
        """
        return self._display.get(code) or self._below.display(code, locale)

    def exact(self, text: str) -> str | None:
        """The code of the actor that is called exactly so."""
        return self._codes.get(fold(text)) or self._below.exact(text)

    def begins(self, text: str) -> bool:
        """Whether a name begins so, the server's own among them."""
        return is_beginning(fold(text), self._sorted) or self._below.begins(text)

    def shared(self, text: str) -> tuple[str, ...]:
        """The codes of several actors that are all called exactly so."""
        return () if fold(text) in self._codes else self._below.shared(text)

    def resolve(self, text: str, locale: str = "en") -> Resolution:
        """What the text was meant for: one of the server's names, or from four letters
        on the only one that it begins, stands in or is spelt nearly like; others are
        offered.
        """
        query = fold(text)
        if code := self._codes.get(query):
            return Resolution(text[:MAX_QUERY], (code,), sure=True)
        below = self._below.resolve(text, locale)
        near = self._near(query)
        if below.sure or not near:
            return below
        codes = tuple(dict.fromkeys((*near, *below.matches)))[:5]
        return Resolution(
            text[:MAX_QUERY], codes, sure=len(codes) == 1 and len(query) >= 4
        )

    def suggest(self, text: str) -> tuple[str, ...]:
        """Codes for an autocomplete box: the server's own first once something is
        typed.
        """
        query = fold(text)
        near = self._near(query) if query else []
        below = self._below.suggest(text)
        rest = () if query else self._codes.values()
        return tuple(dict.fromkeys((*near, *below, *rest)))[:MOST_SUGGESTED]

    def _near(self, query: str) -> list[str]:
        if not query:
            return []
        codes = [
            code
            for name, code in self._codes.items()
            if name.startswith(query) or f" {query}" in name
        ]
        if not codes and len(query) >= 4:
            codes = self._alike(query)
        return list(dict.fromkeys(codes))

    def _alike(self, query: str) -> list[str]:
        alike = most_alike(query, self._codes, _OFFERED, 5)
        return [self._codes[each.text] for each in alike]
