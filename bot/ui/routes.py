"""Buttons, menus and forms by their custom ids: all state is in the id, so that they
work after a restart, on any machine.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self, TypeAlias, cast

from discord import ui

from bot.runtime.admission import handling
from bot.ui.errors import apologise, outdated
from bot.ui.interaction import Button, Chooser, Interaction, Menu

Handler = Callable[[Interaction, re.Match[str]], Awaitable[None]]


Pressed: TypeAlias = Button | Menu | Chooser
"""What has a custom id and is used in place: a button or a menu."""


def route(template: str, handle: Handler) -> type[ui.DynamicItem[Pressed]]:
    """The class to register with a client for every button or menu whose custom id
    fits.
    """

    class Routed(ui.DynamicItem[Pressed], template=template):
        """One button or menu of this family."""

        def __init__(self, item: Pressed, match: re.Match[str]) -> None:
            super().__init__(item)
            self.match = match

        @classmethod
        async def from_custom_id(
            cls,
            interaction: Interaction,  # noqa: ARG003 - as discord.py calls it
            item: ui.Item[ui.LayoutView],
            match: re.Match[str],
            /,
        ) -> Self:
            assert isinstance(
                item, ui.Button | ui.Select | ui.RoleSelect | ui.ChannelSelect
            )
            return cls(item, match)

        async def callback(self, interaction: Interaction) -> None:
            with handling():
                try:
                    await handle(interaction, self.match)
                except Exception as error:  # noqa: BLE001 - discord.py would only log it, and the reader would wait
                    await apologise(interaction, error)

    return Routed


MENU = r"menu:[\w:-]{1,90}"
"""A menu whose choices are custom ids of buttons."""


class MenuRoute:
    """Does for a choice of a menu what its button would do."""

    def __init__(self, routes: Mapping[str, Handler]) -> None:
        self._routes = [
            (re.compile(pattern), handle) for pattern, handle in routes.items()
        ]

    async def chosen(self, interaction: Interaction, _: re.Match[str]) -> None:
        """Hand the choice to whoever answers a button of that id."""
        data = cast("Mapping[str, Any]", interaction.data or {})
        choice = str(next(iter(data.get("values") or ()), ""))
        for pattern, handle in self._routes:
            match = pattern.fullmatch(choice)
            if match:
                await handle(interaction, match)
                return
        await outdated(interaction)


class FormRoutes:
    """Handlers of forms, by the pattern of their custom ids."""

    def __init__(self, routes: Mapping[str, Handler]) -> None:
        self._routes = [
            (re.compile(pattern), handle) for pattern, handle in routes.items()
        ]

    async def submitted(self, interaction: Interaction) -> None:
        """Hand a form that came back to its handler; one that nobody knows is answered
        too.
        """
        data = cast("Mapping[str, Any]", interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        for pattern, handle in self._routes:
            match = pattern.fullmatch(custom_id)
            if match:
                try:
                    await handle(interaction, match)
                except Exception as error:  # noqa: BLE001 - nobody above would answer the reader
                    await apologise(interaction, error)
                return
        await outdated(interaction)
