"""Members propose, moderators decide: through the queue, the review channel, and after
restarts.
"""

from __future__ import annotations

import pytest
from simcord.builders import ChannelHandle

from bot.store.services import Services
from bot.store.writer import Quotas
from tests.support.places import FACT, Place, client_of, filled, reply
from tests.support.replies import room_text, text_of, values_in

pytestmark = pytest.mark.asyncio


async def test_proposed_and_approved_it_is_in_the_answer(place: Place) -> None:
    assert "Suggestion 1 waits" in text_of(await place.suggest())
    assert "◆" not in await place.ally()
    review = await place.ada.slash(place.channel, "entry review")
    assert review.ephemeral
    assert "1 of 1 in the queue" in text_of(reply(review))
    assert f"<@{place.cleo.id}>" in text_of(reply(review))
    await place.ada.click(reply(review), label="Approve")
    assert "Approved as entry #1" in text_of(reply(review))
    assert "◆ The government of Belarus closed a consulate" in await place.ally()
    empty = await place.ada.slash(place.channel, "entry review")
    assert "No suggestions wait" in text_of(reply(empty))


async def test_two_moderators_decide_at_once_and_the_second_is_told_who_did_what(
    place: Place,
) -> None:
    await place.suggest()
    first = await place.ada.slash(place.channel, "entry review")
    second = await place.bob.slash(place.channel, "entry review")
    await place.ada.click(reply(first), label="Approve")
    told = await place.bob.click(reply(second), label="Approve")
    assert "Suggestion 1 was already approved" in text_of(reply(told))
    assert f"<@{place.ada.id}>" in text_of(reply(told))
    form = await place.bob.click(reply(second), label="Reject")
    assert form.modal is None
    listed = await place.ada.slash(place.channel, "entry list")
    assert "1 entry" in text_of(reply(listed))


async def test_a_rejection_gives_its_reason_to_the_proposer_who_asked_to_be_told(
    place: Place,
) -> None:
    thanks = await place.suggest()
    await place.cleo.click(thanks, label="Tell me what happens")
    assert "private message" in text_of(thanks)
    review = await place.ada.slash(place.channel, "entry review")
    form = await place.ada.click(reply(review), label="Reject")
    await place.ada.submit_modal(form, {"reason": "The link shows another consulate."})
    assert "Rejected: The link shows another consulate." in text_of(reply(review))
    assert "The link shows another consulate." in room_text(
        private_channel(place, place.cleo.id)
    )
    assert "◆" not in await place.ally()


async def test_nobody_is_told_who_did_not_ask(place: Place) -> None:
    await place.suggest()
    review = await place.ada.slash(place.channel, "entry review")
    await place.ada.click(reply(review), label="Approve")
    assert not any(
        "/users/@me/channels" in str(entry) for entry in place.env.http_requests
    )


async def test_a_moderator_may_correct_a_suggestion_while_approving_it(
    place: Place,
) -> None:
    await place.suggest()
    review = await place.ada.slash(place.channel, "entry review")
    form = await place.ada.click(reply(review), label="Edit")
    assert values_in(form.modal)["claim"] == FACT["claim"]
    preview = await place.ada.submit_modal(
        form, filled(claim="Belarus closed its consulate in a town.")
    )
    await place.ada.click(reply(preview), label="Publish")
    assert "#1 Belarus: approved" in text_of(reply(preview))
    assert "◆ Belarus closed its consulate in a town" in await place.ally()


async def test_the_review_channel_shows_it_and_its_buttons_survive_a_restart(
    place: Place, services: Services
) -> None:
    room = place.guild.create_text_channel("review")
    await place.settings(review=[room])
    await place.suggest()
    shown = room.last_message
    assert shown is not None
    await place.env.restart_bot(client_of(services))
    await place.bob.click(shown, label="Approve")
    assert "Approved as entry #1" in room_text(room)
    assert "◆" in await place.ally()


async def test_a_decision_elsewhere_is_shown_in_the_review_channel_too(
    place: Place,
) -> None:
    room = place.guild.create_text_channel("review")
    await place.settings(review=[room])
    await place.suggest()
    review = await place.ada.slash(place.channel, "entry review")
    await place.ada.click(reply(review), label="Approve")
    assert "Approved as entry #1" in room_text(room)


