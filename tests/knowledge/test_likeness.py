"""Texts are as alike as RapidFuzz, which Ally does without, says that they are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.knowledge.likeness import likeness_of_words, most_alike, slips

TEXTS = st.text("abc é中", max_size=12) | st.text(max_size=90)
NAMES = "belarus belrus belarsu belgium bulgaria burundi brazil bhutan".split()


@given(TEXTS, TEXTS)
def test_slips_are_counted_as_rapidfuzz_counts_them(text: str, other: str) -> None:
    assert slips(text, other) == OSA.distance(text, other)


@given(TEXTS, TEXTS)
def test_likeness_is_what_rapidfuzz_finds(text: str, other: str) -> None:
    (likely,) = most_alike(text, [other], 0, 1)
    assert likely.score == pytest.approx(fuzz.ratio(text, other))
    # RapidFuzz takes no other blank for one.
    text, other = (" ".join(each.split()) for each in (text, other))
    words = fuzz.token_set_ratio(text, other)
    assert likeness_of_words(text, other) == pytest.approx(words)


def test_every_pair_of_names_is_as_many_slips_apart_as_rapidfuzz_says() -> None:
    for text in NAMES:
        for other in NAMES:
            assert slips(text, other) == OSA.distance(text, other), (text, other)
    assert slips("belarus", "belarsu") == 1


@pytest.mark.parametrize("least", [0, 55.5, 80, 100])
def test_the_most_alike_are_found_in_the_same_order(least: float) -> None:
    dice = random.Random(17)
    for _ in range(300):
        text = "".join(dice.choices("abcde", k=dice.randint(1, 9)))
        others = [
            "".join(dice.choices("abcde", k=dice.randint(1, 9))) for _ in range(30)
        ]
        wanted = process.extract(
            text, others, scorer=fuzz.ratio, score_cutoff=least, limit=4
        )
        found = most_alike(text, others, least, 4)
        assert [each.text for each in found] == [name for name, _, _ in wanted]
        assert [each.score for each in found] == pytest.approx(
            [score for _, score, _ in wanted]
        )


def test_a_text_without_words_is_like_no_other() -> None:
    assert likeness_of_words("", "") == 0
    assert likeness_of_words("a b", " ") == 0
    assert likeness_of_words("a b", "b a c") == 100
