"""What the reply cache holds is what would be made anew: for every server, revision,
language, day, page and audience.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from bot.commands.entries.suggest import SUGGEST
from bot.entries.overlay import overlaid
from bot.entries.records import Entry, Preferences
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.names.server_names import ServerNames
from bot.service.client import Client
from bot.store.views import ServerView, ServerViews
from bot.ui import replies as module
from bot.ui.render import Prepared
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY
from tests.support.clocks import noon
from tests.support.databases import body
from tests.support.replies import values_of

KINDS = ("ask", "evidence", "votes", "method")
LOCALES = ("en-US", "uk")
PAST = date(2022, 3, 2)


class Asked(NamedTuple):
    """One question to the cache; ``server`` is the place of a view in VIEWS."""

    server: int
    kind: str
    code: str
    on: date
    number: int
    locale: str
    private: bool


def view(
    base: Base, names: NameIndex, guild: int, revision: int, claim: str
) -> ServerView:
    """A server with one event of its own about Belarus and an actor of its own."""
    land = {
        "kind": "state",
        "names": {"short": f"Land of {claim}"},
        "reviewed": "2024-01-01",
    }
    rows = [
        Entry(1, "event", "BY", body("own", claim), "published", 1, 7, noon()),
        Entry(2, "actor", "landonia", land, "published", 1, 7, noon()),
    ]
    merged = overlaid(base, rows, f"{base.revision}+{guild}.{revision}")
    own = ServerNames(names, merged)
    return ServerView(guild, revision, merged, own, Preferences())


@pytest.fixture(scope="module")
def servers(base: Base, names: NameIndex) -> list[ServerView | None]:
    """Nobody's, two servers, one of them twice, and one that is away."""
    bare = ServerView(9, 1, base, names, Preferences())
    return [
        None,
        view(base, names, 1, 1, "One thing happened."),
        view(base, names, 1, 2, "Another thing happened."),
        view(base, names, 2, 1, "A third thing happened."),
        bare,
        replace(bare, guild=1, revision=0, away=True),
    ]


def fresh(base: Base, names: NameIndex) -> ReplyCache:
    return ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")


def answered(
    cache: ReplyCache, asked: Asked, servers: list[ServerView | None]
) -> Prepared:
    return cache.page(
        asked.kind,
        asked.code,
        asked.on,
        asked.number,
        asked.locale,
        private=asked.private,
        server=servers[asked.server],
    )


def questions() -> list[Asked]:
    """Every combination that two readers might ask for one after the other."""
    pages = itertools.product(KINDS, ("BY", "AM"), (TODAY, PAST), LOCALES)
    return [
        Asked(server, kind, code, on, 1, locale, private)
        for kind, code, on, locale in pages
        for private in (True, False)
        for server in range(6)
    ]


def test_nobody_is_given_what_was_made_for_another_question(
    base: Base, names: NameIndex, servers: list[ServerView | None]
) -> None:
    shared = fresh(base, names)
    made: dict[Asked, Any] = {}
    for asked in questions():
        made[asked] = answered(shared, asked, servers).to_components()
    for asked, shown in made.items():
        apart = fresh(base, names)
        assert answered(apart, asked, servers).to_components() == shown, asked
        assert answered(shared, asked, servers).to_components() == shown, asked


def test_every_page_of_a_list_is_kept_apart(base: Base, names: NameIndex) -> None:
    cache = fresh(base, names)
    for kind in ("evidence", "votes"):
        asked = Asked(0, kind, "BY", TODAY, 1, "en-US", private=True)
        first, second = (
            values_of(
                answered(cache, asked._replace(number=n), [None]).to_components(),
                "content",
            )
            for n in (1, 2)
        )
        assert first != second


def test_an_own_entry_is_seen_in_its_server_alone(
    base: Base, names: NameIndex, servers: list[ServerView | None]
) -> None:
    cache = fresh(base, names)
    claims = ["One thing", "Another thing", "A third thing"]
    for server in (*range(6), *range(6)):
        asked = Asked(server, "evidence", "BY", TODAY, 1, "en-US", True)
        pages = [
            str(answered(cache, asked._replace(number=n), servers).to_components())
            for n in range(1, 9)
        ]
        shown = [claim for claim in claims if any(claim in page for page in pages)]
        assert shown == ([claims[server - 1]] if 1 <= server <= 3 else [])


