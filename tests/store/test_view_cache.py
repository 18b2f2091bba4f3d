"""Which of a server's views is answered from memory, without any database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.entries.records import Entry, Preferences
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.store import views as module
from bot.store.errors import StoreAwayError
from bot.store.reader import EntryReader, Snapshot
from bot.store.views import UNKNOWN, ServerViews
from tests.support.clocks import noon
from tests.support.databases import body

pytestmark = pytest.mark.asyncio

PREFERENCES = Preferences(roles=(5,), private=False, cooldown=3)


def entries(count: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(n, "event", "BY", body(f"e{n}"), "published", 1, 7, noon())
        for n in range(1, count + 1)
    )


class Shelf:
    """Stands for the reader: what each server has, and how often it was read."""

    def __init__(self) -> None:
        self.snapshots: dict[int, Snapshot] = {}
        self.read: list[int] = []
        self.looked: list[int] = []
        self.away = False
        self.begun, self.gate = asyncio.Event(), asyncio.Event()
        self.gate.set()

    def put(self, guild: int, revision: int, count: int = 1) -> None:
        self.snapshots[guild] = Snapshot(revision, PREFERENCES, entries(count))

    async def revision(self, guild: int) -> int:
        if self.away:
            raise StoreAwayError
        self.looked.append(guild)
        return self.snapshots[guild].revision

    async def snapshot(self, guild: int) -> Snapshot:
        if self.away:
            raise StoreAwayError
        self.read.append(guild)
        self.begun.set()
        found = self.snapshots[guild]
        await self.gate.wait()
        return found


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    for guild in (1, 2):
        made.put(guild, 1)
    return made


@pytest.fixture
def views(base: Base, names: NameIndex, shelf: Shelf) -> ServerViews:
    return ServerViews(base, names, cast("EntryReader", shelf))


async def test_outside_a_server_and_without_a_database_the_bare_base_answers(
    base: Base, names: NameIndex, views: ServerViews, shelf: Shelf
) -> None:
    alone = ServerViews(base, names, None)
    for guild, each in ((None, views), (None, alone), (1, alone)):
        for _ in range(2):
            server = await each.view(guild)
            assert each.kept(guild) is server
            assert (server.base, server.names) == (base, names)
            assert (server.preferences, server.away) == (Preferences(), False)
            assert not server.own
            other = replace(base, revision="other")
            each.swap(other, names)
            assert (await each.view(guild)).base is other
            each.swap(base, names)
    assert not shelf.read


async def test_a_server_is_read_once_and_then_answered_from_memory(
    views: ServerViews, shelf: Shelf
) -> None:
    assert views.kept(1) is None
    server = await views.view(1)
    assert (server.guild, server.revision) == (1, 1)
    assert server.preferences == PREFERENCES
    assert server.base.revision not in {views.base.revision, ""}
    for _ in range(3):
        assert await views.view(1) is server is views.kept(1)
    other = await views.view(2)
    assert other.base.revision != server.base.revision
    assert (shelf.read, shelf.looked) == ([1, 2], [])
    assert (views.misses, views.count) == (2, 2)
    assert views.hits == 6


async def test_after_doubt_each_server_is_looked_at_before_it_is_answered_again(
    views: ServerViews, shelf: Shelf
) -> None:
    same, changed = await views.view(1), await views.view(2)
    for revision in (2, 3, 4):
        shelf.put(2, revision, revision)
        views.doubt()
        assert views.kept(1) is None
        assert views.kept(2) is None
        assert await views.view(1) is same is views.kept(1)
        after = await views.view(2)
        assert after is not changed
        assert after.revision == revision
        assert len(after.base.added["BY"].events) == revision
        changed = after
    assert shelf.read == [1, 2, 2, 2, 2]


async def test_a_dropped_server_is_read_anew_and_no_other(
    views: ServerViews, shelf: Shelf
) -> None:
    first, second = await views.view(1), await views.view(2)
    shelf.put(1, 2, 3)
    views.drop(1)
    assert views.kept(1) is None
    assert views.kept(2) is second
    assert (await views.view(1)).revision == 2 > first.revision
    assert shelf.read == [1, 2, 1]


async def test_what_was_being_read_when_it_changed_is_not_kept(
    views: ServerViews, shelf: Shelf, names: NameIndex
) -> None:
    for change in (lambda: views.drop(1), lambda: views.swap(views.base, names)):
        shelf.gate.clear()
        reading = asyncio.create_task(views.view(1))
        await shelf.begun.wait()
        change()
        if shelf.snapshots[1].revision == 1:
            shelf.put(1, 2, 2)
        shelf.gate.set()
        await reading
        shelf.begun.clear()
        assert (await views.fresh(1)).revision == 2
        views.drop(1)
        shelf.begun.clear()


async def test_after_a_new_base_nothing_of_the_old_one_is_shown(
    views: ServerViews, base: Base, names: NameIndex
) -> None:
    await views.view(1)
    other = replace(base, revision="other")
    views.swap(other, names)
    assert (views.base, views.count) == (other, 0)
    assert views.kept(1) is None
    assert (await views.view(1)).base.revision.startswith("other+1.")


async def test_many_who_ask_at_once_share_one_reading(
    views: ServerViews, shelf: Shelf
) -> None:
    shelf.gate.clear()
    tasks = [asyncio.create_task(views.view(1)) for _ in range(5)]
    await shelf.begun.wait()
    shelf.gate.set()
    found = [await each for each in tasks]
    assert all(each is found[0] for each in found)
    assert (shelf.read, views.misses) == ([1], 1)


@pytest.mark.parametrize("slow", [False, True], ids=["refused", "slow"])
async def test_while_the_database_is_away_settings_are_the_last_known_or_the_strictest(
    views: ServerViews, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    await views.view(1)
    views.doubt()
    if slow:
        monkeypatch.setattr(module, "READ_SECONDS", 0.0)
        shelf.gate.clear()
        shelf.put(1, 2)
    else:
        shelf.away = True
    for guild, known in ((1, PREFERENCES), (2, UNKNOWN)):
        server = await views.view(guild)
        assert server == views.kept(guild)
        assert (server.guild, server.revision) == (guild, 0)
        assert (server.base, server.names) == (views.base, views.names)
        assert server.preferences == known
        assert server.away
        assert not server.own
    assert UNKNOWN.private
    assert UNKNOWN.cooldown > 0
    monkeypatch.undo()
    shelf.gate.set()
    shelf.away, views.away = False, False
    assert (await views.view(1)).own


async def test_what_is_read_afresh_is_as_it_is_now_or_told_to_be_away(
    views: ServerViews, shelf: Shelf
) -> None:
    await views.view(1)
    shelf.put(1, 2)
    assert (await views.fresh(1)).revision == 2
    assert (await views.fresh(2)).revision == 1
    shelf.away = True
    with pytest.raises(StoreAwayError):
        await views.fresh(1)


async def test_what_is_read_afresh_is_not_what_began_to_be_read_before(
    views: ServerViews, shelf: Shelf
) -> None:
    shelf.gate.clear()
    before = asyncio.create_task(views.view(1))
    await shelf.begun.wait()
    shelf.put(1, 2)
    after = asyncio.create_task(views.fresh(1))
    await asyncio.sleep(0)
    shelf.gate.set()
    assert ((await before).revision, (await after).revision) == (1, 2)


@pytest.mark.parametrize("change", ["dropped", "another edition"])
async def test_what_was_spoilt_while_it_was_read_is_not_kept_and_what_comes_next_is(
    views: ServerViews, shelf: Shelf, names: NameIndex, change: str
) -> None:
    shelf.gate.clear()
    reading = asyncio.create_task(views.view(1))
    await shelf.begun.wait()
    if change == "dropped":
        views.drop(1)
    else:
        views.swap(views.base, names)
    shelf.gate.set()
    await reading
    assert views.kept(1) is None
    # Whoever drops what nobody reads spoils nothing.
    views.drop(1)
    after = await views.view(1)
    assert views.kept(1) is after


async def test_many_entries_are_merged_as_few_are(
    views: ServerViews, shelf: Shelf
) -> None:
    for revision, count in enumerate((1, 99, 100, 101), 2):
        shelf.put(1, revision, count)
        server = await views.fresh(1)
        assert len(server.base.added["BY"].events) == count
        assert views.kept(1) is server


async def test_memory_is_bounded_by_entries_and_the_least_asked_for_goes_first(
    base: Base, names: NameIndex, shelf: Shelf
) -> None:
    views = ServerViews(base, names, cast("EntryReader", shelf), kept_bytes=200_000)
    for guild in range(1, 9):
        shelf.put(guild, 1, 10)
    for guild in range(1, 9):
        await views.view(guild)
        await views.view(1)
    # Ten entries are about 48,000 bytes, so that four servers fit.
    assert [guild for guild in range(1, 9) if views.kept(guild)] == [1, 6, 7, 8]
    shelf.put(9, 1, 60)
    await views.view(9)
    assert views.count == 1
    for guild in range(10, 60):
        shelf.put(guild, 1, 0)
        await views.view(guild)
    assert views.count > 40


async def test_no_two_servers_nor_revisions_have_an_edition_of_one_name(
    views: ServerViews, shelf: Shelf
) -> None:
    named: list[str] = []
    for guild, revision in ((1, 12), (11, 2), (1, 2), (112, 1)):
        shelf.put(guild, revision)
        named.append((await views.fresh(guild)).base.revision)
    assert len(set(named)) == len(named)
    assert views.base.revision not in named


async def test_the_bare_base_is_nobodys(views: ServerViews) -> None:
    server = await views.view(None)
    assert (server.guild, server.revision, server.own) == (0, 0, False)
    views.swap(views.base, views.names)
    assert await views.view(None) == server


@pytest.mark.parametrize(("count", "threads"), [(99, 0), (100, 1), (101, 1)])
async def test_a_merge_that_would_hold_up_other_servers_is_left_to_a_thread(
    views: ServerViews,
    shelf: Shelf,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
    threads: int,
) -> None:
    used: list[str] = []
    to_thread = asyncio.to_thread

    async def counted(work: Callable[..., Any], *arguments: Any) -> Any:
        used.append(work.__name__)
        return await to_thread(work, *arguments)

    monkeypatch.setattr(module.asyncio, "to_thread", counted)
    shelf.put(1, 2, count)
    await views.view(1)
    assert len(used) == threads


async def test_waiting_for_a_servers_entries_leaves_half_of_the_time_to_answer() -> (
    None
):
    assert 0.5 <= module.READ_SECONDS <= 3 / 2
