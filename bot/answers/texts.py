"""Words in the reader's language: gettext for sentences, CLDR for names and dates."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path

from bot.answers import english as in_english
from bot.answers.catalogues import catalogue
from bot.answers.direction import END, FROM_THE_LEFT, enclosed
from bot.answers.locale_forms import LocaleForms, forms_of, forms_or_english
from bot.knowledge.dates import PartialDate
from bot.names.alphabet import sort_key
from bot.names.locales import spelled

CATALOGUES = Path(__file__).resolve().parents[1] / "locales"
"""The folder of the program's own catalogues."""
MINUS = "\N{MINUS SIGN}"
_ENGLISH = "en"
_DOTTED = {"az", "tr"}
"""Languages in which the capital of i has a dot."""
_NOTHING = gettext.NullTranslations()
_COMMAND = re.compile(
    r"(?P<lead>/(?P<first>[a-z]+)(?: (?P<second>[a-z]+)(?![a-z]*:))?|…)"
    r"(?: (?P<option>[a-z]+):)?"
)
"""A command as it is typed, perhaps with an option: ``/entry add country:``."""


@cache
def languages() -> tuple[str, ...]:
    """Every locale that there are texts in, as CLDR writes them; English first."""
    translated = (each.stem for each in CATALOGUES.glob("*.[mp]o"))
    return (_ENGLISH, *sorted({*translated} - {_ENGLISH}))


def language_name(locale: str) -> str:
    """A language's name in itself, e.g. *Deutsch*."""
    forms = forms_of(locale)
    return forms.name if forms else locale


def direction_of(locale: str) -> str:
    """Which way a language is written: ``ltr`` or ``rtl``."""
    return forms_or_english(locale).direction


def _known(locale: str, *folders: Path | None) -> str:
    """The locale as CLDR writes it; English for one that has neither forms nor a
    catalogue in one of the folders.
    """
    if locale == _ENGLISH:
        return locale
    name = spelled(locale)
    if name is None:
        return _ENGLISH
    if forms_of(name) or any(each and catalogue(each, name) for each in folders):
        return name
    return _ENGLISH


def _filled(message: str, english: str, values: Mapping[str, object]) -> str:
    """The message with its placeholders filled; the English one where a translation has
    others.
    """
    try:
        return message.format(**values)
    except (LookupError, ValueError, AttributeError):
        return english.format(**values)


def places_of(value: float) -> int:
    """How many decimal places a number is written with, at most 6."""
    return len(f"{value:g}".partition(".")[2])


