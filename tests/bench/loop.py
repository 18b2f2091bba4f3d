"""How long one piece of work holds the event loop, hostile names included: what waits
meanwhile is everybody else's reply.
"""

from __future__ import annotations

import asyncio
import gc
import time
from typing import Any, Self, cast

from discord import app_commands

from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.service.client import Client
from bot.store.views import ServerViews
from bot.ui.reading import declared
from bot.ui.replies import ReplyCache
from tests.bench.base import Row
from tests.bench.traffic import Traffic
from tests.support.bases import DATA, TODAY
from tests.support.hostile_names import HOSTILE_NAMES
from tests.support.payloads import interaction
from tests.support.posted import Posted, Reader, commanded

TYPED = (
    ("ally", "country"),
    ("where", "side"),
    ("where", "region"),
    ("where", "since"),
    ("bloc", "name"),
    ("vote", "resolution"),
    ("forecast", "name"),
)
PLAIN: tuple[tuple[str, dict[str, str]], ...] = (
    ("where", {}),
    ("where", {"since": "2022-02-23"}),
    ("vote", {"resolution": "ES-11/1"}),
    ("compare", {"first": "belarus", "second": "armenia", "third": "KZ"}),
    ("bloc", {"name": "european-union"}),
    ("forecast", {}),
    ("help", {}),
    ("about", {}),
)


CARDS = 8
"""Cards under which everything is pressed."""
Payload = dict[str, Any]


class _Stopwatch:
    """The longest piece of work that the event loop does in one go, in milliseconds of
    its thread's own processor time.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self._run: Any = asyncio.Handle._run

    def __enter__(self) -> Self:
        inner = self._run

        def run(handle: Any) -> None:
            begun = time.thread_time()
            inner(handle)
            self.longest = max(self.longest, (time.thread_time() - begun) * 1000)

        cast("Any", asyncio.Handle)._run = run
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.Handle._run = self._run


def _completed(command: app_commands.Command[Any, ..., Any]) -> list[str]:
    """The options of a command that are completed, by the names that Discord sends."""
    offers = declared(command).offers
    return [each.display_name for each in command.parameters if each.name in offers]


def _options(given: dict[str, str]) -> dict[str, tuple[int, Any]]:
    return {name: (3, value) for name, value in given.items()}


async def _asked(posted: Posted, asked: list[dict[str, Any]]) -> float:
    with _Stopwatch() as watch:
        for payload in asked:
            await posted.ask(payload)
    return watch.longest


async def _quick(client: Client, asked: list[dict[str, Any]]) -> float:
    longest = 0.0
    for number, payload in enumerate(asked):
        begun = time.thread_time()
        client.fast_path.reply({"id": str(number), **payload})
        longest = max(longest, (time.thread_time() - begun) * 1000)
    return longest


def _presses(base: Base, client: Client, asked: list[Payload]) -> list[Payload]:
    """Presses of every button and choice under the replies to these that only reads."""
    traffic = Traffic(base)
    for number, payload in enumerate(asked):
        reply = client.fast_path.reply({"id": str(number), **payload})
        if reply is not None:
            traffic.learn_all(reply)
    return [
        interaction(str(10_000 + number), "ally", {}) | each.pressed(private=True)
        for number, each in enumerate(traffic.pool)
    ]


async def _measured() -> list[Row]:
    base = read_base(DATA, TODAY)
    names = names_of(base)
    names.warm()
    gc.collect()
    gc.freeze()
    client = Client(
        ReplyCache(ServerViews(base, names, None), lambda: TODAY, "bench"), clock=None
    )
    # As a process does in a thread before somebody searches.
    await client.warm()
    posted, reader = Posted(client), Reader("en-US")
    await posted.open()
    first = commanded(reader, "ally", {"country": (3, "belarus")})
    await posted.ask(first)
    cards = [
        commanded(reader, "ally", {"country": (3, code)}) for code in base.countries
    ]
    surveys = [commanded(reader, name, _options(given)) for name, given in PLAIN]
    hostile = [
        commanded(reader, name, {option: (3, typed)})
        for name, option in TYPED
        for typed in HOSTILE_NAMES
    ]
    half_typed = [
        commanded(reader, command.qualified_name, {option: (3, typed)}, focused=option)
        for command in client.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in _completed(command)
        for typed in (*HOSTILE_NAMES, "a")
    ]
    # No collection walks what this measurement alone holds.
    gc.collect()
    gc.freeze()
    goal = "at most 10 ms"
    held = await _quick(client, cards)
    other = await _asked(posted, surveys)
    presses = _presses(base, client, [*cards[:CARDS], *surveys])
    under = await _asked(posted, presses)
    return [
        (f"event loop held by {what}, longest", f"{longest:.1f} ms", "", goal)
        for what, longest in (
            ("a card that was not kept", held),
            ("any other page, cold", other),
            ("what is pressed under those and some cards", under),
            ("a hostile name", await _asked(posted, hostile)),
            ("a hostile name, half typed", await _quick(client, half_typed)),
        )
    ]


def measure() -> list[Row]:
    return asyncio.run(_measured())
