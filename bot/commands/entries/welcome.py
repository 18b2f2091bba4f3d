"""A word where Ally was just added: in the channel that the server has for such words,
or nowhere.

Whoever added the bot stands in the audit log alone, which Ally has no right to read,
and a private message to the owner, who may not have asked for it, is what Discord's
developer policy forbids. So a server without such a channel is not written to.
"""

from __future__ import annotations

import logging

import discord

from bot.answers.welcome import welcome
from bot.runtime.outages import UNSENT, reason_of
from bot.store.membership import Memberships
from bot.ui.interaction import SILENT
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

log = logging.getLogger(__name__)


def _place(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel for system messages, where Ally may post."""
    channel = guild.system_channel
    if channel is None:
        return None
    rights = channel.permissions_for(guild.me)
    return channel if rights.view_channel and rights.send_messages else None


class Welcomes:
    """Greets servers, each once."""

    def __init__(self, membership: Memberships, replies: ReplyCache) -> None:
        self._membership, self._replies = membership, replies

    async def greet(self, guild: discord.Guild) -> None:
        """Post the welcome in the server's language, if it is due and has a place.

        It is recorded before it is posted: one that fails is not tried again, for a
        greeting that comes late or twice is worse than none. Raises StoreError.
        """
        channel = _place(guild)
        if channel is None or not await self._membership.welcomes(guild.id):
            return
        texts = self._replies.texts(str(guild.preferred_locale.value))
        view = prepare(welcome(self._replies.base, texts))
        try:
            await channel.send(view=view, allowed_mentions=SILENT)
        except UNSENT as error:
            log.warning("the welcome of server %d: %s", guild.id, reason_of(error))
