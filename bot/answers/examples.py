"""What help and commands take their examples from: actors, a roll call, a bloc and a
day of the base in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice

from bot.answers import base_words
from bot.answers.texts import Texts
from bot.knowledge.documents import Vote
from bot.knowledge.facts import Base
from bot.names.index import flag
from bot.names.newest import newest_first

NOTHING = "…"
"""Stands for an example that the base has none of."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What a base is asked about."""

    actors: tuple[str, ...]
    """Four codes; fewer actors come again."""
    day: date
    """A day on which something was voted, or on which it began."""
    vote: str
    """A roll call's symbol."""
    bloc: str
    """A bloc's id; empty for a base without any."""


def _vote(base: Base) -> Vote | None:
    """The roll call that the base names, or its first since it began."""
    named = base.conflict.example_vote
    if named:
        return base.votes[named]
    began = base.conflict.began.first
    since = [vote for vote in base.votes.values() if vote.date.first >= began]
    return min(since, key=lambda vote: vote.date.first, default=None)


def _recent(base: Base) -> tuple[str, ...]:
    """Whom a base's newest facts are about, the parties left out."""
    parties = base.conflict.parties
    return tuple(code for code in newest_first(base) if code not in parties)


def examples_of(base: Base) -> Examples:
    """What this base is asked about, as its conflict says, or else whom its newest
    facts are about.
    """
    conflict = base.conflict
    codes = conflict.examples or _recent(base) or tuple(base.countries)
    vote = _vote(base)
    return Examples(
        actors=tuple(islice(cycle(codes), 4)),
        day=vote.date.first if vote else conflict.began.first,
        vote=vote.symbol if vote else NOTHING,
        bloc=conflict.example_bloc or next(iter(base.blocs), ""),
    )


def typed(code: str, texts: Texts) -> str:
    """An actor's name as somebody would type it."""
    return texts.name(code).lower()


def spellings(code: str, texts: Texts) -> str:
    """The ways to name an actor, in a row: name, code, flag."""
    ways = (typed(code, texts), code, flag(code))
    return texts.row(dict.fromkeys(way for way in ways if way))


def bloc_name(examples: Examples, base: Base, texts: Texts) -> str:
    """The name of the bloc that is asked about."""
    if not examples.bloc:
        return NOTHING
    return base_words.bloc_name(base.blocs[examples.bloc], texts)


def day_spellings(day: date, texts: Texts) -> dict[str, str]:
    """A day as it may be typed, by the placeholders of messages about days: ``year``,
    ``month``, ``day``, ``dotted`` and ``written``.
    """
    return {
        "year": str(day.year),
        "month": day.isoformat()[:7],
        "day": day.isoformat(),
        "dotted": day.strftime("%d.%m.%Y"),
        "written": texts.written_date(day),
    }
