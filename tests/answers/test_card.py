"""The card fits on a phone's screen, says nothing twice and cites what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

from bot.alignment.rubric import assess
from bot.answers.base_words import measure_name, summary_of
from bot.answers.behind import sources
from bot.answers.card import card, plain_card, votes_in_words
from bot.answers.card_deeds import repeats
from bot.answers.card_fullness import LARGEST, USUAL
from bot.answers.document import Answer, Line
from bot.answers.headline import sentences_of
from bot.answers.screen import (
    NOTE_WIDTH,
    WIDTH,
    line_as_text,
    rows_of,
    size,
    width_of,
)
from bot.answers.texts import Texts, english
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.answers.test_every_actor import DAYS
from tests.support.bases import TODAY
from tests.support.egg_conflict import BIG, LITTLE, act, egg_base, measure, roll

DAY = date(1722, 6, 1)
SHORT = 16
"""Characters that are left beside a bar on a line of a phone, with a citation."""
EMPTY = ("no entry yet", "nothing that counts")
"""What is said of pillars without a deed that counts, and cites nothing."""
AT_LEAST_USUAL = 190
"""Actors of all 203 whose card has to fit the usual size on any day."""


Cards = Callable[[date], Mapping[str, Answer]]


@pytest.fixture(scope="session")
def texts(names: NameIndex) -> Texts:
    return Texts("en", names.display)


@pytest.fixture(scope="session")
def cards(base: Base, texts: Texts) -> Cards:
    """Every actor's card in English on a day, made once for all tests."""

    @cache
    def made(day: date) -> Mapping[str, Answer]:
        return {
            code: card(assess(code, base, on=day), base, texts, today=TODAY)
            for code in base.countries
        }

    return made


def said(answer: Answer) -> list[str]:
    """Every sentence of a card, in small letters and without its last stop."""
    lines = [answer.lead] if answer.lead else []
    lines += [line for section in answer.sections for line in section.lines]
    texts = [line.text for line in lines if line.text]
    return [
        sentence.casefold().removesuffix(".")
        for text in texts
        for sentence in sentences_of(text)
    ]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_card_fits_on_the_screen_of_a_phone(cards: Cards, day: date) -> None:
    sizes = {code: size(each) for code, each in cards(day).items()}
    usual = [
        code
        for code, taken in sizes.items()
        if taken.lines <= USUAL.lines and taken.characters <= USUAL.characters
    ]
    assert len(usual) >= AT_LEAST_USUAL, sorted(sizes.keys() - usual)
    for code, taken in sizes.items():
        assert taken.lines <= LARGEST.lines, code
        assert taken.characters <= LARGEST.characters, code


def test_the_card_keeps_both_sentences_of_the_summary(
    cards: Cards, base: Base, texts: Texts
) -> None:
    """The second says what the actor withholds, or how it changed."""
    halved = [
        code
        for code, each in cards(TODAY).items()
        if (lead := each.lead) and summary_of(code, base, texts) not in lead.text
    ]
    assert len(base.countries) - len(halved) >= AT_LEAST_USUAL, halved


KEEP_BOTH = {
    "ar": 203,
    "be": 202,
    "de": 193,
    "fr": 191,
    "pl": 188,
    "ro": 181,
    "ru": 190,
    "uk": 190,
}
"""Of how many actors a card keeps both sentences, at least, in languages whose words
are longer than English ones, or that have to say that facts are in English.
"""


BY_TURNS = {"be", "pl", "ro", "uk"}
"""Those that are looked at in the whole run alone."""


def test_two_sentences_of_a_summary_rest_on_more_than_one_page(cards: Cards) -> None:
    cited = Counter(
        min(len(each.lead.cites), 2) for each in cards(TODAY).values() if each.lead
    )
    assert cited[2] >= 0.9 * cited.total()


@pytest.mark.parametrize(
    "locale",
    [
        pytest.param(each, marks=pytest.mark.whole if each in BY_TURNS else ())
        for each in KEEP_BOTH
    ],
)
def test_most_cards_in_long_languages_keep_both_sentences(
    base: Base, cards_in: Callable[[str], Mapping[str, Answer]], locale: str
) -> None:
    texts = Texts(locale, base_catalogues=base.catalogues)
    whole = [
        code
        for code, shown in cards_in(locale).items()
        if shown.lead and summary_of(code, base, texts) in shown.lead.text
    ]
    assert len(whole) >= KEEP_BOTH[locale]


