"""Every number of the rules at its boundary: what lies on it, just short of it and just
past it, from both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, Literal, cast

import pytest

from bot.alignment.assessment import VotingRecord
from bot.alignment.conduct import Conduct, Counted, prepared
from bot.alignment.levels import PARTY, UNKNOWN, level_on, side_of
from bot.alignment.rubric import assess
from bot.alignment.rules import holds, judge
from bot.alignment.sureness import FACTS, FRESH_DAYS, PUBLISHERS, confidence
from bot.knowledge.conflict import Conditions, Conflict
from bot.knowledge.facts import Base, Fact
from tests.support.egg_conflict import BIG, LITTLE, act, egg_base, roll

SIGNS = (-1, 1)
STEP = 1e-6
"""A difference that matters: the rules round to nine digits."""
DUST = 1e-12
"""A difference that is the machine's and no reader's."""
DAY = date(1722, 6, 1)


def counted(
    sign: int, points: float, deed: str = "toast", *, decides: bool = False
) -> Counted:
    """An act of an event of a kind for a side."""
    fact = SimpleNamespace(kind="event", deed=deed, ref=deed)
    made = SimpleNamespace(fact=fact, sign=sign, decides=decides)
    return Counted(cast("Any", made), points)


def votes(
    value: float | None, *, first: int = 0, second: int = 0, total: int = 0
) -> VotingRecord:
    return VotingRecord(value, first, second, 0, total, since_began=True)


def conduct(
    *rows: Counted,
    mean: float = 0.0,
    balance: float = 0.0,
    record: VotingRecord | None = None,
) -> Conduct:
    return Conduct(tuple(rows), {}, mean, record or votes(None), balance)


Name = Literal["mean", "record", "balance"]
_NAMES: tuple[Name, ...] = ("mean", "record", "balance")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A condition with a number: whether the number itself is enough."""

    name: Name
    least: float
    itself: bool

    def conduct(self, sign: int, value: float) -> Conduct:
        """An actor for whom the number is so much, seen from a side."""
        if self.name == "record":
            return conduct(record=votes(sign * value, total=3))
        numbers: dict[str, Any] = {self.name: sign * value}
        return conduct(**numbers)


THRESHOLDS = [
    Threshold(name, least, name != "mean")
    for name in _NAMES
    for least in (0.0, 0.05, 0.1, 0.3, 0.5)
]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("threshold", THRESHOLDS, ids=str)
def test_a_condition_holds_from_its_number_on(threshold: Threshold, sign: int) -> None:
    asked: dict[str, Any] = {threshold.name: threshold.least}
    when = Conditions(**asked)
    least = threshold.least

    def found(value: float) -> bool:
        return holds(when, threshold.conduct(sign, value), sign)

    assert found(least + STEP)
    assert not found(least - STEP)
    for dust in (-DUST, 0.0, DUST):
        assert found(least + dust) is threshold.itself
    # For the other side the same conduct is as far away as can be.
    assert not holds(when, threshold.conduct(sign, least + 0.01), -sign)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("least", [-1.0, -0.25])
def test_a_record_may_be_asked_not_to_be_too_bad(sign: int, least: float) -> None:
    when = Conditions(record=least)
    for value, there in ((least, True), (least + STEP, True), (least - STEP, False)):
        known = conduct(record=votes(sign * value, total=3))
        assert holds(when, known, sign) is there


@pytest.mark.parametrize("sign", SIGNS)
def test_an_actor_without_a_record_is_let_through_only_where_the_rule_says_so(
    sign: int,
) -> None:
    for least in (-1.0, 0.0, 0.4):
        assert not holds(Conditions(record=least), conduct(), sign)
        assert holds(Conditions(record=least, record_or_none=True), conduct(), sign)
    bad = conduct(record=votes(-sign * 0.5, total=1))
    assert not holds(Conditions(record=0.4, record_or_none=True), bad, sign)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("total", [1, 2, 3, 6, 100])
def test_a_share_of_outright_ballots_is_of_all_that_count(
    sign: int, total: int
) -> None:
    for count in range(total + 1):
        cast_for = {"first" if sign < 0 else "second": count}
        known = conduct(record=votes(0.0, total=total, **cast_for))
        for numerator, denominator in ((1, 2), (2, 3), (1, 1), (1, 100)):
            when = Conditions(outright=numerator / denominator)
            enough = count * denominator >= numerator * total
            assert holds(when, known, sign) is enough, (count, total, when.outright)
            if count:
                assert not holds(when, known, -sign)
    assert not holds(Conditions(outright=0.01), conduct(), sign)


