"""Discord interactions over HTTP, and health and metrics: small aiohttp applications,
handed everything.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

from aiohttp import web
from discord.utils import _from_json, _to_json
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from bot.commands.ask.fast_path import FastPath
from bot.runtime.admission import Admission, InteractionTrace, Recent
from bot.runtime.clock import ServerClock
from bot.runtime.first_reply import HttpFeed
from bot.runtime.metrics import Metrics

log = logging.getLogger(__name__)

FRESH_SECONDS = 30.0
"""How old a signature's timestamp may be; Discord itself waits three seconds."""
LARGEST = 2 << 20
_JSON = "application/json"
_NO_CHOICES = b'{"type":8,"data":{"choices":[]}}'
_STATUS = {"duplicate": 409, "dropped": 410, "stopping": 503}
_COMPLAIN_SECONDS = 60.0


class Signatures:
    """Whether a request comes from Discord, is fresh, and is not one that was seen
    already.

    Replays are known to the process that saw the first; between replicas the freshness
    of the timestamp bounds them. How old a timestamp is, is told by ``clock``, which
    every good signature sets right.
    """

    def __init__(
        self, public_key: str, clock: ServerClock, seen: Recent | None = None
    ) -> None:
        self._key = VerifyKey(bytes.fromhex(public_key))
        self._clock = clock
        self._seen = seen or Recent()

    def fault(self, signature: str, timestamp: str, body: bytes) -> str:
        """What is wrong with the headers ``X-Signature-Ed25519`` and
        ``X-Signature-Timestamp`` of a body.

        One of ``signature``, ``stale`` and ``replayed``; nothing if they are good.
        """
        try:
            raw = bytes.fromhex(signature)
            stamp = float(timestamp)
            if not abs(stamp) < 1e11:
                return "signature"
            if self._clock.age(stamp) > FRESH_SECONDS:
                return "stale"
            self._key.verify(timestamp.encode() + body, raw)
        except (ValueError, BadSignatureError):
            return "signature"
        self._clock.heard(stamp)
        return "" if self._seen.first(raw) else "replayed"


def _refused(status: int) -> web.Response:
    return web.Response(status=status, text="refused\n")


class _Complaints:
    """Says in the log that requests are refused, once a minute at most: anybody can
    send them.
    """

    def __init__(self) -> None:
        self._next, self._kept = 0.0, 0

    def add(self, fault: str) -> None:
        """Count one refusal."""
        self._kept += 1
        now = time.monotonic()
        if now >= self._next:
            log.warning(
                "refused %d requests since the last such line, the last for: %s",
                self._kept,
                fault,
            )
            self._next, self._kept = now + _COMPLAIN_SECONDS, 0


def interactions(
    signatures: Signatures,
    admission: Admission,
    fast_path: FastPath,
    http_feed: HttpFeed,
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of the endpoint that Discord posts interactions to."""
    complaints = _Complaints()

    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        headers = request.headers
        fault = signatures.fault(
            headers.get("X-Signature-Ed25519", ""),
            headers.get("X-Signature-Timestamp", ""),
            body,
        )
        if fault:
            admission.metrics.refuse(fault)
            complaints.add(fault)
            return _refused(401)
        try:
            payload = cast("dict[str, Any]", _from_json(body))  # type: ignore[arg-type]
            if int(payload["type"]) == 1:
                return web.Response(body=b'{"type":1}', content_type=_JSON)
            trace = admission.admit(payload)
        except (ValueError, TypeError, KeyError, AttributeError):
            admission.metrics.refuse("malformed")
            complaints.add("malformed")
            return _refused(400)
        if not isinstance(trace, InteractionTrace):
            return _refused(_STATUS[trace])
        quick = fast_path.reply(payload)
        if quick is not None:
            trace.short = True
            with admission.handling(trace):
                return web.Response(body=quick, content_type=_JSON)
        found = await http_feed.reply(payload, trace)
        body = _NO_CHOICES if found.body is None else _to_json(found.body).encode()
        response = web.Response(body=body, content_type=_JSON)
        try:
            # Written here rather than by aiohttp afterwards: what the command does next
            # may follow this response.
            await response.prepare(request)
            await response.write_eof()
        finally:
            found.sent()
        return response

    return handle


def application(
    health: Health,
    metrics: Metrics,
    handle: Callable[[web.Request], Awaitable[web.Response]] | None = None,
    *,
    show_metrics: bool = True,
) -> web.Application:
    """``/healthz``, ``/readyz``, perhaps ``/metrics``, and with a handler
    ``/interactions``.
    """
    app = web.Application(client_max_size=LARGEST)

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(_request: web.Request) -> web.Response:
        missing = await health()
        return web.Response(
            text="ready\n" if not missing else "".join(f"{each}\n" for each in missing),
            status=503 if missing else 200,
        )

    async def measured(_request: web.Request) -> web.Response:
        return web.Response(
            body=metrics.exposed(), headers={"Content-Type": metrics.CONTENT_TYPE}
        )

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    if show_metrics:
        app.router.add_get("/metrics", measured)
    if handle:
        app.router.add_post("/interactions", handle)
    return app


Health = Callable[[], Awaitable[list[str]]]
"""What is missing for being ready, in words; nothing is missing when the list is empty.
"""


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Listen; the runner's ``cleanup`` lets requests in flight finish."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
