"""The two bots that the gateway measurement compares, each in a process of its own."""

from __future__ import annotations

import gc
import random
import sys
import tempfile
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.entries.records import Change
from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.runtime.clock import SYSTEM_CLOCK, ServerClock
from bot.runtime.exit_code import ExitCode
from bot.runtime.logs import set_up_logs
from bot.runtime.settings import Settings
from bot.service.assembly import run
from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.support.bases import DATA, TODAY
from tests.support.payloads import GUILD


class Bare(discord.Client):
    """The least that discord.py can do: one command that replies with a text prepared
    beforehand.
    """

    def __init__(self, size: int) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree(self)
        text = "x" * size

        @self.tree.command(name="ally", description="bare")
        async def ally(interaction: discord.Interaction[Any], country: str) -> None:
            await interaction.response.send_message(
                text, allowed_mentions=discord.AllowedMentions.none()
            )

        _ = ally

    async def setup_hook(self) -> None:
        """Register the command."""
        await self.tree.sync()


class WithServer(Client):
    """Ally with a database in which the stand-in's server has so many entries."""

    def __init__(self, services: Services, entries: int) -> None:
        super().__init__(ReplyCache(services.views, lambda: TODAY, "bench"), services)
        self._entries = entries

    async def setup_hook(self) -> None:
        """Fill the database, then go on as always."""
        assert self.services
        await self.services.open()
        dice = random.Random(1)
        codes = list(self.replies.base.countries)
        changes = [
            Change("event", dice.choice(codes), body(n)) for n in range(self._entries)
        ]
        if changes:
            await self.services.writer.publish(
                int(GUILD["id"]), changes, author=7, verb="import"
            )
        await super().setup_hook()


def body(n: int) -> dict[str, Any]:
    """An event's content of a usual size."""
    return {
        "id": f"thing-{n}",
        "date": "2024-01-05",
        "toward": "russia",
        "pillar": "economic",
        "weight": "minor",
        "claim": f"Thing number {n} happened, and somebody wrote a sentence of the "
        "usual length about it.",
        "sources": [
            {
                "publisher": "Gazette",
                "title": f"What happened, part {n}",
                "published": "2024-01-06",
                "url": f"https://example.org/a/usual/address/{n}",
            }
        ],
    }


def main() -> None:
    kind, port, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway")
    if kind == "bare":
        client: discord.Client = Bare(size)
    else:
        base = read_base(DATA, TODAY)
        names = names_of(base)
        names.warm()
        if kind.startswith("server-"):
            address = f"sqlite:///{tempfile.mkdtemp()}/x.db"
            store = Store(address, clock=SYSTEM_CLOCK.now)
            client = WithServer(
                Services(store, base, names),
                int(kind[7:]),
            )
        else:
            client = Client(
                ReplyCache(ServerViews(base, names, None), lambda: TODAY, "bench"),
                clock=ServerClock(),
            )
        # As `ally run` does.
        if kind != "long":
            client.use_fast_path()
        gc.collect()
        gc.freeze()
        # A line for each interaction is part of what an answer costs.
        set_up_logs(Settings())
    run(_run(client))


async def _run(client: discord.Client) -> ExitCode:
    async with client:
        await client.start("a.b.c")
    return ExitCode.OK


if __name__ == "__main__":
    main()
