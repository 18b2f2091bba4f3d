"""What rests on a publisher or a host: its grade, and the facts, newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from bot.answers import page_ids, web_pages
from bot.answers.cited import grade_names
from bot.answers.document import Action, Answer, Citations, Line, Menu, Section
from bot.answers.found import open_menu, row_of
from bot.answers.paging import page_of
from bot.answers.sentences import held, own_note, shortened
from bot.answers.texts import Texts
from bot.knowledge.documents import Source, Vote
from bot.knowledge.facts import Base
from bot.search.index import Item
from bot.search.sources import Publishers, host_of, key_of, resting_on, rests_on

PER_PAGE = 4
"""Facts on a page."""
_TITLE = 60
_MOST = 5
"""Actors, hosts or publishers that a line names."""
_BESIDE = 20
"""Publishers or hosts that a menu offers."""


def publisher(
    key: str,
    base: Base,
    texts: Texts,
    *,
    on: date,
    publishers: Publishers,
    page: int = 1,
) -> Answer:
    """What rests on the publisher or host of a key, four facts a page; KeyError for
    none.
    """
    name = publishers.called(key, base)
    items = resting_on(name, base)
    sources = [s for item in items for s in item.sources if rests_on(name, s)]
    shown, cites = page_of(items, page, size=PER_PAGE), Citations()
    rows = tuple(
        row_of(item, [s for s in item.sources if rests_on(name, s)], cites, texts)
        for item in shown.rows
    )
    sections = [Section("", rows)]
    if shown.number == 1:
        counted = tuple(_counted(name, items, sources, texts))
        sections.insert(0, Section("", counted))
    codes = tuple(dict.fromkeys(each.code for each in shown.rows if each.code))
    return Answer(
        shortened(name, _TITLE),
        lead=Line(_lead(items, name, texts)),
        sections=tuple(sections),
        citations=cites.listed(),
        notes=(
            *([shown.note(texts)] if shown.count > 1 else []),
            *own_note(codes, base, texts),
        ),
        on=on,
        actions=page_ids.that_fit(
            shown.turns(page_ids.publisher(key, on, "{page}"), texts)
        ),
        menus=(
            open_menu(shown.rows, on, base, texts),
            *_beside(name, sources, on, texts),
        ),
        web=_web(name, sources, texts),
        linked=True,
    )


def _web(name: str, sources: Sequence[Source], texts: Texts) -> str:
    """A publisher's page of the site; hosts have none."""
    is_publisher = any(source.publisher == name for source in sources)
    return web_pages.publisher(name, texts) if is_publisher else ""


def _lead(items: Sequence[Item], name: str, texts: Texts) -> str:
    """How many facts rest on it, and how many on nothing else."""
    alone = sum(all(rests_on(name, s) for s in each.sources) for each in items)
    facts = sum(not isinstance(each.what, Vote) for each in items)
    if not facts:
        return texts.many(
            "{n} roll call rests on it; on it alone: {alone}",
            "{n} roll calls rest on it; on it alone: {alone}",
            len(items),
            alone=alone,
        )
    return texts.many(
        "{n} fact rests on it; on it alone: {alone}",
        "{n} facts rest on it; on it alone: {alone}",
        len(items),
        alone=alone,
    )


def _counted(
    name: str, items: Sequence[Item], sources: Sequence[Source], texts: Texts
) -> Iterator[Line]:
    """Its grades, about whom its facts are, and where its pages lie."""
    grades = grade_names(texts)
    graded = Counter(grades[source.grade] for source in sources)
    yield Line.labelled(texts("Grade:"), _most(graded, texts))
    about = Counter(held(each.code, texts) for each in items if each.code)
    if about:
        yield Line.labelled(texts("About:"), _most(about, texts))
    hosts = Counter(host_of(source) for source in sources)
    if name not in hosts:
        yield Line.labelled(texts("Pages at:"), _most(hosts, texts))
    else:
        names = Counter(source.publisher for source in sources)
        yield Line.labelled(texts("Publishers:"), _most(names, texts))


def _most(counts: dict[str, int], texts: Texts) -> str:
    """The five of which there are most, each with its count."""
    most = Counter(counts).most_common()
    words = [
        texts("{name} ({n})", name=shortened(each, 30), n=n) for each, n in most[:_MOST]
    ]
    if more := len(most) - len(words):
        words.append(texts("{n} more", n=more))
    return texts.listed(words)


def _beside(
    name: str, sources: Sequence[Source], on: date, texts: Texts
) -> Iterator[Menu]:
    """A menu of a publisher's hosts, or of a host's publishers; none for none."""
    others = Counter(
        each
        for source in sources
        for each in (source.publisher, host_of(source))
        if each and each != name
    )
    options = tuple(
        Action(
            page_ids.publisher(key_of(each), on),
            texts("{name} ({n})", name=shortened(each, _TITLE), n=count),
        )
        for each, count in others.most_common(_BESIDE)
    )
    if fitting := page_ids.that_fit(options):
        yield Menu("menu:source", texts("The same by host or publisher"), fitting)
