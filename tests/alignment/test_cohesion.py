"""A bloc's seats, its line and who broke with it, on roll calls made for this."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from bot.alignment.cohesion import among, division, divisions, members, unity
from bot.knowledge.documents import Bloc, Standing
from bot.knowledge.facts import Base
from bot.names.regions import within
from tests.support.bases import TODAY
from tests.support.egg_conflict import bloc, egg_base, roll

CODES = ("BL", "BR", "LI", "LP")
DAY = date(1722, 6, 1)


def league(*seats: dict[str, str]) -> Bloc:
    return egg_base(blocs=[bloc("league", None, *seats)]).blocs["league"]


ALL = league(*({"code": code, "since": "1700"} for code in CODES))


def test_a_seat_is_held_from_its_day_until_the_day_of_its_end() -> None:
    made = league({"code": "LP", "since": "1710-05-05", "until": "1715-06-06"})
    first, last = date(1710, 5, 5), date(1715, 6, 6)
    for on, held in (
        (first - timedelta(1), False),
        (first, True),
        (last - timedelta(1), True),
        (last, False),
        (last + timedelta(1), False),
    ):
        for full in (True, False):
            assert bool(members(made, on=on, full=full)) is held, (on, full)


@pytest.mark.parametrize("standing", get_args(Standing))
def test_full_members_are_members_and_all_seats_are_but_those_who_left(
    standing: str,
) -> None:
    made = league({"code": "LP", "since": "1700", "standing": standing})
    assert bool(members(made, on=DAY)) is (standing == "member")
    assert bool(members(made, on=DAY, full=False)) is (standing != "left")


@pytest.mark.parametrize(
    ("ballots", "line", "share"),
    [
        ("yes yes yes yes", "yes", 1.0),
        ("yes yes no abstain", None, 0.5),
        ("yes yes no absent", "yes", 2 / 3),
        ("no no no yes", "no", 0.75),
        ("abstain abstain absent abstain", "abstain", 1.0),
        ("yes no abstain absent", None, 1 / 3),
        ("yes yes absent absent", "too few", 0.0),
        ("absent absent absent absent", "too few", 0.0),
    ],
)
def test_the_line_is_what_two_thirds_of_the_ballots_cast_say(
    ballots: str, line: str | None, share: float
) -> None:
    cast_by = dict(zip(CODES, ballots.split(), strict=True))
    call = egg_base(rolls=[roll("1721-01-01", **cast_by)]).votes["roll-1721-01-01"]
    found = division(ALL, call)
    if line == "too few":
        assert found is None
        return
    assert found is not None
    assert (found.line, found.share) == (line, pytest.approx(share))
    spoken = {code: ballot for code, ballot in cast_by.items() if ballot != "absent"}
    assert found.cast == len(spoken)
    rebels = {code: each for code, each in spoken.items() if each != line}
    assert dict(found.rebels) == (rebels if line else {})


def test_who_has_no_seat_on_the_day_is_not_counted() -> None:
    seats = [{"code": code, "since": "1700"} for code in CODES[:3]]
    late = {"code": "LP", "since": "1721-01-02"}
    call = roll("1721-01-01", BL="yes", BR="yes", LI="yes", LP="no")
    vote = egg_base(rolls=[call]).votes["roll-1721-01-01"]
    found = division(league(*seats, late), vote)
    assert found is not None
    assert (found.cast, found.rebels) == (3, ())


def test_divisions_are_those_that_can_be_judged_up_to_the_day_newest_first() -> None:
    whole = dict.fromkeys(CODES, "yes")
    few = {"LP": "yes", "BL": "no"}
    days = ["1721-01-01", "1721-03-01", "1721-02-01", "1722-06-01", "1722-06-02"]
    rolls = [roll(day, **whole) for day in days]
    rolls += [
        roll("1721-04-01", **few),
        roll("1721-05-01", **whole) | {"partial": True},
    ]
    base = egg_base(rolls=rolls)
    found = divisions(ALL, base, on=DAY)
    assert [each.vote.date.first.isoformat() for each in found] == [
        "1722-06-01",
        "1721-03-01",
        "1721-02-01",
        "1721-01-01",
    ]
    assert unity(found) == 1.0


def test_unity_is_the_mean_of_the_largest_groups_shares() -> None:
    assert unity(()) is None
    rolls = [
        roll("1721-01-01", BL="yes", BR="yes", LI="yes", LP="yes"),
        roll("1721-02-01", BL="yes", BR="yes", LI="no", LP="no"),
    ]
    found = divisions(ALL, egg_base(rolls=rolls), on=DAY)
    assert unity(found) == pytest.approx(0.75)


@pytest.mark.parametrize("region", ["", "150", "142", "002"])
@pytest.mark.parametrize("group", ["", "csto", "eu"])
def test_filters_leave_who_is_in_the_region_and_in_the_bloc(
    base: Base, region: str, group: str
) -> None:
    found = among(base, region, group, TODAY)
    expected = set(base.countries)
    if region:
        expected &= within(region)
    if group:
        expected &= {seat.code for seat in members(base.blocs[group], on=TODAY)}
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_a_filter_that_is_not_there_is_told(base: Base) -> None:
    for region, group in (("999", ""), ("", "nothing"), ("150", "nothing")):
        with pytest.raises(KeyError):
            among(base, region, group, TODAY)
