"""Pages as HTML: the template, the words around every page, styles by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.answers import base_words, sentences, web_pages
from bot.answers.palette import colour_of, ink_on
from bot.answers.texts import Texts, direction_of, language_name
from bot.knowledge.addresses import linked, shown_host
from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import Source
from bot.site.document import Edition, Link, SitePage
from bot.site.news import NewsItem, feed_id

HERE = Path(__file__).parent
CSP = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
"""What a page may load: nothing but the site's own files."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around every page, in its language."""

    skip: str
    skip_map: str
    menu: str
    search: str
    dark: str
    light: str
    sources: str
    weak: str
    opens: str
    languages: str
    feed: str
    nothing: str
    failed: str
    type_more: str
    missing: str
    made: str
    no_tracking: str


def words_of(edition: Edition, texts: Texts) -> Words:
    """The words of a language."""
    return Words(
        skip=texts("Skip to the content"),
        skip_map=texts("Skip the map"),
        menu=texts("Pages"),
        search=texts("Search for a country, in any language, or a fact"),
        dark=texts("Dark"),
        light=texts("Light"),
        sources=texts("Sources"),
        weak=texts("weak source"),
        opens=texts("leads to another site"),
        languages=texts("Languages"),
        feed=texts("Feed of what is new"),
        nothing=texts("Nothing is found by these words."),
        failed=texts("The search could not be loaded; all names stand below."),
        type_more=texts("Type at least two letters."),
        missing=texts("There is no such page."),
        made=texts(
            "Ally, facts as of {date}.",
            date=texts.date(edition.on),
        ),
        no_tracking=texts("This site loads nothing from elsewhere and counts nobody."),
    )


def navigation(texts: Texts) -> tuple[Link, ...]:
    """The pages that every page leads to."""
    named = (
        (web_pages.INDEX, texts("Map")),
        ("search", texts("Search")),
        ("news", texts("What is new")),
        ("votes", texts("Roll calls")),
        ("blocs", texts("Blocs")),
        ("measures", texts("Who did the same")),
        ("deeds", texts("Kinds of deed")),
        ("forecasts", texts("Forecasts")),
        ("sources", texts("Sources")),
        (web_pages.METHOD, texts("How Ally decides")),
    )
    return tuple(Link(words, web_pages.page(name, texts)) for name, words in named)


@cache
def environment(folder: Path) -> Environment:
    """The templates of a folder, read again when they change: everything that is filled
    in is escaped, and nothing may be missing.
    """
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(("html", "xml"), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["address"] = _address
    made.filters["host"] = _host
    return made


def _address(source: Source) -> str:
    """Where a citation leads; empty for what is no web address."""
    return _linked(source.url)


def _host(source: Source) -> str:
    return _shown_host(source.url)


# A page is cited on many others, in every language.
_linked = lru_cache(maxsize=8192)(linked)
_shown_host = lru_cache(maxsize=8192)(shown_host)


def root_of(path: str) -> str:
    """What leads from a page to the site's root."""
    return "../" * path.count("/")


class Layout:
    """The HTML of the pages of one language.

    ``url`` is the site's address without a slash at its end, or empty; ``languages``
    are all that the site is made in.
    """

    def __init__(
        self,
        edition: Edition,
        texts: Texts,
        languages: Sequence[str],
        *,
        url: str = "",
    ) -> None:
        self._templates = environment(HERE / "templates")
        self._url = url
        self._languages = languages
        self._feed_id = feed_id(edition.base.conflict.id, texts.locale)
        conflict = edition.base.conflict
        self._around = {
            "words": words_of(edition, texts),
            "navigation": navigation(texts),
            "language": web_pages.folder_of(web_pages.language_of(texts)),
            "direction": direction_of(texts.locale),
            "site_name": base_words.once("conflict.name", conflict, texts),
            "csp": CSP,
            "url": url,
        }

    def _same_in_other_languages(self, path: str) -> list[tuple[str, Link]]:
        _, _, rest = path.partition("/")
        folders = map(web_pages.folder_of, self._languages)
        return [
            (folder, Link(language_name(language), f"{folder}/{rest}"))
            for folder, language in zip(folders, self._languages, strict=True)
        ]

    def html(self, page: SitePage) -> bytes:
        """A page's file."""
        template = self._templates.get_template("page.html")
        text = template.render(
            page=page,
            root=root_of(page.path),
            others=self._same_in_other_languages(page.path),
            **self._around,
        )
        return text.encode()

    def missing(self) -> bytes:
        """The page that a server shows for an address that there is not, however deep
        that lies: its links begin at the server's root.
        """
        template = self._templates.get_template("missing.html")
        root = f"{urlsplit(self._url).path}/"
        return template.render(root=root, others=[], **self._around).encode()

    def entry(self) -> bytes:
        """The page at the root: the languages to choose from, or straight on where
        there is one.
        """
        template = self._templates.get_template("entry.html")
        others = self._same_in_other_languages(f"-/{web_pages.INDEX}.html")
        return template.render(root="", others=others, **self._around).encode()

    def feed(self, items: Sequence[NewsItem], updated: str, texts: Texts) -> bytes:
        """The Atom feed (RFC 4287) of a language; ``updated`` is a moment as RFC 3339
        writes it.
        """
        template = self._templates.get_template("feed.xml")
        named = [
            (item, texts("{name}: {what}", name=texts.name(item.code), what=item.words))
            for item in items
        ]
        return template.render(
            items=named, updated=updated, id=self._feed_id, **self._around
        ).encode()


def level_styles(conflict: Conflict) -> str:
    """The colours of each level as CSS; a level's id is letters and hyphens."""
    rules: list[str] = []
    for level in sentences.level_order(conflict):
        colour = colour_of(level, conflict)
        if colour:
            rules.append(f".l-{level}{{--level:{colour};--on-level:{ink_on(colour)}}}")
    return "\n".join(rules) + "\n"


def style(conflict: Conflict) -> bytes:
    """The style sheet."""
    plain = (HERE / "assets" / "style.css").read_text("utf-8")
    return f"{plain}\n{level_styles(conflict)}".encode()


def script() -> bytes:
    """The script: the switch between dark and light, the search, days on an actor's
    page, and the name under the pointer on the map.
    """
    return (HERE / "assets" / "site.js").read_bytes()


def icon() -> bytes:
    """The site's sign in a browser's tab."""
    return (HERE / "assets" / "icon.svg").read_bytes()
