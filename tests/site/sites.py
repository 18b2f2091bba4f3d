"""Sites for the tests, in memory: every file by its path."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.site.build import Wanted, files
from bot.site.document import Edition

ADDRESS = "https://ally.example.org/stands"

ROOT = "/stands"
"""Where the site lies on its server."""

Files = Mapping[str, bytes]


def wanted(
    base: Base, on: date, *, url: str = ADDRESS, languages: Sequence[str] = ("en",)
) -> Wanted:
    """A site of a base on a day."""
    display = names_of(base).display

    def texts(language: str) -> Texts:
        return Texts(language, display, base.catalogues)

    return Wanted(Edition(base, on), languages, url, texts)


def made(base: Base, on: date, *, url: str = ADDRESS) -> Files:
    """The files of a site, without its pictures."""
    return dict(files(wanted(base, on, url=url)))


def parsed(found: Files) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Every page of HTML by its path."""
    for path, content in found.items():
        if path.endswith(".html"):
            yield path, LexborHTMLParser(content)


def target(page: str, href: str) -> tuple[str, str]:
    """The path and the fragment that an address on a page leads to."""
    place, _, fragment = href.partition("#")
    place = place.partition("?")[0].removeprefix(f"{ROOT}/")
    folder = posixpath.dirname(page)
    path = posixpath.normpath(posixpath.join(folder, place)) if place else page
    return path, fragment


def attribute(node: LexborNode, name: str) -> str:
    """An attribute, empty where it is missing."""
    return node.attributes.get(name) or ""
