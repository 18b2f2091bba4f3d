"""``ally run``: the client on Discord's gateway, from the first log line to the exit
status.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from pathlib import Path

import discord

from bot.knowledge.facts import Base
from bot.runtime.clock import Clock
from bot.runtime.exit_code import ExitCode
from bot.runtime.logs import set_up_logs
from bot.runtime.settings import Settings
from bot.service.assembly import (
    DRAIN_SECONDS,
    assemble,
    opened,
    run,
    told_to_stop,
)
from bot.service.client import Client

log = logging.getLogger("bot")

CLOSE_SECONDS = 2.0
"""How long the connection may take to close."""
STALE_SECONDS = 60.0
"""A heartbeat that took longer than this to be acknowledged: the connection is as good
as gone.
"""


async def _connected(client: Client, token: str) -> ExitCode:
    stop = told_to_stop()
    working = asyncio.create_task(client.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            log.info(
                "stopping: what is being answered is finished, nothing new is taken"
            )
            client.admission.stop()
            await client.admission.idle(DRAIN_SECONDS)
            return ExitCode.OK
        await working
    except discord.LoginFailure:
        log.critical(
            "Discord does not accept DISCORD_TOKEN; copy it again from the "
            "developer portal"
        )
        return ExitCode.CONFIG
    except discord.PrivilegedIntentsRequired:
        log.critical(
            "Discord asks for a privileged intent, which Ally never needs; check "
            "the bot's settings"
        )
        return ExitCode.CONFIG
    except (discord.DiscordException, OSError) as error:
        log.critical("the connection to Discord failed: %s", error)
        return ExitCode.UNAVAILABLE
    finally:
        stopping.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(client.close(), CLOSE_SECONDS)
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await working
    return ExitCode.UNAVAILABLE


def serve(settings: Settings, base: Base, root: Path, clock: Clock) -> ExitCode:
    """``ally run``: connect and stay until told to stop; the exit status says why it
    ended.
    """
    set_up_logs(settings)
    assembly = assemble(settings, base, root, clock)
    if assembly is None:
        return ExitCode.CONFIG
    client = assembly.client
    client.use_fast_path()

    async def health() -> list[str]:
        missing = assembly.missing()
        if not client.is_ready() or client.is_closed():
            missing.append("the gateway is not ready")
        elif lost := [
            number for number, shard in client.shards.items() if shard.is_closed()
        ]:
            missing.append(
                f"connections of shards that are lost: {', '.join(map(str, lost))}"
            )
        elif not client.latency < STALE_SECONDS:
            missing.append("the gateway's heartbeat is stale")
        return missing

    async def work() -> ExitCode:
        assert settings.discord_token
        return await _connected(client, settings.discord_token.get_secret_value())

    return run(opened(assembly, work, health))
