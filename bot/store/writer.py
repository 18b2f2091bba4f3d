"""Changing a server's entries: each change, its revision and its audit row in one
transaction, or none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.entries.records import (
    FORGOTTEN,
    Body,
    Change,
    Preferences,
    Revision,
    Suggestion,
    Verb,
    Verdict,
)
from bot.knowledge.plain import PlainObject, object_in
from bot.store.changes import Authorship, ChangeTables, Quotas, audit_values
from bot.store.database import Store, known_number
from bot.store.errors import (
    DecidedError,
    MissingError,
    QuotaError,
)
from bot.store.privacy import QUOTA_WINDOW, proposed_before
from bot.store.rows import preferences_of, suggestion_of
from bot.store.tables import (
    audit,
    guilds,
    millis,
    moment,
    suggestions,
)


@dataclass(frozen=True, slots=True)
class _LockedGuild:
    """What a guild's row says while its transaction holds it."""

    next_entry: int
    next_suggestion: int
    preferences: PlainObject


class EntryWriter:
    """Writes for one store."""

    def __init__(self, store: Store, quotas: Quotas) -> None:
        self.store, self.quotas = store, quotas
        self._tables = ChangeTables(store, quotas)

    async def _locked(self, connection: AsyncConnection, guild: int) -> _LockedGuild:
        """The guild's row, made if it is new, counted up, and locked until the
        transaction ends.
        """
        await self.store.insert_guild(connection, guild)
        ours = guilds.c.guild_id == guild
        await connection.execute(
            update(guilds).where(ours).values(revision=guilds.c.revision + 1)
        )
        # Who writes is there: a server that Ally left may have taken its commands in
        # again, without a membership.
        gone = update(guilds).where(ours, guilds.c.left_at.is_not(None))
        await connection.execute(gone.values(left_at=None, member=False))
        row = (await connection.execute(select(guilds).where(ours))).one()
        return _LockedGuild(
            row.next_entry, row.next_suggestion, object_in(row.preferences)
        )

    async def publish(
        self,
        guild: int,
        changes: Sequence[Change],
        *,
        author: int,
        verb: Verb,
        reason: str = "",
    ) -> list[Revision]:
        """Make these changes, all or none; returns the new revisions.

        Raises StaleError, ClashError, QuotaError, MissingError or StoreAwayError,
        having changed nothing.
        """
        async with self.store.writing() as connection:
            ours = await self._locked(connection, guild)
            by = Authorship(author=author, verb=verb, reason=reason, proposer=FORGOTTEN)
            return await self._tables.apply(
                connection, guild, changes, by, next_entry=ours.next_entry
            )

    async def propose(
        self, guild: int, subject: str, body: Body, *, proposer: int
    ) -> Suggestion:
        """Put a suggestion into the queue; QuotaError if the queue is full or the
        member has proposed enough today.
        """
        async with self.store.writing() as connection:
            row = await self._locked(connection, guild)
            now = millis(self.store.clock())
            day_ago = now - round(QUOTA_WINDOW / timedelta(milliseconds=1))
            ours = suggestions.c.guild_id == guild
            waiting = select(func.count()).where(
                ours, suggestions.c.verdict == "pending"
            )
            if (await connection.execute(waiting)).scalar_one() >= self.quotas.waiting:
                raise QuotaError("waiting", self.quotas.waiting)
            today = select(func.count()).where(
                ours,
                suggestions.c.proposer == proposer,
                suggestions.c.at > day_ago,
            )
            made_today = (await connection.execute(today)).scalar_one()
            made_today += await proposed_before(
                connection, guild, proposer, since=day_ago
            )
            if made_today >= self.quotas.daily:
                raise QuotaError("today", self.quotas.daily)
            values: PlainObject = {
                "guild_id": guild,
                "number": row.next_suggestion,
                "subject": subject,
                "body": dict(body),
                "proposer": proposer,
                "at": now,
                "verdict": "pending",
                "revision": 1,
                "tell": False,
                "decided_by": FORGOTTEN,
                "decided_at": None,
                "reason": "",
                "entry": 0,
                "channel": 0,
                "message": 0,
            }
            await connection.execute(insert(suggestions).values(**values))
            await connection.execute(
                update(guilds)
                .where(guilds.c.guild_id == guild)
                .values(next_suggestion=row.next_suggestion + 1)
            )
            return Suggestion(row.next_suggestion, subject, body, proposer, moment(now))

    async def decide(
        self,
        guild: int,
        number: int,
        verdict: Verdict,
        *,
        by: int,
        reason: str = "",
        change: Change | None = None,
    ) -> tuple[Suggestion, list[Revision]]:
        """Approve (with the change to make) or reject; DecidedError if somebody was
        faster, who then counts alone.
        """
        async with self.store.writing() as connection:
            ours = await self._locked(connection, guild)
            where = (
                suggestions.c.guild_id == guild,
                suggestions.c.number == known_number(number),
            )
            row = (
                await connection.execute(select(suggestions).where(*where))
            ).one_or_none()
            if row is None:
                raise MissingError(number)
            before = suggestion_of(row)
            if before.verdict != "pending":
                raise DecidedError(before)
            made: list[Revision] = []
            if change is not None:
                approval = Authorship(
                    author=by, verb="approve", reason=reason, proposer=before.proposer
                )
                made = await self._tables.apply(
                    connection, guild, [change], approval, next_entry=ours.next_entry
                )
            now = self.store.clock()
            after = replace(
                before,
                verdict=verdict,
                decided_by=by,
                decided_at=now,
                reason=reason,
                entry=made[0].number if made else 0,
                revision=before.revision + 1,
            )
            await connection.execute(
                update(suggestions)
                .where(*where)
                .values(
                    verdict=verdict,
                    decided_by=by,
                    decided_at=millis(now),
                    reason=reason,
                    entry=after.entry,
                    revision=after.revision,
                )
            )
            if not made:
                await connection.execute(
                    insert(audit).values(
                        audit_values(
                            guild,
                            at=millis(now),
                            actor=by,
                            verb="reject",
                            detail={"suggestion": number, "reason": reason},
                        )
                    )
                )
            return after, made

    async def note(self, guild: int, number: int, **values: object) -> None:
        """Remember of a suggestion where it is shown (``channel``, ``message``) or whom
        to ``tell``.
        """
        where = (
            suggestions.c.guild_id == guild,
            suggestions.c.number == known_number(number),
        )
        async with self.store.writing() as connection:
            done = await connection.execute(
                update(suggestions).where(*where).values(**values)
            )
            if done.rowcount != 1:
                raise MissingError(number)

    async def prefer(
        self, guild: int, wanted: PlainObject, *, author: int
    ) -> Preferences:
        """Change some of a server's settings; returns all of them."""
        async with self.store.writing() as connection:
            stored = (await self._locked(connection, guild)).preferences
            before = {key: stored.get(key) for key in wanted}
            after = {**stored, **wanted}
            await connection.execute(
                update(guilds)
                .where(guilds.c.guild_id == guild)
                .values(preferences=after)
            )
            now = millis(self.store.clock())
            await connection.execute(
                insert(audit).values(
                    audit_values(
                        guild,
                        at=now,
                        actor=author,
                        verb="settings",
                        detail={"before": before, "after": wanted},
                    )
                )
            )
            await self.store.tell(connection, guild)
            return preferences_of(after)
