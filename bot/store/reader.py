"""Reading a server's entries, history and queue; nothing here sees more than the one
server it is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import and_, func, select

from bot.entries.records import Entry, Preferences, Revision, Suggestion
from bot.store.database import Store, known_number
from bot.store.errors import MissingError
from bot.store.rows import entry_of, preferences_of, revision_of, suggestion_of
from bot.store.tables import entries, guilds, revisions, suggestions


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A server's settings and published entries, as of one revision; revision 0 is a
    server that has nothing.
    """

    revision: int
    preferences: Preferences
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An entry in short: ``key`` is an event's id or a folded name, empty for what an
    actor has one of.
    """

    number: int
    kind: str
    subject: str
    key: str
    state: str


class PostingChannel(NamedTuple):
    """A channel of a server in which Ally posts, and what for."""

    guild: int
    purpose: Literal["audit", "review"]
    channel: int


NOTHING = Snapshot(0, Preferences(), ())


class EntryReader:
    """Reads from one store; every method raises StoreAwayError if the database cannot
    be reached.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    async def revision(self, guild: int) -> int:
        """The server's revision, 0 if it has never changed anything."""
        async with self.store.reading() as connection:
            revision = await connection.execute(
                select(guilds.c.revision).where(guilds.c.guild_id == guild)
            )
            return revision.scalar() or 0

    async def snapshot(self, guild: int) -> Snapshot:
        """What answering in the server needs, read in one transaction."""
        async with self.store.reading() as connection:
            columns = (guilds.c.revision, guilds.c.preferences)
            row = (
                await connection.execute(
                    select(*columns).where(guilds.c.guild_id == guild)
                )
            ).one_or_none()
            if row is None:
                return NOTHING
            published = select(entries).where(
                entries.c.guild_id == guild, entries.c.state == "published"
            )
            rows = await connection.execute(published.order_by(entries.c.number))
            return Snapshot(
                row.revision,
                preferences_of(row.preferences),
                tuple(entry_of(each) for each in rows),
            )

    async def all_entries(self, guild: int) -> tuple[Entry, ...]:
        """Every entry, the retired ones too, by number."""
        async with self.store.reading() as connection:
            ours = (
                select(entries)
                .where(entries.c.guild_id == guild)
                .order_by(entries.c.number)
            )
            return tuple(entry_of(row) for row in await connection.execute(ours))

    async def index(self, guild: int) -> tuple[IndexRow, ...]:
        """Every entry's number and what it is about, newest first, without its content:
        enough for autocomplete.
        """
        columns = (
            entries.c.number,
            entries.c.kind,
            entries.c.subject,
            entries.c.key,
            entries.c.state,
        )
        async with self.store.reading() as connection:
            ours = (
                select(*columns)
                .where(entries.c.guild_id == guild)
                .order_by(entries.c.number.desc())
            )
            return tuple(IndexRow(*row) for row in await connection.execute(ours))

    async def entry(self, guild: int, number: int) -> Entry:
        """One entry; MissingError if the server has none of this number."""
        async with self.store.reading() as connection:
            where = (
                entries.c.guild_id == guild,
                entries.c.number == known_number(number),
            )
            row = (
                await connection.execute(select(entries).where(*where))
            ).one_or_none()
        if row is None:
            raise MissingError(number)
        return entry_of(row)

    async def history(self, guild: int, number: int) -> tuple[Revision, ...]:
        """Every revision of an entry, oldest first; MissingError if there is no such
        entry.
        """
        async with self.store.reading() as connection:
            where = (
                revisions.c.guild_id == guild,
                revisions.c.number == known_number(number),
            )
            newest = await connection.execute(
                select(revisions).where(*where).order_by(revisions.c.revision)
            )
            rows = tuple(revision_of(row) for row in newest)
        if not rows:
            raise MissingError(number)
        return rows

    async def suggestion(self, guild: int, number: int) -> Suggestion:
        """One suggestion, decided or not; MissingError if there is none of this
        number.
        """
        async with self.store.reading() as connection:
            where = (
                suggestions.c.guild_id == guild,
                suggestions.c.number == known_number(number),
            )
            row = (
                await connection.execute(select(suggestions).where(*where))
            ).one_or_none()
        if row is None:
            raise MissingError(number)
        return suggestion_of(row)

    async def waiting_of(self, guild: int, proposer: int) -> tuple[Suggestion, ...]:
        """A person's suggestions that wait, oldest first."""
        mine = select(suggestions).where(
            suggestions.c.guild_id == guild,
            suggestions.c.proposer == proposer,
            suggestions.c.verdict == "pending",
        )
        async with self.store.reading() as connection:
            rows = await connection.execute(mine.order_by(suggestions.c.number))
            return tuple(suggestion_of(row) for row in rows)

    async def channels(self, limit: int) -> list[PostingChannel]:
        """Servers' channels in which Ally posts, of at most so many servers."""
        async with self.store.reading() as connection:
            columns = (guilds.c.guild_id, guilds.c.preferences)
            rows = (
                await connection.execute(
                    select(*columns).where(guilds.c.left_at.is_(None))
                )
            ).all()
        chosen: list[PostingChannel] = []
        for guild, stored in rows:
            known = preferences_of(stored)
            both = (
                PostingChannel(guild, "audit", known.audit_channel),
                PostingChannel(guild, "review", known.review_channel),
            )
            chosen += [each for each in both if each.channel]
            if len({each.guild for each in chosen}) >= limit:
                break
        return chosen

    async def undecided(self) -> int:
        """How many suggestions wait, in all servers."""
        async with self.store.reading() as connection:
            pending = (
                select(func.count())
                .select_from(suggestions)
                .where(suggestions.c.verdict == "pending")
            )
            return (await connection.execute(pending)).scalar_one()

    async def waiting(
        self, guild: int, place: int = 0
    ) -> tuple[Suggestion | None, int]:
        """The suggestion at a place of the queue, oldest first, and how many wait; None
        past its end.
        """
        pending = and_(
            suggestions.c.guild_id == guild, suggestions.c.verdict == "pending"
        )
        async with self.store.reading() as connection:
            count = (
                await connection.execute(select(func.count()).where(pending))
            ).scalar_one()
            at = min(max(place, 0), max(count - 1, 0))
            one = (
                select(suggestions)
                .where(pending)
                .order_by(suggestions.c.number)
                .offset(at)
                .limit(1)
            )
            row = (await connection.execute(one)).one_or_none()
        return (suggestion_of(row) if row is not None else None), count
