"""The fast path and discord.py's tree answer the same, byte for byte: every command
that only reads, its options, its buttons and what its options offer, in every kind of
server. What the fast path leaves to the tree is left for a reason.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio
from discord import app_commands

from bot.commands.explore.search import SearchReplies
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.pictures.cache import PictureCache
from bot.runtime.discord_internals import written_json
from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from bot.ui.interaction import Command
from bot.ui.reading import declared
from bot.ui.replies import ReplyCache
from tests.support.clocks import FrozenClock
from tests.support.databases import add
from tests.support.posted import (
    Payload,
    Posted,
    Reader,
    Sent,
    commanded,
    message_of,
    pressed,
)

pytestmark = pytest.mark.asyncio

Options = Mapping[str, Any]
ENTRIES, EMPTY, PRIVATE, SLOW = 1, 2, 3, 4
"""Servers: with entries of its own, without, one that prefers private answers, and one
with a cooldown.
"""
READERS = tuple(
    Reader(locale, guild)
    for locale, guild in itertools.product(
        ("en-US", "uk"), (0, ENTRIES, EMPTY, PRIVATE)
    )
)
DAYS: tuple[Options, ...] = ({}, {"on": "2022-03-02"}, {"on": "2022"})
UNDERSTOOD: Mapping[str, tuple[Options, ...]] = {
    "ally": tuple(
        {"country": country, **more}
        for country in ("belarus", "🇦🇲", "KZ", "csto")
        for more in (*DAYS, {"full": True}, {"full": False})
    ),
    "compare": tuple(
        {"first": "belarus", "second": "armenia", **more}
        for more in (*DAYS, {"third": "KZ"}, {"third": "KZ", "fourth": "🇲🇩"})
    ),
    "where": (
        *DAYS,
        {"since": "2022-02-23"},
        {"side": "neutral"},
        {"region": "150"},
        {"bloc": "csto"},
        {"side": "russia", "since": "2022", "region": "150", "on": "2024"},
    ),
    "bloc": tuple(
        {"name": name, **more} for name in ("csto", "brics") for more in DAYS
    ),
    "vote": tuple(
        {"resolution": "ES-11/1", **more}
        for more in ({}, {"bloc": "csto"}, {"region": "002"})
    ),
    "forecast": (*DAYS, {"name": "express-2022-01-26"}),
    "changes": (
        {},
        {"since": "week"},
        {"since": "2024-01-01", "region": "150"},
        {"since": "year", "bloc": "csto"},
    ),
    "search": (
        {"text": "who expelled diplomats in 2022"},
        {"text": "sanctons", "since": "2024", "region": "150"},
        {"text": "thing", "side": "russia"},
        {"text": "zzzz", "deed": "arms"},
    ),
    "source": ({"name": "TASS"}, {"name": "interfax.com.ua"}),
    "about": ({},),
    "invite": ({},),
    "help": ({},),
}
"""What is answered at once, once it was worked out."""
LEFT: Mapping[str, tuple[Options, ...]] = {
    "ally": (
        {"country": "korea"},
        {"country": "zzzz"},
        {"country": "cuba", "on": "tomorrow"},
        {"country": "cuba", "on": "02/03/2022"},
    ),
    "compare": (
        {"first": "belarus", "second": "zzzz"},
        {"first": "belarus", "second": "BY"},
    ),
    "where": ({"side": "zzzz"}, {"region": "zzzz"}, {"since": "2031"}),
    "bloc": ({"name": "zzzz"},),
    "changes": ({"since": "zzzz"}, {"since": "2031"}, {"region": "zzzz"}),
    "vote": ({"resolution": "zzzz"}, {"resolution": "2022"}),
    "forecast": ({"name": "zzzz"},),
    "search": (
        {"text": "arms", "side": "zzzz"},
        {"text": "arms", "since": "02/03/2022"},
        {"text": "arms", "since": "2031"},
    ),
    "source": ({"name": "zzzz"}, {"name": "news"}),
}
"""What is asked back, each a reply for the asker alone."""
DRAWN: Mapping[str, tuple[Options, ...]] = {
    "timeline": ({"country": "belarus"},),
    "brief": ({"country": "belarus"}, {"country": "KZ", "on": "2022"}),
    "map": ({}, {"theme": "light"}),
}
"""What is drawn."""
ASKED: Mapping[str, tuple[Options, ...]] = {
    "quiz play": ({}, {"topic": "votes"}, {"topic": "150"}),
}
"""What is another question each time."""
TYPED = ("", "b", "Бел", "es-11", "xyzzy", "🇧🇾", "﷽" * 100, "a" * 100)


class NoPictures(PictureCache):
    """Draws nothing."""

    async def picture(self, key: Any, svg: Any) -> bytes:
        del key, svg
        return b"picture"


@pytest.fixture(scope="module")
def indexed(base: Base) -> SearchReplies:
    """Search over the base, as it is when the client is warm."""
    search = SearchReplies()
    search.warm(base)
    return search


@pytest_asyncio.fixture
async def ways(
    base: Base,
    names: NameIndex,
    indexed: SearchReplies,
    clock: FrozenClock,
    tmp_path: Path,
) -> AsyncGenerator[Posted]:
    """One client, with every server's view in memory."""
    store = Store(f"sqlite:///{tmp_path}/ways.db", clock=clock.now)
    services = Services(store, base, names)
    await services.open()
    # It would doubt what is in memory while the servers are set up.
    await services.watch.stop()
    await add(store, ENTRIES, "own")
    await services.writer.prefer(PRIVATE, {"private": True}, author=7)
    await services.writer.prefer(SLOW, {"cooldown": 30}, author=7)
    replies = ReplyCache(services.views, clock.today, "test")
    # However busy the machine is, no answer is promised in place of being given.
    client = Client(
        replies, services, picture_cache=NoPictures(), clock=None, defer_after=600
    )
    search = client._explore.search
    search.indexes, search.publishers = indexed.indexes, indexed.publishers
    posted = Posted(client)
    await posted.open()
    for guild in (ENTRIES, EMPTY, PRIVATE, SLOW):
        posted.join(guild)
        await services.views.view(guild)
    yield posted
    await services.close()


