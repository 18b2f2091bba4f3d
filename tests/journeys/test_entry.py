"""Servers' own entries as moderators drive them, through a simulated Discord and a real
database.
"""

from __future__ import annotations

from typing import Any

import pytest
import simcord

from bot.store.services import Services
from bot.store.writer import EntryWriter, Quotas
from tests.support.places import FACT, Place, client_of, filled, reply
from tests.support.replies import text_of, values_in

pytestmark = pytest.mark.asyncio


async def test_added_previewed_published_and_shown_at_once_marked(place: Place) -> None:
    preview = await place.preview()
    assert preview.ephemeral
    text = text_of(reply(preview))
    assert "What would change" in text
    assert "closed a consulate" in text
    assert "◆" not in await place.ally()
    await place.ada.click(reply(preview), label="Publish")
    assert "#1 Belarus: added" in text_of(reply(preview))
    after = await place.ally()
    assert "◆ marks what this server's moderators added" in after
    assert "◆ The government of Belarus closed a consulate" in after


async def test_a_preview_says_what_would_change_in_three_lines_and_folds_the_draft(
    place: Place,
) -> None:
    message = reply(await place.preview())
    changes, card, buttons, draft = message.components
    lines = [
        line
        for each in changes["components"]
        if each["type"] == 10
        for line in each["content"].splitlines()
    ]
    heading, points, level, alike = lines
    assert heading == "### What would change"
    assert points.endswith("points for Russia.")
    assert level.startswith("**Level** — Ally of Russia, as before")
    assert alike == "Nothing like it is here yet."
    assert card["components"][0]["content"].startswith("### 🇧🇾 Belarus")
    assert [each["label"] for each in buttons["components"]] == [
        "Publish",
        "Edit",
        "Cancel",
    ]
    folded = draft["content"]
    assert folded.startswith("-# ||`")
    assert folded.endswith("`||")
    assert len(folded.splitlines()) == 1
    assert FACT["claim"] in folded


async def test_a_mistake_loses_nothing_and_edit_reopens_the_form_filled_in(
    place: Place,
) -> None:
    preview = await place.preview(date="soon", source="example.org")
    text = text_of(reply(preview))
    assert "Not quite yet" in text
    assert "'soon' is not a date" in text
    assert "Where is it?" in text
    assert not [b for b in text.split() if b == "Publish"]
    form = await place.ada.click(reply(preview), label="Edit")
    assert values_in(form.modal) == {**FACT, "date": "soon", "source": "example.org"}
    await place.ada.submit_modal(form, filled())
    assert "What would change" in text_of(reply(preview))
    await place.ada.click(reply(preview), label="Publish")
    assert "◆ The government of Belarus closed a consulate" in await place.ally()


async def test_cancel_changes_nothing_and_leaves_what_was_typed_to_copy(
    place: Place,
) -> None:
    preview = await place.preview()
    await place.ada.click(reply(preview), label="Cancel")
    assert "Nothing was changed" in text_of(reply(preview))
    assert FACT["claim"] in text_of(reply(preview))
    assert "◆" not in await place.ally()


async def test_an_edit_keeps_the_entry_and_shows_before_and_after_in_its_history(
    place: Place,
) -> None:
    await place.publish()
    form = await place.bob.slash(place.channel, "entry edit", entry="1")
    assert values_in(form.modal) == {**FACT, "date": "2024-03-02"}
    preview = await place.bob.submit_modal(
        form, filled(claim="The government of Belarus closed two consulates.")
    )
    await place.bob.click(reply(preview), label="Publish")
    answer = await place.ally()
    assert "closed two consulates" in answer
    assert "closed a consulate" not in answer
    history = text_of(
        (await place.ada.slash(place.channel, "entry history", entry="#1")).response
    )
    assert (
        "closed a consulate. → The government of Belarus closed two consulates."
        in history
    )
    assert f"<@{place.bob.id}>" in history
    assert f"<@{place.ada.id}>" in history


