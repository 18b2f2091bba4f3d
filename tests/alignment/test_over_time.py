"""Levels over time: every turn has a cause that is named, and no day makes an actor
unknown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alignment import over_time
from bot.alignment.assessment import VotingRecord
from bot.alignment.causes import Cause
from bot.alignment.conduct import PreparedFacts, prepared
from bot.alignment.levels import LevelOnDay, level_on
from bot.alignment.over_time import Stop, changes, course, moved, standings
from bot.knowledge.conflict import Conflict
from bot.knowledge.facts import Base, Fact
from tests.support.bases import TODAY
from tests.support.egg_conflict import (
    BIG,
    FIVE,
    LITTLE,
    SEVEN,
    THREE,
    act,
    bloc,
    egg_base,
    measure,
    roll,
)

BEGIN, END = date(1718, 1, 1), date(1728, 1, 1)
DEEDS = (
    "fleet",
    "oath",
    "drill",
    "embargo",
    "spared",
    "gift",
    "veto",
    "toast",
    "parley",
    None,
)

days = st.dates(date(1718, 2, 1), date(1726, 12, 1))
sides = st.sampled_from([BIG, LITTLE, "neutral"])


@st.composite
def events(draw: st.DrawFn) -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 6))):
        day = draw(days)
        written = draw(
            st.sampled_from([day.isoformat(), day.isoformat()[:7], str(day.year)])
        )
        more: dict[str, Any] = {}
        if draw(st.booleans()):
            more["until"] = (day + timedelta(draw(st.integers(400, 900)))).isoformat()
        if draw(st.booleans()):
            more["scale"] = draw(st.sampled_from(["token", "large"]))
        if draw(st.booleans()):
            more["part_of"] = "list"
        drawn.append(
            act(
                draw(st.sampled_from(DEEDS)),
                written,
                draw(sides),
                key=f"e{number}",
                **more,
            )
        )
    return drawn


@st.composite
def bases(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Events of an actor, and the lists and roll calls around them."""
    rolls = [
        roll(day.isoformat(), draw(sides), LP=draw(ballots))
        | ({"partial": True} if draw(st.booleans()) and draw(st.booleans()) else {})
        for day in sorted(draw(st.sets(days, max_size=5)))
    ]
    parts = [
        {"code": "LP", "date": day.isoformat()}
        for day in sorted(draw(st.sets(days, max_size=2)))
    ]
    detail = {"code": "LP", "date": draw(days).isoformat()}
    lists = [
        measure("list", draw(st.sampled_from(DEEDS)), *parts, toward=draw(sides)),
        measure("detail", "embargo", detail, toward=LITTLE, part_of="list"),
    ]
    seat = {"code": "LP", "since": draw(days).isoformat()}
    more = {
        "rolls": rolls,
        "measures": lists[: draw(st.integers(0, 2))],
        "blocs": [bloc("league", "drill", seat)] if draw(st.booleans()) else [],
        "levels": draw(st.sampled_from([THREE, FIVE, SEVEN])),
    }
    return draw(events()), more


ballots = st.sampled_from(["yes", "no", "abstain", "absent"])


def levels(base: Base, step: int = 1) -> dict[date, str]:
    """The level on every so many days."""
    count = (END - BEGIN).days
    known = prepared(base.facts("LP"), base.conflict)
    wanted = [BEGIN + timedelta(days=n) for n in range(0, count, step)]
    return {day: level_on("LP", known, base.conflict, day).level for day in wanted}


@settings(max_examples=40)
@given(bases())
def test_between_two_stops_nothing_turns_and_every_turn_names_its_cause(
    drawn: tuple[list[dict[str, Any]], dict[str, Any]],
) -> None:
    events, more = drawn
    base = egg_base(events, **more)
    stops = course("LP", base, begin=BEGIN, end=END)
    at = 0
    for day, level in levels(base, 5).items():
        while at + 1 < len(stops) and stops[at + 1].on <= day:
            at += 1
        assert level == stops[at].level
    for _, stop in changes(stops):
        assert stop.facts
        assert all(stop.on in {fact.begins, fact.ends} for fact in stop.facts)


