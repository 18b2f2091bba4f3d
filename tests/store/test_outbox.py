"""Changes that wait to be shown: each once, in their order, in its own server, and none
that is older than two days.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.store.database import Store
from bot.store.outbox import LEASE, AuditPost, Outbox
from bot.store.tables import audit
from tests.support.clocks import FrozenClock
from tests.support.databases import add

pytestmark = pytest.mark.asyncio

THINGS = [f"thing-{n}" for n in range(5)]


async def waiting(store: Store, guild: int = 1) -> None:
    """Let five changes of a server wait."""
    for each in THINGS:
        await add(store, guild, each)


def ids(rows: list[AuditPost]) -> list[str]:
    return [str(row.after.body["id"]) for row in rows if row.after]


@pytest.mark.parametrize("limit", [1, 2, 5, 600])
async def test_each_change_is_taken_once_the_oldest_first(
    store: Store, limit: int
) -> None:
    await waiting(store)
    outbox, taken = Outbox(store), list[str]()
    while rows := await outbox.take(1, limit):
        assert len(rows) <= limit
        taken += ids(rows)
        assert await outbox.length() == len(THINGS) - len(taken)
    assert taken == THINGS


@pytest.mark.parametrize("kept", range(1, len(THINGS) + 1))
async def test_what_is_given_back_is_taken_again_in_its_order_and_nothing_else(
    store: Store, kept: int
) -> None:
    await waiting(store)
    outbox = Outbox(store)
    rows = await outbox.take(1)
    await outbox.give_back(rows[-kept:])
    assert await outbox.length() == kept
    assert ids(await outbox.take(1)) == THINGS[-kept:]
    assert await outbox.take(1) == []


async def test_what_is_dropped_in_one_server_waits_on_in_the_others(
    store: Store,
) -> None:
    outbox = Outbox(store)
    for guild in (1, 2, 3):
        await waiting(store, guild)
    await outbox.drop(2)
    assert sorted(await outbox.guilds()) == [1, 3]
    assert await outbox.take(2) == []
    assert ids(await outbox.take(1)) == THINGS
    assert await outbox.guilds() == [3]
    assert await outbox.length() == len(THINGS)


@pytest.mark.parametrize(
    ("since", "shown"),
    [
        (timedelta(hours=1), True),
        (timedelta(hours=23, minutes=59), True),
        (timedelta(days=1, hours=23), True),
        (timedelta(days=2), False),
        (timedelta(days=29), False),
    ],
)
async def test_what_waited_longer_than_two_days_is_shown_no_more_and_waits_no_longer(
    address: str, since: timedelta, shown: bool
) -> None:
    """Where a channel for changes is chosen after months, or was closed for them."""
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    outbox = Outbox(store)
    await add(store)
    clock.at += since
    assert ids(await outbox.take(1)) == (["thing"] if shown else [])
    assert await outbox.length() == 0
    assert await outbox.guilds() == []
    await store.close()


@pytest.mark.parametrize("was_posted", [True, False])
async def test_what_somebody_claimed_who_was_killed_is_taken_by_another(
    address: str, *, was_posted: bool
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    outbox = Outbox(store)
    await waiting(store)
    first, *others = await outbox.take(1)
    if was_posted:
        await outbox.posted([first])
    clock.at += LEASE - timedelta(seconds=1)
    assert await outbox.take(1) == []
    assert await outbox.guilds() == []
    clock.at += timedelta(seconds=1)
    left = others if was_posted else [first, *others]
    assert await outbox.length() == len(left)
    assert await outbox.guilds() == [1]
    assert await outbox.take(1) == left
    await store.close()


async def test_a_clock_that_is_set_back_holds_no_claim(address: str) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    outbox = Outbox(store)
    await waiting(store)
    clock.at += timedelta(hours=5)
    assert len(await outbox.take(1)) == len(THINGS)
    clock.at -= timedelta(hours=5)
    assert len(await outbox.take(1)) == len(THINGS)
    await store.close()


async def test_nothing_is_kept_for_more_than_thirty_days(address: str) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()

    async def kept() -> int:
        async with store.reading() as connection:
            rows = select(func.count()).select_from(audit)
            return (await connection.execute(rows)).scalar_one()

    await waiting(store)
    clock.at += timedelta(days=29)
    await Outbox(store).drop_old()
    assert await kept() == len(THINGS)
    await add(store, 1, "later")
    clock.at += timedelta(days=1)
    await Outbox(store).drop_old()
    assert await kept() == 1
    await store.close()
