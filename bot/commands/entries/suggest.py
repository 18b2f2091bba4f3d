"""/suggest, and Propose as evidence on a message: every member may propose a fact,
moderators decide.
"""

from __future__ import annotations

import re

import discord
from discord import app_commands

from bot.commands.command_texts import CommandTexts
from bot.commands.entries.editor import Editor
from bot.commands.entries.task import UNKNOWN_SUBJECT, Task
from bot.ui.autocomplete import Country, completes_countries
from bot.ui.interaction import Command, Interaction

SUGGEST = r"suggest:(?P<code>[A-Za-z0-9-]{1,40})"
"""*Suggest a fact* under an answer."""


async def pressed(
    editor: Editor, interaction: Interaction, match: re.Match[str]
) -> None:
    """Open the form about the actor of the answer."""
    await editor.begin(interaction, "event", match["code"], verb="suggest")


def commands(
    editor: Editor,
) -> tuple[Command, app_commands.ContextMenu]:
    """The slash command and the message menu."""
    texts = CommandTexts.of(editor.replies)
    everywhere = app_commands.AppInstallationType(guild=True, user=False)
    in_servers = app_commands.AppCommandContext(
        guild=True, dm_channel=False, private_channel=False
    )

    @texts.command("suggest")
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def suggest(interaction: Interaction, country: Country) -> None:
        await editor.begin(interaction, "event", country, verb="suggest")

    async def propose(interaction: Interaction, message: discord.Message) -> None:
        server = await editor.admitted(interaction, moderator=False)
        if server is None:
            return
        task = Task("suggest", "event", UNKNOWN_SUBJECT, message.channel.id, message.id)
        await editor.show_form(
            interaction,
            task,
            server,
            {"claim": " ".join(message.content.split())},
        )

    completes_countries(editor.replies, [suggest], "country")
    menu = app_commands.ContextMenu(
        name=texts.menu_name("propose"),
        callback=propose,
        allowed_contexts=in_servers,
        allowed_installs=everywhere,
    )
    return suggest, menu
