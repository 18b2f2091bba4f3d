"""A channel of the simulated Discord that follows something, and the work in the
background that tells it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import discord

from bot.commands.follow.teller import Teller
from bot.service.client import Client
from tests.support.clocks import FrozenClock
from tests.support.places import Place
from tests.support.replies import text_of


class Room:
    """A channel that follows, and what it was told."""

    def __init__(self, place: Place, name: str = "news", **rights: bool) -> None:
        self.place = place
        mine = {place.env.bot.user: discord.PermissionOverwrite(**rights)}
        overwrites: Any = mine if rights else {}
        self.channel = place.guild.create_text_channel(name, overwrites=overwrites)

    @property
    def messages(self) -> list[Any]:
        """Everything that stands there, oldest first."""
        stored = self.place.env.backend.messages[self.channel.id].values()
        return [each for each in stored if not each.is_ephemeral]

    @property
    def told(self) -> list[str]:
        """What Ally said there, without the first word that it follows."""
        texts = [text_of(each) for each in self.messages]
        return [text for text in texts if "Followed here" not in text]

    async def follow(self, what: str = "belarus", how: str = "once") -> Any:
        """What ada is told who sets a follow up."""
        return await self.place.ada.slash(
            self.place.channel, "follow", what=what, channel=self.channel, how=how
        )


def client(place: Place) -> Client:
    """The bot of the simulated Discord."""
    return cast("Client", place.env.bot)


def teller_of(place: Place) -> Teller:
    """What decides and posts in the background."""
    feature = client(place)._follow_feature
    assert feature
    return feature.teller


def looks(clock: FrozenClock, days: int) -> Iterator[None]:
    """The clock at the hours around nine of so many days, and once in the evening."""
    end = clock.at + timedelta(days=days)
    while clock.at < end:
        yield
        clock.turn(hours=1)
        while clock.at.hour not in {8, 9, 10, 20}:
            clock.turn(hours=1)


async def tell(place: Place) -> None:
    """What the work in the background does now and then."""
    await teller_of(place).tell(client(place))
    await place.env.settle()
