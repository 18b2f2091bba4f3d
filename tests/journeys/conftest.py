"""The bot with a real database, in a simulated Discord with a server of two moderators
and a member.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
import simcord
from simcord.http.client import FakeHTTPClient, FakeWebhookAdapter

from bot.commands.explore import search
from bot.knowledge.facts import Base
from bot.knowledge.plain import PlainObject
from bot.names.index import NameIndex
from bot.search.find import Indexes
from bot.search.sources import Publishers
from bot.service.client import Client
from bot.service.housekeeping import Housekeeping
from bot.store.database import Store
from bot.store.services import Services
from tests.support.clocks import FrozenClock
from tests.support.databases import put_empty_database
from tests.support.discord_api import checked_requests, spec_missing
from tests.support.places import Place, client_of
from tests.support.posted import Posted, Undrawn, open_client

INDEXES, PUBLISHERS = Indexes(), Publishers()


@pytest.fixture(autouse=True)
def discord_accepts() -> Generator[None]:
    """Discord would accept all that a journey's bot sends; unchecked where its
    description was not fetched, as test_discord_accepts says.
    """
    if spec_missing():
        yield
        return
    with checked_requests(FakeHTTPClient, FakeWebhookAdapter) as problems:
        yield
    assert not problems, "\n".join(dict.fromkeys(problems))


@pytest.fixture(autouse=True)
def commands_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simulated Discord is told of the commands in English alone. Their words in
    every language are most of what a client says to it, and tests/commands reads them.
    """

    async def command_payload(client: Client) -> list[PlainObject]:
        return [each.to_dict(client.tree) for each in client.tree.get_commands()]

    monkeypatch.setattr(Client, "command_payload", command_payload)


@pytest.fixture(autouse=True)
def house_is_kept_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set right or purged when a client is ready: a journey's database is
    new, and the transactions that find nothing would be a fifth of its time.
    ``test_housekeeping.py`` has clients that do.
    """

    async def over_gateway(_self: Housekeeping, _client: Client) -> None:
        return

    monkeypatch.setattr(Housekeeping, "over_gateway", over_gateway)


@pytest.fixture(autouse=True)
def one_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients of one process search one index, which each would make anew: a third of
    a second for whoever searches first.
    """
    monkeypatch.setattr(search, "Indexes", lambda: INDEXES)
    monkeypatch.setattr(search, "Publishers", lambda: PUBLISHERS)


@pytest_asyncio.fixture
async def services(
    base: Base,
    names: NameIndex,
    clock: FrozenClock,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncGenerator[Services, None]:
    path = tmp_path / "ally.db"
    await put_empty_database(tmp_path_factory.getbasetemp() / "empty.db", path)
    made = Services(Store(f"sqlite:///{path}", clock=clock.now), base, names)
    await made.store.open()
    yield made
    await made.close()


@pytest.fixture
def simcord_bot(services: Services, clock: FrozenClock, way: type[Client]) -> Client:
    return client_of(services, way, clock.today)


@pytest_asyncio.fixture
async def posted(services: Services, clock: FrozenClock) -> Posted:
    """The bot as `ally serve` runs it, with a database of its own, and pictures that
    are there at once or not at all.
    """
    return await open_client(services, clock.today, Undrawn())


@pytest.fixture
def place(simcord_env: simcord.Env) -> Place:
    return Place(simcord_env)
