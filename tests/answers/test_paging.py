"""The pager: every row exactly once, on every list that has pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment.cohesion import members
from bot.alignment.forecasts import claims
from bot.alignment.over_time import moved
from bot.alignment.rubric import assess
from bot.answers import bloc, entries, evidence, forecast, page_ids, pages, where
from bot.answers.document import Action, Answer
from bot.answers.measure import taking_part
from bot.answers.paging import Page, page_of, page_that_fits
from bot.answers.screen import LINES, size
from bot.answers.texts import Texts, english
from bot.entries.records import Entry, Revision
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.support.bases import TODAY

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(rows=st.integers(0, 200), size=st.integers(1, 13))
def test_a_walk_over_all_pages_has_every_row_once_and_in_order(
    rows: int, size: int
) -> None:
    listed = list(range(rows))
    count = page_of(listed, 1, size=size).count
    pages = [page_of(listed, number, size=size) for number in range(1, count + 1)]
    assert [row for page in pages for row in page.rows] == listed
    assert all(page.rows for page in pages) or not rows
    assert all(len(page.rows) == size for page in pages[:-1])
    assert [page.number for page in pages] == list(range(1, count + 1))


@given(rows=st.integers(0, 200), number=st.integers(-9, 999), size=st.integers(1, 13))
def test_only_the_way_over_an_end_is_closed(rows: int, number: int, size: int) -> None:
    page = page_of(range(rows), number, size=size)
    assert 1 <= page.number <= page.count
    assert page.number == number or not 1 <= number <= page.count
    turns = page.turns("list:{page}:rest", english())
    assert bool(turns) == (rows > size)
    if turns:
        back, on = turns
        assert [back.id, on.id] == [
            f"list:{page.number - 1}:rest",
            f"list:{page.number + 1}:rest",
        ]
        assert back.enabled == (page.number > 1)
        assert on.enabled == (page.number < page.count)


@given(
    lengths=st.lists(st.integers(1, 9), max_size=60),
    most=st.integers(1, 13),
    room=st.integers(1, 30),
)
def test_pages_cut_by_what_fits_have_every_row_once_and_none_that_another_would_fit(
    lengths: list[int], most: int, room: int
) -> None:
    rows = list(enumerate(lengths))

    def fits(page: Page[tuple[int, int]]) -> bool:
        return sum(length for _, length in page.rows) <= room

    first = page_that_fits(rows, 1, most=most, fits=fits)
    pages = [
        page_that_fits(rows, number, most=most, fits=fits)
        for number in range(1, first.count + 1)
    ]
    assert [row for page in pages for row in page.rows] == rows
    assert page_that_fits(rows, 99, most=most, fits=fits) == pages[-1]
    for page, after in pairwise(pages):
        assert fits(page) or len(page.rows) == 1
        fuller = replace(page, rows=(*page.rows, after.rows[0]))
        assert len(page.rows) == most or not fits(fuller)


LONG = "of a very long name "


@pytest.fixture(scope="module")
def wordy(names: NameIndex) -> Texts:
    """A language whose names are much longer than those of any that there is."""
    return Texts("en", lambda code, locale: names.display(code, locale) + " " + LONG)


def whole_list(
    page: Callable[[int], Answer], rows_of: Callable[[Answer], list[str]]
) -> list[str]:
    """The rows of all pages, each of which fits on the screen; the last one also stands
    for every number beyond it.
    """
    said, number = list[str](), 0
    while True:
        number += 1
        answer = page(number)
        assert size(answer).lines <= LINES, answer.title
        said += rows_of(answer)
        after = next_of(answer)
        if after is None or not after.enabled:
            assert page(number + 7) == answer
            return said


def opened(answer: Answer) -> list[str]:
    """Whom the menu of a page opens: those whom it lists."""
    (menu,) = (each for each in answer.menus if each.id == "menu:open")
    return [each.id.split(":")[2] for each in menu.options]


def test_long_names_take_more_pages_and_lose_nobody(base: Base, wordy: Texts) -> None:
    page_id = page_ids.where("all", "", "", TODAY, "{}")
    lists = [(page_id, set(base.countries))]
    for key, vote in list(base.votes.items())[:4]:
        lists.append((page_ids.ballots(key, "yes", "", "", "{}"), set(vote.yes)))
    for key in list(base.measures)[:4]:
        parts = set(taking_part(key, base, TODAY))
        lists.append((page_ids.measure(key, TODAY, "{}"), parts))
    for page_id, codes in lists:
        found = whole_list(
            lambda n, p=page_id: pages.page_of(p.format(n), base, wordy), opened
        )
        assert sorted(found) == sorted(codes), page_id


def test_long_names_take_more_pages_of_a_bloc_and_of_movers(
    base: Base, wordy: Texts
) -> None:
    for key, each in base.blocs.items():
        found = whole_list(
            lambda n, k=key: bloc.bloc(k, base, wordy, on=TODAY, page=n), opened
        )
        begun = {seat.code for seat in each.members if seat.since.first <= TODAY}
        assert set(found) == begun
    page_id = page_ids.movers("all", "", "", date(2024, 1, 1), TODAY, "{}")
    since = moved(base, since=date(2024, 1, 1), on=TODAY, codes=base.countries)
    found = whole_list(lambda n: pages.page_of(page_id.format(n), base, wordy), opened)
    assert found == [move.code for move in since for _ in "ab"]


@pytest.fixture(scope="module")
def texts(names: NameIndex) -> Texts:
    return Texts("en", names.display)


def next_of(answer: Answer) -> Action | None:
    return next((each for each in answer.actions if each.label == "Next"), None)


def walked(
    page: Callable[[int], Answer], place: int = -1, headings: Collection[str] = ()
) -> Counter[str]:
    """What the lines of the last section, or of those with these headings, say on all
    pages, following *Next* from the first until it is closed; ``place`` is where a
    custom id has the page's number.
    """
    said: Counter[str] = Counter()
    number = 1
    while True:
        answer = page(number)
        sections = [each for each in answer.sections if each.heading in headings]
        for section in sections if headings else answer.sections[-1:]:
            said.update(f"{each.label} {each.text}" for each in section.lines)
        back = [each for each in answer.actions if each.label == "Previous"]
        assert all(each.enabled and number > 1 for each in back) or not back[0].enabled
        after = next_of(answer)
        if after is None or not after.enabled:
            notes = [each for each in answer.notes if each.startswith("Page")]
            assert notes == [f"Page {number} of {number}"] or number == 1
            return said
        number += 1
        assert int(after.id.split(":")[place]) == number


def assert_all_once(said: Counter[str], rows: int) -> None:
    assert said.total() == rows
    assert len(said) == rows


def test_every_fact_of_everybody_stands_once_in_the_evidence(
    base: Base, texts: Texts
) -> None:
    for code in base.countries:
        found = assess(code, base, on=TODAY)
        told = [
            c for c in found.contributions if (c.fact.kind, c.fact.detail) != ABSENCE
        ]
        rows = len(told) + len(found.past)
        said = walked(lambda n, a=found: evidence.evidence(a, base, texts, page=n))
        assert said.total() == max(1, rows), code


ABSENCE = ("vote", "absent")


def test_every_ballot_of_everybody_stands_once_in_their_votes(
    base: Base, texts: Texts
) -> None:
    for code in base.countries:
        found = assess(code, base, on=TODAY)
        said = walked(lambda n, a=found: evidence.votes(a, base, texts, page=n))
        assert_all_once(said, max(1, len(base.ballots.get(code, ()))))


@pytest.mark.parametrize("on", [TODAY, date(2019, 6, 1)])
def test_every_actor_that_has_or_had_a_seat_stands_once_under_its_bloc(
    base: Base, texts: Texts, on: date
) -> None:
    for key, each in base.blocs.items():
        said = walked(
            lambda n, k=key: bloc.bloc(k, base, texts, on=on, page=n),
            headings=("Members", "Not full members", "No longer"),
        )
        begun = {seat.code for seat in each.members if seat.since.first <= on}
        if not begun:
            continue
        assert_all_once(said, len(begun))
        named = Counter(line.partition(":")[0] for line in said.elements())
        assert set(named.values()) <= {1}, key


@pytest.mark.parametrize("key", ["csto", "eaeu", "brics", "cis"])
def test_as_many_are_listed_as_members_as_are_counted(
    base: Base, texts: Texts, key: str
) -> None:
    page = partial(bloc.bloc, key, base, texts, on=TODAY)
    listed = walked(lambda n: page(page=n), headings=("Members",))
    lead = page(page=1).lead
    full = members(base.blocs[key], on=TODAY)
    assert not [line for line in listed if "since" in line]
    assert listed.total() == len(full)
    assert lead is not None
    assert lead.text.startswith(f"{len(full)} members on ")


def test_who_froze_a_seat_holds_it_and_who_left_is_told_of_with_the_days_of_its_seat(
    base: Base, texts: Texts
) -> None:
    def under(key: str, on: date, name: str) -> list[tuple[str, str]]:
        pages = [bloc.bloc(key, base, texts, on=on, page=n) for n in range(1, 9)]
        return sorted(
            {
                (section.heading, line.text)
                for page in pages
                for section in page.sections
                for line in section.lines
                if name in line.label
            }
        )

    ((heading, said),) = under("csto", TODAY, "Armenia")
    assert heading == "Not full members"
    assert said.endswith("Participation frozen since Feb 22, 2024")
    ((heading, said),) = under("eu", TODAY, "United Kingdom")
    assert heading == "No longer"
    assert said.startswith("Jan 1, 1973 to Jan 31, 2020")
    ((heading, _),) = under("eu", date(2019, 6, 1), "United Kingdom")
    assert heading == "Members"
    ((heading, said),) = under("csto", date(2020, 6, 1), "Armenia")
    assert (heading, said) == ("Members", "Ally of Russia")
    ((heading, said),) = under("cis", TODAY, "Ukraine")
    assert heading == "No longer"
    assert said.endswith("Left since May 2018")


def test_everybody_whom_a_forecast_names_stands_once_under_it(
    base: Base, texts: Texts
) -> None:
    for which in base.forecasts.values():
        quotes = {
            forecast.quote(named.expected, whole=whole)
            for named in which.named
            for whole in (True, False)
        }
        said = walked(
            lambda n, f=which: forecast.forecast(f, base, texts, on=TODAY, page=n),
            headings=quotes,
        )
        assert said.total() == len(claims(which, base, on=TODAY))


def test_everybody_who_moved_stands_once_among_the_movers(
    base: Base, texts: Texts
) -> None:
    since = date(2021, 1, 1)
    found = moved(base, since=since, on=TODAY, codes=base.countries)
    assert len(found) > where.MOVERS
    asked = where.Asked("all", "", "", TODAY)
    said = walked(
        lambda n: where.movers(found, asked, base, texts, since=since, page=n)
    )
    assert_all_once(said, len(found))


def test_where_nobody_moved_the_page_says_so_and_counts_nothing(
    base: Base, texts: Texts
) -> None:
    asked = where.Asked("all", "", "", TODAY)
    page = where.movers((), asked, base, texts, since=date(2026, 11, 1), page=1)
    assert page.lead
    assert page.lead.text.startswith("Nobody")
    assert not page.sections
    assert not any("Page" in note for note in page.notes)
    assert page.actions


def test_a_revision_that_retires_an_entry_says_so_once(
    base: Base, texts: Texts
) -> None:
    first = revision(1)
    gone = replace(first, revision=2, state="retired", verb="retire")
    for reason in ("Wrong.", ""):
        rows = (first, replace(gone, reason=reason))
        newest = entries.history(rows, base, texts, page=1).sections[0].lines[0]
        assert f"{newest.label} {newest.text}".count("retired") == 1
        assert "no difference" not in newest.text
    undone = replace(gone, verb="undo")
    line = entries.history((first, undone), base, texts, page=1).sections[0].lines[0]
    assert "retired" in line.text


def alias(number: int) -> dict[str, str]:
    return {"alias": f"Name {number}"}


def entry(number: int) -> Entry:
    return Entry(number, "alias", "BY", alias(number), "published", 1, 7, NOON)


def revision(number: int) -> Revision:
    return Revision(
        1, number, "alias", "BY", alias(number), "published", "edit", 7, NOON
    )


@pytest.mark.parametrize("count", [1, 7, 8, 9, 16, 17, 40])
def test_every_entry_stands_once_in_the_list(
    count: int, base: Base, texts: Texts
) -> None:
    rows = [entry(number) for number in range(1, count + 1)]
    said = walked(
        lambda n: entries.listing(
            rows, base, texts, page=n, code="", state="all", author=0
        ),
        place=1,
    )
    assert_all_once(said, count)


@pytest.mark.parametrize("count", [1, 7, 8, 9, 16, 17, 40])
def test_every_revision_stands_once_in_the_history_the_newest_first(
    count: int, base: Base, texts: Texts
) -> None:
    rows = [revision(number) for number in range(1, count + 1)]
    said = walked(lambda n: entries.history(rows, base, texts, page=n))
    assert_all_once(said, count)
    numbers = [int(re.findall(r"Revision (\d+)", each)[0]) for each in said]
    assert numbers == list(range(count, 0, -1))
