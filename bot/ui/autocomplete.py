"""What options offer while they are typed."""

from __future__ import annotations

from collections.abc import Iterable

from discord import app_commands

from bot.names.blocs import blocs_begun
from bot.names.index import flag
from bot.names.locales import babel_locale
from bot.ui import limits
from bot.ui.interaction import Choice, Command, Completion, Interaction
from bot.ui.replies import ReplyCache

Country = app_commands.Range[str, 1, 100]
"""An option in which a country is typed or chosen."""


def choice(words: str, value: str) -> Choice:
    """A line to choose, cut to what Discord shows."""
    return app_commands.Choice(name=limits.cut(words, limits.CHOICE_NAME), value=value)


async def countries(
    replies: ReplyCache, interaction: Interaction, current: str
) -> list[Choice]:
    """The countries that what was typed may mean: the base's and this server's own,
    and no other server's.
    """
    server = await replies.views.view(interaction.guild_id)
    locale = babel_locale(str(interaction.locale.value))
    codes = server.names.suggest(current, locale)[: limits.CHOICES]
    return [
        choice(f"{flag(code)} {server.names.display(code, locale)}".strip(), code)
        for code in codes
    ]


async def countries_and_blocs(
    replies: ReplyCache, interaction: Interaction, current: str
) -> list[Choice]:
    """The countries that what was typed may mean, then the blocs whose name begins
    so.
    """
    server = await replies.views.view(interaction.guild_id)
    names = (server.base.blocs[key].name for key in blocs_begun(current, server.base))
    blocs = [choice(name, name) for name in names if len(name) <= limits.CHOICE_NAME]
    actors = await countries(replies, interaction, current)
    return [*actors[: limits.CHOICES - len(blocs)], *blocs][: limits.CHOICES]


def completes_countries(
    replies: ReplyCache, commands: Iterable[Command], *options: str
) -> None:
    """Let these options of these commands offer countries."""

    async def complete(interaction: Interaction, current: str) -> list[Choice]:
        return await countries(replies, interaction, current)

    completion: Completion = complete
    for command in commands:
        for option in options:
            command.autocomplete(option)(completion)
