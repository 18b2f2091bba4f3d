"""One actor's level over time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.alignment.over_time import Stop, changes
from bot.answers import sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.sentences import called, level_name, own_note
from bot.answers.texts import Texts
from bot.knowledge.facts import Base

_FIRST_TURNS, _LAST_TURNS = 2, 7
"""Of many turns, how many of the oldest and of the newest are told."""


def _level(stop: Stop, base: Base, texts: Texts) -> str:
    return f"{level_name(stop.level, base, texts)} ({stop.score:+.2f})"


def _turn(number: int, stop: Stop, base: Base, cites: Citations, texts: Texts) -> Line:
    """A turn with its number in the picture and the fact that moved the level."""
    label, text = f"{number} · {texts.date(stop.on)}", _level(stop, base, texts)
    if not stop.facts:
        return Line.labelled(label, text)
    fact = stop.facts[0]
    claim = sentences.fact(fact, texts, dated=False).removesuffix(".")
    if fact.ends == stop.on:
        over = fact.lapsed(stop.on)
        claim = (
            texts("no longer counts: {fact}", fact=claim)
            if over
            else texts("ended: {fact}", fact=claim)
        )
    return Line.labelled(label, f"{text}: {claim}", cites=cites.cite(fact.sources[:1]))


def timeline(code: str, stops: Sequence[Stop], base: Base, texts: Texts) -> Answer:
    """The turns of a course as text, oldest first: what the picture shows and each fact
    that moved it. ``stops`` has at least one.
    """
    cites = Citations()
    begin, end = stops[0], stops[-1]
    lines = [Line.labelled(texts.date(begin.on), _level(begin, base, texts))]
    turns = [stop for _, stop in changes(stops)]
    skipped = max(0, len(turns) - _FIRST_TURNS - _LAST_TURNS)
    for number, stop in enumerate(turns, 1):
        if number == _FIRST_TURNS + 1 and skipped:
            more = texts.many("… {n} turn more", "… {n} turns more", skipped)
            lines.append(Line(more))
        if not _FIRST_TURNS < number <= _FIRST_TURNS + skipped:
            lines.append(_turn(number, stop, base, cites, texts))
    lines.append(Line.labelled(texts.date(end.on), _level(end, base, texts)))
    years = texts("{begin} to {end}", begin=begin.on.year, end=end.on.year)
    notes = own_note([code], base, texts)
    return Answer(
        f"{called(code, texts)} · {years}",
        level=end.level,
        sections=(Section("", tuple(lines)),),
        citations=cites.listed(),
        notes=tuple(notes),
        on=end.on,
    )
