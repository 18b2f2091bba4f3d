"""Every reading method against what was written, in two servers at once."""

from __future__ import annotations

import pytest
import pytest_asyncio

from bot.entries.records import Change, Suggestion
from bot.store.database import Store
from bot.store.errors import MissingError
from bot.store.membership import Memberships
from bot.store.reader import NOTHING, EntryReader
from bot.store.writer import EntryWriter, Quotas
from tests.support.databases import body

pytestmark = pytest.mark.asyncio

GUILDS = (1, 2)
EMPTY = 3
ALIAS = {"alias": "White Land"}


@pytest_asyncio.fixture
async def reader(store: Store) -> EntryReader:
    """Two servers with three entries each, the second retired, and four suggestions
    each, the second and third decided; each says its own.
    """
    writer = EntryWriter(store, Quotas())
    for guild in GUILDS:
        for key in ("one", "two"):
            fact = Change("event", "BY", body(f"{key}-{guild}"))
            await writer.publish(guild, [fact], author=70 + guild, verb="add")
        alias = Change("alias", "AM", {"alias": f"White Land {guild}"})
        await writer.publish(guild, [alias], author=70 + guild, verb="add")
        gone = Change("event", "BY", body(f"two-{guild}"), 2, 1, "retired")
        await writer.publish(guild, [gone], author=80 + guild, verb="retire")
        for n in range(1, 5):
            await writer.propose(guild, "BY", body(f"s{n}-{guild}"), proposer=n)
        await writer.decide(guild, 2, "rejected", by=9, reason="No.")
        approved = Change("event", "BY", body(f"s3-{guild}"))
        await writer.decide(guild, 3, "approved", by=9, change=approved)
    return EntryReader(store)


def ids(rows: list[Suggestion | None]) -> list[object]:
    return [row.body["id"] if row else None for row in rows]


@pytest.mark.parametrize("guild", GUILDS)
async def test_entries_are_those_of_the_server_by_number(
    reader: EntryReader, guild: int
) -> None:
    rows = await reader.all_entries(guild)
    assert [(row.number, row.kind, row.subject, row.state) for row in rows] == [
        (1, "event", "BY", "published"),
        (2, "event", "BY", "retired"),
        (3, "alias", "AM", "published"),
        (4, "event", "BY", "published"),
    ]
    assert [row.body.get("id") for row in rows] == [
        f"one-{guild}",
        f"two-{guild}",
        None,
        f"s3-{guild}",
    ]
    assert [row.author for row in rows] == [70 + guild, 80 + guild, 70 + guild, 9]
    for row in rows:
        assert await reader.entry(guild, row.number) == row
    snapshot = await reader.snapshot(guild)
    assert snapshot.entries == tuple(row for row in rows if row.state == "published")
    assert snapshot.revision == await reader.revision(guild) > 0


@pytest.mark.parametrize("guild", GUILDS)
async def test_the_index_is_the_entries_in_short_newest_first(
    reader: EntryReader, guild: int
) -> None:
    rows = await reader.index(guild)
    entries = await reader.all_entries(guild)
    assert [(r.number, r.kind, r.subject, r.state) for r in rows] == [
        (e.number, e.kind, e.subject, e.state) for e in reversed(entries)
    ]
    assert [row.key for row in rows] == [
        f"s3-{guild}",
        f"white land {guild}",
        f"two-{guild}",
        f"one-{guild}",
    ]


@pytest.mark.parametrize("guild", GUILDS)
async def test_a_history_is_the_entrys_revisions_oldest_first(
    reader: EntryReader, guild: int
) -> None:
    rows = await reader.history(guild, 2)
    assert [(r.revision, r.verb, r.state, r.author) for r in rows] == [
        (1, "add", "published", 70 + guild),
        (2, "retire", "retired", 80 + guild),
    ]
    assert {row.body["id"] for row in rows} == {f"two-{guild}"}
    (made,) = await reader.history(guild, 4)
    assert (made.verb, made.proposer, made.author) == ("approve", 3, 9)


