"""Dates as sources know them: a day, a month or only a year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.knowledge.text import cut

MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}

_SHOWN = 40
"""Characters of a text that are read as a date, and shown if it is none."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_YEAR, _DAY = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_TYPED_ISO = re.compile(
    rf"{_YEAR}(?:-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?)?", re.ASCII
)
_DAY_FIRST = re.compile(rf"{_DAY}(?: of)? {_NAME},? {_YEAR}", re.ASCII)
_MONTH_FIRST = re.compile(rf"{_NAME} {_DAY},? {_YEAR}", re.ASCII)
_MONTH = re.compile(rf"{_NAME},? {_YEAR}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day (2022-02-24), a month (2022-02) or a year (2022); what is not known stays
    None.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            msg = f"year {self.year} is out of range"
            raise ValueError(msg)
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str | int) -> PartialDate:
        """Read ``2022``, ``2022-03`` or ``2022-03-02``; ValueError for anything
        else.
        """
        typed = cut(str(text), _SHOWN)
        parts = _ISO.match(typed)
        if not parts:
            msg = f"{typed!r} is not a date: write 2022, 2022-03 or 2022-03-02"
            raise ValueError(msg)
        year, month, day = parts.groups()
        try:
            return cls(
                int(year), int(month) if month else None, int(day) if day else None
            )
        except ValueError:
            msg = f"{typed!r} is not a day of the calendar"
            raise ValueError(msg) from None

    @property
    def first(self) -> date:
        """The earliest day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day that this date can mean."""
        month = self.month or 12
        return date(
            self.year, month, self.day or calendar.monthrange(self.year, month)[1]
        )

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text


def parse_when(text: str) -> PartialDate | None:
    """Read a date as people type it, or None.

    Forms: ``2022``, ``2022-03``, ``2022-03-02``, ``2 March 2022``, ``March 2, 2022``,
    ``Mar 2022``. No form is longer than 40 characters.
    """
    typed = " ".join(text.replace("/", "-").casefold().split())[:_SHOWN]
    for pattern in (_TYPED_ISO, _DAY_FIRST, _MONTH_FIRST, _MONTH):
        if parts := pattern.fullmatch(typed):
            return _from_parts(parts.groupdict())
    return None


def _from_parts(parts: Mapping[str, str | None]) -> PartialDate | None:
    """A date of a year, perhaps a month (a number or a name) and perhaps a day."""
    word = parts.get("month")
    number = MONTHS.get(word) or word if word else None
    try:
        month = int(number) if number else None
        day = int(parts.get("day") or 0) or None
        if month == 0 or (parts.get("day") and day is None):
            return None
        return PartialDate(int(parts["year"] or 0), month, day)
    except ValueError:
        return None


class DayRefusal(Enum):
    """Why a text names no day that can be asked about."""

    UNREADABLE = "unreadable"
    """It is no date."""
    FUTURE = "future"
    """It has not come yet."""
    EARLY = "early"
    """It lies before the first day that is known."""


@dataclass(frozen=True, slots=True)
class PastDays:
    """The days that a text means, from ``first`` to ``last``, both included; none of
    them is later than today.
    """

    first: date
    last: date
    """The day to answer for: of a month or year, its newest."""


def past_day(
    text: str | None, today: date, first: date | None = None
) -> PastDays | DayRefusal:
    """The past day, month or year that a text means, or why it means none; today for no
    text.

    Nothing before ``first``, where that is given: of a month or year in which it lies,
    only what comes from it on.
    """
    if not text or not text.strip():
        return PastDays(today, today)
    when = parse_when(text)
    if when is None:
        return DayRefusal.UNREADABLE
    if when.first > today:
        return DayRefusal.FUTURE
    if first is not None and when.last < first:
        return DayRefusal.EARLY
    begin = when.first if first is None else max(when.first, first)
    return PastDays(begin, min(when.last, today))
