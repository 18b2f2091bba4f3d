"""What a moderator sees before publishing: what would change, in three lines, and the
card as readers would see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.alignment.assessment import Assessment
from bot.alignment.rubric import assess
from bot.answers.card import card
from bot.answers.document import Answer, Line
from bot.answers.entry_words import told
from bot.answers.sentences import (
    deed_name,
    favoured_side,
    leaning_side,
    level_name,
    shortened,
)
from bot.answers.texts import Texts
from bot.entries.records import Change, event_of
from bot.knowledge.facts import Base
from bot.knowledge.likeness import likeness_of_words

_RESEMBLES = 86.0
"""How alike, of 100, the words of two claims are that say much the same."""
_CLAIM = 120
"""Characters of a fact that is named beside another."""
_PLACES = 2
"""Decimal places of points."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do, and the card as it would look."""

    changes: Answer
    card: Answer


def resembling(claim: str, base: Base, code: str, own: str = "") -> str | None:
    """A fact that the actor has already and that says much the same, or None; ``own``
    is the id of the event that is edited, which resembles itself.
    """
    best, nearest = _RESEMBLES, None
    for event in base.countries[code].events:
        score = likeness_of_words(claim.casefold(), event.claim.casefold())
        if event.id != own and score >= best:
            best, nearest = score, event.claim
    return nearest


def preview(
    change: Change,
    before: Base,
    after: Base,
    texts: Texts,
    *,
    today: date,
    remarks: Sequence[str],
    alike: str | None = None,
) -> Preview:
    """What a change would do to a base; ``alike`` is a fact that it resembles."""
    code = change.subject
    now = assess(code, after, on=today)
    lines = [_what(change, now, after, texts)]
    if code in before.countries:
        was = assess(code, before, on=today)
        lines.append(_level(before, after, was, now, texts))
    if change.kind == "event":
        lines.append(_alike(alike, texts))
    lines += [Line(f"⚠️ {remark}") for remark in remarks]
    shown = card(now, after, texts, today=today)
    return Preview(
        Answer.plain(texts("What would change"), lines=lines),
        replace(shown, actions=(), menus=()),
    )


def _what(change: Change, now: Assessment, base: Base, texts: Texts) -> Line:
    """What an entry is and, for a fact, the points that it brings today."""
    body, name = change.body, texts.name(change.subject)
    match change.kind:
        case "event":
            return Line(_points(change, now, base, texts))
        case "alias":
            text = texts("{alias} will find {name}.", alias=body["alias"], name=name)
            return Line(text)
        case "actor":
            text = texts("New here: {name}. /ally will find it.", name=name)
            return Line(text)
        case "summary":
            return Line.labelled(
                texts("New summary"), told("summary", body, base, texts)
            )
        case "level":
            return Line.labelled(
                texts("This server's own judgement"), told("level", body, base, texts)
            )


def _points(change: Change, now: Assessment, base: Base, texts: Texts) -> str:
    event, conflict = event_of(change.body), base.conflict
    deed = deed_name(event.deed, conflict, texts)
    counted = [c for c in now.contributions if c.fact.ref == change.body["id"]]
    if not counted:
        return texts(
            "{deed}: no longer counts today, so it gives no points.", deed=deed
        )
    points = counted[0].points
    if not points:
        return texts("{deed}: worth telling, and gives no points.", deed=deed)
    return texts(
        "{deed}: {points} points for {side}.",
        deed=deed,
        points=texts.number(abs(points), _PLACES),
        side=favoured_side(event.toward, conflict, texts),
    )


def _leaning(score: float, base: Base, texts: Texts) -> str:
    return texts(
        "{points} toward {side}",
        points=texts.number(abs(score), _PLACES),
        side=leaning_side(score, base.conflict, texts),
    )


def _level(
    before: Base, after: Base, was: Assessment, now: Assessment, texts: Texts
) -> Line:
    """The level and its balance before and after."""
    old, new = level_name(was.level, before, texts), level_name(now.level, after, texts)
    moves = round(was.score, _PLACES) != round(now.score, _PLACES)
    if old != new:
        text = texts("{old} → {new}", old=old, new=new)
    elif moves:
        text = texts(
            "{level}, as before; balance {was} → {now}",
            level=new,
            was=_leaning(was.score, before, texts),
            now=_leaning(now.score, after, texts),
        )
    else:
        text = texts("{level}, as before", level=new)
    return Line.labelled(texts("Level"), text)


def _alike(alike: str | None, texts: Texts) -> Line:
    if alike is None:
        return Line(texts("Nothing like it is here yet."))
    return Line.labelled(texts("Looks like"), shortened(alike, _CLAIM))
