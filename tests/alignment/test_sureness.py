"""How sure an answer is: what makes it high, and what a thing that is missing does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.alignment.assessment import Confidence
from bot.alignment.rubric import assess
from tests.support.egg_conflict import BIG, LITTLE, act, egg_base, roll

DAY = date(1722, 6, 1)


def sure(*events: dict[str, Any], day: date = DAY, **more: Any) -> Confidence:
    return assess("LP", egg_base(events, **more), on=day).confidence


FLEET = act("fleet", "1721-05-05", LITTLE, key="ships")
OTHERS = [act("gift", "1721-01", LITTLE), act("toast", "1721-02", LITTLE)]
WITH = [roll("1721-01-01", LP="yes")]
AGAINST = [roll("1721-01-01", LP="no")]


def test_three_publishers_that_agree_on_something_new_are_high() -> None:
    found = sure(FLEET, *OTHERS, rolls=WITH)
    assert (found.grade, found.publishers, found.agree) == ("high", 4, True)
    assert found.newest == date(1721, 5, 5)


@pytest.mark.parametrize("missing", ["publishers", "agreement", "freshness"])
def test_one_of_the_three_missing_is_medium_and_two_are_low(missing: str) -> None:
    weak = [{**event, "sources": _weak(event)} for event in OTHERS]
    events = {"publishers": [FLEET, *weak]}.get(missing, [FLEET, *OTHERS])
    rolls = {"agreement": AGAINST, "publishers": []}.get(missing, WITH)
    day = date(1722, 12, 31) if missing == "freshness" else DAY
    assert sure(*events, rolls=rolls, day=day).grade == "medium"
    later = date(1722, 12, 31)
    if missing != "freshness":
        assert sure(*events, rolls=rolls, day=later).grade == "low"


def _weak(event: dict[str, Any]) -> list[dict[str, str]]:
    return [{**source, "grade": "weak"} for source in event["sources"]]


def test_a_strongest_fact_on_weak_pages_alone_is_never_high() -> None:
    weak = {**FLEET, "sources": _weak(FLEET)}
    found = sure(weak, *OTHERS, rolls=[*WITH, roll("1721-02-01", LP="yes")])
    assert found.publishers >= 3
    assert (found.weak_alone, found.grade) == (True, "medium")
    # A better page beside the weak one mends it.
    both = {**FLEET, "sources": [*_weak(FLEET), *FLEET["sources"]]}
    assert sure(both, *OTHERS, rolls=WITH).grade == "high"


def test_few_facts_are_never_high() -> None:
    sources = [
        {**FLEET["sources"][0], "publisher": name, "url": f"https://example.org/{name}"}
        for name in ("A", "B", "C")
    ]
    found = sure({**FLEET, "sources": sources}, rolls=WITH)
    assert (found.publishers, found.agree, found.grade) == (4, True, "medium")


def test_much_done_for_the_other_side_is_no_agreement() -> None:
    veto = act("veto", "1721-03-03", BIG)
    assert not sure(FLEET, *OTHERS, veto, rolls=WITH).agree
    assert sure(FLEET, *OTHERS, act("toast", "1721", BIG), rolls=WITH).agree
