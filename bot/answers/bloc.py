"""One bloc: who is in it, where its members stand, and how united it votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.alignment.cohesion import Division, divisions, members, unity
from bot.alignment.over_time import standings
from bot.answers import base_words, page_ids, sentences, web_pages
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.paging import Page, page_that_fits
from bot.answers.palette import level_mark
from bot.answers.roster import open_menu, stacked
from bot.answers.screen import fits
from bot.answers.sentences import (
    called,
    deed_name,
    favoured_side,
    level_name,
    level_order,
    own_note,
)
from bot.answers.texts import Texts
from bot.knowledge.documents import Bloc, Seat
from bot.knowledge.facts import Base

SEATS = 8
"""Members on a page, where as many fit."""
_MOST_DIVIDED = 3
"""Roll calls told in which a bloc was most divided."""
_ROLL_CALLS = 25
"""Roll calls in a menu."""


def _gone(bloc: Bloc, held: Sequence[Seat], on: date) -> list[Seat]:
    """The last seat of each actor that holds none on a day and once did: that it had
    rather than that it left it, for its days say both.
    """
    there = {seat.code for seat in held}
    last: dict[str, Seat] = {}
    for seat in sorted(bloc.members, key=lambda seat: seat.since.first):
        if seat.since.first > on or seat.code in there:
            continue
        if seat.standing != "left" or seat.code not in last:
            last[seat.code] = seat
    return list(last.values())


def _in_alphabet(seats: Sequence[Seat], texts: Texts) -> list[Seat]:
    """Seats, one an actor, by their actors' names."""
    order = texts.alphabetical({seat.code for seat in seats})
    return sorted(seats, key=lambda seat: order.index(seat.code))


def _standing(seat: Seat, level: str, on: date, texts: Texts) -> str:
    """A member's level; of any other seat also what it is, and of one that is over its
    days.
    """
    if seat.until and seat.until.last <= on:
        days = texts(
            "{begin} to {end}",
            begin=texts.date(seat.since),
            end=texts.date(seat.until),
        )
        return texts("{days} · {level}", days=days, level=level)
    if seat.standing == "member":
        return level
    return texts(
        "{level} · {standing} since {date}",
        level=level,
        standing=sentences.standing(seat.standing, texts),
        date=texts.date(seat.since),
    )


