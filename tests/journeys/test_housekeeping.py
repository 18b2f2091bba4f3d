"""What happened to servers while the bot was away is set right when it is ready, and
once a day from then on.
"""

from __future__ import annotations

import logging
from datetime import timedelta

import discord
import pytest
from sqlalchemy import func, select

from bot.entries.records import Change
from bot.service.client import Client
from bot.store.database import Store
from bot.store.errors import StoreAwayError
from bot.store.services import Services
from bot.store.tables import (
    audit,
    deliveries,
    forgotten_proposals,
    polls,
    quiz_answers,
    salts,
)
from tests.support.clocks import FrozenClock
from tests.support.databases import add, body, no_transaction
from tests.support.following import Room, client, teller_of
from tests.support.places import Place, client_of

pytestmark = pytest.mark.asyncio
GONE = 777
"""A server that put Ally out while it was away."""
DAY = 86_400.0


@pytest.fixture
def house_is_kept_already() -> None:
    """Here it is not."""


@pytest.fixture
def way() -> type[Client]:
    """Without a gateway servers are asked for: tests/processes/test_http.py."""
    return Client


async def come_back(place: Place, services: Services, clock: FrozenClock) -> None:
    """The bot was away, and is ready again."""
    await place.env.restart_bot(client_of(services, Client, clock.today))
    await place.env.settle()


async def test_a_server_that_was_left_unseen_is_purged_thirty_days_later(
    place: Place, services: Services, clock: FrozenClock
) -> None:
    here, membership = place.guild.id, services.membership
    for guild in (here, GONE):
        await add(services.store, guild)
    await membership.compare([here, GONE])
    await come_back(place, services, clock)
    assert await membership.left_at(GONE) == clock.now()
    assert await membership.left_at(here) is None
    clock.turn(days=31)
    assert (await services.views.view(GONE)).own
    await place.env.advance_time(DAY)
    assert not (await services.views.view(GONE)).own
    assert (await services.views.view(here)).own


async def test_a_server_that_puts_ally_out_and_takes_it_in_again_keeps_its_entries(
    place: Place, services: Services, clock: FrozenClock
) -> None:
    guild, membership = place.env.create_guild(name="Undecided"), services.membership
    await place.env.settle()
    await add(services.store, guild.id)
    assert (await services.views.view(guild.id)).own
    joined = client(place).get_guild(guild.id)
    place.env.backend.remove_guild(guild.id)
    await place.env.settle()
    assert await membership.left_at(guild.id) == clock.now()
    assert services.views.kept(guild.id) is None
    clock.turn(days=29)
    # The simulated Discord makes no server a second time, and waits for no event that
    # does not come from itself.
    assert joined
    await client(place).on_guild_join(joined)
    assert await membership.left_at(guild.id) is None
    clock.turn(days=29)
    await place.env.advance_time(DAY)
    assert (await services.views.view(guild.id)).own


async def test_what_was_published_while_it_was_away_is_told_and_once(
    place: Place, services: Services, clock: FrozenClock
) -> None:
    log = Room(place, "log")
    await place.settings(audit=[log.channel])
    before = len(log.messages)
    change = Change("event", "BY", body("unseen", "Nobody saw this happen."))
    await services.writer.publish(place.guild.id, [change], author=7, verb="import")
    await come_back(place, services, clock)
    assert ["Nobody saw this" in each for each in log.told[before:]] == [True]
    await place.env.advance_time(DAY)
    assert len(log.messages) == before + 1


async def test_what_is_kept_for_a_while_is_gone_after_it(
    place: Place, services: Services, clock: FrozenClock
) -> None:
    async def rows() -> dict[str, int]:
        tables = (quiz_answers, polls, forgotten_proposals, salts, deliveries, audit)
        async with services.store.reading() as connection:
            return {
                table.name: (
                    await connection.execute(select(func.count()).select_from(table))
                ).scalar_one()
                for table in tables
            }

    await Room(place).follow()
    await place.publish()
    await teller_of(place).tell(client(place))
    await place.suggest("armenia")
    await services.privacy.forget(place.cleo.id)
    await services.quiz.record(place.guild.id, place.bob.id, "question", correct=True)
    await services.polls.claim(place.guild.id, place.channel.id, "BY")
    assert all((await rows()).values())
    await come_back(place, services, clock)
    assert all((await rows()).values())
    clock.turn(days=31)
    await place.env.advance_time(DAY)
    assert not any((await rows()).values())


async def test_while_the_database_is_away_nothing_fails_and_the_next_day_does_it(
    place: Place,
    services: Services,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, membership = place.guild.id, services.membership
    for guild in (here, GONE):
        await add(services.store, guild)
    await membership.compare([here, GONE])
    # What fails meanwhile the simulated Discord raises in the end.
    with monkeypatch.context() as away:
        away.setattr(Store, "_transaction", no_transaction)
        await come_back(place, services, clock)
        another = place.env.create_guild(name="Another")
        await place.env.settle()
        joined = client(place).get_guild(another.id)
        assert joined
        await client(place).on_guild_join(joined)
        place.env.backend.remove_guild(another.id)
        await place.env.settle()
    assert await membership.left_at(GONE) is None
    await place.env.advance_time(DAY)
    assert await membership.left_at(GONE) == clock.now()
    assert await membership.left_at(here) is None


@pytest.mark.parametrize(
    "fault", [ConnectionResetError(104, "reset"), ValueError("nobody thought of it")]
)
async def test_after_a_day_on_which_it_failed_there_is_another(
    place: Place,
    services: Services,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise fault

    log = Room(place, "log")
    await place.settings(audit=[log.channel])
    before = len(log.messages)
    await add(services.store, place.guild.id)
    with monkeypatch.context() as away:
        away.setattr(discord.abc.Messageable, "send", fails)
        await come_back(place, services, clock)
    await add(services.store, place.guild.id, "later")
    await place.env.advance_time(DAY)
    assert len(log.messages) > before


@pytest.mark.parametrize("step", ["mine", "move_on", "take"])
async def test_while_the_database_is_away_channels_are_told_later_and_nothing_fails(
    place: Place,
    services: Services,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    step: str,
) -> None:
    async def away(*_: object) -> None:
        raise StoreAwayError("away")

    room = Room(place)
    await room.follow()
    await place.publish()
    feature = client(place)._follow_feature
    assert feature
    part = {
        "mine": services.leases,
        "move_on": services.follows,
        "take": services.deliveries,
    }
    with monkeypatch.context() as unreached:
        unreached.setattr(part[step], step, away)
        await feature.tell_once(client(place), timedelta(0))
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert "has to wait: StoreAwayError" in caplog.text
    assert room.told == []
    for _ in range(2):
        clock.at += timedelta(hours=1)
        await feature.tell_once(client(place), timedelta(0))
        await place.env.settle()
    assert len(room.told) == 1
