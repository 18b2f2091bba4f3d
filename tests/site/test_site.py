"""What every page of the site keeps to, whatever the base says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.alignment.over_time import changes
from bot.answers import web_pages
from bot.answers.texts import english
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.folding import fold
from bot.names.index import names_of
from bot.site import layout
from bot.site.build import files, pictures
from bot.site.document import Edition
from tests.answers.test_pages import pages
from tests.site.sites import ADDRESS, Files, attribute, made, parsed, target, wanted
from tests.support.bases import FOREIGN_TODAY, SHIPPED_WORDS, TODAY, foreign
from tests.support.made_once import made_once

ROOT = Path(__file__).resolve().parents[2]
SPECIAL = {"404.html", "index.html"}
"""Pages outside the languages' folders."""
ALLOWED = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def listed(
    base: Base, tmp_path_factory: pytest.TempPathFactory
) -> Sequence[tuple[str, bytes]]:
    """Every file of the shipped base's site, in order."""

    def make() -> Sequence[tuple[str, bytes]]:
        return [(file.path, file.content) for file in files(wanted(base, TODAY))]

    return made_once(tmp_path_factory, "site", make)


@pytest.fixture(scope="module")
def shipped(listed: Sequence[tuple[str, bytes]]) -> Files:
    return dict(listed)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return read_base(foreign(tmp_path_factory.mktemp("small")), FOREIGN_TODAY)


@pytest.fixture(scope="module")
def site(small: Base) -> Files:
    return made(small, FOREIGN_TODAY)


@pytest.fixture(params=["shipped", "site"])
def either(request: pytest.FixtureRequest) -> Files:
    """The site of the shipped base, and of one of an invented conflict."""
    return request.getfixturevalue(request.param)


def test_every_link_leads_to_a_page_and_a_place_that_there_are(either: Files) -> None:
    trees = dict(parsed(either))
    places = {
        path: {attribute(node, "id") for node in tree.css("[id]")}
        for path, tree in trees.items()
    }
    for page, tree in trees.items():
        for node in tree.css("a[href], link[href], script[src], form[action]"):
            href = next(
                filter(None, (attribute(node, a) for a in ("href", "src", "action")))
            )
            if href.startswith(("https://", "http://")):
                continue
            path, fragment = target(page, href)
            assert path in either, (page, href)
            if fragment:
                assert fragment in places[path], (page, href)


def test_nothing_is_loaded_from_elsewhere_and_only_sources_lead_there(
    either: Files,
) -> None:
    for page, tree in parsed(either):
        for node in tree.css("*"):
            assert not attribute(node, "src").startswith(("http", "//")), page
            href = attribute(node, "href")
            if node.tag == "link" and attribute(node, "rel") in {
                "canonical",
                "alternate",
            }:
                assert not href.startswith("http") or href.startswith(ADDRESS), page
            elif href.startswith(("http", "//")):
                assert node.tag == "a", page
                assert attribute(node, "rel") == "noopener noreferrer nofollow", page
                assert attribute(node.parent.parent.parent, "class") == "sources", page  # type: ignore[union-attr]


def test_every_page_forbids_all_but_the_sites_own_files(either: Files) -> None:
    assert layout.CSP == ALLOWED
    for page, tree in parsed(either):
        policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
        assert policy is not None, page
        assert attribute(policy, "content") == ALLOWED, page
        for node in tree.css("*"):
            names = node.attributes.keys()
            assert not any(n == "style" or n.startswith("on") for n in names), page
        assert not tree.css("style, iframe, object, embed, base"), page
        assert all(attribute(each, "src") for each in tree.css("script")), page


def test_every_page_is_told_by_its_language_title_heading_and_landmarks(
    either: Files,
) -> None:
    for page, tree in parsed(either):
        html = tree.css_first("html")
        assert html is not None
        assert attribute(html, "lang") == "en", page
        title = tree.css_first("title")
        assert title is not None, page
        assert title.text().removesuffix("· Ally").strip(), page
        assert len(tree.css("h1")) == len(tree.css("main#content")) == 1, page
        depths = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4, h5")]
        assert all(after - before <= 1 for before, after in pairwise(depths)), page