@pytest.mark.parametrize("sign", SIGNS)
def test_deeds_are_asked_for_by_kind_side_and_weight(sign: int) -> None:
    asked = Conditions(deeds=("embargo", "gift"))
    decided = Conditions(deciding=True)
    both = Conditions(deciding=True, deeds=("embargo",))
    without = Conditions(without=("spared", "veto"))
    toast, embargo = counted(sign, 0.1), counted(sign, 0.0, "embargo")
    fleet = counted(sign, 0.1, "fleet", decides=True)
    against = counted(-sign, 0.1, "embargo", decides=True)
    spared = counted(-sign, 0.0, "spared")
    table: list[tuple[Conditions, tuple[Counted, ...], bool]] = [
        (asked, (), False),
        (asked, (toast, fleet), False),
        (asked, (against,), False),
        (asked, (toast, embargo), True),
        (decided, (toast, embargo, against), False),
        (decided, (toast, fleet), True),
        (both, (toast, against), False),
        (both, (embargo,), True),
        (both, (fleet,), True),
        (without, (), True),
        (without, (spared,), False),
        (without, (toast, spared), False),
        (without, (counted(sign, 0.1, "spared"), against), True),
    ]
    for when, rows, there in table:
        assert holds(when, conduct(*rows), sign) is there, (when, rows)


@pytest.mark.parametrize("sign", SIGNS)
def test_every_condition_must_hold(sign: int) -> None:
    when = Conditions(
        deciding=True,
        without=("veto",),
        mean=0.1,
        record=0.4,
        outright=0.5,
        balance=0.3,
    )
    fleet = counted(sign, 0.6, "fleet", decides=True)
    side = "first" if sign < 0 else "second"
    record = replace(votes(sign * 0.4, total=2), **{side: 1})
    good = conduct(fleet, mean=sign * 0.11, balance=sign * 0.3, record=record)
    assert holds(when, good, sign)
    worse = [
        replace(good, counted=()),
        replace(good, counted=(fleet, counted(-sign, 0.1, "veto"))),
        replace(good, mean=sign * 0.1),
        replace(good, record=replace(record, value=sign * 0.39)),
        replace(good, record=replace(record, **{side: 0})),
        replace(good, record=votes(None)),
        replace(good, balance=sign * 0.29),
    ]
    for each in worse:
        assert not holds(when, each, sign), each


@pytest.mark.parametrize("shipped", [False, True], ids=["eggs", "shipped"])
def test_points_for_the_other_side_take_a_level_away_from_their_number_on(
    base: Base, shipped: bool
) -> None:
    conflict = conflict_of(base, shipped)
    least = conflict.contradiction.points
    rules = [rule for rule in conflict.rules if rule.contradicted]
    assert rules
    for rule in rules:
        sign = conflict.sign(conflict.level(rule.level).toward)
        helps = _satisfying(rule.when, sign)
        for points, taken in (
            (0.0, False),
            (least - STEP, False),
            (least, True),
            (least - DUST, True),
            (least + STEP, True),
        ):
            # Two acts add up; what is for the side itself does not count.
            other = [counted(-sign, points / 2), counted(-sign, points / 2)]
            own = counted(sign, 5.0)
            known = replace(helps, counted=(*helps.counted, *other, own))
            first = replace(conflict, rules=[rule, *conflict.rules])
            found = judge(known, first)
            assert found.rule is rule
            assert found.contradicted is taken
            assert found.level == (rule.contradicted if taken else rule.level)
            assert found.sign == sign


def _satisfying(when: Conditions, sign: int) -> Conduct:
    """An actor for whom everything is as the conditions want it."""
    deed = when.deeds[0] if when.deeds else "fleet"
    side = "first" if sign < 0 else "second"
    record = replace(votes(sign * 1.0, total=4), **{side: 4})
    fleet = counted(sign, 0.9, deed, decides=True)
    return conduct(fleet, mean=sign * 1.0, balance=sign * 1.5, record=record)


def conflict_of(base: Base, shipped: bool) -> Conflict:
    return base.conflict if shipped else egg_base(()).conflict


@pytest.mark.parametrize("shipped", [False, True], ids=["eggs", "shipped"])
def test_the_first_rule_that_holds_names_the_level(base: Base, shipped: bool) -> None:
    conflict = conflict_of(base, shipped)
    for place, rule in enumerate(conflict.rules):
        sign = conflict.sign(conflict.level(rule.level).toward)
        known = _satisfying(rule.when, sign or 1)
        before = [
            each
            for each in conflict.rules[:place]
            if holds(each.when, known, conflict.sign(conflict.level(each.level).toward))
        ]
        assert judge(known, conflict).rule == (before or [rule])[0]


