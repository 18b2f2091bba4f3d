"""From follows of one channel to one message: what each was not told yet, together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.alignment.changes import Changes, ToldLevels, news
from bot.commands.follow.kinds import ActorsKind, Followed
from bot.knowledge.facts import Base
from bot.store.follows import Due, Told

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ServedEdition:
    """The edition that is served, and the keys of what is new in it since each earlier
    one.
    """

    number: int
    added_since: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a follow has to be told, and what it was told then."""

    news: Changes
    told: Told
    is_new_edition: bool = False


def _own_added(base: Base, codes: Iterable[str], entry: int) -> set[str]:
    """The keys of a server's own facts whose entries came after that one."""
    return {
        f"{code}|{event}|0"
        for code in codes
        if code in base.added
        for event, number in base.added[code].numbers.items()
        if number > entry
    }


def _newest_entry(base: Base) -> int:
    numbers = (n for each in base.added.values() for n in each.numbers.values())
    return max(numbers, default=0)


def told_now(
    thing: Followed,
    base: Base,
    on: date,
    levels: Mapping[str, str],
    *,
    edition: int,
    entry: int,
    guild_revision: int,
) -> Told:
    """What counts as told once everything up to now was."""
    kept: Mapping[str, str] = {}
    if isinstance(thing.kind, ActorsKind):
        try:
            codes = thing.kind.kept(thing.key, base, on)
        except KeyError:
            codes = ()
        kept = {code: levels[code] for code in codes}
    return Told(edition, entry, guild_revision, on, kept)


def found(
    due: Due,
    thing: Followed,
    base: Base,
    on: date,
    levels: Mapping[str, str],
    edition: ServedEdition,
) -> Found:
    """What a follow of actors has to be told; nothing for one of another kind."""
    then, kind = due.follow.told, thing.kind
    on = max(on, then.day)
    told = told_now(
        thing,
        base,
        on,
        levels,
        edition=edition.number,
        entry=max(then.entry, _newest_entry(base)),
        guild_revision=due.guild_revision,
    )
    if not told.levels or not isinstance(kind, ActorsKind):
        # It is about something that there is no longer.
        return Found(Changes(then.day, on), replace(told, levels=then.levels))
    codes = list(kind.about(thing.key, base, then.levels, told.levels))
    added = edition.added_since[then.edition] | _own_added(base, codes, then.entry)
    there = news(
        base,
        ToldLevels(then.day, then.levels),
        added,
        on=on,
        codes=codes,
        levels=told.levels,
    )
    is_new = kind.tells_editions and edition.number > then.edition
    return Found(there, told, is_new)


def _each_once(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> tuple[Row, ...]:
    return tuple({key(row): row for row in rows}.values())


def together(parts: Sequence[Changes]) -> Changes:
    """What several follows of one channel have to be told, each change once; at least
    one.
    """
    return Changes(
        min(part.since for part in parts),
        max(part.on for part in parts),
        _each_once((row for part in parts for row in part.moves), lambda row: row.code),
        _each_once(
            (row for part in parts for row in part.facts),
            lambda row: (row.code, row.fact.ref, row.fact.begins),
        ),
        _each_once((row for part in parts for row in part.votes), lambda row: row.id),
        _each_once(
            (row for part in parts for row in part.ended),
            lambda row: (row.code, row.fact.ref, row.fact.begins),
        ),
    )
