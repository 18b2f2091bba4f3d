"""A suggestion is decided by what holds when it is decided, shown as it was decided,
and told to nobody but its proposer.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.entries.records import Change
from bot.service.client import Client
from bot.store.services import Services
from tests.support.databases import body
from tests.support.following import Room
from tests.support.forged import press, said
from tests.support.places import Place, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio

RURITANIA = "ruritania"


@pytest.fixture
def way() -> type[Client]:
    """What is decided is decided alike on both ways in."""
    return Client


async def queue(place: Place) -> Any:
    return reply(await place.ada.slash(place.channel, "entry review"))


async def test_what_is_approved_is_not_said_to_resemble_itself(place: Place) -> None:
    await place.suggest()
    shown = await queue(place)
    assert "looks like what is already there" not in text_of(shown)
    await place.ada.click(shown, label="Approve")
    assert "Approved as entry #1" in text_of(shown)
    assert "looks like what is already there" not in text_of(shown)
    await place.suggest()
    again = await queue(place)
    assert "looks like what is already there" in text_of(again)


async def test_what_another_process_took_away_meanwhile_can_only_be_rejected(
    place: Place, services: Services
) -> None:
    guild, writer = place.guild.id, services.writer
    names = {"kind": "state", "names": {"short": "Ruritania"}}
    made = await writer.publish(
        guild, [Change("actor", RURITANIA, names)], author=7, verb="add"
    )
    await writer.propose(guild, RURITANIA, body(), proposer=place.cleo.id)
    services.views.drop(guild)
    shown = await queue(place)
    gone = Change("actor", RURITANIA, names, made[0].number, 1, "retired")
    await writer.publish(guild, [gone], author=7, verb="retire")
    told = said(await place.ada.click(shown, label="Approve"))
    assert "This server has no #1" in told
    services.views.drop(guild)
    assert "it can only be rejected" in text_of(await queue(place))


@pytest.mark.parametrize("wrong", [{"toward": "nobody"}, {"date": "2999-01-01"}])
async def test_what_is_no_longer_right_is_not_approved_and_what_is_wrong_is_said(
    place: Place, services: Services, wrong: dict[str, Any]
) -> None:
    """The base may have changed since it was proposed."""
    guild = place.guild.id
    proposed = {**body(), **wrong}
    await services.writer.propose(guild, "BY", proposed, proposer=place.cleo.id)
    shown = await queue(place)
    told = said(await place.ada.click(shown, label="Approve"))
    assert "went wrong" not in told
    assert told.strip()
    assert (await services.reader.suggestion(guild, 1)).verdict == "pending"
    assert await services.reader.all_entries(guild) == ()


@pytest.mark.parametrize("who", ["ada", "bob"])
async def test_nobody_but_the_proposer_lets_the_proposer_be_told(
    place: Place, services: Services, who: str
) -> None:
    await place.suggest()
    other = getattr(place, who)
    told = said(await press(place.env, other, place.channel, "tell:1"))
    assert "This server has no #1" in told
    assert not (await services.reader.suggestion(place.guild.id, 1)).tell
    await press(place.env, place.cleo, place.channel, "tell:1")
    assert (await services.reader.suggestion(place.guild.id, 1)).tell


@pytest.mark.parametrize("action", ["Approve", "Reject", "Edit"])
async def test_a_message_that_still_offers_what_is_decided_shows_the_decision_at_once(
    place: Place, services: Services, action: str
) -> None:
    room = Room(place, "review")
    await place.settings(review=[room.channel])
    await place.suggest()
    # Another process, whose edit of the message did not reach Discord.
    await services.writer.decide(
        place.guild.id, 1, "rejected", by=place.ada.id, reason="Not so."
    )
    shown: Any = room.channel.last_message
    told = said(await place.bob.click(shown, label=action))
    assert "already rejected" in told
    assert "Rejected: Not so." in text_of(room.messages[-1])


async def test_the_review_channel_shows_a_decision_in_the_servers_language(
    place: Place, services: Services
) -> None:
    # The names are known in German though the texts are not.
    await services.writer.prefer(
        place.guild.id, {"language": "de"}, author=place.ada.id
    )
    services.views.drop(place.guild.id)
    room = Room(place, "review")
    await place.settings(review=[room.channel])
    await place.suggest("cuba")
    assert "Kuba" in text_of(room.messages[-1])
    shown: Any = room.channel.last_message
    await place.bob.click(shown, custom_id="review:approve:1:1")
    assert "Kuba" in text_of(room.messages[-1])


def shown_in(place: Place) -> Any:
    """The newest message of the channel in which is pressed."""
    return list(place.env.backend.messages[place.channel.id].values())[-1]


@pytest.mark.parametrize(("page", "shown"), [(0, 1), (1, 1), (2, 2), (3, 2), (999, 2)])
async def test_a_place_that_the_queue_no_longer_has_is_its_nearest(
    place: Place, page: int, shown: int
) -> None:
    for n in range(2):
        await place.suggest(claim=f"Thing number {n} happened.")
    await press(place.env, place.ada, place.channel, f"review:show:{page}:0")
    assert f"{shown} of 2 in the queue" in text_of(shown_in(place))
