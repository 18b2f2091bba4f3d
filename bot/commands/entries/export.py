"""/entry export: a server's entries as a file of the base's own format."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.answers.document import Answer
from bot.answers.entries import all_entries
from bot.commands.entries.editor import Editor
from bot.entries.overlay import exported, replacement
from bot.entries.records import Entry
from bot.names.choose import select_actor
from bot.store.errors import StoreError
from bot.ui.files import TextFile, with_files
from bot.ui.interaction import Interaction
from bot.ui.refusals import refuse, say


class Export:
    """Writes files for one editor's servers."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor

    async def send(
        self, interaction: Interaction, country: str | None, *, merged: bool
    ) -> None:
        """Give the server's entries, all or those about one country; ``merged`` puts
        the base's own facts about it with them.
        """
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        texts = self.editor.texts(interaction, server)
        try:
            rows = await self.editor.services.reader.all_entries(server.guild)
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)
            return
        codes = sorted(server.base.added)
        nothing = texts("This server has no entries to export.")
        if country:
            chosen = select_actor(country, server.names, texts.locale).key
            codes = [code for code in codes if code == chosen]
            nothing = texts("This server has no entries about that country.")
        if not codes:
            ways = (all_entries(texts),)
            page = Answer.plain(texts("Nothing to export"), nothing, actions=ways)
            await say(interaction, page)
            return
        whole = merged and len(codes) == 1
        file = await self._file(codes, rows, whole=whole)
        about = texts("This server's own entries. /entry import reads the file back.")
        if whole:
            about = texts("Ally's own facts and this server's, in one file.")
        view, files = with_files(Answer.plain(texts("Export"), about), [file])
        await interaction.response.send_message(view=view, files=files, ephemeral=True)

    async def _file(
        self,
        codes: list[str],
        rows: Sequence[Entry],
        *,
        whole: bool,
    ) -> TextFile:
        base, today = self.editor.replies.base, self.editor.replies.today()
        name = f"{codes[0].casefold()}.yaml" if len(codes) == 1 else "entries.yaml"
        if whole:
            return TextFile(name, replacement(codes[0], base, rows, today))
        # Off the loop: a thousand entries take a while, and nobody else should wait.
        text = await asyncio.to_thread(exported, codes, base, rows, today)
        return TextFile(name, text)
