"""Who answers a button, a menu or a form, by its custom id; nobody is left waiting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from discord import ui

from bot.ui import routes
from bot.ui.interaction import Interaction
from bot.ui.routes import FormRoutes, Handler, MenuRoute, route

pytestmark = pytest.mark.asyncio


class Told:
    """What was answered, in its order."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def handler(self, name: str) -> Handler:
        async def handle(_: Interaction, match: re.Match[str]) -> None:
            self.said.append(f"{name} {match['key']}")

        return handle

    async def broken(self, _: Interaction, match: re.Match[str]) -> None:
        raise RuntimeError(match[0])

    async def outdated(self, _: Interaction) -> None:
        self.said.append("outdated")

    async def apologise(self, _: Interaction, error: Exception) -> None:
        self.said.append(f"sorry {error}")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    made = Told()
    monkeypatch.setattr(routes, "outdated", made.outdated)
    monkeypatch.setattr(routes, "apologise", made.apologise)
    return made


def interaction(data: object) -> Interaction:
    return cast("Interaction", SimpleNamespace(data=data))


def table(told: Told) -> dict[str, Handler]:
    return {
        r"bloc:(?P<key>[a-z]+)": told.handler("bloc"),
        r"roll:(?P<key>[a-z]+)": told.handler("roll"),
        r"bad:(?P<key>[a-z]+)": told.broken,
    }


@pytest.mark.parametrize(
    ("custom_id", "said"),
    [
        ("bloc:eu", "bloc eu"),
        ("roll:es", "roll es"),
        ("bad:luck", "sorry bad:luck"),
        ("roll:es:more", "outdated"),
        ("a roll:es", "outdated"),
        ("", "outdated"),
    ],
)
async def test_a_form_is_answered_by_whoever_knows_its_whole_id(
    told: Told, custom_id: str, said: str
) -> None:
    await FormRoutes(table(told)).submitted(interaction({"custom_id": custom_id}))
    assert told.said == [said]


@pytest.mark.parametrize("data", [None, {}])
async def test_a_form_or_a_choice_without_an_id_is_answered_too(
    told: Told, data: Any
) -> None:
    await FormRoutes(table(told)).submitted(interaction(data))
    await MenuRoute(table(told)).chosen(interaction(data), cast("re.Match[str]", None))
    assert told.said == ["outdated", "outdated"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["bloc:eu"], "bloc eu"),
        (["roll:es"], "roll es"),
        (["roll:es:more"], "outdated"),
        ([], "outdated"),
    ],
)
async def test_a_choice_of_a_menu_does_what_its_button_would(
    told: Told, values: Sequence[str], said: str
) -> None:
    menu = MenuRoute(table(told))
    await menu.chosen(interaction({"values": values}), cast("re.Match[str]", None))
    assert told.said == [said]


@pytest.mark.parametrize(
    "custom_id", ["menu:roll", "menu:ES-11_1:2", f"menu:{'a' * 90}"]
)
async def test_a_menus_own_id_is_known(custom_id: str) -> None:
    assert re.fullmatch(routes.MENU, custom_id)


@pytest.mark.parametrize("custom_id", ["", "menu:", "roll:a", f"menu:{'a' * 91}"])
async def test_what_is_no_menus_id_is_not_taken_for_one(custom_id: str) -> None:
    assert not re.fullmatch(routes.MENU, custom_id)


@pytest.mark.parametrize(
    ("template", "said"),
    [("bloc:(?P<key>[a-z]+)", "bloc eu"), ("bad:(?P<key>[a-z]+)", "sorry bad:eu")],
)
async def test_a_button_is_answered_also_where_its_handler_fails(
    told: Told, template: str, said: str
) -> None:
    name = template.partition(":")[0]
    custom_id = f"{name}:eu"
    match = re.fullmatch(template, custom_id)
    assert match
    button = ui.Button[ui.LayoutView](custom_id=custom_id)
    made = route(template, table(told)[template])
    item = await made.from_custom_id(interaction(None), button, match)
    await item.callback(interaction(None))
    assert told.said == [said]
