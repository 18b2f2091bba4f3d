"""*What do you think?*: a poll of Discord's own under an answer, where the server
allows it.
"""

from __future__ import annotations

import contextlib
import re
from datetime import timedelta

import discord

from bot.answers import poll as pages
from bot.answers.document import Answer
from bot.answers.poll import PollPage
from bot.answers.texts import Texts
from bot.entries.records import Preferences
from bot.knowledge.text import cut
from bot.runtime.outages import UNSENT
from bot.store.errors import StoreError
from bot.store.services import Services
from bot.ui import limits
from bot.ui.cooldown import Cooldown, must_wait
from bot.ui.interaction import SILENT, Interaction
from bot.ui.permissions import lets_write, type_of_channel
from bot.ui.reading import reader_of
from bot.ui.refusals import guild_only, refuse, say
from bot.ui.replies import ReplyCache

POLL = r"poll:(?P<code>[A-Za-z0-9-]{1,40})"
_OPEN = timedelta(hours=24)


class PollStarter:
    """Starts polls: one about an actor in a channel a day."""

    def __init__(
        self, services: Services, replies: ReplyCache, cooldown: Cooldown
    ) -> None:
        self.services, self.replies, self.cooldown = services, replies, cooldown

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Start a poll for everybody in the channel, or say why there is none."""
        reader = await reader_of(interaction, self.replies)
        guild, channel = interaction.guild_id, interaction.channel_id
        if guild is None or channel is None:
            await say(interaction, guild_only(reader.texts))
            return
        preferences = reader.server.preferences
        refused = _refused(interaction, preferences, reader.texts)
        if refused is not None:
            await say(interaction, refused)
            return
        if await must_wait(interaction, self.cooldown, preferences, self.replies):
            return
        code = match["code"]
        context = reader.context(private=False)
        page = pages.poll(code, context.base, context.texts)
        polls = self.services.polls
        try:
            claim = await polls.claim(guild, channel, code)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        if claim == "there":
            await say(interaction, pages.asked_today(code, reader.texts))
            return
        if claim == "enough":
            await say(interaction, pages.too_many(reader.texts))
            return
        try:
            await interaction.response.send_message(
                poll=_made(page), allowed_mentions=SILENT
            )
        except UNSENT:
            with contextlib.suppress(StoreError):
                await polls.release(guild, channel, code)
            raise


def _refused(
    interaction: Interaction, preferences: Preferences, texts: Texts
) -> Answer | None:
    """Why there may be no poll, if so."""
    if not preferences.polls:
        return pages.no_polls(texts)
    if not _may_ask(interaction.permissions, interaction):
        return pages.may_not_ask(texts)
    if not _may_ask(interaction.app_permissions, interaction):
        return pages.bot_may_not_ask(texts)
    return None


def _may_ask(rights: discord.Permissions, interaction: Interaction) -> bool:
    """Whether these permissions are enough for a poll where it is asked for."""
    if rights.administrator:
        return True
    return rights.send_polls and lets_write(rights.value, type_of_channel(interaction))


def _made(page: PollPage) -> discord.Poll:
    """A poll of Discord's."""
    made = discord.Poll(cut(page.question, limits.POLL_QUESTION), _OPEN)
    for choice in page.choices[: limits.POLL_ANSWERS]:
        text = cut(choice.text, limits.POLL_ANSWER)
        made.add_answer(text=text, emoji=choice.emoji)
    return made
