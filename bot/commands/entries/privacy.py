"""/privacy: what is stored about you, a copy of it, and being forgotten."""

from __future__ import annotations

import dataclasses
import json
import logging
import re
from collections.abc import Sequence

import discord
from discord import app_commands

from bot.answers import privacy as privacy_pages
from bot.answers.document import Answer
from bot.commands.command_texts import CommandTexts
from bot.commands.entries.notices import Notices
from bot.store.errors import StoreError
from bot.store.privacy import Shown
from bot.store.services import Services
from bot.ui.files import TextFile, with_files
from bot.ui.interaction import Command, Interaction
from bot.ui.refusals import refuse
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

log = logging.getLogger(__name__)

PRIVACY = r"privacy:(?P<action>export|ask|forget|keep|leave|join):1"


class Privacy:
    """Answers over the services of one store."""

    def __init__(
        self, services: Services, replies: ReplyCache, notices: Notices
    ) -> None:
        self.services, self.replies, self.notices = services, replies, notices

    async def show(self, interaction: Interaction, *, again: bool = False) -> None:
        """What is stored about the asker."""
        texts = self.replies.texts(str(interaction.locale.value))
        try:
            kept = await self.services.privacy.kept(interaction.user.id)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        view = prepare(
            privacy_pages.kept(
                dataclasses.asdict(kept),
                texts,
                anything=kept.anything,
                left_out=kept.left_out,
            )
        )
        if again:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Export, or forget after a second question, or leave the quiz's scores; all
        concern the presser and nobody else.
        """
        texts = self.replies.texts(str(interaction.locale.value))
        user = interaction.user.id
        try:
            match match["action"]:
                case "export":
                    data = await self.services.privacy.export(user)
                    text = json.dumps(data, ensure_ascii=False, indent=1)
                    lead = texts("Everything that is stored about you, as a JSON file.")
                    view, files = with_files(
                        Answer.plain(
                            texts("Export"), lead, notes=(privacy_pages.again(texts),)
                        ),
                        [TextFile("about-you.json", text)],
                    )
                    await interaction.response.send_message(
                        view=view, files=files, ephemeral=True
                    )
                case "ask":
                    await interaction.response.edit_message(
                        view=prepare(privacy_pages.sure_to_forget(texts))
                    )
                case "forget":
                    shown = await self.services.privacy.shown(user)
                    changed = await self.services.privacy.forget(user)
                    self.services.views.doubt()
                    await interaction.response.edit_message(
                        view=prepare(privacy_pages.forgotten(changed, texts))
                    )
                    await self._take_name_away(interaction.client, shown)
                case "leave":
                    await self.services.quiz.leave_out(user)
                    await self.show(interaction, again=True)
                case "join":
                    await self.services.quiz.take_in(user)
                    await self.show(interaction, again=True)
                case _:
                    await self.show(interaction, again=True)
        except StoreError as error:
            await refuse(self.replies, interaction, error)

    async def _take_name_away(
        self, client: discord.Client, shown: Sequence[Shown]
    ) -> None:
        """Show suggestions anew where they stand, without who made them."""
        for each in shown:
            try:
                row = await self.services.reader.suggestion(each.guild, each.number)
                server = await self.services.views.fresh(each.guild)
            except StoreError as error:
                log.warning("a suggestion names its author: %s", type(error).__name__)
                continue
            await self.notices.decided(client, server, row)


def command(privacy: Privacy) -> Command:
    """The slash command; its replies are private."""
    texts = CommandTexts.of(privacy.replies)

    @texts.command("privacy")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def show(interaction: Interaction) -> None:
        await privacy.show(interaction)

    return show
