"""The real client without a network: interactions are posted to it, and what it sends
is kept.

There is no simulated Discord behind it: nothing is looked up, permissions are those
that an interaction brings, and each request is answered with as little as discord.py
needs.
"""

from __future__ import annotations

import asyncio
import contextvars
import itertools
from collections.abc import Callable as Call
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import discord
from discord.webhook import async_ as webhooks

from bot.pictures.cache import NotDrawnError, PictureCache
from bot.service.client import Client
from bot.store.services import Services
from bot.ui.replies import ReplyCache
from tests.support.discord_api import What, body_of_request, what_of

Payload = dict[str, Any]
APPLICATION = 100
EVERYTHING = str(discord.Permissions.all().value)
_SIZE = 25 << 20
_WHEN = "2026-11-23T00:00:00+00:00"
_SELECTS = {3, 5, 6, 7, 8}
_SELECT_OPTION = {5: 6, 6: 8, 8: 7}
"""The type of an option that has the same values as a select of this type."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One body that left, what it is, and the names of the files beside it."""

    what: What
    body: Payload
    files: tuple[str, ...] = ()

    @property
    def type(self) -> int:
        """The callback's type, 0 for all that is no callback."""
        return int(self.body["type"]) if self.what == "callback" else 0

    @property
    def data(self) -> Payload:
        """The message or form in it."""
        inside = self.body.get("data") if self.what == "callback" else self.body
        return cast("Payload", inside or {})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, where and in which language. ``guild`` is 0 for a private message."""

    locale: str
    guild: int = 0
    user: int = 300
    permissions: str = EVERYTHING

    def frame(self) -> Payload:
        """What each of this reader's interactions has."""
        user = _user(self.user)
        frame: Payload = {
            "application_id": str(APPLICATION),
            "token": "token",
            "version": 1,
            "locale": self.locale,
            "attachment_size_limit": _SIZE,
            "channel_id": "400",
            "channel": {"id": "400", "type": 1, "recipients": []},
            "authorizing_integration_owners": {},
            "entitlements": [],
        }
        if not self.guild:
            return {**frame, "context": 1, "user": user}
        member: Payload = {"user": user, "roles": [], "joined_at": _WHEN, "deaf": False}
        member |= {"mute": False, "flags": 0, "permissions": self.permissions}
        place = {"guild_id": str(self.guild), "guild_locale": self.locale, "context": 0}
        return {
            **frame,
            **place,
            "channel": _channel(400, self.guild),
            "member": member,
        }


@dataclass(slots=True)
class _Answers:
    """What the client's requests are answered with, and what they carried."""

    sent: list[Sent] = field(default_factory=list[Sent])
    ids: itertools.count[int] = field(default_factory=lambda: itertools.count(10_000))
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """What was sent as files, by the address under which it is read back."""

    def take(self, route: Any, arguments: Mapping[str, Any]) -> Any:
        """Keep a request; returns the least that discord.py wants to hear."""
        what = what_of(route.method, route.url)
        body, files = body_of_request(arguments)
        for file in arguments.get("files") or ():
            self.files[_address(file.filename)] = file.fp.read()
        if what is not None:
            self.sent.append(Sent(what, body, files))
        if route.method == "GET" and "/messages/" in route.url:
            read: dict[str, Any] = {"components": [], "flags": 0}
            return message_of(Sent("message", read), next(self.ids))
        match what:
            case "callback":
                return {"interaction": {"id": "1", "type": 2}}
            case None:
                return _channel(500, 0) | {"type": 1, "recipients": [_user(300)]}
            case _:
                return message_of(Sent(what, body, files), next(self.ids))


class _Adapter(webhooks.AsyncWebhookAdapter):
    def __init__(self, answers: _Answers) -> None:
        super().__init__()
        self.answers = answers

    async def request(self, route: Any, session: Any, **arguments: Any) -> Any:
        """Answer in place of Discord."""
        return self.answers.take(route, arguments)


class Undrawn(PictureCache):
    """Every other picture is there at once, some cannot be drawn, and none costs
    time.
    """

    asked = 0

    def kept(self, key: Hashable) -> bytes | None:
        """Whether it was drawn before."""
        self.asked += 1
        return b"png" if self.asked % 2 else None

    async def picture(self, key: Hashable, svg: Call[[], str]) -> bytes:
        """The picture, or why there is none."""
        if not self.asked % 5:
            raise NotDrawnError
        return b"png"


