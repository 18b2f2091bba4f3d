"""The state of a whole base in numbers: what it tells, on what pages that rests, and
what is still to be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge.documents import Grade, Kind, Source
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.knowledge.findings import RULES, findings

FEW = 3
"""Facts beside roll calls, below which an actor is thin."""
GRADES: tuple[Grade, ...] = ("official", "quality", "plain", "weak")
"""Grades of a source, the best first."""


@dataclass(frozen=True, slots=True)
class DeedCount:
    """The facts of one kind of deed, by the grade of each fact's best source."""

    deed: str | None
    """None for what is shown and not counted."""
    grades: dict[Grade, int]
    """All four grades, the best first."""

    @property
    def total(self) -> int:
        """How many facts there are."""
        return sum(self.grades.values())


@dataclass(frozen=True, slots=True)
class Audit:
    """What a base holds on the day of its latest review, whatever day it is read on."""

    day: date
    kinds: dict[Kind, int]
    """Actors by what they are to the United Nations; kinds without one are left out."""
    deeds: tuple[DeedCount, ...]
    """Kinds of deed in the conflict's order; what is not counted comes last."""
    without_summary: tuple[str, ...]
    """Codes, as are the next two."""
    few_facts: tuple[str, ...]
    weak_alone: tuple[str, ...]
    oldest_review: date
    newest_fact: date | None
    """The newest day up to then of an event or a part of a list; None without one."""
    complete_rolls: int
    partial_rolls: int
    found: dict[str, int]
    """Findings by rule, all rules, in the order of RULES."""

    @property
    def facts(self) -> int:
        """All facts but ballots."""
        return sum(row.total for row in self.deeds)

    def of_grade(self, grade: Grade) -> int:
        """The facts whose best source has this grade."""
        return sum(row.grades[grade] for row in self.deeds)


def best_grade(sources: Iterable[Source]) -> Grade:
    """The grade of the best of some sources, of which there is at least one."""
    return min(sources, key=lambda source: GRADES.index(source.grade)).grade


def _deeds(base: Base, facts: Sequence[Fact]) -> tuple[DeedCount, ...]:
    counted = Counter((fact.deed, best_grade(fact.sources)) for fact in facts)
    kinds = (*base.conflict.deeds, None)
    return tuple(
        DeedCount(deed, {grade: counted[deed, grade] for grade in GRADES})
        for deed in kinds
    )


def audit(base: Base) -> Audit:
    """The state of a base; no day but its own matters."""
    day = base.updated
    told = {
        code: [fact for fact in base.facts(code) if fact.kind != "vote"]
        for code in base.countries
    }
    facts = [fact for each in told.values() for fact in each]
    begun = [f.begins for f in facts if f.kind != "bloc" and f.begins <= day]
    countries = base.countries.values()
    listed = findings(base, day)
    kinds: Counter[Kind] = Counter(country.kind for country in countries)
    rules = Counter(finding.rule for finding in listed)
    partial = sum(vote.partial for vote in base.votes.values())
    return Audit(
        day=day,
        kinds=dict(kinds.most_common()),
        deeds=_deeds(base, facts),
        without_summary=tuple(c.code for c in countries if not c.summary),
        few_facts=tuple(code for code, each in told.items() if len(each) < FEW),
        weak_alone=tuple(f.code for f in listed if f.rule == "weak-alone"),
        oldest_review=min(country.reviewed.first for country in countries),
        newest_fact=max(begun, default=None),
        complete_rolls=len(base.votes) - partial,
        partial_rolls=partial,
        found={rule: rules[rule] for rule in RULES},
    )
