"""The parts of the sentence that answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.alignment.assessment import Verdict
from bot.alignment.rubric import assess
from tests.support.egg_conflict import BIG, LITTLE, act, egg_base, roll

DAY = date(1722, 6, 1)


def verdict(*events: dict[str, Any], **more: Any) -> Verdict:
    return assess("LP", egg_base(events, **more), on=DAY).verdict


def test_what_decides_comes_first_then_what_brings_most_and_three_kinds_at_most() -> (
    None
):
    found = verdict(
        act("toast", "1721", LITTLE),
        act("gift", "1721", LITTLE, scale="large"),
        act("embargo", "1721", LITTLE),
        act("fleet", "1721", LITTLE, key="one"),
        act("fleet", "1721", LITTLE, key="two"),
    )
    assert found.toward == LITTLE
    assert [said.deed for said in found.deeds] == ["fleet", "embargo", "gift"]
    first = found.deeds[0]
    assert {c.fact.ref for c in first.contributions} == {"one", "two"}
    assert (found.but, found.leads) == ((), None)


def test_what_contradicts_is_said_and_trifles_are_not() -> None:
    helps = [act("fleet", "1721", BIG), act("oath", "1721", BIG)]
    assert verdict(*helps, act("toast", "1721", LITTLE)).but == ()
    found = verdict(*helps, act("veto", "1721", LITTLE), act("drill", "1721", LITTLE))
    assert [said.deed for said in found.but] == ["veto", "drill"]
    assert {said.toward for said in found.but} == {LITTLE}


def test_of_an_actor_between_the_sides_both_are_said_the_heavier_first() -> None:
    found = verdict(act("drill", "1721", BIG), act("toast", "1721", LITTLE))
    assert found.toward == "neutral"
    assert [said.deed for said in found.deeds] == ["drill"]
    assert [said.deed for said in found.but] == ["toast"]


def test_mediation_leads_where_nothing_weighs_more() -> None:
    parley = act("parley", "1721", "neutral", key="talks")
    between = verdict(parley, act("toast", "1721", LITTLE))
    assert between.leads is not None
    assert between.leads.contributions[0].fact.ref == "talks"
    votes_only = verdict(parley, rolls=[roll("1721-01-01", LP="yes")])
    assert (votes_only.toward, votes_only.leads is not None) == (LITTLE, True)
    assert verdict(parley, act("fleet", "1721", LITTLE)).leads is None


def test_the_votes_stand_beside_the_deeds() -> None:
    found = verdict(rolls=[roll("1721-01-01", LP="yes"), roll("1721-02-01", LP="no")])
    assert (found.record.first, found.record.second, found.record.total) == (1, 1, 2)


def test_kinds_of_equal_standing_are_said_by_what_they_bring() -> None:
    # By name and by file the lighter ones come first.
    acts = [
        act("toast", "1721", LITTLE),
        act("drill", "1721", LITTLE),
        act("veto", "1721", LITTLE),
        act("embargo", "1721", LITTLE),
    ]
    for events in (acts, acts[::-1]):
        deeds = [said.deed for said in verdict(*events).deeds]
        assert deeds == ["embargo", "veto", "drill"]


def test_two_acts_of_a_kind_may_outweigh_one_stronger_act_of_another() -> None:
    gifts = [act("gift", f"1721-0{n}", LITTLE, key=f"gift-{n}") for n in (1, 2)]
    found = verdict(act("embargo", "1721", LITTLE), *gifts)
    assert [said.deed for said in found.deeds] == ["gift", "embargo"]


def test_a_gesture_is_named_only_of_whom_nothing_else_is_known() -> None:
    token = act("embargo", "1721", LITTLE, scale="token")
    plain = verdict(token, act("toast", "1721", LITTLE))
    assert [said.deed for said in plain.deeds] == ["toast"]
    assert [said.deed for said in verdict(token).deeds] == ["embargo"]
    voted = verdict(token, rolls=[roll("1721-01-01", LP="yes")])
    assert voted.deeds == ()
    both = verdict(token, act("embargo", "1721", LITTLE, key="again"))
    assert [said.deed for said in both.deeds] == ["embargo"]
