"""What is shown and not counted, and lists that are not full: every page says so."""

from __future__ import annotations

from datetime import date

from bot.alignment.cohesion import division
from bot.alignment.comparison import agreement
from bot.alignment.over_time import course
from bot.alignment.rubric import assess
from bot.answers import evidence, stance
from bot.answers.as_json import as_json
from bot.answers.compare import shared
from bot.answers.document import Answer
from bot.answers.texts import english
from bot.answers.vote import RollCall
from bot.answers.vote import roll as roll_page
from bot.knowledge.facts import Base
from tests.support.egg_conflict import (
    LITTLE,
    act,
    bloc,
    egg_base,
    measure,
    roll,
    spoken_for,
)

DAY = date(1722, 6, 1)
REASON = "Cast by the envoy of LP's ousted court."
SCOPE = "Names 2 of about 40."


def ousted() -> Base:
    voted = roll("1722-01-01", LP="no", BR="yes", LI="yes", BL="yes")
    seats = [{"code": code, "since": "1700-01-01"} for code in ("LP", "BR", "LI", "BL")]
    return egg_base(
        rolls=[spoken_for(voted, "LP")], blocs=[bloc("league", None, *seats)]
    )


def listed(**more: str) -> Base:
    parts = [{"code": code, "date": "1721-05-01"} for code in ("LP", "LI")]
    return egg_base(
        [act("embargo", "1721-05-01", LITTLE, part_of="closed")],
        measures=[measure("closed", "embargo", *parts, toward=LITTLE, **more)],
    )


def notes(answer: Answer) -> str:
    return "\n".join(answer.notes)


def lines(answer: Answer) -> list[str]:
    return [line.text for section in answer.sections for line in section.lines]


def test_every_page_of_an_ousted_governments_ballot_says_who_cast_it() -> None:
    base = ousted()
    texts = english()
    found = assess("LP", base, on=DAY)
    assert REASON in notes(evidence.evidence(found, base, texts, page=1))
    votes = evidence.votes(found, base, texts, page=1)
    assert REASON in notes(votes)
    assert "credentials" in [cited.source.title for cited in votes.citations]
    vote = base.votes["roll-1722-01-01"]
    whole = roll_page(RollCall(vote), base, texts)
    assert REASON in [line.text for line in whole.remarks]
    assert "credentials" in [cited.source.title for cited in whole.citations]
    some = roll_page(RollCall(vote, frozenset({"BR"})), base, texts)
    assert REASON not in [line.text for line in some.remarks]
    card = stance.answer(found, base, texts, today=DAY)
    assert REASON in lines(card)
    assert "credentials" in [cited.source.title for cited in card.citations]
    told = as_json(found, base, texts)["facts"]
    assert [fact["spoken_for"] for fact in told if fact["kind"] == "vote"] == [REASON]
    # Whoever voted beside it has nothing to explain.
    beside = assess("BR", base, on=DAY)
    assert REASON not in notes(evidence.votes(beside, base, texts, page=1))


def test_an_ousted_governments_ballot_agrees_with_nobody_and_breaks_no_line() -> None:
    base = ousted()
    assert agreement("LP", "BR", base, on=DAY).shared == 0
    assert agreement("LI", "BR", base, on=DAY).shared == 1
    divided = division(base.blocs["league"], base.votes["roll-1722-01-01"])
    assert divided is not None
    assert (divided.cast, divided.rebels) == (3, ())


def test_an_ousted_governments_ballot_turns_no_level() -> None:
    levels = {stop.level for stop in course("LP", ousted(), end=DAY)}
    assert levels == {"unknown"}


def test_a_list_that_is_not_full_says_how_far_it_goes() -> None:
    texts = english()
    for base, says in ((listed(scope=SCOPE), True), (listed(), False)):
        found = assess("LP", base, on=DAY)
        page = evidence.evidence(found, base, texts, page=1)
        assert (f"Closed: {SCOPE}" in page.notes) is says
        one = shared(["LP", "BR"], base, texts, on=DAY, page=1).remarks
        assert any(SCOPE in line.text for line in one) is says
        # Where both are named, nobody is missed.
        both = shared(["LP", "LI"], base, texts, on=DAY, page=1).remarks
        assert not any(SCOPE in line.text for line in both)