def quick(ways: Posted, payload: Payload) -> bytes | None:
    return ways.client.fast_path.reply({"id": "1", **payload})


def commands(ways: Posted) -> list[Command]:
    walked = ways.client.tree.walk_commands()
    return [each for each in walked if isinstance(each, app_commands.Command)]


async def slow(ways: Posted, payload: Payload) -> Sent:
    """The first reply of discord.py's tree."""
    sent = await ways.ask(payload)
    assert sent, payload["data"]
    return sent[0]


def asked(reader: Reader, name: str, options: Options) -> Payload:
    typed = {
        key: (5 if isinstance(value, bool) else 3, value)
        for key, value in options.items()
    }
    payload = commanded(reader, name, typed)
    # A server speaks another language than its reader.
    return payload | ({"guild_locale": "nl"} if reader.guild else {})


def with_private(cases: Sequence[Options], name: str) -> Iterator[Options]:
    for options in cases:
        yield options
        if name not in {"about", "help", "invite"}:
            yield {**options, "private": True}
            yield {**options, "private": False}


async def test_every_reading_command_is_tried(ways: Posted) -> None:
    reading = {each.qualified_name for each in commands(ways) if declared(each).build}
    assert reading == {*UNDERSTOOD, *DRAWN, *ASKED}


@pytest.mark.parametrize("name", UNDERSTOOD)
async def test_a_command_is_answered_the_same_both_ways(
    ways: Posted, name: str
) -> None:
    told: list[tuple[Payload, bytes]] = []
    for reader in READERS:
        for options in with_private(UNDERSTOOD[name], name):
            payload = asked(reader, name, options)
            long = written_json((await slow(ways, payload)).body)
            assert quick(ways, payload) == long, (reader, options)
            told.append((payload, long))
    for payload, long in told:
        assert quick(ways, payload) == long, "from memory, after everybody else"


@pytest.mark.parametrize("name", LEFT)
async def test_what_is_not_understood_is_asked_back_by_the_tree(
    ways: Posted, name: str
) -> None:
    for reader in READERS:
        for options in with_private(LEFT[name], name):
            payload = asked(reader, name, options)
            assert quick(ways, payload) is None, (reader, options)
            assert (await slow(ways, payload)).data["flags"] & 64, (reader, options)


@pytest.mark.parametrize("name", [*DRAWN, *ASKED])
async def test_a_picture_or_another_question_is_left_to_the_tree(
    ways: Posted, name: str
) -> None:
    for options in {**DRAWN, **ASKED}[name]:
        assert quick(ways, asked(READERS[0], name, options)) is None


async def test_every_option_offers_the_same_both_ways(ways: Posted) -> None:
    tried = 0
    for command in commands(ways):
        shown = {each.name: str(each.display_name) for each in command.parameters}
        for parameter in declared(command).offers:
            option = shown[parameter]
            tried += 1
            for reader, text in itertools.product(READERS, TYPED):
                name = command.qualified_name
                if not reader.guild and name not in UNDERSTOOD and name not in DRAWN:
                    continue
                given = {option: (3, text)}
                payload = commanded(reader, name, given, focused=option)
                long = written_json((await slow(ways, payload)).body)
                assert quick(ways, payload) == long, (name, option, reader, text)
                assert quick(ways, payload) == long, "and from memory"
    assert tried > 20


@pytest.mark.parametrize(
    "reader", READERS, ids=lambda each: f"{each.locale}-{each.guild}"
)
async def test_every_button_is_answered_the_same_both_ways(
    ways: Posted, reader: Reader
) -> None:
    families: set[str] = set()
    tried = set[Kind]()
    for name, cases in UNDERSTOOD.items():
        two_days = {**cases[0], "on": "02/03/2022"}
        for options in (*cases[:4], two_days):
            sent = await slow(ways, asked(reader, name, options))
            families |= await press_all(ways, reader, sent, tried)
    assert families >= {
        "ally 2",
        "ally 3",
        "bloc 2",
        "forecast 2",
        "movers 2",
        "again 2",
    }


