"""/about and /help."""

from __future__ import annotations

from discord import app_commands

from bot.answers.about import about as about_page
from bot.answers.help import help_page
from bot.commands.command_texts import CommandTexts
from bot.ui.interaction import Command, Interaction
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache


def commands(replies: ReplyCache) -> tuple[Command, ...]:
    """Both commands; their replies are private."""
    texts = CommandTexts.of(replies)

    @texts.command("about")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(interaction: Interaction) -> None:
        words = replies.texts(str(interaction.locale.value))
        page = about_page(
            replies.base, words, version=replies.version, today=replies.today()
        )
        await interaction.response.send_message(view=prepare(page), ephemeral=True)

    @texts.command("help")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help_(interaction: Interaction) -> None:
        words = replies.texts(str(interaction.locale.value))
        await interaction.response.send_message(
            view=prepare(help_page(replies.base, words)), ephemeral=True
        )

    return about, help_
