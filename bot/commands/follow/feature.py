"""Everything about following in one place: commands, buttons, and the work in the
background.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

import discord

from bot.commands.follow.command import FOLLOWS, FollowCommands, TellChanges
from bot.commands.follow.kinds import KINDS, FollowKind
from bot.commands.follow.teller import Teller
from bot.store.errors import StoreError
from bot.store.services import Services
from bot.ui.interaction import Command
from bot.ui.replies import ReplyCache
from bot.ui.routes import Handler

log = logging.getLogger(__name__)

_LOOK = "follows"
"""The name of the lease under which one process of many decides."""


class FollowFeature:
    """What the client registers, over the services of one store."""

    def __init__(
        self,
        services: Services,
        replies: ReplyCache,
        tell_changes: TellChanges,
        kinds: Sequence[FollowKind] = KINDS,
    ) -> None:
        self.teller = Teller(services, replies, kinds)
        self._services = services
        commands = FollowCommands(self.teller, tell_changes)
        self.commands: Sequence[Command] = commands.commands()
        self.buttons: Mapping[str, Handler] = {FOLLOWS: commands.pressed}

    async def keep_telling(self, client: discord.Client, seconds: float) -> None:
        """Decide and post for as long as the client runs, every so many seconds. Of
        many processes one decides at a time; all of them post.
        """
        while True:
            await asyncio.sleep(seconds)
            await self.tell_once(client, timedelta(seconds=seconds * 0.9))

    async def tell_once(self, client: discord.Client, apart: timedelta) -> None:
        """Decide, unless another process did within ``apart``, and post what waits."""
        try:
            if await self._services.leases.mine(_LOOK, apart):
                await self.teller.decide()
            await self.teller.post(client)
        except StoreError as error:
            log.warning("what channels are told has to wait: %s", type(error).__name__)
        except Exception:
            log.exception("what channels are told was not finished")
