"""What is refused or gone is said truly, and a forged id changes nothing."""

from __future__ import annotations

import pytest
from discord.app_commands import CommandNotFound

from bot.commands.entries.draft_message import block_of
from bot.service.client import Client
from bot.store.services import Services
from tests.support.forged import press, run, said, send_form
from tests.support.places import FACT, Place, reply
from tests.support.replies import ids_of, text_of

pytestmark = pytest.mark.asyncio
DRAFT = block_of({**FACT, "date": "2024-03-02", "claim": "A forged fact was told."})
BEYOND = str(2**31)


@pytest.mark.parametrize(
    "task",
    [
        "edit:event:CU:1:1",
        "edit:event:-:1:1",
        "edit:alias:BY:1:1",
        "edit:level:BY:1:1",
        "edit:event:BY:0:0",
        f"edit:event:BY:{BEYOND}:1",
        f"edit:event:BY:{'9' * 20}:1",
        "approve:event:CU:1:1",
        "approve:level:BY:1:1",
        f"approve:event:BY:{BEYOND}:1",
    ],
)
async def test_a_draft_of_another_kind_or_country_than_what_is_stored_is_refused(
    place: Place, services: Services, task: str
) -> None:
    await place.publish()
    await place.suggest()
    before = await services.reader.snapshot(place.guild.id)
    told = await press(
        place.env, place.ada, place.channel, f"draft:publish:{task}", DRAFT
    )
    assert "This server has no #" in said(told)
    after = await services.reader.snapshot(place.guild.id)
    assert after.revision == before.revision
    assert after.entries == before.entries
    assert (await services.reader.suggestion(place.guild.id, 1)).verdict == "pending"


@pytest.mark.parametrize("task", ["edit:event:CU:1:1", "approve:event:CU:1:1"])
async def test_a_form_of_another_country_than_what_is_stored_is_refused(
    place: Place, task: str
) -> None:
    await place.publish()
    await place.suggest()
    fields = {**FACT, "date": "2024-03-02"}
    told = await send_form(place.ada, place.channel, f"form:{task}", fields)
    assert "This server has no #1" in said(told)
    assert "entries:1:published::0" in ids_of(reply(told))


@pytest.mark.parametrize("revision", [2, 99])
async def test_a_revision_that_an_entry_does_not_have_is_not_undone(
    place: Place, services: Services, revision: int
) -> None:
    await place.publish()
    told = await place.ada.slash(
        place.channel, "entry undo", entry="1", revision=revision
    )
    assert f"has no revision {revision}; its newest is 1" in text_of(reply(told))
    assert "history:1:1" in ids_of(reply(told))
    assert len(await services.reader.history(place.guild.id, 1)) == 1


@pytest.mark.parametrize("command", ["edit", "retire", "undo", "history"])
@pytest.mark.parametrize("number", [BEYOND, "9" * 12, "2147483647", "0"])
async def test_a_number_that_no_entry_can_have_is_no_entry(
    place: Place, command: str, number: str
) -> None:
    reason = {"reason": "test"} if command == "retire" else {}
    told = await place.ada.slash(
        place.channel, f"entry {command}", entry=number, **reason
    )
    assert "/entry list shows what there is" in text_of(reply(told))


@pytest.mark.parametrize(
    ("custom_id", "says"),
    [
        ("bloc:warsaw-pact:2026-11-23:1", "no longer knows that bloc"),
        ("forecast:oracle:2026-11-23:1", "no longer knows that forecast"),
        ("ally:ask:atlantis:2026-11-23:1", "no longer knows that country"),
        ("ally:map:atlantis:2026-11-23:1", "no longer knows that country"),
        ("ally:compare:atlantis:2026-11-23:1", "no longer knows that country"),
        ("wheel:of:fortune", "another version of Ally"),
        ("entries:1:published::0:searched", "another version of Ally"),
    ],
)
async def test_a_button_whose_subject_is_gone_says_what_is_gone(
    place: Place, custom_id: str, says: str
) -> None:
    told = await press(place.env, place.cleo, place.channel, custom_id)
    assert says in said(told)
    assert told.ephemeral


@pytest.mark.parametrize("name", ["ally", "entry list"])
async def test_a_command_that_is_gone_says_that_it_is_of_another_version(
    place: Place, name: str
) -> None:
    client = place.env.bot
    assert isinstance(client, Client)
    client.tree.remove_command(name.split(maxsplit=1)[0])
    options = {"country": "cuba"} if name == "ally" else {}
    told = await run(place.env, place.ada, place.channel, name, **options)
    assert "another version of Ally" in said(told)
    assert "reference" not in said(told)
    # discord.py hands it on as an error, which is what it should be told by.
    assert all(isinstance(each, CommandNotFound) for each in place.env.errors)


async def test_a_role_that_moderates_is_told_that_settings_need_more(
    place: Place,
) -> None:
    helpers = place.guild.create_role("Helpers")
    dan = place.guild.add_member(place.env.create_user("dan"), roles=[helpers])
    await place.settings(roles=[helpers])
    told = said(await run(place.env, dan, place.channel, "settings"))
    assert "Settings need the permission Manage Server" in told
    assert "or a role chosen in /settings" not in told


async def test_undoing_an_entrys_only_revision_does_not_promise_to_show_it(
    place: Place,
) -> None:
    shown = text_of(await place.publish())
    assert "/ally shows it at once" in shown
    undone = text_of(
        reply(await place.ada.slash(place.channel, "entry undo", entry="1"))
    )
    assert "/ally shows it" not in undone
    assert "It no longer counts in any answer" in undone
    assert "/entry undo" in undone
    back = text_of(reply(await place.ada.slash(place.channel, "entry undo", entry="1")))
    assert "/ally shows it at once" in back


async def test_an_approved_suggestion_is_not_told_to_resemble_itself(
    place: Place,
) -> None:
    await place.suggest()
    review = await place.ada.slash(place.channel, "entry review")
    await place.ada.click(reply(review), label="Approve")
    shown = text_of(reply(review))
    assert "Approved as entry #1" in shown
    assert "This looks like" not in shown
    await place.suggest()
    review = await place.ada.slash(place.channel, "entry review")
    assert "This looks like" in text_of(reply(review))


async def test_a_suggestion_whose_author_was_forgotten_is_withdrawn_and_not_rejected(
    place: Place, services: Services
) -> None:
    await place.suggest()
    review = await place.ada.slash(place.channel, "entry review")
    await services.privacy.forget(place.cleo.id)
    told = said(await place.ada.click(reply(review), label="Approve"))
    assert "was withdrawn" in told
    assert "asked to be forgotten" in told
    assert "rejected" not in told.casefold()
    empty = await place.ada.slash(place.channel, "entry review")
    assert "No suggestions wait" in text_of(reply(empty))
