"""Who may read a channel and not write there has nothing written there by Ally either:
a channel for news, that Ally tells what is new, stays one.
"""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.store.services import Services
from bot.ui.payload import read_payload
from tests.support.following import client, tell
from tests.support.forged import press, run, said
from tests.support.places import Place, reply
from tests.support.replies import choices_of, take, text_of

pytestmark = pytest.mark.asyncio
Rights = discord.PermissionOverwrite


def news(place: Place) -> Any:
    """A channel in which everybody reads, and who moderates and Ally write."""
    overwrites: dict[Any, discord.PermissionOverwrite] = {
        place.guild.default_role: Rights(send_messages=False),
        place.role: Rights(send_messages=True),
        place.env.bot.user: Rights(send_messages=True),
    }
    return place.guild.create_text_channel("news", overwrites=overwrites)


def seen_by_all(place: Place, channel: Any) -> int:
    stored = place.env.backend.messages[channel.id].values()
    return sum(not each.is_ephemeral for each in stored)


async def test_what_a_digest_leads_to_is_not_shown_to_everyone_by_who_may_only_read(
    place: Place,
) -> None:
    channel = news(place)
    await place.ada.slash(
        place.channel, "follow", what="belarus", channel=channel, how="once"
    )
    await place.publish()
    await tell(place)
    *_, digest = place.env.backend.messages[channel.id].values()
    (card,) = choices_of(digest)
    before = seen_by_all(place, channel)
    opened = await press(place.env, place.cleo, channel, card)
    (share,) = (each for each in choices_of(reply(opened)) if "share" in each)
    shown = await take(place.cleo, reply(opened), share)
    assert "Belarus" in text_of(reply(shown))
    assert reply(shown).ephemeral
    # The press itself put a message of the bot's there to be pressed.
    assert seen_by_all(place, channel) == before + 1
    moderated = await press(place.env, place.ada, channel, share)
    assert not reply(moderated).ephemeral


@pytest.mark.parametrize("private", [None, False])
async def test_a_command_is_answered_to_who_may_only_read_alone(
    place: Place, private: bool | None
) -> None:
    channel = news(place)
    asked: dict[str, Any] = {} if private is None else {"private": private}
    for name, options in (
        ("ally", {"country": "cuba"}),
        ("where", {"region": "caribbean"}),
        ("map", {"region": "caribbean"}),
        ("quiz play", {}),
    ):
        shown = await run(place.env, place.cleo, channel, name, **options, **asked)
        assert shown.ephemeral, name
    assert seen_by_all(place, channel) == 0
    free = await run(place.env, place.ada, channel, "ally", country="cuba", **asked)
    assert not free.ephemeral


def asked_in(kind: int, *rights: str) -> bool:
    """Whether somebody with these permissions may write in a channel of this type."""
    permissions = discord.Permissions(**dict.fromkeys(rights, True))
    user = {"id": "300", "username": "cleo"}
    roles: list[str] = []
    member = {"user": user, "roles": roles, "permissions": str(permissions.value)}
    frame = {"id": "1", "application_id": "2", "token": "t", "version": 1, "type": 2}
    data = {"name": "ally"}
    place = {"guild_id": "1", "channel": {"id": "400", "type": kind}}
    return read_payload({**frame, **place, "member": member, "data": data}).may_write


@pytest.mark.parametrize("thread", [10, 11, 12])
async def test_in_threads_another_permission_lets_somebody_write(thread: int) -> None:
    assert asked_in(0, "send_messages")
    assert not asked_in(0, "send_messages_in_threads")
    assert asked_in(thread, "send_messages_in_threads")
    assert not asked_in(thread, "send_messages")
    assert asked_in(thread, "administrator")


@pytest.mark.parametrize("writes", [True, False])
async def test_a_poll_in_a_thread_is_for_who_may_write_in_threads(
    place: Place, services: Services, *, writes: bool
) -> None:
    await services.writer.prefer(place.guild.id, {"polls": True}, author=place.ada.id)
    services.views.drop(place.guild.id)
    everyone = Rights(
        send_polls=True, send_messages=not writes, send_messages_in_threads=writes
    )
    may = Rights(send_polls=True, send_messages=True, send_messages_in_threads=True)
    overwrites: dict[Any, Rights] = {
        place.guild.default_role: everyone,
        place.env.bot.user: may,
    }
    channel = place.guild.create_text_channel("polls", overwrites=overwrites)
    room: Any = client(place).get_channel(channel.id)
    await room.create_thread(name="Belarus", type=discord.ChannelType.public_thread)
    (thread,) = channel.threads
    told = await press(place.env, place.cleo, thread, "poll:BY")
    assert ("You need" in said(told)) is not writes
