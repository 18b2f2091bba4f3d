"""/about and /help."""

from __future__ import annotations

from typing import cast

from discord import app_commands

from bot.answers.about import about as about_page
from bot.answers.help import help_page
from bot.ui.interaction import Command, Interaction
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache


def commands(replies: ReplyCache) -> tuple[Command, ...]:
    """Both commands; their replies are private."""

    @app_commands.command(
        name="about",
        description="What Ally is, which facts it has, and how to report a mistake",
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(interaction: Interaction) -> None:
        texts = replies.texts(str(interaction.locale.value))
        page = about_page(
            replies.base, texts, version=replies.version, today=replies.today()
        )
        await interaction.response.send_message(view=prepare(page), ephemeral=True)

    @app_commands.command(name="help", description="Examples of what to ask")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help_(interaction: Interaction) -> None:
        texts = replies.texts(str(interaction.locale.value))
        await interaction.response.send_message(
            view=prepare(help_page(replies.base, texts)), ephemeral=True
        )

    return cast("tuple[Command, ...]", (about, help_))
