"""One actor's level over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.alignment.over_time import Stop, changes
from bot.answers import base_words, page_ids, web_pages
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.headline import cause_in_words
from bot.answers.paging import page_of
from bot.answers.sentences import called, level_name, own_note, told_in_a_row
from bot.answers.texts import Texts
from bot.knowledge.facts import Base

TURNS = 7
"""Changes of level on a page."""
_CLAIM = 120
"""Characters of what changed a level."""
_IN_MENU = 12
"""Changes in a menu, each with the day before it."""


def _turn(number: int, stop: Stop, base: Base, cites: Citations, texts: Texts) -> Line:
    """A turn with its number in the picture and the fact that moved the level."""
    fact = stop.cause.told
    why = cause_in_words(stop.cause, stop.on, _CLAIM, base, texts)
    level = level_name(stop.level, base, texts)
    return Line.labelled(
        f"{number} · {texts.date(stop.on)}:",
        f"{level} · {why}",
        cites=cites.cite(fact.sources[:1]) if fact else (),
    )


def _title(code: str, stops: Sequence[Stop], texts: Texts) -> str:
    begin, end = stops[0].on.year, stops[-1].on.year
    years = texts("{begin} to {end}", begin=begin, end=end)
    return f"{called(code, texts)} · {years}"


def _days_menu(code: str, stops: Sequence[Stop], base: Base, texts: Texts) -> Menu:
    """The card on the day of each change, and on the day before it; the newest
    first.
    """
    options: list[Action] = []
    for before, after in reversed(changes(stops)):
        for day, level in (
            (after.on, after.level),
            (after.on - timedelta(days=1), before.level),
        ):
            words = texts(
                "{date}: {level}",
                date=texts.date(day),
                level=level_name(level, base, texts),
            )
            options.append(Action(page_ids.card(code, day), words))
    shown = page_ids.that_fit(options[: 2 * _IN_MENU])
    return Menu("menu:days", texts("Before and after a change"), shown)


def _how_often(turns: int, end: str, texts: Texts) -> str:
    """How often a level turned up to a day."""
    if not turns:
        return texts("No change of level by {date}", date=end)
    return texts.many(
        "{n} change of level by {date}",
        "{n} changes of level by {date}",
        turns,
        date=end,
    )


def timeline(code: str, stops: Sequence[Stop], base: Base, texts: Texts) -> Answer:
    """How a course began, how often it turned, and what turned it last, to stand under
    its picture. ``stops`` has at least one.
    """
    cites = Citations()
    begin, end = stops[0], stops[-1]
    turned = [after for _, after in changes(stops)]
    lines = [
        Line.labelled(f"{texts.date(begin.on)}:", level_name(begin.level, base, texts)),
        Line(_how_often(len(turned), texts.date(end.on), texts)),
    ]
    if turned:
        lines.append(_turn(len(turned), turned[-1], base, cites, texts))
    whole = Citations()
    told = [
        _turn(number, stop, base, whole, texts) for number, stop in enumerate(turned, 1)
    ]
    described = [f"{line.label} {line.text}" for line in (lines[0], *told)]
    title = _title(code, stops, texts)
    every_turn = Action(page_ids.turns(code, end.on), texts("Every change"))
    return Answer(
        title,
        level=end.level,
        sections=(Section("", tuple(lines)),),
        citations=cites.listed(),
        notes=(
            *base_words.facts_as_written(texts),
            *own_note([code], base, texts),
        ),
        on=end.on,
        actions=page_ids.that_fit(
            (
                Action(page_ids.card(code, end.on), texts("The card")),
                *([every_turn] if turned else []),
                Action(page_ids.of_actor("map", code, end.on), texts("Map")),
                Action(page_ids.compare_with([code], end.on), texts("Compare")),
            )
        ),
        menus=(_days_menu(code, stops, base, texts),),
        web=web_pages.actor(code, base, texts),
        linked=True,
        described=told_in_a_row([title, *described], texts),
    )


def turns(
    code: str, stops: Sequence[Stop], base: Base, texts: Texts, *, page: int
) -> Answer:
    """Every change of an actor's level, oldest first, with the fact that moved it.
    ``stops`` has at least one.
    """
    cites = Citations()
    end = stops[-1]
    turned = [after for _, after in changes(stops)]
    shown = page_of(list(enumerate(turned, 1)), page, size=TURNS)
    lines = tuple(
        _turn(number, stop, base, cites, texts) for number, stop in shown.rows
    )
    page_id = page_ids.turns(code, end.on, shown.number)
    nothing = Line(texts("The level has not changed."))
    return Answer(
        _title(code, stops, texts),
        level=end.level,
        sections=(Section("", lines or (nothing,)),),
        citations=cites.listed(),
        notes=(
            *([shown.note(texts)] if shown.count > 1 else []),
            *base_words.facts_as_written(texts),
            *own_note([code], base, texts),
        ),
        on=end.on,
        actions=page_ids.that_fit(
            (
                *shown.turns(page_ids.turns(code, end.on, "{page}"), texts),
                Action(page_ids.timeline(code, end.on), texts("Timeline")),
                Action(page_ids.card(code, end.on), texts("The card")),
                *([sources_button(page_id, texts)] if lines else []),
            )
        ),
        menus=(_days_menu(code, stops, base, texts),),
        web=web_pages.actor(code, base, texts),
        linked=True,
    )
