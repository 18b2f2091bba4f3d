"""A stand-in for Discord on loopback: enough gateway and REST for one bot and one kind
of interaction.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from typing import Any, cast

from aiohttp import WSMsgType, web

from tests.support.payloads import GUILD, MESSAGE, USER, id_at, interaction


def without_localisations(value: Any) -> Any:
    """Commands as Discord shows them to whom has not asked for localisations."""
    if isinstance(value, list):
        return [without_localisations(each) for each in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    pairs = cast("dict[str, Any]", value).items()
    return {
        key: without_localisations(each)
        for key, each in pairs
        if not key.endswith("_localizations")
    }


class StandIn:
    """Serves one bot; ``ask`` sends an interaction and waits until its callback has
    been read in full.
    """

    def __init__(self, verify_key: str = "") -> None:
        self.verify_key = verify_key
        self.registered = asyncio.Event()
        self.connected = asyncio.Event()
        self.resumed = asyncio.Event()
        self.told = asyncio.Event()
        self.known = 1
        """How many servers the bot is told of."""
        self.size = 0
        self.faults: list[int | tuple[int, dict[str, Any]]] = []
        """Statuses, perhaps with what is said, to answer the next callbacks with; -1
        hangs up.
        """
        self.delay = 0.0
        """Seconds before a callback is answered."""
        self.gate = asyncio.Event()
        """No callback is answered while this is not set."""
        self.gate.set()
        self.arrived = 0
        """How many callbacks have come, answered or not."""
        self.came = asyncio.Event()
        """Set whenever a callback comes."""
        self.refuses = False
        """Whether new gateway connections are turned away."""
        self.hesitates = 0.0
        """Seconds before a new gateway connection is greeted."""
        self.taken: list[str] = []
        """The ids of interactions whose first reply was taken, in order."""
        self.edits: list[str] = []
        """What replaced a reply afterwards, as it was sent."""
        self.commands: list[dict[str, Any]] = []
        self.guilds: list[dict[str, Any]] = [
            {"id": "200", "name": "bench", "owner": False, "permissions": "0"}
        ]
        """The servers that the bot is a member of, as REST lists them."""
        self.listed = 0
        """How often servers were asked for."""
        self.routes: dict[str, tuple[int, Any]] = {}
        """What further paths of the API answer: a status and a body."""
        self._socket: web.WebSocketResponse | None = None
        self._squeeze: Any = None
        self._waiting: dict[str, asyncio.Future[int]] = {}
        self._sequence = 0
        self._missed: list[tuple[Any, str]] = []
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> int:
        """Listen on a free port of 127.0.0.1 and return it."""
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_post(
            "/api/v10/interactions/{id}/{token}/callback", self._callback
        )
        app.router.add_route("*", "/api/v10/webhooks/{tail:.*}", self._edit)
        app.router.add_route("*", "/{rest:.*}", self._rest)
        self._runner = runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.2
        )
        await runner.setup()
        self.port = await self._listen(runner)
        return self.port

    async def _listen(self, runner: web.AppRunner) -> int:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every connection."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @staticmethod
    def _json(body: Any) -> web.Response:
        # discord.py compares the whole header, so no charset may follow.
        return web.Response(
            body=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )

    async def _rest(self, request: web.Request) -> web.Response:
        if found := self.routes.get(request.path.removeprefix("/api/v10")):
            status, body = found
            return web.Response(
                body=json.dumps(body).encode(),
                status=status,
                headers={"Content-Type": "application/json"},
            )
        if request.path.endswith("/users/@me/guilds"):
            self.listed += 1
            after, limit = (
                int(request.query.get("after", 0)),
                int(request.query.get("limit", 200)),
            )
            rows = sorted(
                (each for each in self.guilds if int(each["id"]) > after),
                key=lambda each: int(each["id"]),
            )
            return self._json(rows[:limit])
        if request.path.endswith("/commands") and request.method == "GET":
            localised = request.query.get("with_localizations") == "true"
            shown = self.commands if localised else without_localisations(self.commands)
            return self._json(shown)
        if request.path.endswith("/commands"):
            filled: dict[str, Any] = {
                "application_id": "100",
                "version": "1",
                "dm_permission": True,
                "nsfw": False,
            }
            commands = [
                {"description": "", "type": 1} | c | {"id": str(n + 1)} | filled
                for n, c in enumerate(await request.json())
            ]
            self.commands = commands
            asyncio.get_running_loop().call_later(0.3, self.registered.set)
            return self._json(commands)
        if request.path.endswith("/gateway/bot"):
            return self._json(
                {
                    "url": f"ws://127.0.0.1:{self.port}/gateway",
                    "shards": 1,
                    "session_start_limit": {
                        "total": 1000,
                        "remaining": 1000,
                        "reset_after": 0,
                        "max_concurrency": 1,
                    },
                }
            )
        if "applications" in request.path:
            return self._json(
                {
                    "id": "100",
                    "name": "bench",
                    "flags": 0,
                    "description": "",
                    "icon": None,
                    "bot_public": True,
                    "bot_require_code_grant": False,
                    "verify_key": self.verify_key,
                    "approximate_guild_count": 7,
                    "integration_types_config": {
                        "0": {
                            "oauth2_install_params": {
                                "scopes": ["applications.commands", "bot"],
                                "permissions": "0",
                            }
                        },
                        "1": {},
                    },
                    "owner": USER,
                    "team": None,
                }
            )
        return self._json(USER)

    async def _callback(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.arrived += 1
        self.came.set()
        await asyncio.sleep(self.delay)
        await self.gate.wait()
        key = request.match_info["id"]
        if self.faults:
            fault = self.faults.pop(0)
            status, said = fault if isinstance(fault, tuple) else (fault, {})
            if status < 0:
                assert request.transport
                request.transport.abort()
                return web.Response()
            # discord.py compares the whole header; the one that web.json_response
            # writes names a charset.
            headers = {"Content-Type": "application/json", "Via": "1.1 injected"}
            if "retry_after" in said:
                headers["Retry-After"] = str(said["retry_after"])
            return web.Response(
                body=json.dumps({"message": "injected", "code": 0} | said).encode(),
                status=status,
                headers=headers,
            )
        self.size = len(body)
        self.taken.append(key)
        if (waiting := self._waiting.pop(key, None)) and not waiting.done():
            waiting.set_result(time.perf_counter_ns())
        return self._json(
            {"interaction": {"id": key, "type": 2}, "resource": {"type": 4}}
        )

    async def _edit(self, request: web.Request) -> web.Response:
        self.edits.append((await request.read()).decode("utf-8", "replace"))
        return self._json(MESSAGE)

    async def _send(self, op: int, data: Any, event: str | None = None) -> None:
        if event is not None and (self._socket is None or self._socket.closed):
            self._missed.append((data, event))
            return
        assert self._socket is not None
        self._sequence += event is not None
        frame = json.dumps(
            {"op": op, "d": data, "s": self._sequence, "t": event}
        ).encode()
        if self._squeeze is None:
            await self._socket.send_str(frame.decode())
            return
        packed = self._squeeze.compress(frame) + self._squeeze.flush(zlib.Z_SYNC_FLUSH)
        await self._socket.send_bytes(packed)

    def drop(self) -> None:
        """Break the gateway connection as a network does: without a word."""
        assert self._socket is not None
        transport = self._socket._req.transport if self._socket._req else None
        self._socket = None
        self.resumed.clear()
        if transport:
            transport.abort()

    async def ask_for_reconnect(self) -> None:
        """Tell the bot to connect again, as Discord does when it moves sessions (opcode
        7).
        """
        await self._send(7, None)

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.refuses:
            return web.Response(status=503)
        await asyncio.sleep(self.hesitates)
        self._socket = socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self._squeeze = (
            zlib.compressobj()
            if request.query.get("compress") == "zlib-stream"
            else None
        )
        await self._send(10, {"heartbeat_interval": 41_250})
        async for message in socket:
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                continue
            op = json.loads(message.data)["op"]
            if op == 1:
                await self._send(11, None)
            elif op == 6:
                for data, event in self._missed:
                    await self._send(0, data, event)
                self._missed.clear()
                await self._send(0, {}, "RESUMED")
                self.resumed.set()
            elif op == 2:
                ready = {
                    "v": 10,
                    "user": USER,
                    "guilds": [
                        {"id": "200", "unavailable": True},
                        *(
                            {"id": str(10_000 + number), "unavailable": True}
                            for number in range(1, self.known)
                        ),
                    ],
                    "session_id": "s",
                    "shard": json.loads(message.data)["d"].get("shard", [0, 1]),
                    "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
                    "application": {"id": "100", "flags": 0},
                }
                await self._send(0, ready, "READY")
                await self._send(0, GUILD, "GUILD_CREATE")
                for number in range(1, self.known):
                    await self._send(
                        0, GUILD | {"id": str(10_000 + number)}, "GUILD_CREATE"
                    )
                self.told.set()
                asyncio.get_running_loop().call_later(0.3, self.connected.set)
        return socket

    async def ask(
        self,
        number: int,
        options: dict[str, str],
        *,
        seconds: float = 10,
        name: str = "ally",
        focused: str = "",
    ) -> float:
        """Send one command, or for an option that is ``focused`` what was typed into it
        so far, and return the milliseconds until its reply was read.
        """
        key = str(id_at(time.time()) + number % 4_000_000)
        while key in self._waiting:
            key = str(int(key) + 1)
        waiting = self._waiting[key] = asyncio.get_running_loop().create_future()
        begun = time.perf_counter_ns()
        await self.show(interaction(key, name, options, focused))
        try:
            return (await asyncio.wait_for(waiting, seconds) - begun) / 1e6
        finally:
            self._waiting.pop(key, None)

    async def show(self, payload: dict[str, Any]) -> None:
        """Send an interaction, and do not wait."""
        await self._send(0, payload, "INTERACTION_CREATE")
