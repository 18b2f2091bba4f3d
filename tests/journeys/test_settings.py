"""/settings: one message in which every choice is saved at once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.entries.records import Preferences
from bot.knowledge.plain import PlainObject
from bot.store.services import Services
from tests.support.discord_api import components_of
from tests.support.forged import press, said
from tests.support.places import Place, reply
from tests.support.posted import (
    Posted,
    Reader,
    commanded,
    message_of,
    pressed,
)
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio

READER = Reader("en-US", 1)
CHOICES: dict[str, tuple[str, object]] = {
    "settings:private:1": ("private", True),
    "settings:full:1": ("full", True),
    "settings:cooldown:60": ("cooldown", 60),
    "settings:language:en": ("language", "en"),
    "settings:polls:1": ("polls", True),
}
"""What can be pressed or taken, and the setting that it changes."""


async def stored(services: Services, place: Place) -> Preferences:
    return (await services.reader.snapshot(place.guild.id)).preferences


def selects(message: Any) -> dict[str, list[str]]:
    """What is chosen in each select of roles or channels, by its custom id."""
    return {
        each["custom_id"]: [str(one["id"]) for one in each.get("default_values", ())]
        for _, each in components_of(message.components)
        if each["type"] in {6, 8}
    }


async def test_what_is_set_is_shown_to_who_asks_alone_in_whole_sentences(
    place: Place,
) -> None:
    shown = await place.ada.slash(place.channel, "settings")
    assert shown.ephemeral
    text = text_of(reply(shown))
    for sentence in (
        "Everyone in the channel sees the answer.",
        "Answers are short cards.",
        "People may ask again at once.",
        "Answers follow the language of the server.",
        "There are no polls under answers.",
    ):
        assert sentence in text


@pytest.mark.parametrize("choice", CHOICES)
async def test_a_choice_is_saved_at_once_and_shown_where_it_was_made(
    place: Place, services: Services, choice: str
) -> None:
    key, value = CHOICES[choice]
    before = await stored(services, place)
    assert getattr(before, key) != value
    shown = await place.settings(press=choice)
    assert "Saved" in text_of(reply(shown))
    after = await stored(services, place)
    assert getattr(after, key) == value


async def test_roles_and_channels_are_chosen_shown_and_cleared(
    place: Place, services: Services
) -> None:
    helpers, room = (
        place.guild.create_role("Helpers"),
        place.guild.create_text_channel("log"),
    )
    await place.settings(roles=[helpers], review=[room], audit=[room])
    wanted = Preferences(
        roles=(helpers.id,), review_channel=room.id, audit_channel=room.id
    )
    assert await stored(services, place) == wanted
    shown = await place.ada.slash(place.channel, "settings")
    assert selects(reply(shown)) == {
        "settings:roles:-": [str(helpers.id)],
        "settings:review:-": [str(room.id)],
        "settings:audit:-": [str(room.id)],
    }
    await place.settings(roles=[], review=[], audit=[])
    assert await stored(services, place) == Preferences()


async def test_settings_hold_for_every_answer_that_follows(place: Place) -> None:
    await place.settings(press="settings:private:1")
    await place.settings(press="settings:cooldown:60")
    hidden = await place.cleo.slash(place.channel, "ally", country="cuba")
    assert hidden.ephemeral
    waits = await place.cleo.slash(place.channel, "ally", country="cuba")
    assert "Ask again in" in text_of(reply(waits))
    free = await place.ada.slash(place.channel, "ally", country="cuba", private=False)
    assert not free.ephemeral


async def test_a_server_that_wants_long_answers_gets_them_unless_asked_otherwise(
    place: Place,
) -> None:
    card = await place.cleo.slash(place.channel, "ally", country="cuba")
    await place.settings(press="settings:full:1")
    long = await place.cleo.slash(place.channel, "ally", country="cuba")
    asked = await place.cleo.slash(place.channel, "ally", country="cuba", full=False)
    assert text_of(reply(long)) != text_of(reply(card))
    assert text_of(reply(asked)) == text_of(reply(card))


async def test_everyone_reads_the_servers_language_and_the_asker_alone_their_own(
    place: Place, services: Services
) -> None:
    # The names are known in German though the texts are not.
    await services.writer.prefer(
        place.guild.id, {"language": "de"}, author=place.ada.id
    )
    services.views.drop(place.guild.id)
    public = await place.cleo.slash(place.channel, "ally", country="cuba")
    assert "Kuba" in text_of(reply(public))
    alone = await place.cleo.slash(place.channel, "ally", country="cuba", private=True)
    assert "Kuba" not in text_of(reply(alone))


async def test_a_channel_that_ally_may_not_write_in_is_refused_and_nothing_changes(
    place: Place, services: Services
) -> None:
    closed = place.guild.create_text_channel("closed")
    place.env.inject_error("POST", f"/channels/{closed.id}/messages", status=403)
    result = await place.settings(audit=[closed])
    assert "I may not write in that channel" in text_of(reply(result))
    assert await stored(services, place) == Preferences()


async def test_of_two_managers_with_settings_open_neither_undoes_the_others_roles(
    place: Place, services: Services
) -> None:
    one, two, three = (place.guild.create_role(name) for name in ("A", "B", "C"))
    await place.settings(roles=[one])
    adas = await place.ada.slash(place.channel, "settings")
    bobs = await place.bob.slash(place.channel, "settings")
    custom_id = "settings:roles:-"
    shown = await place.ada.select(reply(adas), [one, two], custom_id=custom_id)
    assert selects(reply(shown))[custom_id] == [str(one.id), str(two.id)]
    shown = await place.bob.select(reply(bobs), [three], custom_id=custom_id)
    assert (await stored(services, place)).roles == (two.id, three.id)
    assert selects(reply(shown))[custom_id] == [str(two.id), str(three.id)]
    cleared = await place.bob.select(reply(shown), [], custom_id=custom_id)
    assert selects(reply(cleared))[custom_id] == []
    assert (await stored(services, place)).roles == ()


async def test_everyone_cannot_be_made_moderators(
    place: Place, services: Services
) -> None:
    result = await place.settings(roles=[place.guild.default_role])
    assert "@\u200beveryone cannot moderate" in text_of(reply(result))
    assert await stored(services, place) == Preferences()


async def test_a_role_and_channels_that_are_gone_are_said_and_no_longer_chosen(
    place: Place, services: Services
) -> None:
    lost: PlainObject = {"roles": [77], "review_channel": 78, "audit_channel": 79}
    await services.writer.prefer(place.guild.id, lost, author=place.ada.id)
    services.views.drop(place.guild.id)
    shown = reply(await place.ada.slash(place.channel, "settings"))
    text = text_of(shown)
    assert "1 role that was chosen here no longer exists." in text
    assert "The channel for suggestions is gone or closed to me." in text
    assert "The channel for changes is gone or closed to me." in text
    assert not any(selects(shown).values())


@pytest.fixture
def posted_bot(simcord_bot: Any) -> Posted:
    return Posted(simcord_bot)


HOSTILE = (
    "settings:cooldown:7",
    "settings:cooldown:99999999999",
    "settings:language:xx",
    "settings:private:2",
    "settings:full:yes",
)


@pytest.mark.parametrize("custom_id", HOSTILE)
async def test_what_no_choice_of_allys_offers_changes_nothing(
    place: Place, services: Services, custom_id: str
) -> None:
    told = said(await press(place.env, place.ada, place.channel, custom_id))
    assert "I do not know that choice" in told
    assert await stored(services, place) == Preferences()


@pytest.mark.parametrize("name", ["review", "audit"])
async def test_a_channel_can_be_chosen_though_no_server_is_in_the_cache(
    posted_bot: Posted, services: Services, name: str
) -> None:
    await posted_bot.open()
    (shown,) = await posted_bot.ask(commanded(READER, "settings", {}))
    select = {"type": 8, "custom_id": f"settings:{name}:-"}
    await posted_bot.ask(pressed(READER, message_of(shown, 1), select, ["400"]))
    preferences = (await services.reader.snapshot(READER.guild)).preferences
    assert getattr(preferences, f"{name}_channel") == 400


def select_of(kind: str, ids: list[str], described: dict[str, Any]) -> Any:
    """What a client of Discord's sends of a select of roles or channels."""
    name, type_ = ("roles", 6) if kind == "roles" else (kind, 8)
    family = "roles" if kind == "roles" else "channels"
    return {
        "custom_id": f"settings:{name}:-",
        "component_type": type_,
        "values": ids,
        "resolved": {family: described},
    }


