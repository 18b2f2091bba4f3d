"""How sure an answer is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.alignment.assessment import Confidence, Grade
from bot.alignment.conduct import Conduct, tells
from bot.knowledge.conflict import Conflict
from bot.knowledge.fact import Fact

PUBLISHERS = 3
"""Independent publishers that are not weak, from which an answer can be sure."""
FACTS = 3
"""Facts that tell something, from which an answer can be sure."""
FRESH_DAYS = 548
"""A year and a half: a session of a voting body and some slack."""
_PLAIN_RECORD = 0.3
_PLAIN_MEAN = 0.05
"""From where a record, and a mean of the pillars, count as taking a side."""


def _agree(conduct: Conduct, conflict: Conflict) -> bool:
    """Whether votes and deeds favour the same side, and nothing weighty the other."""
    votes, mean = conduct.record.value or 0.0, conduct.mean
    apart = (
        votes * mean < 0 and abs(votes) >= _PLAIN_RECORD and abs(mean) >= _PLAIN_MEAN
    )
    toward = 1 if conduct.balance > 0 else -1
    return not apart and conduct.against(toward) < conflict.contradiction.points


def confidence(
    conduct: Conduct, facts: Iterable[Fact], conflict: Conflict, on: date
) -> Confidence:
    """High: three independent publishers that are not weak, deeds and votes that
    agree, something newer than a year and a half, three facts, and a strongest fact
    that does not rest on weak pages alone. Medium: two of the first three. Else low.
    """
    live = [fact for fact in facts if fact.holds(on) and tells(fact)]
    publishers = {s.publisher for fact in live for s in fact.sources if not s.weak}
    newest = max((fact.begins for fact in live), default=None)
    fresh = newest is not None and (on - newest).days <= FRESH_DAYS
    agree = _agree(conduct, conflict)
    strongest = next((row.act.fact for row in conduct.counted if row.points), None)
    weak_alone = strongest is not None and all(s.weak for s in strongest.sources)
    points = (len(publishers) >= PUBLISHERS) + agree + fresh
    grade: Grade = "low"
    if points == 3 and len(live) >= FACTS and not weak_alone:
        grade = "high"
    elif points >= 2:
        grade = "medium"
    filled = len({row.act.deed.pillar for row in conduct.counted})
    return Confidence(grade, filled, len(publishers), agree, newest, weak_alone)
