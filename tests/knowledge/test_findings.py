"""What of a base is to be looked at again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.knowledge.findings import findings
from tests.support.egg_conflict import BIG, LITTLE, act, egg_base, measure

DAY = date(1722, 6, 1)


def rules(*events: dict[str, Any], **more: Any) -> list[str]:
    base = egg_base(events, **more)
    return [f.rule for f in findings(base, DAY) if f.code == "LP"]


EMBARGOES = measure(
    "embargoes", "embargo", {"code": "LP", "date": "1722-02-01"}, toward=LITTLE
)


@pytest.mark.parametrize(
    ("event", "twice"),
    [
        (act("embargo", "1722-03-01", LITTLE), True),
        (act("embargo", "1722-03-01", LITTLE, part_of="embargoes"), False),
        (act("embargo", "1722-03-01", BIG), False),
        (act("spared", "1722-03-01", LITTLE), False),
        (act("embargo", "1722-04-01", LITTLE), False),
    ],
)
def test_a_state_of_things_that_two_facts_tell_within_days_is_told_twice(
    event: dict[str, Any], twice: bool
) -> None:
    assert ("told-twice" in rules(event, measures=[EMBARGOES])) == twice


@pytest.mark.parametrize(
    ("day", "page", "twice"),
    [
        ("1722-02-01", "list-toasts", True),
        ("1722-02-01", "other", False),
        ("1722-02-02", "list-toasts", False),
    ],
)
def test_acts_that_lapse_are_one_only_on_one_day_from_one_page(
    day: str, page: str, twice: bool
) -> None:
    toasts = measure("toasts", "toast", {"code": "LP", "date": "1722-02-01"})
    event = act("toast", day, BIG)
    event["sources"][0]["url"] = f"https://example.org/{page}"
    assert ("told-twice" in rules(event, measures=[toasts])) == twice


def test_a_trackers_sums_tell_no_single_deed() -> None:
    part = {"code": "LP", "date": "1722-02-01"}
    event = act("embargo", "1722-03-01", LITTLE)

    def found(*, sums: bool) -> list[str]:
        listed = measure("embargoes", "embargo", part, toward=LITTLE, sums=sums)
        return rules(event, measures=[listed])

    assert "told-twice" in found(sums=False)
    assert "told-twice" not in found(sums=True)


@pytest.mark.parametrize(
    ("claim", "until", "found"),
    [
        ("It sent a fleet, which was withdrawn.", {}, True),
        ("It sent a fleet, which was withdrawn.", {"until": "1722-05-01"}, False),
        ("It sent a fleet.", {}, False),
    ],
)
def test_an_end_that_a_sentence_tells_is_a_fact_too(
    claim: str, until: dict[str, str], found: bool
) -> None:
    event = act("fleet", "1722-02-01", BIG, **until) | {"claim": claim}
    assert ("no-end" in rules(event)) == found


def test_strongest_deeds_on_weak_pages_alone_are_found() -> None:
    weak = act("fleet", "1722-02-01", BIG, grade="weak")
    plain = act("toast", "1722-02-01", BIG)
    assert "weak-alone" in rules(weak, plain)
    assert "weak-alone" not in rules(weak, act("oath", "1722-02-01", BIG))


def test_an_actor_without_a_fact_of_the_last_year_is_old() -> None:
    assert "old" in rules(act("oath", "1721-05-01", BIG))
    assert "old" not in rules(act("oath", "1721-07-01", BIG))
    assert "old" in rules()


def test_a_day_that_many_parts_share_with_their_page_may_be_the_tallys() -> None:
    parts = [{"code": "LP", "date": "1722-02-01"}] * 8

    def tally(*dated: dict[str, str], sums: bool = False) -> bool:
        listed = measure("gifts", "gift", *dated, sums=sums)
        listed["sources"]["list"] |= {"published": "1722-02-01"}
        return "tally-day" in rules(measures=[listed])

    assert tally(*parts, {"code": "LP", "date": "1721-02-01"})
    # A tracker's sums may well be booked to the day on which it closes its year.
    assert not tally(*parts, {"code": "LP", "date": "1721-02-01"}, sums=True)
    # All on one day: that is the day of what they did together.
    assert not tally(*parts)
    assert not tally(*parts[:7], {"code": "LP", "date": "1721-02-01"})