async def test_two_moderators_edit_at_once_and_the_second_is_told_who_did_what(
    place: Place,
) -> None:
    await place.publish()
    previews: list[Any] = []
    for who, claim in (
        (place.ada, "Belarus closed three consulates."),
        (place.bob, "Belarus closed four consulates."),
    ):
        form = await who.slash(place.channel, "entry edit", entry="1")
        previews.append(await who.submit_modal(form, filled(claim=claim)))
    await place.ada.click(previews[0].response, label="Publish")
    await place.bob.click(previews[1].response, label="Publish")
    told = text_of(previews[1].response)
    assert "Somebody changed #1" in told
    assert "Belarus closed three consulates" in told
    assert "Belarus closed four consulates" in told
    assert "three consulates" in await place.ally()
    await place.bob.click(previews[1].response, label="Publish")
    assert "four consulates" in await place.ally()


async def test_retire_takes_it_out_and_undo_brings_it_back_and_undo_can_be_undone(
    place: Place,
) -> None:
    await place.publish()
    done = await place.ada.slash(
        place.channel, "entry retire", entry="1", reason="the source was withdrawn"
    )
    assert "#1 Belarus: retired" in text_of(reply(done))
    assert "◆" not in await place.ally()
    again = await place.ada.slash(
        place.channel, "entry retire", entry="1", reason="twice"
    )
    assert "already retired" in text_of(reply(again))
    await place.bob.slash(place.channel, "entry undo", entry="1")
    assert "◆" in await place.ally()
    await place.bob.slash(place.channel, "entry undo", entry="1")
    assert "◆" not in await place.ally()
    await place.bob.slash(place.channel, "entry undo", entry="1", revision=2)
    assert "◆" in await place.ally()
    history = text_of(
        (await place.ada.slash(place.channel, "entry history", entry="1")).response
    )
    assert "the source was withdrawn" in history
    assert "back to before revision 2" in history
    assert "Revision 5: undone" in history


async def test_undo_of_an_addition_retires_it(place: Place) -> None:
    await place.publish()
    await place.ada.slash(place.channel, "entry undo", entry="1")
    assert "◆" not in await place.ally()


@pytest.mark.parametrize("entry", ["99", "nonsense", "#", "-1", "٣"])
async def test_an_unknown_number_is_refused_kindly(place: Place, entry: str) -> None:
    result = await place.ada.slash(place.channel, "entry history", entry=entry)
    assert result.ephemeral
    assert "/entry list shows what there is" in text_of(reply(result))


async def test_a_role_taken_away_meanwhile_counts_and_nothing_typed_is_lost(
    place: Place,
) -> None:
    shown = await place.ada.slash(place.channel, "entry add", country="belarus")
    place.env.backend.get_guild(place.guild.id).members[place.ada.id].role_ids.clear()
    result = await place.ada.submit_modal(shown, filled())
    text = text_of(reply(result))
    assert "Only for moderators" in text
    assert FACT["claim"] in text
    assert "◆" not in await place.ally()


async def test_a_role_taken_away_before_publish_counts(place: Place) -> None:
    preview = await place.preview()
    place.env.backend.get_guild(place.guild.id).members[place.ada.id].role_ids.clear()
    result = await place.ada.click(reply(preview), label="Publish")
    assert "Only for moderators" in text_of(reply(result))
    assert "◆" not in await place.ally()


async def test_a_member_is_offered_no_commands_and_no_entries_by_autocomplete(
    place: Place,
) -> None:
    await place.publish()
    with pytest.raises(simcord.SetupError, match="default-member-permissions"):
        await place.cleo.slash(place.channel, "entry list")
    await place.allow("entry")
    listed = await place.cleo.slash(place.channel, "entry list")
    assert "Only for moderators" in text_of(reply(listed))
    assert await place.cleo.autocomplete(place.channel, "entry edit", "entry", "") == []
    assert (
        len(
            await place.ada.autocomplete(
                place.channel, "entry edit", "entry", "consulate"
            )
        )
        == 1
    )


