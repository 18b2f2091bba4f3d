"""A stand-in of Discord that costs less than the bots that it drives: with the driver
on one processor core and the bot on the other, whichever takes longer for a reply
decides the rate.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from typing import Any

from aiohttp import web

from tests.support.discord_standin import StandIn
from tests.support.payloads import id_at, interaction

_CALLBACK = b"POST /api/v10/interactions/"
_SAID = b'{"interaction":{"id":"%s","type":2},"resource":{"type":4}}'
_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
)
_KEY = "the id of the interaction"


class _Connection(asyncio.Protocol):
    """One connection of the bot's: callbacks are answered here, everything else, the
    gateway too, by aiohttp, whose work for one request takes longer than the bot's.
    """

    def __init__(self, standin: LeanStandIn, others: asyncio.Protocol) -> None:
        self._standin = standin
        self._others = others
        self._transport: Any = None
        self._callback = b""
        """What has come of a callback so far."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._others.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._others.connection_lost(exc)

    def pause_writing(self) -> None:
        self._others.pause_writing()

    def resume_writing(self) -> None:
        self._others.resume_writing()

    def eof_received(self) -> bool | None:
        return self._others.eof_received()

    def data_received(self, data: bytes) -> None:
        if not self._callback and not data.startswith(_CALLBACK):
            self._others.data_received(data)
            return
        self._callback += data
        head, blank, body = self._callback.partition(b"\r\n\r\n")
        if not blank:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(body) < length:
            return
        self._callback = b""
        key = head[len(_CALLBACK) :].partition(b"/")[0]
        said = _SAID % key
        self._transport.write(_HEAD % len(said) + said)
        self._standin.took(key.decode(), length)


class LeanStandIn(StandIn):
    """Asks and takes first replies at a small part of the cost; takes no faults and no
    delays.
    """

    def __init__(self) -> None:
        super().__init__()
        self._frames: dict[tuple[str, str, str], str] = {}
        self._server: asyncio.Server | None = None

    async def _listen(self, runner: web.AppRunner) -> int:
        others = runner.server
        assert others is not None
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Connection(self, others()), "127.0.0.1", 0
        )
        return self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close every connection."""
        if self._server:
            self._server.close()
        await super().stop()

    def took(self, key: str, size: int) -> None:
        """The whole callback of an interaction came."""
        self.size = size
        waiting = self._waiting.pop(key, None)
        if waiting and not waiting.done():
            waiting.set_result(time.perf_counter_ns())

    def _frame(self, name: str, options: dict[str, str], focused: str) -> str:
        """An interaction as the gateway sends it, written once for all its ids."""
        kind = (name, repr(options), focused)
        if (found := self._frames.get(kind)) is None:
            payload = interaction(_KEY, name, options, focused)
            found = self._frames[kind] = json.dumps(payload)
        return found

    async def ask(
        self,
        number: int,
        options: dict[str, str],
        *,
        seconds: float = 10,
        name: str = "ally",
        focused: str = "",
    ) -> float:
        """As the other stand-in's; no two that wait at once may have one number."""
        key = str(id_at(time.time()) + number % 4_000_000)
        waiting = self._waiting[key] = asyncio.get_running_loop().create_future()
        asked = self._frame(name, options, focused).replace(_KEY, key)
        assert self._socket is not None
        self._sequence += 1
        frame = (
            f'{{"op":0,"t":"INTERACTION_CREATE","s":{self._sequence},"d":{asked}}}'
        ).encode()
        begun = time.perf_counter_ns()
        if self._squeeze is None:
            await self._socket.send_str(frame.decode())
        else:
            packed = self._squeeze.compress(frame)
            await self._socket.send_bytes(
                packed + self._squeeze.flush(zlib.Z_SYNC_FLUSH)
            )
        async with asyncio.timeout(seconds):
            return (await waiting - begun) / 1e6
