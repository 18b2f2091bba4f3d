"""Dates as sources know them: a day, a month or only a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.knowledge.day_words import Near, folded, month_numbers, near_days
from bot.knowledge.text import cut

_SHOWN = 40
"""Characters of a text that are read as a date, and shown if it is none."""
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})"
    r"(?:(?P=mark)(?P<day>\d{1,2}))?)?\.?",
    re.ASCII,
)
_HAN = re.compile(
    r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?", re.ASCII
)
_YEAR_LAST = re.compile(
    r"(?:(?P<first>\d{1,2})(?P<mark>[-/.]) ?)?(?P<second>\d{1,2})(?(mark)(?P=mark)|"
    r"[-/.]) ?(?P<year>\d{4})",
    re.ASCII,
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o|a)?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_FILLERS = frozenset("the of de del di г года год р року рік r roku".split())
"""Words that stand beside a day, month or year and say nothing."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day (2020-02-24), a month (2020-02) or a year (2020); what is not known stays
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
        """Read ``2020``, ``2020-03`` or ``2020-03-02``; ValueError for anything
        else.
        """
        typed = cut(str(text), _SHOWN)
        parts = _ISO.match(typed)
        if not parts:
            msg = f"{typed!r} is not a date: write 2020, 2020-03 or 2020-03-02"
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
    """Read a date as people type it, or None for what is none or may be two.

    Forms: ``2020``, ``2020-03``, ``2020-03-02``, ``02.03.2020`` (the day first),
    ``24/02/2020`` and ``02/24/2020`` (not ``02/03/2020``), ``03.2020``,
    ``2 March 2020``, ``March 2, 2020``, ``Mar 2020``, months in the languages of
    `day_words`, ``2020年3月2日``. No form is longer than 40 characters.
    """
    readings = _readings(_typed(text))
    return readings[0] if len(readings) == 1 else None


def _typed(text: str) -> str:
    """A text as its words are compared, cut where no form is so long."""
    return folded(" ".join(text.split())[:_SHOWN])[:_SHOWN]


def _readings(typed: str) -> tuple[PartialDate, ...]:
    """The dates that a typed text may mean: none, one or two, the day first before the
    month first.
    """
    for pattern in (_YEAR_FIRST, _HAN):
        if parts := pattern.fullmatch(typed):
            day = (_date(parts["year"], parts["month"], parts["day"]),)
            return tuple(each for each in day if each)
    if parts := _YEAR_LAST.fullmatch(typed):
        day, month, year = parts["first"], parts["second"], parts["year"]
        both = [_date(year, month, day)]
        if day and parts["mark"] != ".":
            both.append(_date(year, day, month))
        return tuple(dict.fromkeys(each for each in both if each))
    named = _named(typed)
    return (named,) if named else ()


def _named(typed: str) -> PartialDate | None:
    """A date whose month is a name: day, month, year; month, day, year; or month,
    year.
    """
    tokens = typed.replace(",", " ").replace(".", " ").split()
    words = [word for word in tokens if word not in _FILLERS]
    if not 2 <= len(words) <= 3 or not _YEAR.fullmatch(words[-1]):
        return None
    months = month_numbers()
    number = next((months[word] for word in words[:-1] if word in months), None)
    if number is None:
        return None
    rest = [word for word in words[:-1] if word not in months]
    if len(rest) != len(words) - 2:
        return None
    day = _DAY.fullmatch(rest[0]) if rest else None
    if rest and not day:
        return None
    return _date(words[-1], str(number), day[1] if day else None)


def _date(year: str, month: str | None, day: str | None) -> PartialDate | None:
    """A date of digits; None for what is not in the calendar."""
    try:
        numbers = [None if part is None else int(part) for part in (month, day)]
        return None if 0 in numbers else PartialDate(int(year), *numbers)
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


@dataclass(frozen=True, slots=True)
class AmbiguousDay:
    """What a text may mean, where somebody has to be asked: one or two past days, the
    day that is written before the month first.
    """

    days: tuple[PastDays, ...]


def past_day(
    text: str | None, today: date, first: date | None = None
) -> PastDays | AmbiguousDay | DayRefusal:
    """The past day, week, month or year that a text means, which ones it may mean, or
    why it means none; today for no text.

    Besides what `parse_when` reads: today, yesterday, last week, month and year, in the
    languages of `day_words`. Nothing before ``first``, where that is given: of a month
    or year in which it lies, only what comes from it on.
    """
    if not text or not text.strip():
        return PastDays(today, today)
    typed = _typed(text)
    if near := near_days().get(typed):
        return _known(_near(near, today), today, first)
    known = [
        _known(PastDays(each.first, each.last), today, first)
        for each in _readings(typed)
    ]
    days = tuple(each for each in known if isinstance(each, PastDays))
    if len(known) > 1 and days:
        return AmbiguousDay(days)
    return known[0] if known else DayRefusal.UNREADABLE


def _near(near: Near, today: date) -> PastDays:
    """The days that a word means; weeks begin on Monday."""
    match near:
        case "today":
            return PastDays(today, today)
        case "yesterday":
            day = today - timedelta(days=1)
            return PastDays(day, day)
        case "last week":
            end = today - timedelta(days=today.isoweekday())
            return PastDays(end - timedelta(days=6), end)
        case "last month":
            end = today.replace(day=1) - timedelta(days=1)
            return PastDays(end.replace(day=1), end)
        case "last year":
            return PastDays(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))


def _known(days: PastDays, today: date, first: date | None) -> PastDays | DayRefusal:
    """Of these days, those that can be asked about."""
    if days.first > today:
        return DayRefusal.FUTURE
    if first is not None and days.last < first:
        return DayRefusal.EARLY
    begin = days.first if first is None else max(days.first, first)
    return PastDays(begin, min(days.last, today))
