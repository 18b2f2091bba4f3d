"""/entry: a server's moderators add, change, retire and undo entries."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.answers.entry_words import kind_name
from bot.commands.command_texts import CommandTexts
from bot.commands.entries.editor import Editor
from bot.commands.entries.one_entry import Entries
from bot.commands.entries.task import Task
from bot.store.errors import StoreError
from bot.ui import limits
from bot.ui.autocomplete import Country, choice, completes_countries
from bot.ui.interaction import Choice, Command, Interaction
from bot.ui.permissions import moderates

Number = app_commands.Range[str, 1, 12]
Reason = app_commands.Range[str, 1, 300]
Alias = app_commands.Range[str, 1, 60]
RevisionNumber = app_commands.Range[int, 1, 100_000]


async def numbers(
    editor: Editor, interaction: Interaction, current: str
) -> list[Choice]:
    """Autocomplete for an entry of this server; nobody but its moderators is offered
    any, and nobody while the database is away: the command says so.
    """
    guild = interaction.guild_id
    if guild is None:
        return []
    server = await editor.services.views.view(guild)
    if not moderates(interaction, server.preferences):
        return []
    try:
        rows = await editor.services.reader.index(guild)
    except StoreError:
        return []
    texts = editor.texts(interaction, server)
    wanted = current.casefold().lstrip("#").strip()
    choices: list[Choice] = []
    for row in rows:
        state = f" · {texts('retired')}" if row.state == "retired" else ""
        about = f" {row.key.replace('-', ' ')}" if row.key else ""
        words = (
            f"#{row.number} {texts.name(row.subject)} · "
            f"{kind_name(row.kind, texts)}{about}{state}"
        )
        if wanted in words.casefold():
            choices.append(choice(words, str(row.number)))
        if len(choices) == limits.CHOICES:
            break
    return choices


def group(editor: Editor) -> app_commands.Group:
    """The command group with everything that concerns one entry; the lists add the
    rest.
    """
    texts = CommandTexts.of(editor.replies)
    entry = texts.group(
        "entry",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    about_countries = _add_commands_about_countries(entry, editor, texts)
    completes_countries(editor.replies, about_countries, "country")
    _add_actor(entry, editor, texts)
    about_entries = _add_commands_about_entries(entry, Entries(editor), texts)

    async def complete(interaction: Interaction, current: str) -> list[Choice]:
        return await numbers(editor, interaction, current)

    for command in about_entries:
        command.autocomplete("entry")(complete)
    return entry


def _add_commands_about_countries(
    entry: app_commands.Group, editor: Editor, texts: CommandTexts
) -> list[Command]:
    @texts.command("entry.add", entry)
    async def add(interaction: Interaction, country: Country) -> None:
        await editor.begin(interaction, "event", country)

    @texts.command("entry.summary", entry)
    async def summary(interaction: Interaction, country: Country) -> None:
        await editor.begin(interaction, "summary", country)

    @texts.command("entry.level", entry)
    async def level(interaction: Interaction, country: Country) -> None:
        await editor.begin(interaction, "level", country)

    @texts.command("entry.alias", entry)
    async def alias(interaction: Interaction, country: Country, name: Alias) -> None:
        await editor.begin(interaction, "alias", country, fields={"alias": name})

    return [add, summary, level, alias]


def _add_actor(entry: app_commands.Group, editor: Editor, texts: CommandTexts) -> None:
    @texts.command("entry.actor", entry)
    async def actor(interaction: Interaction) -> None:
        server = await editor.admitted(interaction)
        if server is not None:
            await editor.show_form(interaction, Task("add", "actor"), server)


def _add_commands_about_entries(
    entry: app_commands.Group, entries: Entries, texts: CommandTexts
) -> list[Command]:
    @texts.command("entry.edit", entry)
    async def edit(interaction: Interaction, entry: Number) -> None:
        await entries.edit(interaction, entry)

    @texts.command("entry.retire", entry)
    async def retire(interaction: Interaction, entry: Number, reason: Reason) -> None:
        await entries.retire(interaction, entry, reason)

    @texts.command("entry.undo", entry)
    async def undo(
        interaction: Interaction,
        entry: Number,
        revision: RevisionNumber | None = None,
    ) -> None:
        await entries.undo(interaction, entry, revision)

    @texts.command("entry.history", entry)
    async def history(interaction: Interaction, entry: Number) -> None:
        await entries.history(interaction, entry, 1, again=False)

    return [edit, retire, undo, history]
