"""What is kept about a person or a server: shown, exported, forgotten and purged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.entries.records import FORGOTTEN
from bot.store.database import Store
from bot.store.tables import (
    audit,
    entries,
    guilds,
    millis,
    moment,
    revisions,
    suggestions,
)

KEEP_DAYS = 30
"""How long a server's data stays after the bot was removed from it."""

_COLUMNS = (
    (revisions, "author"),
    (revisions, "proposer"),
    (entries, "author"),
    (suggestions, "proposer"),
    (suggestions, "decided_by"),
    (audit, "actor"),
)
"""Every column that holds a person's id; a test compares it with the tables."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How often a person's id stands in the database."""

    revisions: int
    approvals: int
    suggestions: int
    decisions: int
    servers: int

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        return any((self.revisions, self.approvals, self.suggestions, self.decisions))


class People:
    """Questions and wishes about people and servers, for one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def kept(self, user: int) -> Kept:
        """What there is about a person; StoreAwayError if the database cannot be
        reached.
        """
        servers: set[int] = set()
        counts: list[int] = []
        async with self.store.reading() as connection:
            for table, column in (_COLUMNS[0], _COLUMNS[1], _COLUMNS[3], _COLUMNS[4]):
                grouped = select(table.c.guild_id, func.count()).where(
                    table.c[column] == user
                )
                rows = (
                    await connection.execute(grouped.group_by(table.c.guild_id))
                ).all()
                counts.append(sum(row[1] for row in rows))
                servers |= {row[0] for row in rows}
        made, proposed, suggested, decided = counts
        return Kept(made, proposed, suggested, decided, len(servers))

    async def export(self, user: int) -> dict[str, Any]:
        """Everything that carries a person's id, as plain data."""
        found: dict[str, Any] = {"user": str(user)}
        async with self.store.reading() as connection:
            for table, column in _COLUMNS:
                rows = await connection.execute(
                    select(table).where(table.c[column] == user)
                )
                found[f"{table.name} by {column}"] = [
                    _plain(row) for row in rows.mappings()
                ]
        return found

    async def forget(self, user: int) -> int:
        """Replace a person's id by a tombstone everywhere; the facts stay. Returns how
        many rows carried it.
        """
        changed = 0
        async with self.store.writing() as connection:
            for table, column in _COLUMNS:
                where = table.c[column] == user
                done = await connection.execute(
                    update(table).where(where).values({column: FORGOTTEN})
                )
                changed += done.rowcount
            await connection.execute(
                update(suggestions)
                .where(suggestions.c.proposer == FORGOTTEN)
                .values(tell=False)
            )
        return changed

    async def left(self, guild: int) -> None:
        """The bot was removed from a server: its 30 days begin."""
        now = millis(self.store.clock())
        async with self.store.writing() as connection:
            gone = update(guilds).where(
                guilds.c.guild_id == guild, guilds.c.left_at.is_(None)
            )
            await connection.execute(gone.values(left_at=now))

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
            for guild, left_at, member in (
                await connection.execute(select(*columns))
            ).all():
                if (guild >> 22) % count not in numbers:
                    continue
                change: dict[str, Any] = {}
                if guild in here and (left_at is not None or not member):
                    change = {"left_at": None, "member": True}
                elif guild not in here and member and left_at is None:
                    change = {"left_at": now}
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
            found = (
                await connection.execute(
                    select(guilds.c.left_at).where(guilds.c.guild_id == guild)
                )
            ).scalar()
        return moment(found) if found else None


async def _purge(connection: AsyncConnection, guild: int) -> None:
    for table in (audit, suggestions, revisions, entries, guilds):
        await connection.execute(delete(table).where(table.c.guild_id == guild))


def _plain(row: Any) -> dict[str, Any]:
    # Discord's ids are larger than what JSON's readers keep exactly.
    plain: dict[str, Any] = {
        key: str(value) if key == "guild_id" else value
        for key, value in dict(row).items()
    }
    for key in ("at", "decided_at", "posted"):
        if plain.get(key) and plain[key] > 0:
            plain[key] = moment(plain[key]).isoformat()
    return plain
