"""First replies in time: caught as the HTTP response where there is no gateway, and
promised where a reply takes long.

Rests on a few private names of discord.py 2.7 (the adapter that sends first replies,
and the parser of interactions); a test goes through all of them, so that a new release
that changes them is noticed there and not in production.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import aiohttp
import discord
from discord.http import MultipartParameters
from discord.webhook import async_ as webhooks

from bot.runtime.admission import CURRENT_TRACE, InteractionTrace

log = logging.getLogger(__name__)

DEFER_AFTER = 2.0
"""Seconds after which a promise is sent in place of a reply; Discord waits three."""
SENT_WITHIN = 3.0
"""Seconds after which a response that was not written counts as lost; Discord has given
up by then.
"""
PRIVATE = {"entry", "suggest", "settings", "privacy", "help", "about"}
"""Commands whose replies are always private; a promise must be what the reply will be.
"""
_EPHEMERAL = 1 << 6


class _Adapter:
    """Stands before discord.py's sender of replies; what comes after the first goes the
    way it would have gone.
    """

    def __init__(self, payload: Mapping[str, Any], below: Any) -> None:
        self.payload, self.below = payload, below
        self.promised = 0
        """The type of the promise that was made, 0 for none."""
        self.sent = asyncio.Event()
        """Set once the first reply or the promise is on its way; what follows it would
        find nothing before.
        """

    def __getattr__(self, name: str) -> Any:
        return getattr(self.below, name)

    def create_interaction_response(
        self,
        interaction_id: int,
        token: str,
        *,
        session: Any,
        proxy: Any = None,
        proxy_auth: Any = None,
        params: MultipartParameters,
    ) -> Any:
        """What discord.py sends as the first reply."""
        common: dict[str, Any] = {
            "session": session,
            "proxy": proxy,
            "proxy_auth": proxy_auth,
        }
        return self._first(interaction_id, token, common, params)

    async def _first(
        self,
        interaction_id: int,
        token: str,
        common: dict[str, Any],
        params: MultipartParameters,
    ) -> Any:
        raise NotImplementedError

    async def arrived(self) -> None:
        """Wait until the response is on its way."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SENT_WITHIN):
                await self.sent.wait()

    async def keep(
        self,
        token: str,
        common: dict[str, Any],
        body: dict[str, Any],
        params: MultipartParameters,
    ) -> Any:
        """Keep a promise: the reply becomes an edit of the original message, or a
        message beside it.

        Returns what discord.py expects of a first reply. A second promise is none, and
        a form cannot follow one.
        """
        await self.arrived()
        if body["type"] in {4, 7}:
            beside = body["type"] == 4 and self.promised == 6
            how = (
                self.below.execute_webhook
                if beside
                else self.below.edit_original_interaction_response
            )
            edit = partial(how, self.payload["application_id"], token, **common)
            data: dict[str, Any] = body.get("data") or {}
            if params.files:
                parts = [
                    {**part, "value": json.dumps(data)}
                    if part.get("name") == "payload_json"
                    else part
                    for part in params.multipart or ()
                ]
                await edit(multipart=parts, files=params.files)
            else:
                await edit(payload=data)
        elif body["type"] == 9:
            log.warning("a form came too late to be shown")
        return self.receipt()

    def receipt(self) -> dict[str, Any]:
        """What Discord would say of a first reply."""
        return {
            "interaction": {"id": str(self.payload["id"]), "type": self.payload["type"]}
        }


class _HttpAdapter(_Adapter):
    """Keeps the first reply for whoever answers the HTTP request."""

    def __init__(self, payload: Mapping[str, Any], below: Any) -> None:
        super().__init__(payload, below)
        self.first: asyncio.Future[dict[str, Any]] = (
            asyncio.get_running_loop().create_future()
        )

    async def _first(
        self,
        interaction_id: int,
        token: str,
        common: dict[str, Any],
        params: MultipartParameters,
    ) -> Any:
        body = params.payload or _payload_of(params)
        if self.promised:
            return await self.keep(token, common, body, params)
        if not params.files:
            self.first.set_result(body)
            await self.arrived()
            return self.receipt()
        # Files are sent after a promise: a reply within a response has no room for them
        # in every client.
        self.promised = 6 if body["type"] == 7 else 5
        made: dict[str, Any] = {"type": self.promised}
        if self.promised == 5:
            made["data"] = {"flags": _flags(body) & _EPHEMERAL}
        self.first.set_result(made)
        return await self.keep(token, common, body, params)


