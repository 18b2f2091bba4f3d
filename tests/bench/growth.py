"""What grows and what does not: servers known, processes, and the time to be ready."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import psutil

from bot.knowledge.reader import read_base
from tests.bench.base import Row
from tests.bench.gateway import BURST, FLIGHT, about_each, burst, started
from tests.bench.http import requests_of
from tests.support.bases import DATA, TODAY
from tests.support.discord_standin import StandIn
from tests.support.hosted import Hosted

GUILDS = (1, 1_000, 100_000)
PROCESSES = (1, 2, 4)
_TRIES = 60


def _codes() -> list[str]:
    return [code for code in read_base(DATA, TODAY).countries if len(code) == 2]


def _mib(pid: int) -> float:
    return psutil.Process(pid).memory_info().rss / 2**20


async def _answered(standin: StandIn) -> None:
    """Ask until there is an answer: the bot reads first of all the servers that it is
    told of, and what waited behind them for longer than Discord takes a reply, it
    drops. TimeoutError if it stays silent.
    """
    for number in range(_TRIES):
        with suppress(TimeoutError):
            await standin.ask(number, {"country": "BY"}, seconds=5)
            return
    raise TimeoutError


async def _known(guilds: int, codes: list[str]) -> tuple[float, float]:
    """Replies a second, and the bot's MiB, when it has been told of so many servers."""
    standin = StandIn()
    standin.known = guilds
    port = await standin.start()
    child = await started("ally", port)
    try:
        await asyncio.wait_for(standin.told.wait(), 300)
        await _answered(standin)
        return await burst(standin, about_each(codes)), _mib(child.pid)
    finally:
        child.kill()
        await child.wait()
        await standin.stop()


async def _processes(count: int, codes: list[str]) -> float:
    """Replies a second of so many HTTP processes together, each asked by a driver of
    its own.
    """
    children = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bench.http",
            "ally",
            "0",
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ,
        )
        for _ in range(count)
    ]
    try:
        ports = [
            int(await child.stdout.readline()) for child in children if child.stdout
        ]
        known = len(codes)
        ready = [requests_of(known + BURST, codes) for _ in range(count)]
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0)
        ) as session:

            async def worker(
                port: int, rest: Iterator[tuple[bytes, dict[str, str]]]
            ) -> None:
                for body, headers in rest:
                    url = f"http://127.0.0.1:{port}/interactions"
                    async with session.post(
                        url, data=body, headers=headers
                    ) as response:
                        await response.read()
                        assert response.status == 200, response.status

            driven = list(zip(ports, ready, strict=True))
            # What is cold is measured elsewhere.
            await asyncio.gather(
                *(worker(port, iter(part[:known])) for port, part in driven)
            )
            begun = time.perf_counter()
            await asyncio.gather(
                *(
                    worker(port, rest)
                    for port, part in driven
                    for rest in [iter(part[known:])]
                    for _ in range(FLIGHT // count)
                )
            )
            return BURST * count / (time.perf_counter() - begun)
    finally:
        for child in children:
            child.kill()
            await child.wait()


async def _ready() -> tuple[float, float, float]:
    """Seconds from the start of `ally serve` to being ready, and its MiB then and ten
    seconds later.
    """
    with tempfile.TemporaryDirectory() as folder:
        hosted = Hosted(Path(folder))
        begun = time.perf_counter()
        await hosted.start("serve")
        seconds = time.perf_counter() - begun
        first = _mib(hosted.running.pid)
        await asyncio.sleep(10)
        idle = _mib(hosted.running.pid)
        await hosted.stop()
        await hosted.end()
        return seconds, first, idle


def measure() -> list[Row]:
    codes = _codes()
    seconds, first, idle = asyncio.run(_ready())
    rows: list[Row] = [
        ("ally serve: start to ready", f"{seconds:.2f} s", "", ""),
        (
            "resident when ready / ten seconds later",
            f"{first:.0f} / {idle:.0f} MiB",
            "",
            "",
        ),
    ]
    known = [(guilds, *asyncio.run(_known(guilds, codes))) for guilds in GUILDS]
    for guilds, rate, size in known:
        each = (
            f"{(size - known[0][2]) * 1024 / (guilds - 1):.1f} KiB a server"
            if guilds > 1
            else ""
        )
        rows.append(
            (
                f"gateway, {guilds:,} servers known: replies a second, resident",
                f"{rate:.0f}, {size:.0f} MiB",
                f"{rate / known[0][1]:.2f}",
                each,
            )
        )
    rates = [(count, asyncio.run(_processes(count, codes))) for count in PROCESSES]
    rows += [
        (
            (
                f"HTTP, {count} processes on {os.cpu_count()} cores, the driver on the "
                "same: replies a second"
            ),
            f"{rate:.0f}",
            f"{rate / rates[0][1]:.2f}",
            "",
        )
        for count, rate in rates
    ]
    return rows
