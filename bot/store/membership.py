"""Of which servers Ally is a member, and deleting the data of those that it left."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.plain import PlainObject
from bot.store.database import Store
from bot.store.tables import (
    OF_GUILDS,
    deliveries,
    forgotten_proposals,
    guilds,
    leases,
    millis,
    moment,
    polls,
)

KEEP_DAYS = 30
"""How many days a server's data stays after the bot was removed from it."""


_WELCOME = "welcome:"


class Memberships:
    """The servers of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def left(self, guild: int) -> None:
        """The bot was removed from a server: its 30 days begin."""
        now = millis(self.store.clock())
        async with self.store.writing() as connection:
            gone = update(guilds).where(
                guilds.c.guild_id == guild, guilds.c.left_at.is_(None)
            )
            await connection.execute(gone.values(left_at=now))
            await _drop_waiting(connection, guild)
            await _forget_welcomes(connection, [guild])

    async def welcomes(self, guild: int) -> bool:
        """Whether a server is to be welcomed now: true once for all processes and
        restarts, until the bot leaves it.
        """
        now = millis(self.store.clock())
        async with self.store.writing() as connection:
            await self.store.insert_missing(
                connection, leases, name=_welcome(guild), at=0
            )
            first = await connection.execute(
                update(leases)
                .where(leases.c.name == _welcome(guild), leases.c.at == 0)
                .values(at=now)
            )
        return first.rowcount == 1

    async def joined(self, guild: int) -> None:
        """The bot is in a server (again): nothing is purged."""
        async with self.store.writing() as connection:
            await connection.execute(
                update(guilds)
                .where(guilds.c.guild_id == guild)
                .values(left_at=None, member=True)
            )

    async def compare(
        self, present: Iterable[int], *, numbers: Collection[int] = (0,), count: int = 1
    ) -> None:
        """Set right what happened unseen: ``present`` are the servers of these shards
        that the bot is a member of.

        A server that it was never seen to be a member of uses its commands without, and
        is left alone.
        """
        here = set(present)
        now = millis(self.store.clock())
        columns = (guilds.c.guild_id, guilds.c.left_at, guilds.c.member)
        async with self.store.writing() as connection:
            welcomed = [
                guild
                for guild in await _welcomed(connection)
                if (guild >> 22) % count in numbers
            ]
            await _forget_welcomes(connection, set(welcomed) - here)
            for guild, left_at, member in (
                await connection.execute(select(*columns))
            ).all():
                if (guild >> 22) % count not in numbers:
                    continue
                change: PlainObject = {}
                if guild in here and (left_at is not None or not member):
                    change = {"left_at": None, "member": True}
                elif guild not in here and member and left_at is None:
                    change = {"left_at": now}
                    await _drop_waiting(connection, guild)
                if change:
                    await connection.execute(
                        update(guilds)
                        .where(guilds.c.guild_id == guild)
                        .values(**change)
                    )

    async def purge(self) -> list[int]:
        """Delete the data of servers that the bot left more than 30 days ago; returns
        which.
        """
        before = millis(self.store.clock() - timedelta(days=KEEP_DAYS))
        async with self.store.writing() as connection:
            old = select(guilds.c.guild_id).where(guilds.c.left_at < before)
            gone = list((await connection.execute(old)).scalars())
            for guild in gone:
                await _purge(connection, guild)
                await self.store.tell(connection, guild)
        return gone

    async def left_at(self, guild: int) -> datetime | None:
        """When the bot was removed from a server, None if it is there or was never
        known.
        """
        async with self.store.reading() as connection:
            since = (
                await connection.execute(
                    select(guilds.c.left_at).where(guilds.c.guild_id == guild)
                )
            ).scalar()
        return moment(since) if since else None


def _welcome(guild: int) -> str:
    """What stands among the chores for a server that was welcomed."""
    return f"{_WELCOME}{guild}"


async def _welcomed(connection: AsyncConnection) -> list[int]:
    named = select(leases.c.name).where(leases.c.name.startswith(_WELCOME))
    names = (await connection.execute(named)).scalars()
    return [int(name.removeprefix(_WELCOME)) for name in names]


async def _forget_welcomes(
    connection: AsyncConnection, guilds_left: Iterable[int]
) -> None:
    for guild in guilds_left:
        gone = delete(leases).where(leases.c.name == _welcome(guild))
        await connection.execute(gone)


async def _drop_waiting(connection: AsyncConnection, guild: int) -> None:
    """Nothing waits for a server that was left: once it is back, it is old."""
    waiting = delete(deliveries).where(
        deliveries.c.guild_id == guild, deliveries.c.posted.is_(None)
    )
    await connection.execute(waiting)


async def _purge(connection: AsyncConnection, guild: int) -> None:
    for table in (forgotten_proposals, polls, *reversed(OF_GUILDS)):
        await connection.execute(delete(table).where(table.c.guild_id == guild))
