"""Maps of levels, of a roll call, of a bloc or of a measure: a sheet to draw, and the
same as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.alignment.over_time import standings
from bot.alignment.rubric import PARTY, UNKNOWN
from bot.answers import sentences
from bot.answers.base_words import bloc_name, measure_name, once
from bot.answers.document import Answer, Citation, Citations
from bot.answers.map_words import MapWords, map_words
from bot.answers.sentences import (
    ballot_names,
    level_name,
    level_tones,
)
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS
from bot.names.regions import name_of, within
from bot.pictures import sheet as styles
from bot.pictures.sheet import Class, Look, Sheet

_METHOD = "method"
"""Stands for the base and its method as the source of a map."""
_TITLE = 90
"""Characters of a heading that fit a picture's width on two lines."""


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map to draw, and the Answer that says everything that it shows."""

    sheet: Sheet
    answer: Answer


@dataclass(frozen=True, slots=True)
class MapContent:
    """What one kind of map shows, in no language yet."""

    heading: Callable[[Texts], str]
    """Its title in a language."""
    day: date
    source: str
    """Who says so, for the picture's second line; empty where the sources are cited
    beside the picture.
    """
    looks: Mapping[str, Look]
    """Each class's look by its id, in the legend's order."""
    label: Callable[[str, Texts], str]
    """A class's words from its id."""
    of: Mapping[str, str]
    """Each code's class."""
    citations: tuple[Citation, ...] = ()


def shows(base: Base, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Everything that a map can show: its key and its words."""
    votes = sorted(
        base.votes.values(), key=lambda v: (v.date.first, v.symbol), reverse=True
    )
    return (
        ("levels", texts("Levels")),
        *((f"vote:{v.id}", f"{v.symbol} · {v.date} · {v.title}") for v in votes),
        *((f"bloc:{b.id}", bloc_name(b, texts)) for b in base.blocs.values()),
        *((f"measure:{m.id}", measure_name(m, texts)) for m in base.measures.values()),
    )


def _levels(base: Base, on: date) -> MapContent:
    tones = level_tones(base.conflict)
    looks = {level: styles.TONES[tone] for level, tone in tones.items()}
    return MapContent(
        partial(once, "conflict.name", base.conflict),
        on,
        _METHOD,
        {**looks, PARTY: styles.PARTY, UNKNOWN: styles.UNKNOWN},
        lambda level, texts: level_name(level, base, texts),
        {each.code: each.level for each in standings(base, on=on)},
    )


def _vote(key: str, base: Base) -> MapContent:
    vote, cites = base.votes[key], Citations()
    cites.cite(vote.sources)

    def label(ballot: str, texts: Texts) -> str:
        names = ballot_names(texts)
        return names.get(ballot) or texts("Not in this roll call")

    of = dict.fromkeys(base.countries, "none")
    for ballot in BALLOTS:
        of |= dict.fromkeys(vote.roll(ballot), ballot)
    return MapContent(
        lambda _: f"{vote.symbol}: {vote.title}",
        vote.date.first,
        vote.sources[0].publisher,
        styles.BALLOTS,
        label,
        of,
        cites.listed(),
    )


def _bloc(key: str, base: Base, on: date) -> MapContent:
    bloc, cites = base.blocs[key], Citations()

    def label(standing: str, texts: Texts) -> str:
        if standing == "out":
            return texts("Not in it")
        return sentences.standing(standing, texts)

    of = dict.fromkeys(base.countries, "out")
    for seat in bloc.members:
        begun = seat.since.first <= on
        ended = seat.until is not None and seat.until.last <= on
        if begun and (not ended or seat.standing == "left"):
            of[seat.code] = seat.standing
            cites.cite(bloc.sources[each] for each in seat.cite[:1])
    return MapContent(
        partial(bloc_name, bloc),
        on,
        "",
        styles.STANDINGS,
        label,
        of,
        cites.listed(),
    )


def _measure(key: str, base: Base, on: date) -> MapContent:
    measure, cites = base.measures[key], Citations()

    def label(part: str, texts: Texts) -> str:
        return texts("Takes part") if part == "in" else texts("Nothing listed")

    of = dict.fromkeys(base.countries, "out")
    ref = f"measure:{measure.id}"
    for part in measure.parts:
        if any(fact.ref == ref and fact.holds(on) for fact in base.facts(part.code)):
            of[part.code] = "in"
            cites.cite(measure.sources[each] for each in part.cite[:1])
    return MapContent(
        partial(measure_name, measure),
        on,
        "",
        styles.PARTS,
        label,
        of,
        cites.listed(),
    )


def _content(show: str, base: Base, on: date) -> MapContent:
    kind, _, key = show.partition(":")
    match kind:
        case "levels":
            return _levels(base, on)
        case "vote":
            return _vote(key, base)
        case "bloc":
            return _bloc(key, base, on)
        case "measure":
            return _measure(key, base, on)
        case _:
            raise KeyError(show)


def _source(content: MapContent, texts: Texts) -> str:
    """Who says what a map shows, in the reader's language."""
    if content.source == _METHOD:
        return texts("Ally's base, by its published method")
    return content.source or texts("sources cited under the picture")


def _sheet(
    content: MapContent,
    of: Mapping[str, str],
    counts: Mapping[str, int],
    base: Base,
    texts: Texts,
    *,
    region: str,
    mark: str,
) -> Sheet:
    place = f"{name_of(region, texts.locale)}, " if region else ""
    classes = tuple(
        Class.looking(each, content.label(each, texts), counts[each], look)
        for each, look in content.looks.items()
        if counts[each] or each in {"no", "yes"}
    )
    borders = texts("Borders: Natural Earth. A border is no position.")
    if base.conflict.borders:
        borders = once("conflict.borders", base.conflict, texts)
    return Sheet(
        sentences.shortened(content.heading(texts), _TITLE),
        f"{place}{texts.date(content.day)} · {_source(content, texts)}",
        classes,
        of,
        borders,
        focus=frozenset(of if region else ()),
        mark=mark,
        locale=texts.locale,
    )


def _answer(
    content: MapContent,
    of: Mapping[str, str],
    base: Base,
    texts: Texts,
    *,
    show: str,
    region: str,
    mark: str,
) -> Answer:
    classes = {key: [c for c in of if of[c] == key] for key in content.looks}
    shown = MapWords(
        show,
        content.heading(texts),
        content.day,
        classes,
        {key: content.label(key, texts) for key in content.looks},
        content.citations,
        region,
        mark,
    )
    return map_words(shown, base, texts)


def picture(
    show: str,
    base: Base,
    texts: Texts,
    *,
    on: date,
    region: str = "",
    mark: str = "",
) -> MapPicture:
    """The map that ``show`` names (see ``shows``), on a day, of the world or a region.

    Raises KeyError for a map or region that there is not.
    """
    content = _content(show, base, on)
    of = content.of
    if region:
        inside = within(region)
        of = {code: each for code, each in of.items() if code in inside}
    counts = dict.fromkeys(content.looks, 0) | Counter(of.values())
    sheet = _sheet(content, of, counts, base, texts, region=region, mark=mark)
    answer = _answer(content, of, base, texts, show=show, region=region, mark=mark)
    return MapPicture(sheet, answer)
