"""Every file of the site, worked out of a base: the same base, day and address give the
same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, TypeVar

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

_Thing = TypeVar("_Thing")
_About = Callable[[str, Edition, Texts], SitePage]
"""What makes the page of one actor, roll call and so on, by its code or id."""


class SiteFile(NamedTuple):
    """A file below the site's root."""

    path: str
    content: bytes


class Share(NamedTuple):
    """Some of all that is to be made: each ``every``-th, from the ``first`` on."""

    first: int
    every: int

    def of_all(self, things: Iterable[_Thing]) -> Iterator[_Thing]:
        """Those of some things that belong to it."""
        return islice(things, self.first, None, self.every)


ALL = Share(0, 1)


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


def _pages(
    edition: Edition, publishers: Publishers, texts: Texts
) -> Iterator[Callable[[], SitePage]]:
    """What makes each page of a language."""
    base = edition.base

    def index() -> SitePage:
        root = layout.root_of(web_pages.page(web_pages.INDEX, texts))
        return lists.index_page(edition, texts, world(edition, texts, root))

    yield index
    yield partial(lists.search_page, edition, texts)
    yield partial(news_page, edition, texts)
    yield partial(gatherings.method_page, edition, texts)
    yield from lists.list_pages(edition, publishers, texts)
    about_each: tuple[tuple[_About, Iterable[str]], ...] = (
        (actor_page, base.countries),
        (gatherings.vote_page, base.votes),
        (gatherings.bloc_page, base.blocs),
        (gatherings.measure_page, base.measures),
        (gatherings.forecast_page, base.forecasts),
        (deed_page, base.conflict.deeds),
        (publishers.page, publishers.names),
    )
    for about, keys in about_each:
        for key in keys:
            yield partial(about, key, edition, texts)


def _updated(edition: Edition) -> str:
    """When the feed changed last: the day of the edition."""
    return f"{edition.on.isoformat()}T00:00:00Z"


class Language:
    """The site in one language: its pages, and all that lies in its folder."""

    def __init__(self, wanted: Wanted, language: str) -> None:
        self._wanted, self._edition = wanted, wanted.edition
        self._texts = wanted.texts(language)
        self._publishers = Publishers(wanted.edition.base)
        self._layout = layout.Layout(
            wanted.edition, self._texts, wanted.languages, url=wanted.url
        )

    def _beside(self) -> Iterator[Callable[[], SiteFile]]:
        """What makes each file that is no page."""
        edition, texts = self._edition, self._texts
        folder = web_pages.folder_of(web_pages.language_of(texts))

        def feed() -> SiteFile:
            found = self._layout.feed(news(edition, texts), _updated(edition), texts)
            return SiteFile(f"{folder}/feed.atom", found)

        def names() -> SiteFile:
            found = search.names_index(edition, texts)
            return SiteFile(f"{folder}/names.json", found)

        yield feed
        yield names

    def _page(self, make: Callable[[], SitePage]) -> SiteFile:
        page = make()
        return SiteFile(page.path, self._layout.html(page))

    def _picture(self, code: str) -> SitePicture:
        """An actor's card, for previews of links."""
        base, texts = self._edition.base, self._texts
        path = picture_of(web_pages.actor(code, base, texts))
        assessment = assess(code, base, on=self._edition.on)
        shown = self._wanted.url.partition("://")[2]
        svg = card_picture(assessment, base, texts, site=shown, theme="light")
        return SitePicture(path, svg)

    def files(self, share: Share = ALL) -> Iterator[SiteFile]:
        """A share of the files but the pictures."""
        pages = _pages(self._edition, self._publishers, self._texts)
        every = chain(self._beside(), (partial(self._page, make) for make in pages))
        for make in share.of_all(every):
            yield make()

    def pictures(self, share: Share = ALL) -> Iterator[SitePicture]:
        """A share of the pictures; none without an address, for a preview needs whole
        ones.
        """
        if self._wanted.url:
            yield from map(self._picture, share.of_all(self._edition.base.countries))


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


def outside(wanted: Wanted) -> Iterator[SiteFile]:
    """The files that belong to no language, but the list of all pages."""
    edition, conflict = wanted.edition, wanted.edition.base.conflict
    first = wanted.texts(wanted.languages[0])
    around = layout.Layout(edition, first, wanted.languages, url=wanted.url)
    yield SiteFile("index.html", around.entry())
    yield SiteFile("404.html", around.missing())
    yield SiteFile("style.css", layout.style(conflict))
    yield SiteFile("site.js", layout.script())
    yield SiteFile("icon.svg", layout.icon())
    yield SiteFile("facts.json", search.facts_index(edition))
    yield SiteFile("robots.txt", _robots(wanted.url))


def sitemap(wanted: Wanted, paths: Iterable[str]) -> Iterator[SiteFile]:
    """The list of all pages among these paths, which are those of the languages'
    files; none without an address.
    """
    if wanted.url:
        pages = sorted(path for path in paths if path.endswith(".html"))
        yield SiteFile("sitemap.xml", _sitemap(pages, wanted.url))


def files(wanted: Wanted) -> Iterator[SiteFile]:
    """Every file but the pictures; what every page needs comes first."""
    yield from outside(wanted)
    found: list[str] = []
    for language in wanted.languages:
        for file in Language(wanted, language).files():
            found.append(file.path)
            yield file
    yield from sitemap(wanted, found)


def pictures(wanted: Wanted) -> Iterator[SitePicture]:
    """Every picture, yet to be drawn."""
    for language in wanted.languages:
        yield from Language(wanted, language).pictures()
