"""What a web page says of itself: who published it, its title and its day.

Everything in it is hostile: what is taken is short, printable and cannot be mistaken
for another line of a source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

PUBLISHER, TITLE = 60, 200
"""Characters that are kept of each."""
_DAY = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")
_GRADES = {"official", "quality", "weak"}
"""Words that mean something on a line of their own in a source."""
_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "citation_publisher")
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title")
_DAYS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "parsely-pub-date",
)
"""Names of meta tags, the best first: Open Graph (ogp.me), Dublin Core, Highwire."""
_OBJECTS = 200
"""Objects of JSON-LD that are looked at."""
_TAGS, _LONGEST_TAG = 8_000, 16_384
"""Tags of a page that are read, and bytes of one: Lexbor's work grows with the square
and more of the tags that are open, and of the attributes of one.
"""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What was read; empty texts for what the page does not say."""

    publisher: str = ""
    title: str = ""
    published: date | None = None


def page_metadata(html: bytes) -> PageMetadata:
    """What a page says of itself, the first of Open Graph, JSON-LD, other meta tags and
    its title. It takes any bytes; of a page with very many tags the first are read.
    """
    # Loaded when a page is first read: few operators allow it.
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_head_of(html))
    metas = _metas(tree)
    about = _linked_data(tree)
    heading = tree.css_first("title")
    titles = [metas.get(each, "") for each in _TITLES[:1]]
    titles += [_text(about, "headline")]
    titles += [metas.get(each, "") for each in _TITLES[1:]]
    titles += [heading.text() if heading else ""]
    publishers = [metas.get(_PUBLISHERS[0], ""), _publisher(about)]
    publishers += [metas.get(each, "") for each in _PUBLISHERS[1:]]
    days = [metas.get(_DAYS[0], ""), _text(about, "datePublished")]
    days += [metas.get(each, "") for each in _DAYS[1:]]
    return PageMetadata(
        _first(publishers, PUBLISHER), _first(titles, TITLE), _first_day(days)
    )


def _head_of(html: bytes) -> bytes:
    """A page up to its first tag that is very long, _TAGS of them at most."""
    place = -1
    for _ in range(_TAGS):
        place = html.find(b"<", place + 1)
        if place < 0:
            return html
        if html.find(b">", place, place + _LONGEST_TAG) < 0:
            return html[:place]
    return html[:place]


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """Contents of meta tags by their name or property in small letters; the first
    counts.
    """
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        named = node.attributes
        key = named.get("property") or named.get("name") or named.get("itemprop") or ""
        found.setdefault(key.strip().casefold(), named.get("content") or "")
    return found


def _linked_data(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """The objects of the page's JSON-LD that have a headline or a day."""
    found: list[dict[str, Any]] = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        found += [
            each
            for each in _objects(data)
            if "headline" in each or "datePublished" in each
        ]
    return found


def _objects(data: object) -> Iterator[dict[str, Any]]:
    """The objects of a document and of its lists and graph, as schema.org nests them;
    no deeper.
    """
    waiting, seen = [data], 0
    while waiting and seen < _OBJECTS:
        each = waiting.pop(0)
        seen += 1
        if isinstance(each, list):
            waiting += cast("list[object]", each)[:_OBJECTS]
        elif isinstance(each, dict):
            known = cast("dict[str, Any]", each)
            yield known
            waiting.append(known.get("@graph"))


def _text(objects: list[dict[str, Any]], key: str) -> str:
    values = (each.get(key) for each in objects)
    return next((each for each in values if isinstance(each, str)), "")


def _publisher(objects: list[dict[str, Any]]) -> str:
    for each in objects:
        publisher = each.get("publisher")
        if isinstance(publisher, list):
            publisher = next(iter(cast("list[object]", publisher)), None)
        if isinstance(publisher, dict):
            publisher = cast("dict[str, object]", publisher).get("name")
        if isinstance(publisher, str):
            return publisher
    return ""


def _first(texts: list[str], most: int) -> str:
    """The first text that says something, as one short line."""
    return next((line for each in texts if (line := _line(each, most))), "")


def _line(text: str, most: int) -> str:
    words = text[: 4 * most].replace("://", " ").split()
    shown = " ".join("".join(filter(str.isprintable, word)) for word in words)
    shown = shown.strip()[:most].strip()
    if shown.casefold() in _GRADES or not any(map(str.isalnum, shown)):
        return ""
    return shown


def _first_day(texts: list[str]) -> date | None:
    for each in texts:
        if match := _DAY.match(each.strip()):
            year, month, day = map(int, match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None
