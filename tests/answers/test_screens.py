"""Lists and comparisons fit on a phone: ``python -m tests.answers.test_screens`` writes
docs/screens.md, which the test holds fresh.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.alignment.over_time import course, standings
from bot.answers import page_ids, timeline
from bot.answers.document import Answer
from bot.answers.pages import page_of
from bot.answers.screen import size
from bot.answers.texts import Texts
from bot.answers.where import Asked, sides, where
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS
from bot.names.index import NameIndex, names_of
from bot.names.regions import ALL_REGIONS, within
from bot.pictures.world import picture, shows
from tests.support.bases import TODAY, shipped

PAGE = Path(__file__).parents[2] / "docs" / "screens.md"
MOST = 24
"""Lines that the first page of a command may take on a phone 390 px wide."""
SEED, PAIRS = 20220224, 80
DAYS = (date(2014, 12, 31), date(2022, 3, 2), TODAY)
BEFORE: Mapping[str, tuple[int, int, int, int]] = {
    "/where": (16, 61, 545, 2412),
    "/where since": (66, 67, 2476, 2552),
    "/vote": (36, 108, 1354, 4119),
    "/bloc": (42, 53, 1252, 1611),
    "/compare": (62, 100, 2156, 3469),
    "/map": (62, 72, 2526, 2867),
    "/timeline": (23, 66, 843, 2587),
    "/forecast": (53, 64, 2081, 2495),
}
"""Lines and characters, the middle one and the most, as the same ruler found them on 26
November 2026 before the lists were made for phones, their sources included.
"""

Pages = Iterator[tuple[str, Answer]]
Family = list[tuple[str, Answer]]


def where_pages(base: Base, texts: Texts) -> Pages:
    """Every side and level in every region, on several days."""
    for day in DAYS:
        everybody = standings(base, on=day)
        for side, _ in sides(base, texts):
            for region in ("", *ALL_REGIONS):
                inside = within(region) if region else base.countries.keys()
                asked = Asked(side, region, "", day)
                some = [each for each in everybody if each.code in inside]
                answer = where(some, asked, base, texts, everywhere=everybody)
                yield asked.page_id(), answer


def mover_pages(base: Base, texts: Texts) -> Pages:
    for since in (2015, 2022, 2024, 2026):
        page_id = page_ids.movers("all", "", "", date(since, 1, 1), TODAY)
        yield page_id, page_of(page_id, base, texts)


def vote_pages(base: Base, texts: Texts) -> Pages:
    """Every roll call, of everybody, of some region and of some bloc; every list."""
    for key in base.votes:
        for region, group in (("", ""), ("002", ""), ("", "brics")):
            page_id = page_ids.roll(key, region, group)
            yield page_id, page_of(page_id, base, texts)
        for ballot in BALLOTS:
            page_id = page_ids.ballots(key, ballot, "", "")
            yield page_id, page_of(page_id, base, texts)


def bloc_pages(base: Base, texts: Texts) -> Pages:
    for key in base.blocs:
        for day in DAYS:
            for page_id in (page_ids.bloc(key, day), page_ids.unity(key, day)):
                yield page_id, page_of(page_id, base, texts)


def compare_pages(base: Base, texts: Texts) -> Pages:
    """Pairs and larger groups drawn by a seed."""
    drawn = random.Random(SEED)
    codes = sorted(base.countries)
    for number in range(PAIRS):
        some = drawn.sample(codes, 2 + number % 3)
        for page_id in (page_ids.compare(some, TODAY), page_ids.shared(some, TODAY)):
            yield page_id, page_of(page_id, base, texts)


def map_pages(base: Base, texts: Texts) -> Pages:
    for show, _ in shows(base, texts):
        yield show, picture(show, base, texts, on=TODAY).answer
        kind, _, key = show.partition(":")
        if kind == "measure":
            page_id = page_ids.measure(key, TODAY)
            yield page_id, page_of(page_id, base, texts)


def timeline_pages(base: Base, texts: Texts) -> Pages:
    for code in base.countries:
        stops = course(code, base, end=TODAY)
        yield code, timeline.timeline(code, stops, base, texts)
        yield f"{code} changes", timeline.turns(code, stops, base, texts, page=1)


def forecast_pages(base: Base, texts: Texts) -> Pages:
    for key in base.forecasts:
        for page in range(1, 5):
            page_id = page_ids.forecast(key, TODAY, page)
            yield page_id, page_of(page_id, base, texts)


FAMILIES: Mapping[str, Callable[[Base, Texts], Pages]] = {
    "/where": where_pages,
    "/where since": mover_pages,
    "/vote": vote_pages,
    "/bloc": bloc_pages,
    "/compare": compare_pages,
    "/map": map_pages,
    "/timeline": timeline_pages,
    "/forecast": forecast_pages,
}


def assert_fits(family: Family) -> None:
    """The first page fits on a phone."""
    lines = {page: size(answer).lines for page, answer in family}
    assert not {page: taken for page, taken in lines.items() if taken > MOST}


def assert_leads_on(family: Family) -> None:
    """Every page has a button or a menu, each with an id that Discord takes."""
    for page, answer in family:
        ways = [action for action in answer.actions if action.enabled]
        ways += [option for menu in answer.menus for option in menu.options]
        assert ways, page
        assert len({menu.id for menu in answer.menus}) == len(answer.menus)
        for way in ways:
            assert len(way.id) <= page_ids.LONGEST, way.id
            assert way.label


def assert_linked(family: Family) -> None:
    """Numbers are links, and every source is one press away."""
    for page, answer in family:
        assert answer.linked, page
        numbers = {cited.number for cited in answer.citations}
        assert numbers == set(range(1, len(numbers) + 1)), page
        lines = [answer.lead] if answer.lead else []
        lines += [line for section in answer.sections for line in section.lines]
        assert all(set(line.cites) <= numbers for line in lines), page


def row(command: str, family: Family) -> str:
    """A command's row of the table in docs/screens.md."""
    sizes = [size(answer) for _, answer in family]
    lines = [each.lines for each in sizes]
    signs = [each.characters for each in sizes]
    was = BEFORE[command]
    return (
        f"| `{command}` | {len(sizes):,} | {was[0]}, at most {was[1]} "
        f"| {statistics.median_low(lines)}, at most {max(lines)} "
        f"| {was[2]:,}, at most {was[3]:,} "
        f"| {statistics.median_low(signs):,}, at most {max(signs):,} |"
    )


