"""Buttons whose whole state is their custom id, so that they outlive a restart and cost no memory."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Self

import discord
from discord import ui

from bot.ui.desk import Desk, locale_for
from bot.ui.errors import apologise

TEMPLATE = (
    r"ally:(?P<kind>ask|evidence|votes|method|share):(?P<code>[A-Za-z-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)


def button_for(desk: Desk) -> type[ui.DynamicItem[ui.Button[Any]]]:
    """The class to register with the client; it answers from this desk."""

    class Pressed(ui.DynamicItem[ui.Button[Any]], template=TEMPLATE):
        """One press of any of Ally's buttons."""

        def __init__(self, item: ui.Button[Any], kind: str, code: str, on: str, number: int) -> None:
            super().__init__(item)
            self.kind, self.code, self.on, self.number = kind, code, on, number

        @classmethod
        async def from_custom_id(
            cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
        ) -> Self:
            assert isinstance(item, ui.Button)
            return cls(item, match["kind"], match["code"], match["on"], int(match["n"]))

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            try:
                await press(desk, interaction, self.kind, self.code, self.on, self.number)
            except Exception as error:  # noqa: BLE001 - discord.py would only log it, and the reader would wait
                await apologise(interaction, error)

    return Pressed


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


async def press(desk: Desk, interaction: discord.Interaction[Any], kind: str, code: str, on: str, number: int) -> None:
    """Answer a press: in place where only the presser sees the message, privately beside it otherwise."""
    mine = interaction.message is not None and interaction.message.flags.ephemeral
    public = kind == "share"
    private = not public and (kind != "ask" or bool(number))
    view = desk.page(
        "ask" if public else kind, code, _day(on, desk.today()), number, locale_for(interaction, private=private),
        private=private,
    )  # fmt: skip
    if mine and private:
        await interaction.response.edit_message(view=view)
    else:
        await interaction.response.send_message(
            view=view, ephemeral=private, allowed_mentions=discord.AllowedMentions.none()
        )