def test_a_level_begins_on_the_day_of_its_first_fact_and_not_before() -> None:
    base = egg_base((act("fleet", "1721-05-05", BIG),))
    first = date(1721, 5, 5)
    known = prepared(base.facts("LP"), base.conflict)
    for days in (-400, -1, 0, 1):
        on = first + timedelta(days)
        level = "sworn-big" if days >= 0 else UNKNOWN
        assert level_on("LP", known, base.conflict, on).level == level
        assert assess("LP", base, on=on).level == level


def test_a_fact_that_ended_is_past_from_its_last_day_on() -> None:
    last = date(1721, 9, 9)
    drill = act("drill", "1721-05-05", BIG, key="d") | {"until": "1721-09-09"}
    base = egg_base((drill,))
    for days, past in ((-1, False), (0, True), (1, True)):
        found = assess("LP", base, on=last + timedelta(days))
        assert bool(found.past) is past
        assert [each.ref for each in found.past] == (["d"] if past else [])
        assert any(each.fact.ref == "d" for each in found.contributions) is not past


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_ballot_counts_from_its_own_day_on(days: int) -> None:
    rolls = [roll("1721-01-01", LP="yes"), roll("1722-01-01", LP="no")]
    on = date(1722, 1, 1) + timedelta(days)
    found = assess("LP", egg_base((), rolls=rolls), on=on)
    assert (found.votes.yes, found.votes.no) == (1, int(days >= 0))
    assert found.record.total == 1 + (days >= 0)
    last = found.votes.last
    assert last is not None
    assert last.fact.detail == ("no" if days >= 0 else "yes")


def test_ballots_are_counted_by_what_was_cast_and_the_last_is_no_empty_chair() -> None:
    cast_by_day = ["yes", "yes", "yes", "no", "no", "abstain", "absent", "absent"]
    rolls = [
        roll(f"1721-0{month}-01", LP=cast_as)
        for month, cast_as in enumerate(cast_by_day, 1)
    ]
    words = act("toast", "1721-12-01", BIG, key="absent")
    found = assess("LP", egg_base((words,), rolls=rolls), on=DAY)
    counts = found.votes
    assert (counts.yes, counts.no, counts.abstain, counts.absent) == (3, 2, 1, 2)
    assert counts.total == len(cast_by_day)
    assert counts.last is not None
    assert counts.last.fact.begins == date(1721, 6, 1)
    alone = egg_base((), rolls=[roll("1721-01-01", LP="absent")])
    last = assess("LP", alone, on=DAY).votes.last
    assert last is not None
    assert last.fact.detail == "absent"


@pytest.mark.parametrize("side", [-1, 0, 1])
def test_who_stands_nowhere_known_is_on_no_side(base: Base, side: int) -> None:
    conflict = base.conflict
    assert side_of("XX", UNKNOWN, conflict) == 0
    assert side_of("XX", PARTY, conflict) == 0
    parties = {each.code: each.sign for each in conflict.sides}
    for code, sign in parties.items():
        assert side_of(code, PARTY, conflict) == sign
        assert side_of(code, UNKNOWN, conflict) == 0
    for level in conflict.levels:
        if conflict.sign(level.toward) == side:
            assert side_of("XX", level.id, conflict) == side


def _always(_on: date) -> bool:
    return True


class Sure:
    """What the published rule of confidence looks at, one thing at a time."""

    def __init__(self) -> None:
        self.conflict = egg_base(()).conflict
        self.publishers, self.facts, self.days = PUBLISHERS, FACTS, 0
        self.votes: float | None = 0.5
        self.mean, self.balance, self.against = 0.2, 0.5, 0.0
        self.weak_strongest = False
        self.sign = 1
        """The side of the strongest act."""

    def _fact(self, number: int, publisher: str, weak: bool) -> Fact:
        source = SimpleNamespace(publisher=publisher, weak=weak)
        made = SimpleNamespace(
            kind="event",
            deed="toast",
            detail="",
            begins=DAY - timedelta(self.days + number),
            sources=(source,),
            holds=_always,
        )
        return cast("Fact", made)

    def grade(self) -> str:
        facts = [
            self._fact(n, f"p{min(n, self.publishers - 1)}", self.publishers == 0)
            for n in range(self.facts)
        ]
        strongest = self._fact(0, "p0", self.weak_strongest)
        deed = SimpleNamespace(pillar="sea")
        first = SimpleNamespace(fact=strongest, sign=self.sign, deed=deed)
        rows = [Counted(cast("Any", first), 0.5)]
        if self.against:
            other = SimpleNamespace(fact=facts[0], sign=-self.sign, deed=deed)
            rows.append(Counted(cast("Any", other), self.against))
        record = votes(self.votes, total=3)
        found = conduct(*rows, mean=self.mean, balance=self.balance, record=record)
        return confidence(found, facts, self.conflict, DAY).grade


