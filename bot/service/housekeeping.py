"""Keeping house once a day: what happened to servers while the bot was away is set
right, and what is to be purged is purged.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import discord

from bot.commands.entries.feature import EntryFeature
from bot.runtime.outages import UNSENT
from bot.runtime.settings import Shards
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

ALONE = Shards((0,), 1)
"""One shard that serves every server."""
_EVERY_SECONDS = 86_400.0
_LIST_EVERY = timedelta(hours=23)
_LOOK_SECONDS = 3_600.0


class Housekeeping:
    """Over the entries of all servers; both ways go on until they are cancelled."""

    def __init__(self, entries: EntryFeature) -> None:
        self._entries = entries

    async def over_gateway(self, client: discord.AutoShardedClient) -> None:
        """By the servers that the gateway told this process of."""
        while True:
            mine = Shards(tuple(client.shards) or (0,), client.shard_count or 1)
            present = [guild.id for guild in client.guilds]
            try:
                await self._entries.keep_house(client, present, mine)
            except Exception:
                # There is another day; a task that ended would have none.
                log.exception("keeping house was not finished")
            await asyncio.sleep(_EVERY_SECONDS)

    async def by_list(self, client: discord.Client) -> None:
        """The same without a gateway: Discord is asked for the servers, by one process
        of all that share a database.
        """
        while True:
            try:
                if await self._entries.services.leases.mine("house", _LIST_EVERY):
                    listed = client.fetch_guilds(limit=None, with_counts=False)
                    present = [guild.id async for guild in listed]
                    await self._entries.keep_house(client, present, ALONE)
            except (StoreError, *UNSENT) as error:
                # A list that is not whole must not be compared with.
                log.warning("keeping house has to wait: %s", type(error).__name__)
            except Exception:
                log.exception("keeping house was not finished")
            await asyncio.sleep(_LOOK_SECONDS)
