"""A reply that takes long: promised, and then kept in the place of the promise or
beside it.

A promise (a deferred reply) holds an interaction open for 15 minutes, but what it says
of who sees the reply cannot be taken back. So a promise is private unless its reply is
known to be public, and a reply that is to be seen by others than its promise comes
beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict, cast

import aiohttp
import discord
from discord import InteractionResponseType, InteractionType
from discord.http import MultipartParameters

from bot.knowledge.plain import PlainObject, object_in, objects_in
from bot.runtime.admission import InteractionTrace
from bot.runtime.discord_internals import Id, ReplySender, json_only
from bot.runtime.outages import UNSENT, reason_of

log = logging.getLogger(__name__)

SENT_WITHIN = 3.0
"""Seconds after which a response that was not written counts as lost; Discord has given
up by then.
"""
EPHEMERAL = discord.MessageFlags(ephemeral=True).value
_MESSAGE = InteractionResponseType.channel_message.value
UPDATE = InteractionResponseType.message_update.value
MESSAGE_LATER = InteractionResponseType.deferred_channel_message.value
UPDATE_LATER = InteractionResponseType.deferred_message_update.value
_FORM = InteractionResponseType.modal.value

_CLOSED = {"content": "…"}
"""What a promise shows until it goes because others see it than its reply."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What must be known to promise a reply; both ask for an interaction's payload."""

    public: Callable[[Mapping[str, object]], bool]
    """Whether the reply to a command is known to be public."""
    form_too_late: Callable[[Mapping[str, object]], Mapping[str, object]]
    """The message (/resources/message#create-message-jsonform-params) that stands for
    a form which came too late to be shown.
    """

    def promise(self, payload: Mapping[str, object]) -> PlainObject:
        """A deferred reply.

        Where there is a message that was pressed, its update: that shows nothing, and
        leaves open who sees what follows. Elsewhere a message to come.
        """
        if payload["type"] != InteractionType.application_command.value and payload.get(
            "message"
        ):
            return {"type": UPDATE_LATER}
        flags = 0 if self.public(payload) else EPHEMERAL
        return {"type": MESSAGE_LATER, "data": {"flags": flags}}


class InteractionPayload(TypedDict):
    """What the payload of every interaction has
    (/interactions/receiving-and-responding#interaction-object).
    """

    id: str
    application_id: str
    type: int
    token: str