class Texts:
    """Sentences and dates in one locale.

    Messages have named placeholders: ``texts("Reviewed on {date}", date=…)``. An
    unknown locale is English. ``country_name`` gives an actor's name by code and
    locale; ``base_catalogues`` is the folder of the base's own catalogues.
    """

    def __init__(
        self,
        locale: str = "en",
        country_name: Callable[[str, str], str] | None = None,
        base_catalogues: Path | None = None,
    ) -> None:
        self.locale = _known(locale, CATALOGUES, base_catalogues)
        self._name = country_name
        self._base_catalogues = base_catalogues

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        if self.locale == _ENGLISH:
            return _NOTHING
        return catalogue(CATALOGUES, self.locale) or _NOTHING

    @cached_property
    def _of_base(self) -> gettext.NullTranslations:
        if self.locale == _ENGLISH or self._base_catalogues is None:
            return _NOTHING
        return catalogue(self._base_catalogues, self.locale) or _NOTHING

    @cached_property
    def _forms(self) -> LocaleForms:
        return forms_or_english(self.locale)

    @cached_property
    def _right_to_left(self) -> bool:
        return self.locale != _ENGLISH and self._forms.direction == "rtl"

    def _filled(self, message: str, english: str, values: Mapping[str, object]) -> str:
        if values and self._right_to_left:
            values = {name: enclosed(value) for name, value in values.items()}
        return _filled(message, english, values)

    def named(self, country_name: Callable[[str, str], str]) -> Texts:
        """The same words with other names of actors."""
        return Texts(self.locale, country_name, self._base_catalogues)

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in the reader's language with its placeholders filled."""
        found = self.commands(self._catalogue.gettext(message))
        return self._filled(found, message, values)

    def many(self, one: str, more: str, n: int, /, **values: object) -> str:
        """The form that the language uses for ``n``; ``{n}`` is filled."""
        english = one if n == 1 else more
        message = self.commands(self._catalogue.ngettext(one, more, n))
        return self._filled(message, english, {"n": n, **values})

    def keyed(self, key: str, message: str, /, **values: object) -> str:
        """A message that has a key as its context, because the English words alone do
        not say where it stands.
        """
        return self._filled(self._catalogue.pgettext(key, message), message, values)

    def translated(self, key: str, message: str, /, **values: object) -> str | None:
        """The same; None where the language's catalogue does not have it."""
        found = self._catalogue.pgettext(key, message)
        if found == message:
            return None
        return self._filled(self.commands(found), message, values)

    def commands(self, text: str) -> str:
        """A text that names commands in English (``/entry add country:``), with the
        names under which Discord shows them in the language.
        """
        if self.locale == _ENGLISH or not ("/" in text or "…" in text):
            return text
        return _COMMAND.sub(self._command, text)

    def _command(self, typed: re.Match[str]) -> str:
        first, second, option = typed.group("first", "second", "option")
        named = typed["lead"]
        if first:
            named = "/" + self._catalogue.pgettext(f"command.{first}.name", first)
        if second:
            key = f"command.{first}.{second}.name"
            named += " " + self._catalogue.pgettext(key, second)
        if option:
            name = self._catalogue.pgettext(f"option.{option}.name", option)
            named += f" {name}:"
        return named

    def of_base(self, key: str, text: str, /) -> str:
        """A text of the base, which may have braces of its own, in the reader's
        language where the base's catalogue has it under this key.
        """
        return self._of_base.pgettext(key, text)

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
        return self._forms.date(self._forms.day, when)

    def long_date(self, when: date) -> str:
        """A day with its month in words, as the locale writes it."""
        return self._forms.date(self._forms.long_day, when)

    def written_date(self, when: date) -> str:
        """A day as somebody may type it, with its month in words and no comma."""
        return self._forms.date(self._forms.written_day, when)

    def moment(self, when: datetime) -> str:
        """A day and the time of day in UTC; ``when`` is in UTC."""
        return self(
            "{day}, {time} UTC", day=self.date(when.date()), time=f"{when:%H:%M}"
        )

    def month(self, when: date) -> str:
        """The month and year."""
        if self.locale == _ENGLISH:
            return in_english.month(when)
        return self._forms.date(self._forms.month, when)

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in whole hundredths."""
        if self.locale == _ENGLISH:
            return f"{share:.0%}"
        return self._forms.share(share)

    def number(self, value: float, places: int = 0) -> str:
        """A number with so many places, grouped as the language groups."""
        if self.locale == _ENGLISH:
            return f"{value:,.{places}f}"
        return self._forms.number(value, places)

    def signed(self, value: float, places: int) -> str:
        """A number with its sign, with so many places; one that is rounded to zero has
        none.
        """
        told = self.number(abs(value), places)
        if not round(value, places):
            return told
        told = f"{MINUS if value < 0 else '+'}{told}"
        return f"{FROM_THE_LEFT}{told}{END}" if self._right_to_left else told

    def listed(self, parts: Sequence[str]) -> str:
        """Phrases in a row, the last joined as the language joins."""
        if self.locale == _ENGLISH:
            return in_english.listed(parts)
        return self._forms.listed(parts)

    def row(self, parts: Iterable[str]) -> str:
        """Names or phrases in a row, with the language's comma between them."""
        return self.keyed("row.comma", ", ").join(parts)

    def capital(self, text: str) -> str:
        """The text with a capital at its beginning; in Turkish that of i has a dot."""
        first = text[:1]
        if first == "i" and self.locale.partition("_")[0] in _DOTTED:
            return f"İ{text[1:]}"
        return first.upper() + text[1:]

    def sentence(self, text: str) -> str:
        """A phrase as a sentence, with a capital and the language's full stop."""
        return self.keyed("row.sentence", "{text}.", text=self.capital(text))

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
