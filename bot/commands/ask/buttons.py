"""The buttons under answers: their whole state is their custom id, so they outlive a
restart and cost no memory.
"""

from __future__ import annotations

import re
from datetime import date

from bot.ui.cooldown import Cooldown, must_wait
from bot.ui.interaction import Interaction, is_private, send
from bot.ui.replies import ReplyCache, locale_for

TEMPLATE = (
    r"ally:(?P<kind>ask|full|evidence|sources|votes|earlier|forecast|method|share)"
    r":(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)


class AskButtons:
    """Answers presses from one reply cache."""

    def __init__(self, replies: ReplyCache, cooldown: Cooldown) -> None:
        self.replies, self.cooldown = replies, cooldown

    def _day(self, text: str) -> date:
        """A day from a custom id, today at the latest; today for what is no day."""
        today = self.replies.today()
        try:
            return min(date.fromisoformat(text), today)
        except ValueError:
            return today

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Answer a press: in place where only the presser sees the message, privately
        beside it otherwise. What everybody is to see waits for the cooldown.
        """
        kind, number = match["kind"], int(match["n"])
        public = kind == "share"
        private = not public and (kind != "ask" or bool(number))
        server = await self.replies.views.view(interaction.guild_id)
        if not private and await must_wait(
            interaction, self.cooldown, server.preferences, self.replies
        ):
            return
        view = self.replies.page(
            "ask" if public else kind,
            match["code"],
            self._day(match["on"]),
            number,
            locale_for(interaction, server.preferences, private=private),
            private=private,
            server=server,
        )
        if private and is_private(interaction):
            # A page with a picture is replaced whole.
            await interaction.response.edit_message(view=view, attachments=[])
        else:
            await send(interaction, view, ephemeral=private)
