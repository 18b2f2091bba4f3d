"""A channel in which polls may be made, and the polls in it."""

from __future__ import annotations

from typing import Any

import discord

from bot.store.services import Services
from tests.support.places import Place


async def allowed(place: Place, services: Services) -> None:
    await services.writer.prefer(place.guild.id, {"polls": True}, author=place.ada.id)
    services.views.drop(place.guild.id)
    place.channel = room(place)


def room(place: Place, lacking: Any = None) -> Any:
    """A channel in which everybody but one may make polls."""
    overwrites: dict[Any, discord.PermissionOverwrite] = {
        place.guild.default_role: discord.PermissionOverwrite(send_polls=True)
    }
    if lacking:
        overwrites[lacking] = discord.PermissionOverwrite(send_polls=False)
    return place.guild.create_text_channel("polls", overwrites=overwrites)


def polls_in(place: Place) -> list[Any]:
    messages = place.env.backend.messages.values()
    return [each.poll for room in messages for each in room.values() if each.poll]
