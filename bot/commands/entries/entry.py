"""/entry: a server's moderators add, change, retire and undo entries."""

from __future__ import annotations

from typing import Any, cast

import discord
from discord import app_commands

from bot.answers import entries as pages
from bot.answers.entry_words import kind_name
from bot.commands.entries.editor import Editor, Task
from bot.entries.records import Change, Entry, Revision, Verb
from bot.names.index import babel_locale, flag
from bot.store.errors import MissingError, StoreError
from bot.ui import limits
from bot.ui.permissions import moderates
from bot.ui.refusals import refuse
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

Country = app_commands.Range[str, 1, 100]
Number = app_commands.Range[str, 1, 12]
Reason = app_commands.Range[str, 1, 300]


async def countries(
    replies: ReplyCache, interaction: discord.Interaction[Any], current: str
) -> list[app_commands.Choice[str]]:
    """Autocomplete for a country: the base's and this server's own, and no other
    server's.
    """
    server = await replies.views.view(interaction.guild_id)
    locale = babel_locale(str(interaction.locale.value))
    found = server.names.suggest(current, locale)[: limits.CHOICES]
    return [
        app_commands.Choice(
            name=limits.cut(
                f"{flag(code)} {server.names.display(code, locale)}".strip(),
                limits.CHOICE_NAME,
            ),
            value=code,
        )
        for code in found
    ]


async def numbers(
    editor: Editor, interaction: discord.Interaction[Any], current: str
) -> list[app_commands.Choice[str]]:
    """Autocomplete for an entry of this server; nobody but its moderators is offered
    any.
    """
    guild = interaction.guild_id
    if guild is None:
        return []
    server = await editor.services.views.view(guild)
    if not moderates(interaction, server.preferences):
        return []
    texts = editor.texts(interaction, server)
    wanted = current.casefold().lstrip("#").strip()
    found: list[app_commands.Choice[str]] = []
    for row in await editor.services.reader.index(guild):
        state = f" · {texts('retired')}" if row.state == "retired" else ""
        about = f" {row.key.replace('-', ' ')}" if row.key else ""
        name = (
            f"#{row.number} {texts.name(row.subject)} · "
            f"{kind_name(row.kind, texts)}{about}{state}"
        )
        if wanted in name.casefold():
            found.append(
                app_commands.Choice(
                    name=limits.cut(name, limits.CHOICE_NAME), value=str(row.number)
                )
            )
        if len(found) == limits.CHOICES:
            break
    return found


def number_of(text: str) -> int:
    """An entry's number as it was typed or chosen; 0 if it is none."""
    digits = text.strip().lstrip("#").strip()
    return int(digits) if digits.isascii() and digits.isdigit() else 0


