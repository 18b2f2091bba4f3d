"""discord.py's command tree without a gateway: the first reply is caught and becomes the HTTP response.

Rests on a few private names of discord.py 2.7 (the adapter that sends first replies, and the parser of interactions); a
test goes through all of them, so that a new release that changes them is noticed there and not in production.
"""

from __future__ import annotations

import asyncio
import contextvars
import json
import logging
from collections.abc import Mapping
from typing import Any, cast

import discord
from discord.http import MultipartParameters, Route
from discord.webhook import async_ as webhooks

log = logging.getLogger(__name__)

DEFER_AFTER = 2.0
"""Seconds after which a promise is sent in place of a reply; Discord waits three."""
PRIVATE = {"entry", "suggest", "settings", "privacy", "help", "about"}
"""Commands whose replies are always private; a promise must be what the reply will be."""
_EPHEMERAL = 1 << 6


class _Adapter(webhooks.AsyncWebhookAdapter):
    """Catches the first reply; everything after it goes to Discord as ever."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        super().__init__()
        self.payload = payload
        self.first: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.promised = False

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
        elif kind in {4, 7}:
            if not self.promised:
                # Files are sent after a promise: a reply within a response has no room for them in every client.
                self.promised = True
                self.first.set_result(promise(self.payload, private=bool(data.get("flags", 0) & _EPHEMERAL)))
            await self._later(token, session, proxy, proxy_auth, data, params)
        return {"interaction": {"id": str(interaction_id), "type": self.payload["type"]}}

    async def _later(
        self, token: str, session: Any, proxy: Any, proxy_auth: Any, data: dict[str, Any], params: MultipartParameters
    ) -> None:
        """Keep a promise: the reply becomes an edit of the original message."""
        route = Route(
            "PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            webhook_id=self.payload["application_id"], webhook_token=token,
        )  # fmt: skip
        if not params.files:
            await self.request(route, session=session, proxy=proxy, proxy_auth=proxy_auth, payload=data)
            return
        parts = [
            {**part, "value": json.dumps(data)} if part.get("name") == "payload_json" else part
            for part in params.multipart or ()
        ]
        await self.request(route, session=session, proxy=proxy, proxy_auth=proxy_auth, multipart=parts,
                           files=params.files)  # fmt: skip


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


class Inline:
    """Feeds payloads to a logged-in client and returns what it first replies."""

    def __init__(self, client: discord.Client, *, defer_after: float = DEFER_AFTER) -> None:
        self._client, self._defer_after = client, defer_after

    async def reply(self, payload: Mapping[str, Any]) -> dict[str, Any] | None:
        """The body of the response; None if an autocomplete gave nothing in time."""
        adapter = _Adapter(payload)

        def feed() -> None:
            webhooks.async_context.set(adapter)
            self._client._connection.parse_interaction_create(cast("Any", payload))

        # The handlers' tasks are made in this context and see this adapter; no other interaction does.
        contextvars.copy_context().run(feed)
        try:
            async with asyncio.timeout(self._defer_after):
                return await asyncio.shield(adapter.first)
        except TimeoutError:
            if payload["type"] == 4:
                return None
            if adapter.first.done():
                return adapter.first.result()
            adapter.promised = True
            log.info("interaction %s takes longer; promised", payload.get("id"))
            return promise(payload, private=_private(payload))
