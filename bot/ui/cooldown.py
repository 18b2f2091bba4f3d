"""How fast a person may ask in a server: one count for everything that may be answered
in public.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from cachetools import LRUCache

from bot.answers.help import too_fast
from bot.entries.records import Preferences
from bot.ui.interaction import Interaction, send
from bot.ui.permissions import moderates
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

_REMEMBERED = 20_000
"""People whose last question is remembered, at about 200 bytes each."""


class Cooldown:
    """Seconds between two questions of one person in one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: LRUCache[tuple[int, int], float] = LRUCache(_REMEMBERED)

    def wait(self, guild: int, user: int, cooldown: int) -> int:
        """How many seconds to wait still, at least 1; 0 lets the question through and
        counts it.
        """
        if cooldown <= 0:
            return 0
        now = self._clock()
        last = self._last.get((guild, user))
        if last is not None and now - last < cooldown:
            return max(1, math.ceil(cooldown - (now - last)))
        self._last[guild, user] = now
        return 0


async def must_wait(
    interaction: Interaction,
    cooldown: Cooldown,
    preferences: Preferences,
    replies: ReplyCache,
) -> bool:
    """Whether the asker has to wait, and has been told how long; moderators never do,
    and nobody does outside a server.
    """
    guild = interaction.guild_id
    if guild is None or moderates(interaction, preferences):
        return False
    seconds = cooldown.wait(guild, interaction.user.id, preferences.cooldown)
    if not seconds:
        return False
    page = too_fast(seconds, replies.texts(str(interaction.locale.value)))
    await send(interaction, prepare(page), ephemeral=True)
    return True
