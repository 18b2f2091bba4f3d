"""Facts and roll calls in a list: a line for each, and the menu that opens them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers import base_words, page_ids, sentences
from bot.answers.document import Action, Citations, Line, Menu
from bot.answers.screen import WIDTH, rows_of, seen
from bot.answers.sentences import called, shortened
from bot.answers.texts import Texts
from bot.knowledge.documents import Source, Vote
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.names.index import flag
from bot.search.index import Item
from bot.search.words import terms_of

_LINES = 3
"""Lines of a phone's screen for a fact."""
_STEP = 6
"""Characters by which a sentence is shortened until it fits."""
_CITED = 2
"""Sources of a fact that are cited."""
_ROLL = "🗳️"


def row_of(
    item: Item, sources: Sequence[Source], cites: Citations, texts: Texts
) -> Line:
    """Actor, day and sentence in three lines of a phone, with the first two of these
    sources; of a roll call its short name and its count.
    """
    what = item.what
    if isinstance(what, Vote):
        name, text = f"{_ROLL} {base_words.vote_short(what, texts)}", _roll(what, texts)
    else:
        name = called(item.code, texts)
        text = _said(what, texts)
    label = texts("{name}, {date}:", name=name, date=texts.date(item.date))
    numbers = cites.cite(sources[:_CITED])
    ways = (
        Line.labelled(label, _cut(text, room), cites=numbers)
        for room in range(_LINES * WIDTH, WIDTH, -_STEP)
    )
    shortest = Line.labelled(label, _cut(text, WIDTH), cites=numbers)
    return next((way for way in ways if rows_of(seen(way)) <= _LINES), shortest)


def _said(fact: Fact, texts: Texts) -> str:
    """A fact's sentence; of a part in a list its own words, where they say all that the
    list's name does.
    """
    if fact.kind == "measure" and set(terms_of(fact.text)) <= set(
        terms_of(fact.detail)
    ):
        return fact.detail
    return sentences.fact(fact, texts, dated=False)


def _cut(text: str, room: int) -> str:
    """A text's beginning, which ends with a whole word and *…*."""
    line = shortened(text, room)
    if line == text or " " not in line:
        return line
    return f"{line.rpartition(' ')[0].rstrip(',;:–')}…"


def _roll(vote: Vote, texts: Texts) -> str:
    tally = vote.tally
    return texts(
        "{yes} yes, {no} no, {abstain} abstaining. {title}",
        yes=tally.yes,
        no=tally.no,
        abstain=tally.abstain,
        title=vote.title,
    )


def _day_of(item: Item, on: date, base: Base) -> date:
    """The day on whose card a fact stands: on which it surely holds."""
    begins = item.what.begins if isinstance(item.what, Fact) else item.date.last
    return min(on, max(begins, base.first_day))


def open_menu(items: Sequence[Item], on: date, base: Base, texts: Texts) -> Menu:
    """A menu that opens the card of each actor on the day of its fact and on a day,
    and roll calls; of at most a dozen items.
    """
    options: dict[str, Action] = {}
    for item in items:
        what = item.what
        if isinstance(what, Vote):
            page_id = page_ids.roll(what.id, "", "")
            label, mark = base_words.vote_short(what, texts), _ROLL
        else:
            day = _day_of(item, on, base)
            page_id, mark = page_ids.card(item.code, day), flag(item.code)
            label = texts(
                "{name}, {day}", name=texts.name(item.code), day=texts.date(day)
            )
        options.setdefault(page_id, Action(page_id, label, mark))
    for code in dict.fromkeys(each.code for each in items if each.code):
        page_id = page_ids.card(code, on)
        label = texts("{name}, {day}", name=texts.name(code), day=texts.date(on))
        options.setdefault(page_id, Action(page_id, label, flag(code)))
    return Menu(
        "menu:open", texts("Open one"), page_ids.that_fit(tuple(options.values()))
    )
