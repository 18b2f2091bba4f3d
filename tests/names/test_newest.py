"""Whom an empty box offers: whoever the base's newest facts are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.knowledge.dates import PartialDate
from bot.knowledge.facts import Base
from bot.names.newest import newest_first

NOW = date(2026, 11, 1)


def made(base: Base, days: Mapping[str, Sequence[int]]) -> Base:
    """A base of these actors alone, each with events so many days ago."""
    event = next(each for c in base.countries.values() for each in c.events)
    countries = {
        code: replace(
            base.countries[code],
            events=tuple(
                replace(event, id=f"e{n}", date=day_ago(ago))
                for n, ago in enumerate(past)
            ),
        )
        for code, past in days.items()
    }
    return replace(base, countries=countries)


def day_ago(days: int) -> PartialDate:
    day = NOW - timedelta(days=days)
    return PartialDate(day.year, day.month, day.day)


def test_most_events_in_the_year_before_the_newest_come_first(base: Base) -> None:
    found = made(base, {"BY": [0], "AM": [1, 2, 3], "CU": [400] * 9, "KZ": [4, 5]})
    assert newest_first(found) == ("AM", "KZ", "BY", "CU")


def test_among_equals_the_latest_comes_first(base: Base) -> None:
    found = made(base, {"BY": [30], "AM": [10], "CU": [500], "KZ": [400], "FR": []})
    assert newest_first(found) == ("AM", "BY", "KZ", "CU", "FR")


def test_breakaway_and_partly_recognised_entities_are_left_to_be_typed(
    base: Base,
) -> None:
    days = {code: [1] for code in ("donetsk-pr", "XK", "BY", "VA")}
    assert set(newest_first(made(base, days))) == {"BY", "VA"}


def test_no_more_are_offered_than_asked_for(base: Base) -> None:
    assert len(newest_first(base, 4)) == 4


def test_a_base_without_an_event_offers_its_states(base: Base) -> None:
    assert newest_first(made(base, {"BY": [], "AM": []})) == ("AM", "BY")
