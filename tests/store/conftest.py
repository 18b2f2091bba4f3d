"""Both databases, each empty: SQLite in a file, and a real PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import Store, engine_url


async def fresh_database(server: str) -> str:
    """The address of a new, empty database on a PostgreSQL server."""
    name = f"t{uuid.uuid4().hex[:12]}"
    engine = create_async_engine(engine_url(server), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ally.db'}"
    return await fresh_database(request.getfixturevalue("postgres"))


@pytest_asyncio.fixture
async def store(address: str) -> AsyncGenerator[Store, None]:
    """A store that is open."""
    made = Store(address)
    await made.open()
    yield made
    await made.close()