class ReplyAdapter:
    """Stands before discord.py's sender of replies; what comes after the first goes the
    way it would have gone, unless the first was a promise.
    """

    def __init__(
        self,
        payload: Mapping[str, object],
        below: ReplySender,
        promises: Promises,
        trace: InteractionTrace,
    ) -> None:
        self.payload = cast("InteractionPayload", payload)
        self.below = below
        self._promises, self._trace = promises, trace
        self.promised: PlainObject | None = None
        self._beside: int | None = None
        """The flags of a message that is to come beside the promise, once a handler has
        said that it will send one.
        """
        self._sent_beside: int | None = None
        """The id of the message beside the promise."""
        self._stale = False
        """Whether a promise has to go once the message beside it is there."""
        self.sent = asyncio.Event()
        """Set once the first reply or the promise is on its way; what follows it would
        find nothing before.
        """

    def __getattr__(self, name: str) -> object:
        return getattr(self.below, name)

    def create_interaction_response(
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        params: MultipartParameters,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
    ) -> Awaitable[object]:
        """What discord.py sends as the first reply."""
        common: PlainObject = {
            "session": session,
            "proxy": proxy,
            "proxy_auth": proxy_auth,
        }
        return self.first_reply(interaction_id, token, common, params)

    async def edit_original_interaction_response(
        self, application_id: Id, token: str, **more: object
    ) -> PlainObject:
        """What discord.py sends as a change of the first reply; a message beside the
        promise where the handler took that for its first reply.
        """
        if self._beside is None:
            return await self.below.edit_original_interaction_response(
                application_id, token, **more
            )
        if self._sent_beside is not None:
            return await self.below.edit_webhook_message(
                application_id, token, self._sent_beside, **more
            )
        more = _with_flags(more, self._beside)
        message = await self.execute_webhook(application_id, token, wait=True, **more)
        self._sent_beside = int(str(message["id"]))
        return message

    async def execute_webhook(
        self, application_id: Id, token: str, **more: object
    ) -> PlainObject:
        """What discord.py sends after the first reply; then a promise that is seen by
        others goes.
        """
        message = await self.below.execute_webhook(application_id, token, **more)
        if self._stale:
            self._stale = False
            try:
                await self.below.delete_original_interaction_response(
                    application_id, token, session=more["session"]
                )
            except UNSENT as error:
                log.warning("a promise could not be taken away: %s", reason_of(error))
        return message

    def promise(self) -> PlainObject:
        """Promise a reply, and return what to send for that."""
        log.info("this takes longer; promised")
        self.promised = self._promises.promise(self.payload)
        return self.promised

    async def first_reply(
        self,
        interaction_id: int,
        token: str,
        common: PlainObject,
        params: MultipartParameters,
    ) -> object:
        """Send the first reply, or keep the promise of one. ``common`` is what
        discord.py hands to each request: session and proxy.
        """
        raise NotImplementedError

    async def arrived(self) -> None:
        """Wait until the response is on its way."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SENT_WITHIN):
                await self.sent.wait()

    async def keep(
        self, token: str, common: PlainObject, params: MultipartParameters
    ) -> PlainObject:
        """Keep a promise by what a handler takes for its first reply. Returns what
        discord.py expects of that.
        """
        await self.arrived()
        body = params.payload or payload_of(params)
        kind = body["type"]
        if kind == UPDATE:
            await self._edit(token, common, _content(body, params))
        elif kind == _MESSAGE:
            await self._message(token, common, body, params)
        elif kind == MESSAGE_LATER:
            await self._choose_place(token, common, flags_of(body) & EPHEMERAL)
        elif kind == _FORM:
            log.warning("a form came too late to be shown")
            self._trace.outcome = "late"
            message = self._promises.form_too_late(self.payload)
            await self._message(token, common, {"data": message}, json_only(message))
        return self.receipt()

    async def _edit(
        self, token: str, common: PlainObject, content: PlainObject
    ) -> None:
        await self.below.edit_original_interaction_response(
            self.payload["application_id"], token, **common, **content
        )

    async def _message(
        self,
        token: str,
        common: PlainObject,
        body: PlainObject,
        params: MultipartParameters,
    ) -> None:
        """Show a message: in the place of the promise if the same people see both, else
        beside it.
        """
        flags = flags_of(body) & EPHEMERAL
        await self._choose_place(token, common, flags)
        content = _content(body, params)
        if self._beside is None:
            await self._edit(token, common, content)
            return
        await self.execute_webhook(
            self.payload["application_id"], token, **common, **content
        )

    async def _choose_place(self, token: str, common: PlainObject, flags: int) -> None:
        """Settle whether a message with these flags comes beside the promise.

        Discord shows the next message in the place of a promise that is still open, to
        those who see the promise; so one that others see is closed first.
        """
        assert self.promised
        if self.promised["type"] == UPDATE_LATER:
            self._beside = flags
        elif flags_of(self.promised) != flags:
            await self._edit(token, common, {"payload": _CLOSED})
            self._beside, self._stale = flags, True
        if self._beside is not None and not flags:
            # Others were to see it within three seconds.
            self._trace.outcome = "late"

    def receipt(self) -> PlainObject:
        """What Discord would say of a first reply."""
        return {
            "interaction": {"id": str(self.payload["id"]), "type": self.payload["type"]}
        }


def flags_of(body: Mapping[str, object]) -> int:
    """The message flags of a first reply."""
    return _flags(object_in(body.get("data")))


def _flags(data: PlainObject) -> int:
    """A message's flags; none where it has none."""
    return int(str(data.get("flags", 0)))


def payload_of(params: MultipartParameters) -> PlainObject:
    """A first reply's JSON where files come with it."""
    for part in params.multipart or ():
        if part.get("name") == "payload_json":
            return cast("PlainObject", json.loads(part["value"]))
    return {"type": MESSAGE_LATER}


def _content(body: Mapping[str, object], params: MultipartParameters) -> PlainObject:
    """A first reply as what discord.py's adapter takes for a later message."""
    data = object_in(body.get("data"))
    if not params.files:
        return {"payload": data}
    return {
        "multipart": _with_payload(params.multipart or (), data),
        "files": params.files,
    }


def _with_payload(parts: Iterable[PlainObject], data: PlainObject) -> list[PlainObject]:
    """The parts of a form with other words in them."""
    return [
        {**part, "value": json.dumps(data)}
        if part.get("name") == "payload_json"
        else part
        for part in parts
    ]


def _with_flags(more: PlainObject, flags: int) -> PlainObject:
    """A later message with these flags besides its own."""
    if more.get("payload") is not None:
        data = object_in(more["payload"])
        return {**more, "payload": {**data, "flags": _flags(data) | flags}}
    parts = objects_in(more.get("multipart"))
    for part in parts:
        if part.get("name") == "payload_json":
            data = object_in(json.loads(str(part["value"])))
            data["flags"] = _flags(data) | flags
            return {**more, "multipart": _with_payload(parts, data)}
    return more
