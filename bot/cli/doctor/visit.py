"""What takes a login: the registered commands, and the channels in which Ally is to
post.
"""

from __future__ import annotations

import aiohttp
import discord
from discord.http import Route

from bot.cli.doctor.finding import Finding
from bot.cli.doctor.registered import in_step
from bot.cli.reasons import reason
from bot.knowledge.facts import Base
from bot.runtime.clock import Clock
from bot.runtime.settings import Settings
from bot.service.assembly import assemble
from bot.service.client import Client
from bot.store.errors import StoreError
from bot.store.schema import VERSIONS
from bot.store.services import Services

SERVERS = 25
"""Servers whose channels are looked at; each takes three requests."""


class _Visitor(Client):
    """Logs in to look around, and registers nothing."""

    async def setup_hook(self) -> None:
        """Leave everything as it is."""


async def visit(
    token: str, settings: Settings, base: Base, clock: Clock
) -> list[Finding]:
    """What takes a login: the registered commands, and the channels in which Ally is to
    post.
    """
    try:
        assembly = assemble(settings, base, None, clock, client_class=_Visitor)
    except ValueError:
        # What is wrong with the database is a finding of its own.
        return []
    if assembly is None:
        return []
    client, services = assembly.client, assembly.services
    try:
        await client.login(token)
        ours = await client.command_payload()
        assert client.application_id
        guild = f"/guilds/{settings.ally_guild}" if settings.ally_guild else ""
        path = f"/applications/{client.application_id}{guild}/commands"
        # discord.py's own method leaves the localisations out.
        theirs = await client.http.request(
            Route("GET", path), params={"with_localizations": "true"}
        )
        commands = in_step(ours, theirs)
        return [commands, *await _channels(client, services)]
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        return [
            Finding(
                "Discord",
                "wrong",
                f"failed ({reason(error)})",
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
    looked_at = [await _channel(client, *row) for row in chosen]
    closed = [finding for finding in looked_at if finding is not None]
    return closed or [
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
    if not missing:
        return None
    lacks = f"{where}: Ally lacks {' and '.join(missing)}"
    return Finding("channels", "wrong", lacks, advice)
