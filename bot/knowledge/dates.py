"""Dates as sources know them: a day, a month or only a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)\.?,? (\d{4})\Z", re.ASCII
)
_MONTH_FIRST = re.compile(
    r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\Z", re.ASCII
)
_MONTH = re.compile(r"([a-z]+)\.?,? (\d{4})\Z", re.ASCII)


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
        found = _ISO.match(str(text))
        if not found:
            msg = f"{text!r} is not a date: write 2022, 2022-03 or 2022-03-02"
            raise ValueError(msg)
        year, month, day = found.groups()
        try:
            return cls(
                int(year), int(month) if month else None, int(day) if day else None
            )
        except ValueError:
            msg = f"{text!r} is not a day of the calendar"
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
    ``Mar 2022``.
    """
    cleaned = " ".join(text.replace("/", "-").casefold().split())[:40]
    iso = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", cleaned, re.ASCII)
    parts: tuple[int, int | None, int | None] | None = None
    if iso:
        parts = (
            int(iso[1]),
            int(iso[2]) if iso[2] else None,
            int(iso[3]) if iso[3] else None,
        )
    elif (found := _DAY_FIRST.match(cleaned)) and found[2] in MONTHS:
        parts = (int(found[3]), MONTHS[found[2]], int(found[1]))
    elif (found := _MONTH_FIRST.match(cleaned)) and found[1] in MONTHS:
        parts = (int(found[3]), MONTHS[found[1]], int(found[2]))
    elif (found := _MONTH.match(cleaned)) and found[1] in MONTHS:
        parts = (int(found[2]), MONTHS[found[1]], None)
    if parts is None or parts[1] == 0 or parts[2] == 0:
        return None
    try:
        return PartialDate(*parts)
    except ValueError:
        return None
