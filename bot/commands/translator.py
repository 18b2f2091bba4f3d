"""Names and descriptions of commands in the languages of Discord, from the catalogues
that translate the replies.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.commands.command_texts import DESCRIPTION, MENU_NAME, NAME, CommandTexts
from bot.knowledge.text import length
from bot.names.locales import cldr_locale

_Place = app_commands.TranslationContextLocation
_NAMES = frozenset({_Place.command_name, _Place.group_name, _Place.parameter_name})
"""Where Discord takes a word and no sentence."""


def accepted(text: str, location: _Place, *, menu: bool = False) -> bool:
    """Whether Discord takes a text there."""
    if menu:
        return length(text) <= MENU_NAME
    if location in _NAMES:
        return bool(NAME.fullmatch(text)) and text == text.lower()
    return length(text) <= DESCRIPTION


class CatalogueTranslator(app_commands.Translator):
    """Translates what has a key in its extras; None, which leaves the English text, for
    a language without a catalogue and for what Discord would refuse.
    """

    def __init__(self, texts: CommandTexts) -> None:
        self._texts = texts

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """The text in the locale, or None."""
        key = string.extras.get("key")
        if key is None:
            return None
        text = self._texts.in_locale(key, cldr_locale(locale.value))
        menu = isinstance(context.data, app_commands.ContextMenu)
        taken = text and accepted(text, context.location, menu=menu)
        return text if taken else None
