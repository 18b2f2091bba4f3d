"""The bot with a real database, in a simulated Discord with a server of two moderators
and a member.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
import simcord

from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from tests.support.clocks import FrozenClock
from tests.support.places import Place, client_of


@pytest_asyncio.fixture
async def services(
    base: Base, names: NameIndex, clock: FrozenClock, tmp_path: Path
) -> AsyncGenerator[Services, None]:
    made = Services(
        Store(f"sqlite:///{tmp_path / 'ally.db'}", clock=clock.now), base, names
    )
    await made.store.open()
    yield made
    await made.close()


@pytest.fixture
def simcord_bot(services: Services, clock: FrozenClock, way: type[Client]) -> Client:
    return client_of(services, way, clock.today)


@pytest.fixture
def place(simcord_env: simcord.Env) -> Place:
    return Place(simcord_env)