def private_channel(place: Place, user: int) -> ChannelHandle:
    """A user's channel with the bot."""
    return ChannelHandle(place.env, None, place.env.backend.get_dm_channel(user))


async def test_a_member_cannot_decide_in_the_review_channel(place: Place) -> None:
    room = place.guild.create_text_channel("review")
    await place.settings(review=[room])
    await place.suggest()
    assert room.last_message
    result = await place.cleo.click(room.last_message, label="Approve")
    assert "Only for moderators" in text_of(reply(result))
    assert "◆" not in await place.ally()


async def test_a_message_is_proposed_as_evidence_with_its_link_and_its_text(
    place: Place,
) -> None:
    message = await place.bob.send(
        place.channel, "Breaking: Belarus opens a\nnew air base for guests. @everyone"
    )
    shown = await place.cleo.context_menu(place.channel, "Propose as evidence", message)
    form = values_in(shown.modal)
    assert (
        form["claim"] == "Breaking: Belarus opens a new air base for guests. @everyone"
    )
    values = {k: v for k, v in filled().items() if k not in {"source", "claim"}} | {
        "country": "Belarrus or so",
        "claim": "Belarus opened a new air base.",
    }
    preview = await place.cleo.submit_modal(shown, values)
    assert "is no country I know" in text_of(reply(preview))
    again = await place.cleo.click(reply(preview), label="Edit")
    await place.cleo.submit_modal(again, {**values, "country": "🇧🇾"})
    assert "Every source is marked weak" in text_of(reply(preview))
    await place.cleo.click(reply(preview), label="Send to the moderators")
    review = await place.ada.slash(place.channel, "entry review")
    text = text_of(reply(review))
    link = (
        f"https://discord.com/channels/{place.guild.id}/{place.channel.id}/{message.id}"
    )
    assert link in text
    assert "Belarus opened a new air base" in text


async def test_a_member_has_so_many_suggestions_a_day_and_is_told_kindly(
    place: Place, services: Services
) -> None:
    services.writer.quotas = Quotas(daily=2)
    for n in range(2):
        await place.suggest(claim=f"Thing number {n} happened.")
    shown = await place.cleo.slash(place.channel, "suggest", country="belarus")
    preview = await place.cleo.submit_modal(
        shown, filled(claim="Thing three happened.")
    )
    refused = await place.cleo.click(reply(preview), label="Send to the moderators")
    assert "You have made 2 suggestions in 24 hours" in text_of(reply(refused))
    assert "Thing three happened" in text_of(reply(preview))


async def test_readers_never_see_a_suggestion(place: Place) -> None:
    await place.suggest(claim="A secret draft about Belarus.")
    assert "secret draft" not in await place.ally()
    assert (
        await place.cleo.autocomplete(place.channel, "ally", "country", "secret") == []
    )


async def test_another_servers_buttons_decide_nothing_here(place: Place) -> None:
    other = Place(place.env, "Elsewhere")
    await place.suggest()
    review = await other.ada.slash(other.channel, "entry review")
    assert "No suggestions wait" in text_of(reply(review))
    await other.suggest(claim="Another thing of elsewhere.")
    mine = await other.ada.slash(other.channel, "entry review")
    await other.ada.click(reply(mine), label="Approve")
    assert "elsewhere" in await other.ally()
    assert "◆" not in await place.ally()
    still = await place.ada.slash(place.channel, "entry review")
    assert "1 of 1 in the queue" in text_of(reply(still))


async def test_the_queue_is_leafed_through(place: Place) -> None:
    for n in range(3):
        await place.suggest(claim=f"Thing number {n} happened.")
    review = await place.ada.slash(place.channel, "entry review")
    assert "1 of 3 in the queue" in text_of(reply(review))
    await place.ada.click(reply(review), label="Next")
    await place.ada.click(reply(review), label="Next")
    assert "3 of 3 in the queue" in text_of(reply(review))
    assert "Thing number 2" in text_of(reply(review))
    await place.ada.click(reply(review), label="Previous")
    assert "2 of 3 in the queue" in text_of(reply(review))