def test_a_card_that_is_short_of_lines_still_says_that_facts_are_in_english(
    cards_in: Callable[[str], Mapping[str, Answer]],
) -> None:
    cards = cards_in("be").values()
    noted = [each for each in cards if "па-англійску" in " ".join(each.notes)]
    joined = [each for each in noted if len(each.notes) == 1]
    assert joined
    assert all(rows_of(each.notes[0], NOTE_WIDTH) == 1 for each in joined)
    english_leads = [each for each in cards if each.lead and each.lead.text.isascii()]
    assert english_leads
    assert all(each in noted for each in english_leads)


def test_what_is_not_seen_takes_no_room() -> None:
    assert width_of("\N{FIRST STRONG ISOLATE}نعم\N{POP DIRECTIONAL ISOLATE}") == 3
    assert rows_of("a" * NOTE_WIDTH, NOTE_WIDTH) == 1
    note = "x " * (NOTE_WIDTH // 2)
    assert size(Answer("", notes=(note,))).lines == 2


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_pillar_shows_a_score_without_the_deed_that_it_counts(
    cards: Cards, day: date
) -> None:
    for code, found in cards(day).items():
        for section in found.sections:
            for line in section.lines:
                assert line.text, (code, line)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_line_names_a_list_where_it_can_say_what_was_done(
    cards: Cards, base: Base, texts: Texts, day: date
) -> None:
    lists = {measure_name(each, texts) for each in base.measures.values()}
    for code, found in cards(day).items():
        for section in found.sections:
            for line in section.lines:
                assert line.text.rpartition(" (")[0] not in lists, (code, line)
                assert line.text not in lists, (code, line)


def test_every_list_that_counts_says_in_a_few_words_what_was_done(base: Base) -> None:
    for each in (*base.measures.values(), *base.blocs.values()):
        assert each.phrase or not each.deed, each.id
    for key, deed in base.conflict.deeds.items():
        assert 0 < len(deed.short) <= SHORT, key


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_sentence_stands_twice_on_a_card(cards: Cards, day: date) -> None:
    for code, found in cards(day).items():
        twice = [each for each, n in Counter(said(found)).items() if n > 1]
        assert not twice, (code, twice)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_line_repeats_the_words_of_the_sentence_that_answers(
    cards: Cards, day: date
) -> None:
    for code, answer in cards(day).items():
        lead = answer.lead.text.casefold() if answer.lead else ""
        lines = [line for section in answer.sections for line in section.lines]
        told = [line.text for line in lines if line.bar is not None and line.text]
        for text in told:
            deed = text.rpartition(" (")[0] or text
            assert not repeats(deed, lead), (code, deed)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_line_of_a_card_that_tells_something_is_cited(
    cards: Cards, day: date
) -> None:
    for code, found in cards(day).items():
        numbers = {each.number for each in found.citations}
        assert numbers == set(range(1, len(numbers) + 1))
        assert len({each.source for each in found.citations}) == len(numbers)
        for section in found.sections:
            for line in section.lines:
                assert line.cites or line.text in EMPTY, (code, line)
                assert set(line.cites) <= numbers


def test_the_sources_of_a_card_have_its_numbers(base: Base, texts: Texts) -> None:
    for code in ("BY", "US", "TR"):
        found = assess(code, base, on=TODAY)
        shown = card(found, base, texts, today=TODAY)
        listed = sources(found, base, texts, page=1)
        assert listed.citations == shown.citations
        lines = listed.sections[0].lines
        for line, cited in zip(lines, listed.citations, strict=False):
            assert line.cites == (cited.number,)
            assert cited.source.publisher[:20] in line.label


def test_lines_are_broken_between_words() -> None:
    assert rows_of("a" * WIDTH) == 1
    assert rows_of(f"{'a' * WIDTH} b") == 2
    assert rows_of(f"{'a' * (WIDTH - 2)} b") == 1
    assert rows_of(f"{'a' * (WIDTH - 1)} b") == 2


def lines_of(*events: dict[str, Any], **more: Any) -> dict[str, Line]:
    base = egg_base(events, **more)
    found = plain_card(assess("LP", base, on=DAY), base, english())
    return {line.label: line for section in found.sections for line in section.lines}


@pytest.mark.parametrize(
    ("cast", "words"),
    [
        (["no", "no"], "with Bigendia in 2 of 2 roll calls of the war"),
        (["yes", "no", "yes"], "with Littlendia in 2 of 3 roll calls of the war"),
        (["abstain", "abstain", "no"], "abstained in 2 of 3 roll calls of the war"),
        (["absent", "absent", "yes"], "absent from 2 of 3 roll calls of the war"),
    ],
)
def test_the_votes_line_says_what_is_most_telling(cast: list[str], words: str) -> None:
    days = [f"172{1 + n // 12}-{n % 12 + 1:02}-01" for n in range(len(cast))]
    rolls = [roll(day, LP=ballot) for day, ballot in zip(days, cast, strict=True)]
    base = egg_base([], rolls=rolls)
    record = assess("LP", base, on=DAY).record
    assert votes_in_words(record, base, english())[0].startswith(words)


def test_a_but_tells_the_strongest_deed_on_the_other_side_once() -> None:
    fleet, veto = act("fleet", "1721-05-05", LITTLE), act("veto", "1721-06-06", BIG)
    assert "But" not in lines_of(fleet)
    lines = lines_of(fleet, veto)
    told = [line.text for line in lines.values() if "veto" in line.text.casefold()]
    assert len(told) == 1


def test_a_but_tells_first_what_can_settle_a_level() -> None:
    """That it spared a side takes a level away, though gifts bring more points."""
    lines = lines_of(
        act("embargo", "1721-05-05", LITTLE),
        act("gift", "1721-06-06", BIG),
        act("spared", "1721-07-07", BIG, key="spared"),
    )
    assert "spared" in lines["But"].text


def test_a_fact_of_its_own_few_words_is_told_in_them() -> None:
    long = "It sent the whole fleet, " + "and then another one, " * 9 + "to the war."
    fleet = act("fleet", "1721-05-05", LITTLE, claim=long, phrase="Sent its fleet")
    assert lines_of(fleet)["Sea"].text.startswith("Sent its fleet (")


def test_of_a_list_the_words_for_its_actors_are_told() -> None:
    part = {"code": "LP", "date": "1721-05-05", "detail": "It sailed" + ", sailed" * 40}
    words = {"toward": LITTLE, "phrase": "Sent its fleet"}
    told = lines_of(measures=[measure("fleets", "fleet", part, **words)])["Sea"]
    assert told.text == "Sent its fleet (May 5, 1721)"


def test_the_words_of_a_list_are_not_told_of_who_did_something_else() -> None:
    part = {"code": "LP", "date": "1721-05-05", "detail": "It drilled" + ", too" * 60}
    words = {"toward": LITTLE, "phrase": "Sent its fleet"}
    mixed = measure("fleets", "fleet", part | {"deed": "drill"}, **words)
    told = lines_of(measures=[mixed])["Sea"]
    assert told.text == "Drill (May 5, 1721)"


def test_pillars_without_an_entry_share_one_line() -> None:
    lines = lines_of()
    (line,) = [each for each in lines.values() if each.text == "no entry yet"]
    assert line_as_text(line).endswith("no entry yet")


def test_where_a_deed_has_lapsed_a_card_does_not_say_that_there_is_no_entry() -> None:
    said = [line.text for line in lines_of(act("fleet", "1719-05-05", LITTLE)).values()]
    assert said == ["nothing that counts"]


def test_of_a_fact_for_neither_side_no_phrase_with_a_side_in_it_is_told() -> None:
    long = "It lent its harbour, which is deep" + " and wide" * 40 + "."
    told = lines_of(act("oath", "1721-05-05", "neutral", claim=long))["Sea"]
    assert told.text == "Oath (May 5, 1721)"
