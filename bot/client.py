"""The Discord client: builds nothing, is handed everything."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
from discord import app_commands

from bot.commands import about, ally
from bot.ui.buttons import button_for
from bot.ui.desk import Desk, Library
from bot.ui.errors import apologise

log = logging.getLogger(__name__)

TOO_OLD = timedelta(seconds=2.8)
"""Discord gives three seconds for a first answer (/interactions/receiving-and-responding); the way takes some."""


class Tree(app_commands.CommandTree["Client"]):
    """Drops what is too old to answer, and turns every error into a reply."""

    async def interaction_check(self, interaction: discord.Interaction[Client], /) -> bool:
        """Whether there is still time to answer."""
        clock = self.client.clock
        if clock is None or clock() - interaction.created_at < TOO_OLD:
            return True
        self.client.dropped += 1
        log.warning("interaction %s dropped: too old to answer (%d so far)", interaction.id, self.client.dropped)
        return False

    async def on_error(self, interaction: discord.Interaction[Client], error: app_commands.AppCommandError, /) -> None:
        """Reply with a reference; autocomplete gets no reply, for it has no place for one."""
        if interaction.type is discord.InteractionType.autocomplete:
            log.error("autocomplete failed", exc_info=error)
            return
        await apologise(interaction, error)


class Client(discord.Client):
    """Ally on the gateway. It needs no privileged intent and no member or message cache."""

    def __init__(
        self, desk: Desk, *, guild: int | None = None, state: Path | None = None,
        reload: Callable[[], Library | None] | None = None, every: float = 0.0,
        clock: Callable[[], datetime] | None = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        super().__init__(
            intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(), max_messages=None, chunk_guilds_at_startup=False,
            activity=discord.CustomActivity("/ally country"),
        )  # fmt: skip
        self.desk, self.clock, self.dropped = desk, clock, 0
        self._guild = discord.Object(guild) if guild else None
        self._state, self._reload, self._every = state, reload, every
        self._watcher: asyncio.Task[None] | None = None
        self.tree = Tree(self)
        for command in (ally.command(desk), *about.commands(desk)):
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Register buttons and, if they changed, commands; begin to watch the base."""
        self.add_dynamic_items(button_for(self.desk))
        if self._guild:
            self.tree.copy_global_to(guild=self._guild)
        await self.sync_if_changed()
        if self._reload and self._every:
            self._watcher = asyncio.create_task(self._watch(self._reload))

    async def on_ready(self) -> None:
        """Say so in the log."""
        log.info("ready as %s in %d servers", self.user, len(self.guilds))

    async def sync_if_changed(self) -> bool:
        """Register the commands unless the same ones were registered last time; whether it did."""
        payload = [c.to_dict(self.tree) for c in self.tree.get_commands(guild=self._guild)]
        text = json.dumps(payload, sort_keys=True) + str(self.application_id) + str(self._guild)
        digest = hashlib.sha256(text.encode()).hexdigest()
        mark = self._state / "commands.sha256" if self._state else None
        if mark and mark.is_file() and mark.read_text(encoding="ascii").strip() == digest:
            log.info("commands unchanged, not registered again")
            return False
        await self.tree.sync(guild=self._guild)
        log.info("%d commands registered", len(payload))
        if mark:
            try:
                mark.parent.mkdir(parents=True, exist_ok=True)
                mark.write_text(digest + "\n", encoding="ascii")
            except OSError as error:
                log.warning("cannot remember the registered commands in %s: %s", mark, error.strerror)
        return True

    async def _watch(self, reload: Callable[[], Library | None]) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                fresh = await asyncio.to_thread(reload)
            except Exception:
                log.exception("the base could not be looked at; the old one goes on serving")
                continue
            if fresh is not None:
                self.desk.swap(fresh)
                log.info("base reloaded, revision %s", fresh.base.revision)

    async def close(self) -> None:
        """Stop watching, then close the connection."""
        if self._watcher:
            self._watcher.cancel()
        await super().close()
