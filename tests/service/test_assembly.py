"""Everything is closed in order, also where a start fails at once."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.runtime.exit_code import ExitCode
from bot.runtime.metrics import Metrics
from bot.service.assembly import opened


@pytest.mark.asyncio
async def test_a_query_that_is_given_up_has_ended_before_the_database_is_closed() -> (
    None
):
    order: list[str] = []
    asked = asyncio.Event()

    async def nothing() -> None:
        pass

    async def all_well() -> list[str]:
        return []

    async def length() -> int:
        asked.set()
        try:
            await asyncio.sleep(3600)
        finally:
            # A driver closes its connection, which takes a thread's time.
            await asyncio.sleep(0.05)
            order.append("given up")
        return 0

    async def close() -> None:
        order.append("closed")

    async def fail() -> ExitCode:
        await asked.wait()
        return ExitCode.CONFIG

    never = SimpleNamespace(
        ally_push_url=None,
        ally_monitor_port=None,
        ally_base_url=None,
    )
    assembly: Any = SimpleNamespace(
        settings=never,
        clock=None,
        services=SimpleNamespace(
            open=nothing, close=close, outbox=SimpleNamespace(length=length)
        ),
        picture_cache=SimpleNamespace(warm=nothing, close=lambda: None),
        client=SimpleNamespace(warm=nothing),
        metrics=SimpleNamespace(
            watch_lag=nothing,
            queue=Metrics().queue,
        ),
    )
    async with asyncio.timeout(60):
        assert await opened(assembly, fail, all_well) == ExitCode.CONFIG
    assert order == ["given up", "closed"]
