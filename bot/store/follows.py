"""What a server's channels follow, and what each was told last.

What there is to tell is never remembered as an event: a follow keeps what it was told
(an edition of the base, an entry's number, a day and its levels), and news are what
differs from that. To tell is one transaction: the follow moves on, compare-and-set,
and the message stands in ``deliveries``. A process that is killed before has changed
nothing, and another one finds the same news; after it nobody finds them again. How a
message that stands there reaches Discord once: `deliveries`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias, cast

from sqlalchemy import Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.changes import audit_values
from bot.store.database import Store, known_number
from bot.store.deliveries import Message, insert_message
from bot.store.errors import MissingError, QuotaError
from bot.store.tables import audit, deliveries, follows, guilds, millis

MOST = 25
"""Follows in a server; as many as one menu of Discord's has choices."""
How: TypeAlias = Literal["once", "daily", "weekly"]
_MARK = ""
"""Under which a mark is stored beside levels: no actor has an empty code."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a follow was told last."""

    edition: int
    entry: int
    """The highest number of the server's own entries."""
    guild_revision: int
    day: date
    levels: Mapping[str, str]
    """By code, the levels of the actors that it may be about."""
    mark: str = ""
    """Of a follow that has messages of its own: which was the last."""


@dataclass(frozen=True, slots=True)
class Follow:
    """One follow of a server. ``number`` counts from 1 in the server."""

    guild: int
    number: int
    what: str
    channel: int
    how: How
    locale: str
    """The server's, as Discord named it when the follow was set up."""
    author: int
    version: int
    told: Told
    closed: bool = False
    """Whether its channel is gone or closed to Ally."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A follow that is to be made, with what counts as told from the beginning."""

    what: str
    channel: int
    how: How
    locale: str
    author: int
    told: Told
    due: datetime | None
    """When it is first looked at; None for at once."""
    name: str = ""
    """What is followed, in the server's words, for the channel for changes."""


@dataclass(frozen=True, slots=True)
class Due:
    """A follow that is to be looked at, and its server's revision by then."""

    follow: Follow
    guild_revision: int


@dataclass(frozen=True, slots=True)
class ServerState:
    """A server's revision, and the highest number of its entries; 0 for none."""

    revision: int
    entry: int


@dataclass(frozen=True, slots=True)
class Step:
    """A follow that moves on to what it is told now, and when it is looked at next."""

    follow: Follow
    told: Told
    due: datetime | None


@dataclass(frozen=True, slots=True)
class SetUp:
    """A follow that was just set up, and the row that tells the channel for changes."""

    follow: Follow
    audit: int


class _RacedError(Exception):
    """Another process was faster."""


def _follow(row: Row[tuple[object, ...]]) -> Follow:
    levels = dict(row.levels)
    told = Told(
        row.edition,
        row.entry,
        row.guild_revision,
        date.fromisoformat(row.day),
        mark=levels.pop(_MARK, ""),
        levels=levels,
    )
    return Follow(
        row.guild_id,
        row.number,
        row.what,
        row.channel,
        cast("How", row.how),
        row.locale,
        row.author,
        row.version,
        told,
        closed=row.closed is not None,
    )


def _told_values(told: Told) -> dict[str, object]:
    return {
        "edition": told.edition,
        "entry": told.entry,
        "guild_revision": told.guild_revision,
        "day": told.day.isoformat(),
        "levels": {**told.levels, **({_MARK: told.mark} if told.mark else {})},
    }


