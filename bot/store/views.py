"""What each server sees: the base with its entries over it, merged when asked for and
kept within a bound.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import partial

from cachetools import LRUCache

from bot.entries.overlay import overlaid
from bot.entries.records import Preferences
from bot.knowledge.facts import Base
from bot.names.index import NameLookup
from bot.names.server_names import ServerNames
from bot.runtime.shared_work import SharedWork
from bot.store.errors import StoreAwayError
from bot.store.reader import NOTHING, EntryReader, Snapshot

log = logging.getLogger(__name__)

KEPT_BYTES = 48 << 20
"""Roughly what all merged servers together may take; measured by tests/bench."""
_EMPTY_BYTES, _MERGED_BYTES, _ENTRY_BYTES = 400, 22_000, 2_600
READ_SECONDS = 1.5
"""How long an answer waits for a server's entries; Discord gives three seconds for all
of it.
"""
_OFF_LOOP = 100
"""Entries from which a merge is left to a thread, so that no other server waits for it.
"""


UNKNOWN = Preferences(private=True, cooldown=5)
"""A server's settings while they cannot be read: nobody else may be meant to see an
answer, and nobody's answers may be meant to fill a channel.
"""


@dataclass(frozen=True, slots=True)
class ServerView:
    """One server's view: its base and names, its settings, and whether its own entries
    could be read.
    """

    guild: int
    revision: int
    base: Base
    names: NameLookup
    preferences: Preferences
    away: bool = False

    @property
    def own(self) -> bool:
        """Whether the server has entries of its own."""
        return bool(self.base.added)


@dataclass(slots=True)
class _CachedView:
    server: ServerView
    generation: int


def _size(kept: _CachedView) -> int:
    added = kept.server.base.added
    if not added:
        return _EMPTY_BYTES
    return _MERGED_BYTES + _ENTRY_BYTES * sum(
        max(1, len(each.events)) for each in added.values()
    )


class ServerViews:
    """The servers' views over one base. ``kept`` needs no await; ``view`` reads
    what is missing.
    """

    def __init__(
        self,
        base: Base,
        names: NameLookup,
        reader: EntryReader | None,
        *,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        self.base, self.names, self.reader = base, names, reader
        self.away = False
        self.hits = self.misses = 0
        self._kept: LRUCache[int, _CachedView] = LRUCache(kept_bytes, _size)
        self._generation = 0
        self._reading = SharedWork[int, ServerView]()
        self._spoilt: set[int] = set()
        self._merging: set[int] = set()
        """Servers that were read and whose view waits for a thread."""
        self._plain = ServerView(0, 0, base, names, Preferences())

    @property
    def count(self) -> int:
        """How many servers' views are in memory."""
        return len(self._kept)

    def swap(self, base: Base, names: NameLookup) -> None:
        """Lay everything over another edition of the base from now on."""
        self.base, self.names = base, names
        self._plain = ServerView(0, 0, base, names, Preferences())
        self._kept.clear()
        self._generation += 1

    def drop(self, guild: int) -> None:
        """Read this server again when it is next asked about."""
        self._kept.pop(guild, None)
        if guild in self._reading:
            # What is being read now may have begun before the change.
            self._spoilt.add(guild)

    def doubt(self) -> None:
        """Something has changed somewhere: look at each server's revision before it is
        next answered from memory.
        """
        self._generation += 1

    def kept(self, guild: int | None) -> ServerView | None:
        """The server's view if it is in memory and known to be fresh."""
        if guild is None or self.reader is None:
            return self._plain
        if self.away:
            return self._without(guild)
        cached = self._kept.get(guild)
        if cached is None or cached.generation != self._generation:
            return None
        self.hits += 1
        return cached.server

    def _without(self, guild: int) -> ServerView:
        """The shipped base, and the server's settings as they were last known."""
        cached = self._kept.get(guild)
        preferences = cached.server.preferences if cached else UNKNOWN
        return ServerView(guild, 0, self.base, self.names, preferences, away=True)

    async def view(self, guild: int | None) -> ServerView:
        """The server's view, from memory or the database; the bare base, marked so, if
        the database is away.
        """
        view = self.kept(guild)
        if view is not None or guild is None:
            return view or self._plain
        try:
            async with asyncio.timeout(READ_SECONDS):
                return await self._reading.result(guild, partial(self._read, guild))
        except (StoreAwayError, TimeoutError) as error:
            # That this process is busy is no reason to take the database from all.
            if isinstance(error, StoreAwayError) or guild not in self._merging:
                self.away = True
            return self._without(guild)

    async def fresh(self, guild: int) -> ServerView:
        """The server's view as the database has it now; StoreAwayError if it cannot be
        reached.
        """
        # What is being read now may have begun before a change.
        await self._reading.ended(guild)
        return await self._reading.result(guild, partial(self._read, guild))

    async def _read(self, guild: int) -> ServerView:
        self.misses += 1
        try:
            return await self._read_anew(guild)
        finally:
            self._spoilt.discard(guild)

    async def _read_anew(self, guild: int) -> ServerView:
        assert self.reader
        generation, base = self._generation, self.base
        there = self._kept.get(guild)
        if there is not None and there.server.revision == await self.reader.revision(
            guild
        ):
            there.generation = generation
            return there.server
        snapshot = await self.reader.snapshot(guild)
        if len(snapshot.entries) >= _OFF_LOOP:
            self._merging.add(guild)
            try:
                server = await asyncio.to_thread(self._merged, guild, snapshot)
            finally:
                self._merging.discard(guild)
        else:
            server = self._merged(guild, snapshot)
        if base is self.base and guild not in self._spoilt:
            self._kept[guild] = _CachedView(server, generation)
        return server

    def _merged(self, guild: int, snapshot: Snapshot) -> ServerView:
        base, names = self.base, self.names
        if not snapshot.entries:
            if snapshot is NOTHING:
                return ServerView(guild, 0, base, names, snapshot.preferences)
            return ServerView(
                guild, snapshot.revision, base, names, snapshot.preferences
            )
        merged = overlaid(
            base, snapshot.entries, f"{base.revision}+{guild}.{snapshot.revision}"
        )
        return ServerView(
            guild,
            snapshot.revision,
            merged,
            ServerNames(names, merged),
            snapshot.preferences,
        )
