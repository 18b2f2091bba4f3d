"""Connections to Discord that stay open and post finished bodies.

Of HTTP/1.1 they know what that takes and no more: aiohttp's client, which knows all of
it, takes longer for one request than everything else that is done for an answer
(docs/performance.md).
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

IDLE_SECONDS = 15.0
"""After so long without a request a connection is not used again: the other side may be
closing it just then.
"""
LARGEST = 1 << 20
"""Bytes of a response at most; Discord's have a few thousand."""
_HEADERS = re.compile(
    rb"\r\n(content-length|transfer-encoding|connection|date)[ \t]*:[ \t]*([^\r\n]*)",
    re.IGNORECASE,
)
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?(?=\r\n|\Z)")
_NO_BODY = {204, 304}
_UPGRADED = 101


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: the status, the header ``Date`` as it was sent, and the body."""

    status: int
    date: str
    body: bytes


@dataclass(frozen=True, slots=True)
class _Head:
    """The part of a response before its body. ``length`` is None where the body ends
    with the connection, or says itself where it ends.
    """

    status: int
    date: str
    length: int | None
    is_chunked: bool
    stays: bool
    """Whether the connection may be used again."""


Done = Callable[[Response | None], None]
"""Takes the response; None if there will be none."""


def _head_of(text: bytes) -> _Head:
    """ValueError for what is no head of a response."""
    status = _STATUS.match(text)
    if status is None:
        raise ValueError("no response of HTTP/1")
    headers = {key.lower(): value for key, value in _HEADERS.findall(text)}
    number = int(status[1])
    chunked = headers.get(b"transfer-encoding", b"").lower().endswith(b"chunked")
    length: int | None = None
    if number in _NO_BODY:
        length, chunked = 0, False
    elif not chunked and b"content-length" in headers:
        length = int(headers[b"content-length"])
        if not 0 <= length <= LARGEST:
            raise ValueError("too long")
    stays = text.startswith(b"HTTP/1.1") and (chunked or length is not None)
    return _Head(
        number,
        headers.get(b"date", b"").decode("latin-1"),
        length,
        chunked,
        stays and b"close" not in headers.get(b"connection", b"").lower(),
    )


def unchunked(data: bytes) -> bytes | None:
    """The body that was sent in chunks; None if it has not all come. ValueError for
    what is none.
    """
    parts: list[bytes] = []
    place = 0
    while (end := data.find(b"\r\n", place)) >= 0:
        size = int(data[place:end].partition(b";")[0], 16)
        if size < 0:
            raise ValueError("a chunk of less than nothing")
        if not size:
            # Trailers may follow; a blank line ends them.
            whole = data.find(b"\r\n\r\n", end) >= 0
            return b"".join(parts) if whole else None
        place = end + 2 + size + 2
        if len(data) < place:
            return None
        parts.append(data[end + 2 : place - 2])
    return None


class Connection(asyncio.Protocol):
    """One connection, for one request at a time; ``freed`` takes it back when it can be
    used again.
    """

    def __init__(self, freed: Callable[[Connection], None]) -> None:
        self._freed = freed
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._done: Done | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.is_open = False
        self.idle_since = 0.0

    def post(self, request: bytes, seconds: float, done: Done) -> None:
        """Send a request; its response within so many seconds, or none."""
        assert self._transport
        self._done = done
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
        self._buffer = self._buffer + data if self._buffer else data
        try:
            self._read(at_end=False)
        except ValueError:
            self.close()

    def eof_received(self) -> None:
        """The other side sends no more."""
        self._at_end()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed."""
        del exc
        self._at_end()
        self._ended(None)

    def _at_end(self) -> None:
        """No more will come: what has come may be whole by that."""
        self.is_open = False
        if self._done is not None:
            try:
                self._read(at_end=True)
            except ValueError:
                self._ended(None)

    def _read(self, *, at_end: bool) -> None:
        """Look whether the response is there. ValueError for what is none, or came
        without having been asked for.
        """
        head_end = self._buffer.find(b"\r\n\r\n")
        if self._done is None or len(self._buffer) > LARGEST:
            raise ValueError("not asked for, or too long")
        if head_end < 0:
            return
        head, body = _head_of(self._buffer[:head_end]), self._buffer[head_end + 4 :]
        if head.status < 200 and head.status != _UPGRADED:
            # It announces the response.
            self._buffer = body
            self._read(at_end=at_end)
            return
        whole = self._whole(head, body, at_end=at_end)
        if whole is None:
            return
        self._buffer = b""
        is_all = head.length is None or len(body) == head.length
        self.is_open = self.is_open and head.stays and is_all
        self._ended(Response(head.status, head.date, whole))

    @staticmethod
    def _whole(head: _Head, body: bytes, *, at_end: bool) -> bytes | None:
        if head.is_chunked:
            return unchunked(body)
        if head.length is None:
            return body if at_end else None
        return body[: head.length] if len(body) >= head.length else None

    def _ended(self, response: Response | None) -> None:
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
