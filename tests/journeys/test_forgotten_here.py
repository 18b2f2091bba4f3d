"""What becomes of what others see of somebody who asks to be forgotten."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from tests.support.clocks import FrozenClock
from tests.support.databases import no_transaction
from tests.support.following import Room, tell, teller_of
from tests.support.forged import run, said
from tests.support.places import Place, client_of, reply

pytestmark = pytest.mark.asyncio


@pytest.fixture
def way() -> type[Client]:
    """Both ways lead to the same handlers."""
    return Client


async def forget(place: Place) -> None:
    shown = reply(await place.cleo.slash(place.channel, "privacy"))
    await place.cleo.click(shown, label="Forget me")
    await place.cleo.click(shown, label="Forget me")


async def _approve(place: Place, room: Room) -> None:
    shown = room.channel.last_message
    assert shown is not None
    await place.ada.click(shown, label="Approve")


@pytest.mark.parametrize("decided", [False, True])
async def test_the_channel_for_suggestions_no_longer_names_them(
    place: Place, *, decided: bool
) -> None:
    room = Room(place, "review")
    await place.settings(review=[room.channel])
    await place.suggest()
    if decided:
        await _approve(place, room)
    name = f"<@{place.cleo.id}>"
    assert name in room.told[-1]
    await forget(place)
    assert name not in room.told[-1]
    assert ("Approved as entry" if decided else "Withdrawn") in room.told[-1]


async def test_an_export_has_every_id_as_text(place: Place, services: Services) -> None:
    room = Room(place, "review")
    await place.settings(review=[room.channel])
    await place.suggest()
    await _approve(place, room)
    for who in (place.cleo, place.ada):
        exported = json.dumps(await services.privacy.export(who.id))
        kept: dict[str, Any] = json.loads(exported, parse_int=float)
        assert str(who.id) in exported
        lists: list[list[dict[str, Any]]] = [
            kept[table] for table in kept if isinstance(kept[table], list)
        ]
        rows = [row for each in lists for row in each]
        assert rows
        numbers = [
            each for row in rows for each in row.values() if isinstance(each, float)
        ]
        assert all(each < 2**53 for each in numbers)


async def test_what_waited_for_a_server_that_was_left_is_not_told_when_it_is_back(
    place: Place, services: Services, clock: FrozenClock
) -> None:
    room = Room(place)
    await room.follow()
    await place.publish()
    await teller_of(place).decide()
    assert await services.deliveries.length() == 1
    await services.membership.left(place.guild.id)
    clock.turn(days=29)
    await services.membership.joined(place.guild.id)
    await tell(place)
    assert room.told == []


async def test_a_role_that_moderates_is_told_that_the_database_is_away(
    place: Place, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = place.guild.create_role("Named")
    ned = place.guild.add_member(place.env.create_user("ned"), roles=[named])
    await place.settings(roles=[named])
    await place.env.restart_bot(client_of(services))
    services.views._kept.clear()
    with monkeypatch.context() as away:
        away.setattr(Store, "_transaction", no_transaction)
        told = await run(
            place.env, ned, place.channel, "entry retire", entry="1", reason="a test"
        )
    assert "Not right now" in said(told)
    assert "Only for moderators" not in said(told)
