"""The connection to the database, its transactions, and whether it can be reached;
SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.entries.records import LAST_NUMBER
from bot.knowledge.plain import PlainObject
from bot.store import files, schema
from bot.store.errors import (
    DatabaseEmptyError,
    MissingError,
    StoreAwayError,
    StoreError,
)
from bot.store.tables import guilds

log = logging.getLogger(__name__)

BUSY_SECONDS = 4
CONNECT_SECONDS = 3
CHANNEL = "ally_guild"
"""PostgreSQL's notification channel; the payload is a guild's id."""
EVERY = 0
"""In place of a guild's id: everything may have changed."""
_SETTLE_PAUSES = (0.05, 0.2, 0.5, 1.0, 1.5)
"""Seconds between looks at a SQLite file that somebody else may be making just now."""
_WRONG_QUESTIONS = ("22", "23", "42")
"""Classes of PostgreSQL's SQLSTATE: data, constraints, syntax (its manual, appendix
A).
"""


def is_absence(error: BaseException) -> bool:
    """Whether an error says that the database cannot be used now, rather than that it
    was asked for something wrong.
    """
    if isinstance(error, DataError | ProgrammingError | IntegrityError):
        return False
    if isinstance(error, DBAPIError):
        cause = error.orig.__cause__ if error.orig else None
        return str(getattr(cause, "sqlstate", ""))[:2] not in _WRONG_QUESTIONS
    if isinstance(error, SQLAlchemyError):
        return isinstance(error, PoolTimeoutError)
    return isinstance(error, OSError | TimeoutError | sqlite3.Error)


def _words_of(error: BaseException) -> str:
    """What a database said, without what SQLAlchemy adds on lines of its own."""
    return str(error.orig if isinstance(error, DBAPIError) else error)


def known_number(number: int) -> int:
    """A number that an entry, suggestion or revision may have.

    Raises MissingError for one that neither database could hold.
    """
    if not 0 <= number <= LAST_NUMBER:
        raise MissingError(number)
    return number


def engine_url(address: str) -> str:
    """A database's address as SQLAlchemy's asynchronous drivers want it; ValueError
    says what is wrong with it.

    Forms: ``postgresql://…``, ``postgres://…``, ``sqlite:///file``.
    """
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise ValueError(
            "write postgresql://user:password@host/name, or sqlite:///file"
        ) from error
    if backend in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+asyncpg").render_as_string(
            hide_password=False
        )
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ValueError(
                "a database in memory forgets everything; write sqlite:///file"
            )
        return url.set(drivername="sqlite+aiosqlite").render_as_string(
            hide_password=False
        )
    raise ValueError(
        f"{backend} is not one of the two databases, postgresql and sqlite"
    )


