"""What somebody does with an entry or a suggestion that others have changed, retired
or decided meanwhile: they are told, and nothing comes of it unawares.
"""

from __future__ import annotations

import pytest

from bot.commands.entries.draft_message import block_of
from bot.entries.records import EntryKind
from bot.service.client import Client
from bot.store.services import Services
from tests.support.forged import press, said, send_form
from tests.support.places import Place, filled, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio
RETIRED = "#1 is already retired"


@pytest.fixture
def way() -> type[Client]:
    """Both ways lead to the same handlers."""
    return Client


async def test_who_edits_what_another_retires_is_told_before_it_comes_back(
    place: Place,
) -> None:
    await place.publish()
    form = await place.ada.slash(place.channel, "entry edit", entry="1")
    preview = await place.ada.submit_modal(form, filled(claim="Belarus closed two."))
    assert RETIRED not in text_of(reply(preview)).replace("\\", "")
    await place.bob.slash(place.channel, "entry retire", entry="1", reason="untrue")
    await place.ada.click(reply(preview), label="Publish")
    assert RETIRED in text_of(reply(preview)).replace("\\", "")
    assert "◆" not in await place.ally()


async def test_a_preview_of_a_retired_entry_says_that_it_is_retired(
    place: Place,
) -> None:
    await place.publish()
    await place.bob.slash(place.channel, "entry retire", entry="1", reason="untrue")
    form = await place.ada.slash(place.channel, "entry edit", entry="1")
    preview = await place.ada.submit_modal(form, filled(claim="Belarus closed two."))
    assert RETIRED in text_of(reply(preview)).replace("\\", "")


async def name_of(place: Place, country: str, name: str) -> None:
    shown = await place.ada.slash(
        place.channel, "entry alias", country=country, name=name
    )
    await place.ada.click(reply(shown), label="Publish")


async def test_undo_gives_no_name_to_two_countries(place: Place) -> None:
    await name_of(place, "cuba", "Bluebonnet")
    await place.ada.slash(place.channel, "entry retire", entry="1", reason="a test")
    await name_of(place, "belarus", "Bluebonnet")
    undone = await place.ada.slash(place.channel, "entry undo", entry="1")
    assert "already means BY" in said(undone)
    assert "Belarus" in await place.ally("Bluebonnet")
    await place.ada.slash(place.channel, "entry retire", entry="2", reason="a test")
    undone = await place.ada.slash(place.channel, "entry undo", entry="1")
    assert "undone" in said(undone)
    assert "Cuba" in await place.ally("Bluebonnet")


async def test_undo_gives_no_name_of_an_actor_that_another_has_by_now(
    place: Place,
) -> None:
    fields = {"name": "Ruritania", "kind": "state", "aliases": "Rurit"}
    form = await place.ada.slash(place.channel, "entry actor")
    shown = await place.ada.submit_modal(form, {**fields, "code": "ruritania"})
    await place.ada.click(reply(shown), label="Publish")
    await place.ada.slash(place.channel, "entry retire", entry="1", reason="a test")
    await name_of(place, "belarus", "Rurit")
    undone = await place.ada.slash(place.channel, "entry undo", entry="1")
    assert "already means BY" in said(undone)


@pytest.mark.parametrize("decision", ["Approve", "Reject"])
async def test_who_asks_to_be_told_of_what_is_decided_is_told_at_once(
    place: Place, services: Services, decision: str
) -> None:
    thanks = await place.suggest()
    review = await place.ada.slash(place.channel, "entry review")
    done = await place.ada.click(reply(review), label=decision)
    if decision == "Reject":
        await place.ada.submit_modal(done, {"reason": "It is not so."})
    await place.cleo.click(thanks, label="Tell me what happens")
    expected = "Approved" if decision == "Approve" else "Rejected: It is not so."
    assert expected in text_of(thanks)
    assert "You get a private message" not in text_of(thanks)
    assert not (await services.reader.suggestion(place.guild.id, 1)).tell


OTHERS: dict[EntryKind, dict[str, str]] = {
    "alias": {"alias": "Bluebonnet"},
    "actor": {"name": "Ruritania", "kind": "state"},
}


@pytest.mark.parametrize("kind", OTHERS)
async def test_nothing_but_facts_can_be_suggested(
    place: Place, services: Services, kind: EntryKind
) -> None:
    subject, fields = "-" if kind == "actor" else "CU", OTHERS[kind]
    task = f"suggest:{kind}:{subject}:0:0"
    await send_form(place.cleo, place.channel, f"form:{task}", fields)
    pressed = await press(
        place.env, place.cleo, place.channel, f"draft:publish:{task}", block_of(fields)
    )
    assert "waits for the moderators" not in said(pressed)
    assert (await services.reader.waiting(place.guild.id))[1] == 0
    review = await place.ada.slash(place.channel, "entry review")
    assert "No suggestions wait" in said(review)
