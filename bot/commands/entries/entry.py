"""/entry: a server's moderators add, change, retire and undo entries."""

from __future__ import annotations

from typing import cast

import discord
from discord import app_commands

from bot.answers.entry_words import kind_name
from bot.commands.entries.editor import Editor
from bot.commands.entries.one_entry import Entries
from bot.commands.entries.task import Task
from bot.ui import limits
from bot.ui.autocomplete import Country, choice, completes_countries
from bot.ui.interaction import Choice, Command, Interaction
from bot.ui.permissions import moderates

Number = app_commands.Range[str, 1, 12]
Reason = app_commands.Range[str, 1, 300]
Alias = app_commands.Range[str, 1, 60]
RevisionNumber = app_commands.Range[int, 1, 100_000]

_COUNTRY = "A name, code or flag: belarus, BY, 🇧🇾"
_ENTRY = "Its number; choose from the list"


async def numbers(
    editor: Editor, interaction: Interaction, current: str
) -> list[Choice]:
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
    choices: list[Choice] = []
    for row in await editor.services.reader.index(guild):
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
    entry = app_commands.Group(
        name="entry",
        description="This server's own entries, e.g. /entry add country:belarus",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    about_countries = _add_commands_about_countries(entry, editor)
    completes_countries(editor.replies, about_countries, "country")
    _add_actor(entry, editor)
    about_entries = _add_commands_about_entries(entry, Entries(editor))

    async def complete(interaction: Interaction, current: str) -> list[Choice]:
        return await numbers(editor, interaction, current)

    for command in about_entries:
        command.autocomplete("entry")(complete)
    return entry


def _add_commands_about_countries(
    entry: app_commands.Group, editor: Editor
) -> list[Command]:
    @entry.command(
        name="add",
        description="Add a fact about a country, e.g. /entry add country:belarus",
    )
    @app_commands.describe(country=_COUNTRY)
    async def add(interaction: Interaction, country: Country) -> None:
        await editor.begin(interaction, "event", country)

    @entry.command(
        name="summary",
        description="Write this server's summary of a country, borne out by its facts",
    )
    @app_commands.describe(country=_COUNTRY)
    async def summary(interaction: Interaction, country: Country) -> None:
        await editor.begin(interaction, "summary", country)

    @entry.command(
        name="level",
        description="Set this server's own judgement beside the computed level",
    )
    @app_commands.describe(country=_COUNTRY)
    async def level(interaction: Interaction, country: Country) -> None:
        await editor.begin(interaction, "level", country)

    @entry.command(
        name="alias",
        description="Give a country another name, e.g. /entry alias country:BY "
        "name:Blue Ruthenia",
    )
    @app_commands.describe(country=_COUNTRY, name="What it is also called here")
    async def alias(interaction: Interaction, country: Country, name: Alias) -> None:
        await editor.begin(interaction, "alias", country, fields={"alias": name})

    return cast("list[Command]", [add, summary, level, alias])


def _add_actor(entry: app_commands.Group, editor: Editor) -> None:
    async def actor(interaction: Interaction) -> None:
        server = await editor.admitted(interaction)
        if server is not None:
            await editor.show_form(interaction, Task("add", "actor"), server)

    entry.command(
        name="actor",
        description="Add a country or actor that the base lacks, an invented one too",
    )(actor)


def _add_commands_about_entries(
    entry: app_commands.Group, entries: Entries
) -> list[Command]:
    @entry.command(
        name="edit", description="Change an entry, e.g. /entry edit entry:12"
    )
    @app_commands.describe(entry=_ENTRY)
    async def edit(interaction: Interaction, entry: Number) -> None:
        await entries.edit(interaction, entry)

    @entry.command(
        name="retire", description="Take an entry out of the answers; its history stays"
    )
    @app_commands.describe(entry=_ENTRY, reason="Why, e.g. the source was withdrawn")
    async def retire(interaction: Interaction, entry: Number, reason: Reason) -> None:
        await entries.retire(interaction, entry, reason)

    @entry.command(
        name="undo",
        description="Take a change back, e.g. /entry undo entry:12; it can be "
        "undone too",
    )
    @app_commands.describe(
        entry=_ENTRY,
        revision="Go back to before this revision (the newest if left out)",
    )
    async def undo(
        interaction: Interaction,
        entry: Number,
        revision: RevisionNumber | None = None,
    ) -> None:
        await entries.undo(interaction, entry, revision)

    @entry.command(
        name="history", description="Who changed an entry, when, from what to what"
    )
    @app_commands.describe(entry=_ENTRY)
    async def history(interaction: Interaction, entry: Number) -> None:
        await entries.history(interaction, entry, 1, again=False)

    return cast("list[Command]", [edit, retire, undo, history])
