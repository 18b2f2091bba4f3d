"""Servers' own entries as moderators and members drive them, through a simulated Discord and a real database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord

from bot.client import Client
from bot.guilds.office import Office
from bot.guilds.store import Store
from bot.knowledge.facts import Base
from bot.knowledge.names import Names
from bot.ui.desk import Desk
from tests.commands.test_ally import ids_of, text_of
from tests.conftest import TODAY

pytestmark = pytest.mark.asyncio

FACT = {
    "claim": "The government of Belarus closed a consulate.",
    "date": "2 March 2024",
    "toward": "russia",
    "worth": "diplomatic/notable",
    "source": "https://example.org/consulate\nGazette\nConsulate closed\n2024-03-03",
}


@pytest_asyncio.fixture
async def office(base: Base, names: Names, tmp_path: Path) -> Any:
    made = Office(Store(f"sqlite:///{tmp_path / 'ally.db'}"), base, names)
    await made.store.open()
    yield made
    await made.close()


@pytest.fixture
def simcord_bot(office: Office) -> Client:
    return Client(Desk(office.shelves, lambda: TODAY, "test"), office, clock=None)


def filled(**fields: str) -> dict[str, Any]:
    """A form's fields as simcord takes them: what is chosen from a menu is a list."""
    values: dict[str, Any] = {**FACT, **fields}
    return {**values, "worth": [values["worth"]]}


class Place:
    """A server with two moderators and a member."""

    def __init__(self, env: simcord.Env, name: str = "World affairs") -> None:
        self.env = env
        self.guild = env.create_guild(name=name)
        self.channel = self.guild.create_text_channel("general")
        self.role = self.guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
        self.ada = self.guild.add_member(env.create_user("ada"), roles=[self.role])
        self.bob = self.guild.add_member(env.create_user("bob"), roles=[self.role])
        self.cleo = self.guild.add_member(env.create_user("cleo"))

    async def preview(self, country: str = "belarus", **fields: str) -> Any:
        shown = await self.ada.slash(self.channel, "entry add", country=country)
        return await self.ada.submit_modal(shown, filled(**fields))

    async def publish(self, country: str = "belarus", **fields: str) -> Any:
        preview = await self.preview(country, **fields)
        return await self.ada.click(preview.response, label="Publish")


@pytest.fixture
def place(env: simcord.Env) -> Place:
    return Place(env)


async def test_added_previewed_published_and_shown_at_once_marked(place: Place) -> None:
    preview = await place.preview()
    assert preview.ephemeral
    text = text_of(preview.response)
    assert "What would change" in text
    assert "closed a consulate" in text
    before = await place.cleo.slash(place.channel, "ally", country="belarus")
    assert "◆" not in text_of(before.response)
    await place.ada.click(preview.response, label="Publish")
    assert "#1 Belarus: added" in text_of(preview.response)
    after = await place.cleo.slash(place.channel, "ally", country="belarus")
    assert "◆ marks what this server's moderators added" in text_of(after.response)
    assert "◆ The government of Belarus closed a consulate" in text_of(after.response)
