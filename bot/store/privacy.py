"""What is kept about a person: shown, exported and forgotten."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import RowMapping, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.entries.records import FORGOTTEN
from bot.knowledge.plain import PlainObject
from bot.store.database import Store
from bot.store.quiz import left_out, one_at_a_time
from bot.store.tables import (
    audit,
    entries,
    follows,
    forgotten_proposals,
    millis,
    moment,
    quiz_answers,
    revisions,
    salts,
    suggestions,
)

QUOTA_WINDOW = timedelta(hours=24)
"""Over how long a member's suggestions are counted."""

_COLUMNS = (
    (revisions, "author"),
    (revisions, "proposer"),
    (entries, "author"),
    (suggestions, "proposer"),
    (suggestions, "decided_by"),
    (audit, "actor"),
    (follows, "author"),
)
"""Every column whose person is replaced by a tombstone; a test compares it and
``_DELETED`` with the tables.
"""
_DELETED = ((quiz_answers, "player"),)
"""Columns whose rows go with their person."""


@dataclass(frozen=True, slots=True)
class StoredAboutPerson:
    """How often a person's id stands in the database, and in how many servers."""

    revisions: int
    """Changes of entries, of settings and of what is followed."""
    approvals: int
    suggestions: int
    decisions: int
    follows: int
    answers: int
    """To questions of the quiz."""
    servers: int
    left_out: bool = False
    """Whether the person wants no score in the quiz."""

    @property
    def anything(self) -> bool:
        """Whether there is anything at all."""
        kinds = (self.revisions, self.approvals, self.suggestions, self.decisions)
        return any((*kinds, self.follows, self.answers))


_COUNTED = {
    "revisions": (revisions, "author"),
    "others": (audit, "actor"),
    "approvals": (revisions, "proposer"),
    "suggestions": (suggestions, "proposer"),
    "decisions": (suggestions, "decided_by"),
    "follows": (follows, "author"),
    "answers": (quiz_answers, "player"),
}
"""What ``StoredAboutPerson`` counts, and where it stands; ``others`` are changes of
something else than entries.
"""
_COUNTED_ELSEWHERE = and_(audit.c.number == 0, audit.c.verb != "reject")
"""Rows of ``audit`` of which no revision and no suggestion tells: changes of settings
and of what is followed.
"""


def _tag(salt: str, guild: int, user: int) -> str:
    """A name for a person that only holds while the salt of its day is kept."""
    told = f"{guild}:{user}".encode()
    return hmac.new(salt.encode(), told, hashlib.sha256).hexdigest()


async def proposed_before(
    connection: AsyncConnection, guild: int, user: int, *, since: int
) -> int:
    """How many suggestions since a moment (milliseconds) were this person's before it
    asked to be forgotten.
    """
    kept_salts = (await connection.execute(select(salts.c.salt))).scalars()
    tags = [_tag(salt, guild, user) for salt in kept_salts]
    if not tags:
        return 0
    counted = select(func.count()).where(
        forgotten_proposals.c.guild_id == guild,
        forgotten_proposals.c.tag.in_(tags),
        forgotten_proposals.c.at > since,
    )
    return (await connection.execute(counted)).scalar_one()


