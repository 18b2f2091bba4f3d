"""Pages by what was done and by who wrote of it: kinds of deed, and publishers with the
facts that rest on their pages.
"""

from __future__ import annotations

from bot.answers import base_words, sentences, web_pages
from bot.answers.cited import grade_names
from bot.answers.document import Citations
from bot.answers.texts import Texts, places_of
from bot.knowledge.citations import citations_of
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base, Fact, of_event
from bot.site.document import Edition, Part, ShownLine, SitePage
from bot.site.shown import all_facts, fact_line, newest_first


def _facts_by_actor(key: str, base: Base) -> dict[str, list[Fact]]:
    """The facts of a kind of deed by actor."""
    by_actor: dict[str, list[Fact]] = {}
    for code, fact in all_facts(base):
        if fact.deed == key:
            by_actor.setdefault(code, []).append(fact)
    return by_actor


def deed_page(key: str, edition: Edition, texts: Texts) -> SitePage:
    """A kind of deed: what belongs there, what it counts, and every fact of it."""
    base, cites = edition.base, Citations()
    deed = base.conflict.deeds[key]
    name, about = base_words.deed_words(key, base.conflict, texts)
    by_actor = _facts_by_actor(key, base)
    lines = tuple(
        fact_line(
            fact,
            texts.name(code),
            web_pages.actor(code, base, texts),
            cites,
            texts,
        )
        for code in texts.alphabetical(by_actor)
        for fact in newest_first(by_actor[code])
    )
    counts = texts(
        "{pillar}: {points} points each, at most {most} together.",
        pillar=base_words.pillar_name(deed.pillar, base.conflict, texts),
        points=texts.number(deed.points, places_of(deed.points)),
        most=texts.number(deed.at_most, places_of(deed.at_most)),
    )
    count = texts.many("{n} fact", "{n} facts", len(lines))
    return SitePage(
        web_pages.deed(key, texts),
        title=name,
        heading=name,
        description=about,
        parts=(
            Part(lead=ShownLine(about), notes=(counts,)),
            Part(count, id="facts", lines=lines),
        ),
        citations=cites.listed(),
    )


def _sources(base: Base) -> dict[str, dict[Source, list[str]]]:
    """Each publisher's pages, with what rests on them: ``vote:…``, ``bloc:…``,
    ``measure:…``, ``forecast:…``, or ``event:CODE:ID``, each once.
    """
    found: dict[str, dict[Source, dict[str, None]]] = {}
    for kind, key, source in citations_of(base):
        pages = found.setdefault(source.publisher, {})
        pages.setdefault(source, {})[f"{kind}:{key}"] = None
    return {
        name: {source: list(told) for source, told in pages.items()}
        for name, pages in found.items()
    }


class Publishers:
    """Every publisher of a base and its pages."""

    def __init__(self, base: Base) -> None:
        self._sources = _sources(base)
        self.names = tuple(self._sources)
        self._events = {
            (country.code, event.id): event
            for country in base.countries.values()
            for event in country.events
        }

    def pages(self, name: str) -> int:
        """How many pages of a publisher are cited."""
        return len(self._sources[name])

    def page(self, name: str, edition: Edition, texts: Texts) -> SitePage:
        """A publisher's cited pages, and below each what rests on it."""
        cites = Citations()
        parts: list[Part] = []
        in_order = sorted(
            self._sources[name].items(), key=lambda pair: (pair[0].title, pair[0].url)
        )
        for source, told in in_order:
            (number,) = cites.cite([source])
            grade = grade_names(texts)[source.grade]
            when = [texts.date(source.published)] if source.published else []
            lines = tuple(self._told(each, edition.base, texts) for each in told)
            parts.append(
                Part(
                    source.title,
                    lead=ShownLine(" · ".join([*when, grade]), cites=(number,)),
                    lines=lines,
                )
            )
        count = texts.many("{n} page cited", "{n} pages cited", len(parts))
        return SitePage(
            web_pages.publisher(name, texts),
            title=name,
            heading=name,
            description=count,
            parts=(Part(notes=(count,)), *parts),
            citations=cites.listed(),
        )

    def _told(self, what: str, base: Base, texts: Texts) -> ShownLine:
        """What rests on a page, with the way there."""
        kind, _, key = what.partition(":")
        match kind:
            case "vote":
                name = base_words.vote_short(base.votes[key], texts)
                return ShownLine(texts("Roll call"), name, web_pages.vote(key, texts))
            case "bloc":
                name = base_words.bloc_name(base.blocs[key], texts)
                return ShownLine(texts("Bloc"), name, web_pages.bloc(key, texts))
            case "measure":
                name = base_words.measure_name(base.measures[key], texts)
                return ShownLine(texts("List"), name, web_pages.measure(key, texts))
            case "forecast":
                title = base.forecasts[key].source.title
                return ShownLine(
                    texts("Forecast"), title, web_pages.forecast(key, texts)
                )
            case _:
                code, _, event = key.partition(":")
                fact = of_event(self._events[code, event], base.conflict)
                return ShownLine(
                    sentences.fact(fact, texts),
                    texts.name(code),
                    web_pages.actor(code, base, texts),
                )
