"""How a language writes days, numbers and lists, from a table of CLDR's beside this
file. Babel, which the table is made by and held against, weighs 33 MiB and takes a
sixth of the time of one question on the command line.

``python -m tests.support.cldr_tables`` makes the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from bot.names.locales import varieties

FILE = Path(__file__).with_name("locale_forms.jsonl")
"""On each line the forms of one locale."""


class ListForms(msgspec.Struct, frozen=True):
    """How phrases are joined: two of them, and the first, middle and last joints of
    more.
    """

    two: str
    start: str
    middle: str
    end: str


class LocaleForms(msgspec.Struct, frozen=True):
    """The forms of one locale; templates of days have CLDR's fields in braces."""

    locale: str
    name: str
    """The language's name in itself, with a capital."""
    direction: str
    """``ltr`` or ``rtl``."""
    day: str
    """A day as in running text: {d} {MMM} {y}."""
    long_day: str
    written_day: str
    """A day as somebody may type it, in the language's order, without a comma."""
    month: str
    """A month and its year."""
    months: dict[str, tuple[str, ...]]
    """Names of months, by the field that stands for them: MMM, LLLL."""
    decimal: str
    group: str
    percent: str
    """A share of a hundred, for {}."""
    lists: ListForms

    def date(self, template: str, when: date) -> str:
        """A day in one of the templates above."""
        fields = {
            "y": str(when.year),
            "M": str(when.month),
            "MM": f"{when.month:02}",
            "d": str(when.day),
            "dd": f"{when.day:02}",
        }
        names = {field: row[when.month - 1] for field, row in self.months.items()}
        return template.format(**fields, **names)

    def number(self, value: float, places: int) -> str:
        """A number with so many places, grouped by threes; halves to the even digit."""
        signs = {ord(","): self.group, ord("."): self.decimal}
        return f"{Decimal(str(value)):,.{places}f}".translate(signs)

    def share(self, value: float) -> str:
        """A share from 0 to 1 in whole hundredths; halves to the even digit."""
        return self.percent.format(f"{Decimal(str(value)) * 100:.0f}")

    def listed(self, parts: Sequence[str]) -> str:
        """Phrases in a row, as long as there are."""
        if len(parts) < 2:
            return "".join(parts)
        if len(parts) == 2:
            return self.lists.two.format(*parts)
        first, second, *middle, last = parts
        row = self.lists.start.format(first, second)
        for each in middle:
            row = self.lists.middle.format(row, each)
        return self.lists.end.format(row, last)


@cache
def _lines() -> dict[str, bytes]:
    """The line of each locale of the table."""
    lines = FILE.read_bytes().splitlines()
    return {msgspec.json.decode(line)["locale"]: line for line in lines}


@lru_cache(maxsize=64)
def forms_of(locale: str) -> LocaleForms | None:
    """The forms of a locale, or of what it is a variety of; None for a language that is
    not in the table.
    """
    for name in varieties(locale):
        if line := _lines().get(name):
            return msgspec.json.decode(line, type=LocaleForms)
    return None


def forms_or_english(locale: str) -> LocaleForms:
    """The forms of a locale; English ones where the table does not have it."""
    forms = forms_of(locale) or forms_of("en")
    assert forms
    return forms
