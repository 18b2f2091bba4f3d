"""What went wrong is said once, to whoever is still there; an apology that fails ends
there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.runtime.admission import CURRENT_TRACE, Admission, InteractionTrace
from bot.runtime.metrics import Metrics
from bot.ui.errors import apologise
from bot.ui.interaction import Interaction

pytestmark = pytest.mark.asyncio

NOBODY_THERE = {
    10062: "unknown interaction",
    10015: "unknown webhook",
    50027: "invalid webhook token",
}
"""Discord's codes (/topics/opcodes-and-status-codes#json) for a reply too late."""


class Asked:
    """Stands for an interaction; keeps what it was answered with."""

    id, locale, data = 1 << 40, discord.Locale.american_english, None

    def __init__(self, fails: Exception | None = None) -> None:
        self.sent, self.fails = list[Any](), fails
        self.response = self

    def is_done(self) -> bool:
        return False

    async def send_message(self, **said: Any) -> None:
        if self.fails:
            raise self.fails
        self.sent.append(said)


class _Response:
    status, reason = 404, "not found"


def from_discord(code: int) -> discord.NotFound:
    response = cast("aiohttp.ClientResponse", _Response())
    return discord.NotFound(response, {"code": code, "message": "-"})


@pytest.fixture
def trace() -> Iterator[InteractionTrace]:
    made = InteractionTrace(Admission(Metrics()), Asked.id, "command", "ally")
    token = CURRENT_TRACE.set(made)
    yield made
    CURRENT_TRACE.reset(token)


async def sorry(asked: Asked, error: Exception) -> None:
    await apologise(cast("Interaction", asked), error)


@pytest.mark.parametrize("code", NOBODY_THERE)
async def test_nobody_is_told_who_is_no_longer_there_and_it_counts_as_late(
    trace: InteractionTrace, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    asked = Asked()
    await sorry(asked, from_discord(code))
    assert not asked.sent
    assert trace.outcome == "late"
    assert {each.levelno for each in caplog.records} == {logging.WARNING}


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (from_discord(10003), logging.ERROR),
        (RuntimeError("nobody had thought of this"), logging.ERROR),
        (aiohttp.ServerDisconnectedError(), logging.WARNING),
        (OSError("no route to host"), logging.WARNING),
        (TimeoutError(), logging.WARNING),
    ],
    ids=lambda each: type(each).__name__,
)
async def test_who_is_there_is_told_alone_and_gets_the_logs_reference(
    trace: InteractionTrace,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    level: int,
) -> None:
    asked = Asked()
    await sorry(asked, error)
    (said,) = asked.sent
    assert said["ephemeral"]
    assert trace.reference in str(said["view"].to_components())
    assert trace.reference in caplog.text
    assert trace.outcome == "error"
    assert {each.levelno for each in caplog.records} == {level}


@pytest.mark.parametrize(
    "again", [from_discord(10062), RuntimeError("closed"), OSError("no route to host")]
)
async def test_an_apology_that_cannot_be_sent_fails_nobody_above(
    trace: InteractionTrace, caplog: pytest.LogCaptureFixture, again: Exception
) -> None:
    await sorry(Asked(again), RuntimeError("nobody had thought of this"))
    assert "the apology could not be sent" in caplog.text
    assert trace.outcome == "error"