def test_an_actor_of_a_servers_own_is_answered_there_and_nowhere_else(
    base: Base, names: NameIndex, servers: list[ServerView | None]
) -> None:
    cache = fresh(base, names)
    for server in (1, 3, 2, 0, 4, 5):
        asked = Asked(server, "ask", "landonia", TODAY, 1, "en-US", True)
        if 1 <= server <= 3:
            said = str(answered(cache, asked, servers).to_components())
            own = servers[server]
            assert own is not None
            assert own.names.display("landonia").rstrip(".") in said
        else:
            with pytest.raises(KeyError):
                answered(cache, asked, servers)


def test_who_has_nothing_of_their_own_is_given_the_very_reply_of_everybody(
    base: Base, names: NameIndex, servers: list[ServerView | None]
) -> None:
    cache = fresh(base, names)
    asked = Asked(4, "ask", "AM", TODAY, 1, "en-US", private=True)
    first = answered(cache, asked, servers)
    for server in (1, 2, 3, 4):
        assert answered(cache, asked._replace(server=server), servers) is first
    assert (cache.hits, cache.misses) == (4, 1)
    away = answered(cache, asked._replace(server=5), servers)
    assert "cannot read this server's own entries" in str(away.to_components())
    assert "cannot read this server's own entries" not in str(first.to_components())


def test_a_page_without_the_servers_own_keeps_its_other_notes(
    base: Base, names: NameIndex, servers: list[ServerView | None]
) -> None:
    cache = fresh(base, names)
    for kind in KINDS:
        asked = Asked(0, kind, "BY", TODAY, 1, "en-US", private=True)
        notes = _notes(answered(cache, asked, servers))
        away = _notes(answered(cache, asked._replace(server=5), servers))
        assert away[: len(notes)] == notes
        assert len(away) == len(notes) + 1


def _notes(page: Prepared) -> list[str]:
    text = "\n".join(values_of(page.to_components(), "content"))
    return re.findall(r"^-# (?!`).*", text, re.MULTILINE)


def test_never_more_is_kept_than_is_allowed_and_the_oldest_goes_first(
    base: Base, names: NameIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CACHED", 3)
    cache = fresh(base, names)
    codes = ["BY", "AM", "KZ", "MD"]
    for code in codes:
        answered(cache, Asked(0, "votes", code, TODAY, 1, "en-US", True), [None])
    assert cache.misses == 4
    for code in ("MD", "KZ", "AM"):
        answered(cache, Asked(0, "votes", code, TODAY, 1, "en-US", True), [None])
    assert (cache.hits, cache.misses) == (3, 4)
    answered(cache, Asked(0, "votes", "BY", TODAY, 1, "en-US", True), [None])
    assert cache.misses == 5


def test_after_a_new_base_every_reply_is_made_anew(
    base: Base, names: NameIndex
) -> None:
    cache = fresh(base, names)
    asked = Asked(0, "votes", "BY", TODAY, 1, "en-US", private=True)
    first = answered(cache, asked, [None])
    cache.swap(replace(base, revision="other"), names)
    assert cache.base.revision == "other"
    assert answered(cache, asked, [None]) is not first
    assert cache.misses == 2


@pytest.mark.asyncio
async def test_every_button_is_answered_and_leads_back_or_on(
    base: Base, names: NameIndex, servers: list[ServerView | None]
) -> None:
    cache = fresh(base, names)
    client = Client(cache, clock=None)
    # *Suggest a correction* is answered where servers' entries are served.
    patterns = [re.compile(each) for each in (*client._buttons, SUGGEST)]
    for asked in questions():
        page = answered(cache, asked, servers).to_components()
        # A menu's choices are the ids of buttons.
        ids = [*values_of(page, "custom_id"), *values_of(page, "value")]
        assert ids
        for each in ids:
            assert any(pattern.fullmatch(each) for pattern in patterns), each
        here = f"{asked.code}:{asked.on.isoformat()}:1"
        if asked.kind == "ask":
            other = {True: "share", False: "ask"}
            assert f"ally:{other[asked.private]}:{here}" in ids
            assert f"ally:{other[not asked.private]}:{here}" not in ids
            for each in ("timeline", "map", "compare"):
                assert f"ally:{each}:{here}" in ids
        else:
            assert f"ally:ask:{here}" in ids


def test_the_method_of_no_actor_leads_back_to_none(
    base: Base, names: NameIndex
) -> None:
    asked = Asked(0, "method", "-", TODAY, 1, "en-US", private=True)
    page = answered(fresh(base, names), asked, [None])
    assert not values_of(page.to_components(), "custom_id")
