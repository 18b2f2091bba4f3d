"""What a page says of itself: read where it stands, and never believed to be safe."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.entries.bare_sources import MOST, bare_addresses, filled_in
from bot.entries.from_form import SOURCES
from bot.entries.page_metadata import PUBLISHER, TITLE, PageMetadata, page_metadata

OPEN_GRAPH = """<meta property="og:site_name" content="Reuters">
<meta property="og:title" content="Belarus closes consulate">
<meta property="article:published_time" content="2024-03-02T10:00:00Z">"""
LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
"headline": "Belarus closes consulate", "datePublished": "2024-03-02T10:00:00+01:00",
"publisher": {"@type": "Organization", "name": "Reuters"}}]}</script>"""
DUBLIN = """<title>Belarus closes
 consulate</title><meta name="DC.publisher" content="Reuters">
<meta name="DC.date.issued" content="2024-03-02">"""
PUBLISHER_NAMES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "citation_publisher",
)
TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "citation_title")
DAY_NAMES = (
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
WHOLE = PageMetadata("Reuters", "Belarus closes consulate", date(2024, 3, 2))


@pytest.mark.parametrize("head", [OPEN_GRAPH, LINKED, DUBLIN])
def test_each_way_in_which_pages_describe_themselves_is_read(head: str) -> None:
    assert page_metadata(f"<html><head>{head}</head></html>".encode()) == WHOLE


@pytest.mark.parametrize(
    ("names", "content", "read"),
    [
        (PUBLISHER_NAMES, "Reuters", PageMetadata(publisher="Reuters")),
        (TITLE_NAMES, "Consulate", PageMetadata(title="Consulate")),
        (DAY_NAMES, "2024-03-02", PageMetadata(published=date(2024, 3, 2))),
    ],
)
def test_a_page_is_described_under_each_of_these_names_the_first_before_the_others(
    names: tuple[str, ...], content: str, read: PageMetadata
) -> None:
    others: list[str] = []
    for name in reversed(names):
        meta = f'<meta name="{name.upper()}" content="{content}">'
        assert page_metadata(meta.encode()) == read, name
        assert page_metadata("".join([*others, meta]).encode()) == read, name
        others.append(f'<meta property="{name}" content="2023-01-01">')


def test_open_graph_comes_before_the_rest() -> None:
    other = DUBLIN.replace("Belarus closes", "Site |").replace("Reuters", "R")
    assert page_metadata((other + OPEN_GRAPH).encode()) == WHOLE


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<title> </title>",
        "<title>official</title>",
        '<meta name="date" content="2024-13-40">',
        '<script type="application/ld+json">{"headline": 7, "publisher": []}</script>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "\x00\xff<meta property=og:title>",
    ],
)
def test_what_says_nothing_is_nothing(html: str) -> None:
    assert page_metadata(html.encode("latin-1")) == PageMetadata()


@settings(max_examples=40)
@given(st.text(max_size=400), st.text(max_size=400))
def test_whatever_a_page_says_becomes_two_short_plain_lines(
    publisher: str, title: str
) -> None:
    head = (
        f"<meta property='og:site_name' content='{publisher}'>"
        f"<meta property='og:title' content='{title}'>"
    )
    page = page_metadata(head.encode("utf-8", "replace"))
    for line, most in ((page.publisher, PUBLISHER), (page.title, TITLE)):
        assert len(line) <= most
        assert line.isprintable()
        assert "://" not in line
        assert line == line.strip()


def test_only_what_stands_alone_is_filled_in() -> None:
    typed = (
        "https://example.org/1\n\nhttps://example.org/2\nGazette\nTitle\n\n"
        "https://www.example.org/3\n\nhttp://example.org/4"
    )
    assert bare_addresses(typed) == (
        "https://example.org/1",
        "https://www.example.org/3",
    )
    pages = {
        "https://example.org/1": WHOLE,
        "https://example.org/2": WHOLE,
        "https://www.example.org/3": PageMetadata(title="No publisher"),
    }
    assert filled_in(typed, pages).split("\n\n") == [
        "https://example.org/1\nReuters\nBelarus closes consulate\n2024-03-02",
        "https://example.org/2\nGazette\nTitle",
        "https://www.example.org/3\nexample.org\nNo publisher",
        "http://example.org/4",
    ]


def test_a_page_without_a_title_is_left_for_people() -> None:
    address = "https://example.org/1"
    assert filled_in(address, {address: PageMetadata("Reuters")}) == address
    assert filled_in(address, {}) == address


def test_few_pages_are_read_for_one_form() -> None:
    many = "\n\n".join(f"https://example.org/{n}" for n in range(SOURCES + 3))
    assert len(bare_addresses(many)) == MOST


def test_a_title_never_looks_like_an_address_of_its_own() -> None:
    page = page_metadata(b"<title>See https://evil.example now</title>")
    assert page.title == "See https evil.example now"


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 52_000,
        b"<div><meta>" * 23_000,
        b"<meta " + b" ".join(b"a%d=1" % n for n in range(28_000)) + b">",
    ],
    ids=["open tags", "metas in open tags", "attributes"],
)
def test_a_page_that_is_dear_to_parse_is_read_in_part(page: bytes) -> None:
    begun = time.process_time()
    found = page_metadata(OPEN_GRAPH.encode() + page)
    # Whole, the cheapest takes a second and the dearest ten.
    assert time.process_time() - begun < 0.6
    assert found.publisher == "Reuters"
