"""The way to Discord fails after what a moderator asked for is done: they are told that
it is done, and what could not be posted is posted later, once.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager

import aiohttp
import discord
import pytest
from discord.http import Route

from bot.runtime.settings import Shards
from bot.service.client import Client
from bot.store.errors import StoreAwayError
from bot.store.outbox import Outbox
from bot.store.services import Services
from tests.support.clocks import FrozenClock
from tests.support.databases import add
from tests.support.following import Room, client
from tests.support.places import Place, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio
Deed = Callable[[Place], Awaitable[str]]
"""Something done in a server, and what whoever did it reads afterwards."""


@pytest.fixture
def way() -> type[Client]:
    """What is sent apart from replies goes the same way on both."""
    return Client


class _Status:
    reason = "away"

    def __init__(self, status: int) -> None:
        self.status = status


def _answered(status: int) -> Exception:
    """What discord.py makes of such an answer."""
    kind = discord.DiscordServerError if status >= 500 else discord.HTTPException
    return kind(_Status(status), "away")  # type: ignore[arg-type]


OUTAGES: dict[str, Callable[[], Exception]] = {
    "reset": lambda: ConnectionResetError(104, "reset by peer"),
    "no address": lambda: OSError(-3, "no address for this name"),
    "disconnected": aiohttp.ServerDisconnectedError,
    "too slow": TimeoutError,
    "fails": lambda: _answered(503),
    "too many": lambda: _answered(429),
}


@contextmanager
def outage(place: Place, fault: Callable[[], Exception]) -> Generator[None]:
    """Nothing but replies reaches Discord."""
    web = client(place).http
    request = web.request

    async def fails(route: Route, **more: object) -> object:
        if "/interactions/" in route.path or "/webhooks/" in route.path:
            return await request(route, **more)  # type: ignore[arg-type]
        raise fault()

    web.request = fails  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        web.request = request  # type: ignore[method-assign]


async def publish(place: Place) -> str:
    return text_of(await place.publish())


async def suggest(place: Place) -> str:
    return text_of(await place.suggest(claim="Belarus closed two consulates."))


async def approve(place: Place) -> str:
    review = await place.ada.slash(place.channel, "entry review")
    await place.ada.click(reply(review), label="Approve")
    return text_of(reply(review))


async def reject(place: Place) -> str:
    review = await place.ada.slash(place.channel, "entry review")
    form = await place.ada.click(reply(review), label="Reject")
    await place.ada.submit_modal(form, {"reason": "Another consulate."})
    return text_of(reply(review))


async def retire(place: Place) -> str:
    return text_of(
        reply(
            await place.ada.slash(
                place.channel, "entry retire", entry="1", reason="Wrong."
            )
        )
    )


async def undo(place: Place) -> str:
    return text_of(reply(await place.ada.slash(place.channel, "entry undo", entry="1")))


async def settings(place: Place) -> str:
    return text_of(reply(await place.settings(press="settings:cooldown:30")))


DEEDS: dict[str, tuple[Deed, str]] = {
    "publish": (publish, "\\#2 Belarus: added"),
    "suggest": (suggest, "Suggestion 2 waits"),
    "approve": (approve, "Approved as entry #2"),
    "reject": (reject, "Rejected: Another consulate."),
    "retire": (retire, "\\#1 Belarus: retired"),
    "undo": (undo, "\\#1 Belarus"),
    "settings": (settings, "Saved"),
}


async def prepared(place: Place, services: Services) -> Room:
    """A server with channels for changes and suggestions, an entry and a suggestion
    whose author wants to be told; the channel for changes.
    """
    log, queue = Room(place, "log"), Room(place, "queue")
    await place.settings(audit=[log.channel], review=[queue.channel])
    await add(services.store, place.guild.id)
    thanks = await place.suggest()
    await place.cleo.click(thanks, label="Tell me what happens")
    await keep_house(place)
    return log


async def keep_house(place: Place) -> None:
    """What is done once a day."""
    feature = client(place)._entry_feature
    assert feature
    await feature.keep_house(client(place), [place.guild.id], Shards((0,), 1))
    await place.env.settle()


@pytest.mark.parametrize(
    ("deed", "fault"),
    [
        *(("publish", fault) for fault in OUTAGES),
        *((deed, "reset") for deed in DEEDS if deed != "publish"),
    ],
)
async def test_what_was_done_is_said_and_is_posted_once_when_discord_is_there_again(
    place: Place,
    services: Services,
    clock: FrozenClock,
    caplog: pytest.LogCaptureFixture,
    deed: str,
    fault: str,
) -> None:
    log = await prepared(place, services)
    before = len(log.messages)
    do, expected = DEEDS[deed]
    with outage(place, OUTAGES[fault]):
        said = await do(place)
        await place.env.settle()
    assert expected in said
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert "reference" not in caplog.text
    assert len(log.messages) == before
    for _ in range(2):
        await keep_house(place)
        clock.turn(hours=1)
    assert len(log.messages) == before + (deed != "suggest")


async def test_of_several_posts_those_that_did_not_arrive_come_later(
    place: Place, services: Services
) -> None:
    log = await prepared(place, services)
    before = len(log.messages)
    for key in ("second", "third", "fourth"):
        await add(services.store, place.guild.id, key)
    web = client(place).http
    request, sent = web.request, list[object]()

    async def once(route: Route, **more: object) -> object:
        sent.append(route)
        if len(sent) > 1:
            raise ConnectionResetError(104, "reset by peer")
        return await request(route, **more)  # type: ignore[arg-type]

    web.request = once  # type: ignore[method-assign, assignment]
    await keep_house(place)
    web.request = request  # type: ignore[method-assign]
    assert len(log.messages) == before + 1
    for _ in range(2):
        await keep_house(place)
    told = "\n".join(log.told[before:])
    assert len(log.messages) == before + 3, told


@pytest.mark.parametrize(
    ("step", "logged"),
    [("take", "the audit of server"), ("give_back", "was not kept")],
)
async def test_with_the_database_away_too_what_was_done_is_said(
    place: Place,
    services: Services,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    logged: str,
) -> None:
    async def away(*_: object) -> None:
        raise StoreAwayError("away")

    await prepared(place, services)
    monkeypatch.setattr(Outbox, step, away)
    with outage(place, OUTAGES["reset"]):
        assert "added" in await publish(place)
    assert "reference" not in caplog.text
    assert logged in caplog.text


async def test_where_a_suggestion_is_shown_need_not_be_kept_for_it_to_wait(
    place: Place,
    services: Services,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise StoreAwayError("away")

    await prepared(place, services)
    monkeypatch.setattr(services.writer, "note", away)
    assert "Suggestion 2 waits" in await suggest(place)
    assert "was not kept" in caplog.text
    assert "reference" not in caplog.text


async def test_a_channel_that_cannot_be_tried_now_is_not_called_closed(
    place: Place, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    await prepared(place, services)
    room = Room(place, "room")
    with outage(place, OUTAGES["fails"]):
        for told in (
            await place.settings(audit=[room.channel]),
            await room.follow(),
        ):
            assert "may not" not in text_of(reply(told))
    assert caplog.text.count("Discord could not be reached") == 2
    assert place.env.errors, "else the simulated Discord raises it in the end"
    server = await services.views.fresh(place.guild.id)
    assert server.preferences.audit_channel != room.channel.id
    assert not await services.follows.of(place.guild.id)
