"""``ally serve``: Discord's interactions over HTTP; any number of these may stand
behind a load balancer.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import discord

from bot.knowledge.facts import Base
from bot.runtime.clock import Clock, ServerClock
from bot.runtime.first_reply import HttpFeed
from bot.runtime.logs import set_up_logs
from bot.runtime.settings import Settings
from bot.service.gateway import (
    CONFIG,
    DRAIN_SECONDS,
    OK,
    UNAVAILABLE,
    Assembly,
    make,
    opened,
    run,
    told_to_stop,
)
from bot.service.http import Signatures, application, interactions
from bot.service.http import serve as serve_app

log = logging.getLogger("bot")


async def _served(assembly: Assembly, token: str, listening: asyncio.Event) -> int:
    """Log in for the application's key and to register commands, listen, and stop when
    told to.
    """
    client, settings = assembly.client, assembly.settings
    stop = told_to_stop()
    try:
        await client.login(token)
    except discord.LoginFailure:
        log.critical(
            "Discord does not accept DISCORD_TOKEN; copy it again from the "
            "developer portal"
        )
        return CONFIG
    except (discord.DiscordException, OSError) as error:
        log.critical("Discord cannot be reached: %s", error)
        return UNAVAILABLE
    try:
        key = settings.ally_public_key or (
            client.application.verify_key if client.application else ""
        )
        try:
            signatures = Signatures(key, client.admission.clock or ServerClock())
        except ValueError:
            log.critical(
                "Discord gave no usable public key; set ALLY_PUBLIC_KEY from the "
                "developer portal"
            )
            return CONFIG
        handle = interactions(
            signatures, client.admission, assembly.fast_path, HttpFeed(client)
        )

        async def health() -> list[str]:
            return assembly.missing()

        app = application(health, assembly.metrics, handle, show_metrics=False)
        runner = await serve_app(app, settings.ally_http_host, settings.ally_http_port)
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
        ends = asyncio.get_running_loop().time() + DRAIN_SECONDS
        await runner.cleanup()
        # What was promised goes on after its response.
        await client.admission.idle(max(0.1, ends - asyncio.get_running_loop().time()))
        return OK
    finally:
        await client.close()


def serve(settings: Settings, base: Base, root: Path, clock: Clock) -> int:
    """Serve until told to stop; the exit status says why it ended."""
    set_up_logs(settings)
    assembly = make(settings, base, root, clock)
    listening = asyncio.Event()

    async def health() -> list[str]:
        return (
            assembly.missing()
            if listening.is_set()
            else ["the endpoint does not listen yet", *assembly.missing()]
        )

    async def work() -> int:
        assert settings.discord_token
        return await _served(
            assembly, settings.discord_token.get_secret_value(), listening
        )

    return run(opened(assembly, work, health))
