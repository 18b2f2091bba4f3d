"""Everything about servers' own entries in one place: commands, buttons and forms, and
keeping house.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from functools import partial

import discord
from discord import app_commands

from bot.commands.entries import (
    entry,
    listing,
    lists,
    one_entry,
    privacy,
    review,
    settings,
    suggest,
    task,
)
from bot.commands.entries.editor import Editor
from bot.commands.entries.export import Export
from bot.commands.entries.imports import IMPORT, UPLOAD, Imports
from bot.commands.entries.listing import EntryList
from bot.commands.entries.notices import Notices
from bot.commands.entries.review import ReviewQueue
from bot.commands.entries.welcome import Welcomes
from bot.runtime.page_reader import PageReader
from bot.runtime.settings import Shards
from bot.store.errors import StoreError
from bot.store.services import Services
from bot.ui.interaction import Command
from bot.ui.replies import ReplyCache
from bot.ui.routes import Handler

log = logging.getLogger(__name__)


class EntryFeature:
    """What the client registers, over the services of one store."""

    def __init__(
        self,
        services: Services,
        replies: ReplyCache,
        pages: PageReader | None = None,
    ) -> None:
        self.services = services
        self.notices = Notices(services, replies)
        self._welcomes = Welcomes(services.membership, replies)
        editor = Editor(services, replies, self.notices, pages)
        queue, entries = ReviewQueue(editor), EntryList(editor)
        imports, about = (
            Imports(editor),
            privacy.Privacy(services, replies, self.notices),
        )
        preferences = settings.ServerSettings(editor)
        group = entry.group(editor)
        lists.add_to(
            group,
            entries=entries,
            queue=queue,
            export=Export(editor),
            imports=imports,
        )
        self.commands: tuple[
            Command | app_commands.Group | app_commands.ContextMenu, ...
        ]
        self.commands = (
            group,
            *suggest.commands(editor),
            preferences.command(),
            privacy.command(about),
        )
        self.buttons: Mapping[str, Handler] = {
            task.DRAFT: editor.pressed,
            review.REVIEW: queue.pressed,
            review.TELL: queue.tell,
            listing.LIST: entries.turned,
            one_entry.HISTORY: one_entry.Entries(editor).turned,
            IMPORT: imports.pressed,
            privacy.PRIVACY: about.pressed,
            settings.SETTINGS: preferences.pressed,
            suggest.SUGGEST: partial(suggest.pressed, editor),
        }
        self.forms: Mapping[str, Handler] = {
            task.FORM: editor.submitted,
            review.REJECT: queue.rejected,
            UPLOAD: imports.uploaded,
        }

    async def joined(self, guild: int) -> None:
        """A server took Ally in (again)."""
        try:
            await self.services.membership.joined(guild)
        except StoreError as error:
            log.warning(
                "that server %d is back was not kept: %s", guild, type(error).__name__
            )

    async def welcome(self, guild: discord.Guild) -> None:
        """Greet a server that has just added Ally, once."""
        try:
            await self._welcomes.greet(guild)
        except StoreError as error:
            log.warning("server %d was not greeted: %s", guild.id, type(error).__name__)

    async def left(self, guild: int) -> None:
        """A server put Ally out."""
        self.services.views.drop(guild)
        try:
            await self.services.membership.left(guild)
        except StoreError as error:
            # The next start compares the servers again.
            log.warning(
                "that server %d left was not kept: %s", guild, type(error).__name__
            )

    async def keep_house(
        self, client: discord.Client, present: Iterable[int], shards: Shards
    ) -> None:
        """Once a day: compare the servers, purge what is due, post what was not
        posted.
        """
        try:
            await self.services.membership.compare(
                present, numbers=shards.numbers, count=shards.total
            )
            gone = await self.services.membership.purge()
            await self.services.privacy.drop_old_tags()
            await self.services.quiz.drop_old()
            await self.services.polls.drop_old()
            await self.services.deliveries.drop_old()
            await self.services.outbox.drop_old()
            waiting = await self.services.outbox.guilds()
        except StoreError as error:
            log.warning("keeping house has to wait: %s", type(error).__name__)
            return
        for guild in gone:
            self.services.views.drop(guild)
            log.info(
                "the data of server %d was purged, 30 days after Ally left it", guild
            )
        here = set(present)
        for guild in waiting:
            if guild in here:
                await self.notices.audit(client, guild)
