"""Everything beyond /ally that readers use, in one place: commands, buttons, forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands

from bot.commands.command_texts import CommandTexts
from bot.commands.explore.asked import AGAIN
from bot.commands.explore.briefs import BriefReplies
from bot.commands.explore.buttons import ExploreButtons
from bot.commands.explore.commands import commands
from bot.commands.explore.mentions import answer_mentions
from bot.commands.explore.pages import PageReplies
from bot.commands.explore.pictures import PictureReplies
from bot.commands.explore.questions import Questions
from bot.commands.explore.search import SearchReplies
from bot.commands.explore.search import commands as search_commands
from bot.pictures.cache import PictureCache
from bot.ui.interaction import Command, Interaction
from bot.ui.reading import ReadingButton, Readings
from bot.ui.replies import ReplyCache
from bot.ui.routes import Handler


class ExploreFeature:
    """What the client registers, over one reply cache and one picture cache."""

    def __init__(self, readings: Readings, picture_cache: PictureCache) -> None:
        self.pages = pages = PageReplies()
        self.pictures = pictures = PictureReplies(picture_cache, readings.replies.site)
        self.search = search = SearchReplies()
        questions = Questions(pages, pictures, search, BriefReplies(picture_cache))
        self.commands: Sequence[Command | app_commands.ContextMenu] = (
            *commands(readings, questions),
            *search_commands(readings, search),
            _mentions_menu(readings.replies),
        )
        buttons = ExploreButtons(readings, pages, pictures)
        self.buttons: Mapping[str, ReadingButton] = {
            **buttons.buttons(),
            **search.buttons(),
            AGAIN: ReadingButton(questions.again, counted=lambda _: True),
        }
        self.forms: Mapping[str, Handler] = buttons.forms()


def _mentions_menu(replies: ReplyCache) -> app_commands.ContextMenu:
    async def mentioned(interaction: Interaction, message: discord.Message) -> None:
        await answer_mentions(replies, interaction, message.content)

    return app_commands.ContextMenu(
        name=CommandTexts.of(replies).menu_name("mentions"),
        callback=mentioned,
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )
