"""What channels follow and what waits for them, on both databases: moved on by one
process of many, never by an older edition, gone with its server.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.knowledge.plain import PlainObject
from bot.store import backup
from bot.store.base_editions import BaseEditions
from bot.store.database import Store
from bot.store.deliveries import KEPT, LEASE, Deliveries, Message
from bot.store.errors import MissingError, QuotaError
from bot.store.follows import MOST, Follows, How, Step, Told, Wish
from bot.store.membership import KEEP_DAYS, Memberships
from bot.store.outbox import Outbox
from bot.store.privacy import PersonalData
from tests.support.bases import TODAY
from tests.support.clocks import FrozenClock, noon
from tests.support.databases import add, fresh_database

pytestmark = pytest.mark.asyncio

GUILD, CHANNEL = 1, 400
BODY = [{"type": 10, "content": "Ünïcode 🇧🇾"}]


def told(edition: int = 1, revision: int = 0) -> Told:
    return Told(edition, 0, revision, TODAY, {"BY": "ally"})


def wish(what: str = "country:BY", how: How = "once", channel: int = CHANNEL) -> Wish:
    due = None if how == "once" else noon() + timedelta(hours=1)
    return Wish(what, channel, how, "en-US", 7, told(), due)


def message(channel: int = CHANNEL) -> Message:
    return Message(GUILD, channel, "once", BODY)


async def waiting(store: Store) -> list[str]:
    return [each.message.token for each in await Deliveries(store).take(100)]


async def test_of_many_that_move_a_follow_on_one_is_heard(store: Store) -> None:
    follows = Follows(store)
    row = (await follows.add(GUILD, wish())).follow
    done = await asyncio.gather(
        *(
            follows.move_on([Step(row, told(2), None)], message(CHANNEL + n))
            for n in range(6)
        )
    )
    assert sorted(done) == [False] * 5 + [True]
    assert len(await waiting(store)) == 1


async def test_follows_move_on_together_or_not_at_all(store: Store) -> None:
    follows = Follows(store)
    one = (await follows.add(GUILD, wish())).follow
    other = (await follows.add(GUILD, wish("everything"))).follow
    assert await follows.move_on([Step(other, told(2), None)], None)
    both = [Step(each, told(2), None) for each in (one, other)]
    assert not await follows.move_on(both, message())
    assert [row.version for row in await follows.of(GUILD)] == [1, 2]
    assert await waiting(store) == []


async def test_what_is_due_is_found_and_an_older_edition_finds_nothing(
    address: str,
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    follows = Follows(store)
    await follows.add(GUILD, wish())
    await follows.add(GUILD, wish("everything", "daily"))

    async def due(edition: int = 1, days: int = 0) -> list[str]:
        found = await follows.due(edition, TODAY + timedelta(days=days))
        return [each.follow.what for each in found]

    assert await due() == []
    assert await due(edition=2) == ["country:BY"]
    assert await due(days=1) == ["country:BY"]
    assert await due(edition=0, days=1) == []
    await add(store, GUILD)
    assert await due() == ["country:BY"]
    clock.turn(hours=2)
    assert await due() == ["country:BY", "everything"]
    assert await due(edition=0) == []
    await follows.close(GUILD, CHANNEL, None)
    assert await due(edition=9, days=9) == []
    await store.close()


async def test_the_same_is_followed_once_in_a_channel_and_numbers_go_on(
    store: Store,
) -> None:
    follows = Follows(store)
    await follows.add(GUILD, wish())
    await follows.add(GUILD, wish(how="weekly"))
    await follows.add(GUILD, wish(channel=CHANNEL + 1))
    rows = await follows.of(GUILD)
    assert [(row.how, row.channel) for row in rows] == [
        ("weekly", CHANNEL),
        ("once", CHANNEL + 1),
    ]
    await follows.stop(GUILD, rows[0].number, author=8, name="Belarus")
    for number in (rows[0].number, 99, 2**31, -1):
        with pytest.raises(MissingError):
            await follows.stop(GUILD, number, author=8, name="Belarus")


async def test_a_server_may_follow_so_much_and_another_is_not_counted(
    store: Store,
) -> None:
    follows = Follows(store)
    for n in range(MOST):
        await follows.add(GUILD, wish(channel=n))
    with pytest.raises(QuotaError):
        await follows.add(GUILD, wish(channel=MOST))
    await follows.add(GUILD, wish(channel=0, how="daily"))
    await follows.add(GUILD + 1, wish())
    assert len(await follows.of(GUILD)) == MOST


async def test_a_message_is_claimed_by_one_and_by_another_once_the_claim_is_over(
    address: str,
) -> None:
    clock = FrozenClock()
    stores = [Store(address, clock=clock.now) for _ in range(3)]
    for each in stores:
        await each.open()
    follows, queue = Follows(stores[0]), Deliveries(stores[0])
    row = (await follows.add(GUILD, wish())).follow
    await follows.move_on([Step(row, told(2), None)], message())
    taken = await asyncio.gather(*(Deliveries(each).take() for each in stores))
    ((first,),) = [each for each in taken if each]
    assert first.tries == 1
    assert list(first.message.body) == BODY
    clock.at += LEASE - timedelta(seconds=1)
    assert await queue.take() == []
    clock.at += timedelta(seconds=1)
    (again,) = await queue.take()
    assert (again.tries, again.message) == (2, first.message)
    await queue.later(again.message.token, timedelta(minutes=3))
    clock.at += timedelta(minutes=2)
    assert await queue.take() == []
    clock.at += timedelta(minutes=1)
    (last,) = await queue.take()
    await queue.posted(last.message.token, 600)
    clock.at += timedelta(days=1)
    assert await queue.take() == []
    assert await queue.length() == 0
    for each in stores:
        await each.close()


async def test_a_claim_by_a_clock_that_ran_ahead_does_not_hold_for_ever(
    address: str,
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    row = (await Follows(store).add(GUILD, wish())).follow
    await Follows(store).move_on([Step(row, told(2), None)], message())
    clock.turn(days=300)
    assert await waiting(store)
    clock.turn(days=-300)
    assert await waiting(store)
    await store.close()


async def test_what_was_posted_is_forgotten_after_a_week_and_what_waits_is_not(
    address: str,
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    follows, queue = Follows(store), Deliveries(store)
    for n in range(2):
        row = (await follows.add(GUILD, wish(channel=n))).follow
        await follows.move_on([Step(row, told(2), None)], message(n))
    first, _ = await queue.take()
    await queue.posted(first.message.token, 600)
    clock.at += KEPT + timedelta(seconds=1)
    await queue.drop_old()
    assert await queue.length() == 1
    assert len(await queue.take()) == 1
    await store.close()


async def test_an_edition_has_a_number_and_a_fact_the_first_that_had_it(
    store: Store,
) -> None:
    mine, other = BaseEditions(store), BaseEditions(store)
    assert await mine.number("first", ["a", "b"]) == 1
    assert await other.number("first", ["a", "b"]) == 1
    assert await other.number("second", ["a", "c"]) == 2
    assert await mine.number("first", ["a", "b"]) == 1, "it still serves the old one"
    assert await mine.added_since(1) == {"c"}
    assert await mine.number("third", ["a", "b", "c", "d"]) == 3
    assert await mine.added_since(1) == {"c", "d"}
    assert await mine.added_since(2) == {"d"}
    # A process that begins anew with an old edition serves the newest from then on.
    assert await BaseEditions(store).number("first", ["a", "b"]) == 4
    assert await mine.added_since(3) == frozenset()


async def test_processes_that_meet_an_edition_at_once_agree_on_its_number(
    store: Store,
) -> None:
    keys = [f"key-{n}" for n in range(1200)]
    numbers = await asyncio.gather(
        *(BaseEditions(store).number("first", keys) for _ in range(4))
    )
    assert numbers == [1] * 4


async def test_a_number_that_a_restored_backup_took_away_is_given_anew(
    store: Store, tmp_path: Path
) -> None:
    editions = BaseEditions(store)
    await editions.number("first", ["a"])
    await Follows(store).add(GUILD, wish())
    await backup.back_up(store, tmp_path / "x.backup")
    assert await editions.number("second", ["a", "b"]) == 2
    await backup.restore(store, tmp_path / "x.backup", replace=True)
    assert await editions.added_since(1) == frozenset()
    assert await editions.number("second", ["a", "b"]) == 2
    assert await editions.added_since(1) == {"b"}


async def test_follows_and_what_waits_come_back_from_a_backup_in_the_other_database(
    store: Store, tmp_path: Path, postgres: str
) -> None:
    follows = Follows(store)
    row = (await follows.add(GUILD, wish())).follow
    await follows.move_on([Step(row, told(2), None)], message())
    await BaseEditions(store).number("first", ["a", "b"])
    await backup.back_up(store, tmp_path / "x.backup")
    for address in (
        f"sqlite:///{tmp_path / 'other.db'}",
        await fresh_database(postgres),
    ):
        other = Store(address, clock=noon)
        await other.open()
        await backup.restore(other, tmp_path / "x.backup")
        assert await Follows(other).of(GUILD) == await follows.of(GUILD)
        (taken,) = await Deliveries(other).take()
        assert list(taken.message.body) == BODY
        assert await BaseEditions(other).number("first", ["a", "b"]) == 1
        await other.close()


async def test_a_backup_made_before_there_were_follows_can_be_restored(
    store: Store, tmp_path: Path
) -> None:
    import gzip
    import hashlib
    import json

    await add(store)
    file = tmp_path / "x.backup"
    await backup.back_up(store, file)
    *lines, last = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    end = json.loads(last)
    for table in ("follows", "deliveries", "base_editions", "base_facts"):
        del end["rows"][table]
    end["sha256"] = hashlib.sha256(b"".join(lines)).hexdigest()
    file.write_bytes(gzip.compress(b"".join(lines) + json.dumps(end).encode() + b"\n"))
    contents = await backup.restore(store, file, replace=True)
    assert contents.rows["entries"] == 1


async def test_follows_are_forgotten_with_their_server_and_their_person(
    address: str,
) -> None:
    clock = FrozenClock()
    store = Store(address, clock=clock.now)
    await store.open()
    follows, privacy = Follows(store), PersonalData(store)
    row = (await follows.add(GUILD, wish())).follow
    await follows.move_on([Step(row, told(2), None)], message())
    assert (await privacy.kept(7)).follows == 1
    assert (await privacy.export(7))["follows by author"]
    await privacy.forget(7)
    assert not (await privacy.kept(7)).anything
    (row,) = await follows.of(GUILD)
    assert row.author == 0
    membership = Memberships(store)
    await membership.joined(GUILD)
    await membership.left(GUILD)
    assert await follows.due(9, TODAY + timedelta(days=9)) == []
    assert await waiting(store) == []
    clock.turn(days=KEEP_DAYS + 1)
    assert await membership.purge() == [GUILD]
    assert await follows.of(GUILD) == []
    assert await Deliveries(store).length() == 0
    await store.close()


async def test_a_channel_is_closed_once_and_the_notice_is_put_into_the_queue_once(
    store: Store,
) -> None:
    follows = Follows(store)
    row = (await follows.add(GUILD, wish())).follow
    await follows.move_on([Step(row, told(2), None)], message())
    notices = [Message(GUILD, 500, "notice", BODY) for _ in range(3)]
    done = [await follows.close(GUILD, CHANNEL, notice) for notice in notices]
    assert done == [True, False, False]
    assert await waiting(store) == [notices[0].token]
    assert not await follows.move_on([Step(row, told(3), None)], message())


async def waiting_audit(store: Store) -> list[tuple[str, int, PlainObject]]:
    rows = await Outbox(store).take(GUILD)
    return [(row.verb, row.actor, row.detail) for row in rows]


async def test_who_sets_up_changes_and_stops_a_follow_is_written_down(
    store: Store,
) -> None:
    follows = Follows(store)
    await follows.add(GUILD, replace(wish(), name="Belarus"))
    made = await follows.add(GUILD, replace(wish(how="weekly"), name="Belarus"))
    number = made.follow.number
    await follows.stop(GUILD, number, author=8, name="Belarus")
    told = {"name": "Belarus", "channel": CHANNEL}
    assert await waiting_audit(store) == [
        ("follow", 7, {**told, "how": "once", "before": None}),
        ("follow", 7, {**told, "how": "weekly", "before": "once"}),
        ("unfollow", 8, {**told, "how": "weekly"}),
    ]


async def test_what_is_withdrawn_was_never_set_up(store: Store) -> None:
    follows = Follows(store)
    await follows.withdraw(await follows.add(GUILD, wish()))
    assert await follows.of(GUILD) == []
    assert await waiting_audit(store) == []


async def test_the_mark_of_a_message_is_kept_beside_no_level(store: Store) -> None:
    follows = Follows(store)
    row = (await follows.add(GUILD, wish())).follow
    told = replace(row.told, mark="question-7")
    assert await follows.move_on([Step(row, told, None)], None)
    (after,) = await follows.of(GUILD)
    assert after.told == told
