"""Everybody at once: who is on which side, and who has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.alignment.over_time import Move, Standing, standings
from bot.answers import base_words, page_ids, web_pages
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.headline import cause_in_words
from bot.answers.paging import Page, page_that_fits
from bot.answers.palette import level_mark
from bot.answers.roster import (
    PER_PAGE,
    Placed,
    by_region,
    open_menu,
    region_lines,
    stacked,
)
from bot.answers.screen import fits
from bot.answers.sentences import HELD, called, level_name, level_order, own_note
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.regions import ALL_REGIONS, name_of, within

MOVERS = 6
"""Movers on a page."""
_CLAIM = 90
"""Characters of what moved somebody."""
_REGIONS = 24
"""Regions that a menu offers beside *everywhere*."""


def levels_of(side: str, base: Base) -> tuple[str, ...]:
    """The levels that a choice stands for: a level's id, a side's id for its levels,
    or ``all``.

    Raises KeyError for a word that is none of these.
    """
    order = level_order(base.conflict)
    if side == "all":
        return order
    if side in order:
        return (side,)
    if side not in {each.id for each in base.conflict.sides}:
        raise KeyError(side)
    return tuple(level.id for level in base.conflict.levels if level.toward == side)


def sides(base: Base, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Every choice and its words: all, both sides, each level."""
    both = [
        (
            side.id,
            texts("On the side of {side}", side=base_words.side_name(side, texts)),
        )
        for side in base.conflict.sides
    ]
    levels = [
        (each, level_name(each, base, texts)) for each in level_order(base.conflict)
    ]
    return (("all", texts("Everybody")), *both, *levels)


