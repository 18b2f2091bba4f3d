"""``ally demo``: the real bot in a simulated Discord, served to a browser on this
machine only.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import tempfile
from pathlib import Path

import discord
import simcord

from bot import __version__
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.runtime.clock import SYSTEM_CLOCK
from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from bot.ui.replies import ReplyCache


async def _serve(base: Base, port: int, folder: Path) -> None:
    names = names_of(base)
    names.warm()
    store = Store(f"sqlite:///{folder / 'demo.db'}", clock=SYSTEM_CLOCK.now)
    services = Services(store, base, names)
    await services.open()
    # The simulation keeps a clock of its own, so the age of its interactions says
    # nothing.
    replies = ReplyCache(services.views, SYSTEM_CLOCK.today, __version__)
    client = Client(replies, services, clock=None)
    async with simcord.run(client) as env:
        guild = env.create_guild(name="World affairs")
        channel = guild.create_text_channel("where-do-they-stand")
        editors = guild.create_role(
            name="Editors", permissions=discord.Permissions(manage_guild=True)
        )
        reader = guild.add_member(env.create_user("you"), roles=[editors])
        await reader.slash(channel, "ally", country="belarus")
        page = env.preview(
            channel,
            viewers=[reader],
            layout="channel",
            port=port or None,
            presentation_time=SYSTEM_CLOCK.now(),
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
            stop = asyncio.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                with contextlib.suppress(NotImplementedError):
                    asyncio.get_running_loop().add_signal_handler(number, stop.set)
            await stop.wait()
    await services.close()


def serve(base: Base, port: int) -> int:
    """Serve the demo until it is stopped; returns the exit status."""
    with (
        contextlib.suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory() as folder,
    ):
        asyncio.run(_serve(base, port, Path(folder)))
    return 0
