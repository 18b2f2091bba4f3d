"""What moderators do with one entry: edit, retire, undo, and see who changed it."""

from __future__ import annotations

import re

from bot.answers import entries as pages
from bot.commands.entries.editor import Editor
from bot.entries.from_form import Finding, named, names_in
from bot.entries.records import Change, Entry, Verb, number_of
from bot.store.errors import MissingError, StoreError
from bot.ui.interaction import Interaction
from bot.ui.refusals import refuse, say
from bot.ui.render import prepare

HISTORY = r"history:(?P<number>\d{1,9}):(?P<page>\d{1,4})"


class Entries:
    """The commands' work, over one editor."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.services, self.replies = editor.services, editor.replies

    async def _asked_for(self, interaction: Interaction, entry: str) -> Entry | None:
        """The entry that was asked for, or None when the asker has been told why
        not.
        """
        server = await self.editor.admitted(interaction)
        if server is None:
            return None
        try:
            return await self.services.reader.entry(server.guild, number_of(entry))
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return None

    async def edit(self, interaction: Interaction, entry: str) -> None:
        """Open the entry's form."""
        row = await self._asked_for(interaction, entry)
        if row is not None:
            assert interaction.guild_id is not None
            server = await self.services.views.view(interaction.guild_id)
            if row.kind != "actor" and row.subject not in server.base.countries:
                await refuse(self.replies, interaction, MissingError(row.number))
                return
            await self.editor.edit(interaction, row, server)

    async def _make(
        self,
        interaction: Interaction,
        change: Change,
        verb: Verb,
        reason: str,
    ) -> None:
        """Write a change, and say what was done."""
        guild = interaction.guild_id
        assert guild is not None
        try:
            made = await self.services.writer.publish(
                guild, [change], author=interaction.user.id, verb=verb, reason=reason
            )
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        self.services.views.drop(guild)
        after = await self.services.views.view(guild)
        page = pages.published(made, after.base, self.editor.texts(interaction, after))
        await interaction.response.send_message(view=prepare(page), ephemeral=True)
        await self.editor.notices.audit(interaction.client, guild)

    async def retire(self, interaction: Interaction, entry: str, reason: str) -> None:
        """Take an entry out of the answers; its history stays."""
        row = await self._asked_for(interaction, entry)
        if row is None:
            return
        if row.state == "retired":
            texts = self.editor.texts(interaction)
            page = pages.already_retired(row, texts)
            await interaction.response.send_message(view=prepare(page), ephemeral=True)
            return
        change = Change(
            row.kind, row.subject, row.body, row.number, row.revision, "retired"
        )
        await self._make(interaction, change, "retire", " ".join(reason.split()))

    async def undo(
        self, interaction: Interaction, entry: str, revision: int | None
    ) -> None:
        """Go back to what the entry was before a revision, as a new revision."""
        row = await self._asked_for(interaction, entry)
        if row is None:
            return
        assert interaction.guild_id is not None
        try:
            rows = await self.services.reader.history(interaction.guild_id, row.number)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        latest = rows[-1]
        wanted = revision or latest.revision
        if not 1 <= wanted <= latest.revision:
            texts = self.editor.texts(interaction)
            await say(interaction, pages.no_revision(latest, wanted, texts))
            return
        if wanted > 1:
            before = rows[wanted - 2]
            body, state = before.body, before.state
        else:
            # Before its first revision an entry was not there: what undoes an addition
            # is retirement.
            body, state = rows[0].body, "retired"
        change = Change(row.kind, row.subject, body, row.number, latest.revision, state)
        texts = self.editor.texts(interaction)
        if taken := await self._taken(change, interaction.guild_id):
            await say(interaction, pages.findings(taken, texts))
            return
        await self._make(
            interaction, change, "undo", texts("back to before revision {n}", n=wanted)
        )

    async def _taken(self, change: Change, guild: int) -> list[Finding]:
        """Which names that a change brings back mean somebody else by now."""
        if change.state != "published":
            return []
        names = names_in(change)
        if not names:
            return []
        server = await self.services.views.view(guild)
        known = server.names.exact
        return [
            each
            for field, name in names
            for each in named(name, field, change.subject, known)
        ]

    async def history(
        self,
        interaction: Interaction,
        entry: str,
        page: int,
        *,
        again: bool,
    ) -> None:
        """Show who did what to an entry."""
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        try:
            rows = await self.services.reader.history(server.guild, number_of(entry))
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        view = prepare(
            pages.history(
                rows, server.base, self.editor.texts(interaction, server), page=page
            )
        )
        if again:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)

    async def turned(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Another page of a history."""
        await self.history(interaction, match["number"], int(match["page"]), again=True)
