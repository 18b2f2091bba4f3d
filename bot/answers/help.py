"""How to ask, and what is said to somebody whose question was not understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel.dates import format_date

from bot.answers.document import Action, Answer, Line
from bot.answers.examples import day_spellings, examples_of
from bot.answers.sentences import shortened
from bot.answers.texts import Texts, english
from bot.knowledge.dates import AmbiguousDay, DayRefusal
from bot.knowledge.facts import Base
from bot.names.index import flag


def help_page(base: Base, texts: Texts) -> Answer:
    """Examples to copy, about actors, a side and days of this base."""
    examples, conflict = examples_of(base), base.conflict
    first, second, past, private = examples.actors
    day = day_spellings(examples.day, english())

    def typed(code: str) -> str:
        return base.countries[code].names.short.casefold()

    rows = (
        (
            f"/ally country:{typed(first)}",
            texts("where {name} stands today", name=texts.name(first)),
        ),
        (
            f"/ally country:{flag(second) or second}",
            texts("a code, a flag or a name in your language does too"),
        ),
        (
            f"/ally country:{typed(past)} on:{day['day']}",
            texts(
                "where it stood on that day; {year}, {month} and {day} are read",
                year=day["year"],
                month=day["month"],
                day=day["written"],
            ),
        ),
        (
            f"/ally country:{typed(private)} private:True",
            texts("only you see the answer"),
        ),
        (
            f"/compare first:{typed(first)} second:{typed(second)}",
            texts(
                "countries side by side; Compare, Timeline and Map are also "
                "buttons under an answer"
            ),
        ),
        (
            f"/where side:{conflict.sides[0].id} since:{conflict.began.year}",
            texts("who is on which side, or who has changed since a day"),
        ),
        (
            "/bloc · /vote · /forecast",
            texts("a bloc, a roll call, a forecast and what came of it"),
        ),
        (
            "/map · /timeline",
            texts("pictures, with everything they show in words"),
        ),
        (
            texts("Where do they stand?"),
            texts("under Apps on a message: the countries it names"),
        ),
        (
            f"/suggest country:{typed(first)}",
            texts(
                "propose a fact with its source to this server's moderators; also "
                "under Apps on any message"
            ),
        ),
        (
            f"/entry add country:{typed(first)}",
            texts(
                "for moderators: add a fact of this server's own; you see the card "
                "before it is published"
            ),
        ),
        (
            "/entry history · /entry undo",
            texts("for moderators: what changed an entry, and taking it back"),
        ),
        ("/entry review", texts("for moderators: what members have proposed")),
        ("/settings", texts("who moderates, where Ally reports, who sees answers")),
        ("/privacy", texts("what is stored about you; export it or be forgotten")),
        ("/about", texts("what Ally is, its base, and how to report a mistake")),
    )
    return Answer.plain(
        texts("How to ask"),
        texts(
            "Ask where a country stands. Buttons under the answer show every fact "
            "behind it."
        ),
        lines=(Line.labelled(command, about) for command, about in rows),
    )


def not_found(
    query: str,
    codes: tuple[str, ...],
    base: Base,
    on: date | None,
    texts: Texts,
    *,
    private: bool,
) -> Answer:
    """A kind refusal with up to five suggestions."""
    shown = shortened(query, 60)
    when = on.isoformat() if on else "-"
    actions = tuple(
        Action(f"ally:ask:{code}:{when}:{int(private)}", texts.name(code))
        for code in codes[:5]
        if code in base.countries
    )
    if actions:
        lead = texts(
            "“{query}” could be more than one, or is not quite a name I know. Did "
            "you mean:",
            query=shown,
        )
    else:
        lead = texts(
            "I know no country called “{query}”. Try its English name, its "
            "two-letter code or its flag.",
            query=shown,
        )
    return Answer.plain(texts("Which country?"), lead, actions=actions)


def too_fast(seconds: int, texts: Texts) -> Answer:
    """For somebody who asks again before the server's cooldown is over."""
    lead = texts.many(
        "Ask again in {n} second; this server spaces questions out.",
        "Ask again in {n} seconds; this server spaces questions out.",
        seconds,
    )
    return Answer.plain(texts("A moment, please"), lead)


def bad_date(text: str, texts: Texts, refusal: DayRefusal, *, first: date) -> Answer:
    """Why a text names no day that can be asked about; ``first`` is the base's first
    day.
    """
    shown = shortened(text, 40)
    match refusal:
        case DayRefusal.FUTURE:
            lead = texts(
                "“{date}” is in the future; Ally knows only what has happened.",
                date=shown,
            )
        case DayRefusal.EARLY:
            lead = texts(
                "“{date}” is too early; what Ally knows begins on {first}.",
                date=shown,
                first=texts.date(first),
            )
        case DayRefusal.UNREADABLE:
            lead = texts(
                "“{date}” is not a date that I can read. Write {year}, {month}, {day}, "
                "{dotted} or {written}, or yesterday, last week, last month or last "
                "year.",
                date=shown,
                **day_spellings(first, texts),
            )
    return Answer.plain(texts("Which day?"), lead)


def which_day(
    text: str,
    ambiguous: AmbiguousDay,
    texts: Texts,
    *,
    key: Callable[[date], str],
) -> Answer:
    """A question back where a text may mean two days; ``key`` is the custom id of the
    button that asks for one of them, empty where there can be none.
    """
    days = [each.first for each in ambiguous.days]
    names = {day: format_date(day, "long", locale=texts.locale) for day in days}
    lead = texts("“{date}” can be read in two ways.", date=shortened(text, 40))
    lines = [
        Line(texts("{day}: write {typed}", day=names[day], typed=day.isoformat()))
        for day in days
    ]
    actions = [Action(key(day), names[day]) for day in days if key(day)]
    return Answer.plain(texts("Which day?"), lead, lines=lines, actions=actions)