def _seat_line(
    seat: Seat,
    level: str,
    on: date,
    which: Bloc,
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    """A member with flag, mark and level on a day."""
    mark = level_mark(level, base.conflict)
    return Line.labelled(
        f"{mark} {called(seat.code, texts)}:",
        _standing(seat, level_name(level, base, texts), on, texts),
        cites=cites.cite(which.sources[each] for each in seat.cite[:1]),
    )


def _never_all(share: float) -> float:
    """The share of ballots that were alike, which is not rounded up to all of them
    where one was not.
    """
    return share if share == 1 else min(share, 0.99)


def _united(votes: Sequence[Division], texts: Texts) -> tuple[Line, ...]:
    """How united the bloc votes on average; nothing without a roll call."""
    united = unity(tuple(votes))
    if united is None:
        return ()
    text = texts.many(
        "{share} of the ballots alike on average, over {n} roll call",
        "{share} of the ballots alike on average, over {n} roll calls",
        len(votes),
        share=texts.percent(_never_all(united)),
    )
    return (Line.labelled(texts("How it votes:"), text),)


def _bar(counts: dict[str, int], base: Base) -> tuple[Line, ...]:
    """Counted levels as a bar."""
    marks = {level: level_mark(level, base.conflict) for level in counts}
    bar = stacked(counts, marks)
    return (Line(bar),) if bar else ()


def _lead(counts: dict[str, int], on: date, base: Base, texts: Texts) -> str:
    """How many full members there are, and how many of each level, most first."""
    words = texts.row(
        texts("{level} {n}", level=level_name(level, base, texts), n=counts[level])
        for level in sorted(counts, key=counts.__getitem__, reverse=True)
    )
    return texts.many(
        "{n} member on {date}: {levels}",
        "{n} members on {date}: {levels}",
        sum(counts.values()),
        date=texts.date(on),
        levels=words or texts("nobody"),
    )


def _worth(which: Bloc, base: Base, texts: Texts) -> str:
    """What it counts to be in it."""
    if not which.deed:
        return texts("Being a member counts for neither side.")
    return texts(
        "Being a member counts for {side}: {deed}.",
        side=favoured_side(which.toward, base.conflict, texts),
        deed=deed_name(which.deed, base.conflict, texts),
    )


def bloc(key: str, base: Base, texts: Texts, *, on: date, page: int) -> Answer:
    """A bloc's members in alphabet with their levels, then who has another seat in it,
    then those who left; KeyError if there is no such bloc.
    """
    which = base.blocs[key]
    held = _in_alphabet(members(which, on=on, full=False), texts)
    full = [seat for seat in held if seat.standing == "member"]
    others = [seat for seat in held if seat.standing != "member"]
    gone = _in_alphabet(_gone(which, held, on), texts)
    groups = {
        texts("Members"): full,
        texts("Not full members"): others,
        texts("No longer"): gone,
    }
    listed = [*full, *others, *gone]
    codes = [seat.code for seat in listed]
    levels = {each.code: each.level for each in standings(base, on=on, codes=codes)}
    votes = divisions(which, base, on=on)
    told = [levels[seat.code] for seat in full]
    counts = {
        level: told.count(level)
        for level in level_order(base.conflict)
        if level in told
    }
    about = (*_bar(counts, base), *_united(votes, texts))

    def said(shown: Page[Seat]) -> Answer:
        cites = Citations()
        sections = [Section("", about)] if about and shown.number == 1 else []
        for heading, seats in groups.items():
            lines = tuple(
                _seat_line(seat, levels[seat.code], on, which, base, cites, texts)
                for seat in shown.rows
                if seat in seats
            )
            if lines:
                sections.append(Section(heading, lines))
        notes = [shown.note(texts)] if shown.count > 1 else []
        codes = [seat.code for seat in shown.rows]
        return Answer(
            base_words.bloc_name(which, texts),
            lead=Line(_lead(counts, on, base, texts)),
            sections=tuple(sections),
            citations=cites.listed(),
            notes=(*notes, _worth(which, base, texts), *own_note(codes, base, texts)),
            on=on,
            web=web_pages.bloc(key, texts),
            linked=True,
        )

    shown = page_that_fits(listed, page, most=SEATS, fits=lambda each: fits(said(each)))
    codes = list(dict.fromkeys(seat.code for seat in shown.rows))
    by_year = Action(page_ids.unity(key, on), texts("How it votes"))
    return replace(
        said(shown),
        actions=page_ids.that_fit(
            (
                *shown.turns(page_ids.bloc(key, on, "{page}"), texts),
                *([by_year] if votes else []),
                Action(page_ids.map_of(f"bloc:{key}", "", on), texts("Map")),
                sources_button(page_ids.bloc(key, on, shown.number), texts),
            )
        ),
        menus=(
            open_menu(
                codes, on, texts, lambda code: level_name(levels[code], base, texts)
            ),
        ),
    )


def united(key: str, base: Base, texts: Texts, *, on: date) -> Answer:
    """How united a bloc votes, a line a year, and the roll calls that divided it most;
    KeyError if there is no such bloc.
    """
    which, cites = base.blocs[key], Citations()
    votes = divisions(which, base, on=on)
    years: defaultdict[int, list[Division]] = defaultdict(list)
    for each in votes:
        years[each.vote.date.first.year].append(each)
    lines = tuple(
        Line.labelled(
            texts("{year}:", year=year),
            texts.many(
                "{share} alike, {n} roll call",
                "{share} alike, {n} roll calls",
                len(those),
                share=texts.percent(_never_all(unity(tuple(those)) or 0)),
            ),
        )
        for year, those in years.items()
    )
    split = sorted(
        (each for each in votes if each.share < 1), key=lambda each: each.share
    )
    divided = tuple(
        Line.labelled(
            f"{base_words.vote_short(each.vote, texts)}:",
            texts.row(
                texts(
                    "{ballot}: {n}",
                    ballot=sentences.ballot_names(texts)[ballot],
                    n=len(codes),
                )
                for ballot, codes in each.ballots
            ),
            cites=cites.cite(each.vote.sources[:1]),
        )
        for each in split[:_MOST_DIVIDED]
    )
    options = [
        Action(
            page_ids.roll(each.vote.id, "", key),
            texts(
                "{name}, {date}",
                name=base_words.vote_short(each.vote, texts),
                date=texts.date(each.vote.date),
            ),
        )
        for each in votes[:_ROLL_CALLS]
    ]
    sections = [Section("", lines or (Line(texts("No roll call yet.")),))]
    if divided:
        sections.append(Section(texts("Most divided"), divided))
    return Answer(
        base_words.bloc_name(which, texts),
        lead=Line(texts("Ballots of its members that were alike, by year")),
        sections=tuple(sections),
        citations=cites.listed(),
        on=on,
        actions=page_ids.that_fit(
            (Action(page_ids.bloc(key, on), texts("Back"), "↩️"),)
        ),
        menus=(Menu("menu:roll", texts("Open a roll call"), tuple(options)),),
        web=web_pages.bloc(key, texts),
        linked=True,
    )