@pytest.mark.parametrize("guild", GUILDS)
async def test_a_suggestion_is_read_by_number_decided_or_not(
    reader: EntryReader, guild: int
) -> None:
    rows = [await reader.suggestion(guild, n) for n in range(1, 5)]
    assert ids([*rows]) == [f"s{n}-{guild}" for n in range(1, 5)]
    assert [row.verdict for row in rows] == [
        "pending",
        "rejected",
        "approved",
        "pending",
    ]
    assert [row.proposer for row in rows] == [1, 2, 3, 4]
    assert [row.entry for row in rows] == [0, 0, 4, 0]


@pytest.mark.parametrize("guild", GUILDS)
async def test_the_queue_shows_each_that_waits_once_oldest_first(
    reader: EntryReader, guild: int
) -> None:
    first = await reader.waiting(guild)
    found = [await reader.waiting(guild, place) for place in range(-1, 4)]
    one, four = f"s1-{guild}", f"s4-{guild}"
    assert first == found[1]
    # Before the first it is the first, and after the last the last.
    assert ids([row for row, _ in found]) == [one, one, four, four, four]
    assert {count for _, count in found} == {2}
    assert await reader.undecided() == 2 * len(GUILDS)


@pytest.mark.parametrize("number", [0, 5, 999, 2**31, 10**30, -1])
async def test_a_number_that_a_server_does_not_have_is_told(
    reader: EntryReader, number: int
) -> None:
    for guild in GUILDS:
        for method in (reader.entry, reader.history, reader.suggestion):
            with pytest.raises(MissingError) as told:
                await method(guild, number)
            assert told.value.number == number


async def test_a_server_that_never_wrote_has_nothing(reader: EntryReader) -> None:
    assert await reader.revision(EMPTY) == 0
    assert await reader.snapshot(EMPTY) == NOTHING
    assert await reader.all_entries(EMPTY) == ()
    assert await reader.index(EMPTY) == ()
    assert await reader.waiting(EMPTY) == (None, 0)
    for method in (reader.entry, reader.history, reader.suggestion):
        with pytest.raises(MissingError):
            await method(EMPTY, 1)


async def test_channels_are_those_that_servers_named_and_are_still_in(
    reader: EntryReader, store: Store
) -> None:
    assert await reader.channels(10) == []
    writer = EntryWriter(store, Quotas())
    await writer.prefer(1, {"audit_channel": 11, "review_channel": 12}, author=7)
    await writer.prefer(2, {"review_channel": 22}, author=7)
    await writer.prefer(EMPTY, {"audit_channel": 31}, author=7)
    both = [(1, "audit", 11), (1, "review", 12)]
    rest = [(2, "review", 22), (EMPTY, "audit", 31)]
    assert sorted(await reader.channels(10)) == [*both, *rest]
    for most in (1, 2, 3):
        found = await reader.channels(most)
        assert len({each.guild for each in found}) == most
    await Memberships(store).left(2)
    assert sorted(await reader.channels(10)) == [*both, rest[1]]


async def test_each_decision_leaves_one_suggestion_fewer_that_waits(
    reader: EntryReader, store: Store
) -> None:
    writer = EntryWriter(store, Quotas())
    left = await reader.undecided()
    assert left == sum([(await reader.waiting(guild))[1] for guild in GUILDS])
    for guild, number in ((1, 1), (2, 1), (2, 4)):
        await writer.decide(guild, number, "rejected", by=9, reason="No.")
        left -= 1
        assert await reader.undecided() == left
        assert left == sum([(await reader.waiting(each))[1] for each in GUILDS])


async def test_past_the_end_of_a_queue_of_one_stands_that_one(store: Store) -> None:
    await EntryWriter(store, Quotas()).propose(1, "BY", body("only"), proposer=1)
    reader = EntryReader(store)
    for place in (-1, 0, 1, 5):
        found, count = await reader.waiting(1, place)
        assert (ids([found]), count) == (["only"], 1)
