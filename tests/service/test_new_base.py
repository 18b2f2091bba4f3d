"""What happens in a running process when another base takes the place of the first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.runtime.reload import BaseChange
from bot.service.client import Client
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.support.clocks import FrozenClock

pytestmark = pytest.mark.asyncio


@pytest.fixture
def client(lighthouse: Base, lighthouse_names: NameIndex, clock: FrozenClock) -> Client:
    views = ServerViews(lighthouse, lighthouse_names, None)
    return Client(ReplyCache(views, clock.today, "test"), clock=None)


async def arrived(client: Client, *bases: Base | None) -> None:
    """Let these be found, one after the other, by the watch of a running process."""
    names, waiting, over = client.replies.views.names, [*bases], asyncio.Event()

    def reload() -> tuple[Base, NameIndex] | None:
        if not waiting:
            loop.call_soon_threadsafe(over.set)
            return None
        base = waiting.pop(0)
        assert isinstance(names, NameIndex)
        return (base, names) if base else None

    loop = asyncio.get_running_loop()
    watch = asyncio.create_task(client._watch(reload))
    # A watch that died would let this wait for ever.
    async with asyncio.timeout(30):
        await over.wait()
    watch.cancel()


async def test_whoever_listens_is_told_of_each_base_that_takes_anothers_place(
    client: Client, lighthouse: Base
) -> None:
    heard: list[BaseChange] = []

    async def listen(change: BaseChange) -> None:
        assert client.replies.base == change.after, "it answers already"
        heard.append(change)

    client.base_listeners.append(listen)
    first = replace(lighthouse, revision="1", edition="202611261200")
    second = replace(lighthouse, revision="2", edition="202611271200")
    await arrived(client, None, first, None, second)
    assert heard == [BaseChange(lighthouse, first), BaseChange(first, second)]


async def test_a_listener_that_fails_keeps_nobody_from_hearing_or_reloading(
    client: Client, lighthouse: Base, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    async def fail(_: BaseChange) -> None:
        msg = "a listener's own fault"
        raise ValueError(msg)

    async def listen(change: BaseChange) -> None:
        heard.append(change.after.revision)

    listeners: list[Callable[[BaseChange], Awaitable[None]]] = [fail, listen]
    client.base_listeners += listeners
    await arrived(
        client, replace(lighthouse, revision="1"), replace(lighthouse, revision="2")
    )
    assert heard == ["1", "2"]
    assert client.replies.base.revision == "2"
    assert "after the reload" in caplog.text
