"""A server's cooldown holds everything that may answer in public."""

from __future__ import annotations

from typing import Any

import pytest
from discord import app_commands

from bot.service.client import Client
from bot.store.services import Services
from tests.support.forged import press, run, said
from tests.support.places import Place, reply
from tests.support.replies import use

pytestmark = pytest.mark.asyncio
WAIT = "A moment, please"

ANSWERING: dict[str, dict[str, Any]] = {
    "ally": {"country": "cuba"},
    "compare": {"first": "cuba", "second": "chad"},
    "where": {"region": "caribbean"},
    "bloc": {"name": "csto"},
    "vote": {"resolution": "ES-11/1"},
    "forecast": {},
    "timeline": {"country": "cuba"},
    "map": {"region": "caribbean"},
    "brief": {"country": "cuba"},
    "changes": {"region": "caribbean"},
    "search": {"text": "cuba"},
    "source": {"name": "unn"},
    "quiz play": {},
}


async def hold(place: Place, services: Services) -> None:
    await services.writer.prefer(place.guild.id, {"cooldown": 60}, author=place.ada.id)
    services.views.drop(place.guild.id)


async def test_every_command_that_may_answer_in_public_is_held(place: Place) -> None:
    client = place.env.bot
    assert isinstance(client, Client)
    public = {
        command.qualified_name
        for command in client.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        and any(option.name == "private" for option in command.parameters)
        and command.name != "settings"
    }
    assert set(ANSWERING) == public


@pytest.mark.parametrize("second", ANSWERING)
async def test_a_question_too_soon_has_to_wait_whatever_was_asked_before(
    place: Place, services: Services, second: str
) -> None:
    await hold(place, services)
    first = await place.cleo.slash(place.channel, "bloc", name="brics")
    assert WAIT not in said(first)
    held = await place.cleo.slash(place.channel, second, **ANSWERING[second])
    assert WAIT in said(held)
    assert held.ephemeral
    assert not held.deferred


async def test_showing_an_answer_to_everyone_is_held_too(
    place: Place, services: Services
) -> None:
    await hold(place, services)
    answer = reply(
        await place.cleo.slash(place.channel, "ally", country="cuba", private=True)
    )
    held = await use(place.cleo, answer, "ally:share")
    assert WAIT in said(held)
    assert held.ephemeral


async def test_moderators_and_private_messages_are_never_held(
    place: Place, services: Services
) -> None:
    await hold(place, services)
    for _ in range(2):
        asked = await place.ada.slash(place.channel, "ally", country="cuba")
        assert WAIT not in said(asked)
    stranger = place.env.create_user("stranger")
    for _ in range(2):
        asked = await run(
            place.env, stranger, stranger.dm_channel, "ally", country="cuba"
        )
        assert WAIT not in said(asked)


async def test_what_only_the_presser_sees_is_not_held(
    place: Place, services: Services
) -> None:
    await hold(place, services)
    await place.cleo.slash(place.channel, "ally", country="cuba", private=True)
    page = await press(
        place.env, place.cleo, place.channel, "ally:evidence:CU:2026-11-23:1"
    )
    assert WAIT not in said(page)
    assert page.ephemeral
