from __future__ import annotations

import json
from datetime import date

import pytest

from bot.alignment.rubric import assess
from bot.answers import evidence, paging, stance
from bot.answers.as_json import as_json
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.index import LOCALES, NameIndex
from bot.store.views import ServerViews
from bot.ui import limits
from bot.ui.render import Prepared
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY

DAYS = (date(2013, 6, 1), date(2014, 12, 31), date(2022, 3, 2), date(2024, 7, 1), TODAY)


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
                assert 1 <= limits.length(button["label"]) <= limits.BUTTON_LABEL


def assert_cited(answer: Answer) -> None:
    numbers = {c.number for c in answer.citations}
    assert numbers == set(range(1, len(numbers) + 1))
    for section in answer.sections:
        for line in section.lines:
            assert set(line.cites) <= numbers
            uncited = line.text in {
                "Nothing is known.",
                "No fact about this actor holds on that day.",
            }
            assert (
                line.cites or uncited or line.text.startswith("No roll call lists")
            ), line
    if answer.lead and answer.level != "unknown" and answer.lead.text:
        assert answer.lead.cites, answer.lead


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_actor_answers_within_discords_limits_in_every_locale(
    base: Base, names: NameIndex, day: date
) -> None:
    replies = ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")
    for locale in LOCALES:
        for code in base.countries:
            assert_fits(replies.page("ask", code, day, 1, locale, private=True))


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


def test_every_page_of_evidence_and_votes_fits(base: Base, names: NameIndex) -> None:
    replies = ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")
    for code in base.countries:
        for page in range(
            1, paging.page_count(len(assess(code, base, on=TODAY).contributions), evidence.PER_PAGE) + 1
        ):
            assert_fits(replies.page("evidence", code, TODAY, page, "en", private=True))
        for page in range(1, paging.page_count(len(base.ballots.get(code, ())), evidence.PER_PAGE) + 1):
            assert_fits(replies.page("votes", code, TODAY, page, "en", private=True))
    assert_fits(replies.page("method", "BY", TODAY, 1, "en", private=True))


def test_an_unknown_actor_is_not_called_neutral(base: Base, names: NameIndex) -> None:
    found = stance.ask(
        "FJ", base, Texts("en", names.display), on=date(2013, 6, 1), today=TODAY
    )
    assert found.level == "unknown"
    assert "Not enough known" in found.title
    assert "too little" in (found.lead.text if found.lead else "")


def test_the_json_contract_has_its_keys_and_cites_each_fact(
    base: Base, names: NameIndex
) -> None:
    texts = Texts("en", names.display)
    for code in base.countries:
        row = as_json(assess(code, base, on=TODAY), base, texts)
        assert {
            "version",
            "code",
            "name",
            "level",
            "score",
            "confidence",
            "pillars",
            "facts",
            "citations",
            "forecasts",
            "on",
        } <= set(row)
        numbers = {c["number"] for c in row["citations"]}
        assert all(
            f["citations"] and set(f["citations"]) <= numbers for f in row["facts"]
        )
        json.dumps(row)


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
