"""Where not all names have room, it is said how many were left out."""

from __future__ import annotations

import pytest

from bot.answers import forecast
from bot.answers.texts import Texts

TEXTS = Texts("en", lambda code, _: code)
CODES = ("BY", "AM", "KZ", "MD")


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (1, "BY and 3 more"),
        (2, "BY, AM, and 2 more"),
        (3, "BY, AM, KZ, and 1 more"),
        (4, "BY, AM, KZ, and MD"),
        (9, "BY, AM, KZ, and MD"),
    ],
)
def test_names_that_are_left_out_of_a_forecast_are_counted(
    most: int, said: str
) -> None:
    assert forecast._members(CODES, most, TEXTS) == said
