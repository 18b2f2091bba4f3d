"""What Ally is, which base it serves, and how to report a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers import base_words
from bot.answers.document import Action, Answer, Citations, Line
from bot.answers.texts import Texts
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base


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


def about(base: Base, texts: Texts, *, version: str, today: date) -> Answer:
    """What Ally is, which base it serves, and how to report a mistake."""
    facts, sources = figures(base)
    lead = texts(
        "Ally answers one question with its sources: where does this country "
        "stand in {conflict}?",
        conflict=base_words.once("conflict.name", base.conflict, texts),
    )
    counted = texts(
        "{actors} actors, {facts} facts from {sources} sources, revision "
        "{revision}, reviewed {date}.",
        actors=len(base.countries),
        facts=facts,
        sources=sources,
        revision=base.revision,
        date=texts.date(base.updated),
    )
    how = texts(
        "Deeds decide, and votes by what was voted; a seat in a bloc explains. The "
        "Method button shows every rule."
    )
    cites = Citations()
    page = cites.cite(_method_page(base, texts))
    privacy = texts(
        "Ally stores nothing about who asks. It answers when asked; it "
        "posts by itself only where a "
        "server's moderators told it to. /privacy shows what it has of you."
    )
    mistake = texts(
        "Tell whoever runs this bot, or open an issue where its code is "
        "kept, with a link that shows "
        "what is right. Every fact has a file, and a correction keeps the "
        "old one."
    )
    program = texts(
        "Program {version}, {date}.", version=version, date=texts.date(today)
    )
    answer = Answer.plain(
        texts("About Ally"),
        lead,
        lines=(
            Line.labelled(texts("Base"), counted),
            Line.labelled(texts("Method"), how, cites=page),
            Line.labelled(
                texts("Names"), base_words.once("conflict.naming", base.conflict, texts)
            ),
            Line.labelled(texts("Privacy"), privacy),
            Line.labelled(texts("A mistake?"), mistake),
            Line.labelled(texts("Version"), program),
        ),
        actions=(Action("ally:method:-:-:1", texts("Method"), "📐"),),
    )
    return replace(answer, citations=cites.listed())


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
