"""One measure: everybody who takes part in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers import base_words, page_ids, web_pages
from bot.answers.cited import sources_button
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.paging import Page, page_that_fits
from bot.answers.roster import PER_PAGE, Placed, by_region, open_menu, region_lines
from bot.answers.screen import fits
from bot.answers.sentences import deed_name, favoured_side, own_note
from bot.answers.texts import Texts
from bot.knowledge.facts import Base


def taking_part(key: str, base: Base, on: date) -> list[str]:
    """The codes of those whose part in a measure holds on a day; KeyError if there is
    no such measure.
    """
    measure = base.measures[key]
    ref = f"measure:{measure.id}"
    codes = dict.fromkeys(part.code for part in measure.parts)
    return [
        code
        for code in codes
        if any(fact.ref == ref and fact.holds(on) for fact in base.facts(code))
    ]


def measure(key: str, base: Base, texts: Texts, *, on: date, page: int) -> Answer:
    """Who takes part in a measure on a day, by region, as many names a page as fit, at
    most 25; KeyError if there is no such measure.
    """
    which = base.measures[key]
    codes = taking_part(key, base, on)
    everybody = by_region(codes, texts)
    lead = texts(
        "{n} on {date}. Favours {side}: {deed}.",
        n=len(codes),
        date=texts.date(on),
        side=favoured_side(which.toward, base.conflict, texts),
        deed=deed_name(which.deed, base.conflict, texts),
    )

    def said(shown: Page[Placed]) -> Answer:
        cites, listed = Citations(), [each.code for each in shown.rows]
        for part in which.parts:
            if part.code in listed:
                cites.cite(which.sources[each] for each in part.cite[:1])
        names = region_lines(shown.rows, everybody, base, texts)
        return Answer(
            base_words.measure_name(which, texts),
            lead=Line(lead, cites=tuple(each.number for each in cites.listed())[:2]),
            sections=(Section("", names or (Line(texts("Nobody.")),)),),
            citations=cites.listed(),
            notes=(
                *([shown.note(texts)] if shown.count > 1 else []),
                *([base_words.measure_scope(which, texts)] if which.scope else []),
                *own_note(listed, base, texts),
            ),
            on=on,
            web=web_pages.measure(key, texts),
            linked=True,
        )

    shown = page_that_fits(
        everybody, page, most=PER_PAGE, fits=lambda each: fits(said(each))
    )
    page_id = page_ids.measure(key, on, shown.number)
    return replace(
        said(shown),
        actions=page_ids.that_fit(
            (
                *shown.turns(page_ids.measure(key, on, "{page}"), texts),
                Action(page_ids.map_of(f"measure:{key}", "", on), texts("Map")),
                sources_button(page_id, texts),
            )
        ),
        menus=(open_menu([each.code for each in shown.rows], on, texts),),
    )
