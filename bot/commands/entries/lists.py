"""/entry list, review, export and import: the commands for many entries at once."""

from __future__ import annotations

from typing import Literal, cast

import discord
from discord import app_commands

from bot.commands.entries.export import Export
from bot.commands.entries.imports import Imports
from bot.commands.entries.listing import EntryList
from bot.commands.entries.review import ReviewQueue
from bot.ui.autocomplete import Country, completes_countries
from bot.ui.interaction import Command, Interaction

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

    @entry.command(
        name="list",
        description="Find entries, e.g. /entry list country:belarus state:retired",
    )
    @app_commands.describe(
        search="Words in the entry",
        country="A name, code or flag",
        state="published, retired or any",
        author="Who made the newest change",
    )
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

    @entry.command(
        name="export",
        description="This server's entries as YAML in the base's own format",
    )
    @app_commands.describe(
        country="Only this one",
        merged="With the base's own facts, ready to be contributed (one country)",
    )
    async def export_(
        interaction: Interaction, country: Country | None = None, merged: bool = False
    ) -> None:
        await export.send(interaction, country, merged=merged)

    async def review(interaction: Interaction) -> None:
        await queue.open(interaction)

    async def import_(interaction: Interaction) -> None:
        await imports.begin(interaction)

    entry.command(name="review", description="Decide what members have proposed")(
        review
    )
    entry.command(
        name="import",
        description="Read entries from a YAML file; you see every change first",
    )(import_)
    replies = entries.editor.replies
    about_country = cast("list[Command]", [listing, export_])
    completes_countries(replies, about_country, "country")
