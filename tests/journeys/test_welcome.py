"""A server that adds Ally is greeted once, where it wants such words, or not at all."""

from __future__ import annotations

from typing import cast

import discord
import pytest

from bot.answers.screen import size
from bot.answers.texts import Texts
from bot.answers.welcome import welcome
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.service.client import Client
from bot.store.database import Store
from tests.support.databases import no_transaction
from tests.support.places import Place
from tests.support.replies import values_of

pytestmark = pytest.mark.asyncio


async def added(place: Place, *, system: bool = True) -> discord.Guild:
    """The bot was added to a server, which may have a channel for such words."""
    client = cast("Client", place.env.bot)
    guild = client.get_guild(place.guild.id)
    assert guild
    guild._system_channel_id = place.channel.id if system else None
    await client.on_guild_join(guild)
    return guild


def messages(place: Place) -> list[str]:
    return [
        "\n".join(
            text
            for part in message.components
            for text in values_of(part.to_dict(), "content")
        )
        for message in place.channel.history()
    ]


async def test_a_server_is_greeted_once_with_examples_and_where_it_is_set_up(
    place: Place,
) -> None:
    await added(place)
    await added(place)
    (said,) = messages(place)
    assert said.count("/ally country:") == 1
    for each in ("/compare", "/map", "/settings", "/help"):
        assert each in said


async def test_a_server_without_a_channel_for_such_words_is_not_written_to(
    place: Place,
) -> None:
    await added(place, system=False)
    assert messages(place) == []


async def test_where_ally_may_not_post_it_does_not_try(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: object, __: object) -> discord.Permissions:
        return discord.Permissions(view_channel=True)

    monkeypatch.setattr(discord.TextChannel, "permissions_for", closed)
    await added(place)
    assert messages(place) == []


async def test_while_the_database_is_away_nobody_is_greeted_and_nothing_fails(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(Store, "_transaction", no_transaction)
        await added(place)
    assert messages(place) == []
    await added(place)
    assert len(messages(place)) == 1


class Gone:
    """An answer of a Discord that has failed."""

    status, reason = 500, "away"


@pytest.mark.parametrize(
    "fault",
    [
        discord.DiscordServerError(Gone(), "away"),  # type: ignore[arg-type]
        ConnectionResetError(104, "reset by peer"),
    ],
    ids=["fails", "reset"],
)
async def test_a_failed_greeting_is_not_tried_again(
    place: Place, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(discord.abc.Messageable, "send", fails)
        await added(place)
    await added(place)
    assert messages(place) == []


async def test_the_welcome_fits_on_one_screen_of_every_conflict(
    base: Base,
    names: NameIndex,
    lighthouse: Base,
    lighthouse_names: NameIndex,
) -> None:
    for known, called in ((base, names), (lighthouse, lighthouse_names)):
        page = welcome(known, Texts("en", called.display))
        assert size(page).lines <= 14
        assert page.actions
