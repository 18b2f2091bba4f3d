"""Every file of the site, worked out of a base: the same base, day and address give the
same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import NamedTuple

from bot.alignment.rubric import assess
from bot.answers import web_pages
from bot.answers.texts import Texts
from bot.pictures.card import card_picture
from bot.site import gatherings, layout, lists, search
from bot.site.actor import actor_page, picture_of
from bot.site.document import Edition, SitePage
from bot.site.facts import Publishers, deed_page
from bot.site.map import world
from bot.site.news import news, news_page


class SiteFile(NamedTuple):
    """A file below the site's root."""

    path: str
    content: bytes


class SitePicture(NamedTuple):
    """A picture that is yet to be drawn: an SVG, and where its PNG goes."""

    path: str
    svg: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What site to make: of which edition, in which languages (as CLDR writes them),
    and for which address, without a slash at its end, or empty.
    """

    edition: Edition
    languages: Sequence[str]
    url: str
    texts: Callable[[str], Texts]
    """The words of a language."""


def pages(edition: Edition, publishers: Publishers, texts: Texts) -> Iterator[SitePage]:
    """Every page of a language."""
    base = edition.base
    index = web_pages.page(web_pages.INDEX, texts)
    drawing = world(edition, texts, layout.root_of(index))
    yield lists.index_page(edition, texts, drawing)
    yield lists.search_page(edition, texts)
    yield news_page(edition, texts)
    yield gatherings.method_page(edition, texts)
    yield from lists.list_pages(edition, publishers, texts)
    for code in base.countries:
        yield actor_page(code, edition, texts)
    for key in base.votes:
        yield gatherings.vote_page(key, edition, texts)
    for key in base.blocs:
        yield gatherings.bloc_page(key, edition, texts)
    for key in base.measures:
        yield gatherings.measure_page(key, edition, texts)
    for key in base.forecasts:
        yield gatherings.forecast_page(key, edition, texts)
    for key in base.conflict.deeds:
        yield deed_page(key, edition, texts)
    for name in publishers.names:
        yield publishers.page(name, edition, texts)


def _updated(edition: Edition) -> str:
    """When the feed changed last: the day of the edition."""
    return f"{edition.on.isoformat()}T00:00:00Z"


def in_language(wanted: Wanted, language: str) -> Iterator[SiteFile]:
    """Every file of one language but its pictures."""
    edition, texts = wanted.edition, wanted.texts(language)
    publishers = Publishers(edition.base)
    laid_out = layout.Layout(edition, texts, wanted.languages, url=wanted.url)
    folder = web_pages.folder_of(web_pages.language_of(texts))
    for page in pages(edition, publishers, texts):
        yield SiteFile(page.path, laid_out.html(page))
    items = news(edition, texts)
    feed = laid_out.feed(items, _updated(edition), texts)
    yield SiteFile(f"{folder}/feed.atom", feed)
    yield SiteFile(f"{folder}/names.json", search.names_index(edition, texts))


def _sitemap(paths: Sequence[str], url: str) -> bytes:
    """Every page (https://www.sitemaps.org/protocol.html)."""
    rows = "".join(f"<url><loc>{url}/{path}</loc></url>\n" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{rows}</urlset>\n"
    ).encode()


def _robots(url: str) -> bytes:
    sitemap = f"Sitemap: {url}/sitemap.xml\n" if url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()


def files(
    wanted: Wanted, languages: Iterable[Iterable[SiteFile]] | None = None
) -> Iterator[SiteFile]:
    """Every file but the pictures; ``languages`` has each language's where they are
    made elsewhere.
    """
    edition, conflict = wanted.edition, wanted.edition.base.conflict
    found: list[str] = []
    if languages is None:
        languages = map(partial(in_language, wanted), wanted.languages)
    for file in chain.from_iterable(languages):
        if file.path.endswith(".html"):
            found.append(file.path)
        yield file
    first = wanted.texts(wanted.languages[0])
    outside = layout.Layout(edition, first, wanted.languages, url=wanted.url)
    yield SiteFile("index.html", outside.entry())
    yield SiteFile("404.html", outside.missing())
    yield SiteFile("style.css", layout.style(conflict))
    yield SiteFile("site.js", layout.script())
    yield SiteFile("icon.svg", layout.icon())
    yield SiteFile("facts.json", search.facts_index(edition))
    yield SiteFile("robots.txt", _robots(wanted.url))
    if wanted.url:
        yield SiteFile("sitemap.xml", _sitemap(found, wanted.url))


def pictures(wanted: Wanted) -> Iterator[SitePicture]:
    """The card of every actor in every language, for previews of links; none without
    an address, for a preview needs whole ones.
    """
    if not wanted.url:
        return
    base = wanted.edition.base
    shown = wanted.url.partition("://")[2]
    for language in wanted.languages:
        texts = wanted.texts(language)
        draw = partial(card_picture, base=base, texts=texts, site=shown, theme="light")
        for code in base.countries:
            path = picture_of(web_pages.actor(code, base, texts))
            yield SitePicture(path, draw(assess(code, base, on=wanted.edition.on)))
