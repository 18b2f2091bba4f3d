"""``ally doctor``: what would keep the bot from working, each with what to do about it.
It changes nothing.
"""

from __future__ import annotations

import asyncio
import email.utils
import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, cast

import aiohttp
import discord
from discord.http import Route

from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.pictures.paint import png_of
from bot.runtime.clock import SYSTEM_CLOCK
from bot.runtime.settings import Settings
from bot.service.client import Client
from bot.store.database import Store
from bot.store.errors import SchemaNewerError, StoreError
from bot.store.schema import VERSIONS
from bot.store.services import Services
from bot.ui.replies import ReplyCache

LEAST_BYTES = 200 << 20
SKEW_SECONDS = 60.0
"""Answers do not depend on this machine's clock, but their day does, and so do the
times of servers' entries.
"""
OLD_DAYS = 180
SERVERS = 25
"""Servers whose channels are looked at; each takes three requests."""
_SECONDS = 8
_FILLED_IN = {
    "id",
    "application_id",
    "version",
    "guild_id",
    "dm_permission",
    "name_localized",
    "description_localized",
}
"""What Discord adds to a registered command."""

_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect '
    'width="8" height="8"/></svg>'
)

Grade = Literal["ok", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: how it went, what was seen, and what to do if it did not go well."""

    name: str
    grade: Grade
    seen: str
    advice: str = ""


def base_finding(base: Base | None, on: date) -> Finding:
    """Whether there is a base, and how old its newest review is."""
    if base is None:
        return Finding("base", "wrong", "has problems", "see above, and `ally check`")
    seen = (
        f"revision {base.revision}, {len(base.countries)} actors, newest review "
        f"{base.updated.isoformat()}"
    )
    if (on - base.updated).days > OLD_DAYS:
        return Finding("base", "note", seen, "it is old; look for a newer Ally")
    return Finding("base", "ok", seen)


async def _database(address: str) -> Finding:
    try:
        store = Store(address, clock=SYSTEM_CLOCK.now)
    except ValueError as error:
        return Finding("database", "wrong", str(error), "set ALLY_DATABASE_URL")
    kind = "SQLite" if store.sqlite else "PostgreSQL"
    try:
        async with asyncio.timeout(_SECONDS):
            version = await store.version()
    except SchemaNewerError as error:
        return Finding(
            "database",
            "wrong",
            f"{kind} has schema {error.version}",
            "run a newer Ally on it",
        )
    except (StoreError, TimeoutError):
        return Finding(
            "database",
            "wrong",
            f"{kind} cannot be reached",
            "look at ALLY_DATABASE_URL and the server",
        )
    finally:
        await store.close()
    if version is None:
        return Finding(
            "database", "ok", f"{kind}, empty; the next start makes its tables"
        )
    if version != VERSIONS[-1]:
        copied = ", after a copy of the file" if store.sqlite else "; back up first"
        return Finding(
            "database",
            "note",
            f"{kind}, schema {version}",
            f"the next start brings it to {VERSIONS[-1]}{copied}",
        )
    return Finding("database", "ok", f"{kind}, its schema {version} is up to date")


def _disk(folder: Path) -> Finding:
    there = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    free = shutil.disk_usage(there).free
    seen = f"{free / 2**30:.1f} GiB free in {there}"
    if free < LEAST_BYTES:
        return Finding(
            "disk", "wrong", seen, "make room, or set ALLY_STATE to another disk"
        )
    return Finding("disk", "ok", seen)


def _pictures() -> Finding:
    try:
        drawn = png_of(_PICTURE)
    except (OSError, RuntimeError, ValueError) as error:
        return Finding(
            "pictures",
            "note",
            f"cannot be drawn here ({type(error).__name__})",
            "maps and timelines will come as words alone; install resvg_py anew",
        )
    return Finding("pictures", "ok", f"can be drawn ({len(drawn)} bytes)")


def _speed() -> Finding:
    missing = [name for name in ("uvloop", "orjson") if find_spec(name) is None]
    if missing:
        return Finding(
            "speed",
            "note",
            f"without {' and '.join(missing)}",
            "optional: pip install '.[speed]'",
        )
    return Finding("speed", "ok", "uvloop and orjson are there")


async def _application(
    token: str, settings: Settings
) -> tuple[dict[str, Any], list[Finding]]:
    """The application as Discord describes it, and what that says of token,
    installation, way in and clock.
    """
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(
                headers={"Authorization": f"Bot {token}"}, timeout=timeout
            ) as session,
            session.get(f"{Route.BASE}/applications/@me") as response,
        ):
            if response.status == 401:
                advice = (
                    "copy the token again from the developer portal, Bot, and "
                    "set DISCORD_TOKEN"
                )
                return {}, [
                    Finding("token", "wrong", "Discord does not accept it", advice)
                ]
            if response.status != 200:
                return {}, [
                    Finding(
                        "Discord",
                        "wrong",
                        f"answered with status {response.status}",
                        "try again later",
                    )
                ]
            application = cast("dict[str, Any]", await response.json(content_type=None))
            stamp = response.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        advice = "look at the network, the proxy and the firewall"
        return {}, [
            Finding(
                "Discord",
                "wrong",
                f"cannot be reached ({type(error).__name__})",
                advice,
            )
        ]
    found = [
        Finding(
            "token",
            "ok",
            f"accepted, for the application {str(application.get('name', '?'))[:40]}",
        ),
        _way_in(application, settings),
        _installation(application),
        _clock(stamp),
    ]
    return application, found


def _way_in(application: Mapping[str, Any], settings: Settings) -> Finding:
    url, key = application.get("interactions_endpoint_url"), settings.ally_public_key
    if key and key.lower() != str(application.get("verify_key", "")).lower():
        return Finding(
            "interactions",
            "wrong",
            "ALLY_PUBLIC_KEY is another application's",
            "leave it empty, or copy it from the developer portal, General Information",
        )
    if url:
        return Finding(
            "interactions", "ok", f"Discord sends them to {url}, so use `ally serve`"
        )
    return Finding(
        "interactions", "ok", "Discord sends them over the gateway, so use `ally run`"
    )


def _installation(application: Mapping[str, Any]) -> Finding:
    kinds = cast("Mapping[str, Any]", application.get("integration_types_config") or {})
    served = application.get("approximate_guild_count")
    count = (
        f"in about {served} servers"
        if served is not None
        else "in servers that Discord does not count"
    )
    if kinds and "0" not in kinds:
        return Finding(
            "installation",
            "wrong",
            "the application cannot be installed in servers",
            "developer portal, Installation: tick Guild Install",
        )
    guild = cast("Mapping[str, Any]", kinds.get("0") or {})
    given = cast("Mapping[str, Any]", guild.get("oauth2_install_params") or {})
    scopes = cast("list[str]", given.get("scopes") or [])
    if kinds and "applications.commands" not in scopes:
        return Finding(
            "installation",
            "note",
            f"{count}; the install link has no scope applications.commands",
            "developer portal, Installation: choose the scopes "
            "applications.commands and bot",
        )
    if application.get("bot_public") is False:
        return Finding(
            "installation",
            "note",
            f"{count}; only its owner can install it",
            "developer portal, Bot: Public Bot, if others shall",
        )
    personal = " and by people for themselves" if "1" in kinds else ""
    return Finding(
        "installation", "ok", f"{count}; can be installed in servers{personal}"
    )


def _clock(stamp: str) -> Finding:
    try:
        skew = (
            SYSTEM_CLOCK.now() - email.utils.parsedate_to_datetime(stamp)
        ).total_seconds()
    except ValueError:
        return Finding("clock", "note", "Discord did not say the time")
    seen = f"{skew:+.1f} s from Discord's"
    if abs(skew) > SKEW_SECONDS:
        advice = (
            "set it by NTP: the day of answers and the times of entries come from it"
        )
        return Finding("clock", "wrong", seen, advice)
    return Finding("clock", "ok", seen)


def in_step(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> Finding:
    """Whether Discord has the commands that the program would register, both as
    JSON.
    """

    def by_name(commands: list[dict[str, Any]]) -> dict[tuple[str, int], Any]:
        return {
            (str(each["name"]), int(each.get("type", 1))): _essence({"type": 1, **each})
            for each in commands
        }

    mine, registered = by_name(ours), by_name(theirs)
    if not registered:
        return Finding(
            "commands",
            "note",
            "none is registered yet",
            "the next start registers them",
        )
    said = {
        "missing": sorted(key[0] for key in mine.keys() - registered.keys()),
        "unknown": sorted(key[0] for key in registered.keys() - mine.keys()),
        "different": sorted(
            key[0]
            for key in mine.keys() & registered.keys()
            if mine[key] != registered[key]
        ),
    }
    if any(said.values()):
        seen = "; ".join(
            f"{what}: {', '.join(names)}" for what, names in said.items() if names
        )
        return Finding(
            "commands",
            "wrong",
            seen,
            "delete commands.sha256 in ALLY_STATE and start again: that registers "
            "them anew",
        )
    return Finding(
        "commands", "ok", f"{len(mine)} registered, as this program has them"
    )


def _essence(command: Any) -> Any:
    """A command without what Discord fills in, and without what says nothing."""
    if isinstance(command, Mapping):
        pairs = cast("Mapping[str, Any]", command).items()
        kept = {key: _essence(value) for key, value in pairs if key not in _FILLED_IN}
        if kept.get("default_member_permissions") is not None:
            # A number here, text there.
            kept["default_member_permissions"] = str(kept["default_member_permissions"])
        # Zero is a number that somebody chose; False, None and nothing are what Discord
        # assumes anyway.
        return {
            key: value for key, value in kept.items() if value or type(value) is int
        }
    if isinstance(command, list):
        items = [_essence(each) for each in cast("list[Any]", command)]
        return sorted(items) if all(isinstance(each, int) for each in items) else items
    return command


class _Visitor(Client):
    """Logs in to look around, and registers nothing."""

    async def setup_hook(self) -> None:
        """Leave everything as it is."""


async def _with_discord(token: str, settings: Settings, base: Base) -> list[Finding]:
    """What takes a login: the registered commands, and the channels in which Ally is to
    post.
    """
    try:
        store = Store(settings.database, clock=SYSTEM_CLOCK.now)
        services = Services(store, base, names_of(base))
    except ValueError:
        return []
    client = _Visitor(ReplyCache(services.views, SYSTEM_CLOCK.today, ""), services)
    try:
        await client.login(token)
        ours = [each.to_dict(client.tree) for each in client.tree.get_commands()]
        assert client.application_id
        if settings.ally_guild:
            theirs = await client.http.get_guild_commands(
                client.application_id, settings.ally_guild
            )
        else:
            theirs = await client.http.get_global_commands(client.application_id)
        found = [in_step(cast("Any", ours), cast("Any", theirs))]
        return found + await _channels(client, services)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        return [
            Finding(
                "Discord",
                "wrong",
                f"failed ({type(error).__name__})",
                "try again later",
            )
        ]
    finally:
        await client.close()
        await services.store.close()


async def _channels(client: discord.Client, services: Services) -> list[Finding]:
    """Whether Ally may post in servers' audit and review channels."""
    try:
        if await services.store.version() != VERSIONS[-1]:
            return []
        services.store.ready = True
        chosen = await services.reader.channels(SERVERS)
    except StoreError:
        return []
    if not chosen:
        return [
            Finding("channels", "ok", "no server has chosen an audit or review channel")
        ]
    found = [
        each
        for each in [await _channel(client, *row) for row in chosen]
        if each is not None
    ]
    return found or [
        Finding(
            "channels", "ok", f"Ally may post in all {len(chosen)} that were looked at"
        )
    ]


async def _channel(
    client: discord.Client, guild: int, purpose: str, channel: int
) -> Finding | None:
    where = f"the {purpose} channel {channel} of server {guild}"
    advice = (
        "choose another by /settings there, or give Ally View Channel and "
        "Send Messages in it"
    )
    assert client.user
    try:
        server = await client.fetch_guild(guild, with_counts=False)
        there = await server.fetch_channel(channel)
        rights = there.permissions_for(await server.fetch_member(client.user.id))
    except (discord.NotFound, discord.Forbidden, discord.InvalidData):
        return Finding(
            "channels", "wrong", f"{where} is gone, or hidden from Ally", advice
        )
    missing = [
        name
        for name, given in (
            ("View Channel", rights.view_channel),
            ("Send Messages", rights.send_messages),
        )
        if not given
    ]
    return (
        Finding(
            "channels", "wrong", f"{where}: Ally lacks {' and '.join(missing)}", advice
        )
        if missing
        else None
    )


async def examine(settings: Settings, base: Base | None) -> list[Finding]:
    """Every check, in the order in which an operator would mend things."""
    # The report says what failed; the libraries' own lines would say it again, in other
    # words.
    logging.getLogger("discord").setLevel(logging.CRITICAL)
    logging.getLogger("bot").setLevel(logging.CRITICAL)
    found = [
        base_finding(base, SYSTEM_CLOCK.today()),
        _disk(settings.ally_state),
        await _database(settings.database),
        _pictures(),
    ]
    found.append(_speed())
    if settings.discord_token is None:
        advice = (
            "make a bot at https://discord.com/developers/applications and "
            "set DISCORD_TOKEN"
        )
        return [*found, Finding("token", "wrong", "there is none", advice)]
    token = settings.discord_token.get_secret_value()
    application, more = await _application(token, settings)
    if application and base is not None:
        more += await _with_discord(token, settings, base)
    return found + more