class Posted:
    """One client; ``ask`` posts an interaction and waits until all its work is done."""

    def __init__(self, client: discord.Client) -> None:
        self.client: Any = client
        self.answers = _Answers()
        self.files = self.answers.files

    async def open(self) -> None:
        """Log in without a network."""
        client = self.client
        await client._async_setup_hook()
        client.http._HTTPClient__session = object()
        client.http.request = self._request
        client.http.get_from_cdn = self._file
        client._connection.application_id = APPLICATION
        client._connection.user = discord.ClientUser(
            state=client._connection,
            data=cast("Any", _user(APPLICATION) | {"bot": True}),
        )
        client.sync_if_changed = _nothing_registered
        await client.setup_hook()

    def join(self, guild: int) -> None:
        """Make the client know a server with its one channel, as the gateway does."""
        self.client._connection._add_guild_from_data(_guild(guild))

    async def _request(self, route: Any, **arguments: Any) -> Any:
        return self.answers.take(route, arguments)

    async def _file(self, url: str) -> bytes:
        return self.files[url]

    async def ask(self, payload: Payload) -> list[Sent]:
        """Everything that the client sends because of one interaction, in order."""
        first = len(self.answers.sent)
        running = asyncio.all_tasks()
        context = contextvars.copy_context()
        context.run(webhooks.async_context.set, cast("Any", _Adapter(self.answers)))
        whole = {"id": str(next(self.answers.ids)), **payload}
        context.run(self.client._connection.parsers["INTERACTION_CREATE"], whole)
        while started := asyncio.all_tasks() - running:
            await asyncio.wait(started)
        return self.answers.sent[first:]


async def _nothing_registered() -> bool:
    """In place of registering commands, whose words in every language take longer than
    the replies of most tests.
    """
    return False


def _user(number: int) -> Payload:
    name = f"user{number}"
    return {
        "id": str(number),
        "username": name,
        "discriminator": "0",
        "avatar": None,
        "global_name": None,
    }


def _channel(number: int, guild: int) -> Payload:
    channel: Payload = {"id": str(number), "type": 0, "name": "general", "position": 0}
    channel |= {"nsfw": False, "permission_overwrites": [], "permissions": EVERYTHING}
    return channel | {"guild_id": str(guild)}


def _guild(number: int) -> Payload:
    empty = (
        "roles",
        "emojis",
        "features",
        "members",
        "threads",
        "voice_states",
        "presences",
    )
    more = (
        "stickers",
        "stage_instances",
        "guild_scheduled_events",
        "soundboard_sounds",
    )
    zero = (
        "verification_level",
        "default_message_notifications",
        "explicit_content_filter",
        "mfa_level",
    )
    made: Payload = dict.fromkeys(
        (*zero, "premium_tier", "nsfw_level", "system_channel_flags"), 0
    )
    made |= {key: [] for key in (*empty, *more)}
    made |= {
        "id": str(number),
        "name": "World affairs",
        "owner_id": "300",
        "preferred_locale": "en-US",
    }
    made |= {
        "member_count": 1,
        "large": False,
        "unavailable": False,
        "afk_timeout": 300,
    }
    return made | {"channels": [_channel(400, number)]}


def message_of(
    sent: Sent, number: int, before: Mapping[str, Any] | None = None
) -> Payload:
    """What was sent, as the message that Discord makes of it; an edit lies over
    ``before``.
    """
    data = sent.data
    old = before or {}
    attachments = [
        {
            "id": str(place),
            "filename": name,
            "size": 1,
            "url": _address(name),
            "proxy_url": _address(name),
        }
        for place, name in enumerate(sent.files, 1)
    ]
    if before and "attachments" not in data:
        attachments = old["attachments"]
    flags = int(data.get("flags") or 0) | int(old.get("flags", 0))
    return {
        "id": str(old.get("id", number)),
        "channel_id": "400",
        "type": 20,
        "content": data.get("content") or "",
        "flags": flags,
        "attachments": attachments,
        "components": _received(data.get("components", old.get("components", ()))),
        "author": _user(APPLICATION) | {"bot": True},
        "timestamp": _WHEN,
        "edited_timestamp": None,
        "embeds": [],
        "mentions": [],
        "mention_roles": [],
        "pinned": False,
        "mention_everyone": False,
        "tts": False,
    }


def _address(name: str) -> str:
    return f"https://cdn.discordapp.com/attachments/400/1/{name}"


def _received(tree: Any) -> Any:
    """Components as Discord gives them back: each with an id, files by their
    address.
    """
    if isinstance(tree, list | tuple):
        return [_received(each) for each in cast("Sequence[Any]", tree)]
    if isinstance(tree, str):
        return tree.replace("attachment://", _address(""))
    if not isinstance(tree, dict):
        return tree
    made = {key: _received(each) for key, each in cast("Payload", tree).items()}
    if "type" in made:
        made.setdefault("id", 1)
    return made


