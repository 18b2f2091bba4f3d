"""What options offer while they are typed."""

from __future__ import annotations

from collections.abc import Iterable

from discord import app_commands

from bot.answers.base_words import bloc_name
from bot.knowledge.text import cut
from bot.names.blocs import blocs_begun
from bot.names.index import flag
from bot.names.locales import cldr_locale
from bot.ui import limits
from bot.ui.interaction import Choice, Command
from bot.ui.reading import Reader, completes
from bot.ui.replies import ReplyCache

Country = app_commands.Range[str, 1, 100]
"""An option in which a country is typed or chosen."""


def choice(words: str, value: str) -> Choice:
    """A line to choose, cut to what Discord shows."""
    return app_commands.Choice(name=cut(words, limits.CHOICE_NAME), value=value)


def countries(reader: Reader, current: str) -> list[Choice]:
    """The countries that what was typed may mean: the base's and this server's own,
    and no other server's.
    """
    names = reader.server.names
    locale = cldr_locale(reader.locale)
    codes = names.suggest(current)[: limits.CHOICES]
    return [
        choice(f"{flag(code)} {names.display(code, locale)}".strip(), code)
        for code in codes
    ]


def countries_and_blocs(reader: Reader, current: str) -> list[Choice]:
    """The countries that what was typed may mean, then the blocs whose name begins
    so.
    """
    base = reader.server.base
    begun = (base.blocs[key] for key in blocs_begun(current, base))
    blocs = [
        choice(bloc_name(bloc, reader.texts), bloc.name)
        for bloc in begun
        if len(bloc.name) <= limits.CHOICE_NAME
    ]
    actors = countries(reader, current)
    return [*actors[: limits.CHOICES - len(blocs)], *blocs][: limits.CHOICES]


def completes_countries(
    replies: ReplyCache, commands: Iterable[Command], *options: str
) -> None:
    """Let these options of these commands offer countries."""
    for command in commands:
        for option in options:
            completes(replies, command, option, countries)
