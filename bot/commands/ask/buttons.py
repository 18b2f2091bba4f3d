"""The buttons under answers: their whole state is their custom id, so they outlive a
restart and cost no memory.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import discord

from bot.ui.replies import ReplyCache, locale_for

TEMPLATE = (
    r"ally:(?P<kind>ask|evidence|votes|method|share)"
    r":(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


async def press(
    replies: ReplyCache, interaction: discord.Interaction[Any], match: re.Match[str]
) -> None:
    """Answer a press: in place where only the presser sees the message, privately
    beside it otherwise.
    """
    kind, number = match["kind"], int(match["n"])
    mine = interaction.message is not None and interaction.message.flags.ephemeral
    public = kind == "share"
    private = not public and (kind != "ask" or bool(number))
    server = await replies.views.view(interaction.guild_id)
    view = replies.page(
        "ask" if public else kind,
        match["code"],
        _day(match["on"], replies.today()),
        number,
        locale_for(interaction, private=private),
        private=private,
        server=server,
    )
    if mine and private:
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(
            view=view,
            ephemeral=private,
            allowed_mentions=discord.AllowedMentions.none(),
        )
