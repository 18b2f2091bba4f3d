"""The same promises on SQLite and on a real PostgreSQL: nothing half, nothing lost,
nothing across servers.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.entries.records import Change, Preferences
from bot.store.database import Store, engine_url, is_absence
from bot.store.errors import (
    ClashError,
    DecidedError,
    MissingError,
    QuotaError,
    StaleError,
    StoreAwayError,
)
from bot.store.leases import Leases
from bot.store.outbox import Outbox
from bot.store.reader import EntryReader
from bot.store.tables import entries
from bot.store.writer import EntryWriter, Quotas
from tests.support.clocks import FrozenClock, noon
from tests.support.databases import add, body


@pytest.mark.asyncio
async def test_a_change_is_kept_with_its_revision_and_its_audit_row(
    store: Store,
) -> None:
    number = await add(store)
    reader = EntryReader(store)
    entry = await reader.entry(1, number)
    assert (entry.body, entry.revision, entry.author, entry.state) == (
        body(),
        1,
        7,
        "published",
    )
    history = await reader.history(1, number)
    assert [r.verb for r in history] == ["add"]
    noted = await Outbox(store).take(1)
    assert [(n.verb, n.after and n.after.body) for n in noted] == [("add", body())]
    assert await Outbox(store).take(1) == []


@pytest.mark.asyncio
async def test_a_channel_for_changes_is_shown_those_of_its_own_server(
    store: Store,
) -> None:
    """Entries have the same numbers and revisions in every server."""
    writer = EntryWriter(store, Quotas())
    for guild in (1, 2, 3):
        number = await add(store, guild, f"thing-{guild}")
        edited = body(f"thing-{guild}", claim=f"Claim {guild}.")
        change = Change("event", "BY", edited, number, 1)
        await writer.publish(guild, [change], author=7, verb="edit")
    for guild in (1, 2, 3):
        added, changed = await Outbox(store).take(guild)
        assert added.before is None
        shown = [added.after, changed.before, changed.after]
        ids = [each.body["id"] for each in shown if each]
        assert ids == [f"thing-{guild}"] * 3


@pytest.mark.asyncio
async def test_only_one_of_many_who_change_the_same_revision_wins(store: Store) -> None:
    number = await add(store)
    writer = EntryWriter(store, Quotas())

    async def edit(n: int) -> str:
        change = Change("event", "BY", body(claim=f"Claim {n}."), number, 1)
        try:
            await writer.publish(1, [change], author=n, verb="edit")
        except StaleError as error:
            return f"{error.latest.author}"
        return "won"

    results = await asyncio.gather(*(edit(n) for n in range(10, 20)))
    assert results.count("won") == 1
    winner = str(10 + results.index("won"))
    assert {r for r in results if r != "won"} == {winner}
    assert [r.revision for r in await EntryReader(store).history(1, number)] == [1, 2]


@pytest.mark.asyncio
async def test_many_additions_at_once_get_numbers_of_their_own(store: Store) -> None:
    numbers = await asyncio.gather(*(add(store, key=f"thing-{n}") for n in range(20)))
    assert sorted(numbers) == list(range(1, 21))


@pytest.mark.asyncio
async def test_all_or_nothing(store: Store) -> None:
    number = await add(store)
    writer = EntryWriter(store, Quotas())
    changes = [
        Change("event", "BY", body("new")),
        Change("event", "BY", body(), number, 99),
    ]
    with pytest.raises(StaleError):
        await writer.publish(1, changes, author=7, verb="import")
    assert [e.number for e in await EntryReader(store).all_entries(1)] == [number]
    with pytest.raises(MissingError):
        await writer.publish(
            1, [Change("event", "BY", body(), 99, 1)], author=7, verb="edit"
        )


@pytest.mark.asyncio
async def test_the_same_event_id_twice_gets_another_and_the_same_summary_is_a_clash(
    store: Store,
) -> None:
    writer = EntryWriter(store, Quotas())
    first, second = await add(store), await add(store)
    reader = EntryReader(store)
    assert (await reader.entry(1, first)).body["id"] == "thing"
    assert (await reader.entry(1, second)).body["id"] == "thing-2"
    summary = Change(
        "summary", "BY", {"summary": "It did.", "summary_facts": ["thing"]}
    )
    made = await writer.publish(1, [summary], author=7, verb="add")
    with pytest.raises(ClashError) as clash:
        await writer.publish(1, [summary], author=8, verb="add")
    assert clash.value.number == made[0].number
    gone = Change("summary", "BY", summary.body, made[0].number, 1, "retired")
    await writer.publish(1, [gone], author=7, verb="retire")
    back = await writer.publish(1, [summary], author=8, verb="add")
    assert (back[0].number, back[0].revision) == (made[0].number, 3)


@pytest.mark.asyncio
async def test_quotas_hold_and_are_each_servers_own(store: Store) -> None:
    writer = EntryWriter(store, Quotas(entries=2, waiting=2, daily=1))
    for key in ("one", "two"):
        await writer.publish(
            1, [Change("event", "BY", body(key))], author=7, verb="add"
        )
    with pytest.raises(QuotaError):
        await writer.publish(
            1, [Change("event", "BY", body("three"))], author=7, verb="add"
        )
    await writer.publish(
        2, [Change("event", "BY", body("three"))], author=7, verb="add"
    )
    await writer.propose(1, "BY", body(), proposer=20)
    with pytest.raises(QuotaError) as daily:
        await writer.propose(1, "BY", body(), proposer=20)
    assert daily.value.what == "today"
    await writer.propose(1, "BY", body(), proposer=21)
    with pytest.raises(QuotaError) as waiting:
        await writer.propose(1, "BY", body(), proposer=22)
    assert waiting.value.what == "waiting"
    await writer.propose(2, "BY", body(), proposer=20)


@pytest.mark.asyncio
async def test_bringing_back_a_retired_entry_counts_too(store: Store) -> None:
    writer = EntryWriter(store, Quotas(entries=1))
    await writer.publish(1, [Change("event", "BY", body())], author=7, verb="add")
    await writer.publish(
        1, [Change("event", "BY", body(), 1, 1, "retired")], author=7, verb="retire"
    )
    await writer.publish(
        1, [Change("event", "BY", body("other"))], author=7, verb="add"
    )
    with pytest.raises(QuotaError):
        await writer.publish(
            1, [Change("event", "BY", body(), 1, 2)], author=7, verb="undo"
        )


@pytest.mark.asyncio
async def test_a_suggestion_is_decided_once(store: Store) -> None:
    writer = EntryWriter(store, Quotas())
    row = await writer.propose(1, "BY", body(), proposer=20)

    async def decide(n: int) -> str:
        try:
            await writer.decide(
                1, row.number, "approved", by=n, change=Change("event", "BY", body())
            )
        except DecidedError as error:
            return str(error.suggestion.decided_by)
        return "won"

    results = await asyncio.gather(*(decide(n) for n in range(30, 36)))
    assert results.count("won") == 1
    assert {r for r in results if r != "won"} == {str(30 + results.index("won"))}
    entries = await EntryReader(store).all_entries(1)
    assert len(entries) == 1
    history = await EntryReader(store).history(1, entries[0].number)
    assert history[0].proposer == 20
    with pytest.raises(MissingError):
        await writer.decide(2, row.number, "rejected", by=1)


@pytest.mark.asyncio
async def test_a_chore_is_done_by_one_of_many_and_again_when_it_is_due(
    address: str,
) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    stores = [Store(address, clock=lambda: now) for _ in range(5)]
    for store in stores:
        await store.open()
    day = timedelta(days=1)

    async def doers() -> int:
        return sum(
            await asyncio.gather(
                *(Leases(store).mine("house", day) for store in stores)
            )
        )

    assert await doers() == 1
    now += timedelta(hours=23)
    assert await doers() == 0
    now += timedelta(hours=2)
    assert await doers() == 1
    assert await Leases(stores[0]).mine("other", day)
    # A clock that was ahead must not put it off for years.
    now -= timedelta(days=400)
    assert await doers() == 1
    for store in stores:
        await store.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("passed", "is_due"),
    [
        (timedelta(hours=23, minutes=59), False),
        (timedelta(days=1), True),
        # Clocks of machines that share a database may be a little apart.
        (-timedelta(minutes=59), False),
        (-timedelta(minutes=61), True),
        (-timedelta(days=30), True),
    ],
)
async def test_a_chore_is_due_once_its_time_has_passed_or_a_clock_was_set_back(
    address: str, passed: timedelta, is_due: bool
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    leases, day = Leases(store), timedelta(days=1)
    assert await leases.mine("house", day)
    clock.at += passed
    assert await leases.mine("house", day) is is_due
    assert not await leases.mine("house", day)
    await store.close()


@pytest.mark.asyncio
async def test_a_database_that_is_away_is_said_to_be_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreAwayError):
        await Store(f"sqlite:///{tmp_path / 'file' / 'x.db'}", clock=noon).open()
    nobody = Store("postgresql://ally@127.0.0.1:1/ally", clock=noon)
    with pytest.raises(StoreAwayError):
        await nobody.open()
    with pytest.raises(StoreAwayError):
        await EntryReader(nobody).revision(1)


@pytest.mark.asyncio
async def test_a_file_that_was_moved_away_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "ally.db"
    store = Store(f"sqlite:///{path}", clock=noon)
    await store.open()
    await add(store)
    path.rename(tmp_path / "elsewhere.db")
    with pytest.raises(StoreAwayError):
        await add(store, key="lost")
    assert not path.exists()
    (tmp_path / "elsewhere.db").rename(path)
    assert await add(store, key="kept") == 2
    await store.close()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://x/y", "mysql is not one"),
        ("sqlite://", "forgets everything"),
        ("nonsense", "postgresql://"),
        ("sqlite:///:memory:", "forgets everything"),
    ],
)
def test_an_address_that_is_wrong_is_explained(address: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        engine_url(address)


@pytest.mark.parametrize("number", [-1, 2**31, 2**63, 10**400])
@pytest.mark.asyncio
async def test_a_number_that_no_database_holds_is_no_entry_and_no_absence(
    store: Store, number: int
) -> None:
    await add(store)
    reader, writer = EntryReader(store), EntryWriter(store, Quotas())
    change = Change("event", "BY", body("other"), number, 1)
    for work in (
        reader.entry(1, number),
        reader.history(1, number),
        reader.suggestion(1, number),
        writer.publish(1, [change], author=7, verb="edit"),
        writer.decide(1, number, "rejected", by=7),
        writer.note(1, number, channel=5),
    ):
        with pytest.raises(MissingError):
            await work


@pytest.mark.asyncio
async def test_only_a_database_that_cannot_be_used_is_away(store: Store) -> None:
    """A value that does not fit is a fault of the asker's, and no outage."""
    wrong = entries.insert().values(guild_id=2**80, number=1, kind="event")
    with pytest.raises((DBAPIError, OverflowError)) as raised:
        async with store.writing() as connection:
            await connection.execute(wrong)
    assert not is_absence(raised.value)
    assert await add(store) == 1, "and the next question is answered"


@pytest.mark.asyncio
async def test_settings_written_before_a_setting_existed_are_read_with_its_default(
    store: Store,
) -> None:
    writer, reader = EntryWriter(store, Quotas()), EntryReader(store)
    old = await writer.prefer(1, {"private": True, "roles": [5]}, author=7)
    assert old == Preferences(private=True, roles=(5,), full=False, language="")
    new = await writer.prefer(1, {"full": True, "language": "de"}, author=7)
    assert new == Preferences(private=True, roles=(5,), full=True, language="de")
    assert (await reader.snapshot(1)).preferences == new
