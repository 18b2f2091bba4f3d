"""Each server's view: merged when asked for, fresh when somebody else writes, and
honest when the database is away.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.entries.records import Change
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.store import views
from bot.store.changes import Quotas
from bot.store.database import Store, engine_url
from bot.store.membership import Memberships
from bot.store.quiz import QuizScores
from bot.store.reader import EntryReader, Snapshot
from bot.store.services import Services
from bot.store.views import ServerView, ServerViews
from bot.store.watch import WATCH_SECONDS
from bot.store.writer import EntryWriter
from tests.support.bases import DATA
from tests.support.clocks import noon
from tests.support.databases import add, body


@pytest_asyncio.fixture
async def services(
    address: str, base: Base, names: NameIndex
) -> AsyncGenerator[Services, None]:
    made = Services(Store(address, clock=noon), base, names)
    await made.open()
    yield made
    await made.close()


async def until(
    services: Services, guild: int, fits: Callable[[ServerView], bool]
) -> ServerView:
    """The server's view as soon as it fits; whoever waits here waits for what must come
    by itself.
    """
    async with asyncio.timeout(15):
        while True:
            server = await services.views.view(guild)
            if fits(server):
                return server
            await asyncio.sleep(0.05)


async def at_rest(services: Services, guilds: Sequence[int]) -> list[ServerView]:
    """The servers' views once the watch has nothing more to say of what was written;
    on a busy machine it may look late.
    """
    async with asyncio.timeout(60):
        while True:
            views = [await services.views.view(guild) for guild in guilds]
            await asyncio.sleep(5 * WATCH_SECONDS)
            if [services.views.kept(guild) for guild in guilds] == views:
                return views


ELSEWHERE = """
import asyncio, sys
from tests.support.clocks import noon
from bot.store.database import Store
from tests.support.databases import add
async def main():
    store = Store(sys.argv[1], clock=noon)
    await store.open()
    await add(store, 1, "from-elsewhere")
    await store.close()