class Entries:
    """The commands' work, over one editor."""

    def __init__(self, editor: Editor) -> None:
        self.editor, self.services, self.replies = (
            editor,
            editor.services,
            editor.replies,
        )

    async def found(
        self, interaction: discord.Interaction[Any], entry: str
    ) -> Entry | None:
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

    async def edit(self, interaction: discord.Interaction[Any], entry: str) -> None:
        """Open the entry's form."""
        row = await self.found(interaction, entry)
        if row is not None:
            assert interaction.guild_id is not None
            server = await self.services.views.view(interaction.guild_id)
            if row.kind != "actor" and row.subject not in server.base.countries:
                await refuse(self.replies, interaction, MissingError(row.number))
                return
            await self.editor.edit(interaction, row, server)

    async def _make(
        self,
        interaction: discord.Interaction[Any],
        change: Change,
        verb: Verb,
        reason: str,
    ) -> list[Revision] | None:
        guild = interaction.guild_id
        assert guild is not None
        try:
            made = await self.services.writer.publish(
                guild, [change], author=interaction.user.id, verb=verb, reason=reason
            )
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return None
        self.services.views.drop(guild)
        after = await self.services.views.view(guild)
        page = pages.published(made, after.base, self.editor.texts(interaction, after))
        await interaction.response.send_message(view=prepare(page), ephemeral=True)
        await self.editor.notices.audit(interaction.client, guild)
        return made

    async def retire(
        self, interaction: discord.Interaction[Any], entry: str, reason: str
    ) -> None:
        """Take an entry out of the answers; its history stays."""
        row = await self.found(interaction, entry)
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
        self, interaction: discord.Interaction[Any], entry: str, revision: int | None
    ) -> None:
        """Go back to what the entry was before a revision, as a new revision."""
        row = await self.found(interaction, entry)
        if row is None:
            return
        assert interaction.guild_id is not None
        try:
            rows = await self.services.reader.history(interaction.guild_id, row.number)
            latest, wanted = rows[-1], revision or rows[-1].revision
            if not 1 <= wanted <= latest.revision:
                raise MissingError(row.number)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        # Before its first revision an entry was not there: what undoes an addition is
        # retirement.
        before = rows[wanted - 2] if wanted > 1 else None
        body, state = (
            (before.body, before.state) if before else (rows[0].body, "retired")
        )
        change = Change(row.kind, row.subject, body, row.number, latest.revision, state)
        texts = self.editor.texts(interaction)
        await self._make(
            interaction, change, "undo", texts("back to before revision {n}", n=wanted)
        )

    async def history(
        self,
        interaction: discord.Interaction[Any],
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


def group(editor: Editor) -> app_commands.Group:
    """The command group with everything that concerns one entry; ``entry_lists`` adds
    the rest.
    """
    work = Entries(editor)
    entry = app_commands.Group(
        name="entry",
        description="This server's own entries, e.g. /entry add country:belarus",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    @entry.command(
        name="add",
        description="Add a fact about a country, e.g. /entry add country:belarus",
    )
    @app_commands.describe(country="A name, code or flag: belarus, BY, 🇧🇾")
    async def add(interaction: discord.Interaction[Any], country: Country) -> None:
        await editor.begin(interaction, "event", country)

    @entry.command(
        name="edit", description="Change an entry, e.g. /entry edit entry:12"
    )
    @app_commands.describe(entry="Its number; choose from the list")
    async def edit(interaction: discord.Interaction[Any], entry: Number) -> None:
        await work.edit(interaction, entry)

    @entry.command(
        name="retire", description="Take an entry out of the answers; its history stays"
    )
    @app_commands.describe(
        entry="Its number; choose from the list",
        reason="Why, e.g. the source was withdrawn",
    )
    async def retire(
        interaction: discord.Interaction[Any], entry: Number, reason: Reason
    ) -> None:
        await work.retire(interaction, entry, reason)

    @entry.command(
        name="undo",
        description="Take a change back, e.g. /entry undo entry:12; it can be "
        "undone too",
    )
    @app_commands.describe(
        entry="Its number; choose from the list",
        revision="Go back to before this revision (the newest if left out)",
    )
    async def undo(
        interaction: discord.Interaction[Any],
        entry: Number,
        revision: app_commands.Range[int, 1, 100_000] | None = None,
    ) -> None:
        await work.undo(interaction, entry, revision)

    @entry.command(
        name="history", description="Who changed an entry, when, from what to what"
    )
    @app_commands.describe(entry="Its number; choose from the list")
    async def history(interaction: discord.Interaction[Any], entry: Number) -> None:
        await work.history(interaction, entry, 1, again=False)

    @entry.command(
        name="summary",
        description="Write this server's summary of a country, borne out by its facts",
    )
    @app_commands.describe(country="A name, code or flag: belarus, BY, 🇧🇾")
    async def summary(interaction: discord.Interaction[Any], country: Country) -> None:
        await editor.begin(interaction, "summary", country)

    @entry.command(
        name="level",
        description="Set this server's own judgement beside the computed level",
    )
    @app_commands.describe(country="A name, code or flag: belarus, BY, 🇧🇾")
    async def level(interaction: discord.Interaction[Any], country: Country) -> None:
        await editor.begin(interaction, "level", country)

    @entry.command(
        name="alias",
        description="Give a country another name, e.g. /entry alias country:BY "
        "name:Blue Ruthenia",
    )
    @app_commands.describe(
        country="A name, code or flag: belarus, BY, 🇧🇾",
        name="What it is also called here",
    )
    async def alias(
        interaction: discord.Interaction[Any],
        country: Country,
        name: app_commands.Range[str, 1, 60],
    ) -> None:
        await editor.begin(interaction, "alias", country, fields={"alias": name})

    @entry.command(
        name="actor",
        description="Add a country or actor that the base lacks, an invented one too",
    )
    async def actor(interaction: discord.Interaction[Any]) -> None:
        server = await editor.admitted(interaction)
        if server is not None:
            await editor.show_form(interaction, Task("add", "actor"), server)

    async def complete_country(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await countries(editor.replies, interaction, current)

    async def complete_entry(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await numbers(editor, interaction, current)

    about_country = cast(
        "list[app_commands.Command[Any, ..., None]]", [add, summary, level, alias]
    )
    for each in about_country:
        each.autocomplete("country")(complete_country)
    about_entry = cast(
        "list[app_commands.Command[Any, ..., None]]", [edit, retire, undo, history]
    )
    for each in about_entry:
        each.autocomplete("entry")(complete_entry)
    del actor
    return entry
