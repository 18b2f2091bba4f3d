"""Messages that are to reach a channel once, whatever is killed or away meanwhile.

A message is written down, whole, in the transaction in which it is decided on. It has
a token, which is Discord's nonce for it and stands in the custom id of one of its
buttons. Posting it is:

1. *Before*: the row is claimed for ``LEASE`` seconds; nobody else takes it then.
2. It is posted with the nonce and ``enforce_nonce``: of two posts within some minutes
   Discord makes one message (/resources/message#create-message).
3. *After*: the row says that it was posted.

A process that is killed between 1 and 3 leaves a row whose claim runs out. Whoever
takes it then sees by ``tries`` that it may have been posted, and first looks for the
token among the channel's messages since; only if it is not there is it posted. The
look is for the time after Discord has forgotten the nonce, the nonce for a post that is
still on its way while somebody else looks.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Store
from bot.store.tables import deliveries, guilds, millis, moment

LEASE = timedelta(seconds=60)
"""How long a claim lasts; much longer than discord.py tries one request."""
KEPT = timedelta(days=7)
"""How long what was posted is remembered."""
NEVER = -1
LONGEST_PAUSE = timedelta(minutes=10)
MessageKind: TypeAlias = Literal["once", "digest", "own", "notice"]


def new_token() -> str:
    """A token that no other message has; at most 25 characters, as a nonce."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is to be posted; ``body`` are its components as Discord has
    them. Of kind ``own`` is one that a kind of follow made itself.
    """

    guild: int
    channel: int
    kind: MessageKind
    body: Sequence[dict[str, Any]]
    token: str = field(default_factory=new_token)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that was claimed; ``tries`` counts this claim too."""

    message: Message
    at: datetime
    tries: int


async def insert_message(
    store: Store, connection: AsyncConnection, message: Message
) -> None:
    """Put a message into the queue in the caller's transaction."""
    await connection.execute(
        insert(deliveries).values(
            token=message.token,
            guild_id=message.guild,
            channel=message.channel,
            kind=message.kind,
            at=millis(store.clock()),
            body=list(message.body),
            claimed=None,
            tries=0,
            posted=None,
            message=0,
        )
    )


class Deliveries:
    """The queue of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def take(self, limit: int = 20) -> list[Delivery]:
        """Claim messages that wait, oldest first."""
        now = self.store.clock()
        free = or_(
            deliveries.c.claimed.is_(None),
            deliveries.c.claimed <= millis(now - LEASE),
            # What was claimed in the future was claimed by a clock since set back.
            deliveries.c.claimed > millis(now + LONGEST_PAUSE),
        )
        waiting = and_(deliveries.c.posted.is_(None), free)
        present = select(guilds.c.guild_id).where(guilds.c.left_at.is_(None))
        oldest = (
            select(deliveries.c.token)
            .where(waiting, deliveries.c.guild_id.in_(present))
            .order_by(deliveries.c.at, deliveries.c.token)
            .limit(limit)
        )
        claim = (
            update(deliveries)
            .where(deliveries.c.token.in_(oldest), waiting)
            .values(claimed=millis(now), tries=deliveries.c.tries + 1)
            .returning(deliveries)
        )
        async with self.store.writing() as connection:
            rows = (await connection.execute(claim)).all()
        taken = [
            Delivery(
                Message(row.guild_id, row.channel, row.kind, row.body, row.token),
                moment(row.at),
                row.tries,
            )
            for row in rows
        ]
        return sorted(taken, key=lambda each: (each.at, each.message.token))

    async def posted(self, token: str, message: int) -> None:
        """The channel has it, as this message."""
        now = millis(self.store.clock())
        await self._set(token, posted=now, message=message, body=[])

    async def drop(self, token: str) -> None:
        """It can never be posted."""
        await self._set(token, posted=NEVER, body=[])

    async def later(self, token: str, pause: timedelta) -> None:
        """It could not be posted now; somebody may claim it after so long."""
        claimed = millis(self.store.clock() - LEASE + min(pause, LONGEST_PAUSE))
        await self._set(token, claimed=claimed)

    async def _set(self, token: str, **values: object) -> None:
        mine = and_(deliveries.c.token == token, deliveries.c.posted.is_(None))
        async with self.store.writing() as connection:
            await connection.execute(update(deliveries).where(mine).values(**values))

    async def last(
        self, guild: int, channel: int, kind: MessageKind
    ) -> datetime | None:
        """When the newest message of a kind was decided on for a channel; None for
        never.
        """
        newest = select(func.max(deliveries.c.at)).where(
            deliveries.c.guild_id == guild,
            deliveries.c.channel == channel,
            deliveries.c.kind == kind,
        )
        async with self.store.reading() as connection:
            stored = (await connection.execute(newest)).scalar()
        return moment(stored) if stored else None

    async def length(self) -> int:
        """How many messages wait, in all servers."""
        waiting = select(func.count()).where(deliveries.c.posted.is_(None))
        async with self.store.reading() as connection:
            return (await connection.execute(waiting)).scalar_one()

    async def drop_old(self) -> None:
        """Forget what was posted long ago; done once a day."""
        before = millis(self.store.clock() - KEPT)
        old = and_(deliveries.c.posted.is_not(None), deliveries.c.at < before)
        async with self.store.writing() as connection:
            await connection.execute(delete(deliveries).where(old))
