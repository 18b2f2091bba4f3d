"""/follow and /following, and what channels are told: on both ways in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.commands.follow.kinds import KINDS, OwnMessage, OwnMessageKind, ServerDay
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.service.client import Client
from bot.store.deliveries import LEASE
from bot.store.follows import MOST
from bot.store.services import Services
from tests.support.clocks import FrozenClock
from tests.support.following import Room, client, looks, tell, teller_of
from tests.support.forged import press, said
from tests.support.places import Place, reply
from tests.support.posted import Posted, Reader, commanded
from tests.support.replies import choices_of, take, text_of

pytestmark = pytest.mark.asyncio


@pytest.fixture
def room(place: Place) -> Room:
    return Room(place)


async def test_a_channel_is_told_that_it_follows_and_then_nothing_until_there_is_news(
    room: Room,
) -> None:
    shown = await room.follow()
    text = text_of(reply(shown))
    assert "Followed" in text
    assert "Belarus" in text
    assert "Followed here: Belarus" in text_of(room.messages[0])
    for _ in range(3):
        await tell(room.place)
    assert room.told == []


async def test_a_servers_own_entry_is_told_at_once_and_once_with_a_way_to_the_card(
    place: Place, room: Room
) -> None:
    await room.follow()
    await place.publish()
    for _ in range(3):
        await tell(place)
    (told,) = room.told
    assert "What is new: Belarus" in told
    assert "closed a consulate" in told
    card, shown = choices_of(room.messages[-1])[0], room.channel.last_message
    assert shown
    opened = await place.cleo.select(shown, [card], custom_id="menu:open")
    assert "Belarus" in text_of(reply(opened))


async def test_an_entry_about_somebody_else_is_not_told(
    place: Place, room: Room
) -> None:
    await room.follow("armenia")
    await place.publish("belarus")
    await tell(place)
    assert room.told == []


@pytest.mark.parametrize("what", ["everything", "csto", "side:russia", "🇧🇾", "BY"])
async def test_whatever_an_actor_is_part_of_is_told_of_it(
    place: Place, room: Room, what: str
) -> None:
    await room.follow(what)
    await place.publish("belarus")
    await tell(place)
    assert len(room.told) == 1
    assert "closed a consulate" in room.told[0]


@pytest.mark.parametrize(("how", "days"), [("daily", 1), ("weekly", 7)])
async def test_a_digest_comes_at_nine_and_tells_all_since_the_last_in_one_message(
    place: Place, room: Room, clock: FrozenClock, how: str, days: int
) -> None:
    await room.follow("belarus", how)
    await room.follow("armenia", how)
    await place.publish("belarus")
    await place.publish("armenia", claim="The government of Armenia closed it too.")
    first: datetime | None = None
    for _ in looks(clock, days + 1):
        await tell(place)
        if room.told and not first:
            first = clock.at
    assert first is not None
    assert first.hour == 9
    assert how == "daily" or first.weekday() == 0
    assert len(room.told) == 1 or how == "daily"
    assert "closed a consulate" in room.told[0]
    assert "Armenia closed it too" in room.told[0]


async def test_nine_oclock_is_the_servers_own(
    place: Place, room: Room, clock: FrozenClock
) -> None:
    shown = await place.ada.slash(place.channel, "following", zone="Asia/Tokyo")
    assert "Time zone: Asia/Tokyo" in text_of(reply(shown))
    await room.follow("belarus", "daily")
    await place.publish()
    while not room.told:
        clock.turn(hours=1)
        await tell(place)
    assert clock.at.hour == 0, "nine in Tokyo"


async def test_a_day_that_lapses_a_fact_or_moves_a_level_is_told(
    place: Place, room: Room, clock: FrozenClock
) -> None:
    await room.follow("everything")
    await tell(place)
    for _ in range(60):
        clock.turn(days=1)
        await tell(place)
    assert room.told
    everything = "\n".join(room.told)
    assert "no longer counts" in everything
    assert all("What is new: Everything" in each for each in room.told)


def with_another_fact(base: Base, claim: str) -> Base:
    """A later edition, in which Cuba has one fact more."""
    cuba = base.countries["CU"]
    (first, *_) = cuba.events
    more = replace(first, id="brand-new", claim=claim)
    country = replace(cuba, events=(*cuba.events, more))
    return replace(
        base, countries={**base.countries, "CU": country}, revision="later-edition"
    )


async def test_an_edition_that_arrives_is_told_once_with_what_it_adds(
    place: Place, room: Room, base: Base
) -> None:
    await room.follow("everything")
    other = Room(place, "other")
    await other.follow("cuba")
    third = Room(place, "third")
    await third.follow("armenia")
    later = with_another_fact(base, "Cuba did a brand new thing.")
    client(place).replies.swap(later, names_of(later))
    for _ in range(3):
        await tell(place)
    (told,) = room.told
    assert "A new edition of Ally" in told
    assert "brand new thing" in told
    assert "brand new thing" in other.told[0]
    assert third.told == []
    # An edition that comes back, and then the later one again: its fact is known.
    for edition in (base, later):
        client(place).replies.swap(edition, names_of(edition))
        await tell(place)
    assert len(other.told) == 1


async def test_only_moderators_set_up_list_and_stop(place: Place, room: Room) -> None:
    await place.allow("follow")
    await place.allow("following")
    for command, options in (
        ("follow", {"what": "belarus", "channel": room.channel}),
        ("following", {}),
    ):
        refused = await place.cleo.slash(place.channel, command, **options)
        assert "Only for moderators" in text_of(reply(refused))
    await room.follow()
    for custom_id in ("follows:list:-", "follows:stop:1"):
        told = said(await press(place.env, place.cleo, place.channel, custom_id))
        assert "Only for moderators" in told
    listed = await place.ada.slash(place.channel, "following")
    assert "#1 Belarus" in text_of(reply(listed))


async def test_what_is_followed_is_listed_and_stopped(place: Place, room: Room) -> None:
    await room.follow("belarus")
    await room.follow("csto", "weekly")
    listed = await place.bob.slash(place.channel, "following")
    assert listed.ephemeral
    text = text_of(reply(listed))
    assert "2 of 25" in text
    assert f"<#{room.channel.id}>" in text
    await take(place.bob, reply(listed), "follows:stop:1")
    text = text_of(reply(listed))
    assert "Stopped" in text
    assert "#1 Belarus" not in text
    assert "#2 " in text
    await place.publish("belarus")
    await tell(place)
    assert room.told == [], "the other one is told on Mondays"
    gone = said(await press(place.env, place.ada, place.channel, "follows:stop:99"))
    assert "stopped already" in gone


async def test_the_same_in_the_same_channel_is_followed_once(room: Room) -> None:
    for how in ("once", "daily", "weekly"):
        await room.follow("belarus", how)
    listed = await room.place.ada.slash(room.place.channel, "following")
    text = text_of(reply(listed))
    assert "1 of 25" in text
    assert "On Mondays" in text


async def test_a_server_follows_no_more_than_it_may(
    place: Place, room: Room, base: Base, services: Services
) -> None:
    for code in list(base.countries)[:MOST]:
        await room.follow(code)
    over_it = await room.follow(list(base.countries)[MOST])
    told = "\n".join(map(text_of, over_it.followups)) + text_of(reply(over_it))
    assert "follows 25 things" in told
    assert len(await services.follows.of(place.guild.id)) == MOST
    listed = await place.ada.slash(place.channel, "following")
    assert "25 of 25" in text_of(reply(listed))


@pytest.mark.parametrize("what", ["atlantis", "`x`" * 30, "@everyone"])
async def test_what_cannot_be_followed_is_asked_back(room: Room, what: str) -> None:
    shown = await room.follow(what)
    assert "Follow what?" in text_of(reply(shown))
    assert room.messages == []


@pytest.mark.parametrize("missing", ["send_messages", "read_message_history"])
async def test_a_channel_in_which_ally_may_not_post_and_read_is_refused(
    place: Place, services: Services, missing: str
) -> None:
    room = Room(place, "closed", **{missing: False})
    shown = await room.follow()
    assert "I cannot post there" in text_of(reply(shown))
    assert await services.follows.of(place.guild.id) == []
    assert room.messages == []


async def test_nobody_is_pinged_by_what_is_told(place: Place, room: Room) -> None:
    await room.follow()
    await place.publish(claim="The government said @everyone and <@1> closed it.")
    await tell(place)
    (message,) = [each for each in room.messages if "closed it" in text_of(each)]
    assert not message.ping_user_ids
    assert not message.ping_role_ids
    assert "@everyone" not in text_of(message)


@pytest.mark.parametrize("status", [403, 404])
async def test_a_channel_that_is_closed_is_stopped_and_the_moderators_are_told_once(
    place: Place, services: Services, status: int
) -> None:
    log = Room(place, "log")
    await place.settings(audit=[log.channel])
    room = Room(place)
    await room.follow("belarus")
    await room.follow("csto", "weekly")
    path = f"/channels/{room.channel.id}/messages"
    place.env.inject_error("POST", path, status=status, times=None)
    before = len(log.messages)
    await place.publish()
    for _ in range(4):
        await tell(place)
    notices = [text for text in log.told if "can no longer be told" in text]
    assert len(notices) == 1
    assert f"<#{room.channel.id}>" in notices[0]
    assert "Belarus" in notices[0]
    assert len(log.messages) > before
    rows = await services.follows.of(place.guild.id)
    assert all(row.closed for row in rows)
    listed = await place.ada.slash(place.channel, "following")
    assert "gone or closed to Ally" in text_of(reply(listed))


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_discord_does_not_take_now_is_posted_later_and_once(
    place: Place, room: Room, clock: FrozenClock, status: int
) -> None:
    await room.follow()
    path = f"/channels/{room.channel.id}/messages"
    place.env.inject_error("POST", path, status=status, times=None)
    await place.publish()
    await tell(place)
    assert room.told == []
    place.env.backend.faults.clear()
    clock.at += LEASE
    for _ in range(3):
        await tell(place)
    assert len(room.told) == 1


async def test_what_was_posted_and_not_recorded_is_found_again_and_not_posted_twice(
    place: Place, room: Room, services: Services, clock: FrozenClock
) -> None:
    await room.follow()
    await place.publish()
    queue = services.deliveries
    posted, queue.posted = queue.posted, _killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        await tell(place)
    queue.posted = posted  # type: ignore[method-assign]
    assert len(room.told) == 1
    clock.at += LEASE
    for _ in range(3):
        await tell(place)
    assert len(room.told) == 1
    assert await queue.length() == 0


async def _killed(*_: object) -> None:
    raise KeyboardInterrupt


async def test_a_message_speaks_the_servers_language(
    place: Place, room: Room, services: Services
) -> None:
    await services.writer.prefer(
        place.guild.id, {"language": "de"}, author=place.ada.id
    )
    services.views.drop(place.guild.id)
    await room.follow("cuba")
    await place.publish("cuba")
    await tell(place)
    assert "Kuba" in room.told[0]


async def test_while_the_database_is_away_nothing_is_set_up_and_that_is_said(
    place: Place, room: Room, services: Services
) -> None:
    services.views.away = True
    shown = await room.follow()
    assert "Not right now" in text_of(reply(shown))
    assert room.messages == []


async def test_a_channel_can_follow_though_no_server_is_in_the_cache(
    simcord_bot: Client, services: Services
) -> None:
    posted, reader = Posted(simcord_bot), Reader("en-US", 1)
    await posted.open()
    options = {"what": (3, "belarus"), "channel": (7, "400")}
    sent = await posted.ask(commanded(reader, "follow", options))
    assert "Followed" in str(sent[-1].data)
    (row,) = await services.follows.of(reader.guild)
    assert (row.what, row.channel, row.how) == ("country:BY", 400, "daily")


class Riddle(OwnMessageKind):
    """A kind that makes a message of its own."""

    id = "riddle"
    cadences = ("daily",)

    def choices(self, base: Base, texts: Texts) -> Sequence[tuple[str, str]]:
        return [(self.id, "Riddle of the day")]

    def name(self, key: str, base: Base, texts: Texts) -> str:
        return "Riddle of the day"

    def promise(self, when: str, texts: Texts) -> str:
        return "A riddle"

    async def message(self, key: str, scene: ServerDay) -> OwnMessage:
        lead = f"Of {scene.today} for {scene.guild} after {scene.last}"
        return OwnMessage(Answer.plain("Riddle", lead), f"riddle {scene.today}")


async def test_another_kind_of_follow_has_its_own_message_each_day_beside_the_digest(
    place: Place, room: Room, clock: FrozenClock
) -> None:
    teller_of(place).kinds = (*KINDS, Riddle())
    await room.follow("riddle of the day", "once")
    await room.follow("belarus", "daily")
    for _ in range(2):
        await place.publish(claim=f"Belarus did thing {clock.at.day}.")
        for _ in looks(clock, 1):
            await tell(place)
    riddles = [each for each in room.told if "Riddle" in each]
    assert len(riddles) == 2
    assert f"for {place.guild.id}" in riddles[0]
    assert f"after riddle {clock.at.date() - timedelta(days=1)}" in riddles[1]
    assert len(room.told) == 4


async def test_a_digest_is_not_repeated_on_a_day_when_the_time_zone_is_changed(
    place: Place, room: Room, clock: FrozenClock
) -> None:
    await room.follow("belarus", "daily")
    await place.publish()
    while not room.told:
        clock.turn(hours=1)
        await tell(place)
    await place.publish(claim="The government of Belarus opened it again.")
    await place.ada.slash(place.channel, "following", zone="America/New_York")
    for _ in range(12):
        clock.turn(hours=1)
        await tell(place)
    assert len(room.told) == 1
    for _ in range(8):
        clock.turn(hours=3)
        await tell(place)
    assert len(room.told) == 2


async def test_a_time_zone_that_there_is_not_is_said_and_changes_nothing(
    place: Place, services: Services
) -> None:
    shown = await place.ada.slash(place.channel, "following", zone="Middle/Earth")
    assert "no time zone that I know" in text_of(reply(shown))
    snapshot = await services.reader.snapshot(place.guild.id)
    assert not snapshot.preferences.zone


async def test_what_was_told_is_not_told_again_with_what_comes_later(
    place: Place, room: Room
) -> None:
    await room.follow()
    for thing in ("first", "second", "third"):
        await place.publish(claim=f"Belarus did the {thing} thing.")
        await tell(place)
    for thing in ("first", "second", "third"):
        assert sum(f"the {thing} thing" in each for each in room.told) == 1


async def test_the_channel_for_changes_is_told_who_set_up_changed_and_stopped_what(
    place: Place, room: Room
) -> None:
    log = Room(place, "log")
    await place.settings(audit=[log.channel])
    await room.follow("belarus", "once")
    await room.follow("belarus", "weekly")
    listed = await place.bob.slash(place.channel, "following")
    await take(place.bob, reply(listed), "follows:stop:1")
    set_up, changed, stopped = log.told[-3:]
    assert "Followed: Belarus" in set_up
    assert f"<@{place.ada.id}>" in set_up
    assert f"<#{room.channel.id}>" in set_up
    assert "At once" in set_up
    assert "On Mondays" in changed
    assert "**Before** — At once" in changed
    assert "No longer followed: Belarus" in stopped
    assert f"<@{place.bob.id}>" in stopped
    await place.ada.slash(place.channel, "following", zone="Asia/Tokyo")
    assert "Asia/Tokyo" in log.told[-1]


async def test_the_channel_for_changes_is_told_of_no_follow_that_came_to_nothing(
    place: Place, services: Services
) -> None:
    log = Room(place, "log")
    await place.settings(audit=[log.channel])
    before = len(log.messages)
    await Room(place, "closed", send_messages=False).follow()
    assert len(log.messages) == before
    assert await services.outbox.length() == 0


@pytest.mark.parametrize(
    ("zone", "hours"), [("UTC", 21), ("Asia/Tokyo", 12), ("America/New_York", 2)]
)
async def test_what_is_followed_already_is_told_by_a_new_time_zone_from_now_on(
    place: Place, room: Room, clock: FrozenClock, zone: str, hours: int
) -> None:
    """It is noon in UTC; a digest comes at nine in the morning of the server's day."""
    await room.follow("belarus", "daily")
    await place.ada.slash(place.channel, "following", zone="Europe/Berlin")
    await place.ada.slash(place.channel, "following", zone=zone)
    await place.publish()
    clock.turn(hours=hours, minutes=-1)
    await tell(place)
    assert room.told == []
    clock.turn(minutes=1)
    await tell(place)
    assert len(room.told) == 1