LONG = re.compile(
    r"ally:(timeline|map|compare):|again:(map|timeline)|suggest:|map:|with:|quiz:"
)
"""What draws, opens a form, or asks a question of the quiz."""


def presses(tree: Any) -> Iterator[tuple[Payload, str]]:
    """Every button, and every menu with each of its choices."""
    if isinstance(tree, dict):
        item = cast("Payload", tree)
        if item.get("type") == 2 and "custom_id" in item:
            yield item, item["custom_id"]
        for option in item.get("options", ()) if item.get("type") == 3 else ():
            yield item, option["value"]
        tree = list(item.values())
    for each in cast("list[Any]", tree) if isinstance(tree, list) else ():
        yield from presses(each)


Kind = tuple[int, str, int]
"""A button or a menu, the beginning of its id, and the flags of its message."""


async def press_all(
    ways: Posted, reader: Reader, sent: Sent, tried: set[Kind]
) -> set[str]:
    """Press one of each kind that the reader has not pressed under another reply, each
    reader another one, as others see it and as its asker alone does; returns the
    families of custom ids that the fast path answered.
    """
    public, families = message_of(sent, 900), set[str]()
    private = public | {"flags": public["flags"] | 64}
    every = list(presses(sent.data["components"]))
    begin = READERS.index(reader) * len(every) // len(READERS)
    for (item, key), message in itertools.product(
        (*every[begin:], *every[:begin]), (public, private)
    ):
        kind = (item["type"], ":".join(key.split(":")[:2]), message["flags"])
        if kind in tried:
            continue
        tried.add(kind)
        payload = pressed(reader, message, item, [key])
        if LONG.match(key):
            assert quick(ways, payload) is None, key
            continue
        long = written_json((await slow(ways, payload)).body)
        assert quick(ways, payload) == long, (reader, key)
        families.add(f"{key.partition(':')[0]} {item['type']}")
    return families


async def test_what_the_cooldown_counts_is_left_to_the_tree(ways: Posted) -> None:
    reader = Reader("en-US", SLOW)
    today = ways.client.replies.today()
    for name, cases in UNDERSTOOD.items():
        payload = asked(reader, name, cases[0])
        await slow(ways, payload)
        assert quick(ways, payload) is None, name
    for kind, page, is_counted in (
        ("share", 1, True),
        ("ask", 0, True),
        ("ask", 1, False),
        ("evidence", 1, False),
    ):
        button = {"type": 2, "custom_id": f"ally:{kind}:BY:{today}:{page}"}
        payload = pressed(reader, {"flags": 0}, button)
        assert (quick(ways, payload) is None) is is_counted, kind


async def test_a_server_that_is_not_in_memory_is_read_by_the_tree(
    ways: Posted,
) -> None:
    reader = Reader("en-US", ENTRIES)
    payload = asked(reader, "ally", {"country": "belarus"})
    offers = commanded(reader, "ally", {"country": (3, "b")}, focused="country")
    assert quick(ways, payload) is not None
    ways.client.replies.views.drop(ENTRIES)
    assert quick(ways, payload) is None
    assert quick(ways, offers) is None
    await slow(ways, payload)
    assert quick(ways, payload) is not None
    assert quick(ways, offers) is not None


async def test_while_the_database_is_away_both_ways_say_so_and_nothing_is_public(
    ways: Posted,
) -> None:
    ways.client.services.views.away = True
    for guild in (ENTRIES, EMPTY, 99):
        reader = Reader("en-US", guild)
        for name in ("ally", "bloc", "where"):
            payload = asked(reader, name, UNDERSTOOD[name][0])
            sent = await slow(ways, payload)
            assert "cannot read this server's own entries" in str(sent.data)
            body = quick(ways, payload)
            assert body is None or body == written_json(sent.body)
            assert guild != 99 or (body is None and sent.data["flags"] & 64)


DAMAGES: tuple[Any, ...] = (None, True, -1, 1.5, "", "x" * 200, [], [[]], {}, {"a": 1})


async def test_a_value_that_discord_would_never_send_is_left_to_the_tree(
    ways: Posted,
) -> None:
    good = asked(READERS[0], "ally", {"country": "belarus", "private": True})
    assert quick(ways, good) is not None
    for place, value in itertools.product((0, 1), DAMAGES):
        payload = asked(READERS[0], "ally", {"country": "belarus", "private": True})
        payload["data"]["options"][place]["value"] = value
        is_good = isinstance(value, bool) if place else False
        assert (quick(ways, payload) is not None) is is_good, (place, value)
    theme = asked(READERS[0], "map", {"theme": "pink"})
    assert quick(ways, theme) is None


async def test_the_day_is_part_of_what_a_reply_is_kept_under(
    ways: Posted, clock: FrozenClock
) -> None:
    payload = asked(READERS[0], "ally", {"country": "belarus"})
    before = quick(ways, payload)
    clock.turn(days=1)
    after = quick(ways, payload)
    assert after is not None
    assert after != before
    assert after == written_json((await slow(ways, payload)).body)
