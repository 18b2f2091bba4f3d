"""Who may moderate Ally in a server, and write in a channel of it: checked at every
step, not only at the first.
"""

from __future__ import annotations

import discord

from bot.entries.records import Preferences
from bot.runtime.discord_internals import role_ids
from bot.ui.interaction import Interaction


def manages_server(interaction: Interaction) -> bool:
    """Whether the presser may manage the server: administrators may, whatever else
    they have.
    """
    rights = interaction.permissions
    return rights.administrator or rights.manage_guild


THREADS = frozenset(
    {
        discord.ChannelType.public_thread.value,
        discord.ChannelType.private_thread.value,
        discord.ChannelType.news_thread.value,
    }
)
"""Kinds of channels in which another permission lets somebody write
(/topics/permissions#permissions-for-threads), a forum's posts among them.
"""


_ANYTHING = discord.Permissions(administrator=True).value
_WRITES = discord.Permissions(send_messages=True).value | _ANYTHING
_WRITES_IN_THREADS = (
    discord.Permissions(send_messages_in_threads=True).value | _ANYTHING
)


def lets_write(rights: int, channel_type: int | None) -> bool:
    """Whether permissions, as the number that Discord sends, let somebody write in a
    channel of this type.
    """
    needed = _WRITES_IN_THREADS if channel_type in THREADS else _WRITES
    return bool(rights & needed)


def type_of_channel(interaction: Interaction) -> int | None:
    """The type of the channel in which something was asked, as far as it was told."""
    there = interaction.channel
    return there.type.value if there is not None else None


def may_write(interaction: Interaction) -> bool:
    """Whether the presser may write where they are; everybody may outside a server."""
    if interaction.guild_id is None:
        return True
    return lets_write(interaction.permissions.value, type_of_channel(interaction))


def moderates(interaction: Interaction, preferences: Preferences) -> bool:
    """Whether the presser may manage the server, or has a role that the server named
    for this.

    Discord sends the permissions and roles with every interaction, so what was taken
    away a moment ago counts.
    """
    if manages_server(interaction):
        return True
    return any(role in preferences.roles for role in role_ids(interaction.user))
