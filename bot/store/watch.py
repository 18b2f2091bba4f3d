"""What other processes change is noticed here, and whether the database is away."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Protocol, cast

from sqlalchemy import func, select, text
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


_SPREAD = 65_521
"""A prime: the revisions of two servers weigh differently."""


async def _revisions(connection: AsyncConnection) -> int:
    """A sum over all servers' revisions, which is another one once a server's revision
    is; a server that has never changed anything adds nothing.
    """
    weight = guilds.c.guild_id % _SPREAD + 1
    total = func.coalesce(func.sum(guilds.c.revision * weight), 0)
    return (await connection.execute(select(total))).scalar_one()


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
        seen, known = None, None
        while not self._store.misplaced():
            version = (await connection.execute(text("PRAGMA data_version"))).scalar()
            # It counts every commit, and an answer to the quiz changes no view.
            now = known if version == seen else await _revisions(connection)
            await connection.rollback()
            if now != known or self._views.away:
                self._is_back()
            seen, known = version, now
            await asyncio.sleep(self._every)
        raise StoreAwayError("the database file is gone or another one")