asyncio.run(main())
"""


@pytest.mark.asyncio
async def test_what_another_process_publishes_is_seen(
    services: Services, address: str
) -> None:
    assert not (await until(services, 1, lambda s: not s.away)).own
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ELSEWHERE, address, cwd=DATA.parent
    )
    assert await child.wait() == 0
    server = await until(services, 1, lambda s: s.own)
    assert "from-elsewhere" in server.base.added["BY"].events
    # The watch may look once more at the very change that was just read.
    seen = await until(services, 1, lambda s: services.views.kept(1) is s)
    assert "from-elsewhere" in seen.base.added["BY"].events


@pytest.mark.asyncio
async def test_an_answer_to_the_quiz_makes_nobody_read_their_server_again(
    services: Services, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Store(address, clock=noon)
    await elsewhere.open()
    await add(elsewhere)
    await until(services, 1, lambda s: s.own and services.views.kept(1) is s)
    # The watch looks twice at most at what was written last.
    await asyncio.sleep(3 * WATCH_SECONDS)
    scores, doubts = QuizScores(elsewhere), list[None]()

    def looked_at_again(*_: object) -> None:
        doubts.append(None)

    monkeypatch.setattr(services.views, "doubt", looked_at_again)
    monkeypatch.setattr(services.views, "drop", looked_at_again)
    for player in range(3):
        await scores.record(1, player, "question", correct=True)
        await asyncio.sleep(WATCH_SECONDS)
    assert not doubts
    await add(elsewhere, 1, "another")
    await elsewhere.close()
    await until(
        services, 1, lambda s: bool(doubts) or "another" in s.base.added["BY"].events
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("what", ["is new", "changes", "goes"])
async def test_what_another_process_does_in_one_server_leaves_all_others_as_they_are(
    services: Services, address: str, what: str
) -> None:
    elsewhere = Store(address, clock=noon)
    much_later = Store(address, clock=lambda: noon() + timedelta(days=400))
    await elsewhere.open()
    await add(elsewhere, 3)
    if what != "is new":
        await add(elsewhere, 1)
    await until(services, 1, lambda s: s.own == (what != "is new"))
    others = (await at_rest(services, (1, 2, 3)))[1:]
    if what == "goes":
        await Memberships(elsewhere).left(1)
        await much_later.open()
        assert await Memberships(much_later).purge() == [1]
        await until(services, 1, lambda s: not s.own)
    else:
        await add(elsewhere, 1, "one-more")
        await until(
            services,
            1,
            lambda s: s.own and "one-more" in s.base.added["BY"].events,
        )
    await asyncio.sleep(3 * WATCH_SECONDS)
    assert [services.views.kept(guild) for guild in (2, 3)] == others
    await elsewhere.close()
    await much_later.close()


@pytest.mark.asyncio
async def test_a_server_without_entries_shares_the_base_and_none_changes_it(
    services: Services, base: Base
) -> None:
    await add(services.store)
    there, empty = await services.views.view(1), await services.views.view(2)
    assert empty.base is base
    assert (
        len(there.base.countries["BY"].events) == len(base.countries["BY"].events) + 1
    )
    assert there.base.countries["UA"] is base.countries["UA"]
    assert there.base.ballots is base.ballots


@pytest.mark.asyncio
async def test_the_cache_is_bounded(address: str, base: Base, names: NameIndex) -> None:
    store = Store(address, clock=noon)
    await store.open()
    for guild in range(30):
        await add(store, guild)
    from bot.store.reader import EntryReader

    views = ServerViews(base, names, EntryReader(store), kept_bytes=200_000)
    for guild in range(30):
        await views.view(guild)
    kept = [guild for guild in range(30) if views.kept(guild)]
    assert kept == list(range(30 - len(kept), 30))
    assert 1 < len(kept) < 12
    await store.close()


@pytest.mark.asyncio
async def test_an_unreadable_entry_is_left_out_and_silences_nothing_else(
    services: Services,
) -> None:
    await add(services.store, key="good")
    bad = Change(
        "event", "BY", {"id": "bad", "weight": "colossal", "claim": "x", "date": "2024"}
    )
    await services.writer.publish(1, [bad], author=7, verb="import")
    await services.writer.publish(
        1, [Change("event", "ATLANTIS", body())], author=7, verb="import"
    )
    server = await services.views.fresh(1)
    assert server.base.added["BY"].events == {"good"}
    assert "ATLANTIS" not in server.base.countries


@pytest.mark.asyncio
async def test_a_new_edition_of_the_base_that_took_an_events_id_loses_nothing(
    services: Services, base: Base
) -> None:
    taken = base.countries["BY"].events[0].id
    await add(services.store, key=taken)
    server = await services.views.fresh(1)
    (own,) = server.base.added["BY"].events
    assert own == f"{taken}-entry-1"
    assert len({event.id for event in server.base.countries["BY"].events}) == len(
        server.base.countries["BY"].events
    )


async def shut(address: str, store: Store) -> None:
    """Make a database unreachable, as an outage would."""
    if store.path:
        store.path.rename(store.path.with_name("gone"))
        return
    await as_owner(address, "ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await as_owner(
        address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "'{name}'",
    )


async def reopen(address: str, store: Store) -> None:
    """The outage is over."""
    if store.path:
        store.path.with_name("gone").rename(store.path)
        return
    await as_owner(address, "ALTER DATABASE {name} ALLOW_CONNECTIONS true")


async def as_owner(address: str, sql: str) -> None:
    name = address.split("/")[3].split("?", maxsplit=1)[0]
    engine = create_async_engine(
        engine_url(address.replace(f"/{name}?", "/postgres?")),
        isolation_level="AUTOCOMMIT",
    )
    async with engine.connect() as connection:
        await connection.execute(text(sql.format(name=name)))
    await engine.dispose()


@pytest.mark.asyncio
async def test_while_the_database_is_away_the_base_answers_and_says_so(
    services: Services, address: str
) -> None:
    await add(services.store)
    await until(services, 1, lambda s: s.own)
    await shut(address, services.store)
    away = await until(services, 1, lambda s: s.away)
    assert not away.own
    assert away.base is services.views.base
    await reopen(address, services.store)
    back = await until(services, 1, lambda s: s.own)
    assert not back.away
    assert await add(services.store, key="after") == 2


@pytest.mark.asyncio
async def test_a_database_that_is_away_at_the_start_is_taken_up_when_it_comes(
    address: str, base: Base, names: NameIndex
) -> None:
    first = Store(address, clock=noon)
    await first.open()
    await add(first)
    await first.close()
    await shut(address, first)
    services = Services(Store(address, clock=noon), base, names)
    if first.path is None:
        from bot.store.errors import StoreAwayError

        with pytest.raises(StoreAwayError):
            await services.open()
        services.views.away = True
        services.watch.start()
        assert (await services.views.view(1)).away
        await reopen(address, first)
    else:
        await reopen(address, first)
        services.watch.start()
    assert (await until(services, 1, lambda s: s.own)).own
    await services.close()


@pytest.mark.asyncio
async def test_a_restore_into_a_running_bots_database_is_seen(
    services: Services, tmp_path: Path
) -> None:
    from bot.store import backup

    await add(services.store)
    file = tmp_path / "x.backup"
    await backup.back_up(services.store, file)
    await add(services.store, key="after")
    await until(services, 1, lambda s: s.own and len(s.base.added["BY"].events) == 2)
    await backup.restore(services.store, file, replace=True)
    await until(services, 1, lambda s: s.own and len(s.base.added["BY"].events) == 1)


@pytest.mark.asyncio
async def test_a_merge_that_waits_for_a_thread_takes_the_database_from_no_other_server(
    base: Base, names: NameIndex, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        Change("event", "BY", body(f"e{n}", f"Thing {n} happened."))
        for n in range(views._OFF_LOOP)
    ]
    await EntryWriter(store, Quotas()).publish(1, many, author=7, verb="import")
    served = ServerViews(base, names, EntryReader(store))
    merge, held = served._merged, threading.Event()

    def merged(guild: int, snapshot: Snapshot) -> ServerView:
        held.wait(5)
        return merge(guild, snapshot)

    monkeypatch.setattr(served, "_merged", merged)
    monkeypatch.setattr(views, "READ_SECONDS", 0.2)
    assert (await served.view(1)).away
    assert not served.away
    held.set()
    assert not (await served.view(2)).away
    assert (await served.fresh(1)).own
    assert not (await served.view(1)).away
