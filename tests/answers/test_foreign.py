"""The engine knows no conflict: another base's pages, pictures and JSON have no word of
the shipped one's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import combinations

import pytest

from bot.alignment.cohesion import among
from bot.alignment.over_time import course, moved, standings
from bot.alignment.rubric import assess
from bot.answers import bloc, card, compare, entries, evidence, forecast, stance, where
from bot.answers import help as help_pages
from bot.answers.about import about
from bot.answers.as_json import as_json
from bot.answers.document import Answer
from bot.answers.paging import page_count
from bot.answers.texts import Texts
from bot.answers.timeline import timeline
from bot.answers.vote import roll
from bot.entries.records import Change, Revision, Suggestion, body_of
from bot.knowledge.dates import AmbiguousDay, DayRefusal, past_day
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.pictures.chart import chart
from bot.pictures.world import picture, shows
from bot.pictures.worldmap import draw
from tests.support.bases import FOREIGN_TODAY, SHIPPED_WORDS

DAYS = (date(1992, 2, 3), date(1996, 12, 31), date(2000, 6, 7), FOREIGN_TODAY)
NOON = datetime(2004, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def texts(lighthouse_names: NameIndex) -> Texts:
    return Texts("en", lighthouse_names.display)


def assert_foreign(said: str) -> None:
    low = said.lower()
    assert not [word for word in SHIPPED_WORDS if word in low]


def of_an_actor(base: Base, texts: Texts) -> Iterator[Answer]:
    for day in DAYS:
        for code in base.countries:
            found = assess(code, base, on=day)
            yield stance.answer(found, base, texts, today=FOREIGN_TODAY)
            yield card.card(found, base, texts, today=FOREIGN_TODAY)
            rows = len(found.contributions) + len(found.past)
            for page in range(1, page_count(rows, evidence.PER_PAGE) + 1):
                yield evidence.evidence(found, base, texts, page=page)
                yield evidence.votes(found, base, texts, page=page)


def of_many(base: Base, texts: Texts) -> Iterator[Answer]:
    begin = base.conflict.first_day
    assert begin
    for day in DAYS:
        for count in (2, 3, 4):
            for codes in list(combinations(base.countries, count))[:8]:
                yield compare.comparison(codes, base, texts, on=day)
        for side, _ in where.sides(base, texts):
            found = standings(base, on=day, codes=among(base, "", "", day))
            yield where.where(found, side, base, texts, on=day)
        since = begin.first
        moves = moved(base, since=since, on=day, codes=base.countries)
        yield where.movers(
            moves, base, texts, since=since, on=day, page=1, key="movers:all"
        )
        for key in base.blocs:
            yield bloc.bloc(key, base, texts, on=day, page=1)
        for which in base.forecasts.values():
            yield forecast.forecast(which, base, texts, on=day, page=1, key="forecast")
        for code in base.countries:
            stops = course(code, base, begin=begin.first, end=day)
            yield timeline(code, stops, base, texts)
    for vote in base.votes.values():
        yield roll(vote, base, texts)


def of_the_bot(base: Base, texts: Texts) -> Iterator[Answer]:
    yield evidence.method(base, texts)
    yield about(base, texts, version="1", today=FOREIGN_TODAY)
    yield help_pages.help_page(base, texts)
    codes = tuple(base.countries)
    for near in ((), codes):
        yield help_pages.not_found("x", near, base, None, texts, private=False)
    yield help_pages.too_fast(3, texts)
    for refusal in DayRefusal:
        yield help_pages.bad_date("x", texts, refusal, first=base.first_day)
    two = past_day("02/03/2002", FOREIGN_TODAY)
    assert isinstance(two, AmbiguousDay)
    yield help_pages.which_day("02/03/2002", two, texts, key=str)


def of_a_server(base: Base, texts: Texts) -> Iterator[Answer]:
    body = body_of(base.countries["orchard"].events[0])
    change = Change("event", "orchard", body)
    yield entries.preview(
        change, base, base, texts, today=FOREIGN_TODAY, remarks=["Mind the tide."]
    )
    revision = Revision(
        1, 1, "event", "orchard", body, "published", "add", 7, NOON, "Because."
    )
    yield entries.published([revision], base, texts)
    yield entries.history([revision, revision], base, texts, page=1)
    yield entries.changed("edit", revision, revision, {}, 7, base, texts)
    yield entries.proposal(Suggestion(1, "orchard", body, 7, NOON), base, texts)


@pytest.mark.parametrize("pages", [of_an_actor, of_many, of_the_bot, of_a_server])
def test_no_page_of_another_base_has_a_word_of_the_shipped_conflict(
    lighthouse: Base, texts: Texts, pages: Callable[[Base, Texts], Iterator[Answer]]
) -> None:
    answers = list(pages(lighthouse, texts))
    assert answers
    for answer in answers:
        assert_foreign(repr(answer))


def test_no_picture_of_another_base_has_a_word_of_the_shipped_conflict(
    lighthouse: Base, texts: Texts
) -> None:
    begin = lighthouse.conflict.first_day
    assert begin
    note = lighthouse.conflict.borders
    for day in DAYS:
        for show, _ in shows(lighthouse, texts):
            found = picture(show, lighthouse, texts, on=day)
            svg = draw(found.sheet)
            assert note
            assert note in svg
            assert_foreign(repr(found.answer) + svg)
        for code in lighthouse.countries:
            stops = course(code, lighthouse, begin=begin.first, end=day)
            svg = chart(texts.name(code), stops, lighthouse, texts)
            assert all(level.name in svg for level in lighthouse.conflict.levels)
            assert_foreign(svg)


def test_no_json_of_another_base_has_a_word_of_the_shipped_conflict(
    lighthouse: Base, texts: Texts
) -> None:
    for day in DAYS:
        for code in lighthouse.countries:
            found = assess(code, lighthouse, on=day)
            assert_foreign(json.dumps(as_json(found, lighthouse, texts)))


def test_the_help_page_asks_about_actors_days_and_a_side_of_the_base(
    lighthouse: Base, texts: Texts
) -> None:
    page = help_pages.help_page(lighthouse, texts)
    typed = [line.label for line in page.sections[0].lines]
    assert "/ally country:orchard" in typed
    assert "/ally country:meadow" in typed
    assert "/ally country:orchard on:1995-06-01" in typed
    assert "/where side:ashford since:1995" in typed
