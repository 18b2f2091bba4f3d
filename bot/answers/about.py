"""What Ally is, which base it serves, and how to report a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.answers import base_words
from bot.answers.document import Action, Answer, Citations, Line
from bot.answers.texts import Texts
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base


class Links(NamedTuple):
    """Addresses that lead out; an empty one is not shown."""

    install: str = ""
    """Where the bot is added to a server."""
    issues: str = ""
    """Where mistakes are reported."""
    source: str = ""
    """Where the program's source is."""


NO_LINKS = Links()


def figures(base: Base) -> tuple[int, int]:
    """How many facts the base has, and how many different sources they cite."""
    facts = sum(len(base.facts(code)) for code in base.countries)
    sources = {
        source.url
        for country in base.countries.values()
        for event in country.events
        for source in event.sources
    }
    sources |= {s.url for b in base.blocs.values() for s in b.sources.values()}
    sources |= {s.url for m in base.measures.values() for s in m.sources.values()}
    sources |= {s.url for v in base.votes.values() for s in v.sources}
    sources |= {f.source.url for f in base.forecasts.values()}
    return facts, len(sources)


def _links(links: Links, texts: Texts) -> tuple[Action, ...]:
    """Buttons that lead out of Discord, or into a server."""
    rows = (
        Action("", texts("Add to a server"), "➕", url=links.install),
        Action("", texts("Report a mistake"), url=links.issues),
        Action("", texts("Source code"), url=links.source),
    )
    return tuple(row for row in rows if row.url)


def invite(links: Links, texts: Texts) -> Answer:
    """How Ally is added to a server, and what it may do there."""
    if not links.install:
        return Answer.plain(
            texts("Add Ally to a server"),
            texts("Whoever runs this bot adds it to servers; ask them."),
        )
    return Answer.plain(
        texts("Add Ally to a server"),
        texts("Press the button, choose a server that you manage, and confirm."),
        lines=(
            Line.labelled(
                texts("What it may do there"),
                texts("See channels and send messages, where moderators want it to."),
            ),
            Line.labelled(
                texts("What it does not do"),
                texts("It reads no messages, and it asks for no other permission."),
            ),
        ),
        actions=_links(Links(install=links.install), texts),
    )


def about(
    base: Base, texts: Texts, *, version: str, today: date, links: Links = NO_LINKS
) -> Answer:
    """What Ally is, which edition of the base answers, and how to report a mistake; on
    one screen of a phone.
    """
    facts, sources = figures(base)
    lead = texts(
        "Where does this country stand? Ally answers with sources, about {conflict}.",
        conflict=base_words.once("conflict.name", base.conflict, texts),
    )
    counted = texts(
        "{facts} facts about {actors} countries and others, from {sources} sources",
        actors=texts.number(len(base.countries)),
        facts=texts.number(facts),
        sources=texts.number(sources),
    )
    edition = _edition(base, texts)
    cites = Citations()
    page = cites.cite(_method_page(base, texts))
    program = texts("{version}, on {date}", version=version, date=texts.date(today))
    answer = Answer.plain(
        texts("About Ally"),
        lead,
        lines=(
            Line.labelled(texts("It knows"), counted),
            Line.labelled(texts("Edition of the facts"), edition),
            Line.labelled(
                texts("How a level is found"),
                texts("From what a country does and how it votes, by rules."),
                cites=page,
            ),
            Line.labelled(
                texts("Names"), base_words.once("conflict.naming", base.conflict, texts)
            ),
            Line.labelled(
                texts("Privacy"),
                texts("Who asks is not stored. /privacy shows what is."),
            ),
            Line.labelled(
                texts("A mistake?"),
                texts("Tell whoever runs this bot, with a link that shows it."),
            ),
            Line.labelled(texts("Version"), program),
        ),
        actions=(
            Action("ally:method:-:-:1", texts("Method"), "📐"),
            *_links(links, texts),
        ),
    )
    return replace(answer, citations=cites.listed())


def _edition(base: Base, texts: Texts) -> str:
    """Which edition answers, its revision and the day of its newest review."""
    date = texts.date(base.updated)
    if not base.edition:
        return texts("{revision}, of {date}", revision=base.revision, date=date)
    return texts(
        "number {edition}, revision {revision}, of {date}",
        edition=base.edition,
        revision=base.revision,
        date=date,
    )


def _method_page(base: Base, texts: Texts) -> tuple[Source, ...]:
    """The public page of the method, where the base names one."""
    url = base.conflict.method
    if url is None:
        return ()
    return (
        Source(
            base_words.once("conflict.name", base.conflict, texts),
            texts("How a level is found"),
            url,
        ),
    )