class Follows:
    """The follows of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def server(self, guild: int) -> ServerState:
        """How far a server has come."""
        async with self.store.reading() as connection:
            row = (
                await connection.execute(
                    select(guilds.c.revision, guilds.c.next_entry).where(
                        guilds.c.guild_id == guild
                    )
                )
            ).one_or_none()
        if row is None:
            return ServerState(0, 0)
        return ServerState(row.revision, row.next_entry - 1)

    async def add(self, guild: int, wish: Wish) -> SetUp:
        """Make a follow, and tell the channel for changes; one of the same in the same
        channel is replaced.

        QuotaError if the server has as many as it may.
        """
        async with self.store.writing() as connection:
            await self._lock_guild(connection, guild)
            ours = follows.c.guild_id == guild
            same = and_(
                ours, follows.c.what == wish.what, follows.c.channel == wish.channel
            )
            gone = delete(follows).where(same).returning(follows.c.how)
            before = (await connection.execute(gone)).scalars().first()
            counted = select(
                func.count().label("there"),
                func.coalesce(func.max(follows.c.number), 0).label("last"),
            ).where(ours)
            row = (await connection.execute(counted)).one()
            if row.there >= MOST:
                raise QuotaError("follows", MOST)
            await connection.execute(
                insert(follows).values(
                    guild_id=guild,
                    number=row.last + 1,
                    what=wish.what,
                    channel=wish.channel,
                    how=wish.how,
                    locale=wish.locale,
                    author=wish.author,
                    at=millis(self.store.clock()),
                    version=1,
                    due=millis(wish.due) if wish.due else 0,
                    closed=None,
                    **_told_values(wish.told),
                )
            )
            told = {"name": wish.name, "channel": wish.channel, "how": wish.how}
            row_id = await self._tell(
                connection, guild, wish.author, "follow", {**told, "before": before}
            )
        follow = Follow(
            guild,
            row.last + 1,
            wish.what,
            wish.channel,
            wish.how,
            wish.locale,
            wish.author,
            1,
            wish.told,
        )
        return SetUp(follow, row_id)

    async def _tell(
        self,
        connection: AsyncConnection,
        guild: int,
        author: int,
        verb: Literal["follow", "unfollow"],
        detail: Mapping[str, object],
    ) -> int:
        """Write down for the channel for changes what somebody did; the row's id."""
        now = millis(self.store.clock())
        row = audit_values(guild, at=now, actor=author, verb=verb, detail=dict(detail))
        made = await connection.execute(insert(audit).values(row).returning(audit.c.id))
        return made.scalar_one()

    async def withdraw(self, made: SetUp) -> None:
        """Undo what was just set up and cannot be: nobody need be told of it."""
        follow = made.follow
        mine = and_(
            follows.c.guild_id == follow.guild, follows.c.number == follow.number
        )
        untold = and_(audit.c.id == made.audit, audit.c.posted.is_(None))
        async with self.store.writing() as connection:
            await connection.execute(delete(follows).where(mine))
            await connection.execute(delete(audit).where(untold))

    async def _lock_guild(self, connection: AsyncConnection, guild: int) -> None:
        """The server's row, made if it is new, locked until the transaction ends."""
        await self.store.insert_guild(connection, guild)
        ours = guilds.c.guild_id == guild
        locked = update(guilds).where(ours).values(revision=guilds.c.revision)
        await connection.execute(locked)
        # Who writes is there, as in ``EntryWriter``.
        gone = update(guilds).where(ours, guilds.c.left_at.is_not(None))
        await connection.execute(gone.values(left_at=None, member=False))

    async def of(self, guild: int) -> list[Follow]:
        """A server's follows, oldest first."""
        mine = select(follows).where(follows.c.guild_id == guild)
        async with self.store.reading() as connection:
            rows = await connection.execute(mine.order_by(follows.c.number))
            return [_follow(row) for row in rows]

    async def stop(self, guild: int, number: int, *, author: int, name: str) -> None:
        """End a follow, and tell the channel for changes who ended what; MissingError
        if there is none of this number.
        """
        mine = and_(
            follows.c.guild_id == guild, follows.c.number == known_number(number)
        )
        gone = delete(follows).where(mine).returning(follows.c.channel, follows.c.how)
        async with self.store.writing() as connection:
            row = (await connection.execute(gone)).one_or_none()
            if row is None:
                raise MissingError(number)
            told = {"name": name, "channel": row.channel, "how": row.how}
            await self._tell(connection, guild, author, "unfollow", told)

    async def set_due(self, guild: int, dues: Mapping[int, datetime | None]) -> None:
        """Let follows, by their numbers, be looked at when the clock of another time
        zone says so.
        """
        async with self.store.writing() as connection:
            for number, due in dues.items():
                mine = and_(follows.c.guild_id == guild, follows.c.number == number)
                await connection.execute(
                    update(follows).where(mine).values(due=millis(due) if due else 0)
                )

    async def any(self) -> bool:
        """Whether anybody follows anything."""
        async with self.store.reading() as connection:
            first = select(follows.c.number).limit(1)
            return (await connection.execute(first)).first() is not None

    async def due(self, edition: int, day: date, limit: int = 200) -> list[Due]:
        """Follows that may have something to be told by a process that serves this
        edition on this day, by server and channel.

        One that was told by a newer edition is left to whoever serves that.
        """
        at_once = and_(
            follows.c.how == "once",
            or_(
                follows.c.edition < edition,
                follows.c.day < day.isoformat(),
                follows.c.guild_revision != guilds.c.revision,
            ),
        )
        now_and_then = and_(
            follows.c.how != "once", follows.c.due <= millis(self.store.clock())
        )
        wanted = (
            select(
                follows,
                guilds.c.revision.label("server_revision"),
            )
            .join(guilds, guilds.c.guild_id == follows.c.guild_id)
            .where(
                follows.c.closed.is_(None),
                guilds.c.left_at.is_(None),
                follows.c.edition <= edition,
                or_(at_once, now_and_then),
            )
            .order_by(follows.c.guild_id, follows.c.channel, follows.c.number)
            .limit(limit)
        )
        async with self.store.reading() as connection:
            return [
                Due(_follow(row), row.server_revision)
                for row in await connection.execute(wanted)
            ]

    async def move_on(self, steps: Sequence[Step], message: Message | None) -> bool:
        """Let follows of one channel move on, and put their message into the queue:
        all of it or, if another process was faster with any of them, nothing.

        Returns whether it was done.
        """
        try:
            async with self.store.writing() as connection:
                for step in steps:
                    await self._take_step(connection, step)
                if message is not None:
                    await insert_message(self.store, connection, message)
        except _RacedError:
            return False
        return True

    async def _take_step(self, connection: AsyncConnection, step: Step) -> None:
        follow = step.follow
        unchanged = and_(
            follows.c.guild_id == follow.guild,
            follows.c.number == follow.number,
            follows.c.version == follow.version,
            follows.c.what == follow.what,
            follows.c.closed.is_(None),
        )
        done = await connection.execute(
            update(follows)
            .where(unchanged)
            .values(
                version=follow.version + 1,
                due=millis(step.due) if step.due else 0,
                **_told_values(step.told),
            )
        )
        if done.rowcount != 1:
            raise _RacedError

    async def close(self, guild: int, channel: int, notice: Message | None) -> bool:
        """A channel is gone or closed to Ally: its follows rest, what waits for it is
        dropped, and ``notice`` is put into the queue; whether any follow was open.
        """
        there = and_(follows.c.guild_id == guild, follows.c.channel == channel)
        waiting = and_(
            deliveries.c.guild_id == guild,
            deliveries.c.channel == channel,
            deliveries.c.posted.is_(None),
        )
        async with self.store.writing() as connection:
            done = await connection.execute(
                update(follows)
                .where(there, follows.c.closed.is_(None))
                .values(
                    closed=millis(self.store.clock()), version=follows.c.version + 1
                )
            )
            await connection.execute(delete(deliveries).where(waiting))
            if done.rowcount and notice is not None:
                await insert_message(self.store, connection, notice)
        return done.rowcount > 0
