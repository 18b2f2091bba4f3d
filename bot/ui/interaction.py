"""The types at the edge to Discord, each named once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

import discord
from discord import app_commands, ui

Interaction: TypeAlias = discord.Interaction[discord.Client]
"""What comes in: a command, a press, a form that was sent, or a half-typed option."""
Command: TypeAlias = app_commands.Command[Any, ..., None]
"""A slash command; discord.py binds its parameters by their names."""
Choice: TypeAlias = app_commands.Choice[str]
"""One line that an option offers while it is typed."""
Completion: TypeAlias = Callable[
    [Interaction, str], Coroutine[None, None, list[Choice]]
]
"""What offers lines for what has been typed so far."""
Row: TypeAlias = ui.ActionRow[ui.LayoutView]
Button: TypeAlias = ui.Button[ui.LayoutView]
Menu: TypeAlias = ui.Select[ui.LayoutView]
Chooser: TypeAlias = ui.RoleSelect[ui.LayoutView] | ui.ChannelSelect[ui.LayoutView]
"""A menu that Discord fills in: of a server's roles, or of its channels."""
Box: TypeAlias = ui.Container[ui.LayoutView]
Label: TypeAlias = ui.Label[ui.LayoutView]

SILENT = discord.AllowedMentions.none()
"""No message of Ally's pings anybody."""


async def send(
    interaction: Interaction, view: ui.LayoutView, *, ephemeral: bool
) -> None:
    """Send a first reply; nobody is pinged by it."""
    await interaction.response.send_message(
        view=view, ephemeral=ephemeral, allowed_mentions=SILENT
    )


def server_locale(interaction: Interaction) -> str | None:
    """The locale that Discord names for the server; None outside of servers."""
    locale = interaction.guild_locale
    return str(locale.value) if locale else None


def is_private(interaction: Interaction) -> bool:
    """Whether the pressed message is seen by the presser alone."""
    return interaction.message is not None and interaction.message.flags.ephemeral
