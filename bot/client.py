"""The Discord client: builds nothing, is handed everything."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import aiohttp
import discord
from discord import app_commands
from discord.http import Route

from bot.commands import about, ally, explore
from bot.commands.servers import Servers
from bot.guilds.office import Office
from bot.knowledge.facts import Base
from bot.knowledge.names import Names
from bot.meters import Meters
from bot.settings import Shards
from bot.ui import buttons
from bot.ui.desk import Desk
from bot.ui.errors import apologise
from bot.ui.explorer import Explorer
from bot.ui.gallery import Gallery
from bot.ui.routes import FormRoutes, button_route
from bot.ui.shortcut import Shortcut
from bot.ui.standing import Pace

log = logging.getLogger(__name__)

TOO_OLD = timedelta(seconds=2.8)
"""Discord gives three seconds for a first answer (/interactions/receiving-and-responding); the way takes some."""
PURGE_SECONDS = 86_400.0


ALONE = Shards((0,), 1)
"""One shard that serves every server."""


class Tree(app_commands.CommandTree["Client"]):
    """Drops what is too old to answer, turns every error into a reply, and measures both."""

    async def _call(self, interaction: discord.Interaction[Client]) -> None:
        begun = time.perf_counter()
        await super()._call(interaction)
        meters, seconds = self.client.meters, time.perf_counter() - begun
        if interaction.type is discord.InteractionType.autocomplete:
            meters.autocomplete.observe(seconds)
        elif interaction.command is not None:
            outcome = "error" if interaction.command_failed else "ok"
            meters.answered(interaction.command.qualified_name, outcome, seconds)

    async def interaction_check(self, interaction: discord.Interaction[Client], /) -> bool:
        """Whether there is still time to answer."""
        clock = self.client.clock
        if clock is None or clock() - interaction.created_at < TOO_OLD:
            return True
        self.client.dropped += 1
        self.client.meters.dropped.inc()
        log.warning("interaction %s dropped: too old to answer (%d so far)", interaction.id, self.client.dropped)
        return False

    async def on_error(self, interaction: discord.Interaction[Client], error: app_commands.AppCommandError, /) -> None:
        """Reply with a reference; autocomplete gets no reply, for it has no place for one."""
        if interaction.type is discord.InteractionType.autocomplete:
            log.error("autocomplete failed", exc_info=error)
            return
        await apologise(interaction, error)


class Client(discord.AutoShardedClient):
    """Ally on the gateway. It needs no privileged intent and no member or message cache.

    ``shards`` are this process's; None asks Discord how many there should be, and serves them all. Without an
    ``office`` it answers from the base alone and has no commands for servers' own entries.
    """

    def __init__(
        self, desk: Desk, office: Office | None = None, *, gallery: Gallery | None = None, meters: Meters | None = None,
        guild: int | None = None, state: Path | None = None,
        reload: Callable[[], tuple[Base, Names] | None] | None = None, every: float = 0.0,
        clock: Callable[[], datetime] | None = lambda: datetime.now(UTC), shards: Shards | None = ALONE,
    ) -> None:  # fmt: skip
        sharding: Any = {}
        if shards is not None:
            sharding = {"shard_ids": list(shards.numbers), "shard_count": shards.total}
        super().__init__(
            **sharding,
            intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(), max_messages=None, chunk_guilds_at_startup=False,
            activity=discord.CustomActivity("/ally country"),
        )  # fmt: skip
        self.desk, self.office, self.clock, self.dropped = desk, office, clock, 0
        self._guild = discord.Object(guild) if guild else None
        self._state, self._reload, self._every = state, reload, every
        self._tasks: set[asyncio.Task[None]] = set()
        self._servers = Servers(office, desk) if office else None
        self._gallery, self.meters = gallery or Gallery(), meters or Meters()
        more, self._more, forms = explore.commands(Explorer(desk, self._gallery))
        self._forms = FormRoutes({**forms, **(self._servers.forms if self._servers else {})})
        self.tree = Tree(self)
        for command in (ally.command(desk, Pace()), *about.commands(desk)):
            self.tree.add_command(command)
        for command in (*more, *(self._servers.commands if self._servers else ())):
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Register buttons and, if they changed, commands; begin to watch the base."""

        async def press(interaction: discord.Interaction[Any], match: Any) -> None:
            await buttons.press(self.desk, interaction, match)

        routes = {buttons.TEMPLATE: press, **self._more, **(self._servers.buttons if self._servers else {})}
        self.add_dynamic_items(*(button_route(template, handle) for template, handle in routes.items()))
        if self._guild:
            self.tree.copy_global_to(guild=self._guild)
        await self.sync_if_changed()
        if self._reload and self._every:
            self._start(self._watch(self._reload))

    def _start(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def on_ready(self) -> None:
        """Say so in the log; then set right what happened to servers while the bot was away."""
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        if self._servers and not any(task.get_name() == "keep house" for task in self._tasks):
            self._start(self._keep_house(self._servers))

    async def _keep_house(self, servers: Servers) -> None:
        current = asyncio.current_task()
        if current:
            current.set_name("keep house")
        while True:
            mine = Shards(tuple(self.shards) or (0,), self.shard_count or 1)
            await servers.keep_house(self, [guild.id for guild in self.guilds], mine)
            await asyncio.sleep(PURGE_SECONDS)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server took Ally in (again)."""
        if self._servers:
            await self._servers.joined(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """A server put Ally out: its data is purged 30 days from now."""
        if self._servers:
            await self._servers.left(guild.id)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms are read here, for discord.py would know only those that this very process has opened."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self._forms.submitted(interaction)

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

    async def _watch(self, reload: Callable[[], tuple[Base, Names] | None]) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                fresh = await asyncio.to_thread(reload)
            except Exception:
                log.exception("the base could not be looked at; the old one goes on serving")
                continue
            if fresh is not None:
                self.desk.swap(*fresh)
                log.info("base reloaded, revision %s", fresh[0].revision)

    def take_shortcut(self, shortcut: Shortcut) -> None:
        """Answer plain /ally payloads without discord.py's objects; call it once logged in.

        Replaces one of the parsers that discord.py hands gateway events to; a test goes through it.
        """
        parsers = cast("dict[str, Any]", self._connection.parsers)
        long_way = parsers["INTERACTION_CREATE"]

        def parse(payload: dict[str, Any]) -> None:
            begun = time.perf_counter()
            created = discord.utils.snowflake_time(int(payload["id"]))
            body = None
            if self.clock is None or self.clock() - created < TOO_OLD:
                body = shortcut.reply(payload)
            if body is None:
                long_way(payload)
            else:
                self._start(self._post(payload, body, begun))

        parsers["INTERACTION_CREATE"] = parse

    async def _post(self, payload: dict[str, Any], body: bytes, begun: float) -> None:
        """Send a finished first reply; what Discord fails at is tried again while somebody still waits."""
        session = cast("aiohttp.ClientSession", self.http._HTTPClient__session)  # type: ignore[attr-defined]
        url = f"{Route.BASE}/interactions/{payload['id']}/{payload['token']}/callback"
        headers = {"Content-Type": "application/json", "User-Agent": self.http.user_agent}
        status = 0
        for pause in (0.15, 0.4, None):
            try:
                async with session.post(url, data=body, headers=headers, proxy=self.http.proxy) as response:
                    await response.read()
                    status = response.status
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("interaction %s could not be sent: %s", payload["id"], type(error).__name__)
                status = 0
            if 200 <= status < 300:
                self.meters.answered("ally", "ok", time.perf_counter() - begun)
                return
            if status:
                self.meters.rest_error(status)
            if pause is None or (status and status != 429 and status < 500):
                break
            await asyncio.sleep(pause)
        self.meters.answered("ally", "error", time.perf_counter() - begun)
        log.warning("interaction %s was not answered: status %d", payload["id"], status)

    async def close(self) -> None:
        """Stop watching, then close the connection."""
        for task in tuple(self._tasks):
            task.cancel()
        self._gallery.close()
        await super().close()
