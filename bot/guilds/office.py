"""Everything that serves servers' own entries, built once over one store and handed on."""

from __future__ import annotations

from bot.guilds.chores import Chores
from bot.guilds.outbox import Outbox
from bot.guilds.people import People
from bot.guilds.reading import Archive
from bot.guilds.shelves import Shelves, Watch
from bot.guilds.store import Store
from bot.guilds.writing import Quotas, Registry
from bot.knowledge.facts import Base
from bot.knowledge.names import Naming


class Office:
    """Reading, writing, the queue of the audit channel, people's wishes, and each server's view."""

    def __init__(self, store: Store, base: Base, names: Naming, quotas: Quotas | None = None) -> None:
        self.store = store
        self.archive = Archive(store)
        self.registry = Registry(store, quotas or Quotas())
        self.people = People(store)
        self.outbox = Outbox(store)
        self.chores = Chores(store)
        self.shelves = Shelves(base, names, self.archive)
        self.watch = Watch(store, self.shelves)

    async def open(self) -> None:
        """Bring the database up to date and begin to watch it; raises as ``Store.open`` does."""
        await self.store.open()
        self.watch.start()

    async def close(self) -> None:
        """Stop watching and close every connection."""
        await self.watch.stop()
        await self.store.close()
