"""Which polls were made where on which day: one for an actor in a channel a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from sqlalchemy import delete, func, insert, select

from bot.store.database import Store
from bot.store.tables import guilds, millis, polls

KEPT = timedelta(days=2)
MOST = 100
"""Polls of one server within 24 hours."""
_DAY = timedelta(hours=24)

PollClaim = Literal["claimed", "there", "enough"]
"""A poll may be made now; there is one already; or there were too many today."""


class Polls:
    """The polls of one store; every method raises StoreAwayError if the database cannot
    be reached.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    async def claim(self, guild: int, channel: int, subject: str) -> PollClaim:
        """Whether there may be a poll about an actor now; if so it is taken for made,
        and whoever asks next is told that there is one.
        """
        now = self.store.clock()
        day = now.date().isoformat()
        async with self.store.writing() as connection:
            await self.store.insert_guild(connection, guild)
            # Of two that claim at once, the second waits for the first here.
            held = select(guilds.c.guild_id).where(guilds.c.guild_id == guild)
            await connection.execute(held.with_for_update())
            ours = polls.c.guild_id == guild
            same = (polls.c.channel == channel, polls.c.subject == subject)
            counted = select(func.count()).select_from(polls).where(ours)
            made = counted.where(*same, polls.c.day == day)
            if (await connection.execute(made)).scalar_one():
                return "there"
            lately = counted.where(polls.c.at > millis(now - _DAY))
            if (await connection.execute(lately)).scalar_one() >= MOST:
                return "enough"
            await connection.execute(
                insert(polls).values(
                    guild_id=guild,
                    channel=channel,
                    subject=subject,
                    day=day,
                    at=millis(now),
                )
            )
        return "claimed"

    async def release(self, guild: int, channel: int, subject: str) -> None:
        """A poll that was claimed today came to nothing."""
        day = self.store.clock().date().isoformat()
        async with self.store.writing() as connection:
            await connection.execute(
                delete(polls).where(
                    polls.c.guild_id == guild,
                    polls.c.channel == channel,
                    polls.c.subject == subject,
                    polls.c.day == day,
                )
            )

    async def drop_old(self) -> None:
        """Delete what says nothing any more; done once a day."""
        before = millis(self.store.clock() - KEPT)
        async with self.store.writing() as connection:
            await connection.execute(delete(polls).where(polls.c.at <= before))
