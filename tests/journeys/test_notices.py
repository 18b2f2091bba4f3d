"""What the channels for changes and for suggestions are shown, and how much at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bot.entries.records import Change, Verb
from bot.service.client import Client
from bot.store.services import Services
from tests.support.clocks import FrozenClock
from tests.support.databases import body
from tests.support.following import Room, client
from tests.support.places import Place, reply
from tests.support.replies import text_of

pytestmark = pytest.mark.asyncio


@pytest.fixture
def way() -> type[Client]:
    """What is posted beside replies goes one way for both."""
    return Client


async def told_in(log: Room, services: Services) -> list[str]:
    """What the channel for changes is shown of what waits."""
    before = len(log.told)
    feature = client(log.place)._entry_feature
    assert feature
    await feature.notices.audit(client(log.place), log.place.guild.id)
    assert await services.outbox.length() == 0
    return log.told[before:]


async def log_of(place: Place) -> Room:
    log = Room(place, "log")
    await place.settings(audit=[log.channel])
    return log


def things(count: int, begin: int = 0) -> list[Change]:
    """So many new facts about one actor."""
    claims = {n: f"Thing {n} of many happened." for n in range(begin, begin + count)}
    return [Change("event", "BY", body(f"t-{n}", text)) for n, text in claims.items()]


def claimed(texts: Sequence[str]) -> list[int]:
    """Which of them are named, in their order, by their numbers in the texts."""
    words = " ".join(texts).split()
    return [int(words[n + 1]) for n, word in enumerate(words) if word == "Thing"]


@pytest.mark.parametrize("count", [1, 4, 5, 6, 14, 15, 16, 40])
async def test_up_to_five_changes_of_one_moment_are_told_one_by_one_more_in_one_message(
    place: Place, services: Services, count: int
) -> None:
    log = await log_of(place)
    guild, changes = place.guild.id, things(count)
    await services.writer.publish(guild, changes, author=7, verb="import")
    texts = await told_in(log, services)
    assert len(texts) == (count if count <= 5 else 1)
    assert claimed(texts) == list(range(min(count, 15)))
    rest = [f"and {count - 15} more: /entry list" in text for text in texts]
    assert any(rest) is (count > 15)


@pytest.mark.parametrize("differs", ["moment", "author", "verb"])
async def test_what_was_not_done_at_once_by_one_person_is_told_apart(
    place: Place, services: Services, clock: FrozenClock, differs: str
) -> None:
    log, guild = await log_of(place), place.guild.id
    await services.writer.publish(guild, things(4), author=7, verb="import")
    if differs == "moment":
        clock.turn(minutes=1)
    author = 8 if differs == "author" else 7
    verb: Verb = "add" if differs == "verb" else "import"
    await services.writer.publish(guild, things(4, 4), author=author, verb=verb)
    texts = await told_in(log, services)
    assert len(texts) == 8
    assert claimed(texts) == list(range(8))


async def test_settings_and_follows_are_told_one_by_one_however_many(
    place: Place, services: Services
) -> None:
    log, guild = await log_of(place), place.guild.id
    for seconds in (5, 10, 15, 30, 60, 120, 0):
        await services.writer.prefer(guild, {"cooldown": seconds}, author=7)
    texts = await told_in(log, services)
    assert len(texts) == 7
    assert all("Settings changed" in text for text in texts)


async def test_what_was_done_before_a_channel_was_chosen_is_not_told_in_it(
    place: Place, services: Services
) -> None:
    await place.publish()
    assert await services.outbox.length() == 0
    log = await log_of(place)
    assert not any("Belarus: added" in text for text in log.told)


def edits(place: Place, room: Room) -> list[Any]:
    """How often a message of the channel was changed, but by its own buttons."""
    path = f"/channels/{room.channel.id}/messages/"
    return [
        each
        for each in map(str, place.env.http_requests)
        if "PATCH" in each and path in each
    ]


@pytest.mark.parametrize("there", [True, False])
async def test_a_decision_is_shown_in_the_review_channel_once(
    place: Place, there: bool
) -> None:
    room = Room(place, "review")
    await place.settings(review=[room.channel])
    await place.suggest()
    shown: Any = room.channel.last_message
    if not there:
        shown = reply(await place.ada.slash(place.channel, "entry review"))
    await place.ada.click(shown, label="Approve")
    assert "Approved as entry #1" in text_of(room.messages[-1])
    assert len(edits(place, room)) == (0 if there else 1)
