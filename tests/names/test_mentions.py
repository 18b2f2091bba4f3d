"""Countries named in a text: exact names in any language, and no false friends."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.facts import Base
from bot.names.index import NameIndex, names_of
from bot.names.mentions import LONGEST, find
from tests.support.bases import shipped
from tests.support.growth import calls


@pytest.mark.parametrize(
    ("text", "sure", "doubtful"),
    [
        (
            "Armenia and Azerbaijan met; Georgia's Tbilisi watched. The US was absent.",
            "AM AZ GE US",
            "",
        ),
        ("Roast Turkey with butter in the oven at 180.", "", ""),
        ("a turkey sandwich", "", ""),
        ("Turkey closed the straits, said Ankara.", "TR", ""),
        ("My friend Chad said hi", "", "TD"),
        ("Chad's army left the Sahel force", "TD", ""),
        ("I live in Georgia, near Atlanta", "", "GE"),
        ("Weißrussland und die Türkei", "BY TR", ""),
        ("Россия и Беларусь", "RU BY", ""),
        ("中国和俄罗斯投票反对", "CN RU", ""),
        ("ロシアとウクライナ", "RU UA", ""),
        ("La Chine et l'Inde", "CN IN", ""),
        ("Congo and Korea vote", "", "CD CG KR KP"),
        ("It is NO use, the IT department IS in", "", ""),
        ("New Mexico, Papua New Guinea, South Sudan, North Korea", "PG SS KP", ""),
        ("Guinea pigs are cute", "", ""),
        ("Jordan scored 50", "", "JO"),
        ("🇧🇾 vs 🇺🇦", "BY UA", ""),
        ("https://france.example/Belgium <@123> `Cuba`", "", ""),
        ("en Côte d'Ivoire et d’Algérie", "CI DZ", ""),
        ("The Democratic Republic of the Congo; U.S. sanctions", "CD US", ""),
        ("Cuba Libre for me", "", ""),
        ("", "", ""),
        ("Chili con carne", "", ""),
        ("hello world", "", ""),
    ],
)
def test_what_is_named_is_found_and_nothing_else(
    names: NameIndex, text: str, sure: str, doubtful: str
) -> None:
    found = find(text, names)
    assert " ".join(found.sure) == sure
    assert set(found.doubtful) == set(doubtful.split())


@pytest.mark.parametrize(
    ("short", "code"),
    [
        *((short, "US") for short in ("US", "USA", "U.S", "U.S.", "U.S.A", "U.S.A.")),
        *((short, "GB") for short in ("UK", "U.K", "U.K.")),
        *((short, "AE") for short in ("UAE", "U.A.E", "U.A.E.")),
        ("DRC", "CD"),
        ("DPRK", "KP"),
        ("PRC", "CN"),
        ("ROK", "KR"),
        ("CAR", "CF"),
        ("PNG", "PG"),
    ],
)
def test_an_abbreviation_is_a_country_in_capitals_alone(
    short: str, code: str, names: NameIndex
) -> None:
    assert find(f"The {short} voted against it", names).sure == (code,)
    assert find(f"the {short.lower()} voted against it", names).sure == ()


@pytest.mark.parametrize("letter", ["漢", "한", "あ", "ไ"])
def test_a_text_without_blanks_costs_little_a_letter(
    names: NameIndex, letter: str
) -> None:
    find(letter, names)
    assert calls(lambda text: find(text, names), letter * LONGEST) < 100 * LONGEST


def test_the_longest_name_that_stands_in_a_run_of_letters_is_found(
    names: NameIndex,
) -> None:
    assert find("印度尼西亚和印度", names).sure == ("ID", "IN")
    assert find("アラブ首長国連邦とインド", names).sure == ("AE", "IN")


def test_at_most_ten(base: Base, names: NameIndex) -> None:
    text = ", ".join(country.names.short for country in base.countries.values())
    assert len(find(text, names).sure) == 10


def test_every_english_name_is_found_in_a_sentence(
    base: Base, names: NameIndex
) -> None:
    for country in base.countries.values():
        found = find(f"Yesterday {country.names.short} voted.", names)
        assert country.code in (*found.sure, *found.doubtful), country.names.short


@settings(max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    names = _names()
    for code in find(text, names).sure:
        assert names.display(code)


@cache
def _names() -> NameIndex:
    return names_of(shipped())
