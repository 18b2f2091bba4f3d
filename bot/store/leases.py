"""Work that is to be done now and then by one process, whichever comes first, however
many share the database.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, update

from bot.store.database import Store
from bot.store.tables import leases, millis

_AHEAD = timedelta(hours=1)


class Leases:
    """Who does what is due, for one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def mine(self, name: str, every: timedelta) -> bool:
        """Whether a chore is due, and the caller the one to do it; StoreAwayError if
        the database cannot be reached.
        """
        now = self.store.clock()
        # What was done in the future was done by a clock that has been set back since.
        due = or_(
            leases.c.at <= millis(now - every), leases.c.at > millis(now + _AHEAD)
        )
        async with self.store.writing() as connection:
            await self.store.insert_missing(connection, leases, name=name, at=0)
            done = await connection.execute(
                update(leases).where(leases.c.name == name, due).values(at=millis(now))
            )
        return done.rowcount == 1
