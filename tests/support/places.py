"""A server of the simulated Discord with two moderators and a member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, cast

import discord
import simcord
from simcord.results import ResponseMessage

from bot.service.client import Client
from bot.store.services import Services
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY
from tests.support.drawn import DrawnTogether
from tests.support.replies import text_of

FACT = {
    "claim": "The government of Belarus closed a consulate.",
    "date": "2 March 2024",
    "toward": "russia",
    "deed": "formal",
    "source": "https://example.org/consulate\nGazette\nConsulate closed\n2024-03-03",
}


def client_of(
    services: Services,
    way: type[Client] = Client,
    today: Callable[[], date] = lambda: TODAY,
) -> Client:
    replies = ReplyCache(services.views, today, "test")
    return way(replies, services, clock=None, picture_cache=DrawnTogether())


def reply(result: simcord.InteractionResult) -> ResponseMessage:
    """The message that the bot answered with."""
    assert result.response is not None
    return result.response


def filled(**fields: str) -> dict[str, Any]:
    """A form's fields as simcord takes them: what is chosen from a menu is a list."""
    values: dict[str, Any] = {**FACT, **fields}
    return {**values, "deed": [values["deed"]]}


class Place:
    """A server with two moderators and a member."""

    def __init__(self, env: simcord.Env, name: str = "World affairs") -> None:
        self.env = env
        self.guild = env.create_guild(name=name)
        self.channel = self.guild.create_text_channel("general")
        self.role = self.guild.create_role(
            "Editors", permissions=discord.Permissions(manage_guild=True)
        )
        self.ada = self.guild.add_member(
            env.create_user(f"ada of {name}"), roles=[self.role]
        )
        self.bob = self.guild.add_member(
            env.create_user(f"bob of {name}"), roles=[self.role]
        )
        self.cleo = self.guild.add_member(env.create_user(f"cleo of {name}"))

    async def allow(self, name: str) -> None:
        """What a server's owner may do: let everybody see a command that is meant for
        moderators.
        """
        commands = await cast("Client", self.env.bot).tree.fetch_commands()
        command = next(each for each in commands if each.name == name)
        self.guild.set_command_permissions(command, {self.guild.default_role: True})

    async def preview(self, country: str = "belarus", **fields: str) -> Any:
        """What ada sees after she filled in the form of /entry add."""
        shown = await self.ada.slash(self.channel, "entry add", country=country)
        return await self.ada.submit_modal(shown, filled(**fields))

    async def publish(self, country: str = "belarus", **fields: str) -> Any:
        """An entry of ada's; returns the message that says so."""
        preview = await self.preview(country, **fields)
        await self.ada.click(reply(preview), label="Publish")
        return reply(preview)

    async def suggest(self, country: str = "belarus", **fields: str) -> Any:
        """A suggestion of cleo's; returns the message that thanks."""
        shown = await self.cleo.slash(self.channel, "suggest", country=country)
        preview = await self.cleo.submit_modal(shown, filled(**fields))
        await self.cleo.click(reply(preview), label="Send to the moderators")
        return reply(preview)

    async def settings(
        self, who: Any = None, press: str = "", **chosen: Sequence[Any]
    ) -> Any:
        """What ada, or somebody else, sees after they chose in /settings: ``roles``,
        ``review`` or ``audit`` from a select, or what a button or an option does by its
        custom id.
        """
        actor = who or self.ada
        shown = await actor.slash(self.channel, "settings")
        for name, values in chosen.items():
            custom_id = f"settings:{name}:-"
            shown = await actor.select(reply(shown), list(values), custom_id=custom_id)
        if press.split(":")[1:2] in (["cooldown"], ["language"]):
            menu = "menu:" + press.rpartition(":")[0]
            shown = await actor.select(reply(shown), [press], custom_id=menu)
        elif press:
            shown = await actor.click(reply(shown), custom_id=press)
        return shown

    async def ally(self, country: str = "belarus", who: Any = None) -> str:
        """What a reader is answered."""
        result = await (who or self.cleo).slash(self.channel, "ally", country=country)
        return text_of(reply(result))