def test_no_words_run_together_where_the_style_is_not_there(either: Files) -> None:
    tags = r"(?:</?(?:span|a|i|b|em|strong|button|label|time)\b[^>]*>)+"
    touching = re.compile(rf"\w{tags}[\w\[]|[\w\])]{tags}\w")
    for path, content in either.items():
        if path.endswith(".html"):
            # What is drawn has its own places for words.
            text = re.sub(r"(?s)<svg.*?</svg>", "", content.decode())
            assert touching.findall(text) == [], path


def test_no_page_of_another_base_speaks_of_the_shipped_conflict(site: Files) -> None:
    for page, tree in parsed(site):
        body = tree.body
        assert body is not None
        said = body.text(separator=" ")
        assert not SHIPPED_WORDS.findall(said.replace("unknown", "")), page


def test_every_answer_that_names_a_page_of_the_site_names_one_that_there_is(
    small: Base, site: Files
) -> None:
    named = {answer.web for answer in pages(small, names_of(small))} - {""}
    assert len(named) > 10
    assert {each.partition("?")[0] for each in named} <= set(site)


def test_an_actors_page_has_the_card_of_each_day_on_which_its_level_changed(
    base: Base, shipped: Files
) -> None:
    edition = Edition(base, TODAY)
    for code in base.countries:
        tree = LexborHTMLParser(shipped[f"en/actor/{code.lower()}.html"])
        days = [
            attribute(node, "id").removeprefix("day-")
            for node in tree.css("details[id^=day-]")
        ]
        stops = edition.courses[code]
        turned = [after.on.isoformat() for _, after in changes(stops)]
        assert days == [*reversed(turned), stops[0].on.isoformat()]
        for node in tree.css("details[id^=day-]"):
            assert node.css_first(".note") is not None, "the card's day and sureness"


def test_the_map_says_the_same_in_words(base: Base, shipped: Files) -> None:
    tree = LexborHTMLParser(shipped["en/index.html"])
    drawn = {attribute(node, "aria-label") for node in tree.css("svg.world a")}
    rows = {
        f"{row.css('th')[0].text(strip=True)}: {row.css('td')[0].text(strip=True)}"
        for row in tree.css("#words tbody tr")
    }
    assert drawn <= rows
    assert len(rows) == len(base.countries)
    assert len(drawn) >= 195


def test_a_name_in_any_language_is_in_the_index_that_the_search_reads(
    shipped: Files,
) -> None:
    entries = json.loads(shipped["en/names.json"])
    names = {entry[0]: set(entry[4]) for entry in entries}
    for code, typed in (
        ("by", "Weißrussland"),
        ("de", "ألمانيا"),
        ("jp", "日本"),
        ("ci", "Ivory Coast"),
        ("ua", "україна"),
        ("mm", "Burma"),
    ):
        assert fold(typed) in names[f"actor/{code}.html"], typed


def test_every_fact_of_the_base_is_in_the_index_that_the_search_reads(
    base: Base, shipped: Files
) -> None:
    told = {(code, day, text) for code, day, text in json.loads(shipped["facts.json"])}
    assert told == {
        (code.lower(), str(event.date), event.claim)
        for code, country in base.countries.items()
        for event in country.events
    }


def test_the_feed_has_entries_with_names_of_their_own_up_to_the_day(
    either: Files,
) -> None:
    feed = ET.fromstring(either["en/feed.atom"])
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert entries
    assert len(ids) == len(set(ids))
    dates = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] <= (feed.findtext(f"{ATOM}updated") or "")
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        path = link.attrib["href"].removeprefix(f"{ADDRESS}/").partition("#")[0]
        assert path in either


def test_the_sitemap_has_every_page_of_every_language(either: Files) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", either["sitemap.xml"].decode())
    every = {path for path in either if path.endswith(".html")} - SPECIAL
    assert {each.removeprefix(f"{ADDRESS}/") for each in listed} == every
    assert b"sitemap.xml" in either["robots.txt"]


def test_no_two_pages_lie_at_the_same_place(
    listed: Sequence[tuple[str, bytes]], shipped: Files
) -> None:
    assert len(listed) == len(shipped)


@given(names=st.lists(st.text(max_size=80), unique=True, max_size=12))
def test_publishers_have_addresses_of_their_own_that_are_plain_names_of_files(
    names: list[str],
) -> None:
    places = {web_pages.publisher(name, english()) for name in names}
    assert len(places) == len(names)
    for place in places:
        assert re.fullmatch(r"en/source/[a-z0-9]+(-[a-z0-9]+)*\.html", place)


