"""/ally over a loopback stand-in of Discord, against a bare discord.py command with a
reply of the same size.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time

from bot.knowledge.reader import read_base
from tests.bench.base import Row
from tests.support.bases import DATA, TODAY
from tests.support.discord_standin import StandIn

LATENCY, BURST, FLIGHT = 1500, 6000, 32


async def started(kind: str, port: int, size: int = 0) -> asyncio.subprocess.Process:
    """One of the bots, against the stand-in on a port; ``size`` is the bare one's
    reply, in bytes.
    """
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.bots",
        kind,
        str(port),
        str(size),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def burst(standin: StandIn, codes: list[str]) -> float:
    """Replies a second with 32 in flight."""
    numbers = iter(range(BURST))

    async def worker() -> None:
        for n in numbers:
            await standin.ask(n, {"country": codes[n % len(codes)]})

    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(FLIGHT)))
    return BURST / (time.perf_counter() - begun)


async def drive(
    kind: str, size: int, codes: list[str]
) -> tuple[float, float, float, int]:
    """Drive one of the bots with replies of so many bytes.

    Returns p50 and p99 in milliseconds one at a time, replies a second with 32 in
    flight, and the last reply's bytes.
    """
    standin = StandIn()
    port = await standin.start()
    child = await started(kind, port, size)
    try:
        await asyncio.wait_for(standin.registered.wait(), 30)
        for n in range(300):
            await standin.ask(n, {"country": codes[n % len(codes)]})
        times = sorted(
            [
                await standin.ask(n, {"country": codes[n % len(codes)]})
                for n in range(LATENCY)
            ]
        )
        rate = await burst(standin, codes)
        return (
            statistics.median(times),
            times[int(len(times) * 0.99)],
            rate,
            standin.size,
        )
    finally:
        child.terminate()
        await child.wait()


def measure() -> list[Row]:
    codes = [code for code in read_base(DATA, TODAY).countries if len(code) == 2]
    ally = asyncio.run(drive("ally", 0, codes))
    bare = asyncio.run(drive("bare", ally[3], codes))
    long = asyncio.run(drive("long", 0, codes))
    return [
        ("bare discord.py: p50 / p99", f"{bare[0]:.2f} / {bare[1]:.2f} ms", "1", ""),
        (
            "/ally over the gateway: p50 / p99",
            f"{ally[0]:.2f} / {ally[1]:.2f} ms",
            f"{ally[0] / bare[0]:.2f}",
            "at most 1.0",
        ),
        ("bare discord.py: replies a second", f"{bare[2]:.0f}", "1", ""),
        (
            "/ally: replies a second",
            f"{ally[2]:.0f}",
            f"{ally[2] / bare[2]:.2f}",
            "at least 1.0",
        ),
        (
            "/ally through discord.py's command tree: replies a second",
            f"{long[2]:.0f}",
            f"{long[2] / bare[2]:.2f}",
            "",
        ),
        ("bytes of a reply: /ally, bare", f"{ally[3]}, {bare[3]}", "", ""),
    ]
