"""Makes the commands with their texts for one base, each text with the key under which
catalogues translate it.
"""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self, cast

from discord import app_commands

from bot.answers.examples import (
    bloc_name,
    day_spellings,
    examples_of,
    spellings,
    typed,
)
from bot.answers.texts import Texts
from bot.commands.command_messages import MESSAGES
from bot.knowledge.facts import Base
from bot.knowledge.text import cut
from bot.names.index import NameLookup
from bot.ui.interaction import Command
from bot.ui.replies import ReplyCache

NAME = re.compile(r"[-_'\w]{1,32}")
"""A command's or an option's name, which is in small letters besides; Discord's own
pattern (/interactions/application-commands, naming) has letters and numbers of every
script.
"""
DESCRIPTION = 100
"""Characters of a description (/interactions/application-commands)."""
MENU_NAME = 32
"""Characters of a message menu's name (the same page)."""


def _choices_of(messages: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """The keys ``choice.<option>.<value>`` by their option and their value."""
    found = defaultdict[str, dict[str, str]](dict)
    for key in messages:
        kind, _, rest = key.partition(".")
        if kind == "choice":
            option, _, value = rest.partition(".")
            found[option][value] = key
    return found


_CHOICES = _choices_of(MESSAGES)


class CommandTexts:
    """The commands' texts for one base, in English and by a catalogue's locale."""

    def __init__(self, base: Base, names: NameLookup) -> None:
        self._base, self._names = base, names
        self._examples = examples_of(base)
        self._in: dict[str, tuple[Texts, Mapping[str, str]]] = {}

    @classmethod
    def of(cls, replies: ReplyCache) -> Self:
        """For the base that is served."""
        return cls(replies.base, replies.views.names)

    def in_locale(self, key: str, locale: str) -> str | None:
        """A text in a locale such as ``pt_BR``; None where no catalogue has it.

        KeyError for a key that there is not.
        """
        texts, values = self._filling(locale)
        return texts.translated(key, MESSAGES[key], **values)

    def _filling(self, locale: str) -> tuple[Texts, Mapping[str, str]]:
        """The words of a locale, and what fills the placeholders."""
        kept = self._in.get(locale)
        if kept is None:
            base, examples = self._base, self._examples
            texts = Texts(locale, self._names.display, base.catalogues)
            first, second = examples.actors[:2]
            values = {
                "actor": typed(first, texts),
                "other": typed(second, texts),
                "spellings": spellings(first, texts),
                "vote": examples.vote,
                "bloc": bloc_name(examples, base, texts),
                **day_spellings(examples.day, texts),
            }
            kept = self._in[locale] = (texts, values)
        return kept

    def text(self, key: str) -> app_commands.locale_str:
        """A text as discord.py takes it, with its key for the translator."""
        texts, values = self._filling("en")
        english = texts.keyed(key, MESSAGES[key], **values)
        return app_commands.locale_str(cut(english, DESCRIPTION), key=key)

    def menu_name(self, menu: str) -> app_commands.locale_str:
        """The name of a message menu."""
        return self.text(f"menu.{menu}.name")

    def group(self, name: str, **more: Any) -> app_commands.Group:
        """A group of commands."""
        return app_commands.Group(
            name=self.text(f"command.{name}.name"),
            description=self.text(f"command.{name}.description"),
            **more,
        )

    def command(
        self, name: str, group: app_commands.Group | None = None
    ) -> Callable[[Any], Command]:
        """Makes a slash command of a function, whose parameters behind the interaction
        are the options. ``name`` has a group's name and a dot before it.
        """

        def made(function: Any) -> Command:
            _, *options = inspect.signature(function).parameters
            described = {each: self._description(name, each) for each in options}
            renamed = {each: self.text(f"option.{each}.name") for each in options}
            choices = {each: found for each in options if (found := self._fixed(each))}
            for decorate in (
                app_commands.describe(**described),
                app_commands.rename(**renamed),
                app_commands.choices(**choices),
            ):
                function = decorate(function)
            make = group.command if group else app_commands.command
            command = make(
                name=self.text(f"command.{name}.name"),
                description=self.text(f"command.{name}.description"),
            )
            return cast("Command", command(function))

        return made

    def _description(self, command: str, option: str) -> app_commands.locale_str:
        own = f"option.{command}.{option}.description"
        return self.text(own if own in MESSAGES else f"option.{option}.description")

    def _fixed(self, option: str) -> list[app_commands.Choice[str]]:
        """The fixed choices of an option, if it has any."""
        return [
            app_commands.Choice(name=self.text(key), value=value)
            for value, key in _CHOICES.get(option, {}).items()
        ]
