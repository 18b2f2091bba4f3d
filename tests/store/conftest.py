"""Both databases, each empty: SQLite in a file, and a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.store.database import Store
from tests.support.clocks import noon
from tests.support.databases import fresh_database


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ally.db'}"
    return await fresh_database(request.getfixturevalue("postgres"))


@pytest_asyncio.fixture
async def store(address: str) -> AsyncGenerator[Store, None]:
    """A store that is open."""
    made = Store(address, clock=noon)
    await made.open()
    yield made
    await made.close()
