"""Names that people typed, in a table, and words that name nobody."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from babel import UnknownLocaleError
from babel.languages import get_official_languages

from bot.knowledge.facts import Base
from bot.names._gazetteer import ALIASES
from bot.names._peoples import PEOPLES
from bot.names._several import AMBIGUOUS
from bot.names.blocs import bloc_called
from bot.names.folding import fold
from bot.names.index import NameIndex, Resolution
from bot.names.listed import listed_names
from tests.support.cldr_tables import territories_in

HERE = Path(__file__).parent
LEAST = 0.98
"""The share of typed names that are understood; what is left over asks."""


class Typed(NamedTuple):
    """A line of the table: what somebody typed, what they meant (a code; ``ask:`` and
    codes to offer; ``bloc:`` and an id; ``nothing``), and what kind of name it is.
    """

    typed: str
    expected: str
    why: str


def _table() -> list[Typed]:
    with (HERE / "typed.csv").open(encoding="utf-8", newline="") as file:
        return [Typed(*row) for row in list(csv.reader(file))[1:]]


@pytest.fixture(scope="session")
def everyday(names: NameIndex) -> Mapping[str, Resolution]:
    """Words that are no names, and what each is taken for."""
    words = (HERE / "words.txt").read_text("utf-8").split()
    return {word: names.resolve(word) for word in words if names.exact(word) is None}


def _is_right(line: Typed, names: NameIndex, base: Base) -> bool:
    if line.expected.startswith("bloc:"):
        return bloc_called(line.typed, base) == line.expected.removeprefix("bloc:")
    found = names.resolve(line.typed)
    if line.expected == "nothing":
        return not found.matches
    if line.expected.startswith("ask:"):
        wanted = set(line.expected.removeprefix("ask:").split(","))
        return not found.sure and wanted <= set(found.matches)
    return found.sure and found.matches[0] == line.expected


def test_98_of_100_typed_names_are_understood(base: Base, names: NameIndex) -> None:
    table = _table()
    wrong = [line for line in table if not _is_right(line, names, base)]
    share = 1 - len(wrong) / len(table)
    kinds = Counter(line.why for line in wrong)
    print(f"{share:.1%} of {len(table)} typed names are right; not: {dict(kinds)}")
    assert len(table) >= 678
    assert share >= LEAST, wrong


def test_no_typed_name_is_taken_for_another_actor(names: NameIndex) -> None:
    taken = [
        (line, found.matches)
        for line in _table()
        if (found := names.resolve(line.typed)).sure
        and found.matches[0] != line.expected
    ]
    assert not taken


def test_the_table_holds_each_name_once() -> None:
    assert not [name for name, n in Counter(x.typed for x in _table()).items() if n > 1]


def test_no_everyday_word_is_taken_for_an_actor(
    everyday: Mapping[str, Resolution],
) -> None:
    assert len(everyday) > 1000
    assert not [word for word, found in everyday.items() if found.sure]


def test_an_everyday_word_offers_only_what_is_called_so_or_begins_so(
    base: Base, everyday: Mapping[str, Resolution]
) -> None:
    called = [name for text in ALIASES.values() for name in text.split(", ")]
    called += [name for text in PEOPLES.values() for name in text.split(", ")]
    called += [country.names.short for country in base.countries.values()]
    called += [c.names.official or "" for c in base.countries.values()]
    folded = [*map(fold, called), *AMBIGUOUS]
    far_fetched = {
        word: found.matches
        for word, found in everyday.items()
        if found.matches and not any(name.startswith(word) for name in folded)
    }
    assert not far_fetched


def test_nonsense_finds_nothing_sure_and_hardly_anything_at_all(
    names: NameIndex,
) -> None:
    dice = random.Random(13)
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    nonsense = ["".join(dice.choices(syllables, k=k)) for k in (3, 4, 5) * 200]
    found = [names.resolve(word) for word in nonsense]
    assert not [each for each in found if each.sure]
    assert sum(bool(each.matches) for each in found) <= len(nonsense) / 50


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("belar", True),
        ("kazakhst", True),
        ("netherland", True),
        ("port", False),
        ("marsh", False),
        ("domini", False),
        ("cost", False),
    ],
)
def test_the_beginning_of_a_name_is_sure_once_most_of_it_is_there(
    names: NameIndex, typed: str, *, sure: bool
) -> None:
    found = names.resolve(typed)
    assert found.matches
    assert found.sure is sure


@pytest.mark.parametrize("word", ["taliban", "the Taliban", "Талибан"])
def test_the_taliban_offer_afghanistan_and_not_taiwan(
    names: NameIndex, word: str
) -> None:
    found = names.resolve(word)
    assert found.matches == ("AF",)
    assert not found.sure


def test_every_state_is_known_by_its_own_languages(
    base: Base, names: NameIndex
) -> None:
    missed: list[tuple[str, str, str]] = []
    for code in base.countries:
        languages = get_official_languages(code, regional=True, de_facto=True)
        for language in languages:
            try:
                name = territories_in(language).get(code)
            except UnknownLocaleError:
                continue
            if name and code not in names.resolve(name).matches:
                missed.append((code, language, name))
    assert not missed


def test_every_official_english_name_is_known_with_and_without_article(
    base: Base, names: NameIndex
) -> None:
    for country in base.countries.values():
        for name in filter(None, (country.names.official, country.names.short)):
            for text in (name, f"the {name}", f"The {name.upper()}"):
                found = names.resolve(text)
                assert found.matches == (country.code,), text
                assert found.sure, text


def test_every_listed_name_means_its_actor_or_asks(
    base: Base, names: NameIndex
) -> None:
    listed = [(each.code, name) for each in listed_names() for name in each.names]
    listed += [
        (code, name)
        for table in (ALIASES, PEOPLES)
        for code, words in table.items()
        for name in words.split(", ")
    ]
    stolen = [
        (name, code, found.matches)
        for code, name in listed
        if code in base.countries and code not in (found := names.resolve(name)).matches
    ]
    assert not stolen


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("France and Germany", ("FR", "DE")),
        ("Polen und Ungarn", ("PL", "HU")),
        ("Россия и Беларусь", ("RU", "BY")),
        ("the US vs China", ("US", "CN")),
        ("Belarus, Armenia, Kazakhstan", ("BY", "AM", "KZ")),
    ],
)
def test_several_names_in_a_row_are_offered_in_their_order(
    names: NameIndex, typed: str, codes: tuple[str, ...]
) -> None:
    found = names.resolve(typed)
    assert found.matches == codes
    assert not found.sure


@pytest.mark.parametrize(
    "typed", ["is it no", "France and cheese", "in or at", "us and them", "and", "или"]
)
def test_words_in_a_row_are_no_names_in_a_row(names: NameIndex, typed: str) -> None:
    assert len(names.resolve(typed).matches) <= 1
