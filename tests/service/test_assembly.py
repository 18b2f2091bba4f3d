"""Everything is closed in order, also where a start fails at once."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest

from bot.runtime.exit_code import ExitCode
from bot.runtime.metrics import Metrics
from bot.service.assembly import THREADS, opened, run


async def nothing() -> None:
    pass


async def all_well() -> list[str]:
    return []


def bare(
    *,
    length: Callable[[], Awaitable[int]],
    close: Callable[[], Awaitable[None]] = nothing,
) -> Any:
    """All that is opened and closed, empty; ``length`` tells how much is queued."""
    return SimpleNamespace(
        settings=SimpleNamespace(
            ally_push_url=None, ally_monitor_port=None, ally_base_url=None
        ),
        clock=None,
        services=SimpleNamespace(
            open=nothing, close=close, outbox=SimpleNamespace(length=length)
        ),
        picture_cache=SimpleNamespace(warm=nothing, close=lambda: None),
        client=SimpleNamespace(warm=nothing),
        metrics=SimpleNamespace(watch_lag=nothing, queue=Metrics().queue),
    )


@pytest.mark.asyncio
async def test_a_query_that_is_given_up_has_ended_before_the_database_is_closed() -> (
    None
):
    order: list[str] = []
    asked = asyncio.Event()

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

    assembly = bare(length=length, close=close)
    async with asyncio.timeout(60):
        assert await opened(assembly, fail, all_well) == ExitCode.CONFIG
    assert order == ["given up", "closed"]


@pytest.mark.asyncio
async def test_work_in_the_background_that_fails_is_in_the_log_at_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def length() -> int:
        raise LookupError("no such queue")

    async def work() -> ExitCode:
        await asyncio.sleep(0.05)
        assert "no such queue" in caplog.text
        return ExitCode.OK

    async with asyncio.timeout(60):
        assert await opened(bare(length=length), work, all_well) == ExitCode.OK


def test_what_takes_long_gets_few_threads_and_the_event_loop_its_turn_soon() -> None:
    """With many threads a busy bot fell behind for a quarter of a minute."""
    turns: list[int] = []
    counting = threading.Lock()
    running = 0

    def long() -> None:
        nonlocal running
        with counting:
            running += 1
            turns.append(running)
        time.sleep(0.02)
        with counting:
            running -= 1

    async def work() -> ExitCode:
        await asyncio.gather(*(asyncio.to_thread(long) for _ in range(4 * THREADS)))
        return ExitCode.OK

    before = sys.getswitchinterval()
    try:
        assert run(work()) == ExitCode.OK
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)
    assert max(turns) == THREADS
