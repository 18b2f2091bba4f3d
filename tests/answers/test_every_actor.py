from __future__ import annotations

import json
from datetime import date

import pytest

from bot.alignment.rubric import assess
from bot.answers import evidence, stance
from bot.answers.document import Answer
from bot.answers.paging import page_count
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import LOCALES, NameIndex
from bot.store.views import ServerViews
from bot.ui import limits
from bot.ui.render import Prepared, prepare
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY

DAYS = (
    date(2014, 2, 20),
    date(2014, 12, 31),
    date(2022, 3, 2),
    date(2024, 7, 1),
    TODAY,
)


def components(tree: object) -> int:
    if isinstance(tree, dict):
        return ("type" in tree) + sum(components(value) for value in tree.values())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return sum(components(each) for each in tree) if isinstance(tree, list) else 0  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def assert_fits(view: Prepared) -> None:
    payload = view.to_components()
    assert components(payload) <= limits.COMPONENTS
    text = json.dumps(payload, ensure_ascii=False)
    assert view.content_length() <= limits.TEXT_TOTAL
    assert len(text) > 50
    for row in payload:
        if row["type"] == 1:
            assert 1 <= len(row["components"]) <= limits.ROW_BUTTONS
            for button in row["components"]:
                assert len(button["custom_id"]) <= limits.CUSTOM_ID
                for option in button.get("options", ()):
                    assert len(option["value"]) <= limits.OPTION_TEXT
                    assert 1 <= length(option["label"]) <= limits.OPTION_TEXT
                label = button.get("label") or button.get("placeholder")
                assert 1 <= length(label) <= limits.BUTTON_LABEL


def assert_cited(answer: Answer) -> None:
    numbers = {c.number for c in answer.citations}
    assert numbers == set(range(1, len(numbers) + 1))
    for section in answer.sections:
        for line in section.lines:
            assert set(line.cites) <= numbers
            uncited = line.text in {
                "No entry yet.",
                "Nothing that counts.",
                # The rule that nothing tips has nothing to cite.
                "Votes and deeds together favour neither side clearly.",
                "No fact about this actor holds on that day.",
            }
            assert (
                line.cites or uncited or line.text.startswith("No roll call lists")
            ), line
    if answer.lead and answer.level != "unknown" and answer.lead.text:
        assert answer.lead.cites, answer.lead


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_actor_answers_within_discords_limits_in_a_locale_that_rotates(
    base: Base, names: NameIndex, day: date
) -> None:
    """Every actor on every day, each in one locale: the next in the list for the next
    actor, and another one on the next day. Over the days each actor is seen in as many
    locales as there are days, and each locale has a share of all actors on each day.
    """
    replies = ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")
    for number, code in enumerate(sorted(base.countries), DAYS.index(day)):
        locale = LOCALES[number % len(LOCALES)]
        assert_fits(replies.page("ask", code, day, 1, locale, private=True))


HALVES = pytest.mark.parametrize(
    "half", [0, pytest.param(1, marks=pytest.mark.whole)], ids=["one", "other"]
)
"""Every other case of a table whose rows and columns each have many."""


@HALVES
def test_those_with_most_to_say_answer_within_discords_limits_in_every_locale(
    base: Base, names: NameIndex, half: int
) -> None:
    """The 20 actors with the most facts, for whom there is least room left: each in
    every other locale, and each locale for every other actor.
    """
    replies = ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")
    wordy = sorted(base.countries, key=lambda code: -len(base.facts(code)))[:20]
    for number, code in enumerate(wordy, half):
        for locale in LOCALES[number % 2 :: 2]:
            assert_fits(replies.page("ask", code, TODAY, 1, locale, private=True))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_line_of_fact_has_a_citation(
    base: Base, names: NameIndex, day: date
) -> None:
    texts = Texts("en", names.display)
    for code in base.countries:
        found = assess(code, base, on=day)
        assert_cited(stance.answer(found, base, texts, today=TODAY))
        for page in (1, 2, 99):
            assert_cited(evidence.evidence(found, base, texts, page=page))
            assert_cited(evidence.votes(found, base, texts, page=page))


@HALVES
def test_every_page_of_evidence_and_votes_fits(
    base: Base, names: NameIndex, half: int
) -> None:
    """Of everybody every other page, today and in English; ``test_paging`` walks the
    rows.
    """
    texts = Texts("en", names.display)
    for number, code in enumerate(base.countries, half):
        first = 1 + number % 2
        found = assess(code, base, on=TODAY)
        rows = len(found.contributions) + len(found.past)
        for page in range(first, page_count(rows, evidence.PER_PAGE) + 1, 2):
            assert_fits(prepare(evidence.evidence(found, base, texts, page=page)))
        ballots = len(base.ballots.get(code, ()))
        for page in range(first, page_count(ballots, evidence.PER_PAGE) + 1, 2):
            assert_fits(prepare(evidence.votes(found, base, texts, page=page)))
    assert_fits(prepare(evidence.method(base, texts)))


def test_an_unknown_actor_is_not_called_neutral(base: Base, names: NameIndex) -> None:
    found = stance.ask(
        "FJ", base, Texts("en", names.display), on=date(2014, 2, 20), today=TODAY
    )
    assert found.level == "unknown"
    assert "Not enough known" in found.title
    assert "too little" in (found.lead.text if found.lead else "")


def test_names_and_dates_follow_the_readers_locale(
    base: Base, names: NameIndex
) -> None:
    german = stance.ask(
        "BY", base, Texts("de", names.display), on=date(2022, 3, 2), today=TODAY
    )
    assert "Belarus" in german.title
    assert any("02.03.2022" in note for note in german.notes)
    assert (
        "Беларусь"
        in stance.ask(
            "BY", base, Texts("ru", names.display), on=TODAY, today=TODAY
        ).title
    )


def test_a_written_summary_is_not_used_for_another_day(
    base: Base, names: NameIndex
) -> None:
    written = [c for c in base.countries.values() if c.summary]
    for each in written[:5]:
        past = stance.ask(
            each.code,
            base,
            Texts("en", names.display),
            on=date(2022, 3, 2),
            today=TODAY,
        )
        assert not past.lead or past.lead.text != each.summary