@dataclass(frozen=True, slots=True)
class Proposal:
    """When a person made a suggestion (milliseconds since 1970), and in which guild."""

    guild: int
    at: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion that stands in a channel of a guild."""

    guild: int
    number: int


class PersonalData:
    """Questions and wishes about people, for one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def kept(self, user: int) -> StoredAboutPerson:
        """What there is about a person; StoreAwayError if the database cannot be
        reached.
        """
        servers: set[int] = set()
        counts: dict[str, int] = {}
        async with self.store.reading() as connection:
            for name, (table, column) in _COUNTED.items():
                mine = table.c[column] == user
                if table is audit:
                    mine = and_(mine, _COUNTED_ELSEWHERE)
                by_guild = (
                    select(table.c.guild_id, func.count().label("times"))
                    .where(mine)
                    .group_by(table.c.guild_id)
                )
                rows = (await connection.execute(by_guild)).all()
                counts[name] = sum(row.times for row in rows)
                servers |= {row.guild_id for row in rows}
            out = await left_out(connection, user)
        counts["revisions"] += counts.pop("others")
        return StoredAboutPerson(**counts, servers=len(servers), left_out=out)

    async def export(self, user: int) -> PlainObject:
        """Everything that carries a person's id, as plain data."""
        exported: PlainObject = {"user": str(user)}
        async with self.store.reading() as connection:
            exported["left out of the quiz's scores"] = await left_out(connection, user)
            for table, column in (*_COLUMNS, *_DELETED):
                rows = await connection.execute(
                    select(table).where(table.c[column] == user)
                )
                exported[f"{table.name} by {column}"] = [
                    _plain(row) for row in rows.mappings()
                ]
        return exported

    async def shown(self, user: int, most: int = 50) -> list[Shown]:
        """A person's suggestions that stand in a channel, the newest at most so
        many: those messages name the person.
        """
        mine = suggestions.c.proposer == user
        newest = (
            select(suggestions.c.guild_id, suggestions.c.number)
            .where(mine, suggestions.c.message > 0)
            .order_by(suggestions.c.at.desc())
            .limit(most)
        )
        async with self.store.reading() as connection:
            rows = (await connection.execute(newest)).all()
        return [Shown(row.guild_id, row.number) for row in rows]

    async def forget(self, user: int) -> int:
        """Replace a person's id by a tombstone everywhere; returns how many rows
        carried it.

        The facts stay; answers to the quiz are deleted. Suggestions that wait are
        withdrawn, so that nothing anonymous stands in a queue. How many were made
        within the last day is kept under a salted tag that nobody can read back once
        its salt is gone, so that forgetting opens no second quota.
        """
        changed = 0
        async with self.store.writing() as connection:
            await one_at_a_time(self.store, connection, user)
            await self._drop_old_tags(connection)
            mine = suggestions.c.proposer == user
            recent = select(suggestions.c.guild_id, suggestions.c.at).where(
                mine, suggestions.c.at > self._quota_begins()
            )
            made = (await connection.execute(recent)).all()
            await self._keep_count(
                connection, user, [Proposal(row.guild_id, row.at) for row in made]
            )
            await connection.execute(
                update(suggestions)
                .where(mine, suggestions.c.verdict == "pending")
                .values(verdict="withdrawn", decided_at=millis(self.store.clock()))
            )
            await connection.execute(update(suggestions).where(mine).values(tell=False))
            for table, column in _COLUMNS:
                done = await connection.execute(
                    update(table)
                    .where(table.c[column] == user)
                    .values({column: FORGOTTEN})
                )
                changed += done.rowcount
            for table, column in _DELETED:
                gone = delete(table).where(table.c[column] == user)
                changed += (await connection.execute(gone)).rowcount
        return changed

    async def _keep_count(
        self, connection: AsyncConnection, user: int, recent: Sequence[Proposal]
    ) -> None:
        if not recent:
            return
        day = self.store.clock().date().isoformat()
        known = select(salts.c.salt).where(salts.c.day == day)
        salt = (await connection.execute(known)).scalar()
        if salt is None:
            salt = secrets.token_hex(32)
            await connection.execute(insert(salts).values(day=day, salt=salt))
        await connection.execute(
            insert(forgotten_proposals),
            [
                {
                    "guild_id": each.guild,
                    "tag": _tag(salt, each.guild, user),
                    "at": each.at,
                }
                for each in recent
            ],
        )

    async def _drop_old_tags(self, connection: AsyncConnection) -> None:
        begins = self._quota_begins()
        await connection.execute(
            delete(forgotten_proposals).where(forgotten_proposals.c.at <= begins)
        )
        # A salt of the day before the window begins has no tag left that counts.
        await connection.execute(
            delete(salts).where(salts.c.day < moment(begins).date().isoformat())
        )

    async def drop_old_tags(self) -> None:
        """Delete the tags of forgotten people that count no longer, with their salts;
        done once a day.
        """
        async with self.store.writing() as connection:
            await self._drop_old_tags(connection)

    def _quota_begins(self) -> int:
        return millis(self.store.clock() - QUOTA_WINDOW)


_IDS = {"guild_id", "channel", "message", *(column for _, column in _COLUMNS), "player"}
"""Columns with ids of Discord's."""


def _plain(row: RowMapping) -> PlainObject:
    # Discord's ids are larger than what JSON's readers keep exactly.
    plain: PlainObject = {
        key: str(value) if key in _IDS else value for key, value in row.items()
    }
    for key in ("at", "decided_at", "posted"):
        stored = plain.get(key)
        if isinstance(stored, int) and stored > 0:
            plain[key] = moment(stored).isoformat()
    return plain
