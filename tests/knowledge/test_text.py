from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.text import cut, did_you_mean, length, nearest

LEVELS = ("neutral", "leans", "ally")


@given(st.text(max_size=40), st.integers(1, 30))
def test_what_is_cut_fits_and_begins_as_the_text_does(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert length(short) <= limit
    assert short == text if length(text) <= limit else short.endswith("…")
    assert text.startswith(short.removesuffix("…").rstrip())


def test_an_emoji_is_two_units_and_never_halved() -> None:
    assert length("🇧🇾") == 4
    assert cut("🙂🙂🙂", 4) == "🙂…"


@pytest.mark.parametrize("typed", ["nuetral", "neutrall", "neutra"])
def test_a_mistyped_word_gets_its_nearest(typed: str) -> None:
    assert did_you_mean(typed, LEVELS) == "did you mean `neutral`?"
    assert nearest(typed, LEVELS) == ("neutral",)


@pytest.mark.parametrize("typed", ["", "xyz", "n" * 61, 7, None, ["neutral"]])
def test_what_resembles_nothing_gets_no_guess(typed: object) -> None:
    assert did_you_mean(typed, LEVELS) == ""