def filters(region: str, bloc: str, base: Base, texts: Texts) -> str:
    """The filters in words, empty without any."""
    parts = [name_of(region, texts.locale)] if region else []
    parts += [base_words.bloc_name(base.blocs[bloc], texts)] if bloc else []
    return texts.row(parts)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a list is about: a side, a level or ``all``, and those of a region and of a
    bloc, each empty for everybody.
    """

    side: str
    region: str
    bloc: str
    on: date

    def page_id(self, page: int | str = 1, **other: str) -> str:
        """The custom id of a page of this list, or of the same list with another side
        or region.
        """
        asked = {"side": self.side, "region": self.region, **other}
        return page_ids.where(asked["side"], asked["region"], self.bloc, self.on, page)


def counted(counts: dict[str, int], base: Base, texts: Texts) -> tuple[Line, ...]:
    """A stacked bar of levels, and each with its mark and count."""
    marks = {level: level_mark(level, base.conflict) for level in counts}
    bar = stacked(counts, marks)
    lines = [
        Line.labelled(f"{marks[level]} {level_name(level, base, texts)}:", str(count))
        for level, count in counts.items()
    ]
    return (Line(bar), *lines) if bar else ()


def legend(counts: dict[str, int], base: Base, texts: Texts) -> tuple[Line, ...]:
    """What the marks of levels mean, in a line."""
    words = [
        f"{level_mark(level, base.conflict)}{HELD}{level_name(level, base, texts)}"
        for level in counts
    ]
    return (Line(" · ".join(words)),) if words else ()


def _level_menu(asked: Asked, base: Base, texts: Texts) -> Menu:
    options = [
        Action(asked.page_id(side=key), words)
        for key, words in sides(base, texts)
        if key != asked.side
    ]
    return Menu("menu:level", texts("Another side or level"), tuple(options))


def _region_menu(asked: Asked, codes: Collection[str], texts: Texts) -> Menu:
    """The regions in which most of these lie, in the order of the world."""
    counts = Counter({key: len(within(key).intersection(codes)) for key in ALL_REGIONS})
    most = {key for key, count in counts.most_common(_REGIONS) if count}
    options = [Action(asked.page_id(region=""), texts("Everywhere"))]
    options += [
        Action(
            asked.page_id(region=key),
            texts("{region} ({n})", region=name_of(key, texts.locale), n=counts[key]),
        )
        for key in ALL_REGIONS
        if key in most and key != asked.region
    ]
    return Menu("menu:region", texts("Another region"), tuple(options))


def where(
    standings: Sequence[Standing],
    asked: Asked,
    base: Base,
    texts: Texts,
    *,
    page: int = 1,
    everywhere: Sequence[Standing] = (),
) -> Answer:
    """Who is on which side: counted, then by region, as many names a page as fit, at
    most 25. ``standings`` are of the asked region and bloc, ``everywhere`` those of the
    bloc alone.
    """
    wanted = levels_of(asked.side, base)
    levels = {each.code: each.level for each in standings if each.level in wanted}
    counts = {
        level: sum(each == level for each in levels.values())
        for level in wanted
        if level in levels.values()
    }
    everybody = by_region(levels, texts)
    several = len(wanted) > 1

    def mark(code: str) -> str:
        return level_mark(levels[code], base.conflict) if several else ""

    title = dict(sides(base, texts))[asked.side]
    among = filters(asked.region, asked.bloc, base, texts)
    lead = texts(
        "{n} of {all} actors on {date}",
        n=len(levels),
        all=len(standings),
        date=texts.date(asked.on),
    )
    if len(levels) == len(standings):
        lead = texts.many(
            "{n} actor on {date}",
            "{n} actors on {date}",
            len(levels),
            date=texts.date(asked.on),
        )

    def said(shown: Page[Placed]) -> Answer:
        sections: list[Section] = []
        if several:
            about = counted if shown.number == 1 else legend
            sections.append(Section("", about(counts, base, texts)))
        names = region_lines(shown.rows, everybody, base, texts, mark=mark)
        sections.append(Section("", names or (Line(texts("Nobody.")),)))
        notes = [shown.note(texts)] if shown.count > 1 else []
        codes = [each.code for each in shown.rows]
        return Answer(
            f"{title} · {among}" if among else title,
            level=asked.side if asked.side in _level_ids(base) else "",
            lead=Line(lead),
            sections=tuple(sections),
            notes=(*notes, *own_note(codes, base, texts)),
            on=asked.on,
            web=web_pages.page(web_pages.INDEX, texts),
            linked=True,
        )

    shown = page_that_fits(
        everybody, page, most=PER_PAGE, fits=lambda each: fits(said(each))
    )
    codes = [each.code for each in shown.rows]
    elsewhere = [each.code for each in everywhere or standings if each.level in wanted]
    return replace(
        said(shown),
        actions=page_ids.that_fit(
            (
                *shown.turns(asked.page_id("{page}"), texts),
                Action(page_ids.map_of("levels", asked.region, asked.on), texts("Map")),
            )
        ),
        menus=(
            _level_menu(asked, base, texts),
            _region_menu(asked, elsewhere, texts),
            open_menu(
                codes,
                asked.on,
                texts,
                lambda code: level_name(levels[code], base, texts) if several else "",
            ),
        ),
    )


def _level_ids(base: Base) -> set[str]:
    return {each.id for each in base.conflict.levels}


def _move_line(move: Move, base: Base, cites: Citations, texts: Texts) -> Line:
    before, after = (
        level_name(level, base, texts) for level in (move.before, move.after)
    )
    turned = texts("{before} → {now}", before=before, now=after)
    why = cause_in_words(move.cause, move.on, _CLAIM, base, texts)
    fact = move.cause.told
    cited = cites.cite(fact.sources[:1]) if fact else ()
    return Line.labelled(
        f"{called(move.code, texts)}:",
        f"{turned} · {why}",
        cites=cited,
    )


def _moves_menu(moves: Sequence[Move], base: Base, texts: Texts) -> Menu:
    """The card of each on the day of the change, and on the day before."""
    options: list[Action] = []
    for move in moves:
        for day in (move.on - timedelta(days=1), move.on):
            # What it turned from and to need not be where it was and ended.
            (there,) = standings(base, on=day, codes=[move.code])
            words = texts(
                "{name}, {date}: {level}",
                name=texts.name(move.code),
                date=texts.date(day),
                level=level_name(there.level, base, texts),
            )
            options.append(Action(page_ids.card(move.code, day), words))
    title = texts("Open one, before or after the change")
    return Menu("menu:open", title, page_ids.that_fit(options))


def movers(
    moves: Sequence[Move],
    asked: Asked,
    base: Base,
    texts: Texts,
    *,
    since: date,
    page: int,
) -> Answer:
    """Who has changed since a day, newest first, each with the fact that moved it."""
    title = texts("Who changed since {date}", date=texts.date(since))
    among = filters(asked.region, asked.bloc, base, texts)
    count = texts.many("{n} actor", "{n} actors", len(moves))
    nobody = texts("Nobody whose level was known on both days has another one now.")

    def page_id(number: int | str) -> str:
        return page_ids.movers(
            asked.side, asked.region, asked.bloc, since, asked.on, number
        )

    def said(shown: Page[Move]) -> Answer:
        cites = Citations()
        lines = tuple(_move_line(move, base, cites, texts) for move in shown.rows)
        holds = texts("Holds on {date}", date=texts.date(asked.on))
        return Answer(
            f"{title} · {among}" if among else title,
            lead=Line(count if moves else nobody),
            sections=(Section("", lines),) if lines else (),
            citations=cites.listed(),
            notes=(
                *([shown.note(texts)] if shown.count > 1 else []),
                holds,
                *(base_words.facts_as_written(texts) if moves else []),
            ),
            on=asked.on,
            web=web_pages.page(web_pages.INDEX, texts),
            linked=True,
        )

    shown = page_that_fits(moves, page, most=MOVERS, fits=lambda each: fits(said(each)))
    answer = said(shown)
    cited = [sources_button(page_id(shown.number), texts)] if answer.citations else []
    return replace(
        answer,
        actions=page_ids.that_fit(
            (
                *shown.turns(page_id("{page}"), texts),
                *cited,
                Action(asked.page_id(), texts("Everybody on that day")),
            )
        ),
        menus=(_moves_menu(shown.rows, base, texts),),
    )
