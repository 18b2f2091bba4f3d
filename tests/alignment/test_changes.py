"""What has changed since a day, and what is news since it was last told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.alignment import over_time
from bot.alignment.changes import (
    Changes,
    ToldLevels,
    levels_on,
    news,
    period_begin,
    what_changed,
)
from bot.alignment.levels import UNKNOWN, LevelOnDay
from bot.alignment.over_time import changes, course
from bot.knowledge.base_changes import base_changes, facts_by_key
from bot.knowledge.facts import Base
from tests.support.bases import TODAY
from tests.support.egg_conflict import BIG, LITTLE, act, egg_base, roll

EVENTS = (
    act("toast", "1719-01-01", BIG),
    act("fleet", "1721-05-05", BIG, key="ships"),
    act("toast", "1721-06-01", LITTLE, key="visit", until="1721-09-09"),
)


def test_each_change_is_told_on_the_day_on_which_it_happened_and_on_no_other() -> None:
    base = egg_base(EVENTS, rolls=[roll("1721-07-07", LP="yes")])
    happened: dict[str, set[date]] = {}
    day = date(1721, 5, 1)
    while day < date(1721, 10, 1):
        before, day = day, day + timedelta(days=1)
        found = what_changed(base, since=before, on=day, codes=["LP"])
        for kind, told in (
            ("move", found.moves),
            ("fact", found.facts),
            ("vote", found.votes),
            ("end", found.ended),
        ):
            if told:
                happened.setdefault(kind, set()).add(day)
    assert happened["fact"] == {date(1721, 5, 5), date(1721, 6, 1)}
    assert happened["vote"] == {date(1721, 7, 7)}
    assert happened["end"] == {date(1721, 9, 9)}
    turned = changes(course("LP", base, begin=date(1721, 5, 1), end=day))
    assert happened["move"] == {after.on for _, after in turned}


@pytest.mark.parametrize(
    ("period", "begin"),
    [
        ("day", date(2024, 3, 30)),
        ("week", date(2024, 3, 24)),
        ("month", date(2024, 2, 29)),
        ("year", date(2023, 3, 31)),
    ],
)
def test_a_period_begins_so_long_before(period: str, begin: date) -> None:
    assert period_begin(period, date(2024, 3, 31)) == begin


def test_the_shipped_bases_moves_of_a_year_are_those_that_its_courses_show(
    base: Base,
) -> None:
    since = period_begin("year", TODAY)
    found = what_changed(base, since=since, on=TODAY, codes=base.countries)
    then, now = (levels_on(base, base.countries, day) for day in (since, TODAY))
    moved = {
        code
        for code in base.countries
        if then[code] != now[code] and UNKNOWN not in {then[code], now[code]}
    }
    assert {move.code for move in found.moves} == moved
    assert moved


def _news(before: Base, after: Base, *, told: date, on: date) -> Changes:
    found = base_changes(before, after)
    new = {id(each.fact) for each in found.added}
    keys = {key for key, each in facts_by_key(after).items() if id(each.fact) in new}
    keys |= {f"vote:{vote.id}" for vote in found.votes_added}
    return news(
        after,
        ToldLevels(told, levels_on(before, ["LP"], told)),
        keys,
        on=on,
        codes=["LP"],
        levels=levels_on(after, ["LP"], on),
    )


def test_news_are_what_was_added_whatever_day_it_tells_of_and_what_a_day_brought() -> (
    None
):
    told, on = date(1721, 9, 1), date(1721, 9, 30)
    before = egg_base(EVENTS)
    late = act("gift", "1719-03-03", LITTLE, key="late")
    after = egg_base((*EVENTS, late), rolls=[roll("1718-07-07", LP="yes")])
    found = _news(before, after, told=told, on=on)
    assert [each.fact.ref for each in found.facts] == ["late"]
    assert [each.id for each in found.votes] == ["roll-1718-07-07"]
    assert [each.fact.ref for each in found.ended] == ["visit"]


def test_what_was_told_is_no_news_the_next_day() -> None:
    base = egg_base(EVENTS)
    on = date(1722, 1, 1)
    found = news(
        base,
        ToldLevels(on, levels_on(base, ["LP"], on)),
        (),
        on=on + timedelta(days=1),
        codes=["LP"],
        levels=levels_on(base, ["LP"], on + timedelta(days=1)),
    )
    assert found.count == 0


def test_a_level_that_an_edition_moved_is_told_with_the_fact_that_explains_it() -> None:
    before = egg_base(EVENTS[:1])
    after = egg_base(EVENTS)
    day = date(1721, 8, 1)
    (move,) = _news(before, after, told=day, on=day).moves
    assert move.cause.fact is not None
    assert move.cause.fact.ref == "ships"


def test_nobody_is_judged_for_whom_nothing_happened(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    judge = over_time.level_on

    def counted(code: str, *rest: Any) -> LevelOnDay:
        judged.append(code)
        return judge(code, *rest)

    monkeypatch.setattr(over_time, "level_on", counted)
    since, anew = period_begin("week", TODAY), replace(base)
    turned = {
        code
        for code in base.countries
        for fact in base.facts(code)
        for day in (fact.begins, fact.ends)
        if day and since < day <= TODAY
    }
    what_changed(anew, since=since, on=TODAY, codes=base.countries)
    assert set(judged) == turned
    assert len(turned) < len(base.countries) / 4
