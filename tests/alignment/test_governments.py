"""What a government voted counts as long as it rules, and what is said of its fall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.alignment.over_time import changes, course
from bot.alignment.rubric import assess
from bot.answers.document import Answer
from bot.answers.evidence import evidence, votes
from bot.answers.texts import english
from tests.support.egg_conflict import BIG, LITTLE, act, egg_base, roll


def test_what_an_overthrown_government_voted_counts_until_that_day() -> None:
    cast = [("1721-01-01", "no"), ("1721-06-01", "no"), ("1722-03-01", "yes")]
    rolls = [roll(day, LP=vote) for day, vote in cast]
    base = egg_base(rolls=rolls, ballots_since="1722-02-01")
    on = {
        day: assess("LP", base, on=date.fromisoformat(day)).record
        for day in ("1722-01-31", "1722-02-01", "1722-03-01")
    }
    assert (on["1722-01-31"].first, on["1722-01-31"].total) == (2, 2)
    assert (on["1722-02-01"].value, on["1722-02-01"].total) == (None, 0)
    assert (on["1722-03-01"].value, on["1722-03-01"].total) == (1.0, 1)


def test_the_fall_is_the_cause_and_not_what_was_done_for_the_other_side_that_day() -> (
    None
):
    rolls = [roll(f"1721-0{n}-01", LP="no") for n in range(1, 8)]
    deeds = [
        act("gift", "1721-01-01", LITTLE),
        act("toast", "1722-02-01", BIG, key="a-toast"),
        act(None, "1722-02-01", "neutral", key="coup"),
    ]
    base = egg_base(deeds, rolls=rolls, ballots_since="1722-02-01")
    turns = changes(course("LP", base, end=date(1722, 3, 1)))
    (turned,) = (after for _, after in turns if after.on == date(1722, 2, 1))
    assert turned.cause.fact
    assert turned.cause.fact.ref == "coup"


@pytest.mark.parametrize("page", [evidence, votes])
@pytest.mark.parametrize(("day", "noted"), [("1722-01-31", 0), ("1722-02-01", 1)])
def test_that_ballots_no_longer_count_is_told_from_that_day_on_and_once(
    page: Callable[..., Answer], day: str, noted: int
) -> None:
    rolls = [roll(f"1721-0{n}-01", LP="no") for n in (1, 2)]
    base = egg_base(rolls=rolls, ballots_since="1722-02-01")
    found = assess("LP", base, on=date.fromisoformat(day))
    notes = "\n".join(page(found, base, english(), page=1).notes)
    assert notes.count("government that was overthrown") == noted
