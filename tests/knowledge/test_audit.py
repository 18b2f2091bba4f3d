"""The state of a base in numbers."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from bot.knowledge.audit import Audit, audit, best_grade
from bot.knowledge.documents import Grade
from bot.knowledge.facts import Base
from tests.support.egg_conflict import BIG, act, bloc, egg_base, measure, roll

SEAT = bloc("league", "oath", {"code": "LP", "since": "1721-01-01"})
ROLL = roll("1722-01-01", LP="yes", BR="no")


def reviewed(base: Base, **days: str) -> Base:
    """The base with other days of review, by code."""
    countries = {
        code: dataclasses.replace(
            country, reviewed=type(country.reviewed).parse(days[code])
        )
        if code in days
        else country
        for code, country in base.countries.items()
    }
    return dataclasses.replace(base, countries=countries)


def audited(*events: dict[str, object], **more: object) -> Audit:
    return audit(egg_base(events, **more))  # type: ignore[arg-type]


def counts(found: Audit, deed: str | None) -> dict[Grade, int]:
    (row,) = (row for row in found.deeds if row.deed == deed)
    assert row.total == sum(row.grades.values())
    return row.grades


def test_a_fact_counts_under_its_deed_and_the_grade_of_its_best_source() -> None:
    two = act("fleet", "1721-01-01", grade="weak")
    two["sources"] += act("fleet", "1721-01-01", grade="official")["sources"]
    found = audited(two, act("fleet", "1721-02-01", grade="weak"), blocs=[SEAT])
    assert counts(found, "fleet") == {
        "official": 1,
        "quality": 0,
        "plain": 0,
        "weak": 1,
    }
    assert counts(found, "oath")["plain"] == 1
    assert found.facts == 3
    assert found.of_grade("weak") == 1


@pytest.mark.parametrize("grade", ["official", "quality", "plain", "weak"])
def test_the_best_grade_is_that_of_the_best_source(grade: Grade) -> None:
    order: list[Grade] = ["official", "quality", "plain", "weak"]
    worse = order[order.index(grade) :]
    base = egg_base(
        [act("fleet", "1721-01-01", key=each, grade=each) for each in worse]
    )
    sources = [s for event in base.countries["LP"].events for s in event.sources]
    assert best_grade(reversed(sources)) == grade


def test_every_kind_of_deed_has_a_row_and_what_is_not_counted_the_last() -> None:
    found = audited(act(None, "1721-01-01"))
    deeds = [row.deed for row in found.deeds]
    assert deeds == [*egg_base().conflict.deeds, None]
    assert counts(found, None)["plain"] == 1


def test_ballots_are_no_facts_of_the_table_and_rolls_are_told_by_completeness() -> None:
    partial = {**roll("1723-01-01", LP="yes"), "partial": True}
    found = audited(rolls=[ROLL, roll("1722-02-01", LP="no"), partial])
    assert found.facts == 0
    assert (found.complete_rolls, found.partial_rolls) == (2, 1)


def test_who_has_under_three_facts_beside_votes_is_named() -> None:
    three = [act("toast", f"1721-0{n}-01") for n in (1, 2, 3)]
    assert "LP" not in audited(*three).few_facts
    assert "LP" in audited(*three[:2], rolls=[ROLL]).few_facts


def test_who_rests_on_weak_pages_alone_is_named() -> None:
    assert audited(act("oath", "1721-01-01", grade="weak")).weak_alone == ("LP",)
    assert audited(act("oath", "1721-01-01")).weak_alone == ()


def test_who_has_no_summary_is_named() -> None:
    assert audited().without_summary == ("LI", "BL", "LP", "BR")


def test_days_are_those_of_the_base_and_not_of_today() -> None:
    base = egg_base(
        [act("toast", "1721-01-01"), act("toast", "1725-01-01")],
        measures=[measure("gifts", "gift", {"code": "BR", "date": "1722-01-01"})],
    )
    days = dict.fromkeys(base.countries, "1723-06-01") | {"BR": "1720-06-01"}
    found = audit(reviewed(base, **days))
    assert found.day == date(1723, 6, 1)
    assert found.oldest_review == date(1720, 6, 1)
    # What is dated after the review is no age of the base.
    assert found.newest_fact == date(1722, 1, 1)


def test_findings_are_counted_by_rule_and_none_is_left_out() -> None:
    found = audited(act("oath", "1721-01-01", grade="weak"))
    assert list(found.found) == [
        "told-twice",
        "no-end",
        "weak-alone",
        "old",
        "tally-day",
    ]
    assert found.found["weak-alone"] == 1
    assert found.found["told-twice"] == 0
    assert found.found["old"] == 4


def test_a_base_without_facts_has_no_newest() -> None:
    assert audited().newest_fact is None


def test_seats_are_facts_but_no_news() -> None:
    found = audited(blocs=[SEAT])
    assert found.facts == 1
    assert found.newest_fact is None
    assert audited(act("toast", "1721-03-01", BIG)).newest_fact == date(1721, 3, 1)
