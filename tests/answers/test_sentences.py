"""Bars, levels' tones, shortened texts, and how sure an answer calls itself."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.alignment.assessment import Grade
from bot.alignment.rubric import assess
from bot.answers.sentences import (
    BAR,
    filled,
    leaning_side,
    level_tones,
    marks,
    shortened,
)
from bot.answers.stance import sureness
from bot.answers.texts import english
from bot.knowledge.conflict import Level, Tone
from bot.knowledge.facts import Base
from tests.support.bases import TODAY


@pytest.mark.parametrize(
    ("score", "count"),
    [
        (0, 0),
        (0.02, 0),
        (0.021, 1),
        (0.29, 1),
        (0.31, 2),
        (0.49, 2),
        (0.51, 3),
        (0.69, 3),
        (0.71, 4),
        (0.89, 4),
        (0.91, 5),
        (1, 5),
    ],
)
def test_a_bar_has_a_mark_for_each_begun_fifth_from_the_middle_of_it(
    score: float, count: int
) -> None:
    assert filled(score) == filled(-score) == count
    assert marks(filled(score)) == "▰" * count + "▱" * (5 - count)


@given(score=st.floats(-1, 1))
def test_a_bar_is_empty_only_where_no_side_is_named(score: float) -> None:
    assert 0 <= filled(score) <= BAR == len(marks(filled(score))) == 5
    assert (filled(score) == 0) == (abs(score) <= 0.02)


def test_the_side_that_is_named_has_the_scores_sign(base: Base) -> None:
    minus, plus = sorted(base.conflict.sides, key=lambda side: side.sign)
    for score in (0.021, 0.5, 1):
        assert leaning_side(score, base.conflict, english()) == plus.name
        assert leaning_side(-score, base.conflict, english()) == minus.name
    assert leaning_side(0.02, base.conflict, english()) == "neither side"


@pytest.mark.parametrize("count", range(1, 8))
def test_levels_without_a_tone_have_different_ones_in_order_from_end_to_end(
    base: Base, count: int
) -> None:
    level = TypeAdapter(Level)
    bands = tuple(
        level.validate_python(
            {"id": f"level-{n}", "name": "N", "toward": "neutral", "reason": "Why."}
        )
        for n in range(count)
    )
    conflict = copy(base.conflict)
    object.__setattr__(conflict, "levels", bands)
    tones = list(level_tones(conflict).values())
    order: list[Tone] = list(get_args(Tone))
    places = [order.index(tone) for tone in tones]
    assert places == sorted(set(places))
    assert len(places) == count
    if count > 1:
        assert (tones[0], tones[-1]) == ("first-strong", "second-strong")


@given(text=st.text(max_size=60), limit=st.integers(1, 50))
def test_a_shortened_text_fits_stands_on_one_line_and_says_that_it_was_cut(
    text: str, limit: int
) -> None:
    short, line = shortened(text, limit), " ".join(text.split())
    assert len(short) <= limit
    assert "\n" not in short
    assert short == line or (short.endswith("…") and line.startswith(short[:-1]))


@pytest.mark.parametrize("grade", get_args(Grade))
@pytest.mark.parametrize("agree", [True, False])
@pytest.mark.parametrize("newest", [date(2026, 3, 2), None])
@pytest.mark.parametrize("publishers", [1, 3])
def test_an_answer_says_every_figure_behind_how_sure_it_is(
    base: Base, grade: Grade, agree: bool, newest: date | None, publishers: int
) -> None:
    plain = assess("BY", base, on=TODAY)
    sure = replace(
        plain.confidence,
        grade=grade,
        agree=agree,
        newest=newest,
        publishers=publishers,
    )
    said = sureness(replace(plain, confidence=sure), english())
    many = "1 independent publisher" if publishers == 1 else "3 independent publishers"
    dated = "newest fact Mar 2, 2026" if newest else "no dated fact"
    alike = "deeds and votes agree" if agree else "deeds and votes disagree"
    assert said == f"Confidence: {grade} ({many}, {alike}, {dated})"
