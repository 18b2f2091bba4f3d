"""`ally run` or `ally serve` in a process of its own, driven cheaply: one interaction
in, its whole reply out, whichever way it comes.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import orjson
import psutil
from aiohttp import web

from tests.support.discord_standin import StandIn
from tests.support.hosted import KEY, PUBLIC, Hosted
from tests.support.payloads import MESSAGE, id_at

Mode = Literal["gateway", "http"]
SECONDS = 10.0
"""After so long an interaction counts as lost."""
_PROMISE = 100
"""A body of fewer bytes may be a promise; no answer is as short."""
_PROMISED = {5, 6}
_NUMBERS = 4_000_000
"""Ids of one millisecond."""


class RecordingStandIn(StandIn):
    """Hands each whole reply to whoever waits for it, and keeps what is posted to
    channels.
    """

    def __init__(self, verify_key: str = "") -> None:
        super().__init__(verify_key)
        self.replies: dict[str, asyncio.Future[bytes]] = {}
        self.posts: defaultdict[int, list[str]] = defaultdict(list)
        """What was posted to each channel."""
        self.posted = asyncio.Event()
        """Set whenever something is posted to a channel."""

    def replied(self, key: str, body: bytes) -> None:
        """A first reply came; a promise is waited out."""
        if len(body) < _PROMISE and orjson.loads(body)["type"] in _PROMISED:
            return
        waiting = self.replies.get(key)
        if waiting is not None and not waiting.done():
            waiting.set_result(body)

    async def _callback(self, request: web.Request) -> web.Response:
        key = request.match_info["id"]
        self.replied(key, await request.read())
        said = b'{"interaction":{"id":"%s","type":2},"resource":{"type":4}}'
        return web.Response(
            body=said % key.encode(), headers={"Content-Type": "application/json"}
        )

    async def _edit(self, request: web.Request) -> web.Response:
        body = await request.read()
        if request.method in {"PATCH", "POST"}:
            key = request.match_info["tail"].split("/")[1].removeprefix("t")
            waiting = self.replies.get(key)
            if waiting is not None and not waiting.done():
                waiting.set_result(body)
        return self._json(MESSAGE)

    async def _rest(self, request: web.Request) -> web.Response:
        parts = request.path.split("/")
        if "channels" not in parts:
            return await super()._rest(request)
        channel = parts[parts.index("channels") + 1]
        message = MESSAGE | {"channel_id": channel}
        if request.method == "POST":
            self.posts[int(channel)].append((await request.read()).decode())
            self.posted.set()
            return self._json(message)
        return self._json([] if parts[-1] == "messages" else message)


class _Line(asyncio.Protocol):
    """One connection that posts one request after another: what aiohttp does for a
    request costs more than Ally's answer to it.
    """

    def __init__(self) -> None:
        self.transport: Any = None
        self._buffer = b""
        self._waiting: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, blank, body = self._buffer.partition(b"\r\n\r\n")
        if not blank:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        waiting = self._waiting
        if len(body) < length or waiting is None or waiting.done():
            return
        self._buffer = b""
        if head[9:12] == b"200":
            waiting.set_result(body)
        else:
            waiting.set_exception(AssertionError(head.decode()))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionError("hung up"))

    async def post(self, request: bytes) -> bytes:
        """Send a request; the body of its response. AssertionError unless that is
        200.
        """
        self._waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._waiting


class RealProcess(Hosted):
    """One process of Ally's with a database of its own, in a folder that goes with
    it.
    """

    def __init__(self, mode: Mode) -> None:
        self._folder = tempfile.TemporaryDirectory()
        super().__init__(Path(self._folder.name))
        self.mode: Mode = mode
        self.discord = RecordingStandIn(PUBLIC)
        self.standin = self.discord
        self.worrying = ""
        """The last lines of the log above INFO."""
        self._free: list[_Line] = []
        self._number = 0

    async def open(self) -> None:
        """Start it, and wait until it is ready."""
        await self.start("serve" if self.mode == "http" else "run")
        if self.mode == "gateway":
            await asyncio.wait_for(self.discord.connected.wait(), 60)

    async def _read(self, said: asyncio.StreamReader) -> None:
        """The log of a million interactions is not kept: only what worries."""
        while part := await said.read(1 << 16):
            if b" WARNING" not in part and b" ERROR" not in part:
                continue
            lines = part.decode("utf-8", "replace").splitlines()
            worries = [line for line in lines if " INFO " not in line]
            self.worrying = "\n".join([self.worrying, *worries])[-4_000:]

    @property
    def database(self) -> str:
        """The address of its database."""
        return f"sqlite:///{self.folder / 'state' / 'ally.db'}"

    @property
    def mib(self) -> float:
        """Its resident memory."""
        return psutil.Process(self.running.pid).memory_info().rss / 2**20

    @property
    def processor(self) -> float:
        """Its processor time so far, in seconds."""
        return sum(psutil.Process(self.running.pid).cpu_times()[:2])

    def next_key(self) -> str:
        """An id that no interaction had before, of this moment."""
        self._number += 1
        return str(id_at(time.time()) + self._number % _NUMBERS)

    async def ask(self, payload: dict[str, Any]) -> bytes:
        """Send an interaction and wait for the whole reply: the edit, if a promise
        came first. TimeoutError or AssertionError if it is lost.
        """
        key = payload["id"]
        waiting = asyncio.get_running_loop().create_future()
        self.discord.replies[key] = waiting
        try:
            async with asyncio.timeout(SECONDS):
                if self.mode == "http":
                    self.discord.replied(key, await self._posted(payload))
                else:
                    await self.discord.show(payload)
                return await waiting
        finally:
            del self.discord.replies[key]

    async def _posted(self, payload: dict[str, Any]) -> bytes:
        body = orjson.dumps(payload)
        stamp = b"%d" % time.time()
        signature = KEY.sign(stamp + body).signature.hex()
        head = (
            f"POST /interactions HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"X-Signature-Ed25519: {signature}\r\n"
            f"X-Signature-Timestamp: {stamp.decode()}\r\n\r\n"
        )
        line = self._rested() or await self._connected()
        try:
            reply = await line.post(head.encode() + body)
        except BaseException:
            line.transport.abort()
            raise
        self._free.append(line)
        return reply

    def _rested(self) -> _Line | None:
        """A connection that is free and still open."""
        while self._free:
            line = self._free.pop()
            if not line.transport.is_closing():
                return line
        return None

    async def _connected(self) -> _Line:
        _, line = await asyncio.get_running_loop().create_connection(
            _Line, "127.0.0.1", urlsplit(self.url).port or 0
        )
        return line

    async def failures(self) -> int:
        """How many interactions did not end well, as the process counts them."""
        total = 0.0
        for row in (await self.metrics()).splitlines():
            if row.startswith("ally_commands_total{") and 'outcome="ok"' not in row:
                total += float(row.rpartition(" ")[2])
        return int(total)

    async def close(self) -> None:
        """Leave nothing behind."""
        for line in self._free:
            line.transport.abort()
        await self.end()
        self._folder.cleanup()
