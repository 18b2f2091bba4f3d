"""A channel that follows, as Discord knows it: whether Ally can post there, and whether
a message that may have been posted is there.
"""

from __future__ import annotations

import logging
from datetime import timedelta

import discord
from discord import ui

from bot.answers.follows import list_id
from bot.runtime.outages import UNSENT, may_succeed_later, reason_of
from bot.store.deliveries import Delivery
from bot.ui.interaction import SILENT

log = logging.getLogger(__name__)

LOOKED_BACK = 300
"""Messages of a channel among which one is looked for that may have been posted."""
_EARLIER = timedelta(minutes=5)
"""How far the clocks of this machine and of Discord may be apart."""


async def posted_before(
    client: discord.Client, where: discord.PartialMessageable, delivery: Delivery
) -> int:
    """The id of the message of a delivery that was tried before; 0 if it is not in the
    channel.
    """
    wanted = list_id(delivery.message.token)
    since = delivery.at - _EARLIER
    # The newest first, whatever this machine's clock says; then, in a channel that is
    # never quiet, those since it was decided on.
    for some in (
        where.history(limit=LOOKED_BACK),
        where.history(after=since, limit=LOOKED_BACK),
    ):
        async for message in some:
            mine = client.user is not None and message.author.id == client.user.id
            if mine and wanted in _custom_ids(message):
                return message.id
    return 0


def _custom_ids(message: discord.Message) -> set[str]:
    """The custom ids of the buttons below a message."""
    return {
        each.custom_id or ""
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for each in row.children
    }


async def can_tell(
    client: discord.Client, guild: int, channel: int, view: ui.LayoutView
) -> bool:
    """Whether a message arrives in a channel and can be read there again; it stays if
    so. Asking Discord is surer than working permissions out. Whatever of ``UNSENT``
    says nothing of the channel is raised.
    """
    where = client.get_partial_messageable(channel, guild_id=guild)
    try:
        sent = await where.send(view=view, allowed_mentions=SILENT)
    except discord.HTTPException as error:
        if may_succeed_later(error):
            raise
        return False
    try:
        await where.fetch_message(sent.id)
    except UNSENT as error:
        await _taken_back(sent)
        if may_succeed_later(error):
            raise
        return False
    return True


async def _taken_back(sent: discord.Message) -> None:
    try:
        await sent.delete()
    except UNSENT as error:
        log.info("a message could not be taken back: %s", reason_of(error))
