"""The question of the day in a channel that follows it: on both ways in, once a day,
scored like any other question.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from bot.answers.quiz.maker import Quizmaster
from bot.answers.quiz.question import Asked, read_id
from bot.knowledge.facts import Base
from bot.store.errors import StoreAwayError
from bot.store.services import Services
from tests.support.bases import TODAY
from tests.support.clocks import FrozenClock
from tests.support.following import Room, looks, tell
from tests.support.forged import said
from tests.support.places import Place, reply
from tests.support.replies import ids_of, text_of

pytestmark = pytest.mark.asyncio

_PICK = re.compile(r"quiz:pick:(?P<id>.+):(?P<seal>[^:]+):(?P<place>\d)")


@pytest.fixture(scope="module")
def quizmaster() -> Quizmaster:
    return Quizmaster()


@pytest.fixture
def room(place: Place) -> Room:
    return Room(place)


def questions(room: Room) -> list[Any]:
    """The questions that stand in a channel, oldest first."""
    return [
        each
        for each in room.messages
        if any(custom_id.startswith("quiz:pick:") for custom_id in ids_of(each))
    ]


def picks(message: Any) -> list[str]:
    return [each for each in ids_of(message) if each.startswith("quiz:pick:")]


def asked_in(message: Any, quizmaster: Quizmaster, base: Base) -> Asked:
    match = _PICK.fullmatch(picks(message)[0])
    assert match
    asked = quizmaster.made(read_id(match["id"]), base)
    assert asked
    return asked


async def days(place: Place, clock: FrozenClock, count: int) -> None:
    """So many days with a look every three hours."""
    for _ in range(8 * count):
        clock.turn(hours=3)
        await tell(place)


async def test_a_question_comes_at_nine_each_day_and_never_the_same_one_twice_in_a_row(
    room: Room, clock: FrozenClock, quizmaster: Quizmaster, base: Base
) -> None:
    shown = await room.follow("quiz", "daily")
    assert "Question of the day" in text_of(reply(shown))
    assert "A quiz question for everyone" in text_of(room.messages[0])
    hours: list[int] = []
    for _ in looks(clock, 4):
        before = len(questions(room))
        await tell(room.place)
        hours += [clock.at.hour] * (len(questions(room)) - before)
    assert hours == [9] * 4
    keys = [asked_in(each, quizmaster, base).key for each in questions(room)]
    assert all(one != other for one, other in itertools.pairwise(keys))


async def test_a_question_that_was_the_last_is_not_asked_again_the_next_day(
    room: Room,
    clock: FrozenClock,
    base: Base,
    monkeypatch: pytest.MonkeyPatch,
    quizmaster: Quizmaster,
) -> None:
    # Chance has the same question for every day.
    same, real = quizmaster.asked("", 4711, base, TODAY), Quizmaster.asked
    assert same

    def asked(self: Quizmaster, topic: str, seed: int, *rest: Any) -> Asked | None:
        is_first = seed < 1_000_000
        return same if is_first else real(self, topic, seed, *rest)

    monkeypatch.setattr(Quizmaster, "asked", asked)
    await room.follow("quiz", "daily")
    await days(room.place, clock, 3)
    keys = [asked_in(each, quizmaster, base).key for each in questions(room)]
    assert keys[0] == keys[2] == same.key
    assert keys[1] != same.key


async def test_everybody_answers_it_for_the_servers_scores(
    place: Place,
    room: Room,
    clock: FrozenClock,
    services: Services,
    quizmaster: Quizmaster,
    base: Base,
) -> None:
    await room.follow("quiz", "daily")
    await days(place, clock, 1)
    (shown,) = questions(room)
    assert "Question of the day" in text_of(shown)
    message = room.channel.last_message
    assert message
    right = asked_in(shown, quizmaster, base).question.right
    told = await place.cleo.click(message, custom_id=picks(shown)[right])
    assert told.ephemeral
    assert "✅ Right" in said(told)
    assert "Counted for this server" in said(told)
    wrong = await place.bob.click(message, custom_id=picks(shown)[(right + 1) % 4])
    assert "❌ No, it is" in said(wrong)
    best = (await services.quiz.standings(place.guild.id, place.cleo.id)).best
    assert [(row.user, row.right) for row in best] == [
        (place.cleo.id, 1),
        (place.bob.id, 0),
    ]
    listed = await place.ada.click(message, label="What this server follows")
    assert "#1 Question of the day" in said(listed)


@pytest.mark.parametrize("how", ["once", "weekly"])
async def test_another_cadence_is_set_up_as_daily_and_that_is_said(
    room: Room, services: Services, how: str
) -> None:
    shown = await room.follow("quiz", how)
    text = text_of(reply(shown))
    assert "cannot be told" in text
    assert "Once a day at 09:00" in text
    (row,) = await services.follows.of(room.place.guild.id)
    assert (row.what, row.how) == ("quiz", "daily")


async def test_nine_is_the_servers_own_and_a_new_time_zone_brings_no_second_question(
    place: Place, room: Room, clock: FrozenClock
) -> None:
    await place.ada.slash(place.channel, "following", zone="Asia/Tokyo")
    await room.follow("quiz", "daily")
    while not questions(room):
        clock.turn(hours=1)
        await tell(place)
    assert clock.at.hour == 0, "nine in Tokyo"
    await place.ada.slash(place.channel, "following", zone="Europe/London")
    for _ in range(23):
        clock.turn(hours=1)
        await tell(place)
    assert len(questions(room)) == 1
    await days(place, clock, 1)
    assert len(questions(room)) == 2


async def test_it_speaks_the_servers_language(
    place: Place, room: Room, clock: FrozenClock, services: Services
) -> None:
    await services.writer.prefer(
        place.guild.id, {"language": "de"}, author=place.ada.id
    )
    services.views.drop(place.guild.id)
    await room.follow("quiz", "daily")
    await days(place, clock, 1)
    (shown,) = questions(room)
    assert "Russlands Krieg" in text_of(shown)


async def test_without_a_question_nothing_is_posted_and_the_next_day_is_tried(
    place: Place,
    room: Room,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object) -> None:
        """A base that offers none."""

    await room.follow("quiz", "daily")
    with monkeypatch.context() as patched:
        patched.setattr(Quizmaster, "asked", nothing)
        await days(place, clock, 1)
    assert questions(room) == []
    assert len(room.messages) == 1
    await days(place, clock, 1)
    assert len(questions(room)) == 1


async def test_a_question_that_cannot_be_sealed_waits_rather_than_count_for_nobody(
    place: Place,
    room: Room,
    clock: FrozenClock,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def away(*_: object) -> str:
        raise StoreAwayError

    await room.follow("quiz", "daily")
    clock.turn(hours=21)
    with monkeypatch.context() as patched:
        patched.setattr(services.quiz, "seal", away)
        with pytest.raises(StoreAwayError):
            await tell(place)
    assert questions(room) == []
    await tell(place)
    assert len(questions(room)) == 1


async def test_after_days_of_outage_one_question_comes_and_then_one_a_day(
    place: Place, room: Room, clock: FrozenClock
) -> None:
    await room.follow("quiz", "daily")
    clock.turn(days=5)
    for _ in range(3):
        await tell(place)
    assert len(questions(room)) == 1
    await days(place, clock, 2)
    assert len(questions(room)) == 3


async def test_it_comes_beside_the_digest_and_counts_among_what_a_server_follows(
    place: Place, room: Room, clock: FrozenClock, services: Services
) -> None:
    await room.follow("belarus", "daily")
    await room.follow("quiz", "daily")
    await place.publish()
    await days(place, clock, 1)
    assert len(questions(room)) == 1
    assert any("What is new: Belarus" in each for each in room.told)
    listed = await place.ada.slash(place.channel, "following")
    assert "2 of 25" in text_of(reply(listed))
    await services.follows.stop(place.guild.id, 2, author=place.ada.id, name="")
    await days(place, clock, 2)
    assert len(questions(room)) == 1


async def test_it_is_offered_while_what_is_typed(place: Place) -> None:
    offered = await place.ada.autocomplete(place.channel, "follow", "what", "quest")
    assert {"name": "Question of the day", "value": "quiz"} in offered
