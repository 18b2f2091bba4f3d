"""Everybody at once: who is on which side, and who has moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.alignment.over_time import Move, Standing
from bot.answers import base_words, sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.paging import page_of
from bot.answers.sentences import (
    called,
    level_name,
    level_order,
    marked_names,
    own_note,
)
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.regions import name_of

PER_PAGE = 8
"""Movers on a page."""


def levels_of(side: str, base: Base) -> tuple[str, ...]:
    """The levels that a choice stands for: a level's id, a side's id for its levels,
    or ``all``.

    Raises KeyError for a word that is none of these.
    """
    order = level_order(base.conflict)
    if side == "all":
        return order
    if side in order:
        return (side,)
    if side not in {each.id for each in base.conflict.sides}:
        raise KeyError(side)
    return tuple(level.id for level in base.conflict.levels if level.toward == side)


def sides(base: Base, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Every choice and its words: all, both sides, each level."""
    both = [
        (
            side.id,
            texts("On the side of {side}", side=base_words.side_name(side, texts)),
        )
        for side in base.conflict.sides
    ]
    levels = [
        (each, level_name(each, base, texts)) for each in level_order(base.conflict)
    ]
    return (("all", texts("Everybody")), *both, *levels)


def grouped(standings: Sequence[Standing], base: Base) -> dict[str, list[str]]:
    """Codes by level, levels from one side to the other, codes by how strong the score
    is.
    """
    groups: dict[str, list[Standing]] = {
        level: [] for level in level_order(base.conflict)
    }
    for each in standings:
        groups[each.level].append(each)
    return {
        level: [s.code for s in sorted(group, key=lambda s: (-abs(s.score), s.code))]
        for level, group in groups.items()
        if group
    }


def filters(region: str, bloc: str, base: Base, texts: Texts) -> str:
    """The filters in words, empty without any."""
    parts = [name_of(region, texts.locale)] if region else []
    parts += [base_words.bloc_name(base.blocs[bloc], texts)] if bloc else []
    return ", ".join(parts)


def where(
    standings: Sequence[Standing],
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
        level: codes
        for level, codes in grouped(standings, base).items()
        if level in wanted
    }
    shown = [code for codes in groups.values() for code in codes]
    lines = tuple(
        Line.labelled(
            f"{level_name(level, base, texts)}: {len(codes)}",
            marked_names(codes, base, texts),
        )
        for level, codes in groups.items()
    )
    title = dict(sides(base, texts))[side]
    order = texts(
        "Names stand from the strongest score to the weakest. Ask /ally about any "
        "of them for its sources."
    )
    notes = [
        texts("Holds on {date}", date=texts.date(on)),
        order,
        *own_note(shown, base, texts),
    ]
    lead = texts("{n} of {all} actors", n=len(shown), all=len(standings))
    return Answer(
        f"{title} · {among}" if among else title,
        level=side if side in {each.id for each in base.conflict.levels} else "",
        lead=Line(lead),
        sections=(Section("", lines or (Line(texts("Nobody.")),)),),
        notes=tuple(notes),
        on=on,
    )


def _move_line(move: Move, base: Base, cites: Citations, texts: Texts) -> Line:
    before, after = (
        level_name(level, base, texts) for level in (move.before, move.after)
    )
    why, cited = texts("as older votes came to count for less"), ()
    if move.fact:
        why = sentences.fact(move.fact, texts)
        cited = cites.cite(move.fact.sources[:1])
    return Line.labelled(
        called(move.code, texts), f"{before} → {after}: {why}", cites=cited
    )


def movers(
    moves: Sequence[Move],
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
    shown = page_of(moves, page, size=PER_PAGE)
    lines = [_move_line(move, base, cites, texts) for move in shown.rows]
    if not lines:
        nobody = texts("Nobody whose level was known on both days has another one now.")
        lines = [Line(nobody)]
    title = texts("Who changed since {date}", date=texts.date(since))
    counted = texts.many("{n} actor", "{n} actors", len(moves))
    return Answer(
        f"{title} · {among}" if among else title,
        lead=Line(counted),
        sections=(Section("", tuple(lines)),),
        citations=cites.listed(),
        notes=(shown.note(texts), texts("Holds on {date}", date=texts.date(on))),
        on=on,
        actions=shown.turns(f"{key}:{{page}}", texts),
    )
