"""Rules that the shipped base cannot show, because nothing in it hangs on them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.alignment import rubric
from bot.alignment.changes import PERIODS, ToldLevels, _votes, news, period_begin
from bot.alignment.comparison import ties
from bot.alignment.conduct import prepared
from bot.alignment.forecasts import ForActor, _together
from bot.alignment.levels import level_on
from bot.alignment.rubric import assess
from bot.knowledge.base_changes import facts_by_key
from bot.knowledge.documents import Vote
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from tests.support.bases import TODAY
from tests.support.egg_conflict import BIG, LITTLE, act, bloc, egg_base, roll

DAY = date(1725, 1, 1)


def test_what_can_settle_a_level_is_the_strongest_that_stands_against_it() -> None:
    base = egg_base(
        [
            act("oath", "1724-01-01", BIG, key="oath"),
            act("gift", "1724-02-01", LITTLE, key="first"),
            act("gift", "1724-03-01", LITTLE, key="second"),
            act("spared", "1724-04-01", LITTLE, key="spared"),
        ]
    )
    found = assess("LP", base, on=DAY)
    against = [row for row in found.contributions if row.fact.toward == LITTLE]
    spared = next(row for row in against if row.fact.deed == "spared")
    assert max(abs(row.points) for row in against) > abs(spared.points)
    known = prepared(base.facts("LP"), base.conflict)
    conduct = level_on("LP", known, base.conflict, DAY).conduct
    counter = rubric._counter(conduct, 1, base.conflict)
    assert counter is not None
    assert counter.fact.deed == "spared"


@pytest.mark.parametrize(
    ("outcomes", "together"),
    [
        ([], "unknown"),
        (["true"], "true"),
        (["false", "false"], "false"),
        (["true", "false"], "half"),
        (["half", "half"], "half"),
    ],
)
def test_a_claim_about_a_bloc_is_what_its_members_came_to(
    outcomes: list[str], together: str
) -> None:
    rows = [SimpleNamespace(scored=SimpleNamespace(outcome=each)) for each in outcomes]
    assert _together(cast("list[ForActor]", rows)) == together


def test_a_record_counts_each_kind_of_ballot() -> None:
    ballots = ["yes", "no", "no", "abstain", "abstain", "abstain", "absent"]
    rolls = [roll(f"1724-0{n}-01", LP=each) for n, each in enumerate(ballots, 1)]
    record = assess("LP", egg_base(rolls=rolls), on=DAY).record
    assert (record.second, record.first, record.abstained) == (1, 2, 3)
    assert record.total == len(ballots)


def told_of(key: str, day: date) -> Fact:
    def holds(on: date) -> bool:
        return day <= on

    found = SimpleNamespace(deed=None, kind="event", ref=key, begins=day, holds=holds)
    return cast("Fact", found)


def test_what_is_shown_and_not_counted_stands_newest_first_and_never_by_chance() -> (
    None
):
    old, new = date(1721, 1, 1), date(1722, 1, 1)
    facts = [told_of("b", new), told_of("c", old), told_of("a", new)]
    for given in (facts, facts[::-1]):
        shown = rubric._shown(given, DAY)
        assert [row.fact.ref for row in shown] == ["b", "a", "c"]


def test_a_rule_about_the_balance_is_told_with_facts_of_its_own_side(
    base: Base,
) -> None:
    rules = {rule.id: rule for rule in base.conflict.rules}
    seen = 0
    for code in ("HU", "TR", "RS", "GE", "IN", "BR", "SK", "CN", "ZA", "AE", "KZ"):
        for each in assess(code, base, on=TODAY).fired:
            when = rules[each.id].when if each.id in rules else None
            if when is None or when.deciding or when.deeds:
                continue
            if when.mean is None and when.balance is None:
                continue
            acts = [row for row in each.contributions if row.fact.kind != "vote"]
            seen += bool(acts)
            assert {row.fact.toward for row in acts} <= {each.toward}
    assert seen


def test_one_may_ask_a_day_a_week_a_month_or_a_year_back() -> None:
    on = date(2024, 2, 29)
    assert {period: period_begin(period, on) for period in PERIODS} == {
        "day": date(2024, 2, 28),
        "week": date(2024, 2, 22),
        "month": date(2024, 1, 29),
        "year": date(2023, 2, 28),
    }
    with pytest.raises(ValueError, match="decade"):
        period_begin("decade", on)


@pytest.mark.parametrize(
    ("standing", "shared"),
    [
        ("member", True),
        ("observer", True),
        ("partner", True),
        ("left", False),
        ("suspended", False),
        ("frozen", False),
    ],
)
def test_who_left_a_bloc_or_is_suspended_from_it_shares_it_with_nobody(
    standing: str, shared: bool
) -> None:
    seats: list[dict[str, Any]] = [
        {"code": "LP", "since": "1721"},
        {"code": "BR", "since": "1721", "standing": standing},
    ]
    found = ties(("LP", "BR"), egg_base(blocs=[bloc("league", "oath", *seats)]), on=DAY)
    assert bool(found.shared) == shared


def test_what_is_new_and_over_already_is_told_once() -> None:
    base = egg_base(
        [
            act("fleet", "1723-01-01", BIG, key="old", until="1724-06-01"),
            act("oath", "1724-05-01", BIG, key="new", until="1724-07-01"),
        ]
    )
    keys = {each.fact.ref: key for key, each in facts_by_key(base, ("LP",)).items()}
    told = ToldLevels(date(1724, 1, 1), {})
    found = news(
        base, told, {keys["new"]}, on=DAY, codes=("LP",), levels={"LP": "shrugs"}
    )
    assert [each.fact.ref for each in found.facts] == ["new"]
    assert [each.fact.ref for each in found.ended] == ["old"]


def test_roll_calls_of_one_day_stand_in_an_order_that_chance_does_not_make() -> None:
    cast_on = {"b": 2, "c": 1, "a": 2}
    votes = [
        cast(
            "Vote",
            SimpleNamespace(id=key, date=SimpleNamespace(first=date(1724, 1, n))),
        )
        for key, n in cast_on.items()
    ]
    for given in (votes, votes[::-1]):
        assert [vote.id for vote in _votes(given)] == ["b", "a", "c"]
