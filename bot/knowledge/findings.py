"""What a reader of a whole base should look at again: a deed told twice, an end that a
sentence tells and the fact does not, an actor that rests on weak pages, an old entry, a
day that is a tally's. None of these keeps a base from being read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base

NEAR_DAYS = 45
"""Days within which an event and a list's part may be the same deed."""
OLD_DAYS = 365
"""Days after which an actor's newest fact is old."""
TALLY_PARTS = 8
"""Parts of a list on one day, from which that day may be the tally's and not theirs."""
RULES = ("told-twice", "no-end", "weak-alone", "old", "tally-day")
"""What may be found, the worst first."""
_REVERSED = re.compile(
    r"\b(no longer|was (dropped|reversed|withdrawn|lifted)|were (dropped|lifted)|"
    r"later (dropped|withdrew|reversed|lifted))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something of one actor to look at again."""

    code: str
    rule: str
    """One of RULES."""
    ref: str
    message: str


def _same_page(one: Fact, other: Fact) -> bool:
    pages = {source.url for source in one.sources}
    return any(source.url in pages for source in other.sources)


def _same_deed(one: Fact, other: Fact, base: Base) -> bool:
    """Whether two facts may tell the same deed.

    What holds until it ends is one state of things: two facts of it within days are one
    deed. Of acts that lapse, such as visits and calls, several may well follow one
    another: they are one deed only if the same page tells both of one day.
    """
    if one.deed is None or (one.deed, one.toward) != (other.deed, other.toward):
        return False
    days = abs((one.begins - other.begins).days)
    if base.conflict.deeds[one.deed].lapses_after_years is None:
        return days <= NEAR_DAYS or _same_page(one, other)
    return days == 0 and _same_page(one, other)


def _is_sum(fact: Fact, base: Base) -> bool:
    """Whether a part of a list is a sum of many deeds, as a tracker counts them."""
    return base.measures[fact.ref.removeprefix("measure:")].sums


def _told_twice(code: str, facts: tuple[Fact, ...], base: Base) -> Iterator[Finding]:
    """An event and a part of a list that tell the same deed and do not say so."""
    events = [fact for fact in facts if fact.kind == "event"]
    parts = [
        fact
        for fact in facts
        if fact.kind == "measure" and fact.detail_of is None and not _is_sum(fact, base)
    ]
    for event in events:
        for part in parts:
            if event.part_of != part.ref and _same_deed(event, part, base):
                message = f"tells the same deed as {part.ref} of {part.date}"
                yield Finding(code, "told-twice", event.ref, message)


def _without_end(code: str, facts: tuple[Fact, ...]) -> Iterator[Finding]:
    """A deed that holds although its own sentence says that it was reversed."""
    for fact in facts:
        said = fact.detail if fact.kind == "measure" else fact.text
        holds = fact.deed is not None and fact.until is None and fact.kind != "vote"
        if holds and _REVERSED.search(said):
            message = "its sentence tells an end, and it has no `until`"
            yield Finding(code, "no-end", fact.ref, message)


def _weak_alone(
    code: str, facts: tuple[Fact, ...], base: Base, on: date
) -> Iterator[Finding]:
    """The strongest deeds that hold, if all of them rest on weak pages alone."""
    deeds = base.conflict.deeds
    live = [
        fact
        for fact in facts
        if fact.deed and base.conflict.sign(fact.toward) and fact.holds(on)
    ]
    if not live:
        return
    most = max(deeds[fact.deed or ""].points for fact in live)
    strongest = [fact for fact in live if deeds[fact.deed or ""].points == most]
    if all(source.weak for fact in strongest for source in fact.sources):
        message = "the strongest deeds rest on weak pages alone"
        yield Finding(code, "weak-alone", strongest[0].ref, message)


def _old(code: str, facts: tuple[Fact, ...], on: date) -> Iterator[Finding]:
    """An actor whose newest fact beside roll calls and seats is old."""
    told = [fact for fact in facts if fact.kind in {"event", "measure"}]
    newest = max(told, key=lambda fact: fact.begins, default=None)
    if newest is None:
        yield Finding(code, "old", "", "nothing is told but seats and roll calls")
    elif (on - newest.begins).days > OLD_DAYS:
        message = f"its newest fact is of {newest.begins}"
        yield Finding(code, "old", newest.ref, message)


def _tally_days(base: Base) -> Iterator[Finding]:
    """Parts of a list that share with many, and not with all, the day on which their
    page was published: that day may be the tally's.
    """
    for measure in base.measures.values():
        if measure.sums:
            continue
        days: dict[str, list[str]] = {}
        for part in measure.parts:
            published = {str(measure.sources[key].published) for key in part.cite}
            if part.date.day and str(part.date) in published:
                days.setdefault(str(part.date), []).append(part.code)
        for day, codes in days.items():
            if len(codes) < TALLY_PARTS or len(codes) == len(measure.parts):
                continue
            message = f"{len(codes)} parts hold from {day}, when their page was written"
            yield Finding(codes[0], "tally-day", f"measure:{measure.id}", message)


def findings(base: Base, on: date) -> tuple[Finding, ...]:
    """Everything to look at again as of a day, by actor."""
    findings_so_far: list[Finding] = list(_tally_days(base))
    for code in base.countries:
        facts = base.facts(code)
        findings_so_far += _told_twice(code, facts, base)
        findings_so_far += _without_end(code, facts)
        findings_so_far += _weak_alone(code, facts, base, on)
        findings_so_far += _old(code, facts, on)
    return tuple(sorted(findings_so_far))
