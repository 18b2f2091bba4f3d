from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment.rubric import assess, level_of
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from tests.support.bases import TODAY, country, event, write


def rebuilt(root: Path, events: str) -> Base:
    write(root, "countries/laputa.yaml", country("LP", "Laputa", "events:" + events))
    return read_base(root, TODAY)


def score(root: Path, events: str, on: date = date(1730, 1, 1)) -> float:
    return assess("LP", rebuilt(root, events), on=on).score


def test_the_same_deed_for_either_side_weighs_the_same(tiny: Path) -> None:
    (tiny / "votes/egg-1.yaml").unlink()
    one = score(tiny, event("a", "1721", "big-end"))
    other = score(tiny, event("a", "1721", "little-end"))
    assert one == -other < 0


def test_a_neutral_deed_moves_nothing_but_is_known(tiny: Path) -> None:
    (tiny / "votes/egg-1.yaml").unlink()
    base = rebuilt(tiny, event("a", "1721", "neutral") + event("b", "1722", "neutral"))
    found = assess("LP", base, on=date(1730, 1, 1))
    assert found.score == 0
    assert found.level == "neutral"


def test_nothing_known_is_not_neutral(tiny: Path) -> None:
    base = read_base(tiny, TODAY)
    found = assess("BR", base, on=date(1730, 1, 1))
    assert found.level == "unknown"
    assert found.votes.absent == 1


def test_facts_from_before_the_war_alone_name_no_level(tiny: Path) -> None:
    (tiny / "votes/egg-1.yaml").unlink()
    base = rebuilt(tiny, event("a", "1700", "big-end") + event("b", "1701", "big-end"))
    assert assess("LP", base, on=date(1730, 1, 1)).level == "unknown"


def test_a_change_of_course_shows_on_its_day_and_the_past_stays(tiny: Path) -> None:
    events = event(
        "old", "1721-01-01", "big-end", weight="decisive", until="1725-06-01"
    ) + event("new", "1725-06-01", "little-end", weight="decisive")
    before = assess("LP", rebuilt(tiny, events), on=date(1725, 5, 31))
    after = assess("LP", rebuilt(tiny, events), on=date(1725, 6, 1))
    assert before.score < 0 < after.score
    assert [f.ref for f in after.past] == ["old"]


def test_a_pillar_is_clipped_so_that_many_deeds_do_not_outweigh_the_others(
    tiny: Path,
) -> None:
    many = "".join(
        event(f"e{n}", "1721", "big-end", weight="decisive") for n in range(9)
    )
    found = assess("LP", rebuilt(tiny, many), on=date(1730, 1, 1))
    assert found.pillars[0].score == -1


def test_ballots_rank_yes_abstain_absent_no_apart(base: Base) -> None:
    worth = {word: ballot.points for word, ballot in base.conflict.ballots.items()}
    assert worth["yes"] > 0 > worth["absent"] > worth["abstain"] > worth["no"]


def test_a_member_that_froze_its_seat_does_not_count_as_one_that_leads(
    base: Base,
) -> None:
    armenia = assess("AM", base, on=TODAY)
    csto = [c for c in armenia.contributions if c.fact.ref == "bloc:csto"]
    assert [c.points for c in csto if c.fact.detail == "frozen"] == [0]


@given(st.floats(-1, 1))
def test_every_score_has_a_level(number: float) -> None:
    conflict = _shipped().conflict
    assert level_of(number, conflict) in {level.id for level in conflict.levels}


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_higher_score_never_has_a_lower_level(one: float, other: float) -> None:
    conflict = _shipped().conflict
    ids = [level.id for level in conflict.levels]
    low, high = sorted((one, other))
    assert ids.index(level_of(low, conflict)) <= ids.index(level_of(high, conflict))


_cached: list[Base] = []


def _shipped() -> Base:
    from tests.support.bases import DATA

    if not _cached:
        _cached.append(read_base(DATA, TODAY))
    return _cached[0]


@pytest.mark.parametrize(
    "day",
    [date(2013, 1, 1), date(2014, 4, 1), date(2022, 2, 25), date(2024, 1, 1), TODAY],
)
def test_scores_stay_within_their_bounds(base: Base, day: date) -> None:
    for code in base.countries:
        found = assess(code, base, on=day)
        assert -1 <= found.score <= 1
        assert all(-1 <= pillar.score <= 1 for pillar in found.pillars)
        assert all(c.fact.holds(day) for c in found.contributions)


@pytest.mark.parametrize(
    ("code", "levels", "outcome"),
    [
        ("BY", {"ally-russia"}, "hit"),
        ("AM", {"neutral", "leans-ukraine"}, "miss"),
        ("KZ", {"neutral"}, "miss"),
        ("KG", {"leans-russia"}, "half"),
        ("TJ", {"leans-russia"}, "half"),
        ("CU", {"ally-russia", "leans-russia"}, None),
        ("donetsk-pr", {"ally-russia"}, "hit"),
        ("luhansk-pr", {"ally-russia"}, "hit"),
        ("US", {"ally-ukraine", "leans-ukraine"}, None),
        ("GB", {"ally-ukraine"}, "hit"),
    ],
)
def test_those_whom_the_article_named_are_answered_and_scored(
    base: Base, code: str, levels: set[str], outcome: str | None
) -> None:
    found = assess(code, base, on=TODAY)
    assert found.level in levels
    express = [s for s in found.forecasts if s.forecast.id == "express-2022-01-26"]
    assert express
    assert express[0].because
    assert outcome is None or express[0].outcome == outcome
