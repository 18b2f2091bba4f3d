"""Words in the reader's language: gettext for sentences, CLDR for names and dates."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.answers import english as in_english
from bot.knowledge.dates import PartialDate
from bot.names.alphabet import sort_key

DOMAIN = "ally"
_CATALOGUES = Path(__file__).resolve().parents[1] / "locales"
_ENGLISH = "en"


def _fallback(locale: str) -> str:
    if locale == _ENGLISH:
        return locale
    from babel import Locale

    try:
        return str(Locale.parse(locale))
    except (ValueError, LookupError):
        return _ENGLISH


class Texts:
    """Sentences and dates in one locale.

    Messages have named placeholders: ``texts("Reviewed on {date}", date=…)``. An
    unknown locale is English.
    """

    def __init__(
        self, locale: str = "en", country_name: Callable[[str, str], str] | None = None
    ) -> None:
        self.locale = _fallback(locale)
        self._name = country_name
        self._catalogue = gettext.translation(
            DOMAIN, str(_CATALOGUES), [self.locale], fallback=True
        )

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in the reader's language with its placeholders filled."""
        return self._catalogue.gettext(message).format(**values)

    def many(self, one: str, more: str, n: int, /, **values: object) -> str:
        """The form that the language uses for ``n``; ``{n}`` is filled."""
        return self._catalogue.ngettext(one, more, n).format(n=n, **values)

    def date(self, when: date | PartialDate) -> str:
        """A day, month or year as the locale writes it."""
        if isinstance(when, PartialDate):
            if when.month is None:
                return str(when.year)
            if when.day is None:
                return self.month(when.first)
            when = when.first
        if self.locale == _ENGLISH:
            return in_english.day(when)
        from babel.dates import format_date

        return format_date(when, "medium", locale=self.locale)

    def month(self, when: date) -> str:
        """The month and year."""
        if self.locale == _ENGLISH:
            return in_english.month(when)
        from babel.dates import format_skeleton

        return format_skeleton("yMMM", when, locale=self.locale)

    def listed(self, parts: Sequence[str]) -> str:
        """Phrases in a row, the last joined as the language joins."""
        if self.locale == _ENGLISH:
            return in_english.listed(parts)
        from babel.lists import format_list

        return format_list(list(parts), locale=self.locale)

    def alphabetical(self, codes: Iterable[str]) -> list[str]:
        """Codes in the order of their actors' names in the language's alphabet."""
        return sorted(codes, key=lambda code: sort_key(self.name(code), self.locale))

    def name(self, code: str) -> str:
        """The actor's name, from the name index where there is one."""
        return self._name(code, self.locale) if self._name else code


@lru_cache(maxsize=64)
def english() -> Texts:
    """Plain English, for tools that have no reader."""
    return Texts("en")
