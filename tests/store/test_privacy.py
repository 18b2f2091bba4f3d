"""What is kept about a person, and what is left when it asks to be forgotten."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from bot.entries.records import FORGOTTEN, Change
from bot.store.database import Store
from bot.store.errors import DecidedError, QuotaError
from bot.store.follows import Follows, Told, Wish
from bot.store.privacy import _COLUMNS, _DELETED, PersonalData, StoredAboutPerson
from bot.store.reader import EntryReader
from bot.store.tables import ORDER, forgotten_proposals, metadata, salts
from bot.store.writer import EntryWriter, Quotas
from tests.support.clocks import FrozenClock
from tests.support.databases import add, body

TOLD = Told(1, 0, 0, date(2026, 11, 26), {})


@pytest.mark.asyncio
async def test_forgetting_leaves_no_id_and_keeps_every_fact(store: Store) -> None:
    number = await add(store)
    writer, privacy = EntryWriter(store, Quotas()), PersonalData(store)
    row = await writer.propose(1, "BY", body("two"), proposer=7)
    await writer.decide(
        1, row.number, "approved", by=7, change=Change("event", "BY", body("two"))
    )
    assert (await privacy.kept(7)).anything
    await privacy.forget(7)
    assert not (await privacy.kept(7)).anything
    async with store.reading() as connection:
        for table in ORDER:
            rows = [tuple(r) for r in await connection.execute(table.select())]
            assert not any(7 in r for r in rows if table.name != "guilds"), table.name
    assert (await EntryReader(store).entry(1, number)).author == FORGOTTEN
    assert len(await EntryReader(store).all_entries(1)) == 2


def test_every_column_with_a_persons_id_is_known_to_privacy() -> None:
    people = {"author", "proposer", "decided_by", "actor", "player"}
    found = {
        (t.name, c.name)
        for t in metadata.sorted_tables
        for c in t.columns
        if c.name in people
    }
    assert found == {(t.name, column) for t, column in (*_COLUMNS, *_DELETED)}


async def proposals(store: Store, user: int, times: int, daily: int = 3) -> int:
    """How many of so many suggestions of a person are taken."""
    writer = EntryWriter(store, Quotas(daily=daily))
    taken = 0
    for n in range(times):
        try:
            await writer.propose(1, "BY", body(f"s{n}"), proposer=user)
        except QuotaError as error:
            assert error.what == "today"  # noqa: PT017 - it need not be raised
        else:
            taken += 1
    return taken


@pytest.mark.asyncio
async def test_forgetting_opens_no_second_quota_on_the_same_day(address: str) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    privacy = PersonalData(store)
    assert await proposals(store, 20, 5) == 3
    for _ in range(3):
        await privacy.forget(20)
        assert await proposals(store, 20, 5) == 0
        clock.turn(hours=5)
    assert await proposals(store, 21, 5) == 3, "another member has a quota of its own"
    clock.turn(hours=10)
    assert await proposals(store, 20, 5) == 3, "a day later it begins anew"
    await store.close()


@pytest.mark.asyncio
async def test_suggestions_of_a_forgotten_person_wait_no_longer(store: Store) -> None:
    await proposals(store, 20, 2)
    await proposals(store, 21, 1)
    await PersonalData(store).forget(20)
    reader = EntryReader(store)
    still_waiting, count = await reader.waiting(1)
    assert count == 1
    assert still_waiting
    assert still_waiting.proposer == 21
    assert (await reader.suggestion(1, 1)).verdict == "withdrawn"
    with pytest.raises(DecidedError):
        await EntryWriter(store, Quotas()).decide(1, 1, "rejected", by=9)


@pytest.mark.asyncio
async def test_what_is_kept_of_a_forgotten_person_is_gone_in_two_days(
    address: str,
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    privacy = PersonalData(store)
    await proposals(store, 20, 2)
    await privacy.forget(20)

    async def rows() -> list[str]:
        async with store.reading() as connection:
            kept = [
                *(await connection.execute(salts.select())),
                *(await connection.execute(forgotten_proposals.select())),
            ]
        return [str(tuple(row)) for row in kept]

    assert len(await rows()) == 3
    assert not any(part == "20" for row in await rows() for part in row.split(", "))
    clock.turn(days=2)
    await privacy.drop_old_tags()
    assert await rows() == []
    await store.close()


@pytest.mark.asyncio
@pytest.mark.parametrize("what", ["settings", "a follow that was stopped"])
async def test_who_changed_something_that_is_no_entry_is_told_that_it_is_kept(
    store: Store, what: str
) -> None:
    privacy = PersonalData(store)
    if what == "settings":
        await EntryWriter(store, Quotas()).prefer(1, {"private": True}, author=7)
    else:
        wish = Wish("everything", 5, "once", "en-US", 7, TOLD, None, "Everything")
        made = await Follows(store).add(1, wish)
        number = made.follow.number
        await Follows(store).stop(1, number, author=7, name="Everything")
    kept = await privacy.kept(7)
    assert kept.anything
    assert kept.revisions == (1 if what == "settings" else 2)
    assert kept.servers == 1
    await privacy.forget(7)
    assert not (await privacy.kept(7)).anything


@pytest.mark.asyncio
async def test_a_change_of_an_entry_or_a_rejection_is_counted_once(
    store: Store,
) -> None:
    await add(store)
    author = (await EntryReader(store).entry(1, 1)).author
    writer = EntryWriter(store, Quotas())
    row = await writer.propose(1, "BY", body("two"), proposer=20)
    await writer.decide(1, row.number, "rejected", by=author, reason="no")
    kept = await PersonalData(store).kept(author)
    assert (kept.revisions, kept.decisions) == (1, 1)


@pytest.mark.asyncio
@pytest.mark.parametrize("hours", [1, 11, 13, 23])
async def test_the_daily_work_opens_no_second_quota_for_a_forgotten_person(
    address: str, hours: int
) -> None:
    """Within the day, and after midnight too, when its salt is of the day before."""
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    privacy = PersonalData(store)
    assert await proposals(store, 20, 3) == 3
    await privacy.forget(20)
    clock.turn(hours=hours)
    await privacy.drop_old_tags()
    assert await proposals(store, 20, 3) == 0
    await store.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(("hours", "kept"), [(23, 3), (24, 0), (24 * 30, 0)])
async def test_of_what_counts_no_longer_nothing_is_kept_of_a_forgotten_person(
    address: str, hours: int, kept: int
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    await proposals(store, 20, 3)
    clock.turn(hours=hours)
    await PersonalData(store).forget(20)
    async with store.reading() as connection:
        tags = (await connection.execute(forgotten_proposals.select())).all()
    assert len(tags) == kept
    await store.close()


@pytest.mark.asyncio
async def test_what_was_decided_stays_decided_when_its_proposer_is_forgotten(
    store: Store,
) -> None:
    writer, reader = EntryWriter(store, Quotas()), EntryReader(store)
    await proposals(store, 20, 3)
    change = Change("event", "BY", body("s0"))
    await writer.decide(1, 1, "approved", by=7, change=change)
    await writer.decide(1, 2, "rejected", by=7, reason="Not so.")
    await PersonalData(store).forget(20)
    verdicts = [(await reader.suggestion(1, n)).verdict for n in (1, 2, 3)]
    assert verdicts == ["approved", "rejected", "withdrawn"]
    assert (await reader.suggestion(1, 2)).reason == "Not so."


COUNTS = [each.name for each in fields(StoredAboutPerson) if each.type == "int"]


@pytest.mark.parametrize("kind", sorted({*COUNTS} - {"servers"}))
def test_each_kind_of_what_is_stored_is_something(kind: str) -> None:
    counts: Any = dict.fromkeys(COUNTS, 0)
    assert not StoredAboutPerson(**counts).anything
    kept: Any = {**counts, kind: 1, "servers": 1}
    assert StoredAboutPerson(**kept).anything