def test_without_an_address_nothing_is_made_that_needs_one(small: Base) -> None:
    found = made(small, FOREIGN_TODAY, url="")
    assert "sitemap.xml" not in found
    assert not list(pictures(wanted(small, FOREIGN_TODAY, url="")))
    for page, tree in parsed(found):
        assert not tree.css('link[rel="canonical"], meta[property="og:image"]'), page


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'></a>&amp;{{7*7}}"


def hostile(small: Base) -> Base:
    """A base whose texts would be markup, if anything let them."""
    countries = {
        code: replace(
            country,
            names=replace(country.names, short=f"{code}{HOSTILE}"),
            events=tuple(
                replace(
                    event,
                    claim=HOSTILE,
                    sources=tuple(
                        replace(source, publisher=HOSTILE, title=HOSTILE)
                        for source in event.sources
                    ),
                )
                for event in country.events
            ),
        )
        for code, country in small.countries.items()
    }
    votes = {
        key: replace(vote, title=HOSTILE, short=HOSTILE, symbol=HOSTILE)
        for key, vote in small.votes.items()
    }
    blocs = {key: replace(bloc, name=HOSTILE) for key, bloc in small.blocs.items()}
    return replace(small, countries=countries, votes=votes, blocs=blocs)


def test_no_text_of_a_base_becomes_markup(small: Base, site: Files) -> None:
    found = made(hostile(small), FOREIGN_TODAY)
    assert any(b"&lt;script&gt;" in content for content in found.values())
    for page, tree in parsed(found):
        assert not tree.css("img"), page
        assert len(tree.css("script")) == 1, page
        assert b"{{7*7}}" in found[page] or b"49" not in found[page], page
    ET.fromstring(found["en/feed.atom"])
    same = {p for p in site if p.startswith("en/") and "/source/" not in p}
    assert same <= set(found)


def test_an_address_that_is_no_web_address_leads_nowhere(small: Base) -> None:
    code = next(c for c, country in small.countries.items() if country.events)
    country = small.countries[code]
    event = country.events[0]
    bad = replace(event.sources[0], url="javascript:alert(1)")
    events = (replace(event, sources=(bad,)), *country.events[1:])
    countries = {**small.countries, code: replace(country, events=events)}
    for page, tree in parsed(made(replace(small, countries=countries), FOREIGN_TODAY)):
        for node in tree.css("[href]"):
            assert not attribute(node, "href").startswith("javascript"), page


DIGEST = """
import hashlib, sys
from pathlib import Path
from bot.knowledge.reader import read_base
from bot.site.build import files, pictures
from tests.site.sites import wanted
from tests.support.bases import FOREIGN_TODAY
site = wanted(read_base(Path(sys.argv[1]), FOREIGN_TODAY), FOREIGN_TODAY)
digest = hashlib.sha256()
for each in (*files(site), *pictures(site)):
    digest.update(repr(each).encode())
print(digest.hexdigest())
"""


def test_the_same_base_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    folder = foreign(tmp_path)
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST, str(folder)],
            check=True,
            cwd=ROOT,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def languages_of_three() -> tuple[str, ...]:
    return ("en", "ar", "pt_BR")


def test_each_language_has_every_page_and_leads_to_the_same_page_in_the_others(
    small: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_pages, "languages", languages_of_three)
    found = dict(files(wanted(small, FOREIGN_TODAY, languages=languages_of_three())))
    pages_of = {
        folder: {p.partition("/")[2] for p in found if p.startswith(f"{folder}/")}
        for folder in ("en", "ar", "pt-BR")
    }
    assert pages_of["en"] == pages_of["ar"] == pages_of["pt-BR"]
    tree = LexborHTMLParser(found["ar/actor/meadow.html"])
    html = tree.css_first("html")
    assert html is not None
    assert (attribute(html, "lang"), attribute(html, "dir")) == ("ar", "rtl")
    links = {attribute(node, "href") for node in tree.css("footer nav a")}
    assert links == {f"../../{f}/actor/meadow.html" for f in pages_of}
    named = {attribute(node, "hreflang") for node in tree.css("link[hreflang]")}
    assert named == set(pages_of)


def test_the_day_decides_what_the_pages_say(base: Base) -> None:
    edition = Edition(base, date(2022, 2, 23))
    later = Edition(base, TODAY)
    assert edition.levels != later.levels