@pytest.mark.parametrize("command", FAMILIES)
def test_every_list_and_comparison_fits_on_a_phone_leads_on_and_is_cited(
    command: str, base: Base, names: NameIndex
) -> None:
    """All in one test, for the pages of a family take a second to make."""
    family = list(FAMILIES[command](base, Texts("en", names.display)))
    assert_fits(family)
    assert_leads_on(family)
    assert_linked(family)
    rows = PAGE.read_text("utf-8").splitlines()
    assert row(command, family) in rows, "run: python -m tests.answers.test_screens"


def page(rows: Iterable[str]) -> str:
    """The whole of docs/screens.md, with these rows in its table."""
    heads = (
        "| command | pages | lines before | lines now | characters before | now |",
        "| --- | --- | --- | --- | --- | --- |",
    )
    table = "\n".join((*heads, *rows))
    return f"""# What a reply takes of a phone's screen

A phone 390 px wide shows about 46 characters of a message on a line. The table has the
lines and the characters of the first pages of lists and comparisons, the middle one
and the longest: every roll call, bloc, level and region, measure, timeline and
forecast, and {PAIRS} groups of two to four drawn by a seed. *Before* is the state of 26
November 2026, its sources included, which now stand behind a button. Each may take
{MOST} lines; a card 12, and 15 where deeds contradict each other.

`python -m tests.answers.test_screens` writes this page; a test holds it fresh, and
fails when a page outgrows its limit.

{table}
"""


def test_the_page_about_screens_is_fresh() -> None:
    """But for the numbers of its rows, which the test above compares."""
    said = PAGE.read_text("utf-8")
    rows = [line for line in said.splitlines() if line.startswith("| `")]
    assert [each.split("`")[1] for each in rows] == list(FAMILIES)
    assert said == page(rows), "run: python -m tests.answers.test_screens"


if __name__ == "__main__":
    whole = shipped()
    texts = Texts("en", names_of(whole).display)
    made = [row(each, list(FAMILIES[each](whole, texts))) for each in FAMILIES]
    PAGE.write_text(page(made), encoding="utf-8")
