from __future__ import annotations

from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.dates import (
    AmbiguousDay,
    DayRefusal,
    PartialDate,
    PastDays,
    parse_when,
    past_day,
)
from bot.knowledge.day_words import MONTHS, folded, month_numbers, near_days
from bot.knowledge.documents import Event, Source
from bot.knowledge.fact import Fact, of_event
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
        ("2022.03.02", "2022-03-02"),
        ("24.02.2022", "2022-02-24"),
        ("2.3.2022", "2022-03-02"),
        ("2. 3. 2022", "2022-03-02"),
        ("24/02/2022", "2022-02-24"),
        ("02/24/2022", "2022-02-24"),
        ("24-2-2022", "2022-02-24"),
        ("05/05/2022", "2022-05-05"),
        ("02/2022", "2022-02"),
        ("24 février 2022", "2022-02-24"),
        ("24 fevrier 2022", "2022-02-24"),
        ("1er mars 2022", "2022-03-01"),
        ("24. Februar 2022", "2022-02-24"),
        ("24 лютого 2022 р.", "2022-02-24"),
        ("24 ФЕВРАЛЯ 2022 года", "2022-02-24"),
        ("24 lutego 2022 r.", "2022-02-24"),
        ("24 de febrero de 2022", "2022-02-24"),
        ("1º de março de 2022", "2022-03-01"),
        ("24 Şubat 2022", "2022-02-24"),
        ("30 KASIM 2022", "2022-11-30"),
        ("2022年2月24日", "2022-02-24"),
        ("2022年2月", "2022-02"),
        ("\uff12\uff10\uff12\uff12年", "2022"),
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
        "02/03/2022",
        "2-3-2022",
        "24.02.22",
        "30.02.2022",
        "0.3.2022",
        "13/13/2022",
        "2022-03/02",
        "2 march april 2022",
        "2 3 march 2022",
        "march 2022 2022",
        "of march",
        "24 lutego",
        "2022年13月",
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


@pytest.mark.parametrize("language", MONTHS)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
@pytest.mark.parametrize("context", ["format", "stand-alone"])
def test_every_name_of_a_month_that_cldr_has_is_read(
    language: str, width: str, context: str
) -> None:
    for number, name in Locale.parse(language).months[context][width].items():
        for typed in (f"2 {name} 2022", f"2 {name.upper()} 2022"):
            assert parse_when(typed) == PartialDate(2022, number, 2), typed


def test_no_name_stands_for_two_months_and_no_word_for_two_days() -> None:
    numbers: dict[str, set[int]] = {}
    for months in MONTHS.values():
        assert len(months.split()) == 12
        for number, forms in enumerate(months.split(), start=1):
            for form in forms.split("/"):
                numbers.setdefault(folded(form), set()).add(number)
    assert all(len(each) == 1 for each in numbers.values())
    assert not near_days().keys() & month_numbers().keys()


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("Yesterday", "2026-11-22", "2026-11-22"),
        ("вчора", "2026-11-22", "2026-11-22"),
        ("aujourd\u2019hui", "2026-11-23", "2026-11-23"),
        ("昨日", "2026-11-22", "2026-11-22"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("letzte Woche", "2026-11-16", "2026-11-22"),
        ("last  month", "2026-10-01", "2026-10-31"),
        ("в прошлом месяце", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("torik", None, None),
        ("торік", "2025-01-01", "2025-12-31"),
        ("geçen yıl", "2025-01-01", "2025-12-31"),
    ],
)
def test_days_near_today_are_read_from_today(
    typed: str, first: str | None, last: str | None
) -> None:
    days = past_day(typed, NOW, FIRST)
    if first is None or last is None:
        assert days is DayRefusal.UNREADABLE
    else:
        assert days == PastDays(date.fromisoformat(first), date.fromisoformat(last))


@given(st.dates(min_value=date(2015, 3, 1)))
def test_the_last_week_month_and_year_end_before_today_and_are_whole(
    today: date,
) -> None:
    for typed, least, most in (
        ("last week", 7, 7),
        ("last month", 28, 31),
        ("last year", 365, 366),
    ):
        days = past_day(typed, today)
        assert isinstance(days, PastDays)
        assert least <= (days.last - days.first).days + 1 <= most
        assert 0 < (today - days.last).days <= most + 1


def test_a_day_before_the_base_begins_is_too_early_by_any_words() -> None:
    for typed in ("yesterday", "last week", "last month", "last year"):
        assert past_day(typed, FIRST, FIRST) is DayRefusal.EARLY, typed


def one(*days: str) -> AmbiguousDay:
    return AmbiguousDay(
        tuple(PastDays(date.fromisoformat(d), date.fromisoformat(d)) for d in days)
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("02/03/2022", one("2022-03-02", "2022-02-03")),
        ("2-3-2022", one("2022-03-02", "2022-02-03")),
        ("02/12/2026", one("2026-02-12")),
        ("02/03/2014", one("2014-03-02")),
        ("02/03/2027", DayRefusal.FUTURE),
        ("02/03/2013", DayRefusal.EARLY),
    ],
)
def test_what_may_be_two_days_is_asked_back_with_those_that_can_be_answered(
    typed: str, read: AmbiguousDay | DayRefusal
) -> None:
    assert past_day(typed, NOW, FIRST) == read


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_of_past_days_fail(text: str) -> None:
    past_day(text, NOW, FIRST)
