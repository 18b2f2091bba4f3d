"""What a word is worth: Okapi BM25 (Robertson and Zaragoza 2009), worked out here."""

from __future__ import annotations

from math import log

import pytest

from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.search.index import Index, Item, Statistics, items_of
from bot.search.words import stem


def text_of(item: Item) -> str:
    """The sentence of an event in small letters; nothing of what is none."""
    what = item.what
    if isinstance(what, Fact) and what.kind == "event":
        return what.text.casefold()
    return ""


@pytest.mark.parametrize("holders", [0, 1, 5, 10])
def test_a_word_tells_the_more_the_rarer_it_is(holders: int) -> None:
    statistics = Statistics(10, 7.0, {"word": holders})
    expected = log(1 + (10 - holders + 0.5) / (holders + 0.5))
    assert statistics.rarity(holders) == pytest.approx(expected)
    assert statistics.worth("word") == pytest.approx(expected)
    assert statistics.worth("nowhere") == statistics.rarity(0)
    assert statistics.rarity(holders) > statistics.rarity(holders + 1)


def test_a_word_that_stands_once_in_a_text_of_usual_length_is_worth_what_it_tells(
    base: Base,
) -> None:
    item = next(
        each for each in items_of(base, base.countries) if "oreshnik" in text_of(each)
    )
    index = Index(base, [item])
    (worth,) = index.postings[stem("oreshnik")].worths
    assert worth == pytest.approx(index.statistics.rarity(1), rel=1e-6)


def test_a_word_is_worth_less_the_longer_the_text_that_has_it(base: Base) -> None:
    items = [
        each
        for each in items_of(base, base.countries)
        if text_of(each).count("diplomat") == 1
    ]
    index = Index(base, items)
    posting = index.postings[stem("diplomat")]
    lengths = [
        sum(place in each.places for each in index.postings.values())
        for place in posting.places
    ]
    shortest, longest = lengths.index(min(lengths)), lengths.index(max(lengths))
    assert posting.worths[shortest] > posting.worths[longest]


def test_an_act_is_found_by_the_name_of_its_kind(base: Base) -> None:
    index = Index(base, list(items_of(base, base.countries)))
    named = {kind.deed for kind in index.kinds if kind.gain > 1}
    assert named == set(base.conflict.deeds)
