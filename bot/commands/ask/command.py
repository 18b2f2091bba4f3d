"""/ally: where a country stands."""

from __future__ import annotations

from typing import Any, cast

import discord
from discord import app_commands

from bot.answers.help import bad_date, not_found, too_fast
from bot.commands.entries.entry import countries
from bot.knowledge.dates import parse_when
from bot.store.views import ServerView
from bot.ui.permissions import Cooldown, moderates
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache, locale_for


def command(
    replies: ReplyCache, cooldown: Cooldown
) -> app_commands.Command[Any, ..., None]:
    """The slash command, answering from this reply cache."""

    @app_commands.command(
        name="ally",
        description="Where does this country stand? e.g. /ally country:belarus",
    )
    @app_commands.describe(
        country="A name, code or flag: belarus, BY, 🇧🇾",
        on="A past day: 2022, 2022-03, 2022-03-02 or 2 March 2022 (today if left out)",
        private="Only you see the answer",
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ally(
        interaction: discord.Interaction[Any],
        country: app_commands.Range[str, 1, 100],
        on: app_commands.Range[str, 1, 40] | None = None,
        private: bool | None = None,
    ) -> None:
        guild = interaction.guild_id
        server = await replies.views.view(guild)
        if (
            guild is not None
            and server.preferences.cooldown
            and not moderates(interaction, server.preferences)
        ):
            seconds = cooldown.wait(
                guild, interaction.user.id, server.preferences.cooldown
            )
            if seconds:
                page = too_fast(seconds, replies.texts(str(interaction.locale.value)))
                await interaction.response.send_message(
                    view=prepare(page), ephemeral=True
                )
                return
        hidden = server.preferences.private if private is None else private
        await reply(replies, interaction, country, on, server, private=hidden)

    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await countries(replies, interaction, current)

    made = cast("app_commands.Command[Any, ..., None]", ally)
    made.autocomplete("country")(complete)
    return made


async def reply(
    replies: ReplyCache,
    interaction: discord.Interaction[Any],
    country: str,
    on: str | None,
    server: ServerView,
    *,
    private: bool,
) -> None:
    """Resolve the name and the day, then answer, or say kindly what was not
    understood.
    """
    today = replies.today()
    reader = replies.texts(str(interaction.locale.value))
    when = parse_when(on) if on else None
    refusal = None
    if on and (when is None or when.first > today):
        refusal = bad_date(on, reader, future=when is not None)
    day = min(when.last, today) if when else today
    found = server.names.resolve(country, reader.locale)
    if refusal is None and not found.sure:
        words = replies.texts(str(interaction.locale.value), server)
        refusal = not_found(
            country, found.matches, server.base, day, words, private=private
        )
    if refusal is not None:
        await interaction.response.send_message(
            view=prepare(refusal),
            ephemeral=True,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        return
    view = replies.page(
        "ask",
        found.matches[0],
        day,
        1,
        locale_for(interaction, private=private),
        private=private,
        server=server,
    )
    await interaction.response.send_message(
        view=view, ephemeral=private, allowed_mentions=discord.AllowedMentions.none()
    )
