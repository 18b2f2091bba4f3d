"""Pages that lead to other pages: the map, everything by letter or by day, and what has
changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from markupsafe import Markup

from bot.alignment.over_time import changes
from bot.answers import base_words, forecast, sentences, vote, web_pages
from bot.answers.texts import Texts
from bot.site.actor import day_anchor
from bot.site.document import Edition, Link, Part, ShownLine, SitePage, Table
from bot.site.facts import Publishers
from bot.site.shown import actor_link, by_letter


def _legend(edition: Edition, texts: Texts) -> tuple[Link, ...]:
    """Each level with how many stand there."""
    base = edition.base
    counts = Counter(edition.levels.values())
    return tuple(
        Link(
            texts(
                "{what}: {n}",
                what=sentences.level_name(level, base, texts),
                n=counts[level],
            ),
            level=level,
        )
        for level in sentences.level_order(base.conflict)
        if counts[level]
    )


def _since(code: str, edition: Edition, texts: Texts) -> Link:
    """The day from which an actor has its level, leading to that day's card."""
    stops = edition.courses[code]
    turned = [after for _, after in changes(stops)]
    day = turned[-1].on if turned else stops[0].on
    page = web_pages.actor(code, edition.base, texts)
    return Link(texts.date(day), f"{page}#{day_anchor(day)}")


def _everybody(edition: Edition, texts: Texts) -> Table:
    """The map in words."""
    base = edition.base
    rows = tuple(
        (
            actor_link(code, edition, texts),
            Link(sentences.level_name(edition.levels[code], base, texts)),
            _since(code, edition, texts),
        )
        for code in texts.alphabetical(base.countries)
    )
    columns = (texts("Name"), texts("Level"), texts("Since"))
    return Table(texts("Everybody, by name"), columns, rows)


def index_page(edition: Edition, texts: Texts, drawing: Markup) -> SitePage:
    """The map, how many stand on each level, and the same as a table."""
    conflict = edition.base.conflict
    name = base_words.once("conflict.name", conflict, texts)
    said = texts("Where everybody stands on {date}", date=texts.date(edition.on))
    notes = [
        base_words.once(key, conflict, texts)
        for key in ("conflict.borders", "conflict.naming")
    ]
    # Only here: a revision on every page would make all of them new with each change.
    notes.append(texts("Edition {revision}", revision=edition.base.revision))
    return SitePage(
        web_pages.page(web_pages.INDEX, texts),
        title=name,
        heading=name,
        description=said,
        parts=(
            Part(lead=ShownLine(said)),
            Part(
                texts("Map"),
                id="map",
                drawing=drawing,
                links=_legend(edition, texts),
                notes=tuple(note for note in notes if note),
            ),
            Part(texts("In words"), id="words", table=_everybody(edition, texts)),
        ),
    )


def search_page(edition: Edition, texts: Texts) -> SitePage:
    """Everybody by letter, for those who look for a name without a script."""
    links = [
        (texts.name(code), actor_link(code, edition, texts))
        for code in edition.base.countries
    ]
    heading = texts("Search")
    return SitePage(
        web_pages.page("search", texts),
        title=heading,
        heading=heading,
        parts=(Part(texts("By letter"), id="letters", parts=by_letter(links, texts)),),
        searches=True,
    )


def _votes(edition: Edition, texts: Texts) -> tuple[Link, ...]:
    return tuple(
        Link(words, web_pages.vote(key, texts))
        for key, words in vote.roll_calls(edition.base, texts)
    )


def _blocs(edition: Edition, texts: Texts) -> tuple[Link, ...]:
    return tuple(
        Link(base_words.bloc_name(bloc, texts), web_pages.bloc(bloc.id, texts))
        for bloc in edition.base.blocs.values()
    )


def _measures(edition: Edition, texts: Texts) -> tuple[Link, ...]:
    return tuple(
        Link(
            base_words.measure_name(measure, texts),
            web_pages.measure(measure.id, texts),
            note=str(len(measure.parts)),
        )
        for measure in edition.base.measures.values()
    )


def _forecasts(edition: Edition, texts: Texts) -> tuple[Link, ...]:
    return tuple(
        Link(
            each.source.title,
            web_pages.forecast(each.id, texts),
            note=f"{each.source.publisher}, {texts.date(each.date)}",
        )
        for each in forecast.ordered(edition.base)
    )


def _deeds(edition: Edition, texts: Texts) -> tuple[Part, ...]:
    conflict = edition.base.conflict
    return tuple(
        Part(
            base_words.pillar_name(pillar, conflict, texts),
            links=tuple(
                Link(
                    base_words.deed_words(key, conflict, texts)[0],
                    web_pages.deed(key, texts),
                )
                for key, deed in conflict.deeds.items()
                if deed.pillar == pillar
            ),
        )
        for pillar in conflict.pillars
    )


def _by_publisher(publishers: Publishers, texts: Texts) -> tuple[Part, ...]:
    links = [
        (
            name,
            Link(
                name, web_pages.publisher(name, texts), note=str(publishers.pages(name))
            ),
        )
        for name in publishers.names
    ]
    return by_letter(links, texts)


def list_pages(
    edition: Edition, publishers: Publishers, texts: Texts
) -> Iterator[Callable[[], SitePage]]:
    """What makes a page for each kind of page, with the ways to all of them."""
    lists = (
        ("votes", texts("Roll calls"), _votes),
        ("blocs", texts("Blocs"), _blocs),
        ("measures", texts("Who did the same"), _measures),
        ("forecasts", texts("Forecasts"), _forecasts),
    )

    def page(name: str, heading: str, parts: tuple[Part, ...]) -> SitePage:
        path = web_pages.page(name, texts)
        return SitePage(path, title=heading, heading=heading, parts=parts)

    for name, heading, links in lists:
        yield lambda name=name, heading=heading, links=links: page(
            name, heading, (Part(links=links(edition, texts)),)
        )
    yield lambda: page("deeds", texts("Kinds of deed"), _deeds(edition, texts))
    yield lambda: page("sources", texts("Sources"), _by_publisher(publishers, texts))
