"""The parts of the sentence that answers: what was done, what is held against it, and
how the actor votes. The words are made in `answers/sentences`.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.alignment.assessment import Said, Verdict
from bot.alignment.conduct import Conduct, Counted, as_contribution
from bot.alignment.rules import settles
from bot.knowledge.conflict import NEUTRAL, Conflict

KINDS = 3
"""Kinds of deed that a verdict names at most."""
KINDS_AGAINST = 2
"""Kinds of deed that it names after *but* at most."""
LEAST_AGAINST = 0.1
"""Points from which a kind of deed is worth a *but*."""


def _kinds(
    conduct: Conduct,
    sign: int,
    conflict: Conflict,
    *,
    leads: Callable[[Counted], bool],
) -> list[Said]:
    """The kinds of deed that count for a side: first those of which a deed
    ``leads``, then by points. Tokens alone are a gesture, for which the words of their
    kind say too much: they are named only of an actor of whom nothing else is known.
    """
    groups: dict[str, list[Counted]] = {}
    for row in conduct.counted:
        if row.act.sign == sign and row.act.fact.deed:
            groups.setdefault(row.act.fact.deed, []).append(row)
    toward = conflict.side(sign).id
    said = [
        Said(
            deed,
            toward,
            sum(row.points for row in rows),
            tuple(as_contribution(row) for row in rows),
        )
        for deed, rows in groups.items()
    ]
    first = {deed: any(map(leads, rows)) for deed, rows in groups.items()}
    said = [each for each in said if each.points > 0]
    said.sort(key=lambda each: (not first[each.deed], -round(each.points, 9)))
    more = [each for each in said if not _only_tokens(each)]
    return more if more or conduct.record.total else said


def _only_tokens(said: Said) -> bool:
    return all(each.fact.scale == "token" for each in said.contributions if each.alone)


def _favours_nobody(conduct: Conduct) -> Said | None:
    """Mediation and the like: the kind of deed that brings no points, if it holds."""
    rows = [row for row in conduct.counted if not row.act.deed.points]
    if not rows:
        return None
    deed = rows[0].act.fact.deed or ""
    same = [row for row in rows if row.act.fact.deed == deed]
    return Said(deed, NEUTRAL, 0.0, tuple(as_contribution(row) for row in same))


def verdict(conduct: Conduct, side: int, conflict: Conflict) -> Verdict:
    """What a verdict says of an actor on a side, by its sign; 0 for neither side.

    Of an actor between the sides, the side that more was done for comes first.
    """
    sign = side
    if not sign:
        sign = 1 if conduct.against(-1) >= conduct.against(1) else -1
    along = _kinds(conduct, sign, conflict, leads=lambda row: row.act.decides)
    other = [
        each
        for each in _kinds(
            conduct, -sign, conflict, leads=lambda row: settles(row, conflict)
        )
        if each.points >= LEAST_AGAINST or not side
    ]
    mediates = _favours_nobody(conduct)
    leads = mediates if not side or not along else None
    return Verdict(
        toward=conflict.side(side).id if side else NEUTRAL,
        leads=leads,
        deeds=tuple(along[:KINDS]),
        record=conduct.record,
        but=tuple(other[:KINDS_AGAINST]),
    )
