"""discord.py's command tree without a gateway: the first reply is caught and becomes the HTTP response.

Rests on a few private names of discord.py 2.7 (the adapter that sends first replies, and the parser of interactions); a
test goes through all of them, so that a new release that changes them is noticed there and not in production.
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

import discord
from discord.http import MultipartParameters
from discord.webhook import async_ as webhooks

log = logging.getLogger(__name__)

DEFER_AFTER = 2.0
"""Seconds after which a promise is sent in place of a reply; Discord waits three."""
SENT_WITHIN = 3.0
"""Seconds after which a response that was not written counts as lost; Discord has given up by then."""
PRIVATE = {"entry", "suggest", "settings", "privacy", "help", "about"}
"""Commands whose replies are always private; a promise must be what the reply will be."""
_EPHEMERAL = 1 << 6


class _Adapter:
    """Catches the first reply; everything after it goes the way it would have gone, through ``below``."""

    def __init__(self, payload: Mapping[str, Any], below: Any) -> None:
        self.payload, self._below = payload, below
        self.first: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.promised = 0
        """The type of the promise that was made, 0 for none."""
        self.sent = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._below, name)

    def create_interaction_response(
        self, interaction_id: int, token: str, *, session: Any, proxy: Any = None, proxy_auth: Any = None,
        params: MultipartParameters,
    ) -> Any:  # fmt: skip
        """What discord.py sends as the first reply."""
        return self._first(interaction_id, token, session, proxy, proxy_auth, params)

    async def _first(
        self, interaction_id: int, token: str, session: Any, proxy: Any, proxy_auth: Any, params: MultipartParameters
    ) -> Any:
        body = params.payload or _payload_of(params)
        kind: int = body["type"]
        data: dict[str, Any] = body.get("data") or {}
        if not self.promised and not params.files:
            self.first.set_result(body)
            await self._arrived()
        elif kind in {4, 7}:
            if not self.promised:
                # Files are sent after a promise: a reply within a response has no room for them in every client.
                self.promised = 6 if kind == 7 else 5
                made: dict[str, Any] = {"type": self.promised}
                if kind == 4:
                    made["data"] = {"flags": int(data.get("flags", 0)) & _EPHEMERAL}
                self.first.set_result(made)
                await self._arrived()
            await self._later(token, session, proxy, proxy_auth, data, params, beside=kind == 4 and self.promised == 6)
        return {"interaction": {"id": str(interaction_id), "type": self.payload["type"]}}

    async def _arrived(self) -> None:
        """Wait until the response is on its way: what follows it would find nothing to follow before."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SENT_WITHIN):
                await self.sent.wait()

    async def _later(
        self, token: str, session: Any, proxy: Any, proxy_auth: Any, data: dict[str, Any], params: MultipartParameters,
        *, beside: bool,
    ) -> None:  # fmt: skip
        """Keep a promise: the reply becomes an edit of the original message, or a message ``beside`` it."""
        common: dict[str, Any] = {"session": session, "proxy": proxy, "proxy_auth": proxy_auth}
        how = self._below.execute_webhook if beside else self._below.edit_original_interaction_response
        edit = partial(how, self.payload["application_id"], token, **common)
        if not params.files:
            await edit(payload=data)
            return
        parts = [
            {**part, "value": json.dumps(data)} if part.get("name") == "payload_json" else part
            for part in params.multipart or ()
        ]
        await edit(multipart=parts, files=params.files)


def _payload_of(params: MultipartParameters) -> dict[str, Any]:
    for part in params.multipart or ():
        if part.get("name") == "payload_json":
            return cast("dict[str, Any]", json.loads(part["value"]))
    return {"type": 5}


def promise(payload: Mapping[str, Any], *, private: bool) -> dict[str, Any]:
    """A deferred reply: of a button on a private message its update, else a message to come."""
    message = cast("Mapping[str, Any]", payload.get("message") or {})
    if payload["type"] == 3 and int(message.get("flags", 0)) & _EPHEMERAL:
        return {"type": 6}
    return {"type": 5, "data": {"flags": _EPHEMERAL if private else 0}}


def _private(payload: Mapping[str, Any]) -> bool:
    """Whether the reply to come will be private, as far as the question tells."""
    data = cast("Mapping[str, Any]", payload.get("data") or {})
    listed = cast("list[dict[str, Any]]", data.get("options") or [])
    options = {option["name"]: option.get("value") for option in listed}
    return payload["type"] != 2 or data.get("type") != 1 or data.get("name") in PRIVATE or bool(options.get("private"))


@dataclass(frozen=True, slots=True)
class Reply:
    """The body of a response, None for an autocomplete without an answer; ``sent`` is called once it is written."""

    body: dict[str, Any] | None
    sent: Callable[[], None]


class Inline:
    """Feeds payloads to a logged-in client and returns what it first replies."""

    def __init__(self, client: discord.Client, *, defer_after: float = DEFER_AFTER) -> None:
        self._client, self._defer_after = client, defer_after

    async def reply(self, payload: Mapping[str, Any]) -> Reply:
        """The body of the response, and what to call once it is written."""
        adapter = _Adapter(payload, webhooks.async_context.get())

        def feed() -> None:
            webhooks.async_context.set(cast("Any", adapter))
            self._client._connection.parse_interaction_create(cast("Any", payload))

        # The handlers' tasks are made in this context and see this adapter; no other interaction does.
        contextvars.copy_context().run(feed)
        body: dict[str, Any] | None = None
        try:
            async with asyncio.timeout(self._defer_after):
                body = await asyncio.shield(adapter.first)
        except TimeoutError:
            if adapter.first.done():
                body = adapter.first.result()
            elif payload["type"] != 4:
                log.info("interaction %s takes longer; promised", payload.get("id"))
                body = promise(payload, private=_private(payload))
                adapter.promised = int(body["type"])
        return Reply(body, adapter.sent.set)
