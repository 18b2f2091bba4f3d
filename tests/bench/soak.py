"""So many interactions a second for so long: ``python -m tests.bench.soak gateway|http
[SECONDS] [RATE]``.

Prints one line a minute and a summary as JSON: asked, answered, lost, p50 and p99 in
milliseconds, and resident memory of the bot after a minute and at the end.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Awaitable, Callable

import aiohttp
import psutil

from bot.knowledge.reader import read_base
from tests.bench.gateway import started
from tests.bench.http import request_for
from tests.support.bases import DATA, TODAY
from tests.support.discord_standin import StandIn

Ask = Callable[[int, str], Awaitable[float]]


async def _soak(
    ask: Ask, child: asyncio.subprocess.Process, seconds: float, rate: float
) -> dict[str, float]:
    codes = [code for code in read_base(DATA, TODAY).countries if len(code) == 2]
    dice = random.Random(1)
    process = psutil.Process(child.pid)
    times: list[float] = []
    lost = 0
    tasks: set[asyncio.Task[None]] = set()
    early = 0.0

    async def one(number: int, code: str) -> None:
        nonlocal lost
        try:
            times.append(await ask(number, code))
        except (TimeoutError, aiohttp.ClientError, AssertionError):
            lost += 1

    begun = time.perf_counter()
    number, said = 0, 0
    while (now := time.perf_counter() - begun) < seconds:
        while number < now * rate:
            number += 1
            task = asyncio.create_task(one(number, dice.choice(codes)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if now > 60 and not early:
            early = process.memory_info().rss / 2**20
        if int(now // 60) > said:
            said = int(now // 60)
            sys.stdout.write(f"{said} min: {len(times)} answered, {lost} lost\n")
            sys.stdout.flush()
        await asyncio.sleep(0.002)
    await asyncio.gather(*tasks)
    times.sort()
    return {
        "asked": number,
        "answered": len(times),
        "lost": lost,
        "p50": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)],
        "early_mib": early,
        "end_mib": process.memory_info().rss / 2**20,
    }


async def _gateway(seconds: float, rate: float) -> dict[str, float]:
    standin = StandIn()
    port = await standin.start()
    child = await started("ally", port)
    try:
        await asyncio.wait_for(standin.connected.wait(), 30)

        async def ask(number: int, code: str) -> float:
            return await standin.ask(number, {"country": code})

        return await _soak(ask, child, seconds, rate)
    finally:
        child.kill()
        await child.wait()
        await standin.stop()


async def _http(seconds: float, rate: float) -> dict[str, float]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.http",
        "ally",
        "0",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ,
    )
    assert child.stdout
    url = f"http://127.0.0.1:{int(await child.stdout.readline())}/interactions"
    try:
        async with aiohttp.ClientSession() as session:

            async def ask(number: int, code: str) -> float:
                body, headers = request_for(number, code, time.time())
                begun = time.perf_counter()
                async with session.post(url, data=body, headers=headers) as response:
                    await response.read()
                    assert response.status == 200
                return (time.perf_counter() - begun) * 1000

            return await _soak(ask, child, seconds, rate)
    finally:
        child.kill()
        await child.wait()


def main() -> None:
    mode = sys.argv[1]
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 900.0
    rate = float(sys.argv[3]) if len(sys.argv) > 3 else 200.0
    found = asyncio.run((_http if mode == "http" else _gateway)(seconds, rate))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
