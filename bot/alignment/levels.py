"""An actor's level on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.alignment.conduct import Conduct, PreparedFacts, conduct
from bot.alignment.rules import Judgement, judge
from bot.knowledge.conflict import Conflict

PARTY, UNKNOWN = "party", "unknown"


@dataclass(frozen=True, slots=True)
class LevelOnDay:
    """An actor's level on a day, with the conduct and the rule that it follows from."""

    level: str
    conduct: Conduct
    judgement: Judgement

    @property
    def score(self) -> float:
        """The balance of votes and deeds, cut off at -1 and 1."""
        return max(-1.0, min(1.0, self.conduct.balance))


def level_on(
    code: str, known: PreparedFacts, conflict: Conflict, on: date
) -> LevelOnDay:
    """The level of an actor whose facts are prepared."""
    conduct_then = conduct(known, conflict, on)
    judgement = judge(conduct_then, conflict)
    level = judgement.level
    if code in conflict.parties:
        level = PARTY
    elif known.known_from is None or known.known_from > on:
        level = UNKNOWN
    return LevelOnDay(level, conduct_then, judgement)


def side_of(code: str, level: str, conflict: Conflict) -> int:
    """The sign of the side that an actor with this level stands on; 0 for neither."""
    if level == PARTY:
        return next((side.sign for side in conflict.sides if side.code == code), 0)
    if level == UNKNOWN:
        return 0
    return conflict.sign(conflict.level(level).toward)
