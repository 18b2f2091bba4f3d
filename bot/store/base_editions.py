"""Which editions of the base were served, in the order in which they came, and which
edition was the first to have a fact: so that what is new is told once.

An edition's number is given when a process first serves it. While an old edition is
still served beside a new one, the older number says which is which; an edition that
comes back gets a new number, and its facts keep their first one.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Store
from bot.store.tables import base_editions, base_facts, millis

_BATCH = 500
_LOCK = "base editions"


class BaseEditions:
    """The editions of one store, and the number of the one that this process
    serves.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._number = 0
        self._revision = ""

    async def number(self, revision: str, keys: Collection[str]) -> int:
        """The number, from 1, of the edition that is served, with the keys of all its
        facts; StoreAwayError if the database cannot be reached.
        """
        if revision == self._revision and await self._is_still_there():
            return self._number
        async with self.store.writing() as connection:
            number = await self._registered(connection, revision, keys)
        self._number, self._revision = number, revision
        return number

    async def _is_still_there(self) -> bool:
        """Whether the number stands for the edition; a backup that was restored may
        have taken it away.
        """
        mine = select(base_editions.c.revision).where(
            base_editions.c.number == self._number
        )
        async with self.store.reading() as connection:
            return (await connection.execute(mine)).scalar() == self._revision

    async def _registered(
        self, connection: AsyncConnection, revision: str, keys: Collection[str]
    ) -> int:
        await self.store.lock(connection, _LOCK)
        newest = select(base_editions).order_by(base_editions.c.number.desc()).limit(1)
        last = (await connection.execute(newest)).one_or_none()
        if last is not None and last.revision == revision:
            return last.number
        number = last.number + 1 if last is not None else 1
        now = millis(self.store.clock())
        await connection.execute(
            insert(base_editions).values(number=number, revision=revision, at=now)
        )
        known = set((await connection.execute(select(base_facts.c.key))).scalars())
        fresh = [key for key in keys if key not in known]
        for begin in range(0, len(fresh), _BATCH):
            await connection.execute(
                insert(base_facts),
                [
                    {"key": key, "edition": number}
                    for key in fresh[begin : begin + _BATCH]
                ],
            )
        return number

    async def added_since(self, number: int) -> frozenset[str]:
        """The keys of what editions after this one were the first to have."""
        later = select(base_facts.c.key).where(base_facts.c.edition > number)
        async with self.store.reading() as connection:
            return frozenset((await connection.execute(later)).scalars())
