from __future__ import annotations

import pytest

from bot.entries.records import LAST_NUMBER, number_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("#7", 7), (" # 7 ", 7), ("007", 7), (str(LAST_NUMBER), LAST_NUMBER)],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: int) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", "#", "0", "-1", "1.5", "seven", "٧", "##7", str(LAST_NUMBER + 1), "9" * 6000],
)
def test_what_no_database_holds_is_no_number(typed: str) -> None:
    assert number_of(typed) == 0
