"""Everything that serves servers' own entries, built once over one store and handed
on.
"""

from __future__ import annotations

from bot.knowledge.facts import Base
from bot.names.index import Naming
from bot.store.database import Store
from bot.store.leases import Chores
from bot.store.outbox import Outbox
from bot.store.privacy import People
from bot.store.reader import Archive
from bot.store.views import Shelves, Watch
from bot.store.writer import Quotas, Registry


class Office:
    """Reading, writing, the queue of the audit channel, people's wishes, and each
    server's view.
    """

    def __init__(
        self, store: Store, base: Base, names: Naming, quotas: Quotas | None = None
    ) -> None:
        self.store = store
        self.archive = Archive(store)
        self.registry = Registry(store, quotas or Quotas())
        self.people = People(store)
        self.outbox = Outbox(store)
        self.chores = Chores(store)
        self.shelves = Shelves(base, names, self.archive)
        self.watch = Watch(store, self.shelves)

    async def open(self) -> None:
        """Bring the database up to date and begin to watch it; raises as ``Store.open``
        does.
        """
        await self.store.open()
        self.watch.start()

    async def close(self) -> None:
        """Stop watching and close every connection."""
        await self.watch.stop()
        await self.store.close()
