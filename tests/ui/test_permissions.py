"""Who moderates, from what Discord sends with each interaction."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import discord
import pytest

from bot.entries.records import Preferences
from bot.ui.interaction import Interaction
from bot.ui.permissions import lets_write, manages_server, moderates

NAMED = Preferences(roles=(5, 6))


def presser(*roles: int, **rights: bool) -> Interaction:
    made = SimpleNamespace(
        permissions=discord.Permissions(**rights), user=SimpleNamespace(_roles=roles)
    )
    return cast("Interaction", made)


@pytest.mark.parametrize("right", discord.Permissions.VALID_FLAGS)
def test_of_all_rights_two_let_somebody_manage_and_moderate(right: str) -> None:
    may = right in {"administrator", "manage_guild"}
    assert manages_server(presser(**{right: True})) is may
    assert moderates(presser(**{right: True}), Preferences()) is may
    assert moderates(presser(7, **{right: True}), NAMED) is may


@pytest.mark.parametrize(
    ("roles", "preferences", "may"),
    [
        ((), NAMED, False),
        ((7,), NAMED, False),
        ((7, 8, 9), NAMED, False),
        ((6,), NAMED, True),
        ((7, 5), NAMED, True),
        ((5,), Preferences(), False),
        ((0,), Preferences(), False),
    ],
)
def test_only_a_named_role_lets_somebody_moderate_and_never_manage(
    roles: tuple[int, ...], preferences: Preferences, may: bool
) -> None:
    assert moderates(presser(*roles), preferences) is may
    assert not manages_server(presser(*roles))


WRITABLE = {
    discord.ChannelType.text: "send_messages",
    discord.ChannelType.news: "send_messages",
    discord.ChannelType.voice: "send_messages",
    discord.ChannelType.stage_voice: "send_messages",
    discord.ChannelType.public_thread: "send_messages_in_threads",
    discord.ChannelType.private_thread: "send_messages_in_threads",
    discord.ChannelType.news_thread: "send_messages_in_threads",
}
"""The permission that lets somebody write in a channel of each kind."""


@pytest.mark.parametrize("kind", WRITABLE)
def test_of_all_rights_two_let_somebody_write(kind: discord.ChannelType) -> None:
    may = {
        right
        for right in discord.Permissions.VALID_FLAGS
        if lets_write(discord.Permissions(**{right: True}).value, kind.value)
    }
    assert may == {"administrator", WRITABLE[kind]}


def test_where_a_channel_is_not_known_it_is_taken_for_no_thread() -> None:
    assert lets_write(discord.Permissions(send_messages=True).value, None)
    in_threads = discord.Permissions(send_messages_in_threads=True).value
    assert not lets_write(in_threads, None)
