"""What forecasts came to: each claim once, on its own subject, for its side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.alignment.assessment import Scored
from bot.alignment.forecasts import Claim, claims
from bot.alignment.rubric import assess
from tests.support.egg_conflict import BIG, LITTLE, act, bloc, egg_base

DAY = date(1722, 6, 1)


def forecast(*named: dict[str, Any], day: str = "1719-06-01") -> dict[str, Any]:
    return {
        "id": "almanac",
        "date": day,
        "source": {
            "publisher": "Almanac",
            "title": "Who will side with whom",
            "url": "https://example.org/almanac",
        },
        "named": [
            {"expected": "It will help.", "toward": BIG, "strength": "likely", **each}
            for each in named
        ],
    }


def scored(
    *events: dict[str, Any], named: dict[str, Any], day: date = DAY, **more: Any
) -> Scored:
    foretold = forecast({"code": "LP", **named})
    base = egg_base(events, forecasts=[foretold], **more)
    (found,) = assess("LP", base, on=day).forecasts
    return found


FLEET = act("fleet", "1721-05-05", BIG, key="ships")
LEAN = [act("gift", "1721", BIG), act("drill", "1721", BIG)]


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([FLEET], "hit"),
        # Done for the side that was not named.
        ([act("fleet", "1721", LITTLE)], "miss"),
        # Sided, but did not do what was foretold.
        (LEAN, "half"),
        ([act("oath", "1721", BIG)], "half"),
        ([act("toast", "1721", BIG)], "miss"),
        # Done before the forecast and lapsed: that was no news.
        ([act("fleet", "1719-01-01", BIG), act("toast", "1721", BIG)], "miss"),
        ([], "unknown"),
    ],
)
def test_a_claim_is_scored_on_what_it_foretold(
    events: list[dict[str, Any]], outcome: str
) -> None:
    assert scored(*events, named={"subject": ["fleet"]}).outcome == outcome


def test_a_deed_begun_before_the_forecast_that_still_counts_makes_it_true() -> None:
    oath = act("oath", "1719-01-01", BIG)
    assert scored(oath, named={"subject": ["oath"]}).outcome == "hit"
    ended = act("oath", "1719-01-01", BIG, until="1720-01-01")
    found = scored(ended, act("toast", "1721", BIG), named={"subject": ["oath"]})
    assert found.outcome == "miss"


def test_a_claim_that_came_true_stays_true_when_the_deed_lapses() -> None:
    found = scored(FLEET, named={"subject": ["fleet"]}, day=date(1729, 1, 1))
    assert found.outcome == "hit"


@pytest.mark.parametrize(
    ("events", "outcome"),
    [([FLEET], "hit"), (LEAN, "half"), ([act("toast", "1721", BIG)], "miss")],
)
def test_a_claim_without_a_subject_is_scored_on_the_level(
    events: list[dict[str, Any]], outcome: str
) -> None:
    assert scored(*events, named={}).outcome == outcome


def test_before_the_war_a_claim_is_open() -> None:
    found = scored(FLEET, named={}, day=date(1719, 12, 31))
    assert (found.outcome, found.because) == ("open", None)


def test_the_named_fact_is_the_reason_even_where_a_list_tells_it() -> None:
    toast = act("toast", "1721", BIG, key="toast")
    found = scored(FLEET, toast, named={"subject": ["fleet"], "because": "toast"})
    assert found.because is not None
    assert found.because.fact.ref == "toast"
    found = scored(FLEET, toast, named={"subject": ["fleet"]})
    assert found.because is not None
    assert found.because.fact.ref == "ships"


def test_a_claim_about_a_bloc_counts_once_and_says_who_did_and_who_did_not() -> None:
    league = bloc(
        "league",
        None,
        {"code": "LP", "since": "1700"},
        {"code": "BR", "since": "1700"},
        {"code": "LI", "since": "1721"},
    )
    foretold = forecast({"bloc": "league", "subject": ["fleet"]}, {"code": "LP"})

    def found(*events: dict[str, Any]) -> tuple[Claim, ...]:
        base = egg_base(events, blocs=[league], forecasts=[foretold])
        return claims(base.forecasts["almanac"], base, on=DAY)

    both, alone = found(FLEET)
    assert (both.codes, alone.codes) == (("LP", "BR"), ("LP",))
    assert both.scored.outcome == "half"
    assert (both.scored.did, both.scored.did_not) == (("LP",), ("BR",))
    assert found()[0].scored.outcome == "unknown"


@pytest.mark.parametrize("side", [BIG, LITTLE])
def test_the_reason_is_the_strongest_for_the_side_or_against_it_where_it_failed(
    side: str,
) -> None:
    other = LITTLE if side == BIG else BIG
    small = act("toast", "1721", side, key="small")
    strong = act("drill", "1721", side, key="strong")
    against = act("toast", "1721", other, key="against")
    gift = act("gift", "1721", side, key="gift")
    named = {"toward": side, "subject": ["fleet"]}
    found = scored(small, strong, gift, act("drill", "1722", side), named=named)
    assert found.outcome == "half"
    assert found.because is not None
    assert found.because.fact.ref == "gift"
    found = scored(small, against, named=named)
    assert found.outcome == "miss"
    assert found.because is not None
    assert found.because.fact.ref == "against"
    assert scored(small, named=named).because is None


@pytest.mark.parametrize("side", [BIG, LITTLE])
def test_only_the_farthest_level_of_the_named_side_makes_a_bare_claim_true(
    side: str,
) -> None:
    other = LITTLE if side == BIG else BIG
    for toward, outcome in ((side, "hit"), (other, "miss")):
        events = [act("oath", "1721", side), act("embargo", "1721", side)]
        assert scored(*events, named={"toward": toward}).outcome == outcome


def test_forecasts_are_told_oldest_first_and_none_before_it_was_made() -> None:
    days = {"c": "1719-01-01", "a": "1719-06-01", "b": "1718-01-01"}
    foretold = [
        forecast({"code": "LP"}, day=day) | {"id": k} for k, day in days.items()
    ]
    base = egg_base([FLEET], forecasts=foretold)
    for on, told in (
        (DAY, ["b", "c", "a"]),
        (date(1719, 6, 1), ["b", "c", "a"]),
        (date(1719, 5, 31), ["b", "c"]),
        (date(1717, 12, 31), []),
    ):
        found = assess("LP", base, on=on).forecasts
        assert [each.forecast.id for each in found] == told


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ([act(None, "1721", "neutral")], "hit"),
        ([act("oath", "1721", BIG)], "miss"),
        ([act("embargo", "1721", LITTLE)], "miss"),
        (LEAN, "miss"),
    ],
)
def test_who_was_said_to_stay_between_the_sides_is_held_to_that(
    events: list[dict[str, Any]], outcome: str
) -> None:
    assert scored(*events, named={"toward": "neutral"}).outcome == outcome
