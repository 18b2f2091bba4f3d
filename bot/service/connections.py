"""Connections to Discord that stay open and post finished bodies.

httptools reads what comes back. aiohttp's client, which knows all of HTTP, takes longer
for one request than everything else that is done for an answer (docs/performance.md).
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

import httptools

IDLE_SECONDS = 15.0
"""After so long without a request a connection is not used again: the other side may be
closing it just then.
"""
LARGEST = 1 << 20
"""Bytes of a response at most; Discord's have a few thousand."""
_WITH_LENGTH = {b"content-length", b"transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: the status, the header ``Date`` as it was sent, and the body."""

    status: int
    date: str
    body: bytes


Done = Callable[[Response | None], None]
"""Takes the response; None if there will be none."""


class Connection(asyncio.Protocol):
    """One connection, for one request at a time; ``freed`` takes it back when it can be
    used again. httptools calls the methods that begin with ``on_``.
    """

    def __init__(self, freed: Callable[[Connection], None]) -> None:
        self._freed = freed
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body = b""
        self._date = b""
        self._size = 0
        self._in_body = self._says_length = False
        self._done: Done | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.is_open = False
        self.idle_since = 0.0

    def post(self, request: bytes, seconds: float, done: Done) -> None:
        """Send a request; its response within so many seconds, or none."""
        assert self._transport
        self._done, self._size = done, 0
        self._timer = asyncio.get_running_loop().call_later(seconds, self.close)
        self._transport.write(request)

    def close(self) -> None:
        """Close it; a request that waits gets no response."""
        if self._transport:
            self._transport.abort()
        self._ended(None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        self._transport = cast("asyncio.Transport", transport)
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """A part of a response came."""
        self._size += len(data)
        if self._done is None or self._size > LARGEST:
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.close()

    def eof_received(self) -> None:
        """The other side sends no more: a body of unsaid length ends with that."""
        self.is_open = False
        if self._in_body and not self._says_length:
            self._complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed."""
        del exc
        self._ended(None)

    def on_message_begin(self) -> None:
        """A response begins; one that nobody waits for ends the connection."""
        self._body = self._date = b""
        self._in_body = self._says_length = False
        if self._done is None:
            self.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header, whole."""
        name = name.lower()
        if name == b"date":
            self._date = value
        elif name in _WITH_LENGTH:
            self._says_length = True
            if value.isdigit() and int(value) > LARGEST:
                self.close()

    def on_headers_complete(self) -> None:
        """The body is next, if there is one."""
        self._in_body = True

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """A response is whole; one that only announces another is passed over."""
        if self._parser.get_status_code() >= 200:
            self.is_open = self.is_open and self._parser.should_keep_alive()
            self._complete()

    def _complete(self) -> None:
        status, date = self._parser.get_status_code(), self._date.decode("latin-1")
        self._ended(Response(status, date, self._body))

    def _ended(self, response: Response | None) -> None:
        self._in_body = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        done, self._done = self._done, None
        if response is None:
            self.is_open = False
        if self.is_open:
            self.idle_since = time.monotonic()
            self._freed(self)
        elif self._transport is not None:
            self._transport.abort()
        if done is not None:
            done(response)


class Connections:
    """The connections to one address, such as ``https://discord.com/api/v10``."""

    def __init__(self, base: str, user_agent: str) -> None:
        address = urlsplit(base)
        self._host, self._is_safe = address.hostname or "", address.scheme == "https"
        self._port = address.port or (443 if self._is_safe else 80)
        self._path = address.path
        self._headers = (
            f"HTTP/1.1\r\nHost: {address.netloc}\r\nUser-Agent: {user_agent}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        )
        self._free: list[Connection] = []
        self._all: set[Connection] = set()
        self._tls: ssl.SSLContext | None = None

    def request(self, path: str, body: bytes) -> bytes:
        """The request that posts JSON to a path below the address; it has no blank or
        control character.
        """
        head = f"POST {self._path}{path} {self._headers}{len(body)}\r\n\r\n"
        return head.encode("ascii") + body

    def free(self) -> Connection | None:
        """A connection that waits for a request, if there is one; the one that was used
        last, so that those that are too many grow old.
        """
        while self._free:
            connection = self._free.pop()
            rested = time.monotonic() - connection.idle_since
            if connection.is_open and rested < IDLE_SECONDS:
                return connection
            self._all.discard(connection)
            connection.close()
        return None

    async def post(self, request: bytes, seconds: float) -> Response | None:
        """The response to a request; None if none came within so many seconds."""
        waiting: asyncio.Future[Response | None] = (
            asyncio.get_running_loop().create_future()
        )

        def done(response: Response | None) -> None:
            if not waiting.done():
                waiting.set_result(response)

        begun = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                connection = self.free() or await self._opened()
        except (OSError, TimeoutError):
            return None
        connection.post(request, max(0.0, seconds - time.monotonic() + begun), done)
        return await waiting

    def close(self) -> None:
        """Close all of them."""
        for connection in tuple(self._all):
            connection.close()
        self._all.clear()
        self._free.clear()

    def _freed(self, connection: Connection) -> None:
        self._free.append(connection)

    async def _opened(self) -> Connection:
        self._all = {each for each in self._all if each.is_open}
        if self._is_safe and self._tls is None:
            # Reading this machine's certificates takes tens of milliseconds.
            self._tls = await asyncio.to_thread(ssl.create_default_context)
            self._tls.set_alpn_protocols(["http/1.1"])
        _, connection = await asyncio.get_running_loop().create_connection(
            lambda: Connection(self._freed), self._host, self._port, ssl=self._tls
        )
        self._all.add(connection)
        return connection
