"""How a typed question is read: names and days narrow it down, other words are looked
for, and nothing that is typed takes long.
"""

from __future__ import annotations

import time
from datetime import date

import pytest

from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.names.regions import within
from bot.search.question import LONGEST, MOST_WORDS, Question, read_question
from bot.search.words import stem, terms_of
from tests.support.bases import TODAY

Days = tuple[date | None, date | None]


def read(text: str, base: Base, names: NameIndex) -> Question:
    return read_question(text, names, base, TODAY)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("arms in 2022", (date(2022, 1, 1), date(2022, 12, 31))),
        ("arms since 2024", (date(2024, 1, 1), None)),
        ("arms after March 2022", (date(2022, 4, 1), None)),
        ("arms before 2022", (None, date(2021, 12, 31))),
        ("arms until 24.02.2022", (None, date(2022, 2, 24))),
        ("arms from 2022 to 2023", (date(2022, 1, 1), date(2023, 12, 31))),
        ("arms between 2022 and 2023", (date(2022, 1, 1), date(2023, 12, 31))),
        ("arms last year", (date(2025, 1, 1), date(2025, 12, 31))),
        ("arms on 2 March 2022", (date(2022, 3, 2), date(2022, 3, 2))),
        ("seit 2024 arms", (date(2024, 1, 1), None)),
        ("arms з 2024", (date(2024, 1, 1), None)),
        ("arms now", (None, None)),
        ("arms 1000", (None, None)),
        ("arms in 2031", (None, None)),
    ],
)
def test_days_narrow_a_search_down(
    text: str, days: Days, base: Base, names: NameIndex
) -> None:
    question = read(text, base, names)
    assert (question.since, question.until) == days
    assert question.terms[0] == stem("arms")


@pytest.mark.parametrize(
    ("since", "read"),
    [
        (None, date(2022, 1, 1)),
        (date(2021, 5, 5), date(2022, 1, 1)),
        (date(2023, 5, 5), date(2023, 5, 5)),
    ],
)
def test_of_a_day_that_is_typed_and_one_that_is_chosen_the_later_counts(
    since: date | None, read: date, base: Base, names: NameIndex
) -> None:
    asked = read_question("sanctions since 2022", names, base, TODAY, since=since)
    assert asked.since == read


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("中国投票反对", {"CN"}),
        ("中国和印度", {"CN", "IN"}),
        ("อินเดียลงคะแนน", {"IN"}),
    ],
)
def test_names_are_found_in_scripts_without_blanks(
    typed: str, codes: set[str], base: Base, names: NameIndex
) -> None:
    asked = read_question(typed, names, base, TODAY)
    assert [named.codes for named in asked.named] == [frozenset(codes)]
    assert asked.words == ()


def test_a_day_and_its_word_are_not_looked_for(base: Base, names: NameIndex) -> None:
    for text in ("arms since 2024", "arms before March 2022", "arms last year"):
        assert read(text, base, names).words == ("arms",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("germany", {"DE"}),
        ("German tanks", {"DE"}),
        ("north korea shells", {"KP"}),
        ("korea shells", {"KP", "KR"}),
        ("the uk", {"GB"}),
        ("🇧🇾 missiles", {"BY"}),
        ("missiles🇧🇾", {"BY"}),
        ("Німеччина", {"DE"}),
        ("白俄罗斯", {"BY"}),
        ("lavrov in africa", within("002")),
        ("who is it in no way", set[str]()),
    ],
)
def test_names_in_any_language_say_whose_facts_are_wanted(
    text: str, codes: set[str], base: Base, names: NameIndex
) -> None:
    named = read(text, base, names).named
    assert {code for each in named for code in each.codes} == codes


@pytest.mark.parametrize("text", ["sanctions on Russia", "росія sanctions"])
def test_a_sides_name_is_a_word_for_nearly_every_fact_is_about_a_side(
    text: str, base: Base, names: NameIndex
) -> None:
    question = read(text, base, names)
    assert not question.named
    assert {stem("russia"), stem("sanctions")} == set(question.terms)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recognised", "recognize"),
        ("organisations", "organization"),
        ("defence", "defense"),
        ("expelled", "expelling"),
        ("sanctions", "sanctioned"),
        ("Ukraine's", "UKRAINE"),
        ("Çavuşoğlu", "cavusoglu"),
        ("U.S.", "us"),
    ],
)
def test_words_that_mean_the_same_have_one_stem(one: str, other: str) -> None:
    assert list(terms_of(f"{one} x")) == list(terms_of(f"{other} x"))


def test_a_models_name_is_found_with_and_without_its_hyphen() -> None:
    terms = set(terms_of("14 MiG-29 jets"))
    for typed in ("MiG-29", "mig 29", "mig29"):
        assert set(terms_of(typed)) <= terms


HOSTILE = (
    "a" * 10_000,
    "a " * 5_000,
    "germany " * 1_250,
    "2022 " * 2_000,
    "since " * 1_700,
    '"NEAR(x, 10) OR * ^ AND NOT -: (' * 300,
    "漢字" * 5_000,
    "﷽" * 10_000,
    "🇧🇾" * 5_000,
    "\u202e\0\ud800" * 3_000,
    "(" * 10_000,
    "é́́́́" * 2_000,
    "x-1" * 3_333,
    " ".join(f"z{n}" for n in range(2_000)),
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_whatever_is_typed_is_read_up_to_a_bound(
    text: str, base: Base, names: NameIndex
) -> None:
    question = read(text, base, names)
    assert len(question.words) <= MOST_WORDS
    assert len(question.named) <= LONGEST // 2
    begun = time.process_time()
    assert read(text[:LONGEST] + "\n" + text, base, names) is not None
    assert time.process_time() - begun < 0.25