ROLES = {str(n): {"id": str(n), "name": f"role {n}"} for n in range(900, 911)}
VOICE, CATEGORY, FORUM = 2, 4, 15
FORGED: dict[str, tuple[str, list[str], dict[str, Any]]] = {
    "a role that Discord does not describe": ("roles", ["900"], {}),
    "one of two": ("roles", ["900", "901"], {"900": ROLES["900"]}),
    "more roles than a select offers": ("roles", list(ROLES), ROLES),
    **{
        f"a channel of type {each}": ("audit", ["500"], {"500": {"type": each}})
        for each in (VOICE, CATEGORY, FORUM)
    },
    "a channel that Discord does not describe": ("review", ["500"], {}),
}


@pytest.mark.parametrize("forged", FORGED)
async def test_what_no_select_of_discords_offers_changes_nothing(
    posted_bot: Posted, services: Services, forged: str
) -> None:
    await posted_bot.open()
    (shown,) = await posted_bot.ask(commanded(READER, "settings", {}))
    kind, ids, described = FORGED[forged]
    data = select_of(kind, ids, described)
    select = {"type": data["component_type"], "custom_id": data["custom_id"]}
    payload = pressed(READER, message_of(shown, 1), select, ids)
    payload["data"] = {**payload["data"], **data}
    told = str([each.body for each in await posted_bot.ask(payload)])
    assert "Nothing was changed" in told
    snapshot = await services.reader.snapshot(READER.guild)
    assert snapshot.preferences == Preferences()
