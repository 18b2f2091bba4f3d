"""``ally demo``: the real bot in a simulated Discord, served to a browser on this
machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path

import discord

from bot.cli.common import CommandError, clock_of, read
from bot.knowledge.facts import Base
from bot.runtime.clock import Clock
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import Settings
from bot.service.assembly import assemble, opened, told_to_stop
from bot.service.client import Client

_EXTRA = CommandError(
    "The demo needs its extra: pip install '.[demo]' (or 'ally-bot[demo]').",
    ExitCode.CONFIG,
)
try:
    import simcord
except ImportError as error:
    raise _EXTRA from error


def _example(base: Base) -> str:
    """The actor with whose card the demo begins."""
    return next(iter([*base.conflict.examples, *base.countries]))


async def _serve(base: Base, port: int, folder: Path, clock: Clock) -> ExitCode:
    # Whatever the environment says of a real bot, the demo has nothing to do with it,
    # and nothing leaves this machine.
    settings = Settings.model_construct(
        ally_state=folder, ally_shards="0/1", ally_read_pages=False
    )
    # The simulation keeps a clock of its own, so the age of its interactions says
    # nothing.
    assembly = assemble(settings, base, None, clock, simulated=True)
    if assembly is None:
        return ExitCode.CONFIG
    asked = assembly.services.views.names.display(_example(base))

    async def shown() -> ExitCode:
        await _shown(assembly.client, asked, port, clock)
        return ExitCode.OK

    async def health() -> list[str]:
        return assembly.missing()

    return await opened(assembly, shown, health)


async def _shown(client: Client, asked: str, port: int, clock: Clock) -> None:
    """Show a channel in which an actor has been asked about, until told to stop."""
    stop = told_to_stop()
    async with simcord.run(client) as env:
        guild = env.create_guild(name="World affairs")
        channel = guild.create_text_channel("where-do-they-stand")
        editors = guild.create_role(
            name="Editors", permissions=discord.Permissions(manage_guild=True)
        )
        reader = guild.add_member(env.create_user("you"), roles=[editors])
        await reader.slash(channel, "ally", country=asked)
        page = env.preview(
            channel,
            viewers=[reader],
            layout="channel",
            port=port or None,
            presentation_time=clock.now(),
        )
        async with page as preview:
            sys.stdout.write(
                "Open this address in a browser on this machine:\n\n  "
                f"{preview.url}\n\n"
                "Type / in the message box: /ally asks, /entry add adds a fact of "
                "this server's own,\n"
                "/suggest proposes one. You moderate this server; what you add is "
                "forgotten at the end.\n"
                "Nothing leaves this machine. "
                "Stop with Ctrl-C.\n"
            )
            sys.stdout.flush()
            await stop.wait()


def demo(args: argparse.Namespace) -> ExitCode:
    """``ally demo``: serve it until Ctrl-C or SIGTERM."""
    base = read(args)
    port: int = args.port
    with (
        contextlib.suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory() as folder,
    ):
        try:
            return asyncio.run(_serve(base, port, Path(folder), clock_of(args)))
        except simcord.SetupError as error:
            raise _EXTRA from error
    return ExitCode.OK
