"""/entry list: the newest first, found by whatever of it is seen."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.entries.records import Change
from bot.service.client import Client
from bot.store.services import Services
from tests.support.databases import body
from tests.support.places import Place, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio

LONG = f"🏦 A bank closed. {'Then nothing happened for long. ' * 9}Its owner fled."


@pytest.fixture
def way() -> type[Client]:
    """A list is the same on both ways in."""
    return Client


async def listed(place: Place, **options: Any) -> list[int]:
    """The numbers of the entries that are shown, in their order."""
    shown = await place.ada.slash(place.channel, "entry list", **options)
    return [int(n) for n in re.findall(r"\*\*\\?#(\d+) ", text_of(reply(shown)))]


async def written(place: Place, services: Services, *claims: str) -> None:
    changes = [Change("event", "CU", body(f"t-{n}", c)) for n, c in enumerate(claims)]
    await services.writer.publish(place.guild.id, changes, author=7, verb="import")


async def test_the_newest_comes_first(place: Place, services: Services) -> None:
    await written(place, services, "One happened.", "Two happened.", "Three happened.")
    assert await listed(place) == [3, 2, 1]


@pytest.mark.parametrize(
    ("search", "found"),
    [("🏦", [1]), ("BANK", [1]), ("owner fled", [1]), ("🏧", []), ("café", [2])],
)
async def test_a_search_finds_what_is_seen_of_a_line_in_any_spelling(
    place: Place, services: Services, search: str, found: list[int]
) -> None:
    await written(place, services, LONG, "A Cafe opened.")
    assert await listed(place, search=search) == found


@pytest.mark.parametrize(
    ("country", "found"), [("ruritania", [1]), ("cuba", [2]), ("nowhere at all", [])]
)
async def test_of_an_actor_that_was_taken_back_the_code_is_still_understood(
    place: Place, services: Services, country: str, found: list[int]
) -> None:
    actor = {"kind": "state", "names": {"short": "Ruritania"}}
    for state, revision in (("published", 0), ("retired", 1)):
        number = 1 if revision else 0
        change = Change("actor", "ruritania", actor, number, revision, state)  # type: ignore[arg-type]
        await services.writer.publish(
            place.guild.id, [change], author=7, verb="retire" if revision else "add"
        )
    await written(place, services, "One happened.")
    assert await listed(place, country=country, state="any") == found
