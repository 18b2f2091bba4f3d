"""Changing a server's entries: each change, its revision and its audit row in one
transaction, or none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.entries.records import (
    FORGOTTEN,
    Body,
    Change,
    Entry,
    Preferences,
    Revision,
    Suggestion,
    Verb,
    Verdict,
)
from bot.knowledge.plain import PlainObject
from bot.store.database import Store, known_number
from bot.store.errors import (
    ClashError,
    DecidedError,
    MissingError,
    QuotaError,
    StaleError,
)
from bot.store.privacy import QUOTA_WINDOW, proposed_before
from bot.store.rows import entry_of, key_of, preferences_of, revision_of, suggestion_of
from bot.store.tables import (
    audit,
    entries,
    guilds,
    millis,
    moment,
    revisions,
    suggestions,
)


@dataclass(frozen=True, slots=True)
class Quotas:
    """How much a server may hold: published entries, suggestions waiting, and
    suggestions of one member in 24 hours.
    """

    entries: int = 2_000
    waiting: int = 200
    daily: int = 10


class EntryWriter:
    """Writes for one store."""

    def __init__(self, store: Store, quotas: Quotas) -> None:
        self.store, self.quotas = store, quotas

    async def _locked(self, connection: AsyncConnection, guild: int) -> Row[Any]:
        """The guild's row, made if it is new, counted up, and locked until the
        transaction ends.
        """
        await self.store.insert_missing(
            connection,
            guilds,
            guild_id=guild,
            revision=0,
            next_entry=1,
            next_suggestion=1,
            preferences={},
        )
        ours = guilds.c.guild_id == guild
        await connection.execute(
            update(guilds).where(ours).values(revision=guilds.c.revision + 1)
        )
        # Who writes is there: a server that Ally left may have taken its commands in
        # again, without a membership.
        gone = update(guilds).where(ours, guilds.c.left_at.is_not(None))
        await connection.execute(gone.values(left_at=None, member=False))
        return (await connection.execute(select(guilds).where(ours))).one()

    async def _room(self, connection: AsyncConnection, guild: int, more: int) -> None:
        ours = select(func.count()).where(
            entries.c.guild_id == guild, entries.c.state == "published"
        )
        if (
            more
            and (await connection.execute(ours)).scalar_one() + more
            > self.quotas.entries
        ):
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

    async def _apply(
        self,
        connection: AsyncConnection,
        guild: int,
        row: Row[Any],
        changes: Sequence[Change],
        *,
        author: int,
        verb: Verb,
        reason: str,
        proposer: int,
    ) -> list[Revision]:
        now = millis(self.store.clock())
        number = row.next_entry
        made: list[PlainObject] = []
        noted: list[PlainObject] = []
        new = sum(not c.number for c in changes)
        await self._room(connection, guild, new)
        for asked in changes:
            change = asked
            if not change.number and (new == 1 or change.kind != "event"):
                change = await self._placed(connection, guild, change)
            common: PlainObject = {
                "guild_id": guild,
                "kind": change.kind,
                "subject": change.subject,
                "body": dict(change.body),
                "state": change.state,
                "revision": change.revision + 1,
                "author": author,
                "at": now,
            }
            if not change.number:
                common["number"], number = number, number + 1
                made.append({**common, "key": key_of(change)})
            else:
                common["number"] = change.number
                await self._change(connection, guild, change, common)
            noted.append(
                {**common, "verb": verb, "proposer": proposer, "reason": reason}
            )
        if made:
            try:
                await connection.execute(insert(entries), made)
            except IntegrityError:
                raise ClashError(made[0]["number"]) from None
        await connection.execute(insert(revisions), noted)
        await connection.execute(
            insert(audit),
            [
                {
                    "guild_id": guild,
                    "at": now,
                    "actor": author,
                    "verb": verb,
                    "number": n["number"],
                    "revision": n["revision"],
                    "detail": {},
                    "posted": None,
                }
                for n in noted
            ],
        )
        if number != row.next_entry:
            await connection.execute(
                update(guilds)
                .where(guilds.c.guild_id == guild)
                .values(next_entry=number)
            )
        await self.store.tell(connection, guild)
        return [
            Revision(
                n["number"],
                n["revision"],
                n["kind"],
                n["subject"],
                n["body"],
                n["state"],
                verb,
                author,
                moment(now),
                reason,
                proposer,
            )
            for n in noted
        ]

    async def _change(
        self,
        connection: AsyncConnection,
        guild: int,
        change: Change,
        common: PlainObject,
    ) -> None:
        """Compare and set: only on top of the revision that the change was made for."""
        before = await self._current(connection, guild, change.number)
        if before.revision != change.revision:
            raise StaleError(await self._latest(connection, guild, change.number))
        if before.state != "published" and change.state == "published":
            await self._room(connection, guild, 1)
        where = (
            entries.c.guild_id == guild,
            entries.c.number == change.number,
            entries.c.revision == change.revision,
        )
        values = {k: common[k] for k in ("body", "state", "revision", "author", "at")}
        try:
            done = await connection.execute(
                update(entries).where(*where).values(**values, key=key_of(change))
            )
        except IntegrityError:
            raise ClashError(change.number) from None
        if done.rowcount != 1:
            raise StaleError(await self._latest(connection, guild, change.number))

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
            row = await self._locked(connection, guild)
            return await self._apply(
                connection,
                guild,
                row,
                changes,
                author=author,
                verb=verb,
                reason=reason,
                proposer=FORGOTTEN,
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
            row = await self._locked(connection, guild)
            where = (
                suggestions.c.guild_id == guild,
                suggestions.c.number == known_number(number),
            )
            found = (
                await connection.execute(select(suggestions).where(*where))
            ).one_or_none()
            if found is None:
                raise MissingError(number)
            before = suggestion_of(found)
            if before.verdict != "pending":
                raise DecidedError(before)
            made: list[Revision] = []
            if change is not None:
                made = await self._apply(
                    connection,
                    guild,
                    row,
                    [change],
                    author=by,
                    verb="approve",
                    reason=reason,
                    proposer=before.proposer,
                )
            now = self.store.clock()
            values: PlainObject = {
                "verdict": verdict,
                "decided_by": by,
                "decided_at": millis(now),
                "reason": reason,
                "entry": made[0].number if made else 0,
                "revision": before.revision + 1,
            }
            await connection.execute(update(suggestions).where(*where).values(**values))
            if not made:
                await connection.execute(
                    insert(audit).values(
                        guild_id=guild,
                        at=millis(now),
                        actor=by,
                        verb="reject",
                        number=0,
                        revision=0,
                        detail={"suggestion": number, "reason": reason},
                        posted=None,
                    )
                )
            after = replace(before, **{**values, "decided_at": now})
            return after, made

    async def note(self, guild: int, number: int, **values: Any) -> None:
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
            row = await self._locked(connection, guild)
            stored = cast("PlainObject", row.preferences)
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
                    guild_id=guild,
                    at=now,
                    actor=author,
                    verb="settings",
                    number=0,
                    revision=0,
                    detail={"before": before, "after": wanted},
                    posted=None,
                )
            )
            await self.store.tell(connection, guild)
            return preferences_of(after)
