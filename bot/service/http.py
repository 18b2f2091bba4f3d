"""``ally serve``: Discord's interactions over HTTP; any number of these may stand
behind a load balancer.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import discord
from aiohttp import web
from discord import InteractionResponseType, InteractionType
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from bot.knowledge.facts import Base
from bot.knowledge.plain import PlainObject
from bot.runtime.admission import Admission, InteractionTrace, Recent
from bot.runtime.clock import Clock, ServerClock
from bot.runtime.discord_internals import read_json, written_json
from bot.runtime.exit_code import ExitCode
from bot.runtime.first_reply import HttpFeed, MalformedError
from bot.runtime.health import ConnectionGuard, Health, add_health, listen
from bot.runtime.logs import set_up_logs
from bot.runtime.settings import Settings
from bot.service.assembly import (
    DRAIN_SECONDS,
    Assembly,
    assemble,
    opened,
    port_of,
    run,
    told_to_stop,
)
from bot.service.payloads import is_interaction
from bot.service.whole_requests import read_request, written_response
from bot.ui.fast_path import FastPath

log = logging.getLogger("bot")

FRESH_SECONDS = 30.0
"""How old a signature's timestamp may be; Discord itself waits three seconds."""
BODY_SECONDS = 3.0
"""How long the rest of a request may take once its headers are there; Discord waits no
longer for the answer.
"""
LARGEST = 2 << 20
"""Bytes of a body at most; the largest interactions, forms with their message, have
some 100,000.
"""
_JSON = "application/json"
_SIGNATURE = re.compile(r"[0-9a-fA-F]{128}")
_TIMESTAMP = re.compile(r"[0-9]{1,20}")
_PONG = written_json({"type": InteractionResponseType.pong.value})
_NO_CHOICES = written_json(
    {"type": InteractionResponseType.autocomplete_result.value, "data": {"choices": []}}
)
_STATUS = {"duplicate": 409, "dropped": 410, "stopping": 503}
_COMPLAIN_SECONDS = 60.0
_NO_INTERACTION = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What reading a body raises that is no interaction."""


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
        if fault := self.unsound(signature, timestamp, body):
            return fault
        return "" if self.is_first(signature) else "replayed"

    def is_first(self, signature: str) -> bool:
        """Whether a good signature comes for the first time; from now on it does
        not.
        """
        return self._seen.first(bytes.fromhex(signature))

    def came_before(self, signature: str) -> bool:
        """Whether a good signature came before; this does not count as its coming."""
        return bytes.fromhex(signature) in self._seen

    def unsound(self, signature: str, timestamp: str, body: bytes) -> str:
        """As ``fault``, but for whether it came before."""
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
        return ""


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


class InteractionEndpoint:
    """The endpoint that Discord posts interactions to."""

    def __init__(
        self,
        signatures: Signatures,
        admission: Admission,
        fast_path: FastPath,
        http_feed: HttpFeed,
        *,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._signatures, self._admission = signatures, admission
        self._fast_path, self._http_feed = fast_path, http_feed
        self._body_seconds = body_seconds
        self._complaints = _Complaints()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request: 200 with the first reply, or why it is not taken.

        400 no interaction, 401 not signed by Discord, 408 too slow, 409 came before,
        410 too old, 413 too long, 503 stopping.
        """
        signature = request.headers.get("X-Signature-Ed25519", "")
        timestamp = request.headers.get("X-Signature-Timestamp", "")
        if not _SIGNATURE.fullmatch(signature) or not _TIMESTAMP.fullmatch(timestamp):
            return self._refused(401, "signature")
        try:
            body = await self._body_of(request)
        except TimeoutError:
            return self._refused(408, "slow")
        if fault := self._signatures.fault(signature, timestamp, body):
            return self._refused(401, fault)
        try:
            payload = read_json(body)
            if int(payload["type"]) == InteractionType.ping.value:
                return web.Response(body=_PONG, content_type=_JSON)
            trace = self._admission.admit(payload)
        except _NO_INTERACTION:
            return self._refused(400, "malformed")
        if not isinstance(trace, InteractionTrace):
            return web.Response(status=_STATUS[trace], text="refused\n")
        return await self._answered(request, payload, trace)

    def quick(self, data: bytes) -> bytes | None:
        """The response to a whole request that can be answered at once, as it is sent;
        None for whatever ``handle`` is to look at. Nothing of that is remembered, lest
        ``handle`` take it for a replay.
        """
        request = read_request(data)
        if request is None or self._signatures.unsound(*request):
            return None
        try:
            payload = read_json(request.body)
            reply = self._fast_path.reply(payload)
            if reply is None or self._signatures.came_before(request.signature):
                return None
            trace = self._admission.admit(payload)
        except _NO_INTERACTION:
            return None
        self._signatures.is_first(request.signature)
        if not isinstance(trace, InteractionTrace):
            return written_response(_STATUS[trace], b"refused\n", "text/plain")
        trace.short = True
        self._admission.begin(trace)
        self._admission.end(trace)
        return written_response(200, reply, _JSON)

    async def _body_of(self, request: web.Request) -> bytes:
        """All of a body; TimeoutError if it does not come in time."""
        if request.content.is_eof():
            # It came with its headers, as nearly always: nothing is waited for.
            return await request.read()
        async with asyncio.timeout(self._body_seconds):
            return await request.read()

    def _refused(self, status: int, reason: str) -> web.Response:
        self._admission.metrics.refuse(reason)
        self._complaints.add(reason)
        response = web.Response(status=status, text="refused\n")
        # What was not read of the body is not waited for.
        response.force_close()
        return response

    async def _answered(
        self, request: web.Request, payload: PlainObject, trace: InteractionTrace
    ) -> web.StreamResponse:
        quick = self._fast_path.reply(payload)
        if quick is not None:
            trace.short = True
            with self._admission.handling(trace):
                return web.Response(body=quick, content_type=_JSON)
        if not is_interaction(payload):
            return self._refused(400, "malformed")
        try:
            reply = await self._http_feed.reply(payload, trace)
        except MalformedError:
            return self._refused(400, "malformed")
        body = _NO_CHOICES if reply.body is None else written_json(reply.body)
        response = web.Response(body=body, content_type=_JSON)
        try:
            # Written here rather than by aiohttp afterwards: what the command does next
            # may follow this response.
            await response.prepare(request)
            await response.write_eof()
        finally:
            reply.sent()
        return response