class _GatewayAdapter(_Adapter):
    """Lets the first reply through, or sends a promise in its place when it takes
    long.
    """

    def __init__(
        self,
        payload: Mapping[str, Any],
        below: Any,
        after: float,
        session: Callable[[], Any],
    ) -> None:
        super().__init__(payload, below)
        self._session = session
        self._task: asyncio.Task[None] | None = None
        loop = asyncio.get_running_loop()
        self._timer = (
            loop.call_later(after, self._late) if payload["type"] != 4 else None
        )

    async def _first(
        self,
        interaction_id: int,
        token: str,
        common: dict[str, Any],
        params: MultipartParameters,
    ) -> Any:
        if self._timer:
            self._timer.cancel()
        if self.promised:
            return await self.keep(
                token, common, params.payload or _payload_of(params), params
            )
        return await self.below.create_interaction_response(
            interaction_id, token, **common, params=params
        )

    def _late(self) -> None:
        body = promise(self.payload, private=_private(self.payload))
        self.promised = int(body["type"])
        self._task = asyncio.get_running_loop().create_task(self._promise(body))

    async def _promise(self, body: dict[str, Any]) -> None:
        log.info("this takes longer; promised")
        params = MultipartParameters(payload=body, multipart=None, files=None)
        try:
            await self.below.create_interaction_response(
                int(self.payload["id"]),
                self.payload["token"],
                session=self._session(),
                params=params,
            )
        except discord.HTTPException as error:
            log.warning("the promise was not taken: code %s", error.code)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("the promise was not sent: %s", type(error).__name__)
        finally:
            self.sent.set()


def _flags(body: Mapping[str, Any]) -> int:
    data = cast("Mapping[str, Any]", body.get("data") or {})
    return int(data.get("flags", 0))


def _payload_of(params: MultipartParameters) -> dict[str, Any]:
    for part in params.multipart or ():
        if part.get("name") == "payload_json":
            return cast("dict[str, Any]", json.loads(part["value"]))
    return {"type": 5}


def promise(payload: Mapping[str, Any], *, private: bool) -> dict[str, Any]:
    """A deferred reply: of a button on a private message its update, else a message to
    come.
    """
    message = cast("Mapping[str, Any]", payload.get("message") or {})
    if payload["type"] == 3 and int(message.get("flags", 0)) & _EPHEMERAL:
        return {"type": 6}
    return {"type": 5, "data": {"flags": _EPHEMERAL if private else 0}}


def _private(payload: Mapping[str, Any]) -> bool:
    """Whether the reply to come will be private, as far as the question tells."""
    data = cast("Mapping[str, Any]", payload.get("data") or {})
    listed = cast("list[dict[str, Any]]", data.get("options") or [])
    options = {option["name"]: option.get("value") for option in listed}
    return (
        payload["type"] != 2
        or data.get("type") != 1
        or data.get("name") in PRIVATE
        or bool(options.get("private"))
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """The body of a response, None for an autocomplete without an answer; ``sent`` is
    called once it is written.
    """

    body: dict[str, Any] | None
    sent: Callable[[], None]


class HttpFeed:
    """Feeds payloads to a logged-in client and returns what it first replies."""

    def __init__(
        self, client: discord.Client, *, defer_after: float = DEFER_AFTER
    ) -> None:
        self._client, self._defer_after = client, defer_after

    async def reply(self, payload: Mapping[str, Any], trace: InteractionTrace) -> Reply:
        """The body of the response, and what to call once it is written."""
        adapter = _HttpAdapter(payload, webhooks.async_context.get())
        _feed(
            self._client._connection.parse_interaction_create, payload, adapter, trace
        )
        body: dict[str, Any] | None = None
        try:
            async with asyncio.timeout(self._defer_after):
                body = await asyncio.shield(adapter.first)
        except TimeoutError:
            if adapter.first.done():
                body = adapter.first.result()
            elif payload["type"] != 4:
                log.info("this takes longer; promised")
                body = promise(payload, private=_private(payload))
                adapter.promised = int(body["type"])
        return Reply(body, adapter.sent.set)


class GatewayFeed:
    """Feeds payloads of the gateway to discord.py, and promises a reply where one takes
    long.
    """

    def __init__(
        self,
        client: discord.Client,
        parse: Callable[[Any], None],
        defer_after: float = DEFER_AFTER,
    ) -> None:
        self._client, self._parse, self._defer_after = client, parse, defer_after

    def feed(self, payload: Mapping[str, Any], trace: InteractionTrace) -> None:
        """Have one interaction answered."""
        adapter = _GatewayAdapter(
            payload, webhooks.async_context.get(), self._defer_after, self._session
        )
        _feed(self._parse, payload, adapter, trace)

    def _session(self) -> Any:
        return cast("Any", self._client.http)._HTTPClient__session


def _feed(
    parse: Callable[[Any], None],
    payload: Mapping[str, Any],
    adapter: _Adapter,
    trace: InteractionTrace,
) -> None:
    """Parse in a context of its own: the handlers' tasks see this adapter and this
    trace, no other's do.
    """

    def run() -> None:
        webhooks.async_context.set(cast("Any", adapter))
        CURRENT_TRACE.set(trace)
        parse(payload)

    contextvars.copy_context().run(run)