def _on_connect(connection: DBAPIConnection, _record: object) -> None:
    # SQLAlchemy would leave the beginning of transactions to sqlite3, which begins them
    # too late to be safe.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("ally_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Store:
    """One database. ``reading`` and ``writing`` give transactions; what they raise
    knows no SQL.
    """

    def __init__(self, address: str, *, clock: Callable[[], datetime]) -> None:
        url = engine_url(address)
        self.clock = clock
        self.sqlite = url.startswith("sqlite")
        self.path = Path(make_url(url).database or "") if self.sqlite else None
        more: PlainObject = {
            "pool_size": 5,
            "max_overflow": 5,
            "pool_timeout": CONNECT_SECONDS,
        }
        if not self.sqlite:
            more |= {
                "pool_pre_ping": True,
                "connect_args": {"timeout": CONNECT_SECONDS, "command_timeout": 10},
            }
        self.engine: AsyncEngine = create_async_engine(url, **more)
        self._writing = self.engine.execution_options(ally_writes=True)
        self._turn = asyncio.Lock()
        self._inode = 0
        self.ready = False
        if self.sqlite:
            event.listen(self.engine.sync_engine, "connect", _on_connect)
            event.listen(self.engine.sync_engine, "begin", _on_begin)

    async def open(self) -> None:
        """Bring the schema up to date.

        Raises SchemaNewerError for a database of a newer program and StoreAwayError if
        it cannot be reached.
        """
        try:
            if self.path:
                await self._prepare_file(self.path)
            needed, version = await self._looked()
            if needed:
                if self.path:
                    await asyncio.to_thread(schema.copy_before, self.path, version)
                async with self._writing.begin() as connection:
                    await connection.run_sync(schema.migrate)
            if self.path:
                self._inode = self.path.stat().st_ino
            self.ready = True
        except StoreError:
            await self.engine.dispose()
            raise
        except (SQLAlchemyError, OSError, TimeoutError, sqlite3.Error) as error:
            await self.engine.dispose()
            if not is_absence(error):
                raise
            raise StoreAwayError(_words_of(error)) from error

    async def _prepare_file(self, path: Path) -> None:
        """Make a file that is to be new, for its owner only.

        An empty one that does not fill while we wait was a database once, or was made
        by hand: DatabaseEmptyError rather than a new database in silence.
        """
        if await asyncio.to_thread(files.create_private, path):
            return
        for pause in _SETTLE_PAUSES:
            if (await asyncio.to_thread(path.stat)).st_size:
                return
            await asyncio.sleep(pause)
        raise DatabaseEmptyError(str(path))

    async def version(self) -> str | None:
        """The schema that the database has, None if there is none yet; nothing is
        changed.

        Raises as ``open`` does.
        """
        if self.path and not self.path.is_file():
            return None
        try:
            return (await self._looked())[1]
        except (SQLAlchemyError, OSError, TimeoutError, sqlite3.Error) as error:
            if not is_absence(error):
                raise
            raise StoreAwayError(_words_of(error)) from error

    async def _looked(self) -> tuple[bool, str | None]:
        """Whether the schema is to be changed, and which it is."""
        for pause in (0.05, 0.2, 0.5, None):
            try:
                async with self.engine.connect() as connection:
                    needed = await connection.run_sync(schema.needs_migration)
                    return needed, await connection.run_sync(schema.version_of)
            except OperationalError:
                # Two that make one SQLite file at the same time refuse each other at
                # once rather than wait.
                if pause is None or not self.sqlite:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()

    def misplaced(self) -> bool:
        """Whether the SQLite file is gone or another one: what is written to the old
        one would be lost.
        """
        if not self.path or not self._inode:
            return False
        try:
            return self.path.stat().st_ino != self._inode
        except OSError:
            return True

    async def _reopen(self) -> None:
        if self.ready and self.path and not self.path.is_file():
            raise StoreAwayError("the database file is gone")
        await self.engine.dispose()
        await self.open()

    @asynccontextmanager
    async def _transaction(
        self, engine: AsyncEngine
    ) -> AsyncGenerator[AsyncConnection]:
        try:
            if not self.ready or self.misplaced():
                await self._reopen()
            async with engine.begin() as connection:
                yield connection
        except (StoreError, IntegrityError):
            raise
        except (SQLAlchemyError, OSError, TimeoutError, sqlite3.Error) as error:
            if not is_absence(error):
                raise
            if isinstance(error, DBAPIError):
                log.warning("the database: %s", error.orig)
            raise StoreAwayError(_words_of(error)) from error

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that only reads; StoreAwayError if the database cannot be
        reached.
        """
        async with self._transaction(self.engine) as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that writes, committed at the end of the block and rolled back
        by any error.
        """
        if not self.sqlite:
            async with self._transaction(self._writing) as connection:
                yield connection
            return
        # SQLite has one writer; waiting here costs nothing, waiting in its busy handler
        # holds a thread.
        async with self._turn, self._transaction(self._writing) as connection:
            yield connection

    async def insert_missing(
        self, connection: AsyncConnection, table: Table, **values: object
    ) -> None:
        """Insert a row unless one with its primary key is there already."""
        dialect = sqlite if self.sqlite else postgresql
        row = dialect.insert(table).values(**values)
        await connection.execute(row.on_conflict_do_nothing())

    async def insert_guild(self, connection: AsyncConnection, guild: int) -> None:
        """Insert the row of a server unless it is there already."""
        await self.insert_missing(
            connection,
            guilds,
            guild_id=guild,
            revision=0,
            next_entry=1,
            next_suggestion=1,
            preferences={},
        )

    async def lock(self, connection: AsyncConnection, name: str) -> None:
        """Wait until nobody else holds the lock of this name, and hold it until the
        transaction ends. SQLite has one writer anyway.
        """
        if not self.sqlite:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name}
            )

    async def tell(self, connection: AsyncConnection, guild: int) -> None:
        """Let other processes know, once the transaction is committed, that a guild (or
        EVERY one) has changed.
        """
        if not self.sqlite:
            await connection.execute(
                text("SELECT pg_notify(:channel, :guild)"),
                {"channel": CHANNEL, "guild": str(guild)},
            )
