"""How to ask, and what is said to somebody whose question was not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.answers import page_ids
from bot.answers.document import Action, Answer, Line, Menu, Section
from bot.answers.examples import Examples, day_spellings, examples_of, typed
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.knowledge.dates import AmbiguousDay, DayRefusal
from bot.knowledge.facts import Base
from bot.names.index import flag

_LATELY = timedelta(days=30)
"""How far back the example of what has changed looks."""


def help_page(base: Base, texts: Texts, on: date) -> Answer:
    """What can be asked, on one screen of a phone, with buttons that ask it on this day
    about actors and days of this base.
    """
    examples = examples_of(base)
    today, past, *others = example_buttons(base, texts)
    lines = tuple(
        Line.labelled(command, about)
        for command, about in _commands(examples, base, texts)
    )
    return Answer(
        texts("How to ask"),
        lead=Line(texts("Press an example, or type a command.")),
        sections=(Section("", lines),),
        actions=(today, past),
        menus=(
            Menu(
                "menu:examples",
                texts("More examples"),
                (*others, *_more_examples(base, texts, on)),
            ),
        ),
    )


def _more_examples(base: Base, texts: Texts, on: date) -> tuple[Action, ...]:
    """Choices that search, tell what is new, and ask a question of the quiz."""
    examples = examples_of(base)
    words = f"{typed(examples.actors[1], texts)} {examples.day.year}"
    since = max(on - _LATELY, base.first_day)
    return page_ids.that_fit(
        (
            Action(
                page_ids.search(words, on), texts("Search: {words}", words=words), "🔎"
            ),
            Action(
                page_ids.changes("all", "", "", since, on), texts("What is new"), "🆕"
            ),
            Action("quiz:next:", texts("Quiz"), "❓"),
        )
    )


def _commands(
    examples: Examples, base: Base, texts: Texts
) -> tuple[tuple[str, str], ...]:
    """Commands that are alike together, with what they are for."""
    side, day = base.conflict.sides[0].id, examples.day.isoformat()
    return (
        (
            texts.commands("/ally country:") + typed(examples.actors[0], texts),
            texts("where a country stands; a flag will do too"),
        ),
        (texts.commands("… on:") + day, texts("where it stood on that day")),
        (texts.commands("/where side:") + side, texts("everyone on one side")),
        (
            texts.commands("/vote, /bloc, /forecast"),
            texts("votes, alliances, and forecasts"),
        ),
        (
            texts.commands("/compare, /map, /timeline"),
            texts("side by side, and as pictures"),
        ),
        (
            texts.commands("/search, /source, /changes"),
            texts("facts by words, by source, by date"),
        ),
        (
            texts.commands("/quiz, /brief"),
            texts("a question to answer, a page to print"),
        ),
        (
            texts.keyed("menu.mentions.name", "Where do they stand?"),
            texts("under Apps on a message: the countries it names"),
        ),
        (texts.commands("/suggest"), texts("send a fact to this server's moderators")),
        (texts.commands("/follow, /entry, /settings"), texts("for moderators")),
        (
            texts.commands("/privacy, /about, /invite"),
            texts("your data, what Ally is, and how to add it"),
        ),
    )


def example_buttons(base: Base, texts: Texts) -> tuple[Action, ...]:
    """Buttons that ask the examples; only the presser sees the answers."""
    examples = examples_of(base)
    first, second, third, _ = examples.actors
    day = examples.day
    return (
        Action(f"ally:ask:{first}:-:1", texts.name(first), flag(first)),
        Action(
            f"ally:ask:{second}:{day.isoformat()}:1",
            texts("{name}, {day}", name=texts.name(second), day=texts.date(day)),
            flag(second),
        ),
        Action(
            f"again:compare:1:|{first}|{second}",
            texts(
                "{first} and {second}",
                first=texts.name(first),
                second=texts.name(second),
            ),
            "⚖️",
        ),
        Action(
            f"ally:timeline:{third}:-:1",
            texts("Timeline: {name}", name=texts.name(third)),
            "📈",
        ),
        Action("again:map:1:levels|||dark", texts("Map"), "🗺️"),
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
        Action(f"ally:ask:{code}:{when}:{int(private)}", texts.name(code), flag(code))
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
            "I know no state or breakaway entity called “{query}”. Try an English "
            "name, a flag or a two-letter code.",
            query=shown,
        )
    answer = Answer.plain(texts("Which country?"), lead, actions=actions)
    return with_examples(answer, base, texts)


def no_actor(query: str, names: Sequence[str], texts: Texts) -> str:
    """That a name is nobody's, with names that may have been meant."""
    shown = shortened(query, 60)
    if not names:
        return texts("“{query}” is no country I know.", query=shown)
    return texts(
        "“{query}” is not quite a name I know. Did you mean {names}?",
        query=shown,
        names=texts.row(names),
    )


def none_of(query: str, what: str, texts: Texts) -> str:
    """That a text is nothing that a list has; ``what`` names what stands in it."""
    return texts(
        "“{query}” is none of the {what} that I know; choose one from the list.",
        query=shortened(query, 60),
        what=what,
    )


def too_fast(seconds: int, texts: Texts) -> Answer:
    """For somebody who asks again before the server's cooldown is over."""
    lead = texts.many(
        "Ask again in {n} second. This server has a waiting time.",
        "Ask again in {n} seconds. This server has a waiting time.",
        seconds,
    )
    return Answer.plain(texts("A moment, please"), lead)


def bad_date(
    text: str,
    texts: Texts,
    refusal: DayRefusal,
    *,
    first: date,
    actions: Sequence[Action] = (),
) -> Answer:
    """Why a text names no day that can be asked about; ``first`` is the base's first
    day, ``actions`` ask about others.
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
    return Answer.plain(texts("Which day?"), lead, actions=actions)


def day_buttons(
    days: Iterable[date], texts: Texts, key: Callable[[date], str]
) -> tuple[Action, ...]:
    """A button for each day; ``key`` is its custom id, empty where there can be
    none.
    """
    return tuple(Action(key(day), texts.long_date(day)) for day in days if key(day))


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
    names = {day: texts.long_date(day) for day in days}
    lead = texts("“{date}” can be read in two ways.", date=shortened(text, 40))
    lines = [
        Line(texts("{day}: write {typed}", day=names[day], typed=day.isoformat()))
        for day in days
    ]
    actions = day_buttons(days, texts, key)
    return Answer.plain(texts("Which day?"), lead, lines=lines, actions=actions)


def with_examples(answer: Answer, base: Base, texts: Texts) -> Answer:
    """A page that leads on: with the buttons of *How to ask* where it has no others."""
    if answer.actions or any(menu.options for menu in answer.menus):
        return answer
    return replace(answer, actions=example_buttons(base, texts))
