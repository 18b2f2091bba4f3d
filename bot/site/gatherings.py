"""Pages of roll calls, blocs, lists of those who did the same, and forecasts."""

from __future__ import annotations

from bot.alignment.cohesion import members
from bot.answers import base_words, bloc, evidence, forecast, sentences, vote, web_pages
from bot.answers.document import Citations
from bot.answers.measure import measure
from bot.answers.paging import page_count
from bot.answers.sentences import ballot_names
from bot.answers.texts import Texts
from bot.knowledge.documents import Seat
from bot.knowledge.values import BALLOTS
from bot.site.document import Edition, Link, Part, ShownLine, SitePage, Table
from bot.site.shown import (
    actor_link,
    lead_of,
    lines_of,
    names_by_region,
    remarks_of,
    sections_of,
    walked,
)


def vote_page(key: str, edition: Edition, texts: Texts) -> SitePage:
    """A roll call: its result, who broke with their bloc, and all the names."""
    base, cites = edition.base, Citations()
    which = base.votes[key]
    answer = vote.roll(vote.roll_call(which, base, texts), base, texts)
    lead = lead_of(answer, cites)
    # The second section is lists of names, which stand below whole.
    title, _, *rebels = sections_of(answer, cites)
    names = ballot_names(texts)
    lists = tuple(
        Part(
            texts("{ballot}: {n}", ballot=names[ballot], n=len(codes)),
            id=ballot,
            parts=names_by_region(codes, edition, texts),
        )
        for ballot in BALLOTS
        if (codes := which.roll(ballot))
    )
    return SitePage(
        web_pages.vote(key, texts),
        title=answer.title,
        heading=answer.title,
        description=lead.text if lead else "",
        parts=(
            Part(lead=lead),
            title,
            *rebels,
            *lists,
            *remarks_of(answer, cites, texts),
        ),
        citations=cites.listed(),
    )


def _seat_row(seat: Seat, edition: Edition, texts: Texts) -> tuple[Link, ...]:
    level = sentences.level_name(edition.levels[seat.code], edition.base, texts)
    days = texts.date(seat.since)
    if seat.until:
        until = texts.date(seat.until)
        days = texts("{begin} to {end}", begin=days, end=until)
    return (
        actor_link(seat.code, edition, texts),
        Link(level),
        Link(sentences.standing(seat.standing, texts)),
        Link(days),
    )


def bloc_page(key: str, edition: Edition, texts: Texts) -> SitePage:
    """A bloc: where its members stand, how united it votes, and every seat."""
    base, cites = edition.base, Citations()
    which = base.blocs[key]
    first = bloc.bloc(key, base, texts, on=edition.on, page=1)
    united = bloc.united(key, base, texts, on=edition.on)
    held = members(which, on=edition.on, full=False)
    order = texts.alphabetical({seat.code for seat in which.members})
    seats = sorted(
        which.members,
        key=lambda seat: (seat not in held, order.index(seat.code), seat.since.first),
    )
    columns = (texts("Name"), texts("Level"), texts("Standing"), texts("Since"))
    table = Table(
        texts("Every seat, those given up last"),
        columns,
        tuple(_seat_row(seat, edition, texts) for seat in seats),
    )
    # Its first section counts, in a bar of emoji and in words; seats follow below.
    said = [line for line in first.sections[0].lines if line.label]
    counts = Part(lines=lines_of(said, first, cites))
    lead = lead_of(first, cites)
    cites.cite(which.sources[name] for seat in seats for name in seat.cite[:1])
    votes = Part(texts("How it votes"), parts=sections_of(united, cites))
    name = base_words.bloc_name(which, texts)
    return SitePage(
        web_pages.bloc(key, texts),
        title=name,
        heading=name,
        description=" ".join(f"{line.label} {line.text}" for line in counts.lines),
        parts=(
            Part(lead=lead),
            counts,
            Part(texts("Seats"), id="seats", table=table),
            votes,
        ),
        citations=cites.listed(),
    )


def measure_page(key: str, edition: Edition, texts: Texts) -> SitePage:
    """Those who did the same, each with what it did and since when."""
    base, cites = edition.base, Citations()
    which = base.measures[key]
    answer = measure(key, base, texts, on=edition.on, page=1)
    lead = lead_of(answer, cites)
    order = texts.alphabetical({part.code for part in which.parts})
    parts = sorted(
        which.parts, key=lambda part: (order.index(part.code), part.date.first)
    )
    lines = tuple(
        ShownLine(
            texts("{text} ({date})", text=part.detail, date=texts.date(part.date))
            if part.until is None
            else texts(
                "{text} ({since} to {until})",
                text=part.detail,
                since=texts.date(part.date),
                until=texts.date(part.until),
            ),
            label=texts.name(part.code),
            href=web_pages.actor(part.code, base, texts),
            level=edition.levels[part.code],
            cites=cites.cite(which.sources[name] for name in part.cite),
        )
        for part in parts
    )
    scope = base_words.measure_scope(which, texts)
    return SitePage(
        web_pages.measure(key, texts),
        title=answer.title,
        heading=answer.title,
        description=lead.text if lead else "",
        parts=(
            Part(lead=lead, notes=(scope,) if scope else ()),
            Part(texts("Who takes part"), id="parts", lines=lines),
        ),
        citations=cites.listed(),
    )


def forecast_page(key: str, edition: Edition, texts: Texts) -> SitePage:
    """A forecast scored claim by claim on the day."""
    base, cites = edition.base, Citations()
    which = base.forecasts[key]
    count = page_count(len(which.named), forecast.PER_PAGE)
    pages = [
        forecast.forecast(which, base, texts, on=edition.on, page=number)
        for number in range(1, count + 1)
    ]
    lead = lead_of(pages[0], cites)
    codes = dict.fromkeys(named.code for named in which.named if named.code)
    links = tuple(
        actor_link(code, edition, texts) for code in texts.alphabetical(codes)
    )
    named = Part(texts("Whom it names"), links=links)
    return SitePage(
        web_pages.forecast(key, texts),
        title=pages[0].title,
        heading=pages[0].title,
        description=lead.text if lead else "",
        parts=(
            Part(lead=lead),
            *walked(pages, cites),
            *((named,) if links else ()),
            *remarks_of(pages[0], cites, texts),
        ),
        citations=cites.listed(),
    )


def method_page(edition: Edition, texts: Texts) -> SitePage:
    """How facts become a level."""
    answer = evidence.method(edition.base, texts)
    cites = Citations()
    lead = lead_of(answer, cites)
    return SitePage(
        web_pages.page(web_pages.METHOD, texts),
        title=answer.title,
        heading=answer.title,
        description=lead.text if lead else "",
        parts=(Part(lead=lead), *sections_of(answer, cites)),
    )
