"""Discord interactions over HTTP, and health and metrics: small aiohttp applications, handed everything."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

from aiohttp import web
from cachetools import TTLCache
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from bot.inline import Inline
from bot.meters import Meters
from bot.ui.shortcut import Shortcut

log = logging.getLogger(__name__)

FRESH_SECONDS = 30.0
"""How old a signature's timestamp may be: Discord waits three seconds, and clocks differ."""
LARGEST = 2 << 20
_REMEMBERED = 100_000
_JSON = "application/json"
_NO_CHOICES = b'{"type":8,"data":{"choices":[]}}'


class Signatures:
    """Whether a request comes from Discord, is fresh, and is not one that was seen already.

    Replays are known to the process that saw the first; between replicas the freshness of the timestamp bounds them.
    """

    def __init__(self, public_key: str, clock: Callable[[], float] = time.time) -> None:
        self._key = VerifyKey(bytes.fromhex(public_key))
        self._clock = clock
        self._seen: TTLCache[bytes, bool] = TTLCache(_REMEMBERED, 2 * FRESH_SECONDS, clock)

    def good(self, signature: str, timestamp: str, body: bytes) -> bool:
        """Check the headers ``X-Signature-Ed25519`` and ``X-Signature-Timestamp`` against a body."""
        try:
            raw = bytes.fromhex(signature)
            age = self._clock() - float(timestamp)
            if not abs(age) <= FRESH_SECONDS or raw in self._seen:
                return False
            self._key.verify(timestamp.encode() + body, raw)
        except (ValueError, BadSignatureError):
            return False
        self._seen[raw] = True
        return True


def _refused(status: int) -> web.Response:
    return web.Response(status=status, text="refused\n")


def interactions(
    signatures: Signatures, shortcut: Shortcut, inline: Inline, meters: Meters
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of the endpoint that Discord posts interactions to."""

    async def handle(request: web.Request) -> web.Response:
        begun = time.perf_counter()
        body = await request.read()
        headers = request.headers
        if not signatures.good(headers.get("X-Signature-Ed25519", ""), headers.get("X-Signature-Timestamp", ""), body):
            meters.refused.inc()
            return _refused(401)
        try:
            payload = cast("dict[str, Any]", json.loads(body))
            kind = int(payload["type"])
        except (ValueError, TypeError, KeyError):
            return _refused(400)
        if kind == 1:
            return web.Response(body=b'{"type":1}', content_type=_JSON)
        quick = shortcut.reply(payload)
        if quick is not None:
            meters.answered("ally", "ok", time.perf_counter() - begun)
            return web.Response(body=quick, content_type=_JSON)
        found = await inline.reply(payload)
        body = _NO_CHOICES if found.body is None else json.dumps(found.body, ensure_ascii=False).encode()
        response = web.Response(body=body, content_type=_JSON)
        try:
            # Written here rather than by aiohttp afterwards: what the command does next may follow this response.
            await response.prepare(request)
            await response.write_eof()
        finally:
            found.sent()
        return response

    return handle


def application(
    health: Health, meters: Meters, handle: Callable[[web.Request], Awaitable[web.Response]] | None = None,
    *, metrics: bool = True,
) -> web.Application:  # fmt: skip
    """``/healthz``, ``/readyz``, perhaps ``/metrics``, and with a handler ``/interactions``."""
    app = web.Application(client_max_size=LARGEST)

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(_request: web.Request) -> web.Response:
        missing = await health()
        return web.Response(text="ready\n" if not missing else "".join(f"{each}\n" for each in missing),
                            status=503 if missing else 200)  # fmt: skip

    async def measured(_request: web.Request) -> web.Response:
        return web.Response(body=meters.exposed(), headers={"Content-Type": meters.CONTENT_TYPE})

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    if metrics:
        app.router.add_get("/metrics", measured)
    if handle:
        app.router.add_post("/interactions", handle)
    return app


Health = Callable[[], Awaitable[list[str]]]
"""What is missing for being ready, in words; nothing is missing when the list is empty."""


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Listen; the runner's ``cleanup`` lets requests in flight finish."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=8)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
