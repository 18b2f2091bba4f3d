"""Which way a level turned, and who votes alike, by rule and not by the base."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from bot.alignment.causes import ConductChange, direction
from bot.alignment.comparison import VotesAlike, votes_alike
from bot.alignment.levels import LevelOnDay
from bot.alignment.rubric import PARTY, UNKNOWN
from bot.knowledge.facts import Base
from tests.support.egg_conflict import FIVE, egg_conflict

DAY = date(1725, 1, 1)


def stand(level: str, score: float) -> LevelOnDay:
    return cast("LevelOnDay", SimpleNamespace(level=level, score=score))


def way(before: LevelOnDay | None, now: LevelOnDay) -> float:
    return direction(ConductChange("LP", DAY, before, now), egg_conflict())


@pytest.mark.parametrize("was", range(len(FIVE)))
@pytest.mark.parametrize("now", range(len(FIVE)))
def test_a_level_turns_toward_the_side_to_which_its_place_moves(
    was: int, now: int
) -> None:
    # The score goes the other way, as it may where a rule is met or given up.
    found = way(stand(FIVE[was], 0.1 * now), stand(FIVE[now], 0.1 * was))
    if was != now:
        assert found == now - was
    else:
        assert found == 0


@pytest.mark.parametrize("level", [FIVE[0], FIVE[2], FIVE[4]])
@pytest.mark.parametrize("other", [UNKNOWN, PARTY])
def test_what_stands_between_no_sides_turns_as_its_score_does(
    level: str, other: str
) -> None:
    for was, now in ((level, other), (other, level), (other, other), (level, level)):
        for first, then in ((-0.2, 0.3), (0.3, -0.2)):
            moved = way(stand(was, first), stand(now, then))
            assert moved == pytest.approx(then - first)


def test_a_first_level_turns_as_its_score_stands() -> None:
    assert way(None, stand(FIVE[0], -0.4)) == pytest.approx(-0.4)
    assert way(None, stand(UNKNOWN, 0.0)) == 0


def roll_of(cast: Mapping[str, str]) -> Callable[[str], tuple[str, ...]]:
    """Who cast a ballot, as a vote tells it."""
    return lambda ballot: tuple(code for code in cast if cast[code] == ballot)


def voting(rolls: list[dict[str, str]]) -> Base:
    """A base of nothing but roll calls, each a letter and its ballot by actor."""
    votes = [
        SimpleNamespace(
            id=str(n),
            symbol=str(n),
            date=SimpleNamespace(first=DAY),
            partial=False,
            body=None,
            spoken_for={},
            roll=roll_of(each),
        )
        for n, each in enumerate(rolls)
    ]
    codes = sorted({code for each in rolls for code in each}, reverse=True)
    ballots = {
        code: tuple(
            (vote, each[code])
            for vote, each in zip(votes, rolls, strict=True)
            if code in each
        )
        for code in codes
    }
    conflict = SimpleNamespace(bodies={})
    found = SimpleNamespace(
        ballots=ballots, countries=dict.fromkeys([*codes, "silent"]), conflict=conflict
    )
    return cast("Base", found)


def test_who_votes_alike_stands_by_share_then_by_roll_calls_then_by_code() -> None:
    base = voting(
        [
            {"me": "yes", "few": "yes", "b": "yes", "a": "yes", "far": "no"},
            {"me": "yes", "few": "yes", "b": "yes", "a": "yes", "far": "no"},
            {"me": "yes", "few": "yes", "b": "yes", "a": "yes", "far": "no"},
            {"me": "no", "b": "no", "a": "no", "far": "no", "once": "no"},
        ]
    )
    rows = votes_alike("me", base, on=DAY)
    assert [row.code for row in rows] == ["a", "b", "few", "far"]
    assert [row.share for row in rows] == [1, 1, 1, 0.25]
    assert not votes_alike("silent", base, on=DAY)


def test_who_shares_no_roll_call_shares_no_ballot() -> None:
    assert VotesAlike("a", 0, 0).share == 0
    assert VotesAlike("a", 4, 1).share == 0.25
