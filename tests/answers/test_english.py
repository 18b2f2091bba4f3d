from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from bot.answers import english
from bot.answers.texts import Texts
from bot.knowledge.dates import PartialDate

DAYS = [date(2019, 12, 20) + timedelta(days=n) for n in range(800)] + [
    date(1, 1, 1),
    date(999, 12, 31),
    date(9999, 12, 31),
]


def test_every_day_and_month_is_written_as_cldr_writes_it() -> None:
    for day in DAYS:
        assert english.day(day) == format_date(day, "medium", locale="en")
        assert english.month(day) == format_skeleton("yMMM", day, locale="en")


@pytest.mark.parametrize("length", range(7))
def test_a_list_of_any_length_is_joined_as_cldr_joins_it(length: int) -> None:
    parts = [f"part {n}" for n in range(length)]
    assert english.listed(parts) == format_list(parts, locale="en")


def test_english_readers_get_it_and_others_get_their_own() -> None:
    day, month = PartialDate(2022, 2, 24), PartialDate(2022, 2)
    english_, german = Texts("en"), Texts("de")
    assert (english_.date(day), english_.date(month)) == ("Feb 24, 2022", "Feb 2022")
    assert (german.date(day), german.date(month)) == ("24.02.2022", "Feb. 2022")
    assert english_.listed(["a", "b", "c"]) == "a, b, and c"
    assert german.listed(["a", "b", "c"]) == "a, b und c"
