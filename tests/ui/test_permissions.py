"""Who moderates, from what Discord sends with each interaction."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import discord
import pytest

from bot.entries.records import Preferences
from bot.ui.interaction import Interaction
from bot.ui.permissions import manages_server, moderates

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
