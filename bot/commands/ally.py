"""/ally: where a country stands."""

from __future__ import annotations

from typing import Any, cast

import discord
from discord import app_commands

from bot.answers import pages
from bot.knowledge.dates import parse_when
from bot.knowledge.names import babel_locale, flag
from bot.ui import limits
from bot.ui.desk import Desk, locale_for
from bot.ui.render import prepare


def command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """The slash command, answering from this desk."""

    @app_commands.command(name="ally", description="Where does this country stand? e.g. /ally country:belarus")
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
        private: bool = False,
    ) -> None:
        await reply(desk, interaction, country, on, private=private)

    async def complete(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        names = desk.library.names
        locale = babel_locale(str(interaction.locale.value))
        found = [(code, f"{flag(code)} {names.display(code, locale)}") for code in names.suggest(current, locale)]
        return [
            app_commands.Choice(name=limits.cut(shown.strip(), limits.CHOICE_NAME), value=code)
            for code, shown in found[: limits.CHOICES]
        ]

    ally.autocomplete("country")(complete)
    return cast("app_commands.Command[Any, ..., None]", ally)


async def reply(
    desk: Desk, interaction: discord.Interaction[Any], country: str, on: str | None, *, private: bool
) -> None:
    """Resolve the name and the day, then answer, or say kindly what was not understood."""
    today = desk.today()
    reader = desk.texts(str(interaction.locale.value))
    when = parse_when(on) if on else None
    refusal = None
    if on and (when is None or when.first > today):
        refusal = pages.bad_date(on, reader, future=when is not None)
    day = min(when.last, today) if when else today
    found = desk.library.names.resolve(country, reader.locale)
    if refusal is None and not found.sure:
        refusal = pages.not_found(country, found.matches, desk.library.base, day, reader, private=private)
    if refusal is not None:
        await interaction.response.send_message(
            view=prepare(refusal), ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )
        return
    view = desk.page("ask", found.matches[0], day, 1, locale_for(interaction, private=private), private=private)
    await interaction.response.send_message(
        view=view, ephemeral=private, allowed_mentions=discord.AllowedMentions.none()
    )