def pressed(
    reader: Reader,
    message: Payload,
    component: Mapping[str, Any],
    values: Sequence[str] = (),
) -> Payload:
    """The press of a button, or the choice of ``values`` in a select."""
    data: Payload = {
        "component_type": component["type"],
        "custom_id": component["custom_id"],
        "id": 1,
    }
    if component["type"] in _SELECTS:
        data["values"] = list(values)
        kind = component["type"]
        described = {
            str(n): (_SELECT_OPTION.get(kind, 3), v) for n, v in enumerate(values)
        }
        data["resolved"] = _resolved(described, reader)
    return {**reader.frame(), "type": 3, "data": data, "message": message}


def submitted(
    reader: Reader,
    form: Mapping[str, Any],
    fields: Mapping[str, str | list[str]],
    message: Payload | None = None,
) -> Payload:
    """A form that comes back; ``fields`` has a value by custom id: a text, or a list
    for selects and for uploads, whose values are the files' ids.
    """
    resolved: Payload = {}
    components: list[Payload] = []
    for label in form["components"]:
        inner = label.get("component")
        if inner is None:
            components.append({"type": label["type"], "id": 1})
            continue
        given: str | list[str] = fields[inner["custom_id"]]
        answer: Payload = {
            "type": inner["type"],
            "id": 1,
            "custom_id": inner["custom_id"],
            "value" if isinstance(given, str) else "values": given,
        }
        components.append({"type": label["type"], "id": 1, "component": answer})
        if inner["type"] == 19:
            resolved = {"attachments": {each: _upload(each) for each in given}}
    data = {
        "custom_id": form["custom_id"],
        "components": components,
        "resolved": resolved,
    }
    payload = {**reader.frame(), "type": 5, "data": data}
    return {**payload, "message": message} if message else payload


def _upload(number: str) -> Payload:
    address = _address(f"upload-{number}.yaml")
    return {
        "id": number,
        "filename": "entries.yaml",
        "size": 1000,
        "url": address,
        "proxy_url": address,
    }


def upload_address(number: str) -> str:
    """Where the file of an upload is read from; a key of ``Posted.files``."""
    return _address(f"upload-{number}.yaml")


def commanded(
    reader: Reader, name: str, options: Mapping[str, tuple[int, Any]], focused: str = ""
) -> Payload:
    """A slash command: its options by name, each with Discord's type; ``focused`` asks
    for completions of that one.
    """
    given: list[Payload] = [
        {
            "name": key,
            "type": kind,
            "value": value,
            **({"focused": True} if key == focused else {}),
        }
        for key, (kind, value) in options.items()
    ]
    first, *rest = name.split()
    for word in reversed(rest):
        given = [{"type": 1, "name": word, "options": given}]
    data = {
        "id": "1",
        "name": first,
        "type": 1,
        "options": given,
        "resolved": _resolved(options, reader),
    }
    return {**reader.frame(), "type": 4 if focused else 2, "data": data}


def _resolved(options: Mapping[str, tuple[int, Any]], reader: Reader) -> Payload:
    found: Payload = {}
    for kind, value in options.values():
        if kind == 6:
            found["users"] = {value: _user(int(value))}
        elif kind == 7:
            found["channels"] = {value: _channel(int(value), reader.guild)}
        elif kind == 8:
            role = {
                "id": value,
                "name": "Editors",
                "color": 0,
                "hoist": False,
                "position": 1,
                "flags": 0,
            }
            role |= {"permissions": "0", "managed": False, "mentionable": False}
            role |= {
                "colors": {
                    "primary_color": 0,
                    "secondary_color": None,
                    "tertiary_color": None,
                }
            }
            found["roles"] = {value: role}
    return found


def chosen(reader: Reader, name: str, text: str) -> Payload:
    """A command of a message's menu, on a message with this text."""
    message = message_of(Sent("message", {"content": text, "flags": 0}), 700) | {
        "type": 0
    }
    data = {
        "id": "1",
        "name": name,
        "type": 3,
        "target_id": "700",
        "resolved": {"messages": {"700": message}},
    }
    return {**reader.frame(), "type": 2, "data": data}


async def open_client(
    services: Services, today: Call[[], date], pictures: PictureCache | None = None
) -> Posted:
    """The client with a database that is open, on a day; nothing that it does takes too
    long.
    """
    replies = ReplyCache(services.views, today, "test")
    made = Posted(
        Client(replies, services, picture_cache=pictures, clock=None, defer_after=600)
    )
    await made.open()
    return made
