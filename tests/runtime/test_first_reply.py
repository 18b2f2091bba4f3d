"""Slow replies are promised on the gateway, and the promise is kept in place;
tests/test_faults has the endpoint's.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
import simcord

from bot.service.client import Client
from bot.store.views import ServerView
from tests.support.replies import place, text_of

pytestmark = pytest.mark.asyncio


@pytest.fixture
def way() -> type[Client]:
    """The simulation's time does not pass in the endpoint's way."""
    return Client


def hasten(client: Client) -> None:
    """Promise after a fifth of a second in place of two."""
    client._gateway_feed._defer_after = 0.2


@pytest.mark.parametrize("private", [False, True])
async def test_a_slow_answer_is_promised_and_then_stands_where_the_promise_stood(
    env: simcord.Env,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    private: bool,
) -> None:
    channel, reader, _ = place(env)
    client = env.bot
    assert isinstance(client, Client)
    hasten(client)
    views = client.replies.views

    async def slow(guild: int | None) -> ServerView:
        await asyncio.sleep(0.6)
        return views._plain

    def nothing(_: int | None) -> None:
        return None

    monkeypatch.setattr(views, "kept", nothing)
    monkeypatch.setattr(views, "view", slow)
    with caplog.at_level(logging.INFO):
        result = await reader.slash(
            channel, "ally", country="korea" if private else "belarus", private=private
        )
        await asyncio.sleep(0.8)
    assert "promised" in caplog.text
    shown = text_of(result.response)
    assert ("Which country?" if private else "Belarus · Ally of Russia") in shown
    assert result.ephemeral == private


async def test_a_quick_answer_is_not_promised(
    env: simcord.Env, caplog: pytest.LogCaptureFixture
) -> None:
    channel, reader, _ = place(env)
    client = env.bot
    assert isinstance(client, Client)
    hasten(client)
    with caplog.at_level(logging.INFO):
        result: Any = await reader.slash(channel, "ally", country="belarus")
        await asyncio.sleep(0.4)
    assert "promised" not in caplog.text
    assert "Belarus · Ally of Russia" in text_of(result.response)
