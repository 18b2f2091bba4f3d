"""Everything that serves servers' own entries, built once over one store and handed
on.
"""

from __future__ import annotations

from bot.knowledge.facts import Base
from bot.names.index import NameLookup
from bot.store.base_editions import BaseEditions
from bot.store.changes import Quotas
from bot.store.database import Store
from bot.store.deliveries import Deliveries
from bot.store.follows import Follows
from bot.store.leases import Leases
from bot.store.membership import Memberships
from bot.store.outbox import Outbox
from bot.store.polls import Polls
from bot.store.privacy import PersonalData
from bot.store.quiz import QuizScores
from bot.store.reader import EntryReader
from bot.store.views import ServerViews
from bot.store.watch import Watch
from bot.store.writer import EntryWriter


class Services:
    """Reading, writing, the queue of the audit channel, people's wishes, and each
    server's view.
    """

    def __init__(
        self, store: Store, base: Base, names: NameLookup, quotas: Quotas | None = None
    ) -> None:
        self.store = store
        self.reader = EntryReader(store)
        self.writer = EntryWriter(store, quotas or Quotas())
        self.privacy = PersonalData(store)
        self.membership = Memberships(store)
        self.outbox = Outbox(store)
        self.leases = Leases(store)
        self.follows = Follows(store)
        self.deliveries = Deliveries(store)
        self.editions = BaseEditions(store)
        self.quiz = QuizScores(store)
        self.polls = Polls(store)
        self.views = ServerViews(base, names, self.reader)
        self.watch = Watch(store, self.views)

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