@settings(max_examples=40)
@given(bases(), events())
def test_nothing_new_ever_turns_a_level_into_unknown(
    drawn: tuple[list[dict[str, Any]], dict[str, Any]],
    further: list[dict[str, Any]],
) -> None:
    told, more = drawn
    before = levels(egg_base(told, **more), 60)
    new = [{**event, "id": f"new-{event['id']}"} for event in further]
    after = levels(egg_base([*told, *new], **more), 60)
    known = False
    for day, level in after.items():
        assert level != "unknown" or before[day] == "unknown"
        # And from the day on which something is known, something stays known.
        assert level != "unknown" or not known
        known = known or level != "unknown"


def test_a_course_stops_where_something_began_ended_or_lapsed() -> None:
    base = egg_base(
        [
            act("fleet", "1721-05-05", BIG, key="ships", until="1722-02-02"),
            act("veto", "1720-01-01", BIG, key="veto"),
        ],
        rolls=[roll("1721-01-01", LP="no")],
    )
    stops = course("LP", base, begin=date(1719, 1, 1), end=date(1725, 1, 1))
    assert [(stop.on, [fact.ref for fact in stop.facts]) for stop in stops] == [
        (date(1719, 1, 1), []),
        (date(1720, 1, 1), ["veto"]),
        (date(1721, 1, 1), ["vote:roll-1721-01-01"]),
        (date(1721, 5, 5), ["ships"]),
        (date(1721, 7, 1), ["veto"]),
        (date(1722, 2, 2), ["ships"]),
        (date(1725, 1, 1), []),
    ]
    assert [after.level for _, after in changes(stops)] == [
        "likes-big",
        "sworn-big",
        "likes-big",
    ]


def test_a_course_begins_on_the_bases_first_day() -> None:
    base = egg_base([act("fleet", "1721-05-05", BIG)])
    assert course("LP", base, end=END)[0].on == base.first_day == date(1700, 1, 1)


def test_the_cause_of_a_turn_comes_before_what_pushed_the_other_way() -> None:
    day = "1721-05-05"
    base = egg_base(
        [
            act("toast", day, LITTLE, key="toast"),
            act("fleet", day, BIG, key="ships"),
            act("drill", day, BIG, key="drill"),
        ]
    )
    stop = course("LP", base, begin=BEGIN, end=END)[1]
    assert [fact.ref for fact in stop.facts] == ["ships", "drill", "toast"]


def test_what_ended_pushes_away_from_its_side() -> None:
    day = "1721-05-05"
    base = egg_base(
        [
            act("fleet", "1720-05-05", BIG, key="ships", until=day),
            act("drill", day, LITTLE, key="drill"),
        ]
    )
    stop = course("LP", base, begin=BEGIN, end=END)[2]
    assert [fact.ref for fact in stop.facts] == ["ships", "drill"]


def test_who_moved_is_told_with_the_fact_that_moved_it() -> None:
    base = egg_base(
        [act("toast", "1719", BIG), act("fleet", "1721-05-05", BIG, key="ships")]
    )
    (move,) = moved(base, since=date(1720, 6, 1), on=date(1722, 1, 1), codes=["LP"])
    assert (move.before, move.after) == ("shrugs", "sworn-big")
    assert move.on == date(1721, 5, 5)
    assert move.cause.fact is not None
    assert move.cause.fact.ref == "ships"
    # Learning of somebody is not a change of theirs.
    assert moved(base, since=date(1710, 1, 1), on=END, codes=["LP", "BR"]) == ()


@pytest.mark.parametrize("bound", [1, 5, 1_000])
def test_what_is_remembered_is_what_would_be_worked_out_anew(
    monkeypatch: pytest.MonkeyPatch, bound: int
) -> None:
    monkeypatch.setattr(over_time, "_STANDINGS", bound)
    monkeypatch.setattr(over_time, "_MOVES", bound)
    base = egg_base(
        [act("toast", "1719", BIG), act("fleet", "1721-05-05", BIG, key="ships")]
    )
    days = [date(year, 6, 1) for year in range(1719, 1725)]
    for since, on in [*combinations(days, 2)] * 2:
        anew = replace(base)
        assert standings(base, on=on) == standings(anew, on=on)
        assert moved(base, since=since, on=on, codes=base.countries) == moved(
            anew, since=since, on=on, codes=base.countries
        )
        assert len(base.standings) <= bound
        assert len(base.moves) <= bound


class Emptied(dict[Any, Any]):
    """What another thread empties as soon as something was put into it."""

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, value)
        self.clear()


