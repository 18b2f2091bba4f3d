"""The rules of conduct: what an actor did on a day becomes a level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.alignment.assessment import Contribution, Fired
from bot.alignment.conduct import Conduct, Counted, as_contribution
from bot.knowledge.conflict import Conditions, Conflict, Rule


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level, the rule that named it, and whether conduct took a higher one away."""

    level: str
    rule: Rule
    sign: int
    """The rule's side; 0 for a level between the sides."""
    contradicted: bool


def _more(number: float, least: float) -> bool:
    return round(number, 9) > least


def _at_least(number: float, least: float) -> bool:
    return round(number, 9) >= least


def done(when: Conditions, conduct: Conduct, sign: int) -> list[Counted]:
    """The live acts that satisfy what the conditions ask to have been done; a seat is
    none.
    """
    return [
        row
        for row in conduct.counted
        if row.act.sign == sign
        and row.act.fact.kind != "bloc"
        and ((when.deciding and row.act.decides) or row.act.fact.deed in when.deeds)
    ]


def settles(row: Counted, conflict: Conflict) -> bool:
    """Whether a deed can settle a level by itself: it decides, or a rule asks for its
    kind or for none of it.
    """
    named = {
        deed
        for rule in conflict.rules
        for deed in (*rule.when.deeds, *rule.when.without)
    }
    return row.act.decides or row.act.fact.deed in named


def _votes_hold(when: Conditions, conduct: Conduct, sign: int) -> bool:
    votes = conduct.record
    if when.record is not None:
        if votes.value is None:
            return when.record_or_none
        if not _at_least(sign * votes.value, when.record):
            return False
    if when.outright is None:
        return True
    return votes.total > 0 and _at_least(
        votes.outright(sign) / votes.total, when.outright
    )


def _deeds_hold(when: Conditions, conduct: Conduct, sign: int) -> bool:
    if (when.deciding or when.deeds) and not done(when, conduct, sign):
        return False
    if when.mean is not None and not _more(sign * conduct.mean, when.mean):
        return False
    return not any(
        row.act.sign == -sign and row.act.fact.deed in when.without
        for row in conduct.counted
    )


def holds(when: Conditions, conduct: Conduct, sign: int) -> bool:
    """Whether everything holds that the conditions ask for, seen from one side."""
    if when.balance is not None and not _at_least(sign * conduct.balance, when.balance):
        return False
    return _deeds_hold(when, conduct, sign) and _votes_hold(when, conduct, sign)


def judge(conduct: Conduct, conflict: Conflict) -> Judgement:
    """The level that the first rule whose conditions hold names."""
    for rule in conflict.rules:
        sign = conflict.sign(conflict.level(rule.level).toward)
        if not holds(rule.when, conduct, sign):
            continue
        if rule.contradicted and _at_least(
            conduct.against(sign), conflict.contradiction.points
        ):
            return Judgement(rule.contradicted, rule, sign, contradicted=True)
        return Judgement(rule.level, rule, sign, contradicted=False)
    msg = "the last rule of a conflict always holds"
    raise AssertionError(msg)


def _telling(rows: Iterable[Counted]) -> list[Contribution]:
    return [as_contribution(row) for row in rows if row.points]


def fired(
    judgement: Judgement,
    conduct: Conduct,
    ballots: tuple[Contribution, ...],
    conflict: Conflict,
) -> tuple[Fired, ...]:
    """The rules that had a part in a judgement, with the facts that satisfied them.

    ``ballots`` are those of the voting record, newest first.
    """
    rule, sign = judgement.rule, judgement.sign
    when = rule.when
    if when.deciding or when.deeds:
        facts = [as_contribution(row) for row in done(when, conduct, sign)]
    elif when.mean is not None or when.balance is not None:
        facts = _telling(row for row in conduct.counted if row.act.sign == sign)
    else:
        facts = _telling(conduct.counted)
    if when.record is not None or when.balance is not None or not sign:
        facts += [each for each in ballots if not sign or each.points * sign > 0]
    toward = conflict.level(rule.level).toward
    rows = [Fired(rule.id, rule.sentence, toward, rule.level, tuple(facts))]
    if judgement.contradicted:
        other = [row for row in conduct.counted if row.act.sign == -sign]
        rows.append(
            Fired(
                "contradiction",
                conflict.contradiction.sentence,
                toward,
                judgement.level,
                tuple(_telling(other)),
            )
        )
    return tuple(rows)
