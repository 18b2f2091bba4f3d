"""A map in words: how many of each class, and the way to all the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers import page_ids, web_pages
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citation, Line, Section
from bot.answers.palette import level_mark
from bot.answers.roster import PER_PAGE, open_menu
from bot.answers.sentences import HELD, in_a_row, marked_names, own_note
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.regions import name_of

_CITED = 4
"""Sources under a map."""


@dataclass(frozen=True, slots=True)
class MapWords:
    """What a map shows: its key, heading and day, and each class's codes by the
    class's id, in the legend's order, with the words for each.
    """

    show: str
    heading: str
    day: date
    classes: Mapping[str, Sequence[str]]
    words: Mapping[str, str]
    citations: tuple[Citation, ...]
    region: str = ""
    marked: str = ""
    """The code of an actor that the map points out, or nobody's."""


def _list_id(shown: MapWords) -> str:
    """The page that lists everybody whom a map shows."""
    kind, _, key = shown.show.partition(":")
    match kind:
        case "vote":
            return page_ids.roll(key, shown.region, "")
        case "bloc":
            return page_ids.bloc(key, shown.day)
        case "measure":
            return page_ids.measure(key, shown.day)
        case _:
            return page_ids.where("all", shown.region, "", shown.day)


def _web(shown: MapWords, texts: Texts) -> str:
    """The page of the site about what a map shows."""
    kind, _, key = shown.show.partition(":")
    match kind:
        case "vote":
            return web_pages.vote(key, texts)
        case "bloc":
            return web_pages.bloc(key, texts)
        case "measure":
            return web_pages.measure(key, texts)
        case _:
            return web_pages.page(web_pages.INDEX, texts)


def _counted(shown: MapWords, base: Base, texts: Texts) -> str:
    """Each class with its count, and its mark where it is a level."""
    parts: list[str] = []
    for key, codes in shown.classes.items():
        if codes:
            mark = level_mark(key, base.conflict) if shown.show == "levels" else ""
            words = texts("{what}: {n}", what=shown.words[key], n=len(codes))
            parts.append(f"{mark}{HELD}{words}" if mark else words)
    return " · ".join(parts)


def _described(shown: MapWords, base: Base, texts: Texts) -> str:
    """Everything that the map shows: first how many of each class, then the names of
    each, the smallest class first.
    """
    smallest = sorted(shown.classes, key=lambda key: len(shown.classes[key]))
    names = [
        texts(
            "{what}: {n}: {names}",
            what=shown.words[key],
            n=len(shown.classes[key]),
            names=marked_names(texts.alphabetical(shown.classes[key]), base, texts),
        )
        for key in smallest
        if shown.classes[key]
    ]
    counts = [
        texts("{what}: {n}", what=shown.words[key], n=len(codes))
        for key, codes in shown.classes.items()
        if codes
    ]
    told = (shown.heading, texts.row(counts), *names)
    return in_a_row(map(texts.sentence, told))


def map_words(shown: MapWords, base: Base, texts: Texts) -> Answer:
    """What stands under a map: its day, how many of each class, and ways on."""
    head = shown.heading
    if shown.region:
        head = f"{head} · {name_of(shown.region, texts.locale)}"
    smallest = sorted(shown.classes.values(), key=len)
    codes = [code for those in smallest for code in texts.alphabetical(those)]
    if shown.marked:
        codes.insert(0, shown.marked)
    citations = shown.citations[:_CITED]
    page_id = page_ids.map_of(shown.show, shown.region, shown.day)
    back: list[Action] = []
    if shown.marked:
        name = texts.name(shown.marked)
        back = [Action(page_ids.card(shown.marked, shown.day), name, "↩️")]
    return Answer(
        head,
        lead=Line(
            texts("Map of {date}", date=texts.date(shown.day)),
            cites=tuple(each.number for each in citations),
        ),
        sections=(Section("", (Line(_counted(shown, base, texts)),)),),
        citations=citations,
        notes=(
            texts("Small states are dots, actors without a shape are diamonds."),
            *own_note(codes, base, texts),
        ),
        on=shown.day,
        actions=page_ids.that_fit(
            (
                *back,
                Action(_list_id(shown), texts("List")),
                *([sources_button(page_id, texts)] if citations else []),
            )
        ),
        menus=(open_menu(codes[:PER_PAGE], shown.day, texts),),
        web=_web(shown, texts),
        linked=True,
        described=_described(shown, base, texts),
    )