def test_what_another_thread_forgets_meanwhile_costs_nobody_an_answer() -> None:
    base = egg_base([act("fleet", "1721-05-05", BIG, key="ships")])
    asked = {"since": date(1720, 6, 1), "on": date(1722, 1, 1)}
    wanted = moved(replace(base), **asked, codes=["LP"])
    base.__dict__.update(standings=Emptied(), moves=Emptied())
    assert moved(base, **asked, codes=["LP"]) == wanted
    assert standings(base, on=END) == standings(replace(base), on=END)


def test_levels_of_whom_a_server_says_nothing_are_worked_out_once_for_all_servers(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, since = replace(base), date(2022, 2, 23)
    cuba = shipped.countries["CU"]
    fewer = replace(cuba, events=cuba.events[1:])
    servers = [shipped.overlaid({"CU": fewer}, {}, str(number)) for number in range(3)]
    asked: list[str] = []

    def counted(code: str, *given: Any) -> LevelOnDay:
        asked.append(code)
        return level_on(code, *given)

    monkeypatch.setattr(over_time, "level_on", counted)
    for each in (shipped, *servers):
        standings(each, on=TODAY)
        moved(each, since=since, on=TODAY, codes=each.countries)
        assert asked
        assert each is shipped or set(asked) == {"CU"}
        asked.clear()


@pytest.mark.parametrize(
    "since", [date(2022, 1, 1), date(2022, 2, 23), date(2025, 1, 1)]
)
def test_what_is_named_for_a_move_went_the_way_of_the_move_and_was_not_undone(
    base: Base, since: date
) -> None:
    place = {level.id: n for n, level in enumerate(base.conflict.levels)}
    found = moved(base, since=since, on=TODAY, codes=base.countries)
    assert len(found) > 5
    for move in found:
        if not {move.before, move.after} <= place.keys():
            continue
        sign = 1 if place[move.after] > place[move.before] else -1
        stops = course(move.code, base, begin=since, end=TODAY)
        pairs = changes(stops)
        (turn,) = (pair for pair in pairs if pair[1].on == move.on)
        assert move.cause == turn[1].cause
        was, now = (sign * place[stop.level] for stop in turn)
        assert was < sign * place[move.after] <= now, move.code
        later = [stop for _, stop in pairs if stop.on > move.on]
        assert all(
            sign * place[stop.level] >= sign * place[move.after] for stop in later
        ), move.code


def test_a_step_back_is_not_what_moved_somebody_forward() -> None:
    base = egg_base(
        [
            act("toast", "1719", BIG),
            act("fleet", "1721-05-05", LITTLE, key="ships"),
            act("gift", "1721-06-06", BIG, key="gift"),
        ]
    )
    stops = course("LP", base, begin=date(1720, 6, 1), end=date(1722, 1, 1))
    levels = [stop.level for _, stop in changes(stops)]
    (move,) = moved(base, since=date(1720, 6, 1), on=date(1722, 1, 1), codes=["LP"])
    assert levels == ["sworn-little", "likes-little"]
    assert (move.before, move.after) == ("shrugs", "likes-little")
    assert move.cause.fact is not None
    assert move.cause.fact.ref == "ships"


def test_what_pushed_a_turn_is_named_before_what_cannot_have_pushed_it() -> None:
    day = "1721-05-05"
    pushed = act("toast", day, LITTLE, key="z-pushed")
    shown = act(None, day, LITTLE, key="a-shown")
    uncounted = roll(day, LP="yes") | {"partial": True}
    base = egg_base([pushed, shown], rolls=[uncounted])
    stops = course("LP", base, end=date(1721, 6, 1))
    (stop,) = (each for each in stops if each.on == date(1721, 5, 5))
    assert [fact.ref for fact in stop.facts] == [
        "z-pushed",
        "a-shown",
        f"vote:roll-{day}",
    ]


def test_a_large_deed_is_named_before_a_token_one_of_the_same_day() -> None:
    day = "1721-05-05"
    token = act("toast", day, LITTLE, key="a-token", scale="token")
    large = act("toast", day, LITTLE, key="z-large", scale="large")
    stops = course("LP", egg_base([token, large]), end=date(1721, 6, 1))
    (stop,) = (each for each in stops if each.on == date(1721, 5, 5))
    assert [fact.ref for fact in stop.facts] == ["z-large", "a-token"]


def turn_on(day: str, events: list[dict[str, Any]], **more: Any) -> Cause:
    """What is named for the turn on a day."""
    stops = course("LP", egg_base(events, **more), begin=BEGIN, end=END)
    (found,) = (each for _, each in changes(stops) if each.on.isoformat() == day)
    return found.cause


def test_what_alone_turned_a_level_is_named_before_a_harder_push() -> None:
    day = "1722-02-02"
    cause = turn_on(
        day,
        [
            act("embargo", "1720-05-05", LITTLE),
            act("fleet", "1720-06-06", LITTLE, key="ships", until=day),
            act("veto", day, BIG, key="veto"),
        ],
    )
    assert cause.fact is not None
    assert cause.fact.ref == "veto"


def test_what_lapses_while_its_lists_next_year_begins_is_no_cause() -> None:
    day = "1722-01-01"
    years = [{"code": "LP", "date": each} for each in ("1720-01-01", day)]
    cause = turn_on(
        day,
        [
            act("embargo", "1720-05-05", LITTLE),
            # Two of them would have turned it, too.
            *(act("drill", day, BIG, key=f"drill-{n}") for n in range(3)),
        ],
        measures=[measure("list", "fleet", *years, toward=LITTLE)],
    )
    assert cause.fact is not None
    assert cause.fact.ref == "drill-0"


def test_before_a_deed_that_only_lapsed_stands_what_led_to_the_turn() -> None:
    cause = turn_on(
        "1722-01-01",
        [
            act("fleet", "1720-01-01", BIG, key="ships"),
            act("gift", "1721-01-01", LITTLE, key="gift"),
            act("toast", "1721-06-06", LITTLE, key="toast"),
        ],
    )
    assert cause.fact is not None
    assert cause.fact.ref == "ships"
    assert cause.told is not None
    assert cause.told.ref == "gift"


def test_where_nothing_else_led_there_what_lapsed_is_told() -> None:
    cause = turn_on("1722-01-01", [act("fleet", "1720-01-01", BIG, key="ships")])
    assert cause.led is None
    assert cause.told is not None
    assert cause.told.ref == "ships"


def toward(fact: Fact, stop: Stop, conflict: Conflict) -> int:
    """The sign of the side toward which a fact can push on a day: a deed that ended
    pushes away from its own.
    """
    sign = conflict.sign(fact.toward)
    if fact.kind == "vote":
        return 0 if fact.detail == "absent" or not sign else sign
    return sign if fact.begins == stop.on else -sign


def without(known: PreparedFacts, fact: Fact) -> PreparedFacts:
    return replace(
        known,
        acts=tuple(act for act in known.acts if act.fact is not fact),
        ballots=tuple(each for each in known.ballots if each.fact is not fact),
    )


def test_every_turn_of_every_actor_is_named_by_what_moved_it(base: Base) -> None:
    conflict = base.conflict
    place = {level.id: n for n, level in enumerate(conflict.levels)}
    for code in base.countries:
        known = prepared(base.facts(code), conflict)
        for before, stop in changes(course(code, base, end=TODAY)):
            fact, where = stop.cause.fact, (code, stop.on)
            if before.level not in place:
                assert fact in stop.facts, where
                continue
            way = place[stop.level] - place[before.level]
            if fact is None:
                assert not any(each.deed for each in stop.facts), where
                continue
            if fact.kind != "vote" and fact.deed is None:
                since = base.countries[code].ballots_since
                assert since is not None, where
                assert since.first == stop.on, where
                continue
            # A ballot for neither side may pull a record either way.
            if fact.kind != "vote":
                assert toward(fact, stop, conflict) * way > 0, where
            begun = [each for each in stop.facts if each.begins == stop.on]
            if fact.ends == stop.on:
                again = {(each.deed, each.toward, each.kind) for each in begun}
                assert (fact.deed, fact.toward, fact.kind) not in again, where
            # Where one deed alone turned it, no other is named.
            alone = [
                each
                for each in begun
                if toward(each, stop, conflict) * way > 0
                and level_on(code, without(known, each), conflict, stop.on).level
                == before.level
            ]
            assert fact in alone or not alone, where


def test_an_empty_chair_is_neither_outright_nor_an_abstention() -> None:
    record = VotingRecord(0.1, 3, 5, abstained=4, total=20, since_began=True)
    assert record.absent == 8
