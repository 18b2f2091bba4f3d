"""Putting changes of entries into the tables within one transaction: the entry, its
revision and its audit row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.entries.records import Change, Entry, Revision, Verb
from bot.knowledge.plain import PlainObject
from bot.store.database import Store, known_number
from bot.store.errors import ClashError, MissingError, QuotaError, StaleError
from bot.store.rows import entry_of, key_of, revision_of
from bot.store.tables import audit, entries, guilds, millis, moment, revisions


@dataclass(frozen=True, slots=True)
class Quotas:
    """How much a server may hold: published entries, suggestions waiting, and
    suggestions of one member in 24 hours.
    """

    entries: int = 2_000
    waiting: int = 200
    daily: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """Who changes entries, how and why; ``proposer`` is FORGOTTEN where nobody
    suggested it.
    """

    author: int
    verb: Verb
    reason: str
    proposer: int


def audit_values(
    guild: int,
    *,
    at: int,
    actor: int,
    verb: str,
    number: int = 0,
    revision: int = 0,
    detail: PlainObject | None = None,
) -> PlainObject:
    """A row of ``audit`` that waits to be shown; ``at`` in milliseconds since 1970."""
    return {
        "guild_id": guild,
        "at": at,
        "actor": actor,
        "verb": verb,
        "number": number,
        "revision": revision,
        "detail": detail or {},
        "posted": None,
    }


def _entry_values(guild: int, made: Revision, at: int) -> PlainObject:
    """What ``entries`` and ``revisions`` both have of a revision."""
    return {
        "guild_id": guild,
        "number": made.number,
        "kind": made.kind,
        "subject": made.subject,
        "body": made.body,
        "state": made.state,
        "revision": made.revision,
        "author": made.author,
        "at": at,
    }


class ChangeTables:
    """The tables of one store in which changes are written down; each method works in
    the transaction that it is handed.
    """

    def __init__(self, store: Store, quotas: Quotas) -> None:
        self.store, self.quotas = store, quotas

    async def _check_room(
        self, connection: AsyncConnection, guild: int, more: int
    ) -> None:
        """QuotaError if a server has no room for so many more published entries."""
        if not more:
            return
        published = select(func.count()).where(
            entries.c.guild_id == guild, entries.c.state == "published"
        )
        there = (await connection.execute(published)).scalar_one()
        if there + more > self.quotas.entries:
            raise QuotaError("entries", self.quotas.entries)

    async def _current(
        self, connection: AsyncConnection, guild: int, number: int
    ) -> Entry:
        where = (entries.c.guild_id == guild, entries.c.number == known_number(number))
        row = (await connection.execute(select(entries).where(*where))).one_or_none()
        if row is None:
            raise MissingError(number)
        return entry_of(row)

    async def _latest(
        self, connection: AsyncConnection, guild: int, number: int
    ) -> Revision:
        where = (
            revisions.c.guild_id == guild,
            revisions.c.number == known_number(number),
        )
        newest = (
            select(revisions)
            .where(*where)
            .order_by(revisions.c.revision.desc())
            .limit(1)
        )
        return revision_of((await connection.execute(newest)).one())

    async def _placed(
        self, connection: AsyncConnection, guild: int, change: Change
    ) -> Change:
        """A new entry with a key of its own, or the retired entry that it brings
        back.
        """
        taken = select(entries).where(
            entries.c.guild_id == guild,
            entries.c.subject == change.subject,
            entries.c.kind == change.kind,
        )
        by_key = {row.key: entry_of(row) for row in await connection.execute(taken)}
        there = by_key.get(key_of(change))
        if there is None:
            return change
        if change.kind == "event":
            number, key = 2, f"{key_of(change)}-2"
            while key in by_key:
                number, key = number + 1, f"{key_of(change)}-{number + 1}"
            return replace(change, body={**change.body, "id": key})
        if there.state == "published":
            raise ClashError(there.number)
        return replace(change, number=there.number, revision=there.revision)

    async def apply(
        self,
        connection: AsyncConnection,
        guild: int,
        changes: Sequence[Change],
        by: Authorship,
        *,
        next_entry: int,
    ) -> list[Revision]:
        """Make these changes of a locked guild, whose next new entry has the number
        ``next_entry``; returns the new revisions.

        Raises StaleError, ClashError, QuotaError or MissingError; the transaction must
        then be rolled back.
        """
        at = millis(self.store.clock())
        number = next_entry
        fresh: list[PlainObject] = []
        made: list[Revision] = []
        new = sum(not change.number for change in changes)
        await self._check_room(connection, guild, new)
        for asked in changes:
            change = asked
            if not change.number and (new == 1 or change.kind != "event"):
                change = await self._placed(connection, guild, change)
            revision = Revision(
                change.number or number,
                change.revision + 1,
                change.kind,
                change.subject,
                dict(change.body),
                change.state,
                by.verb,
                by.author,
                moment(at),
                by.reason,
                by.proposer,
            )
            values = _entry_values(guild, revision, at)
            if change.number:
                await self._change(connection, guild, change, values)
            else:
                number += 1
                fresh.append({**values, "key": key_of(change)})
            made.append(revision)
        if fresh:
            try:
                await connection.execute(insert(entries), fresh)
            except IntegrityError:
                raise ClashError(next_entry) from None
        await self._record(connection, guild, made, at)
        if number != next_entry:
            ours = update(guilds).where(guilds.c.guild_id == guild)
            await connection.execute(ours.values(next_entry=number))
        await self.store.tell(connection, guild)
        return made

    async def _record(
        self, connection: AsyncConnection, guild: int, made: list[Revision], at: int
    ) -> None:
        """Write revisions down, and what the audit channel is to show of them."""
        await connection.execute(
            insert(revisions),
            [
                {
                    **_entry_values(guild, each, at),
                    "verb": each.verb,
                    "proposer": each.proposer,
                    "reason": each.reason,
                }
                for each in made
            ],
        )
        await connection.execute(
            insert(audit),
            [
                audit_values(
                    guild,
                    at=at,
                    actor=each.author,
                    verb=each.verb,
                    number=each.number,
                    revision=each.revision,
                )
                for each in made
            ],
        )

    async def _change(
        self,
        connection: AsyncConnection,
        guild: int,
        change: Change,
        values: PlainObject,
    ) -> None:
        """Compare and set: only on top of the revision that the change was made for."""
        before = await self._current(connection, guild, change.number)
        if before.revision != change.revision:
            raise StaleError(await self._latest(connection, guild, change.number))
        if before.state != "published" and change.state == "published":
            await self._check_room(connection, guild, 1)
        where = (
            entries.c.guild_id == guild,
            entries.c.number == change.number,
            entries.c.revision == change.revision,
        )
        set_anew = {k: values[k] for k in ("body", "state", "revision", "author", "at")}
        try:
            done = await connection.execute(
                update(entries).where(*where).values(**set_anew, key=key_of(change))
            )
        except IntegrityError:
            raise ClashError(change.number) from None
        if done.rowcount != 1:
            raise StaleError(await self._latest(connection, guild, change.number))