def application(
    health: Health, handle: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.Application:
    """``/interactions`` with this handler, ``/healthz`` and ``/readyz``."""
    app = web.Application(client_max_size=LARGEST)
    add_health(app, health)
    app.router.add_post("/interactions", handle)
    return app


async def _logged_in(client: discord.Client, token: str) -> ExitCode:
    """Log in for the application's key and to register commands; an exit status."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        log.critical(
            "Discord does not accept DISCORD_TOKEN; copy it again from the "
            "developer portal"
        )
        return ExitCode.CONFIG
    except (discord.DiscordException, OSError) as error:
        log.critical("Discord cannot be reached: %s", error)
        return ExitCode.UNAVAILABLE
    return ExitCode.OK


def _signatures(assembly: Assembly) -> Signatures | None:
    """Checks of signatures by the key that was set or that Discord gave; None if there
    is no usable one.
    """
    client = assembly.client
    given = client.application.verify_key if client.application else ""
    try:
        return Signatures(
            assembly.settings.ally_public_key or given,
            client.admission.clock or ServerClock(),
        )
    except ValueError:
        log.critical(
            "Discord gave no usable public key; set ALLY_PUBLIC_KEY from the "
            "developer portal"
        )
        return None


async def _served(assembly: Assembly, token: str, listening: asyncio.Event) -> ExitCode:
    """Log in, listen, and stop when told to; an exit status."""
    client = assembly.client
    stop = told_to_stop()
    try:
        status = await _logged_in(client, token)
        if status != ExitCode.OK:
            return status
        signatures = _signatures(assembly)
        if signatures is None:
            return ExitCode.CONFIG
        await _listening(assembly, signatures, stop, listening)
        return ExitCode.OK
    finally:
        await client.close()


async def _listening(
    assembly: Assembly,
    signatures: Signatures,
    stop: asyncio.Event,
    listening: asyncio.Event,
) -> None:
    """Answer requests until told to stop, and then those that are there."""
    client, settings = assembly.client, assembly.settings
    feed = HttpFeed(client, client.promises)
    endpoint = InteractionEndpoint(signatures, client.admission, client.fast_path, feed)

    async def health() -> list[str]:
        return assembly.missing()

    app = application(health, endpoint.handle)
    guard = ConnectionGuard(quick=endpoint.quick)
    host, port = settings.ally_http_host, settings.ally_http_port
    with port_of("ALLY_HTTP_PORT", port, host):
        listener = await listen(app, host, port, guard)
    listening.set()
    house = asyncio.create_task(client.keep_house_by_list())
    log.info(
        "listening on http://%s:%d/interactions",
        settings.ally_http_host,
        settings.ally_http_port,
    )
    await stop.wait()
    house.cancel()
    log.info("stopping: what is being answered is finished, nothing new is taken")
    client.admission.stop()
    ends = time.monotonic() + DRAIN_SECONDS
    await listener.close()
    # What was promised goes on after its response.
    await client.admission.idle(max(0.1, ends - time.monotonic()))


def serve(settings: Settings, base: Base, root: Path, clock: Clock) -> ExitCode:
    """Serve until told to stop; the exit status says why it ended."""
    set_up_logs(settings)
    assembly = assemble(settings, base, root, clock)
    if assembly is None:
        return ExitCode.CONFIG
    listening = asyncio.Event()

    async def health() -> list[str]:
        missing = assembly.missing()
        if not listening.is_set():
            missing.insert(0, "the endpoint does not listen yet")
        return missing

    async def work() -> ExitCode:
        assert settings.discord_token
        return await _served(
            assembly, settings.discord_token.get_secret_value(), listening
        )

    return run(opened(assembly, work, health))
