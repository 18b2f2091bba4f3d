"""Words of a reader's language find what is written in English."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest

from bot.answers.search import Asked, searched
from bot.answers.texts import Texts
from bot.entries.overlay import overlaid
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.search.find import Indexes
from bot.search.glossary import NOTHING, Glossary, Name
from bot.search.index import Item
from bot.search.question import read_question
from tests.support.bases import TODAY
from tests.support.own_events import own_event

GLOSSARY = Glossary(
    [
        Name("Зброя чи боєприпаси", "Arms or ammunition"),
        Name("Дає зброю", "Arms or ammunition"),
        Name("Відмова в зброї", "Arms refused"),
        Name("Санкції", "Sanctions"),
        Name("Відмова від санкцій", "Sanctions refused"),
        Name("武器・弾薬", "Arms or ammunition"),
        Name("武器供与の拒否", "Arms refused"),
        Name("Росія", "Russia"),
        Name("Words", "Words"),
    ]
)


@pytest.fixture(scope="module")
def indexes() -> Indexes:
    return Indexes()


def english(typed: str) -> str:
    words = typed.split()
    read = GLOSSARY.read(words)
    return " ".join(
        word for place, typed in enumerate(words) for word in read.get(place, (typed,))
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("санкції", "sanctions"),
        ("санкціи росія", "sanctions russia"),
        ("відмова від санкцій", "sanctions refused"),
        ("зброя", "arms ammunition"),
        ("відмова в зброї", "arms refused"),
        ("武器", "arms ammunition"),
        ("хто санкціями", "хто sanctions"),
        ("words", "words"),
        ("", ""),
    ],
)
def test_forms_of_a_name_are_read_as_its_english_words(typed: str, meant: str) -> None:
    assert english(typed) == meant


def found(
    typed: str, locale: str, base: Base, names: NameIndex, indexes: Indexes
) -> Iterator[Item]:
    texts = Texts(locale, names.display, base.catalogues)
    searched(Asked(typed, TODAY), base, texts, names=names, indexes=indexes)
    question = read_question(typed, names, base, TODAY)
    glossary = indexes.glossary(base, texts.locale, lambda: ())
    meant = indexes.respelt(question, base, glossary)
    yield from indexes.found(question, meant, base)


@pytest.mark.parametrize(
    ("locale", "typed", "deed", "year"),
    [
        ("uk", "санкції 2022", "sanctions", 2022),
        ("uk", "висилання дипломатів", "expulsion", None),
        ("uk", "відмова від санкцій", "sanctions-refused", None),
        ("de", "Sanktionen 2022", "sanctions", 2022),
        ("de", "Vermittlung", "mediation", None),
        ("fr", "sanctions 2022", "sanctions", 2022),
        ("fr", "expulsion de diplomates 2022", "expulsion", 2022),
        ("ja", "制裁 2022", "sanctions", 2022),
        ("ja", "外交官の追放", "expulsion", None),
    ],
)
def test_a_kind_of_deed_is_found_by_its_name_in_the_readers_language(
    locale: str,
    typed: str,
    deed: str,
    year: int | None,
    base: Base,
    names: NameIndex,
    indexes: Indexes,
) -> None:
    items = list(found(typed, locale, base, names, indexes))
    assert len(items) > 10
    assert {item.deed for item in items[:5]} == {deed}
    if year:
        assert {item.date.first.year for item in items} == {year}


def test_a_servers_own_words_in_the_readers_language_are_found_too(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    entry = own_event(1, "BY", "own", "Міністр назвав санкції помилкою.")
    over = overlaid(base, [entry], "own")
    items = list(found("санкції", "uk", over, names, indexes))
    told = [getattr(item.what, "text", "") for item in items]
    assert "Міністр назвав санкції помилкою." in told
    assert len(items) > 50


def test_english_readers_have_no_glossary(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    question = read_question("sanctions since 2022", names, base, TODAY)
    assert question.since == date(2022, 1, 1)
    assert indexes.respelt(question, base, NOTHING) is question


def test_a_long_question_in_every_language_is_read_at_once(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    typed = "санкції зброя відмова посередництво дипломатів визнання " * 8
    list(found(typed, "uk", base, names, indexes))
    question = read_question(typed, names, base, TODAY)
    glossary = indexes.glossary(base, "uk", lambda: ())
    took: list[float] = []
    for _ in range(20):
        begun = time.thread_time()
        indexes.respelt(question, base, glossary)
        took.append(time.thread_time() - begun)
    assert min(took) < 0.005
