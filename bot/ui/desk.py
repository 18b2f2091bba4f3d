"""The desk between commands and answers: holds the base, prepares replies once, and sends them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import discord

from bot.alignment.rubric import assess
from bot.answers import ally, pages
from bot.answers.document import Action, Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.names import Names, babel_locale
from bot.ui.render import Prepared, prepare

CACHED = 2048
"""Prepared replies kept, at 5 to 10 KiB each."""


class Library:
    """A base with its name index; both are swapped together on a reload."""

    __slots__ = ("base", "names")

    def __init__(self, base: Base, names: Names) -> None:
        self.base, self.names = base, names


class Desk:
    """Answers prepared on demand and kept, least recently used first out, for one revision of the base."""

    def __init__(self, library: Library, today: Callable[[], date], version: str) -> None:
        self.library, self.today, self.version = library, today, version
        self._prepared: OrderedDict[tuple[Any, ...], Prepared] = OrderedDict()
        self._texts: dict[str, Texts] = {}

    def swap(self, library: Library) -> None:
        """Serve another revision from now on."""
        self.library = library
        self._prepared.clear()
        self._texts.clear()

    def texts(self, locale: str) -> Texts:
        """The words of one Discord locale."""
        found = self._texts.get(locale)
        if found is None:
            found = self._texts[locale] = Texts(babel_locale(locale), self.library.names.display)
        return found

    def page(self, kind: str, code: str, on: date, number: int, locale: str, *, private: bool) -> Prepared:
        """A reply of one kind (ask, evidence, votes, method) for one actor and day.

        Raises KeyError for a code that the base does not have.
        """
        key = (kind, code, on, number, locale, private)
        found = self._prepared.get(key)
        if found is not None:
            self._prepared.move_to_end(key)
            return found
        found = self._prepared[key] = prepare(self._answer(kind, code, on, number, self.texts(locale), private=private))
        if len(self._prepared) > CACHED:
            self._prepared.popitem(last=False)
        return found

    def _answer(self, kind: str, code: str, on: date, number: int, texts: Texts, *, private: bool) -> Answer:
        base = self.library.base
        back = Action(f"ally:ask:{code}:{on.isoformat()}:1", texts("Back"), "↩️")
        if kind == "method":
            answer = pages.method(base, texts)
            return replace(answer, actions=(back,)) if code in base.countries else answer
        assessment = assess(code, base, on=on)
        if kind == "evidence":
            answer = pages.evidence(assessment, base, texts, page=number)
        elif kind == "votes":
            answer = pages.votes(assessment, base, texts, page=number)
        else:
            answer = ally.answer(assessment, base, texts, today=self.today())
            share = Action(f"ally:share:{code}:{on.isoformat()}:1", texts("Show to everyone"), "📣")
            mine = Action(f"ally:ask:{code}:{on.isoformat()}:1", texts("Only for me"), "🔒")
            return replace(answer, actions=(*answer.actions, share if private else mine))
        return replace(answer, actions=(*answer.actions, back))


def locale_for(interaction: discord.Interaction[Any], *, private: bool) -> str:
    """The reader's locale for what only they see; the server's for what everyone sees."""
    if not private and interaction.guild_locale is not None:
        return str(interaction.guild_locale.value)
    return str(interaction.locale.value)
