"""Searching, turning and opening what was found, and whose entries are found, on both
ways in.
"""

from __future__ import annotations

import pytest

from bot.store.services import Services
from tests.support.bases import TODAY
from tests.support.databases import add
from tests.support.places import Place, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio


async def asked(place: Place, command: str, **options: object) -> str:
    return text_of(reply(await place.ada.slash(place.channel, command, **options)))


async def test_a_question_is_answered_with_facts_that_open_their_cards(
    place: Place,
) -> None:
    shown = await place.ada.slash(
        place.channel, "search", text="who expelled diplomats in 2022"
    )
    said = text_of(reply(shown))
    assert "facts: " in said
    assert "Expelled" in said
    assert "Page 1 of" in said
    turned = await place.ada.click(reply(shown), label="Next")
    assert "Page 2 of" in text_of(reply(turned))
    opened = await place.ada.select(
        reply(shown), ["ally:ask:ES:2022-04-05:1"], custom_id="menu:open"
    )
    assert "Spain" in text_of(reply(opened))
    assert "Apr 5, 2022" in text_of(reply(opened))


async def test_options_narrow_a_search_and_a_button_takes_them_away(
    place: Place,
) -> None:
    shown = await place.ada.slash(
        place.channel,
        "search",
        text="sanctions",
        side="russia",
        deed="sanctions-refused",
        since="2023",
        region="africa",
        private=True,
    )
    assert "Only: Russia · Sanctions refused · Africa" in text_of(reply(shown))
    wider = await place.ada.click(reply(shown), label="Search without filters")
    assert "Only:" not in text_of(reply(wider))


async def test_nothing_found_says_what_can_be_tried(place: Place) -> None:
    shown = await place.ada.slash(place.channel, "search", text="xyzzyqq")
    assert "Nothing found" in text_of(reply(shown))
    assert "Use fewer words" in text_of(reply(shown))
    all_of_it = await place.ada.select(
        reply(shown), [f"search::territory:::{TODAY}:1:"], custom_id="menu:kind"
    )
    assert "Belarus" in text_of(reply(all_of_it))


async def test_a_day_that_can_be_read_in_two_ways_is_asked_about(place: Place) -> None:
    shown = await place.ada.slash(
        place.channel, "search", text="sanctions", since="02/03/2022"
    )
    assert "March 2, 2022" in text_of(reply(shown))
    again = await place.ada.click(reply(shown), label="March 2, 2022")
    assert "since Mar 2, 2022" in text_of(reply(again))


async def test_a_servers_own_entry_is_found_there_and_nowhere_else(
    place: Place, services: Services
) -> None:
    assert "Nothing found" in await asked(place, "search", text="quokkas")
    await add(services.store, 4711, "elsewhere", claim="Ten quokkas went elsewhere.")
    assert "Nothing found" in await asked(place, "search", text="quokkas")
    await place.publish("belarus", claim="Ten quokkas were sent.")
    said = await asked(place, "search", text="quokkas")
    assert "1 fact: 🇧🇾\N{NO-BREAK SPACE}Belarus" in said
    assert "◆ Ten quokkas were sent" in said
    assert "elsewhere" not in said


async def test_a_source_says_what_rests_on_it(place: Place) -> None:
    shown = await place.ada.slash(place.channel, "source", name="TASS")
    said = text_of(reply(shown))
    assert "facts rest on it" in said
    assert "⚠ weak" in said
    turned = await place.ada.click(reply(shown), label="Next")
    assert "Page 2 of" in text_of(reply(turned))
    several = await place.ada.slash(place.channel, "source", name="news")
    assert "Which one?" in text_of(reply(several))
    assert "no publisher or host" in await asked(place, "source", name="xyzzyqq")
