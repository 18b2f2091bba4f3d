"""What has changed since a day: counted, then listed kind by kind, each with a way to
its actor or roll call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.alignment.causes import Cause
from bot.alignment.changes import PERIODS, Changes, period_begin
from bot.alignment.over_time import Move
from bot.answers import base_words, page_ids
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.headline import brief, cause_in_words
from bot.answers.paging import Page, page_of
from bot.answers.sentences import called, level_name, own_note
from bot.answers.texts import Texts
from bot.answers.where import filters
from bot.knowledge.base_changes import ActorFact
from bot.knowledge.documents import Vote
from bot.knowledge.facts import Base

VIEWS = ("all", "levels", "facts", "votes", "ended")
"""The lists of a page; ``all`` is the first that is not empty."""
ROWS = 4
"""Changes on a page."""
_CLAIM = 70
"""Characters of a fact in a list."""

Row = Move | ActorFact | Vote


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes a page lists: of a region and of a bloc, each empty for everybody,
    after one day up to another.
    """

    view: str
    region: str
    bloc: str
    since: date
    on: date

    def page_id(self, page: int | str = 1, **other: str) -> str:
        """The custom id of a page of this list, or of the same with another view."""
        view = other.get("view", self.view)
        return page_ids.changes(view, self.region, self.bloc, self.since, self.on, page)


def move(row: Move, base: Base, cites: Citations, texts: Texts) -> Line:
    """A level before and after, on which day, and why."""
    why = texts("facts of earlier days were put right")
    cited: tuple[int, ...] = ()
    if row.cause.fact is not None:
        why = cause_in_words(row.cause, row.on, _CLAIM, base, texts)
    if row.cause.told is not None:
        cited = cites.cite(row.cause.told.sources[:1])
    told = texts(
        "{before} → {after}, {date} · {why}",
        before=level_name(row.before, base, texts),
        after=level_name(row.after, base, texts),
        date=texts.date(row.on),
        why=why,
    )
    return Line.labelled(f"{called(row.code, texts)}:", told, cites=cited)


def began(row: ActorFact, base: Base, cites: Citations, texts: Texts) -> Line:
    """A fact with its day."""
    return Line.labelled(
        f"{called(row.code, texts)}:",
        brief(row.fact, _CLAIM, base, texts),
        cites=cites.cite(row.fact.sources[:1]),
    )


def over(row: ActorFact, base: Base, cites: Citations, texts: Texts) -> Line:
    """A fact that ended or lapsed, and when."""
    day = row.fact.ends or date.max
    why = cause_in_words(Cause(row.fact), day, _CLAIM, base, texts)
    return Line.labelled(
        f"{called(row.code, texts)}:",
        texts("{date}, {why}", date=texts.date(day), why=why),
        cites=cites.cite(row.fact.sources[:1]),
    )


def roll(vote: Vote, cites: Citations, texts: Texts) -> Line:
    """A roll call with its count."""
    tally = vote.tally
    return Line.labelled(
        texts(
            "{name}, {date}:",
            name=base_words.vote_short(vote, texts),
            date=texts.date(vote.date),
        ),
        texts(
            "yes {yes}, no {no}, abstained {abstain}",
            yes=tally.yes,
            no=tally.no,
            abstain=tally.abstain,
        ),
        cites=cites.cite(vote.sources[:1]),
    )


def line(row: Row, *, ended: bool, base: Base, cites: Citations, texts: Texts) -> Line:
    """One change in a line; ``ended`` says how a fact is told."""
    if isinstance(row, Move):
        return move(row, base, cites, texts)
    if isinstance(row, Vote):
        return roll(row, cites, texts)
    tell = over if ended else began
    return tell(row, base, cites, texts)


def rows_of(changes: Changes, view: str) -> Sequence[Row]:
    """The changes of one view but ``all``; KeyError for no view."""
    return {
        "levels": changes.moves,
        "facts": changes.facts,
        "votes": changes.votes,
        "ended": changes.ended,
    }[view]


def view_names(texts: Texts) -> dict[str, str]:
    """Each view but ``all`` as a heading."""
    return {
        "levels": texts("Levels that moved"),
        "facts": texts("New facts"),
        "votes": texts("New votes"),
        "ended": texts("Ended or no longer counted"),
    }


def counted(changes: Changes, texts: Texts) -> str:
    """How many there are of each kind of which there are any, in a sentence."""
    if not changes.count:
        return texts("Nothing has changed.")

    counts = [len(rows_of(changes, view)) for view in VIEWS[1:]]
    levels, facts, votes, ended = counts
    shown = [texts.number(count) for count in counts]
    told = (
        texts.many("{n} level moved", "{n} levels moved", levels, n=shown[0]),
        texts.many("{n} fact is new", "{n} facts are new", facts, n=shown[1]),
        texts.many("{n} vote was held", "{n} votes were held", votes, n=shown[2]),
        texts.many(
            "{n} fact ended or no longer counts",
            "{n} facts ended or no longer count",
            ended,
            n=shown[3],
        ),
    )
    some = [each for each, count in zip(told, counts, strict=True) if count]
    return texts.sentence(texts.listed(some))