async def test_a_role_named_in_settings_may_moderate(place: Place) -> None:
    helpers = place.guild.create_role("Helpers")
    dan = place.guild.add_member(place.env.create_user("dan"), roles=[helpers])
    await place.allow("entry")
    refused = await dan.slash(place.channel, "entry add", country="belarus")
    assert "Only for moderators" in text_of(reply(refused))
    changed = await place.settings(roles=[helpers])
    assert str(helpers.id) in str(reply(changed).components)
    assert "Saved" in text_of(reply(changed))
    shown = await dan.slash(place.channel, "entry add", country="belarus")
    assert shown.modal is not None
    await place.allow("settings")
    denied = await dan.slash(place.channel, "settings")
    assert "Settings need the permission Manage Server" in text_of(reply(denied))


async def test_an_invented_actor_can_be_added_asked_about_and_given_facts(
    place: Place,
) -> None:
    shown = await place.ada.slash(place.channel, "entry actor")
    preview = await place.ada.submit_modal(
        shown, {"name": "Ruritania", "kind": "state", "aliases": "Rurit", "code": ""}
    )
    assert "Ruritania" in text_of(reply(preview))
    await place.ada.click(reply(preview), label="Publish")
    assert "Ruritania · Not enough known" in await place.ally("rurit")
    await place.publish("ruritania", claim="Ruritania sent a brigade.", deed="troops")
    await place.publish(
        "ruritania", claim="Ruritania closed its border.", deed="sanctions"
    )
    answer = await place.ally("Ruritania")
    assert "Ally of Russia" in answer
    assert "This server added Ruritania" in answer
    offered = await place.cleo.autocomplete(place.channel, "ally", "country", "ruri")
    assert offered[0] == {"name": "Ruritania", "value": "ruritania"}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "Russia", "code": ""}, "already means RU"),
        ({"name": "Grand Fenwick", "code": "BY"}, "there is an actor BY already"),
        ({"name": "Grand Fenwick", "code": "Grand Fenwick"}, "is no code"),
        ({"name": "!!!", "code": ""}, "has no letters"),
        (
            {"name": "Grand Fenwick", "code": "", "aliases": "Fenwick, Moscow, Россия"},
            "already means RU",
        ),
    ],
)
async def test_an_actor_cannot_take_what_is_taken(
    place: Place, fields: dict[str, str], says: str
) -> None:
    shown = await place.ada.slash(place.channel, "entry actor")
    result = await place.ada.submit_modal(shown, {"kind": "state", **fields})
    assert "Not quite yet" in text_of(reply(result))
    assert says in text_of(reply(result))


async def test_an_alias_finds_its_country_in_this_server_only(place: Place) -> None:
    other = Place(place.env, "Elsewhere")
    preview = await place.ada.slash(
        place.channel, "entry alias", country="belarus", name="Bluebonnet land"
    )
    await place.ada.click(reply(preview), label="Publish")
    assert "Belarus" in await place.ally("bluebonnet LAND")
    assert "I know no state" in await other.ally("bluebonnet LAND")
    clash = await place.ada.slash(
        place.channel, "entry alias", country="belarus", name="Ukraine"
    )
    assert "already means UA" in text_of(reply(clash))


@pytest.mark.parametrize("name", ["Belarus", "belarus", "BY", "Weißrussland"])
async def test_an_alias_that_the_country_has_already_is_refused(
    place: Place, name: str
) -> None:
    refused = await place.ada.slash(
        place.channel, "entry alias", country="belarus", name=name
    )
    said = text_of(reply(refused))
    assert "Not quite yet" in said
    assert f"BY is called “{name}” already" in said


async def test_an_alias_of_the_servers_own_may_be_spelt_anew(place: Place) -> None:
    named = {"country": "belarus", "name": "bluebonnet land"}
    preview = await place.ada.slash(place.channel, "entry alias", **named)
    await place.ada.click(reply(preview), label="Publish")
    same = await place.ada.slash(place.channel, "entry alias", **named)
    assert "BY is called “bluebonnet land” already" in text_of(reply(same))
    named["name"] = "Bluebonnet Land"
    anew = await place.ada.slash(place.channel, "entry alias", **named)
    assert "already" not in text_of(reply(anew))


