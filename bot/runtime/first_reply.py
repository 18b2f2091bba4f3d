"""First replies in time: caught as the HTTP response where there is no gateway, and
promised where a reply takes long. Discord waits three seconds for a first reply.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import InteractionType
from discord.http import MultipartParameters

from bot.knowledge.plain import PlainObject
from bot.runtime.admission import CURRENT_TRACE, InteractionTrace
from bot.runtime.discord_internals import (
    interaction_parser,
    json_only,
    reply_sender,
    session_of,
    use_reply_sender,
)
from bot.runtime.late_reply import (
    EPHEMERAL,
    MESSAGE_LATER,
    UPDATE,
    UPDATE_LATER,
    Promises,
    ReplyAdapter,
    flags_of,
    payload_of,
)
from bot.runtime.outages import UNSENT, reason_of

log = logging.getLogger(__name__)

DEFER_AFTER = 2.0
"""Seconds after which a promise is sent in place of a reply; Discord waits three."""


class MalformedError(ValueError):
    """A payload is no interaction that discord.py can make anything of."""


class _HttpAdapter(ReplyAdapter):
    """Keeps the first reply for whoever answers the HTTP request."""

    def __init__(
        self,
        payload: Mapping[str, Any],
        below: Any,
        promises: Promises,
        trace: InteractionTrace,
    ) -> None:
        super().__init__(payload, below, promises, trace)
        self.first: asyncio.Future[PlainObject] = (
            asyncio.get_running_loop().create_future()
        )

    async def first_reply(
        self,
        interaction_id: int,
        token: str,
        common: PlainObject,
        params: MultipartParameters,
    ) -> Any:
        if self.promised:
            return await self.keep(token, common, params)
        body = params.payload or payload_of(params)
        if not params.files:
            self.first.set_result(body)
            await self.arrived()
            return self.receipt()
        # Files are sent after a promise: a reply within a response has no room for them
        # in every client.
        if body["type"] == UPDATE:
            self.promised = {"type": UPDATE_LATER}
        else:
            flags = flags_of(body) & EPHEMERAL
            self.promised = {"type": MESSAGE_LATER, "data": {"flags": flags}}
        self.first.set_result(self.promised)
        return await self.keep(token, common, params)


class _GatewayAdapter(ReplyAdapter):
    """Lets the first reply through, or sends a promise in its place when it takes
    long.
    """

    def __init__(
        self,
        payload: Mapping[str, Any],
        below: Any,
        promises: Promises,
        trace: InteractionTrace,
        after: float,
        session: Callable[[], Any],
    ) -> None:
        super().__init__(payload, below, promises, trace)
        self._session = session
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        if payload["type"] != InteractionType.autocomplete.value:
            self._timer = asyncio.get_running_loop().call_later(after, self._late)

    async def first_reply(
        self,
        interaction_id: int,
        token: str,
        common: PlainObject,
        params: MultipartParameters,
    ) -> Any:
        if self._timer:
            self._timer.cancel()
        if self.promised:
            return await self.keep(token, common, params)
        return await self.below.create_interaction_response(
            interaction_id, token, **common, params=params
        )

    def _late(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._send(self.promise()))

    async def _send(self, promise: PlainObject) -> None:
        try:
            await self.below.create_interaction_response(
                int(self.payload["id"]),
                self.payload["token"],
                session=self._session(),
                params=json_only(promise),
            )
        except UNSENT as error:
            log.warning("the promise was not sent: %s", reason_of(error))
        finally:
            self.sent.set()


@dataclass(frozen=True, slots=True)
class FirstReply:
    """The body of a response, None for an autocomplete without an answer; ``sent`` is
    called once it is written.
    """

    body: PlainObject | None
    sent: Callable[[], None]


class HttpFeed:
    """Feeds payloads to a logged-in client and returns what it first replies."""

    def __init__(
        self,
        client: discord.Client,
        promises: Promises,
        *,
        defer_after: float = DEFER_AFTER,
    ) -> None:
        self._client, self._promises = client, promises
        self._defer_after = defer_after

    async def reply(
        self, payload: Mapping[str, Any], trace: InteractionTrace
    ) -> FirstReply:
        """The body of the response, and what to call once it is written.

        Raises MalformedError if the payload is no interaction.
        """
        adapter = _HttpAdapter(payload, reply_sender(), self._promises, trace)
        try:
            _feed(interaction_parser(self._client), payload, adapter, trace)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise MalformedError from error
        body: PlainObject | None = None
        try:
            async with asyncio.timeout(self._defer_after):
                body = await asyncio.shield(adapter.first)
        except TimeoutError:
            if adapter.first.done():
                body = adapter.first.result()
            elif payload["type"] != InteractionType.autocomplete.value:
                body = adapter.promise()
        return FirstReply(body, adapter.sent.set)


class GatewayFeed:
    """Feeds payloads of the gateway to discord.py, and promises a reply where one takes
    long.
    """

    def __init__(
        self,
        client: discord.Client,
        parse: Callable[[Any], None],
        promises: Promises,
        defer_after: float = DEFER_AFTER,
    ) -> None:
        self._client, self._parse = client, parse
        self._promises, self._defer_after = promises, defer_after

    def feed(self, payload: Mapping[str, Any], trace: InteractionTrace) -> None:
        """Have one interaction answered."""
        adapter = _GatewayAdapter(
            payload,
            reply_sender(),
            self._promises,
            trace,
            self._defer_after,
            lambda: session_of(self._client),
        )
        _feed(self._parse, payload, adapter, trace)


def _feed(
    parse: Callable[[Any], None],
    payload: Mapping[str, Any],
    adapter: ReplyAdapter,
    trace: InteractionTrace,
) -> None:
    """Parse in a context of its own: the handlers' tasks see this adapter and this
    trace, no other's do.
    """

    def run() -> None:
        use_reply_sender(adapter)
        CURRENT_TRACE.set(trace)
        parse(payload)

    contextvars.copy_context().run(run)
