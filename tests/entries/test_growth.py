"""Whatever a stranger sends, twice as much of it is twice the work and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.entries.from_form import Draft, read
from bot.entries.ids import code_for, slug
from bot.entries.import_plan import plan
from bot.entries.overlay import exported, overlaid
from bot.entries.parts import parts_of
from bot.entries.records import Entry
from bot.knowledge.addresses import shown_host, web_address, without_invites
from bot.knowledge.dates import parse_when, past_day
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_text
from bot.knowledge.text import cut
from bot.knowledge.yaml import MAX_BYTES
from bot.names.choose import select
from bot.names.index import Actor, NameIndex
from bot.names.mentions import find
from bot.names.server_names import ServerNames
from tests.support.bases import TODAY
from tests.support.cases import case
from tests.support.growth import is_linear

Make = Callable[[int], str]
HEAD = "code: CU\nkind: state\nnames: {short: Cuba}\nreviewed: 2024\n"
EVENT = (
    "- {{id: e{0}, date: 2024, toward: russia, pillar: economic, weight: minor, "
    "claim: C., sources: [{{publisher: P, title: T, url: 'https://example.org/'}}]}}\n"
)


def many(text: str) -> Make:
    """A text again and again, up to so many characters; ``{0}`` counts."""
    if "{0}" in text:
        return lambda size: "".join(text.format(n) for n in range(size // len(text)))
    return lambda size: text * (size // len(text))


def under(head: str, text: str, end: str = "") -> Make:
    return lambda size: head + many(text)(size) + end


FILES: dict[str, Make] = {
    "blank lines": many("\n"),
    "blank lines of blanks": many("   \n"),
    "one blank line": many(" "),
    "carriage returns": many("\r"),
    "comments": many("# x\n"),
    "comments behind blanks": many("      # x\n"),
    "empty documents": many("---\n"),
    "documents behind blank lines": under(HEAD, "\n", "---\ncode: BY\n" * 200),
    "documents": many("---\ncode: CU\n"),
    "unknown keys": under(HEAD, "k{0}: 1\n"),
    "keys that stand twice": under(HEAD, "k: 1\n"),
    "aliases": under(HEAD + "aliases:\n", "- name {0}\n"),
    "the same alias": under(HEAD + "aliases:\n", "- Kuba\n"),
    "events": under(HEAD + "events:\n", EVENT),
    "events that are none": under(HEAD + "events:\n", "- 1\n"),
    "facts that nobody knows": under(
        HEAD + "summary: S.\nsummary_facts:\n", "- votes:{0}\n"
    ),
    "a long claim": under("claim: ", "x "),
    "a long key": under("k", "x", ": 1"),
    "a long number": under("code: ", "1"),
    "a long word for a choice": under(HEAD + "kind: s", "t", "\n"),
    "brackets": many("["),
    "brackets that close": many("[]"),
    "brackets in quotes": under('code: "', "[", '"'),
    "dashes": many("- "),
    "question marks": many("? "),
    "lines in quotes": under('code: "', "\n", '"'),
    "lines of a block": under("code: |\n", "\n"),
    "tags": many("!t "),
    "directives": many("%x y\n"),
}


def encoded(make: Make) -> Callable[[int], bytes]:
    return lambda size: make(size).encode()


def test_a_file_that_is_read_in(base: Base, names: NameIndex) -> None:
    def work(raw: bytes) -> None:
        plan("entries.yaml", raw, base, (), TODAY, names.exact)

    for name, make in FILES.items():
        with case(name):
            is_linear(encoded(make), work, MAX_BYTES >> 5)


def test_a_file_that_is_cut_into_documents() -> None:
    for name, make in FILES.items():
        with case(name):
            is_linear(make, lambda text: parts_of(text, 1 << 30), MAX_BYTES >> 5)


@pytest.mark.parametrize("name", ["empty documents", "documents"])
def test_a_whole_upload_of_markers(name: str) -> None:
    is_linear(FILES[name], lambda text: parts_of(text, 1 << 30), MAX_BYTES >> 1)


def test_a_file_of_the_base() -> None:
    for name, make in FILES.items():
        with case(name):
            is_linear(
                make,
                lambda text: read_text("x.yaml", "countries", text),
                MAX_BYTES >> 5,
            )


TYPED: dict[str, Make] = {
    "letters": many("a"),
    "blanks": many(" "),
    "a blank and much more": under("2022", " ", "x"),
    "lines": many("\n"),
    "lines of blanks": many(" \n"),
    "commas": many("a,"),
    "words": many("ab{0} "),
    "links": many("https://example.org/{0}\nP\nT\n\n"),
    "dots": many("."),
    "apostrophes": many("'"),
    "accents": many("e\u0301"),
    "what unfolds": many("\ufdfa"),
    "emoji": many("🇧🇾"),
    "han": many("中"),
    "invisible": many("\u200b"),
    "percent signs": many("%25"),
    "slashes": under("https://discord.com", "/"),
    "labels": under("https://", "a.", "org"),
    "letters of a host": under("https://", "ä", ".org"),
    "invites": many("discord.gg/x "),
    "a dish": many("Turkey oven "),
    "names": many("Belarus "),
    "names in a row": many("ロシア "),
    "fences": many("```a"),
    "angles": many("<@"),
}
FORMS = {
    "event": ("claim", "date", "source", "toward", "deed"),
    "level": ("level", "date", "reason", "source"),
    "summary": ("summary", "facts"),
    "alias": ("alias",),
    "actor": ("name", "aliases", "kind"),
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_field_of_a_form(kind: Any, base: Base, names: NameIndex) -> None:
    code = "actor-new" if kind == "actor" else "CU"

    def work(text: str) -> None:
        for field in FORMS[kind]:
            read(Draft(kind, code, {field: text}), base, TODAY, names.exact)

    for name, make in TYPED.items():
        with case(name):
            is_linear(make, work, 1 << 13)


def no_address(text: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        web_address(f"javascript:{text}")
    shown_host(text)


READERS: dict[str, Callable[[str], object]] = {
    "a day": parse_when,
    "a past day": lambda text: past_day(text, TODAY),
    "an address": no_address,
    "a host": shown_host,
    "an invite": without_invites,
    "what is cut": lambda text: cut(text, 60),
    "an id": slug,
    "a code": lambda text: code_for(text, ()),
    "a choice": lambda text: select(text, [("nato", "NATO"), ("csto", "CSTO")]),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_typed_text(reader: str) -> None:
    for name, make in TYPED.items():
        with case(name):
            is_linear(make, READERS[reader], 1 << 15)


def test_a_typed_name_and_a_message(names: NameIndex) -> None:
    names.warm()
    for name, make in TYPED.items():
        with case(name):
            is_linear(make, names.resolve, 1 << 15)
            is_linear(make, names.suggest, 1 << 15)
            is_linear(make, names.exact, 1 << 15)
            is_linear(make, lambda text: find(text, names), 1 << 12)


def test_the_names_of_an_index() -> None:
    def ask(count: int) -> NameIndex:
        actors = (
            Actor(f"actor-{n}", f"Land {n}", None, (f"Alias {n}",))
            for n in range(count)
        )
        index = NameIndex(actors, ("en", "ru"))
        index.warm()
        for text in ("Land 1", "l", "lamd 12", "alias", "nothing like it"):
            index.resolve(text)
            index.suggest(text)
        return index

    is_linear(int, ask, 4096)


def test_the_entries_of_a_server(base: Base, names: NameIndex) -> None:
    def of(count: int) -> list[Entry]:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        return [
            Entry(n, "alias", "CU", {"alias": f"Isle {n}"}, "published", 1, 1, at)
            for n in range(1, count + 1)
        ]

    def work(entries: list[Entry]) -> None:
        server = overlaid(base, entries, "x")
        over = ServerNames(names, server)
        for text in ("isle 7", "isle", "zzzz", ""):
            over.resolve(text)
            over.suggest(text)
        raw = exported(["CU"], base, entries, TODAY).encode()
        plan("entries.yaml", raw, server, entries, TODAY, over.exact)

    is_linear(of, work, 2000)


def test_the_options_of_a_list() -> None:
    def options(count: int) -> list[tuple[str, str]]:
        return [(f"bloc-{n}", f"Bloc of the {n}") for n in range(count)]

    is_linear(options, lambda each: select("bloc of tge 7", each), 1 << 11)
    is_linear(options, lambda each: select("bloc", each), 1 << 11)