async def test_a_summary_names_its_facts_and_is_marked(place: Place) -> None:
    await place.publish("kazakhstan", claim="Kazakhstan opened a corridor.")
    shown = await place.ada.slash(place.channel, "entry summary", country="kazakhstan")
    assert shown.modal
    options: list[dict[str, str]] = shown.modal["components"][1]["component"]["options"]
    refs = [option["value"] for option in options]
    preview = await place.ada.submit_modal(
        shown, {"summary": "Kazakhstan trades with both sides.", "facts": refs[:2]}
    )
    await place.ada.click(reply(preview), label="Publish")
    assert "◆ Kazakhstan trades with both sides. [[1]](" in await place.ally(
        "kazakhstan"
    )
    again = await place.ada.slash(place.channel, "entry summary", country="kazakhstan")
    assert values_in(again.modal)["summary"] == "Kazakhstan trades with both sides."


async def test_a_servers_judgement_stands_beside_the_computed_level_and_not_instead(
    place: Place,
) -> None:
    shown = await place.ada.slash(place.channel, "entry level", country="serbia")
    values = {
        "level": "leans-russia",
        "reason": "It blocks every statement.",
        "date": "2024",
        "source": FACT["source"],
    }
    preview = await place.ada.submit_modal(shown, values)
    await place.ada.click(reply(preview), label="Publish")
    answer = await place.ally("serbia")
    assert "Serbia · Neutral" in answer
    assert "This server's own judgement" in answer
    assert "◆ Leans to Russia, since 2024: It blocks every statement." in answer


async def test_the_list_is_filtered_and_paged(place: Place) -> None:
    for n in range(10):
        await place.publish(
            "cuba" if n else "belarus", claim=f"Fact number {n} of the test."
        )
    await place.ada.slash(place.channel, "entry retire", entry="1", reason="test")
    listed = await place.ada.slash(place.channel, "entry list")
    text = text_of(reply(listed))
    assert "9 entries" in text
    assert "Page 1 of 2" in text
    await place.ada.click(reply(listed), label="Next")
    assert "Page 2 of 2" in text_of(reply(listed))
    retired = text_of(
        (await place.ada.slash(place.channel, "entry list", state="retired")).response
    )
    assert "#1 Belarus" in retired
    assert "1 entry" in retired
    found = await place.ada.slash(
        place.channel, "entry list", search="number 7", country="cuba", author=place.ada
    )
    assert "1 entry" in text_of(reply(found))
    none = await place.ada.slash(place.channel, "entry list", author=place.bob)
    assert "No entry found" in text_of(reply(none))


async def test_a_draft_survives_a_restart(place: Place, services: Services) -> None:
    preview = await place.preview()
    await place.env.restart_bot(client_of(services))
    await place.ada.click(reply(preview), label="Publish")
    assert "◆" in await place.ally()


async def test_a_form_opened_before_a_restart_can_be_sent_after_it(
    place: Place, services: Services
) -> None:
    shown = await place.ada.slash(place.channel, "entry add", country="belarus")
    await place.env.restart_bot(client_of(services))
    preview = await place.ada.submit_modal(shown, filled())
    assert "What would change" in text_of(reply(preview))


async def test_what_resembles_a_known_fact_is_remarked_and_can_be_published(
    place: Place,
) -> None:
    await place.publish()
    preview = await place.preview(
        claim="The government of Belarus has closed a consulate."
    )
    assert "**Looks like**" in text_of(reply(preview))
    await place.ada.click(reply(preview), label="Publish")
    assert "#2 Belarus: added" in text_of(reply(preview))


async def test_an_unknown_country_leads_to_entry_actor(place: Place) -> None:
    result = await place.ada.slash(place.channel, "entry add", country="Ruritania")
    assert "/entry actor" in text_of(reply(result))


async def test_the_quota_is_told_kindly(place: Place, services: Services) -> None:
    services.writer = EntryWriter(services.store, Quotas(entries=1))
    await place.publish()
    preview = await place.preview(claim="Another thing happened.")
    result = await place.ada.click(reply(preview), label="Publish")
    assert "This server has 1 entry" in text_of(reply(result)) or "1 entry" in text_of(
        result.followups[0]
    )
    assert "Another thing happened" in text_of(reply(preview))
