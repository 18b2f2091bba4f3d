"""Servers that Ally joins and leaves, and the data of those that it left."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.database import Store
from bot.store.membership import Memberships
from bot.store.reader import EntryReader
from tests.support.clocks import noon
from tests.support.databases import add


@pytest.mark.asyncio
async def test_a_servers_data_is_purged_thirty_days_after_ally_left_it(
    address: str,
) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    store = Store(address, clock=lambda: now)
    await store.open()
    membership, reader = Memberships(store), EntryReader(store)
    for guild in (1, 2, 3):
        await add(store, guild)
    await membership.compare([1, 2, 3])
    await membership.left(1)
    await membership.compare([3])
    now += timedelta(days=29)
    await membership.joined(2)
    assert await membership.purge() == []
    now += timedelta(days=2)
    assert await membership.purge() == [1]
    assert await reader.all_entries(1) == ()
    assert await reader.revision(1) == 0
    assert len(await reader.all_entries(2)) == 1
    assert len(await reader.all_entries(3)) == 1
    await store.close()


@pytest.mark.asyncio
async def test_only_the_servers_of_ones_own_shard_are_compared(store: Store) -> None:
    membership = Memberships(store)
    mine, other = 2 << 22, 3 << 22
    await add(store, mine)
    await add(store, other)
    await membership.compare([mine, other])
    await membership.compare([], numbers=(0,), count=2)
    assert await membership.left_at(mine) is not None
    assert await membership.left_at(other) is None


@pytest.mark.asyncio
async def test_a_server_without_a_membership_is_never_taken_for_one_that_left(
    store: Store,
) -> None:
    membership = Memberships(store)
    await add(store, 1)
    await membership.compare([])
    assert await membership.left_at(1) is None
    # Put out, and taken in again with commands alone: whoever writes is there.
    await membership.joined(1)
    await membership.left(1)
    assert await membership.left_at(1) is not None
    await add(store, 1, "later")
    assert await membership.left_at(1) is None
    await membership.compare([])
    assert await membership.left_at(1) is None


@pytest.mark.asyncio
async def test_a_server_is_welcomed_once_by_all_processes_and_restarts(
    address: str,
) -> None:
    first = Store(address, clock=noon)
    await first.open()
    second = Store(address, clock=noon)
    await second.open()
    asked = [Memberships(store).welcomes(7) for store in (first, second) * 5]
    assert sum(await asyncio.gather(*asked)) == 1
    await first.close()
    await second.close()
    later = Store(address, clock=noon)
    await later.open()
    assert not await Memberships(later).welcomes(7)
    assert await Memberships(later).welcomes(8)
    await later.close()


@pytest.mark.asyncio
@pytest.mark.parametrize("seen", [True, False])
async def test_of_a_server_that_was_left_no_welcome_is_kept(
    store: Store, seen: bool
) -> None:
    membership = Memberships(store)
    mine, other = 2 << 22, 3 << 22
    assert await membership.welcomes(mine)
    assert await membership.welcomes(other)
    if seen:
        await membership.left(mine)
    else:
        await membership.compare([], numbers=(0,), count=2)
    assert await membership.welcomes(mine)
    assert not await membership.welcomes(other), "another shard's"
