"""When a channel is told next: at nine in the morning of the server's own day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.store.follows import How

HOUR = time(9)
MONDAY = 0


@cache
def zones() -> tuple[str, ...]:
    """Every time zone that can be chosen, by its name in the IANA database."""
    return tuple(sorted(name for name in available_timezones() if "/" in name))


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name; UTC for none, and for one that is not known here."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_same_day(one: datetime, other: datetime, zone: str) -> bool:
    """Whether two moments lie in one day of a time zone."""
    place = zone_of(zone)
    return one.astimezone(place).date() == other.astimezone(place).date()


def next_due(how: How, after: datetime, zone: str) -> datetime | None:
    """The first moment after another at which a channel is told; None for at once."""
    if how == "once":
        return None
    place = zone_of(zone)
    day = after.astimezone(place).date()
    while True:
        moment = datetime.combine(day, HOUR, place)
        if moment > after and (how == "daily" or day.weekday() == MONDAY):
            return moment.astimezone(UTC)
        day += timedelta(days=1)
