"""Words in the reader's language: gettext for sentences, CLDR for names and dates."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from bot.knowledge.dates import PartialDate

DOMAIN = "ally"


def _fallback(locale: str) -> str:
    try:
        return str(Locale.parse(locale))
    except (ValueError, LookupError):
        return "en"


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
            DOMAIN, str(files("bot").joinpath("locales")), [self.locale], fallback=True
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
                return format_skeleton("yMMM", when.first, locale=self.locale)
            when = when.first
        return format_date(when, "medium", locale=self.locale)

    def month(self, when: date) -> str:
        """The month and year."""
        return format_skeleton("yMMM", when, locale=self.locale)

    def listed(self, parts: Sequence[str]) -> str:
        """Phrases in a row, the last joined as the language joins."""
        return format_list(list(parts), locale=self.locale)

    def name(self, code: str) -> str:
        """The actor's name, from the name index where there is one."""
        return self._name(code, self.locale) if self._name else code


@lru_cache(maxsize=64)
def english() -> Texts:
    """Plain English, for tools that have no reader."""
    return Texts("en")
