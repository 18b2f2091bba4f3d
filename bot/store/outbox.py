"""Changes that wait to be shown in an audit channel: written with the change itself, so
that none is missed.

Whoever shows some claims them for ``LEASE``, and says of each that it was posted. What
was claimed by a process that was killed then is free again; so a change may be shown
twice, and is not lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from bot.entries.records import Revision
from bot.knowledge.plain import PlainObject
from bot.store.database import Store
from bot.store.rows import revision_of
from bot.store.tables import audit, millis, moment, revisions

NOWHERE = -1
"""In place of a moment: it was shown nowhere. Below it stands the moment of a claim,
with a minus.
"""
LEASE = timedelta(seconds=60)
"""How long a claim lasts; much longer than discord.py tries one request."""
_FRESH = timedelta(days=2)
"""How old what is shown may be: what was missed is looked for once a day."""
KEPT = timedelta(days=30)
"""How long a row is kept."""


@dataclass(frozen=True, slots=True)
class AuditPost:
    """One audit row; for an entry the revision that it made and the one before, for
    settings their detail.
    """

    id: int
    guild: int
    at: datetime
    actor: int
    verb: str
    after: Revision | None
    before: Revision | None
    detail: PlainObject


class Outbox:
    """What is still to be posted, for one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def _free(self) -> ColumnElement[bool]:
        """Rows that wait and are not claimed, or no longer."""
        now, claim = self.store.clock(), -audit.c.posted
        over = or_(
            claim <= millis(now - LEASE),
            # What was claimed in the future was claimed by a clock since set back.
            claim > millis(now + LEASE),
        )
        claimed = audit.c.posted < NOWHERE
        return or_(audit.c.posted.is_(None), and_(claimed, over))

    async def take(self, guild: int, limit: int = 600) -> list[AuditPost]:
        """Claim a server's unposted rows of the last two days, oldest first; another
        process cannot claim them then. Older ones wait no longer.
        """
        now, free = self.store.clock(), self._free()
        waiting = and_(audit.c.guild_id == guild, free)
        stale = and_(waiting, audit.c.at <= millis(now - _FRESH))
        after, before = revisions.alias(), revisions.alias()
        async with self.store.writing() as connection:
            await connection.execute(update(audit).where(stale).values(posted=NOWHERE))
            oldest = select(audit.c.id).where(waiting).order_by(audit.c.id).limit(limit)
            claimed = update(audit).where(audit.c.id.in_(oldest), free)
            ids = list(
                (
                    await connection.execute(
                        claimed.values(posted=-millis(now)).returning(audit.c.id)
                    )
                ).scalars()
            )
            rows = (
                await connection.execute(
                    select(audit).where(audit.c.id.in_(ids)).order_by(audit.c.id)
                )
            ).all()
            changes: dict[int, Revision] = {}
            earlier: dict[int, Revision] = {}
            for alias, shift, into in ((after, 0, changes), (before, 1, earlier)):
                joined = (
                    select(audit.c.id.label("row"), alias)
                    .join_from(
                        audit,
                        alias,
                        and_(
                            alias.c.guild_id == audit.c.guild_id,
                            alias.c.number == audit.c.number,
                            alias.c.revision == audit.c.revision - shift,
                        ),
                    )
                    .where(audit.c.id.in_(ids))
                )
                for row in await connection.execute(joined):
                    into[row.row] = revision_of(row)
        return [
            AuditPost(
                row.id,
                row.guild_id,
                moment(row.at),
                row.actor,
                row.verb,
                changes.get(row.id),
                earlier.get(row.id),
                row.detail,
            )
            for row in rows
        ]

    async def posted(self, rows: Sequence[AuditPost]) -> None:
        """The channel has them, or never will."""
        await self._set(rows, millis(self.store.clock()))

    async def give_back(self, rows: Sequence[AuditPost]) -> None:
        """Let rows be posted later that could not be posted now."""
        await self._set(rows, None)

    async def _set(self, rows: Sequence[AuditPost], posted: int | None) -> None:
        if rows:
            async with self.store.writing() as connection:
                ids = [row.id for row in rows]
                await connection.execute(
                    update(audit).where(audit.c.id.in_(ids)).values(posted=posted)
                )

    async def drop(self, guild: int) -> None:
        """A server without an audit channel: its rows stay, but nobody waits for
        them.
        """
        async with self.store.writing() as connection:
            waiting = update(audit).where(
                audit.c.guild_id == guild, audit.c.posted.is_(None)
            )
            await connection.execute(waiting.values(posted=NOWHERE))

    async def length(self) -> int:
        """How many rows wait, in all servers."""
        async with self.store.reading() as connection:
            waiting = select(func.count()).select_from(audit).where(self._free())
            return (await connection.execute(waiting)).scalar_one()

    async def guilds(self) -> list[int]:
        """The servers for which something waits."""
        async with self.store.reading() as connection:
            waiting = select(audit.c.guild_id).where(self._free())
            return list((await connection.execute(waiting.distinct())).scalars())

    async def drop_old(self) -> None:
        """Forget what is older than ``KEPT``; an entry's history has its own rows."""
        old = audit.c.at <= millis(self.store.clock() - KEPT)
        async with self.store.writing() as connection:
            await connection.execute(delete(audit).where(old))