def opened(rows: Sequence[Row], on: date, region: str, bloc: str, texts: Texts) -> Menu:
    """A menu that opens the actor or roll call of each change, each once."""
    options: dict[str, Action] = {}
    for row in rows:
        if isinstance(row, Vote):
            key = page_ids.roll(row.id, region, bloc)
            words = base_words.vote_short(row, texts)
        else:
            key, words = page_ids.card(row.code, on), called(row.code, texts)
        options.setdefault(key, Action(key, words))
    shown = page_ids.that_fit(tuple(options.values()))
    return Menu("menu:open", texts("Open one of them"), shown)


def period_names(texts: Texts) -> dict[str, str]:
    """What may be asked for in place of a day, in words."""
    return {
        "day": texts("The last day"),
        "week": texts("The last week"),
        "month": texts("The last month"),
        "year": texts("The last year"),
    }


def _views_menu(asked: Asked, changes: Changes, texts: Texts) -> Menu:
    options = tuple(
        Action(
            asked.page_id(view=view),
            texts("{what} ({n})", what=name, n=len(rows_of(changes, view))),
        )
        for view, name in view_names(texts).items()
        if view != asked.view and rows_of(changes, view)
    )
    return Menu("menu:view", texts("Show something else"), page_ids.that_fit(options))


def _periods_menu(asked: Asked, base: Base, texts: Texts) -> Menu:
    names = period_names(texts)
    begins = {period: period_begin(period, asked.on) for period in PERIODS}
    options = tuple(
        Action(replace(asked, view="all", since=day).page_id(), names[period])
        for period, day in begins.items()
        if day != asked.since and day >= base.first_day
    )
    return Menu("menu:since", texts("Another time"), page_ids.that_fit(options))


def _title(asked: Asked, base: Base, texts: Texts) -> str:
    title = texts("What changed since {date}", date=texts.date(asked.since))
    among = filters(asked.region, asked.bloc, base, texts)
    return f"{title} · {among}" if among else title


def _first_view(changes: Changes) -> str:
    filled = (view for view in VIEWS[1:] if rows_of(changes, view))
    return next(filled, "levels")


def _notes(asked: Asked, shown: Page[Row], base: Base, texts: Texts) -> list[str]:
    codes = [row.code for row in shown.rows if not isinstance(row, Vote)]
    pages = [shown.note(texts)] if shown.count > 1 else []
    holds = texts("Holds on {date}", date=texts.date(asked.on))
    written = base_words.facts_as_written(texts) if codes else []
    return [*pages, holds, *written, *own_note(list(dict.fromkeys(codes)), base, texts)]


def _listed(
    found: Changes, view: str, lines: tuple[Line, ...], texts: Texts, *, lead: bool
) -> tuple[Section, ...]:
    """Changes under the name of their kind, unless the lead has just said the same."""
    if not found.count:
        return ()
    heading = view_names(texts)[view]
    if not lines:
        return (Section(heading, (Line(texts("Nothing has changed.")),)),)
    is_all = len(rows_of(found, view)) == found.count
    return (Section("" if lead and is_all else heading, lines),)


def changes(
    found: Changes, asked: Asked, base: Base, texts: Texts, *, page: int = 1
) -> Answer:
    """How much has changed, then one kind of change, newest first, four a page; what
    there is none of is not named.

    KeyError for a view that there is not.
    """
    cites = Citations()
    view = _first_view(found) if asked.view == "all" else asked.view
    asked = replace(asked, view=view)
    rows, ended = rows_of(found, view), view == "ended"
    shown = page_of(rows, page, size=ROWS)
    lines = tuple(
        line(row, ended=ended, base=base, cites=cites, texts=texts)
        for row in shown.rows
    )
    lead = Line(counted(found, texts)) if shown.number == 1 else None
    cited = sources_button(asked.page_id(shown.number), texts)
    return Answer(
        _title(asked, base, texts),
        lead=lead,
        sections=_listed(found, view, lines, texts, lead=lead is not None),
        citations=cites.listed(),
        notes=tuple(_notes(asked, shown, base, texts)),
        on=asked.on,
        actions=page_ids.that_fit(
            (
                *shown.turns(asked.page_id("{page}"), texts),
                *([cited] if lines else []),
            )
        ),
        menus=(
            _views_menu(asked, found, texts),
            opened(shown.rows, asked.on, asked.region, asked.bloc, texts),
            _periods_menu(asked, base, texts),
        ),
        linked=True,
    )
