"""The engine knows no conflict: another base's pages, pictures and JSON have no word of
the shipped one's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

import pytest

import bot
from bot.alignment.changes import Changes, what_changed
from bot.alignment.over_time import course
from bot.alignment.rubric import assess
from bot.answers import card, changes, entries, evidence, follows, page_ids, stance
from bot.answers import help as help_pages
from bot.answers.about import about
from bot.answers.as_json import as_json
from bot.answers.document import Answer
from bot.answers.pages import PAGES, page_of, sources_of
from bot.answers.paging import page_count
from bot.answers.preview import preview
from bot.answers.texts import Texts
from bot.answers.timeline import timeline
from bot.entries.records import Change, Revision, Suggestion, body_of
from bot.knowledge.dates import AmbiguousDay, DayRefusal, past_day
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS
from bot.names.index import NameIndex
from bot.pictures.chart import chart
from bot.pictures.world import picture, shows
from bot.pictures.worldmap import draw
from tests.answers.test_texts import TEMPLATE
from tests.support.bases import FOREIGN_TODAY, SHIPPED_WORDS

DAYS = (date(1992, 2, 3), date(1996, 12, 31), date(2000, 6, 7), FOREIGN_TODAY)
NOON = datetime(2004, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def texts(lighthouse_names: NameIndex) -> Texts:
    return Texts("en", lighthouse_names.display)


COASTS = re.compile(r' d="[^"]*"')
"""The numbers of what is drawn, most of a picture's signs."""


def assert_foreign(said: str) -> None:
    assert not SHIPPED_WORDS.findall(said)


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


def page_ids_of(base: Base) -> Iterator[str]:
    """The id of every page of lists and comparisons: their first pages."""
    begin, codes = base.first_day, tuple(base.countries)
    for view in changes.VIEWS:
        begin = base.first_day
        yield page_ids.changes(view, "", "", begin, FOREIGN_TODAY)
    for day in DAYS:
        for side in ("all", *(side.id for side in base.conflict.sides)):
            yield page_ids.where(side, "", "", day)
            yield page_ids.movers(side, "", "", begin, day)
        for level in base.conflict.levels:
            yield page_ids.where(level.id, "", "", day)
        for count in (2, 3, 4):
            for compared in list(combinations(codes, count))[:8]:
                yield page_ids.compare(compared, day)
                yield page_ids.shared(compared, day)
        for key in base.blocs:
            yield page_ids.bloc(key, day)
            yield page_ids.unity(key, day)
        yield from (page_ids.measure(key, day) for key in base.measures)
        yield from (page_ids.forecast(key, day) for key in base.forecasts)
        yield from (page_ids.turns(code, day) for code in codes)
    for key in base.votes:
        yield page_ids.roll(key, "", "")
        yield from (page_ids.ballots(key, ballot, "", "") for ballot in BALLOTS)


def of_many(base: Base, texts: Texts) -> Iterator[Answer]:
    for page_id in page_ids_of(base):
        yield page_of(page_id, base, texts)
        yield sources_of(page_ids.sources(page_id), base, texts)
    for day in DAYS:
        for code in base.countries:
            stops = course(code, base, begin=base.first_day, end=day)
            yield timeline(code, stops, base, texts)


def test_the_pages_are_of_every_family(lighthouse: Base) -> None:
    ids = list(page_ids_of(lighthouse))
    for family in PAGES:
        assert [each for each in ids if re.fullmatch(family, each)], family


def of_the_bot(base: Base, texts: Texts) -> Iterator[Answer]:
    yield evidence.method(base, texts)
    yield about(base, texts, version="1", today=FOREIGN_TODAY)
    yield help_pages.help_page(base, texts, FOREIGN_TODAY)
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
    shown = preview(
        change, base, base, texts, today=FOREIGN_TODAY, remarks=["Mind the tide."]
    )
    yield from (shown.changes, shown.card)
    revision = Revision(
        1, 1, "event", "orchard", body, "published", "add", 7, NOON, "Because."
    )
    yield entries.published([revision], base, texts)
    yield entries.history([revision, revision], base, texts, page=1)
    yield entries.changed("edit", revision, revision, {}, 7, base, texts)
    yield entries.proposal(Suggestion(1, "orchard", body, 7, NOON), base, texts)
    yield from _about_follows(base, texts)


def _about_follows(base: Base, texts: Texts) -> Iterator[Answer]:
    begin, name = base.first_day, texts.name("orchard")
    found = what_changed(base, since=begin, on=FOREIGN_TODAY, codes=base.countries)
    for news in (found, Changes(begin, FOREIGN_TODAY)):
        for names in ([name], [name] * 4):
            yield follows.bulletin(
                news, names, base, texts, token="token", is_new_edition=True
            )
    rows = [
        follows.FollowLine(n, name, 400, how, closed=n > 2)
        for n, how in enumerate(follows.cadences(texts), 1)
    ]
    yield follows.follows(rows, texts, zone="Europe/Berlin", most=25)
    yield follows.follows([], texts, zone="", most=25, notes=["Saved."])
    yield follows.begun(
        name, follows.what_is_new("daily", texts), texts, zone="", token="token"
    )
    yield from (
        follows.follow_changed(
            verb,
            {"name": name, "channel": 7, "how": "weekly", "before": "once"},
            8,
            texts,
        )
        for verb in ("follow", "unfollow")
    )
    yield follows.closed([name], 400, texts, token="token")
    yield follows.cannot_post(400, texts)
    yield follows.set_up(name, 400, "weekly", FOREIGN_TODAY, texts)


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
            assert_foreign(repr(found.answer) + COASTS.sub("", svg))
        for code in lighthouse.countries:
            stops = course(code, lighthouse, begin=begin.first, end=day)
            svg = chart(texts.name(code), stops, lighthouse, texts)
            assert all(level.name in svg for level in lighthouse.conflict.levels)
            assert_foreign(COASTS.sub("", svg))


SOURCES = [
    path
    for path in (*Path(bot.__file__).parent.rglob("*.py"), TEMPLATE)
    if path.parent.name != "names" and path.name != "derive.py"
]
SCRIPT = re.compile(r"Noto ?Sans ?Armenian|armenian\.ttf")
"""The font of a writing system, named after its people."""
UNITED_NATIONS = re.compile(r"\bUN\b|M49")
"""Whose codes of regions the engine uses, whatever the conflict is."""


def test_no_message_and_no_line_of_the_engine_has_a_word_of_the_shipped_conflict() -> (
    None
):
    assert len(SOURCES) > 150
    for path in SOURCES:
        text = UNITED_NATIONS.sub("", path.read_text(encoding="utf-8"))
        text = SCRIPT.sub("", text)
        assert not SHIPPED_WORDS.findall(text), path


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
    page = help_pages.help_page(lighthouse, texts, FOREIGN_TODAY)
    typed = [line.label for line in page.sections[0].lines]
    assert "/ally country:orchard" in typed
    assert "… on:1996-06-01" in typed
    assert "/where side:ashford" in typed
    asked = [each.id for each in (*page.actions, *page.menus[0].options)]
    assert asked[0] == "ally:ask:orchard:-:1"
    assert asked[1] == "ally:ask:meadow:1996-06-01:1"
    assert asked[2] == "again:compare:1:|orchard|meadow"
