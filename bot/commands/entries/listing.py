"""/entry list: finding entries, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.answers import entries as pages
from bot.answers.entry_words import in_a_list
from bot.commands.entries.draft_message import SEARCH, fields_in, page_of
from bot.commands.entries.editor import Editor
from bot.entries.records import Entry, headline
from bot.knowledge.values import CODE
from bot.names.choose import select_actor
from bot.names.index import fold
from bot.store.errors import StoreError
from bot.ui.interaction import Interaction
from bot.ui.refusals import refuse
from bot.ui.render import prepare

LIST = (
    r"entries:(?P<page>\d{1,4}):(?P<state>published|retired|any)"
    r":(?P<code>[A-Za-z0-9-]{0,40}):(?P<author>\d{1,20})"
)
_NOBODY = "-"
"""Stands for the code of an actor that does not exist: no entry is about it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries are wanted; an empty text or 0 lets everything through."""

    state: str = "published"
    """published, retired or any."""
    code: str = ""
    author: int = 0
    search: str = ""

    def fitting(
        self, entries: Iterable[Entry], shown: Callable[[Entry], str]
    ) -> list[Entry]:
        """The entries that fit, in their order; ``shown`` gives the line on which the
        list shows one.
        """
        return [entry for entry in entries if self._fits(entry, shown)]

    def _fits(self, entry: Entry, shown: Callable[[Entry], str]) -> bool:
        if self.state not in {"any", entry.state}:
            return False
        if self.code and entry.subject != self.code:
            return False
        if self.author and entry.author != self.author:
            return False
        line = headline(entry)
        # The beginning and the end of a long line; what stands between is not seen.
        if self._found(line[:100]) or self._found(line[-100:]):
            return True
        # As it is shown it has its day in the reader's form.
        return bool(self.search) and self._found(shown(entry))

    def _found(self, text: str) -> bool:
        """Whether the search stands in a text, in any spelling; an emoji has one."""
        if wanted := fold(self.search):
            return wanted in fold(text)
        return self.search in text


class EntryList:
    """The list and its pages, over one editor."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor

    async def open(
        self,
        interaction: Interaction,
        *,
        search: str,
        country: str,
        state: str,
        author: int,
    ) -> None:
        """Show the first page of the entries that fit what was typed."""
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        code = ""
        if country:
            texts = self.editor.texts(interaction, server)
            # An actor whose own entry is retired is known by its code alone.
            typed = country if re.fullmatch(CODE, country) else _NOBODY
            code = select_actor(country, server.names, texts.locale).key or typed
        filters = Filters(state, code, author, search)
        await self._show(interaction, filters, page=1, again=False)

    async def turned(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Another page of the list; what was searched for stands in the message."""
        if await self.editor.admitted(interaction) is None:
            return
        search = fields_in(interaction.message, SEARCH).get("search", "")
        filters = Filters(match["state"], match["code"], int(match["author"]), search)
        await self._show(interaction, filters, page=int(match["page"]), again=True)

    async def _show(
        self, interaction: Interaction, filters: Filters, *, page: int, again: bool
    ) -> None:
        assert interaction.guild_id is not None
        server = await self.editor.services.views.view(interaction.guild_id)
        try:
            rows = await self.editor.services.reader.all_entries(server.guild)
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)
            return
        base, texts = server.base, self.editor.texts(interaction, server)

        def shown(entry: Entry) -> str:
            return in_a_list(entry, base, texts)

        answer = pages.listing(
            filters.fitting(reversed(rows), shown),
            base,
            texts,
            page=page,
            code=filters.code,
            state=filters.state,
            author=filters.author,
        )
        view = prepare(answer)
        if filters.search:
            typed = {"search": filters.search}
            view = page_of(answer, typed, answer.actions, SEARCH)
        if again:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)
