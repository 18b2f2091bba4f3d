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

from bot import __version__
from bot.cli.common import CommandError, clock_of, read
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.runtime.clock import Clock
from bot.runtime.exit_code import ExitCode
from bot.service.assembly import told_to_stop
from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from bot.ui.replies import ReplyCache

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


async def _serve(base: Base, port: int, folder: Path, clock: Clock) -> None:
    names = names_of(base)
    names.warm()
    store = Store(f"sqlite:///{folder / 'demo.db'}", clock=clock.now)
    services = Services(store, base, names)
    await services.open()
    # The simulation keeps a clock of its own, so the age of its interactions says
    # nothing.
    replies = ReplyCache(services.views, clock.today, __version__)
    client = Client(replies, services, clock=None)
    try:
        await _shown(client, names.display(_example(base)), port, clock)
    finally:
        await services.close()


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
            asyncio.run(_serve(base, port, Path(folder), clock_of(args)))
        except simcord.SetupError as error:
            raise _EXTRA from error
    return ExitCode.OK
