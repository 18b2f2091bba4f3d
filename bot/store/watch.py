"""What other processes change is noticed here, and whether the database is away."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Protocol, cast

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import CHANNEL, EVERY, Store
from bot.store.errors import StoreAwayError
from bot.store.tables import guilds
from bot.store.views import READ_SECONDS, ServerViews

log = logging.getLogger(__name__)

WATCH_SECONDS = 0.5
"""How often the database is looked at."""


class _Listening(Protocol):
    """What asyncpg's connection (its API reference, Connection) has for notices; it
    comes without types.
    """

    def add_listener(
        self, channel: str, callback: Callable[[object, int, str, str], None]
    ) -> Awaitable[None]: ...

    def remove_listener(
        self, channel: str, callback: Callable[[object, int, str, str], None]
    ) -> Awaitable[None]: ...

    def fetchval(self, query: str) -> Awaitable[object]: ...


_Revisions = Mapping[int, int]


async def _revisions(connection: AsyncConnection) -> _Revisions:
    """The revision of each server that has ever changed anything."""
    asked = select(guilds.c.guild_id, guilds.c.revision).where(guilds.c.revision > 0)
    rows = await connection.execute(asked)
    return {row.guild_id: row.revision for row in rows}


def _differing(before: _Revisions, now: _Revisions) -> set[int]:
    """The servers whose revision is another one, those that came or went too."""
    return {guild for guild, _ in before.items() ^ now.items()}


async def _commits(connection: AsyncConnection) -> int:
    """A number of SQLite's that is another one once another connection has changed
    anything (its documentation, PRAGMA data_version).
    """
    return (await connection.execute(text("PRAGMA data_version"))).scalar_one()


class Watch:
    """Notices what other processes change, and whether the database can be reached."""

    def __init__(
        self, store: Store, views: ServerViews, *, every: float = WATCH_SECONDS
    ) -> None:
        self._store, self._views, self._every = store, views, every
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch in the running loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop watching."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                async with self._connected() as connection:
                    await self._listen(connection)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever ails the database, the next round may find it well
                self._is_away(type(error).__name__)
            await asyncio.sleep(self._every)

    def _is_away(self, why: str) -> None:
        if not self._views.away:
            log.error(
                "the database cannot be reached (%s); answering from the base alone",
                why,
            )
        self._views.away = True

    def _is_back(self) -> None:
        if self._views.away:
            log.info("the database can be reached again")
        self._views.away = False
        self._views.doubt()

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncGenerator[AsyncConnection]:
        if not self._store.ready or self._store.misplaced():
            async with self._store.reading():
                pass
        async with self._store.engine.connect() as connection:
            yield await connection.execution_options(isolation_level="AUTOCOMMIT")

    async def _listen(self, connection: AsyncConnection) -> None:
        if self._store.sqlite:
            await self._look(connection)
            return
        raw = await connection.get_raw_connection()
        driver = cast("_Listening", raw.driver_connection)

        def heard(
            _connection: object, _process: int, _channel: str, payload: str
        ) -> None:
            if payload == str(EVERY):
                self._views.doubt()
            else:
                self._views.drop(int(payload))

        await driver.add_listener(CHANNEL, heard)
        self._is_back()
        try:
            while True:
                async with asyncio.timeout(READ_SECONDS):
                    await driver.fetchval("SELECT 1")
                # An answer may have found the database away for a moment only.
                if self._views.away:
                    self._is_back()
                await asyncio.sleep(self._every)
        finally:
            with contextlib.suppress(Exception):
                await driver.remove_listener(CHANNEL, heard)

    async def _look(self, connection: AsyncConnection) -> None:
        seen, known = await _commits(connection), await _revisions(connection)
        await connection.rollback()
        self._is_back()
        while not self._store.misplaced():
            commits = await _commits(connection)
            if commits != seen:
                # An answer to the quiz is a commit too, and changes no view.
                now = await _revisions(connection)
                for guild in _differing(known, now):
                    self._views.drop(guild)
                seen, known = commits, now
            await connection.rollback()
            if self._views.away:
                self._is_back()
            await asyncio.sleep(self._every)
        raise StoreAwayError("the database file is gone or another one")
