"""The two bots that the gateway measurement compares, each in a process of its own."""

from __future__ import annotations

import gc
import sys
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import Client
from bot.guilds.shelves import Shelves
from bot.knowledge.reader import read_base
from bot.shelf import names_of
from bot.ui.desk import Desk
from tests.conftest import DATA, TODAY


class Bare(discord.Client):
    """The least that discord.py can do: one command that replies with a text prepared beforehand."""

    def __init__(self, size: int) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree(self)
        text = "x" * size

        @self.tree.command(name="ally", description="bare")
        async def ally(interaction: discord.Interaction[Any], country: str) -> None:
            await interaction.response.send_message(text, allowed_mentions=discord.AllowedMentions.none())

        _ = ally

    async def setup_hook(self) -> None:
        """Register the command."""
        await self.tree.sync()


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
        client = Client(Desk(Shelves(base, names, None), lambda: TODAY, "bench"))
        # As `ally run` does.
        gc.collect()
        gc.freeze()
    client.run("a.b.c", log_handler=None)


if __name__ == "__main__":
    main()
