"""The page of changes: counted, every page walked to its end, each change with a way
to whom it is about.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from bot.alignment.changes import PERIODS, period_begin, what_changed
from bot.alignment.cohesion import among
from bot.answers import page_ids
from bot.answers.base_changes import base_changes as page_of_editions
from bot.answers.base_changes import base_changes_as_json, relevelled
from bot.answers.changes import ROWS, VIEWS, Asked, changes, rows_of
from bot.answers.document import Answer
from bot.answers.pages import page_of, sources_of
from bot.answers.screen import size
from bot.answers.texts import Texts
from bot.knowledge.base_changes import base_changes
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.support.bases import TODAY
from tests.support.egg_conflict import act, egg_base, roll


@pytest.fixture
def texts(names: NameIndex) -> Texts:
    return Texts("en", names.display)


def lines(page: Answer) -> list[str]:
    return [f"{line.label} {line.text}" for line in page.sections[-1].lines]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("view", VIEWS[1:])
@pytest.mark.parametrize(("region", "bloc"), [("", ""), ("150", ""), ("", "brics")])
def test_the_pages_of_a_list_show_every_change_once_on_a_phone_with_a_way_to_it(
    base: Base, texts: Texts, period: str, view: str, region: str, bloc: str
) -> None:
    since = period_begin(period, TODAY)
    codes = among(base, region, bloc, TODAY)
    found = what_changed(base, since=since, on=TODAY, codes=codes)
    rows = rows_of(found, view)
    asked = Asked(view, region, bloc, since, TODAY)
    shown: list[str] = []
    for number in range(1, max(1, -(-len(rows) // ROWS)) + 1):
        page = changes(found, asked, base, texts, page=number)
        assert size(page).lines <= 24, asked.page_id(number)
        if not rows:
            nothing = "Nothing has changed."
            assert lines(page) == [f" {nothing}"] if found.count else not page.sections
            assert page.lead
            assert (page.lead.text == nothing) == (not found.count)
            return
        shown += lines(page)
        (to_open,) = (menu for menu in page.menus if menu.id == "menu:open")
        assert to_open.options
    assert len(shown) == len(rows)
    first = page_of(asked.page_id(), base, texts)
    assert first.lead
    assert f"{len(rows):,} " in first.lead.text
    sources = sources_of(page_ids.sources(asked.page_id()), base, texts)
    assert sources.sections[0].lines


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("region", "bloc"), [("", ""), ("142", ""), ("", "brics")])
@pytest.mark.parametrize("since", [*PERIODS, "2022"])
def test_the_first_sentence_counts_what_there_is_and_nothing_is_said_twice(
    base: Base, texts: Texts, since: str, region: str, bloc: str, view: str
) -> None:
    day = date(2022, 1, 1) if since == "2022" else period_begin(since, TODAY)
    asked = Asked(view, region, bloc, day, TODAY)
    codes = among(base, region, bloc, TODAY)
    found = what_changed(base, since=day, on=TODAY, codes=codes)
    page = page_of(asked.page_id(), base, texts)
    assert page.lead
    counted = [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", page.lead.text)]
    assert counted == [n for each in VIEWS[1:] if (n := len(rows_of(found, each)))]
    said = [f"{line.label} {line.text}" for s in page.sections for line in s.lines]
    headings = [section.heading for section in page.sections if section.heading]
    assert len({*said, *headings}) == len(said) + len(headings)
    assert not headings or len(counted) > 1 or not rows_of(found, view)


def test_what_is_asked_for_first_is_the_first_list_that_is_not_empty(
    base: Base, texts: Texts
) -> None:
    week = page_ids.changes("all", "", "", period_begin("week", TODAY), TODAY)
    year = page_ids.changes("all", "", "", period_begin("year", TODAY), TODAY)
    said = lines(page_of(week, base, texts))
    assert said
    assert all("no longer counts" in each or "ended" in each for each in said)
    assert page_of(year, base, texts).sections[-1].heading == "Levels that moved"


def test_menus_lead_to_every_other_list_and_every_other_time(
    base: Base, texts: Texts
) -> None:
    year = page_ids.changes("all", "", "", period_begin("year", TODAY), TODAY)
    page = page_of(year, base, texts)
    menus = {menu.id: menu.options for menu in page.menus}
    for option in (*menus["menu:view"], *menus["menu:since"]):
        assert page_of(option.id, base, texts).title
    assert len(menus["menu:since"]) == len(PERIODS) - 1
    assert len(menus["menu:view"]) == len(VIEWS) - 2


def test_a_span_that_does_not_run_forward_is_no_page(base: Base, texts: Texts) -> None:
    with pytest.raises(ValueError, match=str(TODAY)):
        page_of(page_ids.changes("all", "", "", TODAY, TODAY), base, texts)


def test_two_editions_are_told_difference_by_difference_in_words_and_in_json() -> None:
    ships = act("fleet", "1721-05-05", key="ships")
    before = egg_base([ships, act("toast", "1719", key="gone")])
    after = egg_base(
        [ships | {"claim": "Ships sailed."}, act("oath", "1722-01-01", key="new")],
        rolls=[roll("1722-01-01", LP="yes")],
    )
    found = base_changes(before, after)
    levels = relevelled({"LP": "shrugs"}, {"LP": "sworn-big", "BL": "party"})
    texts = Texts("en")
    page = page_of_editions(found, levels, before, after, texts)
    assert [section.heading for section in page.sections] == [
        "Levels that differ today (1)",
        "Facts added (1)",
        "Facts changed (1)",
        "Facts taken out (1)",
        "Votes added (1)",
    ]
    told = base_changes_as_json(found, levels, before, after, texts)
    facts = told["facts"]
    assert [row["ref"] for row in facts["added"]] == ["new"]
    assert [row["after"]["text"] for row in facts["changed"]] == ["Ships sailed."]
    assert [row["ref"] for row in facts["gone"]] == ["gone"]
    assert told["levels"] == [{"code": "LP", "before": "shrugs", "after": "sworn-big"}]
    assert [row["id"] for row in told["votes"]["added"]] == ["roll-1722-01-01"]


def test_a_long_changelog_is_walked_to_its_end() -> None:
    before = egg_base()
    after = egg_base(
        [act("gift", f"17{n}-01-01", key=f"gift-{n}") for n in range(10, 60)],
        rolls=[roll("1722-01-01", LP="yes")],
    )
    found = base_changes(before, after)
    seen: list[str] = []
    for number in range(1, 7):
        page = page_of_editions(found, (), before, after, Texts("en"), page=number)
        parts = [part for part in page.sections if part.heading]
        seen += [line.text for part in parts for line in part.lines]
        (rest,) = [part for part in page.sections if not part.heading] or [None]
        told = [f"{line.label} {line.text}" for line in rest.lines] if rest else []
        assert told == (["Votes added: 1"] if number == 1 else [])
    assert len(seen) >= 51
    assert all(a != b for a, b in pairwise(seen))
