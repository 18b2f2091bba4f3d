"""A brief has what a delegate needs, of every actor and of other conflicts too."""

from __future__ import annotations

from datetime import date

import pytest

from bot.alignment.comparison import LEAST_SHARED, agreement, votes_alike
from bot.alignment.rubric import assess
from bot.answers.country_brief import AGAINST, DEEDS, WORDS, country_brief
from bot.answers.document import Answer, Section
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import NameIndex
from bot.ui import limits
from bot.ui.render import texts_of
from tests.support.bases import FOREIGN_TODAY, TODAY

DAYS = (TODAY, date(2022, 3, 2), date(2014, 2, 20))


def headed(page: Answer, heading: str) -> Section:
    return next(each for each in page.sections if each.heading == heading)


@pytest.mark.parametrize("on", DAYS)
def test_every_brief_cites_each_fact_and_fits_into_one_message(
    base: Base, names: NameIndex, on: date
) -> None:
    texts = Texts("en", names.display)
    for code in base.countries:
        page = country_brief(code, base, texts, on=on)
        told = [line for each in page.sections for line in each.lines]
        numbers = {n for line in told for n in line.cites}
        numbers |= set(page.lead.cites if page.lead else ())
        assert numbers == {each.number for each in page.citations}, code
        blocks = texts_of(page, 10**9)
        assert sum(map(length, blocks)) <= limits.TEXT_TOTAL, code


def test_deeds_are_for_the_side_of_the_level_and_the_objections_for_the_other(
    base: Base, names: NameIndex
) -> None:
    texts = Texts("en", names.display)
    page = country_brief("TR", base, texts, on=TODAY)
    assessment = assess("TR", base, on=TODAY)
    assert assessment.verdict.toward == "ukraine"
    urls = {each.number: each.source.url for each in page.citations}
    for heading, sign, most in (
        ("Strongest deeds", 1, DEEDS),
        ("What speaks against it", -1, AGAINST),
    ):
        allowed = {
            source.url
            for each in assessment.contributions
            if each.fact.deed and each.points * sign > 0
            for source in each.fact.sources
        }
        lines = headed(page, heading).lines
        assert 0 < len(lines) <= most
        assert {urls[n] for line in lines for n in line.cites} <= allowed


def test_its_own_words_are_what_it_said_newest_first(
    base: Base, names: NameIndex
) -> None:
    texts = Texts("en", names.display)
    said = {"words"}
    assert {key for key, deed in base.conflict.deeds.items() if deed.said} == said
    page = country_brief("BY", base, texts, on=TODAY)
    begun = [fact for fact in base.facts("BY") if fact.deed in said]
    newest = sorted(begun, key=lambda fact: fact.begins, reverse=True)[:WORDS]
    urls = {each.number: each.source.url for each in page.citations}
    lines = headed(page, "In its own words").lines
    for line, fact in zip(lines, newest, strict=True):
        assert {urls[n] for n in line.cites} <= {s.url for s in fact.sources}


def test_a_brief_of_another_conflict_names_its_own_sides(
    lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    texts = Texts("en", lighthouse_names.display)
    for code in lighthouse.countries:
        page = country_brief(code, lighthouse, texts, on=FOREIGN_TODAY)
        assert page.title
        assert "Ukraine" not in "\n".join(texts_of(page))


@pytest.mark.parametrize("code", ["BY", "DE", "IN", "VU", "XK"])
def test_company_is_ordered_by_how_often_both_voted_the_same(
    base: Base, code: str
) -> None:
    rows = votes_alike(code, base, on=TODAY)
    own = agreement(code, code, base, on=TODAY).shared
    assert code not in {row.code for row in rows}
    shares = [row.share for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert all(row.shared > LEAST_SHARED * own for row in rows)
    assert bool(rows) == bool(own)


def test_who_abstains_is_said_to_abstain(base: Base, names: NameIndex) -> None:
    record = assess("IN", base, on=TODAY).record
    assert record.abstained > record.total / 2
    page = country_brief("IN", base, Texts("en", names.display), on=TODAY)
    first = headed(page, "Votes").lines[0].text
    assert first.startswith(f"Abstained in {record.abstained} of {record.total}")
