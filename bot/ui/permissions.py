"""Who may moderate Ally in a server, and how fast a person may ask: checked at every
step, not only at the first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import discord
from cachetools import LRUCache

from bot.entries.records import Preferences
from bot.runtime.discord_internals import role_ids

_REMEMBERED = 20_000
"""People whose last question is remembered, at about 200 bytes each."""


def moderates(interaction: discord.Interaction[Any], preferences: Preferences) -> bool:
    """Whether the presser may manage the server, or has a role that the server named
    for this.

    Discord sends the permissions and roles with every interaction, so what was taken
    away a moment ago counts.
    """
    rights = interaction.permissions
    if rights.administrator or rights.manage_guild:
        return True
    return any(role in preferences.roles for role in role_ids(interaction.user))


class Cooldown:
    """Seconds between two questions of one person in one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: LRUCache[tuple[int, int], float] = LRUCache(_REMEMBERED)

    def wait(self, guild: int, user: int, cooldown: int) -> int:
        """How many seconds to wait still; 0 lets the question through and counts it."""
        if cooldown <= 0:
            return 0
        now = self._clock()
        last = self._last.get((guild, user))
        if last is not None and now - last < cooldown:
            return max(1, round(cooldown - (now - last)))
        self._last[guild, user] = now
        return 0
