"""The shipped base under its own rules: what any reader would hold it to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.alignment.over_time import changes, course, standings
from bot.alignment.rubric import assess
from bot.knowledge.facts import Base
from bot.knowledge.findings import findings
from tests.support.bases import TODAY

MARCH_2022 = date(2022, 3, 30)
DONORS = ("US", "GB", "PL", "EE", "LV", "LT", "CA", "NO")


def test_no_turn_is_without_a_cause_and_none_ends_in_not_enough_known(
    base: Base,
) -> None:
    for code in base.countries:
        for before, after in changes(course(code, base, end=TODAY)):
            assert after.level != "unknown", (code, after.on)
            named = [f for f in after.facts if after.on in {f.begins, f.ends}]
            assert named, (code, before.level, after.level, after.on)


@pytest.mark.parametrize("code", DONORS)
def test_the_main_donors_are_allies_a_month_into_the_war(base: Base, code: str) -> None:
    found = assess(code, base, on=MARCH_2022)
    assert found.level == "ally-ukraine"
    (rule,) = found.fired
    deeds = {each.fact.deed for each in rule.contributions}
    assert deeds & {"sanctions", "arms"}


def test_who_lent_its_land_or_troops_is_an_ally(base: Base) -> None:
    assert assess("BY", base, on=MARCH_2022).level == "ally-russia"
    assert assess("KP", base, on=TODAY).level == "ally-russia"


def test_a_month_into_the_war_almost_every_actor_has_a_level(base: Base) -> None:
    found = standings(base, on=MARCH_2022)
    unknown = [each.code for each in found if each.level == "unknown"]
    assert len(unknown) <= 5


@pytest.mark.parametrize(
    "day", [date(2014, 4, 1), date(2022, 2, 25), date(2024, 1, 1), TODAY]
)
def test_scores_stay_within_their_bounds_and_every_level_has_its_rule(
    base: Base, day: date
) -> None:
    for code in base.countries:
        found = assess(code, base, on=day)
        assert -1 <= found.score <= 1
        assert all(-1 <= pillar.score <= 1 for pillar in found.pillars)
        assert all(each.fact.begins <= day for each in found.contributions)
        assert bool(found.fired) == (found.level not in {"party", "unknown"})
        for rule in found.fired:
            assert rule.contributions or rule.level == "neutral", (code, rule.id)


def test_nothing_that_lapses_is_older_than_the_base(base: Base) -> None:
    for code in base.countries:
        for fact in base.facts(code):
            if fact.kind != "bloc" and (fact.deed is None or fact.lapses):
                assert fact.begins >= base.first_day, (code, fact.ref)


def test_no_deed_is_told_twice(base: Base) -> None:
    twice = [f for f in findings(base, TODAY) if f.rule == "told-twice"]
    assert twice == []


def test_who_overthrew_a_government_is_not_held_to_its_votes(base: Base) -> None:
    before, after = date(2023, 7, 25), date(2023, 7, 26)
    assert assess("NE", base, on=before).record.total == 7
    assert assess("NE", base, on=after).record.total == 0
    assert assess("NE", base, on=date(2024, 3, 31)).level == "ally-russia"
    assert assess("AF", base, on=date(2021, 8, 14)).record.total == 9
    assert assess("AF", base, on=date(2022, 1, 26)).record.total == 0


def test_the_fall_of_a_government_turns_a_level_that_its_votes_made(base: Base) -> None:
    turns = changes(course("NE", base, end=TODAY))
    (fell,) = (after for _, after in turns if after.on == date(2023, 7, 26))
    assert fell.cause.fact
    assert fell.cause.fact.ref == "bazoum-overthrown"


def test_a_bank_and_an_announcement_do_nothing_for_a_side(base: Base) -> None:
    lists = base.measures
    assert lists["mir-dropped"].deed is None
    told = [part.detail for part in lists["spief-guests"].parts]
    assert not [each for each in told if "announced" in each or "expected" in each]
