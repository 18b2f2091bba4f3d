"""Fresh databases and entries in them."""

from __future__ import annotations

import asyncio
import shutil
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.entries.records import Change
from bot.store.database import Store, engine_url
from bot.store.errors import StoreAwayError
from bot.store.writer import EntryWriter, Quotas
from tests.support.clocks import noon


def body(key: str = "thing", claim: str = "A thing happened.") -> dict[str, Any]:
    return {
        "id": key,
        "date": "2024-01-05",
        "toward": "russia",
        "pillar": "economic",
        "weight": "minor",
        "claim": claim,
        "sources": [
            {"publisher": "Gazette", "title": "Thing", "url": "https://example.org/1"}
        ],
    }


async def add(store: Store, guild: int = 1, key: str = "thing", **more: Any) -> int:
    made = await EntryWriter(store, Quotas()).publish(
        guild, [Change("event", "BY", body(key, **more))], author=7, verb="add"
    )
    return made[0].number


async def put_empty_database(kept: Path, path: Path) -> None:
    """Put a SQLite file with the newest schema and nothing in it at ``path``: a copy of
    ``kept``, which is made when it is first wanted. Making one takes ten times as long.
    """
    if not await asyncio.to_thread(kept.exists):
        store = Store(f"sqlite:///{kept}", clock=noon)
        await store.open()
        await store.close()
    await asyncio.to_thread(shutil.copy, kept, path)


async def fresh_database(server: str) -> str:
    """The address of a new, empty database on a PostgreSQL server."""
    name = f"t{uuid.uuid4().hex[:12]}"
    engine = create_async_engine(engine_url(server), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@asynccontextmanager
async def no_transaction(*_store_and_engine: object) -> AsyncGenerator[Any]:
    """In place of ``Store._transaction`` where the database cannot be reached, or of
    ``Store.writing`` where nothing can be written.
    """
    raise StoreAwayError("away")
    yield


async def of_first_schema(address: str) -> None:
    """Make a database as the first release did, with one server in it."""

    def first(connection: Any) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "bot.store:migrations")
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO guilds (guild_id, revision, next_entry, "
                "next_suggestion, preferences) "
                "VALUES (1, 4, 3, 2, '{}')"
            )
        )

    old = Store(address, clock=noon)
    async with old.engine.begin() as connection:
        await connection.run_sync(first)
    await old.close()
