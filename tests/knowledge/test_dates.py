from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.dates import (
    DayRefusal,
    PartialDate,
    PastDays,
    parse_when,
    past_day,
)
from bot.knowledge.documents import Event, Source
from bot.knowledge.facts import Fact, of_event
from tests.support.egg_conflict import egg_conflict


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2022", "2022"),
        ("2022-03", "2022-03"),
        ("2022-3-2", "2022-03-02"),
        ("2 March 2022", "2022-03-02"),
        ("2nd of march 2022", "2022-03-02"),
        ("March 2, 2022", "2022-03-02"),
        ("Mar 2022", "2022-03"),
        ("sept 2022", "2022-09"),
        ("  2022/03/02 ", "2022-03-02"),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert str(parse_when(typed)) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "yesterday",
        "2022-02-30",
        "2022-13",
        "32 March 2022",
        "0000",
        "٢٠٢٢",
        "2022-00",
    ],
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert parse_when(typed) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_full_date_survives_the_round_trip(day: date) -> None:
    assert (
        PartialDate.parse(day.isoformat()).first
        == PartialDate.parse(day.isoformat()).last
        == day
    )


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_of_dates_fail(text: str) -> None:
    parse_when(text)


def _event(when: str, until: str | None = None, published: str | None = None) -> Fact:
    event = Event(
        id="x",
        date=PartialDate.parse(when),
        until=PartialDate.parse(until) if until else None,
        toward="big-end",
        deed="oath",
        claim="It swore.",
        sources=(
            Source(
                "P",
                "T",
                "https://example.org",
                PartialDate.parse(published) if published else None,
            ),
        ),
    )
    return of_event(event, egg_conflict())


def test_a_month_counts_from_its_end_or_from_the_day_it_was_reported() -> None:
    assert _event("2022-03").begins == date(2022, 3, 31)
    assert _event("2022-03", published="2022-03-10").begins == date(2022, 3, 10)
    assert _event("2022-03", published="2021-01-01").begins == date(2022, 3, 1)


def test_a_fact_does_not_hold_on_the_day_it_ceased() -> None:
    fact = _event("2022-03-02", until="2024-12-08")
    assert not fact.holds(date(2022, 3, 1))
    assert fact.holds(date(2022, 3, 2))
    assert fact.holds(date(2024, 12, 7))
    assert not fact.holds(date(2024, 12, 8))


NOW = date(2026, 11, 23)
FIRST = date(2014, 2, 20)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        (None, "2026-11-23", "2026-11-23"),
        (" ", "2026-11-23", "2026-11-23"),
        ("2026-11-23", "2026-11-23", "2026-11-23"),
        ("2022-02-24", "2022-02-24", "2022-02-24"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2026", "2026-01-01", "2026-11-23"),
        ("Nov 2026", "2026-11-01", "2026-11-23"),
        ("2014", "2014-02-20", "2014-12-31"),
        ("20 Feb 2014", "2014-02-20", "2014-02-20"),
    ],
)
def test_a_past_day_month_or_year_ends_today_at_the_latest(
    typed: str | None, first: str, last: str
) -> None:
    days = PastDays(date.fromisoformat(first), date.fromisoformat(last))
    assert past_day(typed, NOW, FIRST) == days


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("soon", DayRefusal.UNREADABLE),
        ("2022-02-30", DayRefusal.UNREADABLE),
        ("9" * 5000, DayRefusal.UNREADABLE),
        ("2026-11-24", DayRefusal.FUTURE),
        ("December 2026", DayRefusal.FUTURE),
        ("2027", DayRefusal.FUTURE),
        ("2014-02-19", DayRefusal.EARLY),
        ("2014-01", DayRefusal.EARLY),
        ("2013", DayRefusal.EARLY),
    ],
)
def test_a_day_that_cannot_be_asked_about_says_why(typed: str, why: DayRefusal) -> None:
    assert past_day(typed, NOW, FIRST) is why


def test_without_a_first_day_nothing_is_too_early() -> None:
    assert past_day("1721", NOW) == PastDays(date(1721, 1, 1), date(1721, 12, 31))
