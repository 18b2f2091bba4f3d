"""The sentence that answers, word for word, on an invented conflict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.alignment.rubric import assess
from bot.answers import evidence, stance
from bot.answers.document import Answer, Citations, Line
from bot.answers.forecast import forecast
from bot.answers.texts import english
from bot.answers.verdict import verdict_line
from tests.support.egg_conflict import BIG, LITTLE, act, bloc, egg_base, roll

DAY = date(1722, 6, 1)
WITH = [roll("1721-01-01", LP="yes"), roll("1722-01-01", LP="yes")]
ASIDE = [roll("1721-01-01", LP="abstain"), roll("1722-01-01", LP="abstain")]
AGAINST = [roll("1721-01-01", LP="no"), roll("1722-01-01", LP="no")]
FLEET = act("fleet", "1721-05-05", LITTLE)
VETO = act("veto", "1721-06-06", BIG)
DID = "Did fleet for Littlendia against Bigendia"
VETOED = "did veto for Bigendia against Littlendia"
NOBODY = "neither side against neither side"


def said(*events: dict[str, Any], **more: Any) -> str | None:
    base = egg_base(events, **more)
    found = assess("LP", base, on=DAY)
    cites = Citations()
    line = verdict_line(found, base, cites, english())
    assert line is None or line.cites
    return line.text if line else None


@pytest.mark.parametrize(
    ("events", "rolls", "sentence"),
    [
        (
            [FLEET],
            WITH,
            f"{DID} and votes with Littlendia (2 of 2 roll calls).",
        ),
        (
            [FLEET, VETO],
            WITH,
            f"{DID} and votes with Littlendia (2 of 2 roll calls); but {VETOED}.",
        ),
        (
            # Its votes outweigh its deeds: it leans to the side that it votes with.
            [FLEET],
            AGAINST,
            f"Votes with Bigendia (2 of 2 roll calls); but d{DID[1:]}.",
        ),
        ([], WITH, "Votes with Littlendia (2 of 2 roll calls)."),
        ([], ASIDE, "Takes no side in 2 of 2 roll calls."),
        (
            [act("parley", "1721", "neutral"), act("toast", "1721", BIG)],
            [],
            f"Did parley for {NOBODY} and did toast for Bigendia against Littlendia.",
        ),
        ([act(None, "1721", BIG)], [], None),
        ([], [], None),
    ],
)
def test_a_verdict_says_deeds_then_votes_then_what_contradicts(
    events: list[dict[str, Any]], rolls: list[dict[str, Any]], sentence: str | None
) -> None:
    assert said(*events, rolls=rolls) == sentence


def test_a_level_that_few_votes_explain_is_answered_with_those_votes() -> None:
    cast = ["no", "abstain", "no", "abstain", "no", "abstain", "abstain"]
    rolls = [roll(f"1721-0{n}-01", LP=vote) for n, vote in enumerate(cast, 1)]
    seat = bloc("guild", None, {"code": "LP", "since": "1719"}, toward="neutral")
    found = said(rolls=rolls, blocs=[seat])
    assert found == "Votes with Bigendia (3 of 7 roll calls)."


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ("member", "Has a seat in the Guild and votes with Bigendia (3 of 3"),
        ("observer", "Has a seat without a vote in the Guild and votes with Bigendia"),
    ],
)
def test_a_seat_is_named_as_a_seat_and_not_as_a_deed(
    standing: str, sentence: str
) -> None:
    rolls = [roll(f"1721-0{n}-01", LP="no") for n in (1, 2, 3)]
    member = {"code": "LP", "since": "1719", "standing": standing}
    seat = bloc("guild", "toast", member)
    found = said(rolls=rolls, blocs=[seat])
    assert found is not None
    assert found.startswith(sentence)
    done = said(act("toast", "1721", BIG), rolls=rolls, blocs=[seat])
    assert done is not None
    assert done.startswith("Did toast for Bigendia against Littlendia and votes")


def test_two_seats_at_most_are_named_together_where_the_first_of_them_stands() -> None:
    seats = [
        bloc(key, deed, {"code": "LP", "since": "1719"})
        for key, deed in (("guild", "toast"), ("league", "gift"), ("club", "embargo"))
    ]
    found = said(FLEET, blocs=seats)
    assert found is not None
    assert found.startswith("Has a seat in the Club and League; but did fleet for")


def card(*events: dict[str, Any], **more: Any) -> Answer:
    base = egg_base(events, **more)
    return stance.answer(assess("LP", base, on=DAY), base, english(), today=DAY)


def labelled(answer: Answer, label: str) -> list[Line]:
    return [
        line
        for section in answer.sections
        for line in section.lines
        if line.label == label
    ]


def test_the_record_stands_on_the_card_of_whoever_votes() -> None:
    mixed = [roll("1721-01-01", LP="no"), *WITH[1:], roll("1722-02-01", LP="yes")]
    (line,) = labelled(card(FLEET, rolls=mixed), "Votes")
    assert line.text.startswith(
        "with Littlendia in 2 of 3 roll calls of the war, against it in 1; last voted"
    )
    before = [roll("1719-01-01", LP="no")]
    (line,) = labelled(card(FLEET, rolls=before), "Votes")
    assert line.text.startswith("with Bigendia in 1 of 1 roll calls before the war")
    (line,) = labelled(card(FLEET, rolls=[roll("1721-01-01", LP="absent")]), "Votes")
    assert line.text.startswith("with Littlendia in 0 of 1 roll calls of the war")
    assert labelled(card(FLEET), "Votes") == []


def test_the_strongest_fact_against_stands_on_the_card_where_conduct_contradicts() -> (
    None
):
    assert labelled(card(FLEET, VETO), "On the other side")[0].text.startswith("It did")
    assert labelled(card(FLEET, act("toast", "1721", BIG)), "On the other side") == []


def test_why_says_the_rules_then_the_deeds_then_what_is_over() -> None:
    base = egg_base(
        [
            FLEET,
            VETO,
            act("embargo", "1721-04-04", LITTLE),
            act("toast", "1720-01-01", LITTLE, key="lapsed"),
            act("drill", "1721-01-01", LITTLE, key="ended", until="1721-03-01"),
            act(None, "1721", BIG, key="shown"),
        ],
        rolls=WITH,
    )
    found = assess("LP", base, on=DAY)
    page = evidence.evidence(found, base, english(), page=1)
    rules, facts = page.sections
    assert [line.text for line in rules.lines] == [
        "Rule little.",
        "It did much for both.",
    ]
    assert all(line.cites for line in rules.lines)
    assert [line.label for line in facts.lines] == [
        "+0.70 Embargo",
        "+0.60 Fleet",
        "−0.40 Veto",
        "Not counted",
        "+0.67 Vote",
        "+0.33 Vote",
    ]
    assert not [note for note in page.notes if "brackets" in note]
    again = evidence.evidence(found, base, english(), page=2)
    (rest,) = again.sections
    assert [line.label for line in rest.lines] == ["lapsed: Toast", "ended: Drill"]


def test_why_says_what_stands_in_brackets_and_that_no_votes_count() -> None:
    gifts = [act("gift", f"1721-0{month}-01", BIG, key=f"g{month}") for month in "1234"]
    found = assess("LP", egg_base(gifts), on=DAY)
    page = evidence.evidence(found, egg_base(gifts), english(), page=1)
    labels = [line.label for line in page.sections[-1].lines]
    assert [label for label in labels if "(−" in label]
    assert not [label for label in labels if label.startswith(("-", "+0.00", "−0.00"))]
    assert [note for note in page.notes if note.startswith("In brackets: what the")]
    assert page.notes[1].endswith(", no votes that count.")


@pytest.mark.parametrize(
    ("named", "events", "words"),
    [
        ({"subject": ["fleet"]}, [VETO, act("gift", "1721", BIG)], "without what was"),
        ({}, [VETO, act("gift", "1721", BIG)], "is no ally"),
        ({"did_not": "It sent no fleet."}, [VETO], "It sent no fleet."),
        ({"code": None, "bloc": "league", "subject": ["veto"]}, [VETO], "It did: LP."),
    ],
)
def test_half_says_what_came_and_what_did_not(
    named: dict[str, Any], events: list[dict[str, Any]], words: str
) -> None:
    claim = {"expected": "It will.", "toward": BIG, "strength": "likely", "code": "LP"}
    foretold = {
        "id": "f",
        "date": "1719-01-01",
        "source": {"publisher": "P", "title": "T", "url": "https://example.org/f"},
        "named": [{**claim, **named}],
    }
    seats = [{"code": code, "since": "1700"} for code in ("LP", "BR")]
    base = egg_base(events, blocs=[bloc("league", None, *seats)], forecasts=[foretold])
    which = base.forecasts["f"]
    page = forecast(which, base, english(), on=DAY, page=1)
    (line,) = page.sections[-1].lines
    assert words in line.text


def test_of_a_belligerent_it_says_what_was_done_and_not_for_which_side() -> None:
    deeds = [
        act("fleet", "1721-05-05", LITTLE, phrase="Burnt the other fleet"),
        act("embargo", "1721-06-06", LITTLE, claim="It closed its market."),
    ]
    base = egg_base(deeds, code="BL", rolls=[roll("1721-01-01", BL="yes")])
    line = verdict_line(assess("BL", base, on=DAY), base, Citations(), english())
    assert line is not None
    assert line.text == "Burnt the other fleet. It closed its market."
    assert line.cites
