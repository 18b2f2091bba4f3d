"""What facts come to: points, lapses, seats, deeds told twice, the voting record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.alignment.assessment import Assessment, Contribution
from bot.alignment.conduct import prepared
from bot.alignment.rubric import assess
from bot.knowledge.fact import years_after
from tests.support.egg_conflict import (
    BEGAN,
    BIG,
    LITTLE,
    act,
    bloc,
    egg_base,
    measure,
    roll,
    spoken_for,
)

DAY = date(1722, 6, 1)
DEEDS = ("fleet", "drill", "embargo", "gift", "veto", "toast")


def on(*events: dict[str, Any], day: date = DAY, **more: Any) -> Assessment:
    return assess("LP", egg_base(events, **more), on=day)


def pillar(found: Assessment, name: str) -> float:
    return next(each.score for each in found.pillars if each.pillar == name)


def of(found: Assessment, ref: str) -> Contribution:
    return next(each for each in found.contributions if each.fact.ref == ref)


@pytest.mark.parametrize("deed", DEEDS)
def test_the_same_deed_for_either_side_weighs_the_same(deed: str) -> None:
    one, other = on(act(deed, "1721-12", BIG)), on(act(deed, "1721-12", LITTLE))
    assert one.mean == -other.mean < 0
    assert one.score == -other.score


def test_all_acts_of_a_kind_bring_its_at_most_and_no_more() -> None:
    toasts = [act("toast", f"1721-0{n}", BIG, key=f"t{n}") for n in range(1, 9)]
    found = on(*toasts)
    assert pillar(found, "court") == pytest.approx(-0.18)
    brought = sorted(each.points for each in found.contributions)
    assert brought == pytest.approx([-0.06] * 3 + [0.0] * 5)
    # Of equal acts the newest are those that count, and each says what it is alone.
    assert of(found, "t8").points == pytest.approx(-0.06)
    assert of(found, "t1").points == 0
    assert of(found, "t1").alone == pytest.approx(-0.06)


def test_at_most_is_counted_for_each_side_and_each_kind_apart() -> None:
    found = on(
        *(act("toast", "1721", BIG, key=f"b{n}") for n in range(4)),
        *(act("toast", "1721", LITTLE, key=f"l{n}") for n in range(2)),
        act("veto", "1721", LITTLE),
    )
    assert pillar(found, "court") == pytest.approx(-0.18 + 0.12 + 0.4)


def test_ten_toasts_never_outweigh_one_fleet() -> None:
    toasts = [act("toast", "1721", LITTLE, key=f"t{n}") for n in range(10)]
    assert on(act("fleet", "1721", BIG), *toasts).mean < 0


def test_a_pillar_is_cut_off_at_one() -> None:
    found = on(
        act("fleet", "1721", BIG, key="a"),
        act("fleet", "1721", BIG, key="b"),
        act("oath", "1721", BIG),
    )
    assert pillar(found, "sea") == -1


@pytest.mark.parametrize(
    ("scale", "points"), [("token", 0.3), ("usual", 0.6), ("large", 0.9)]
)
def test_a_scale_multiplies_an_acts_points(scale: str, points: float) -> None:
    found = on(act("fleet", "1721", LITTLE, scale=scale))
    assert pillar(found, "sea") == pytest.approx(points)


def test_one_large_act_brings_no_more_than_its_kind_may() -> None:
    found = on(act("oath", "1721", LITTLE, scale="large", key="oath"))
    assert pillar(found, "sea") == pytest.approx(0.6)
    assert of(found, "oath").alone == pytest.approx(0.6)


def test_what_favours_neither_side_and_what_has_no_deed_brings_nothing() -> None:
    found = on(
        act("fleet", "1721", "neutral"), act(None, "1721", BIG), act("parley", "1721")
    )
    assert found.mean == 0
    assert len(found.contributions) == 3


@pytest.mark.parametrize("how", ["event", "part"])
def test_a_deed_lapses_on_its_day_and_stands_under_the_past(how: str) -> None:
    more: dict[str, Any] = {}
    if how == "event":
        more["events"] = [act("veto", "1720-08-31", BIG, key="it")]
    else:
        part = {"code": "LP", "date": "1720-08-31"}
        more["measures"] = [measure("it", "veto", part)]
    base = egg_base(**more)
    # A year and a half after 31 August is the last day of February.
    before = assess("LP", base, on=date(1722, 2, 27))
    after = assess("LP", base, on=date(1722, 2, 28))
    assert before.mean < 0
    assert not before.past
    assert after.mean == 0
    assert [fact.lapsed(date(1722, 2, 28)) for fact in after.past] == [True]
    assert after.level == "shrugs"


def test_an_end_comes_before_a_lapse_and_what_never_lapses_holds() -> None:
    ended = act("fleet", "1720-01-01", BIG, key="ended", until="1721-01-01")
    oath = act("oath", "1701-01-01", BIG, key="oath")
    base = egg_base([ended, oath])
    found = assess("LP", base, on=date(1721, 1, 1))
    assert [fact.ref for fact in found.past] == ["ended"]
    assert not found.past[0].lapsed(date(1725, 1, 1))
    assert of(assess("LP", base, on=date(1799, 1, 1)), "oath").points < 0


def test_a_lapse_comes_before_a_later_end() -> None:
    veto = act("veto", "1720-01-01", BIG, key="veto", until="1725-01-01")
    found = assess("LP", egg_base([veto]), on=date(1721, 7, 1))
    assert found.mean == 0
    assert found.past[0].lapsed(date(1721, 7, 1))


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(1720, 2, 29), 1, date(1721, 2, 28)),
        (date(1720, 1, 15), 1.5, date(1721, 7, 15)),
        (date(9999, 1, 1), 2, date.max),
    ],
)
def test_a_lapse_is_counted_in_months(day: date, years: float, later: date) -> None:
    assert years_after(day, years) == later


def test_a_seat_carries_its_standings_part_and_never_lapses() -> None:
    def seat(standing: str) -> float:
        league = bloc(
            "league", "drill", {"code": "LP", "since": "1700", "standing": standing}
        )
        return pillar(on(blocs=[league], day=date(1790, 1, 1)), "sea")

    assert seat("member") == pytest.approx(-0.2)
    assert seat("partner") == pytest.approx(-0.08)
    assert seat("observer") == pytest.approx(-0.04)
    assert [seat(word) for word in ("frozen", "suspended", "left")] == [0, 0, 0]


def test_a_seat_of_a_bloc_without_a_deed_is_shown_and_brings_nothing() -> None:
    found = on(blocs=[bloc("friends", None, {"code": "LP", "since": "1700"})])
    assert found.mean == 0
    assert of(found, "bloc:friends").points == 0


EMBARGOES = measure(
    "embargo-big", "embargo", {"code": "LP", "date": "1721-03"}, toward=LITTLE
)


def test_an_event_that_names_a_list_is_told_once_with_its_own_sentence_and_date() -> (
    None
):
    event = act("embargo", "1721-02-11", LITTLE, key="own", part_of="embargo-big")
    base = egg_base([event], measures=[EMBARGOES])
    facts = base.facts("LP")
    assert [fact.ref for fact in facts] == ["own"]
    assert facts[0].part_of == "measure:embargo-big"
    assert facts[0].begins == date(1721, 2, 11)
    assert [s.url for s in facts[0].sources] == [
        "https://example.org/own",
        "https://example.org/list-embargo-big",
    ]
    assert facts[0].called("measure:embargo-big")
    assert facts[0].called("own")
    assert assess("LP", base, on=DAY).mean == pytest.approx(0.7 * 0.25)


def test_a_list_that_knows_the_end_or_the_deed_lends_it_to_the_event() -> None:
    part = {"code": "LP", "date": "1721-03", "until": "1722-03-01", "scale": "large"}
    listed = measure("embargo-big", "embargo", part, toward=LITTLE)
    event = act(None, "1721-02-11", LITTLE, key="own", part_of="embargo-big")
    (fact,) = egg_base([event], measures=[listed]).facts("LP")
    assert (fact.deed, fact.scale) == ("embargo", "large")
    assert fact.ends == date(1722, 3, 1)


def test_of_several_parts_the_nearest_in_time_is_told_and_the_others_stay() -> None:
    parts = [{"code": "LP", "date": f"172{year}-12-31"} for year in range(3)]
    yearly = measure("gifts", "gift", *parts, toward=LITTLE)
    event = act("gift", "1721-11-05", LITTLE, key="own", part_of="gifts")
    facts = egg_base([event], measures=[yearly]).facts("LP")
    assert sorted((fact.ref, str(fact.date)) for fact in facts) == [
        ("measure:gifts", "1720-12-31"),
        ("measure:gifts", "1722-12-31"),
        ("own", "1721-11-05"),
    ]


def test_an_event_tells_no_part_that_favours_the_other_side() -> None:
    event = act("embargo", "1721-02-11", BIG, key="own", part_of="embargo-big")
    assert len(egg_base([event], measures=[EMBARGOES]).facts("LP")) == 2


def test_a_detail_of_a_deed_counts_only_while_that_deed_does_not() -> None:
    whole = measure(
        "embargo-big",
        "embargo",
        {"code": "LP", "date": "1721-03-01", "until": "1722-03-01"},
        toward=LITTLE,
    )
    detail = measure(
        "salt-embargo",
        "embargo",
        {"code": "LP", "date": "1720-03-01"},
        toward=LITTLE,
        part_of="embargo-big",
    )
    base = egg_base(measures=[whole, detail])
    for day in (date(1720, 6, 1), date(1721, 6, 1), date(1722, 6, 1)):
        found = assess("LP", base, on=day)
        assert pillar(found, "market") == pytest.approx(0.7)
    during = assess("LP", base, on=date(1721, 6, 1))
    assert of(during, "measure:salt-embargo").points == 0
    # Who has a part in the detail alone is told by it.
    alone = egg_base(measures=[detail])
    assert assess("LP", alone, on=DAY).mean == pytest.approx(0.7 * 0.25)


def test_a_roll_call_weighs_half_as_much_as_one_a_year_later() -> None:
    found = on(rolls=[roll("1721-01-01", LP="no"), roll("1722-01-01", LP="yes")])
    assert found.record.value == pytest.approx((1 - 0.5) / 1.5, abs=0.001)
    assert (found.record.first, found.record.second, found.record.total) == (1, 1, 2)


@pytest.mark.parametrize(
    ("ballot", "value"), [("yes", 1), ("abstain", -0.15), ("absent", -0.05), ("no", -1)]
)
def test_a_ballot_counts_for_the_side_that_a_yes_favours(
    ballot: str, value: float
) -> None:
    for toward, sign in ((LITTLE, 1), (BIG, -1)):
        found = on(rolls=[roll("1721-01-01", toward, LP=ballot)])
        assert found.record.value == pytest.approx(sign * value)


def test_a_record_does_not_move_on_a_day_without_a_roll_call() -> None:
    rolls = [roll("1720-05-01", LP="no"), roll("1722-01-01", LP="yes")]
    base = egg_base(rolls=rolls)
    values = {
        assess("LP", base, on=date(1722, 1, 1) + timedelta(days)).record.value
        for days in range(0, 4000, 90)
    }
    assert len(values) == 1


def test_only_roll_calls_of_the_war_count_from_an_actors_first_of_them_on() -> None:
    rolls = [
        roll("1718-01-01", LP="no"),
        roll("1719-01-01", LP="no"),
        roll("1720-06-01", LP="yes"),
    ]
    base = egg_base(rolls=rolls)
    before = assess("LP", base, on=date(1719, 6, 1)).record
    assert (before.value, before.total, before.since_began) == (-1, 2, False)
    # The war has begun, and nothing was voted yet: what was known stands.
    began = assess("LP", base, on=BEGAN).record
    assert (began.value, began.total, began.since_began) == (-1, 2, False)
    after = assess("LP", base, on=date(1720, 6, 1)).record
    assert (after.value, after.total, after.since_began) == (1, 1, True)


def test_a_partial_or_a_sideless_roll_call_is_shown_and_not_counted() -> None:
    whole = roll("1721-01-01", LP="yes")
    partial = roll("1722-01-01", LP="no") | {"partial": True}
    sideless = roll("1722-02-01", "neutral", LP="no")
    found = on(rolls=[whole, partial, sideless])
    assert (found.record.value, found.record.total) == (1, 1)
    assert of(found, "vote:roll-1722-01-01").points == 0
    assert found.votes.total == 2


def test_a_ballot_cast_for_an_ousted_government_is_shown_and_counts_for_nobody() -> (
    None
):
    own = roll("1721-01-01", LP="yes")
    other = spoken_for(roll("1722-01-01", LP="no", BR="no"), "LP")
    found = on(rolls=[own, other])
    assert (found.record.value, found.record.total) == (1, 1)
    assert (found.votes.yes, found.votes.no, found.votes.total) == (1, 0, 1)
    shown = of(found, "vote:roll-1722-01-01")
    assert shown.points == 0
    assert shown.fact.spoken_for == "Cast by the envoy of LP's ousted court."
    assert [s.title for s in shown.fact.sources] == ["roll-1722-01-01", "credentials"]
    assert found.votes.not_own == shown
    # Whoever voted beside it is judged by its own ballot as before.
    beside = assess("BR", egg_base(rolls=[own, other]), on=DAY)
    assert (beside.record.value, beside.votes.no) == (-1, 1)


def test_an_ousted_governments_ballots_bring_no_older_record_back() -> None:
    before = roll("1719-01-01", LP="no")
    since = spoken_for(roll("1721-01-01", LP="yes"), "LP")
    base = egg_base(rolls=[before, since])
    assert assess("LP", base, on=date(1720, 12, 31)).record.value == -1
    after = assess("LP", base, on=DAY).record
    assert (after.value, after.total) == (None, 0)


def test_an_actor_known_by_an_ousted_governments_ballots_alone_is_not_known() -> None:
    since = spoken_for(roll("1721-01-01", LP="yes"), "LP")
    assert on(rolls=[since]).level == "unknown"
    assert on(rolls=[since], day=DAY).confidence.newest is None


def test_an_actor_without_a_ballot_has_no_record_and_its_deeds_count_more() -> None:
    gift = act("gift", "1721", LITTLE)
    found = on(gift)
    assert (found.record.value, found.record.total) == (None, 0)
    assert found.score == pytest.approx(1.5 * found.mean)
    voting = on(gift, rolls=[roll("1721-01-01", LP="absent")])
    assert voting.score == pytest.approx(0.5 * -0.05 + found.mean)


def test_points_of_ballots_add_up_to_the_record_and_those_of_deeds_to_the_pillars() -> (
    None
):
    found = on(
        act("fleet", "1721", LITTLE),
        act("toast", "1721", BIG),
        rolls=[roll("1721-01-01", LP="no"), roll("1722-01-01", LP="yes")],
    )
    ballots = sum(c.points for c in found.contributions if c.fact.kind == "vote")
    assert ballots == pytest.approx(found.record.value)
    for each in found.pillars:
        deeds = [
            c.points
            for c in found.contributions
            if c.fact.pillar == each.pillar and c.fact.kind != "vote"
        ]
        assert sum(deeds) == pytest.approx(each.score)


def test_what_facts_come_to_hangs_not_on_the_order_in_which_they_are_given() -> None:
    seat = {"code": "LP", "since": "1720-05-01"}
    base = egg_base(
        [act(deed, "1721", BIG, key=f"{deed}{n}") for n in (1, 2) for deed in DEEDS],
        rolls=[roll(f"172{n}-01-01", LP="yes", BR="no") for n in (2, 0, 1)],
        measures=[measure("list", "embargo", {"code": "LP", "date": "1721-05-01"})],
        blocs=[bloc("league", "oath", seat)],
    )
    facts = base.facts("LP")
    assert len(facts) > 10
    whole = prepared(facts, base.conflict)
    for start in range(len(facts)):
        turned = [*facts[start:], *facts[:start]]
        assert prepared(turned, base.conflict) == whole
        assert prepared(reversed(turned), base.conflict) == whole


def test_among_equals_what_was_written_of_the_actor_alone_is_told_first() -> None:
    day = "1721-05-01"
    seat = {"code": "LP", "since": day, "standing": "member"}
    base = egg_base(
        [act("oath", day, BIG, key="z")],
        measures=[measure("a", "oath", {"code": "LP", "date": day})],
        blocs=[bloc("b", "oath", seat)],
    )
    acts = prepared(base.facts("LP"), base.conflict).acts
    equals = [each for each in acts if each.points == acts[0].points]
    kinds = [each.fact.kind for each in equals]
    assert len(kinds) > 1
    assert kinds == sorted(kinds, key=("event", "measure", "bloc").index)