@pytest.mark.parametrize("publishers", [PUBLISHERS - 1, PUBLISHERS, PUBLISHERS + 1])
@pytest.mark.parametrize("days", [FRESH_DAYS - 1, FRESH_DAYS, FRESH_DAYS + 1])
@pytest.mark.parametrize("agree", [False, True])
@pytest.mark.parametrize("weak", [False, True])
def test_the_published_rule_of_confidence_in_every_combination(
    publishers: int, days: int, agree: bool, weak: bool
) -> None:
    case = Sure()
    case.publishers, case.days, case.facts = publishers, days, PUBLISHERS + 1
    case.votes = 0.5 if agree else -0.5
    case.weak_strongest = weak
    met = (publishers >= PUBLISHERS) + (days <= FRESH_DAYS) + agree
    expected = "medium" if met >= 2 else "low"
    if met == 3 and not weak:
        expected = "high"
    assert case.grade() == expected


@pytest.mark.parametrize(
    ("record", "mean", "agree"),
    [
        (0.5, 0.2, True),
        (-0.5, -0.2, True),
        (None, 0.2, True),
        (-0.3, 0.05, False),
        (0.3, -0.05, False),
        (-0.3 + STEP, 0.05, True),
        (-0.3, 0.05 - STEP, True),
        (-1.0, 0.0, True),
        (0.0, 1.0, True),
    ],
)
def test_votes_and_deeds_disagree_from_the_numbers_of_the_rule_on(
    record: float | None, mean: float, agree: bool
) -> None:
    case = Sure()
    case.votes, case.mean, case.balance = record, mean, mean
    case.sign = 1 if mean > 0 else -1
    assert case.grade() == ("high" if agree else "medium")


def test_points_against_are_no_agreement_from_the_contradictions_number_on() -> None:
    case = Sure()
    least = case.conflict.contradiction.points
    for points, grade in ((least - STEP, "high"), (least, "medium"), (1.0, "medium")):
        case.against = points
        assert case.grade() == grade
    # For who leans to the first side, the half point for the second contradicts.
    case.balance, case.mean, case.votes, case.against = -0.5, -0.2, -0.5, 0.0
    assert case.grade() == "medium"


def test_two_facts_are_never_high() -> None:
    case = Sure()
    assert case.grade() == "high"
    case.facts, case.publishers = FACTS - 1, FACTS - 1
    assert case.grade() == "medium"


def test_the_numbers_of_confidence_are_those_that_are_published() -> None:
    # A year and a half, in days, and three of each: docs/method.md.
    assert round(1.5 * 365.25) == FRESH_DAYS
    assert {PUBLISHERS, FACTS} == {3}


def test_what_is_shown_and_not_counted_stands_newest_first() -> None:
    days = ["1721-02-02", "1721-03-03", "1721-01-01"]
    shown = [act(None, day, "neutral", key=f"s{day}") for day in days]
    found = assess("LP", egg_base(shown), on=DAY)
    dates = [each.fact.begins.isoformat() for each in found.contributions]
    assert dates == sorted(days, reverse=True)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 6])
def test_a_pillar_names_three_at_most_and_says_how_many_there_are(count: int) -> None:
    drills = [act("drill", f"1721-0{n}", BIG, key=f"d{n}") for n in range(1, count + 1)]
    against = act("fleet", "1721-09", LITTLE, key="other", scale="token")
    found = assess("LP", egg_base([*drills, against]), on=DAY)
    sea = next(each for each in found.pillars if each.pillar == "sea")
    assert sea.facts == count + 1
    assert len(sea.strongest) == min(3, count + 1)


@pytest.mark.parametrize(("side", "other"), [(BIG, LITTLE), (LITTLE, BIG)])
def test_of_who_stands_between_what_goes_against_their_balance_is_the_counter(
    side: str, other: str
) -> None:
    events = [act("drill", "1721", side), act("toast", "1721", other, key="against")]
    found = assess("LP", egg_base(events), on=DAY)
    assert found.level == "shrugs"
    assert found.against == pytest.approx(0.06)
    assert found.counter is not None
    assert found.counter.fact.ref == "against"
