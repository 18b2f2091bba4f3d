"""The rules of conduct, each from both sides: it holds where it should, and just short
of it does not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.alignment.assessment import Assessment
from bot.alignment.rubric import assess
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

DAY = date(1722, 6, 1)
WITH = [roll("1721-01-01", LP="yes"), roll("1722-01-01", LP="yes")]
WITHOUT = [roll("1721-01-01", LP="no"), roll("1722-01-01", LP="no")]
ASIDE = [roll("1721-01-01", LP="abstain"), roll("1722-01-01", LP="abstain")]
OTHER = {BIG: LITTLE, LITTLE: BIG}


def on(*events: dict[str, Any], day: date = DAY, **more: Any) -> Assessment:
    return assess("LP", egg_base(events, **more), on=day)


def ids(found: Assessment) -> list[str]:
    return [rule.id for rule in found.fired]


def refs(found: Assessment, rule: int = 0) -> list[str]:
    return [each.fact.ref for each in found.fired[rule].contributions]


def test_a_deciding_deed_makes_an_ally_of_the_first_side_whatever_it_votes() -> None:
    for rolls in ([], WITH, WITHOUT, ASIDE):
        found = on(act("fleet", "1721", BIG, key="ships"), rolls=rolls)
        assert (found.level, ids(found)) == ("sworn-big", ["big-by-deeds"])
        assert refs(found) == ["ships"]


def test_a_deciding_deed_does_not_make_an_ally_where_deeds_as_a_whole_are_small() -> (
    None
):
    # 0.4 of 0.6 for the fleet, less 0.4 of 0.4 by drills and 0.35 of 0.06 by a toast,
    # is 0.24 less 0.16 less 0.021: below the 0.1 that the rule asks for.
    found = on(
        act("fleet", "1721", BIG),
        act("drill", "1721", LITTLE, key="one"),
        act("drill", "1721", LITTLE, key="two"),
        act("toast", "1721", LITTLE),
    )
    assert 0 < -found.mean < 0.1
    assert found.level != "sworn-big"
    assert "big-by-deeds" not in ids(found)


@pytest.mark.parametrize("kind", ["token", "seat"])
def test_neither_a_token_nor_a_seat_decides(kind: str) -> None:
    helps = [
        act("gift", "1721", BIG, key="one"),
        act("gift", "1721-02", BIG, key="two"),
    ]
    if kind == "token":
        found = on(act("fleet", "1721", BIG, scale="token"), *helps)
    else:
        seat = bloc("league", "oath", {"code": "LP", "since": "1710"})
        found = on(*helps, blocs=[seat])
    assert found.mean < -0.1
    assert found.level == "likes-big"


def test_a_seat_in_a_bloc_of_embargoes_makes_no_ally() -> None:
    seat = bloc("blockade", "embargo", {"code": "LP", "since": "1710"}, toward=LITTLE)
    found = on(blocs=[seat], rolls=WITH)
    assert found.mean > 0.1
    assert found.level == "likes-little"


def test_votes_alone_need_two_thirds_outright_and_deeds_that_favour_the_side() -> None:
    deeds = [act("drill", "1721", BIG), act("toast", "1721", BIG)]
    found = on(*deeds, rolls=WITHOUT)
    assert (found.level, ids(found)) == ("sworn-big", ["big-by-votes"])
    assert refs(found)[:2] == [deeds[0]["id"], deeds[1]["id"]]
    assert "vote:roll-1722-01-01" in refs(found)
    # Without a deed that favours the side, votes make a lean.
    assert on(rolls=WITHOUT).level == "likes-big"
    # Two noes and two abstentions, the noes new: a record below -0.5, yet only half.
    mixed = [
        roll("1720-02-01", LP="abstain"),
        roll("1720-03-01", LP="abstain"),
        *WITHOUT,
    ]
    found = on(*deeds, rolls=mixed)
    assert found.record.value is not None
    assert found.record.value <= -0.5
    assert (found.record.first, found.record.total) == (2, 4)
    assert found.level == "likes-big"


@pytest.mark.parametrize("deed", ["embargo", "fleet", "oath"])
def test_an_embargo_or_a_deciding_deed_and_votes_make_an_ally_of_the_second_side(
    deed: str,
) -> None:
    found = on(act(deed, "1721", LITTLE, key="it"), rolls=WITH)
    assert (found.level, ids(found)) == ("sworn-little", ["little"])
    assert refs(found)[0] == "it"
    assert "vote:roll-1722-01-01" in refs(found)


def test_an_ally_of_the_second_side_needs_a_seat_or_no_vote_at_all() -> None:
    embargo = act("embargo", "1721", LITTLE)
    assert on(embargo).level == "sworn-little"
    assert on(embargo, rolls=ASIDE).level != "sworn-little"
    assert on(embargo, rolls=WITHOUT).level != "sworn-little"


def test_gifts_and_votes_without_embargo_or_deciding_deed_are_a_lean() -> None:
    found = on(
        act("gift", "1721", LITTLE, key="one"),
        act("gift", "1721-02", LITTLE, key="two"),
        rolls=WITH,
    )
    assert found.mean > 0.1
    assert (found.level, ids(found)) == ("likes-little", ["leans-little"])


@pytest.mark.parametrize("sign", [-1, 1])
def test_no_rule_names_a_deed_that_brings_nothing(sign: int) -> None:
    side, rolls = (LITTLE, WITH) if sign > 0 else (BIG, WITHOUT)
    toasts = [act("toast", f"1721-0{n}", side, key=f"t{n}") for n in range(1, 9)]
    gifts = [act("gift", f"1721-0{n}", side, key=f"g{n}") for n in (1, 2)]
    found = on(*toasts, *gifts, rolls=rolls)
    nothing = {each.fact.ref for each in found.contributions if not each.points}
    assert nothing
    assert refs(found)
    assert not nothing & set(refs(found))


def test_who_refuses_the_embargo_is_no_ally_of_the_second_side() -> None:
    deeds = [act("fleet", "1721", LITTLE), act("spared", "1721", BIG)]
    assert on(deeds[0], rolls=WITH).level == "sworn-little"
    assert on(*deeds, rolls=WITH).level == "likes-little"


@pytest.mark.parametrize("side", [BIG, LITTLE])
def test_conduct_that_contradicts_takes_the_word_ally_away(side: str) -> None:
    rolls = {BIG: WITHOUT, LITTLE: WITH}[side]
    sworn, likes = {
        BIG: ("sworn-big", "likes-big"),
        LITTLE: ("sworn-little", "likes-little"),
    }[side]
    helps = [act("oath", "1721", side), act("fleet", "1721", side)]
    little = [act("toast", "1721", OTHER[side]), act("drill", "1721", OTHER[side])]
    found = on(*helps, *little, rolls=rolls)
    assert found.against == pytest.approx(0.26)
    assert found.level == sworn
    found = on(*helps, act("veto", "1721-05-05", OTHER[side], key="veto"), rolls=rolls)
    assert found.against == pytest.approx(0.4)
    assert found.level == likes
    assert ids(found)[1] == "contradiction"
    assert refs(found, 1) == ["veto"]
    assert found.counter is not None
    assert found.counter.fact.ref == "veto"


@pytest.mark.parametrize(
    ("deeds", "level"),
    [
        # Without a vote: 1.5 times the mean. Half the market's weight is 0.1 of 0.4.
        ([("gift", LITTLE), ("gift", LITTLE)], "likes-little"),  # 1.5 × 0.2 = 0.3
        ([("gift", LITTLE), ("drill", LITTLE)], "shrugs"),  # 1.5 × 0.18 = 0.27
        ([("drill", BIG), ("toast", BIG), ("toast", BIG)], "likes-big"),  # 0.183
        ([("drill", BIG), ("toast", BIG)], "shrugs"),  # 1.5 × 0.101 = 0.1515
    ],
)
def test_a_lean_begins_where_the_conflict_says(
    deeds: list[tuple[str, str]], level: str
) -> None:
    events = [
        act(deed, "1721", side, key=f"e{number}")
        for number, (deed, side) in enumerate(deeds)
    ]
    found = on(*events)
    assert found.level == level


def test_votes_count_half_in_the_balance() -> None:
    found = on(act("toast", "1721", LITTLE), rolls=WITH)
    assert found.score == pytest.approx(0.5 + 0.35 * 0.06)
    assert (found.level, ids(found)) == ("likes-little", ["leans-little"])


def test_between_the_sides_is_neutral_and_says_so() -> None:
    found = on(act("toast", "1721", LITTLE), rolls=ASIDE)
    assert (found.level, ids(found)) == ("shrugs", ["between"])


def test_the_belligerents_have_no_level_and_no_rule() -> None:
    base = egg_base([act("fleet", "1721", BIG)], code="LI")
    found = assess("LI", base, on=DAY)
    assert (found.level, found.fired) == ("party", ())


def test_only_an_actor_of_whom_nothing_is_told_is_unknown() -> None:
    empty_chair = [roll("1721-01-01", LP="absent")]
    seat = bloc("old-friends", None, {"code": "LP", "since": "1690"})
    assert on(rolls=empty_chair).level == "unknown"
    assert on(blocs=[seat]).level == "unknown"
    assert on(act("fleet", "1723", BIG)).level == "unknown"
    assert on(act(None, "1721", "neutral")).level == "shrugs"
    assert on(act("toast", "1701", BIG)).level == "shrugs"
    listed = measure("guests", None, {"code": "LP", "date": "1721"})
    assert on(measures=[listed]).level == "shrugs"


@pytest.mark.parametrize("levels", [THREE, FIVE, SEVEN])
def test_a_level_never_falls_as_more_is_done_for_the_second_side(
    levels: tuple[str, ...],
) -> None:
    deeds = ["toast", "drill", "gift", "fleet", "embargo", "oath"]
    for rolls, start in (([], BIG), (WITH, LITTLE), (WITHOUT, BIG)):
        places: list[int] = []
        for count in range(len(deeds) + 1):
            found = on(
                act("toast", "1721", start),
                *(act(deed, "1721", LITTLE) for deed in deeds[:count]),
                rolls=rolls,
                levels=levels,
            )
            places.append(levels.index(found.level))
        assert places == sorted(places)


@pytest.mark.parametrize("levels", [THREE, SEVEN])
def test_a_base_may_have_three_levels_or_seven(levels: tuple[str, ...]) -> None:
    far = on(act("embargo", "1721", LITTLE), rolls=WITH, levels=levels)
    near = on(act("gift", "1721", LITTLE), levels=levels)
    for_other = on(act("oath", "1721", BIG), rolls=WITHOUT, levels=levels)
    if levels == THREE:
        assert (far.level, near.level) == ("likes-little", "shrugs")
        assert for_other.level == "likes-big"
    else:
        assert (far.level, near.level) == ("sworn-little", "hints-little")
        assert for_other.level == "sworn-big"
