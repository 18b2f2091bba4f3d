"""Everybody at once: who is on which side, and who has moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.alignment.over_time import Move, Standing
from bot.alignment.rubric import PARTY, UNKNOWN
from bot.answers import sentences
from bot.answers.compare import called, own_note
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.stance import level_name
from bot.answers.texts import Texts
from bot.knowledge.facts import Base

PER_PAGE = 8


def levels_of(side: str, base: Base) -> tuple[str, ...]:
    """The levels that a choice stands for: a level's id, a side's id for both of its
    levels, or ``all``.

    Raises KeyError for a word that is none of these.
    """
    ids = [level.id for level in base.conflict.levels]
    if side == "all":
        return (*ids, PARTY, UNKNOWN)
    if side in ids or side in {PARTY, UNKNOWN}:
        return (side,)
    sign = {each.id: each.sign for each in base.conflict.sides}[side]
    return tuple(ids[:2]) if sign < 0 else tuple(ids[-2:])


def sides(base: Base, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Every choice and its words: all, both sides, each level."""
    both = [
        (side.id, texts("On the side of {side}", side=texts(side.name)))
        for side in base.conflict.sides
    ]
    levels = [level.id for level in base.conflict.levels] + [PARTY, UNKNOWN]
    return (
        ("all", texts("Everybody")),
        *both,
        *((each, level_name(each, base, texts)) for each in levels),
    )


def grouped(found: Sequence[Standing], base: Base) -> dict[str, list[str]]:
    """Codes by level, levels from one side to the other, codes by how strong the score
    is.
    """
    order = [level.id for level in base.conflict.levels] + [PARTY, UNKNOWN]
    groups: dict[str, list[Standing]] = {level: [] for level in order}
    for each in found:
        groups[each.level].append(each)
    return {
        level: [s.code for s in sorted(group, key=lambda s: (-abs(s.score), s.code))]
        for level, group in groups.items()
        if group
    }


def named(codes: Sequence[str], base: Base, texts: Texts) -> str:
    """Names in a row, those of a server's own marked."""
    return ", ".join(
        (f"{sentences.OWN} " if code in base.added else "") + texts.name(code)
        for code in codes
    )


def filters(region: str, bloc: str, texts: Texts, locale: str, base: Base) -> str:
    """The filters in words, empty without any."""
    from bot.names.regions import name_of

    parts = [name_of(region, locale)] if region else []
    parts += [base.blocs[bloc].name] if bloc else []
    return ", ".join(parts)


def where(
    found: Sequence[Standing],
    side: str,
    base: Base,
    texts: Texts,
    *,
    on: date,
    among: str = "",
) -> Answer:
    """Who is on which side: counted and listed by level. ``among`` says in words how
    they were filtered.
    """
    wanted = levels_of(side, base)
    groups = {
        level: codes for level, codes in grouped(found, base).items() if level in wanted
    }
    total = sum(map(len, groups.values()))
    lines = tuple(
        Line(
            named(codes, base, texts),
            (),
            f"{level_name(level, base, texts)}: {len(codes)}",
        )
        for level, codes in groups.items()
    )
    title = dict(sides(base, texts))[side]
    if among:
        title = f"{title} · {among}"
    lead = texts("{n} of {all} actors", n=total, all=len(found))
    if not lines:
        lines = (Line(texts("Nobody.")),)
    order = texts(
        "Names stand from the strongest score to the weakest. Ask /ally about any "
        "of them for its sources."
    )
    notes = [texts("Holds on {date}", date=texts.date(on)), order]
    shown = [code for codes in groups.values() for code in codes]
    notes += own_note([c for c in shown if c in base.added][:8], base, texts)
    level = side if side in {each.id for each in base.conflict.levels} else ""
    return Answer(title, level, Line(lead), (Section("", lines),), (), tuple(notes), on)


def movers(
    found: Sequence[Move],
    base: Base,
    texts: Texts,
    *,
    since: date,
    on: date,
    page: int,
    key: str,
    among: str = "",
) -> Answer:
    """Who has changed since a day, newest first, each with the fact that moved it;
    ``key`` begins its buttons' ids.
    """
    cites = Citations()
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), pages)
    lines: list[Line] = []
    for move in found[(page - 1) * PER_PAGE : page * PER_PAGE]:
        text = (
            f"{level_name(move.before, base, texts)} → "
            f"{level_name(move.after, base, texts)}"
        )
        if move.fact:
            line = Line(
                f"{text}: {sentences.fact(move.fact, texts)}",
                cites.cite(move.fact.sources[:1]),
                called(move.code, texts),
            )
        else:
            why = texts("as older votes came to count for less")
            line = Line(f"{text}: {why}", (), called(move.code, texts))
        lines.append(line)
    if not lines:
        lines.append(
            Line(
                texts("Nobody whose level was known on both days has another one now.")
            )
        )
    title = texts("Who changed since {date}", date=texts.date(since))
    actions: tuple[Action, ...] = ()
    if pages > 1:
        actions = (
            Action(f"{key}:{page - 1}", texts("Previous"), "◀️", page > 1),
            Action(f"{key}:{page + 1}", texts("Next"), "▶️", page < pages),
        )
    notes = (
        texts("Page {page} of {pages}", page=page, pages=pages),
        texts("Holds on {date}", date=texts.date(on)),
    )
    counted = texts.many("{n} actor", "{n} actors", len(found))
    return Answer(
        f"{title} · {among}" if among else title,
        "",
        Line(counted),
        (Section("", tuple(lines)),),
        cites.listed(),
        notes,
        on,
        actions,
    )
