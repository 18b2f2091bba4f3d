"""What is new: the newest changes of level and facts, on a page and as an Atom feed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from bot.alignment.over_time import changes
from bot.answers import sentences, web_pages
from bot.answers.document import Citations
from bot.answers.headline import cause_in_words
from bot.answers.texts import Texts
from bot.knowledge.documents import Source
from bot.site.actor import day_anchor
from bot.site.document import Edition, Part, ShownLine, SitePage
from bot.site.shown import all_facts

NEWEST = 60
"""Changes of level and facts, of each so many."""
_CLAIM = 200
"""Characters of what changed a level."""
_SPACE = uuid.UUID("5a3f7f0e-6f0b-5d0a-9a39-52f4a1d0c5de")
"""Names of entries are made below this one, and stay the same wherever the site is."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """Something new about an actor, on a day, in words; ``key`` names it for good."""

    key: str
    code: str
    on: date
    words: str
    href: str
    """A path below the site's root."""
    sources: tuple[Source, ...] = ()
    level: str = ""
    """The new level; empty for a fact."""

    @property
    def id(self) -> str:
        """A name that no other entry of any feed has (RFC 4287, 4.2.6)."""
        return uuid.uuid5(_SPACE, self.key).urn


def feed_id(conflict: str, locale: str) -> str:
    """The name of the feed of a conflict in a language."""
    return uuid.uuid5(_SPACE, f"{conflict}:feed:{locale}").urn


def _turns(edition: Edition, texts: Texts) -> list[NewsItem]:
    """The newest changes of level, the newest first."""
    base = edition.base
    turns = [
        (code, after)
        for code, stops in edition.courses.items()
        for _, after in changes(stops)
    ]
    turns.sort(key=lambda turn: (turn[1].on, turn[0]), reverse=True)
    items: list[NewsItem] = []
    for code, stop in turns[:NEWEST]:
        fact = stop.cause.told
        level = sentences.level_name(stop.level, base, texts)
        why = cause_in_words(stop.cause, stop.on, _CLAIM, base, texts)
        page = web_pages.actor(code, base, texts)
        items.append(
            NewsItem(
                f"{base.conflict.id}:level:{code}:{stop.on}",
                code,
                stop.on,
                texts("{level} · {why}", level=level, why=why),
                f"{page}#{day_anchor(stop.on)}",
                fact.sources[:1] if fact else (),
                stop.level,
            )
        )
    return items


def _facts(edition: Edition, texts: Texts) -> list[NewsItem]:
    """The newest facts, the newest first."""
    base = edition.base
    known = [pair for pair in all_facts(base) if pair[1].begins <= edition.on]
    known.sort(key=lambda pair: (pair[1].begins, pair[0], pair[1].ref), reverse=True)
    return [
        NewsItem(
            f"{base.conflict.id}:fact:{code}:{fact.ref}:{fact.date}",
            code,
            fact.begins,
            sentences.fact(fact, texts),
            web_pages.actor(code, base, texts),
            fact.sources,
        )
        for code, fact in known[:NEWEST]
    ]


def news(edition: Edition, texts: Texts) -> tuple[NewsItem, ...]:
    """Changes of level and facts together, the newest first."""
    items = [*_turns(edition, texts), *_facts(edition, texts)]
    return tuple(sorted(items, key=lambda item: (item.on, item.key), reverse=True))


def _line(item: NewsItem, cites: Citations, texts: Texts) -> ShownLine:
    name = texts.name(item.code)
    label = texts("{date}, {name}:", date=texts.date(item.on), name=name)
    cited = cites.cite(item.sources)
    return ShownLine(item.words, label, item.href, cites=cited, level=item.level)


def news_page(edition: Edition, texts: Texts) -> SitePage:
    """The same as the feed, on a page."""
    cites = Citations()
    items = news(edition, texts)
    turned = tuple(_line(each, cites, texts) for each in items if each.level)
    facts = tuple(_line(each, cites, texts) for each in items if not each.level)
    heading = texts("What is new")
    return SitePage(
        web_pages.page("news", texts),
        title=heading,
        heading=heading,
        parts=(
            Part(texts("Changes of level"), id="levels", lines=turned),
            Part(texts("Facts"), id="facts", lines=facts),
        ),
        citations=cites.listed(),
    )
