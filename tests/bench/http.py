"""HTTP mode on one core, signature check included, against a bare aiohttp handler that
checks one too.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import statistics
import sys
import time
from typing import Any

import aiohttp
import psutil
from aiohttp import web
from nacl.signing import SigningKey, VerifyKey

from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.runtime.clock import ServerClock
from bot.runtime.exit_code import ExitCode
from bot.runtime.first_reply import HttpFeed
from bot.runtime.health import ConnectionGuard, listen
from bot.runtime.logs import set_up_logs
from bot.runtime.settings import Settings
from bot.service.assembly import run
from bot.service.client import Client
from bot.service.http import InteractionEndpoint, Signatures, application
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.bench.base import Row
from tests.bench.gateway import Driven, Rate
from tests.support.bases import DATA, TODAY
from tests.support.hosted import free_port
from tests.support.payloads import id_at

KEY = SigningKey(b"k" * 32)
LATENCY, BURST, FLIGHT = 1500, 8000, 32
_AHEAD = 60
"""Seconds: more than it takes to sign them all."""
_APART_AT_FIRST, _APART = 1.0, 0.02
"""Seconds from one to the next, while each is the first about its actor, and then."""


async def _bare(size: int) -> web.Application:
    key = VerifyKey(KEY.verify_key.encode())
    answer = b"x" * size

    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        stamp = request.headers["X-Signature-Timestamp"]
        key.verify(
            stamp.encode() + body, bytes.fromhex(request.headers["X-Signature-Ed25519"])
        )
        return web.Response(body=answer, content_type="application/json")

    app = web.Application()
    app.router.add_post("/interactions", handle)
    return app


async def _ally() -> int:
    """Serve as `ally serve` does; the port."""
    base = read_base(DATA, TODAY)
    names = names_of(base)
    names.warm()
    replies = ReplyCache(ServerViews(base, names, None), lambda: TODAY, "bench")
    client = Client(replies, clock=ServerClock())
    signatures = Signatures(
        KEY.verify_key.encode().hex(), client.admission.clock or ServerClock()
    )

    async def well() -> list[str]:
        return []

    feed = HttpFeed(client, client.promises)
    endpoint = InteractionEndpoint(signatures, client.admission, client.fast_path, feed)
    gc.collect()
    gc.freeze()
    port = free_port()
    guard = ConnectionGuard(quick=endpoint.quick)
    await listen(application(well, endpoint.handle), "127.0.0.1", port, guard)
    return port


async def _bare_port(size: int) -> int:
    runner = web.AppRunner(await _bare(size), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner.addresses[0][1]


async def _serve(kind: str, size: int) -> ExitCode:
    port = await (_ally() if kind == "ally" else _bare_port(size))
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()
    return ExitCode.OK


def request_for(number: int, code: str, when: float) -> tuple[bytes, dict[str, str]]:
    """One signed /ally as Discord would post it at a time, in seconds since 1970: its
    body and its headers.
    """
    stamp = str(int(when))
    payload: dict[str, Any] = {
        "id": str(id_at(when) + number % 4_000_000),
        "application_id": "100",
        "type": 2,
        "token": "t" * 60,
        "version": 1,
        "guild_id": "200",
        "locale": "en-US",
        "guild_locale": "en-US",
        "channel_id": "400",
        "context": 0,
        "member": {
            "user": {"id": "300", "username": "reader"},
            "roles": [],
            "permissions": "2147485696",
        },
        "data": {
            "id": "1",
            "name": "ally",
            "type": 1,
            "options": [{"name": "country", "type": 3, "value": code}],
        },
    }
    body = json.dumps(payload).encode()
    signature = KEY.sign(stamp.encode() + body).signature.hex()
    return body, {
        "X-Signature-Timestamp": stamp,
        "Content-Type": "application/json",
        "X-Signature-Ed25519": signature,
    }


def requests_of(count: int, codes: list[str]) -> list[tuple[bytes, dict[str, str]]]:
    """About each of these actors in turn, signed beforehand: signing is the driver's
    cost and not the bot's. The first about each is meant to be sent by itself.
    """
    # None is too old when its turn comes. They are stamped further apart than they take
    # on a busy machine, where an actor's first answer takes far longer than the next;
    # and from later on than all are signed.
    known = len(codes)
    first = time.time() + _AHEAD
    return [
        request_for(
            n,
            codes[n % known],
            first + min(n, known) * _APART_AT_FIRST + max(n - known, 0) * _APART,
        )
        for n in range(count)
    ]


async def drive(kind: str, size: int, codes: list[str]) -> Driven:
    """Drive one of the servers with replies of so many bytes."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.http",
        kind,
        str(size),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ,
    )
    assert child.stdout
    port = int(await child.stdout.readline())
    url = f"http://127.0.0.1:{port}/interactions"
    last = 0
    try:
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=FLIGHT)
        ) as session:

            async def post(request: tuple[bytes, dict[str, str]]) -> float:
                nonlocal last
                begun = time.perf_counter()
                async with session.post(
                    url, data=request[0], headers=request[1]
                ) as response:
                    body = await response.read()
                    assert response.status == 200, response.status
                last = len(body)
                return (time.perf_counter() - begun) * 1000

            ready = requests_of(300 + LATENCY + BURST, codes)
            for request in ready[:300]:
                await post(request)
            times = sorted(
                [await post(request) for request in ready[300 : 300 + LATENCY]]
            )
            rest = iter(ready[300 + LATENCY :])

            async def worker() -> None:
                for request in rest:
                    await post(request)

            process = psutil.Process(child.pid)
            used = sum(process.cpu_times()[:2])
            begun = time.perf_counter()
            await asyncio.gather(*(worker() for _ in range(FLIGHT)))
            second = BURST / (time.perf_counter() - begun)
            used = sum(process.cpu_times()[:2]) - used
        p99 = times[int(len(times) * 0.99)]
        rate = Rate(second, used / BURST * 1e6)
        return Driven(statistics.median(times), p99, rate, last, {})
    finally:
        child.kill()
        await child.wait()


def measure() -> list[Row]:
    codes = [code for code in read_base(DATA, TODAY).countries if len(code) == 2]
    ally = asyncio.run(drive("ally", 0, codes))
    bare = asyncio.run(drive("bare", ally.size, codes))
    return [
        (
            "bare aiohttp with PyNaCl: p50 / p99",
            f"{bare.p50:.2f} / {bare.p99:.2f} ms",
            "1",
            "",
        ),
        (
            "/ally over HTTP: p50 / p99",
            f"{ally.p50:.2f} / {ally.p99:.2f} ms",
            f"{ally.p50 / bare.p50:.2f}",
            "",
        ),
        ("bare aiohttp with PyNaCl: replies a second", bare.rate.figure(), "1", ""),
        (
            "/ally over HTTP: replies a second",
            ally.rate.figure(),
            ally.rate.ratio(bare.rate),
            "at least 0.8",
        ),
    ]


if __name__ == "__main__":
    if sys.argv[1] == "ally":
        set_up_logs(Settings())
    run(_serve(sys.argv[1], int(sys.argv[2])))
