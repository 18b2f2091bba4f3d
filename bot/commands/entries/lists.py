"""/entry list, review, export and import: the commands for many entries at once."""

from __future__ import annotations

from typing import Literal

import discord
from discord import app_commands

from bot.commands.command_texts import CommandTexts
from bot.commands.entries.export import Export
from bot.commands.entries.imports import Imports
from bot.commands.entries.listing import EntryList
from bot.commands.entries.review import ReviewQueue
from bot.ui.autocomplete import Country, completes_countries
from bot.ui.interaction import Interaction

Search = app_commands.Range[str, 1, 20]


def add_to(
    entry: app_commands.Group,
    *,
    entries: EntryList,
    queue: ReviewQueue,
    export: Export,
    imports: Imports,
) -> None:
    """Add the commands to the group."""
    texts = CommandTexts.of(entries.editor.replies)

    @texts.command("entry.list", entry)
    async def listing(
        interaction: Interaction,
        search: Search | None = None,
        country: Country | None = None,
        state: Literal["published", "retired", "any"] = "published",
        author: discord.User | None = None,
    ) -> None:
        await entries.open(
            interaction,
            search=search or "",
            country=country or "",
            state=state,
            author=author.id if author else 0,
        )

    @texts.command("entry.export", entry)
    async def export_(
        interaction: Interaction, country: Country | None = None, merged: bool = False
    ) -> None:
        await export.send(interaction, country, merged=merged)

    @texts.command("entry.review", entry)
    async def review(interaction: Interaction) -> None:
        await queue.open(interaction)

    @texts.command("entry.import", entry)
    async def import_(interaction: Interaction) -> None:
        await imports.begin(interaction)

    replies = entries.editor.replies
    completes_countries(replies, [listing, export_], "country")
