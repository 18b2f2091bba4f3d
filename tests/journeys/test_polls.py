"""*What do you think?* under an answer: a poll of Discord's own, where the server wants
it, the presser may and Ally may; one about an actor in a channel a day.
"""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.knowledge.facts import Base
from bot.store.database import Store
from bot.store.services import Services
from tests.support.databases import no_transaction
from tests.support.forged import press, said
from tests.support.places import Place, reply
from tests.support.polling import allowed, polls_in, room
from tests.support.replies import choices_of, take, text_of

pytestmark = pytest.mark.asyncio

POLL = "poll:BY"


async def card(place: Place, **options: Any) -> Any:
    shown = await place.cleo.slash(place.channel, "ally", country="belarus", **options)
    return reply(shown)


async def test_members_ask_everybody_by_the_five_levels(
    place: Place, services: Services, base: Base
) -> None:
    await allowed(place, services)
    message = await card(place)
    before = text_of(message)
    assert POLL in choices_of(message)
    await take(place.cleo, message, POLL)
    (poll,) = polls_in(place)
    assert "Belarus" in str(poll.question)
    levels = [level.name for level in base.conflict.levels]
    assert [answer.text for answer in poll.answers] == levels
    assert text_of(message) == before
    assert text_of(await card(place)) == before, "no vote touches a level"


async def test_there_is_none_where_the_server_has_not_allowed_it(
    place: Place,
) -> None:
    assert POLL not in choices_of(await card(place))
    told = await press(place.env, place.cleo, place.channel, POLL)
    assert "Its managers can allow them in /settings." in said(told)
    assert not polls_in(place)


async def test_while_nothing_can_be_written_none_is_begun_and_that_is_said(
    place: Place, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    await allowed(place, services)
    await card(place)
    with monkeypatch.context() as away:
        away.setattr(Store, "writing", no_transaction)
        told = await press(place.env, place.cleo, place.channel, POLL)
    assert "Not right now" in said(told)
    assert not polls_in(place)


async def test_one_that_does_not_reach_discord_may_be_asked_again(
    place: Place, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = discord.InteractionResponse.send_message

    async def fails(*given: Any, **more: Any) -> Any:
        if "poll" in more:
            raise ConnectionResetError(104, "reset by peer")
        return await send(*given, **more)

    await allowed(place, services)
    await card(place)
    with monkeypatch.context() as away:
        away.setattr(discord.InteractionResponse, "send_message", fails)
        await press(place.env, place.cleo, place.channel, POLL)
    assert not polls_in(place)
    await press(place.env, place.cleo, place.channel, POLL)
    assert len(polls_in(place)) == 1


async def test_there_is_none_under_what_only_one_person_sees_or_of_a_belligerent(
    place: Place, services: Services, base: Base
) -> None:
    await allowed(place, services)
    assert POLL not in choices_of(await card(place, private=True))
    party = base.conflict.parties[0]
    shown = await place.cleo.slash(place.channel, "ally", country=party)
    assert f"poll:{party}" not in choices_of(reply(shown))


async def test_a_channel_has_one_about_an_actor_a_day(
    place: Place, services: Services
) -> None:
    await allowed(place, services)
    first = await card(place)
    await take(place.cleo, first, POLL)
    again = await take(place.bob, first, POLL)
    assert "this channel has had its poll today" in said(again)
    assert len(polls_in(place)) == 1
    await press(place.env, place.bob, place.channel, "poll:KZ")
    assert len(polls_in(place)) == 2


@pytest.mark.parametrize("lacking", ["member", "bot"])
async def test_who_may_not_make_polls_is_told_which_permission_is_missing(
    place: Place, services: Services, lacking: str
) -> None:
    await allowed(place, services)
    who = place.cleo if lacking == "member" else place.env.bot.user
    told = await press(place.env, place.cleo, room(place, who), POLL)
    assert ("You need" if lacking == "member" else "Ally needs") in said(told)
    assert "Create Polls" in said(told)
    assert not polls_in(place)


async def test_with_the_database_away_nothing_is_asked_and_it_is_said(
    place: Place, services: Services
) -> None:
    await allowed(place, services)
    await card(place)
    assert services.store.path
    services.store.path.rename(services.store.path.with_suffix(".moved"))
    told = await press(place.env, place.cleo, place.channel, POLL)
    assert said(told).strip()
    assert not polls_in(place)


async def test_an_actor_that_there_is_not_is_no_poll(
    place: Place, services: Services
) -> None:
    await allowed(place, services)
    told = await press(place.env, place.cleo, place.channel, "poll:ZZ")
    assert said(told).strip()
    assert not polls_in(place)
