"""Whether a process is well: /healthz, /readyz and /metrics, and the guarded port on
which they and the endpoint listen.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import cast

from aiohttp import web, web_response
from aiohttp.typedefs import Middleware

from bot.runtime.metrics import Metrics

Health = Callable[[], Awaitable[list[str]]]
"""What is missing for being ready, in words; nothing is missing when the list is empty.
"""

HEADER_SECONDS = 5.0
"""How long a connection may take from its first byte to the end of a request's headers,
and how long one that says nothing may stay.
"""
IDLE_SECONDS = 75.0
"""How long a connection is kept for its next request: longer than the minute of common
load balancers, so that they close first.
"""
MOST_CONNECTIONS = 1_000
"""Open connections at most; a proxy in front needs far fewer. More are closed at once.
"""
CLOSE_SECONDS = 5.0
"""How long requests in flight may take when the port is closed."""
_LINGER_SECONDS = 1.0
_NEVER = 365 * 86_400.0

Quick = Callable[[bytes], bytes | None]
"""Answers a whole request without aiohttp, or gives None for what aiohttp is to read.
"""


def add_health(app: web.Application, health: Health) -> None:
    """Add ``/healthz`` and ``/readyz`` to an application."""

    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(_request: web.Request) -> web.Response:
        missing = await health()
        if missing:
            said = "".join(f"{each}\n" for each in missing)
            return web.Response(text=said, status=503)
        return web.Response(text="ready\n")

    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)


def application(health: Health, metrics: Metrics) -> web.Application:
    """``/healthz``, ``/readyz`` and ``/metrics``, for an operator's port."""
    app = web.Application()
    add_health(app, health)

    async def measured(_request: web.Request) -> web.Response:
        return web.Response(
            body=metrics.exposed(), headers={"Content-Type": metrics.CONTENT_TYPE}
        )

    app.router.add_get("/metrics", measured)
    return app


class _Turned(asyncio.Protocol):
    """Closes a connection that comes when there are too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).abort()


class _Guarded(asyncio.Protocol):
    """Stands before aiohttp's handler of one connection: answers what can be answered
    at once, and closes a connection whose headers do not come, or that rests too long.
    """

    def __init__(self, handler: asyncio.Protocol, guard: ConnectionGuard) -> None:
        self._handler, self._guard = handler, guard
        self._timer: asyncio.TimerHandle | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._used = 0.0
        self._transport: asyncio.Transport | None = None
        self._answering = False
        self._handed = False
        """Whether aiohttp has a part of a request, or has to answer one."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._guard.open[transport] = self
        self._wait()
        self._look_for_rest()
        self._handler.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        if self._resting:
            self._resting.cancel()
        if self._transport:
            self._guard.open.pop(self._transport, None)
        self._handler.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._used = time.monotonic()
        quick = self._guard.quick
        if quick is not None and not self._handed:
            reply = quick(data)
            if reply is not None:
                assert self._transport
                self._stop_waiting()
                self._transport.write(reply)
                return
        self._handed = True
        if not self._answering and self._timer is None:
            self._wait()
        self._handler.data_received(data)

    def eof_received(self) -> bool | None:
        return self._handler.eof_received()

    def pause_writing(self) -> None:
        self._handler.pause_writing()

    def resume_writing(self) -> None:
        self._handler.resume_writing()

    def answering(self, *, begun: bool) -> None:
        """A request's headers are there, or its answer is."""
        self._answering = begun
        self._stop_waiting()
        if not begun:
            # aiohttp writes the answer in this very step.
            asyncio.get_running_loop().call_soon(self._answered)

    def _answered(self) -> None:
        self._handed = self._answering
        self._used = time.monotonic()

    def _look_for_rest(self) -> None:
        """Close a connection that has rested for so long; else look again when it will
        have.
        """
        assert self._transport
        seconds, now = self._guard.idle_seconds, time.monotonic()
        if self._resting is None or self._handed:
            self._used = now
        left = self._used + seconds - now
        loop = asyncio.get_running_loop()
        if left <= 0:
            self._transport.close()
            # Closing waits until all is sent, and nobody may be reading it.
            self._resting = loop.call_later(
                self._guard.header_seconds, self._transport.abort
            )
            return
        self._resting = loop.call_later(left, self._look_for_rest)

    def _wait(self) -> None:
        assert self._transport
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._guard.header_seconds, self._transport.abort)

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


class ConnectionGuard:
    """Bounds how many connections there are, how long each may take to ask, and how
    long it may rest. ``quick`` answers requests before aiohttp reads them.
    """

    def __init__(
        self,
        *,
        most: int = MOST_CONNECTIONS,
        header_seconds: float = HEADER_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
        quick: Quick | None = None,
    ) -> None:
        self.most, self.header_seconds = most, header_seconds
        self.idle_seconds, self.quick = idle_seconds, quick
        self.open: dict[asyncio.BaseTransport, _Guarded] = {}

    def protocol(self, make: Callable[[], asyncio.Protocol]) -> asyncio.Protocol:
        """The protocol for a connection that has just come."""
        if len(self.open) >= self.most:
            return _Turned()
        return _Guarded(make(), self)

    @property
    def middleware(self) -> Middleware:
        """What tells the guard of each request whose headers are there."""

        @web.middleware
        async def told(
            request: web.Request,
            handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
        ) -> web.StreamResponse:
            transport = request.transport
            connection = self.open.get(transport) if transport else None
            if connection is None:
                return await handler(request)
            connection.answering(begun=True)
            try:
                return await handler(request)
            finally:
                connection.answering(begun=False)

        return told


class Listener:
    """An application on a port."""

    def __init__(self, runner: web.AppRunner, server: asyncio.Server) -> None:
        self._runner, self._server = runner, server

    async def close(self) -> None:
        """Take no new connections, and let requests in flight finish."""
        self._server.close()
        await self._runner.cleanup()


async def listen(
    app: web.Application,
    host: str,
    port: int,
    guard: ConnectionGuard | None = None,
) -> Listener:
    """Serve an application until its ``close``. OSError if the port cannot be had."""
    guard = guard or ConnectionGuard()
    # aiohttp names itself and its version, in answers to what it cannot read too.
    web_response.SERVER_SOFTWARE = "Ally"  # pyright: ignore[reportPrivateImportUsage]
    app.middlewares.append(guard.middleware)
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=CLOSE_SECONDS,
        # The guard closes what rests: aiohttp does not see all that is asked.
        keepalive_timeout=_NEVER,
        lingering_time=_LINGER_SECONDS,
        # Discord compresses nothing, and a megabyte that anybody sends may hold a
        # gigabyte, which would be unpacked before its signature is looked at.
        auto_decompress=False,
    )
    await runner.setup()
    make = cast("Callable[[], asyncio.Protocol]", runner.server)
    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(lambda: guard.protocol(make), host, port)
    except OSError:
        await runner.cleanup()
        raise
    return Listener(runner, server)
