"""Which actors the base's newest facts are about."""

from __future__ import annotations

from datetime import date, timedelta

from bot.knowledge.facts import Base

_RECENT = timedelta(days=365)


def newest_first(base: Base, most: int = 25) -> tuple[str, ...]:
    """Codes of states and observers with the most events in the year before the base's
    newest event, then those whose newest event is the latest; at most so many.

    Breakaway and partly recognised entities are found by typing their names.
    """
    days = {
        code: [event.date.first for event in country.events]
        for code, country in base.countries.items()
        if country.kind in {"state", "observer"}
    }
    newest = max((day for each in days.values() for day in each), default=date.min)

    def rank(code: str) -> tuple[int, int, str]:
        own = days[code]
        recent = sum(newest - day <= _RECENT for day in own)
        latest = max(own, default=date.min)
        return -recent, -latest.toordinal(), code

    return tuple(sorted(days, key=rank)[:most])
