"""Ally in a server that has not installed it, brought along by somebody who installed
it for themselves: it answers, and takes in nothing that nobody there could decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from bot.store.services import Services
from tests.support.clocks import FrozenClock
from tests.support.databases import add
from tests.support.discord_api import components_of
from tests.support.places import FACT
from tests.support.posted import (
    Posted,
    Reader,
    Sent,
    commanded,
    message_of,
    pressed,
    submitted,
)

pytestmark = pytest.mark.asyncio
GUILD = 55


@dataclass(frozen=True, slots=True)
class Installed(Reader):
    """A reader where Ally was installed by a server, a person or both."""

    owners: tuple[str, ...] = ("1",)
    """0 for the server, 1 for the person."""

    def frame(self) -> dict[str, Any]:
        """With who installed it."""
        ids = {"0": str(self.guild), "1": str(self.user)}
        owners = {each: ids[each] for each in self.owners}
        return {**Reader.frame(self), "authorizing_integration_owners": owners}


def member(*owners: str) -> Installed:
    return Installed("en-US", GUILD, permissions="2048", owners=owners)


async def suggestion_of(posted: Posted, who: Reader) -> list[Sent]:
    """What somebody is answered who presses *Suggest a correction*, fills in the form
    and sends it, as far as they come.
    """
    asked = {"country": (3, "belarus")}
    card = message_of((await posted.ask(commanded(who, "ally", asked)))[0], 1)
    menu = next(
        each
        for _, each in components_of(card["components"])
        if str(each.get("custom_id")).startswith("menu:")
    )
    sent = await posted.ask(pressed(who, card, menu, ["suggest:BY"]))
    form: Mapping[str, Any] = sent[0].data
    if not str(form.get("custom_id", "")).startswith("form:suggest"):
        return sent
    shown = await posted.ask(submitted(who, form, {**FACT, "deed": ["formal"]}, card))
    publish = {"type": 2, "custom_id": "draft:publish:suggest:event:BY:0:0"}
    return await posted.ask(pressed(who, message_of(shown[0], 2), publish))


@pytest.mark.parametrize("owners", [("0",), ("0", "1"), ("1",)])
async def test_members_suggest_where_the_server_installed_ally(
    posted: Posted, services: Services, owners: tuple[str, ...]
) -> None:
    said = str([each.data for each in await suggestion_of(posted, member(*owners))])
    _, waiting = await services.reader.waiting(GUILD)
    assert waiting == ("0" in owners)
    assert ("waits for the moderators" in said) is ("0" in owners)


async def test_nobody_keeps_the_data_of_a_server_that_put_ally_out(
    posted: Posted, services: Services, clock: FrozenClock
) -> None:
    await add(services.store, GUILD)
    await services.membership.compare([GUILD])
    await services.membership.left(GUILD)
    clock.turn(days=29)
    await suggestion_of(posted, member("1"))
    clock.turn(days=2)
    assert await services.membership.purge() == [GUILD]
    assert await services.reader.all_entries(GUILD) == ()
