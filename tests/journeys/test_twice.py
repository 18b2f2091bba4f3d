"""What is sent twice, because somebody pressed twice or because the answer to the first
was lost, is done once.
"""

from __future__ import annotations

import pytest

from bot.commands.entries.draft_message import block_of
from bot.service.client import Client
from bot.store.services import Services
from tests.support.following import Room
from tests.support.forged import press, said
from tests.support.places import FACT, Place
from tests.support.polling import allowed, polls_in

pytestmark = pytest.mark.asyncio
DRAFT = block_of({**FACT, "date": "2024-03-02"})


@pytest.fixture
def way() -> type[Client]:
    """Both ways lead to the same handlers."""
    return Client


async def test_a_draft_is_published_once(place: Place, services: Services) -> None:
    for words in ("#1 Belarus: added", "#1 already says this"):
        told = await press(
            place.env,
            place.ada,
            place.channel,
            "draft:publish:add:event:BY:0:0",
            DRAFT,
        )
        assert words in said(told).replace("\\", "")
    assert len(await services.reader.all_entries(place.guild.id)) == 1


async def test_a_suggestion_waits_once_and_stands_once_in_the_channel_for_them(
    place: Place, services: Services
) -> None:
    room = Room(place, "review")
    await place.settings(review=[room.channel])
    before = len(room.messages)
    for _ in range(2):
        told = await press(
            place.env,
            place.cleo,
            place.channel,
            "draft:publish:suggest:event:BY:0:0",
            DRAFT,
        )
        assert "Suggestion 1 waits for the moderators" in said(told)
    assert (await services.reader.waiting(place.guild.id))[1] == 1
    assert len(room.messages) == before + 1
    other = await press(
        place.env,
        place.bob,
        place.channel,
        "draft:publish:suggest:event:BY:0:0",
        DRAFT,
    )
    assert "Suggestion 2 waits for the moderators" in said(other)


async def test_polls_are_held_by_the_cooldown(place: Place, services: Services) -> None:
    await allowed(place, services)
    await services.writer.prefer(
        place.guild.id, {"cooldown": 3600}, author=place.ada.id
    )
    services.views.drop(place.guild.id)
    await press(place.env, place.cleo, place.channel, "poll:BY")
    held = await press(place.env, place.cleo, place.channel, "poll:KZ")
    assert "A moment, please" in said(held)
    assert len(polls_in(place)) == 1
    await press(place.env, place.ada, place.channel, "poll:KZ")
    await press(place.env, place.ada, place.channel, "poll:CU")
    assert len(polls_in(place)) == 3
