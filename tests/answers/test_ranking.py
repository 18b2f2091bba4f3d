"""Rankings: added up from dated figures, in order, cited."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.ranking import ranked, ranking_called, ranking_page
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import LOCALES, NameIndex
from bot.ui import limits
from tests.support.bases import TODAY


def test_every_figure_of_the_base_is_the_one_that_its_words_name(base: Base) -> None:
    for ranking in base.conflict.rankings:
        for measure in map(base.measures.__getitem__, ranking.measures):
            figures = [part for part in measure.parts if part.figure is not None]
            assert figures
            for part in figures:
                shown = [f"{part.figure:g}%", f"{part.figure:.2f}%"]
                assert any(each in part.detail for each in shown), part


def test_whoever_s_words_name_a_share_has_its_figure(base: Base) -> None:
    for measure in map(base.measures.__getitem__, ("arms-ua", "military-aid-ua-other")):
        for part in measure.parts:
            named = "% of its GDP" in part.detail and "below" not in part.detail
            assert named == (part.figure is not None), part


@pytest.mark.parametrize("on", [date(2022, 6, 1), date(2023, 1, 1), TODAY])
def test_a_ranking_adds_up_what_was_over_by_its_day_and_falls(
    base: Base, on: date
) -> None:
    ranking = ranking_called("aid", base)
    rows = ranked(ranking, base, on)
    assert [row.figure for row in rows] == sorted(
        (row.figure for row in rows), reverse=True
    )
    expected = sum(
        part.figure or 0
        for key in ranking.measures
        for part in base.measures[key].parts
        if part.date.last <= on
    )
    assert sum(row.figure for row in rows) == pytest.approx(expected)
    assert bool(rows) is (on > date(2022, 12, 31))


def test_a_ranking_that_there_is_not_is_a_key_error(base: Base) -> None:
    with pytest.raises(KeyError):
        ranking_called("rice", base)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_ranking_is_cited_and_described_in_every_language(
    base: Base, names: NameIndex, locale: str
) -> None:
    texts = Texts(locale, names.display)
    ranking = ranking_called("aid", base)
    rows = ranked(ranking, base, TODAY)
    page = ranking_page(ranking, rows, base, texts, on=TODAY)
    assert page.lead is not None
    assert page.lead.cites
    assert set(page.lead.cites) == {each.number for each in page.citations}
    assert len(page.sections[0].lines) == 25
    for row in rows[:25]:
        assert texts.name(row.code) in page.described
    assert length(page.described) <= limits.ALTERNATIVE
    assert page.actions


def test_a_day_without_figures_says_so(base: Base, names: NameIndex) -> None:
    ranking = ranking_called("aid", base)
    page = ranking_page(
        ranking, (), base, Texts("en", names.display), on=date(2022, 3, 1)
    )
    assert page.lead is not None
    assert page.lead.text == "No figure is known for this day."
    assert not page.actions
