"""The lines of a card that tell one deed: the fullest way to say it that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from bot.alignment.assessment import PillarScore
from bot.answers import base_words, sentences
from bot.answers.document import Citations, Line
from bot.answers.headline import day_of, in_full, in_short, is_as_written
from bot.answers.screen import rows_of, seen
from bot.answers.sentences import leaning_side
from bot.answers.texts import Texts
from bot.knowledge.documents import Grade, Source
from bot.knowledge.facts import Base, Fact


def best_source(sources: Sequence[Source]) -> Source:
    """The source with the best grade, the first among equals."""
    grades = get_args(Grade)
    return min(sources, key=lambda source: grades.index(source.grade))


def cited_best(fact: Fact, cites: Citations) -> tuple[int, ...]:
    """The number of a fact's best source."""
    return cites.cite([best_source(fact.sources)])


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a fact, the same without its day, and how many lines of the screen
    it takes behind its line's label.
    """

    fact: Fact
    text: str
    words: str
    rows: int


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line and the fact that it tells; None where it has no words for it."""

    line: Line
    fact: Fact | None
    is_as_written: bool = False
    """Whether it has words in which the fact was written."""


def _way(fact: Fact, text: str, words: str, bare: Line) -> Way:
    """A way to say a fact on a line of which all else is given."""
    line = Line(text, label=bare.label, side=bare.side, cites=(1,))
    return Way(fact, text, words, rows_of(seen(line)))


def ways_to_say(
    fact: Fact, bare: Line, base: Base, texts: Texts, *, own: bool
) -> list[Way]:
    """Ways to say a fact on a line, the best first: with its day before without.
    ``own`` are in words of its own or of its list, the others in those of its kind of
    deed; ``bare`` is the line without it.
    """
    when = day_of(fact, base, texts)
    ways = in_full(fact, base, texts) if own else in_short(fact, base, texts)
    dated = [
        _way(fact, texts("{text} ({date})", text=way, date=when), way, bare)
        for way in ways
    ]
    plain = [_way(fact, way, way, bare) for way in ways]
    if own:
        return [*dated, *plain]
    return [way for pair in zip(dated, plain, strict=True) for way in pair]


ALIKE = 0.75
"""Part of the points of a pillar's strongest deed from which another one may be told in
its place, where only the other one has words that fit.
"""


def _telling(pillar: PillarScore) -> list[Fact]:
    """The deeds of which a pillar's line may tell one, the strongest first."""
    strongest, *others = pillar.strongest
    return [
        strongest.fact,
        *(
            each.fact
            for each in others
            if each.points * strongest.points > 0
            and abs(each.points) >= ALIKE * abs(strongest.points)
        ),
    ]


def _pillar_ways(
    pillar: PillarScore, bare: Line, base: Base, texts: Texts
) -> list[Way]:
    """Ways to say what was done behind a pillar's bar, the best first: in words of its
    own before those of its kind of deed.
    """
    return [
        way
        for own in (True, False)
        for fact in _telling(pillar)
        for way in ways_to_say(fact, bare, base, texts, own=own)
    ]


def repeats(words: str, said: str) -> bool:
    """Whether words stand in what was said before; a word or two, which only name a
    kind of deed, may stand again.
    """
    return len(words.split()) > 2 and words.casefold() in said.casefold()


def fitted(ways: Sequence[Way], rows: int, said: str) -> Way | None:
    """The first way that fits in so many lines of the screen, or in as few as any does,
    and that ``said`` does not say already.
    """
    for way in ways:
        if way.rows <= rows and not repeats(way.words, said):
            return way
    new = [way for way in ways if way.rows > rows and not repeats(way.words, said)]
    return min(new, key=lambda way: way.rows, default=None)


@dataclass(frozen=True, slots=True)
class PillarWords:
    """A pillar, its line without a deed, and the ways to tell one, the best first."""

    pillar: PillarScore
    bare: Line
    ways: Sequence[Way]


def pillar_words(pillar: PillarScore, base: Base, texts: Texts) -> PillarWords:
    """All that a card may say of a pillar with facts, however full it is."""
    filled = sentences.filled(pillar.score)
    side = leaning_side(pillar.score, base.conflict, texts)
    words = side
    if filled:
        words = texts("{n} of {most} {side}", n=filled, most=sentences.BAR, side=side)
    bare = Line(
        "",
        label=base_words.pillar_name(pillar.pillar, base.conflict, texts),
        bar=filled,
        side=words,
    )
    return PillarWords(pillar, bare, _pillar_ways(pillar, bare, base, texts))


def pillar_line(
    words: PillarWords, rows: int, said: str, cites: Citations, *, terse: bool = False
) -> ToldLine:
    """A pillar: how far it leans, and in so many lines its one most telling deed; none
    in no lines. ``terse`` leaves it out where it needs more lines than ``rows`` or is
    told in words as written.
    """
    bare, ways = words.bare, words.ways if rows else ()
    if terse:
        ways = [
            way
            for way in ways
            if way.rows <= rows and not is_as_written(way.words, way.fact)
        ]
    way = fitted(ways, rows, said)
    if way is None:
        fact = words.pillar.strongest[0].fact
        return ToldLine(replace(bare, cites=cited_best(fact, cites)), None)
    line = replace(bare, text=way.text, cites=cited_best(way.fact, cites))
    return ToldLine(line, way.fact, is_as_written(way.words, way.fact))
