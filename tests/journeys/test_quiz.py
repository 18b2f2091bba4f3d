"""The quiz: asked for everybody, answered by each for themselves, counted once, and
never for a question that was not asked there.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import simcord

from bot.answers.quiz.maker import Quizmaster
from bot.answers.quiz.question import Asked, read_id
from bot.knowledge.facts import Base
from bot.store.errors import StoreAwayError
from bot.store.services import Services
from tests.support.bases import TODAY
from tests.support.forged import press, run, said
from tests.support.places import Place, reply
from tests.support.replies import choices_of, ids_of, text_of, use

pytestmark = pytest.mark.asyncio

_PICK = re.compile(r"quiz:pick:(?P<id>.+):(?P<seal>[^:]+):(?P<place>\d)")


@pytest.fixture(scope="module")
def quizmaster() -> Quizmaster:
    return Quizmaster()


def picks(message: Any) -> list[str]:
    found = [each for each in ids_of(message) if each.startswith("quiz:pick:")]
    assert len(found) == 4
    return found


def asked_in(message: Any, quizmaster: Quizmaster, base: Base) -> Asked:
    """The question of a message, made from its id as any process would."""
    match = _PICK.fullmatch(picks(message)[0])
    assert match
    asked = quizmaster.made(read_id(match["id"]), base)
    assert asked
    return asked


def place_of(message: Any, quizmaster: Quizmaster, base: Base) -> tuple[str, str]:
    """The ids of the right choice and of a wrong one."""
    right = asked_in(message, quizmaster, base).question.right
    choices = picks(message)
    return choices[right], choices[(right + 1) % 4]


async def test_everybody_answers_the_same_question_each_for_themselves(
    place: Place, quizmaster: Quizmaster, base: Base
) -> None:
    shown = await place.ada.slash(place.channel, "quiz play")
    question = reply(shown)
    assert not shown.ephemeral
    right, wrong = place_of(question, quizmaster, base)
    before = text_of(question)
    told = await place.bob.click(question, custom_id=right)
    assert told.ephemeral
    assert "✅ Right" in said(told)
    assert "Counted for this server's scores." in said(told)
    assert re.search(r"\]\(https?://", said(told)), "a citation"
    no = await place.cleo.click(question, custom_id=wrong)
    assert no.ephemeral
    assert "❌ No, it is" in said(no)
    assert text_of(question) == before, "the others may still answer"
    again = await place.bob.click(question, custom_id=wrong)
    assert "you have answered this question before" in said(again)


async def test_an_answer_leads_to_the_actor_the_next_question_and_the_scores(
    place: Place, quizmaster: Quizmaster, base: Base
) -> None:
    shown = await place.ada.slash(place.channel, "quiz play", topic="votes")
    right, _ = place_of(reply(shown), quizmaster, base)
    told = await place.bob.click(reply(shown), custom_id=right)
    card = next(each for each in choices_of(reply(told)) if each.startswith("ally:"))
    assert card.split(":")[1] == "ask"
    vote = next(each for each in ids_of(reply(told)) if each.startswith("roll:"))
    following = await place.bob.click(reply(told), custom_id="quiz:next:votes")
    assert len(picks(reply(following))) == 4
    assert asked_in(reply(following), quizmaster, base).id.kind == "votes"
    opened = await press(place.env, place.bob, place.channel, vote)
    assert "favours" in said(opened)
    scores = await press(place.env, place.bob, place.channel, "quiz:top:1")
    assert "1 right of 1" in said(scores)


async def test_the_scores_name_the_best_and_ping_nobody(
    place: Place, quizmaster: Quizmaster, base: Base
) -> None:
    empty = await place.ada.slash(place.channel, "quiz top")
    assert "Nobody has answered yet" in said(empty)
    for actor, is_right in ((place.bob, True), (place.cleo, False)):
        shown = await place.ada.slash(place.channel, "quiz play")
        right, wrong = place_of(reply(shown), quizmaster, base)
        await actor.click(reply(shown), custom_id=right if is_right else wrong)
    top = await place.ada.slash(place.channel, "quiz top")
    assert top.ephemeral
    text = said(top)
    assert text.index(f"<@{place.bob.id}>") < text.index(f"<@{place.cleo.id}>")
    assert "1 right of 1" in text
    assert "0 right of 1" in text


async def test_a_question_that_was_not_asked_here_counts_for_nobody(
    place: Place,
    services: Services,
    quizmaster: Quizmaster,
    base: Base,
    simcord_env: simcord.Env,
) -> None:
    other = Place(simcord_env, "Another server")
    theirs = await other.ada.slash(other.channel, "quiz play")
    elsewhere, _ = place_of(reply(theirs), quizmaster, base)
    invented = quizmaster.asked("votes", 4711, base, TODAY)
    assert invented
    right = invented.question.right
    forged = [
        f"quiz:pick:{invented.id.text()}:{seal}:{right}"
        for seal in ("-", "aaaaaaaa", elsewhere.split(":")[-2])
    ]
    for custom_id in (elsewhere, *forged):
        told = await press(place.env, place.bob, place.channel, custom_id)
        assert "✅ Right" in said(told), "judged, and yet"
        assert "only questions that I asked here count" in said(told)
    assert not (await services.quiz.standings(place.guild.id, place.bob.id)).best


async def test_a_changed_id_makes_no_wrong_answer_right(
    place: Place, services: Services, quizmaster: Quizmaster, base: Base
) -> None:
    shown = await place.ada.slash(place.channel, "quiz play")
    _, wrong = place_of(reply(shown), quizmaster, base)
    told = await press(place.env, place.bob, place.channel, wrong)
    assert "❌" in said(told)
    other = wrong[:-1] + str((int(wrong[-1]) + 2) % 4)
    await press(place.env, place.bob, place.channel, other)
    found = await services.quiz.standings(place.guild.id, place.bob.id)
    assert found.own
    assert (found.own.right, found.own.answered) == (0, 1)


@pytest.mark.parametrize(
    "about",
    [
        "votes::1:{today}:0000000",
        "votes::1:2022-03-01:{edition}",
        "votes::1:{tomorrow}:{edition}",
        "votes::1:2026-13-41:{edition}",
        "levels:000:1:{today}:{edition}",
    ],
)
async def test_what_can_no_longer_be_judged_is_said_kindly_and_leads_on(
    place: Place, base: Base, about: str
) -> None:
    filled = about.format(
        today=TODAY,
        tomorrow=TODAY + timedelta(days=1),
        edition=base.revision[:8],
    )
    told = await press(place.env, place.bob, place.channel, f"quiz:pick:{filled}:-:1")
    assert told.ephemeral
    assert "Here is a way to a new one" in said(told)
    assert any(each.startswith("quiz:next:") for each in ids_of(reply(told)))


async def test_alone_one_question_follows_another_in_the_same_message(
    place: Place, quizmaster: Quizmaster, base: Base
) -> None:
    shown = await place.cleo.slash(place.channel, "quiz play", private=True)
    assert shown.ephemeral
    message = reply(shown)
    seen: set[str] = set()
    for _ in range(3):
        seen.add(asked_in(message, quizmaster, base).key)
        right, _ = place_of(message, quizmaster, base)
        await place.cleo.click(message, custom_id=right)
        assert "✅ Right" in text_of(message)
        await use(place.cleo, message, "quiz:next:")
    assert len(seen) > 1


async def test_who_wants_no_score_says_so_in_privacy_and_has_none(
    place: Place, services: Services, quizmaster: Quizmaster, base: Base
) -> None:
    shown = await place.ada.slash(place.channel, "quiz play")
    right, _ = place_of(reply(shown), quizmaster, base)
    await place.cleo.click(reply(shown), custom_id=right)
    mine = await place.cleo.slash(place.channel, "privacy")
    assert "Quiz questions you answered" in said(mine)
    left = await place.cleo.click(reply(mine), custom_id="privacy:leave:1")
    assert "You are left out of the quiz's scores." in text_of(reply(left))
    assert not (await services.quiz.standings(place.guild.id, place.cleo.id)).best
    again = await place.cleo.click(reply(shown), custom_id=right)
    assert "✅ Right" in said(again)
    assert "you asked in /privacy to be left out" in said(again)
    back = await place.cleo.click(reply(mine), custom_id="privacy:join:1")
    assert "left out" not in text_of(reply(back))
    counted = await place.cleo.click(reply(shown), custom_id=right)
    assert "Counted" in said(counted)


async def test_with_the_database_away_a_question_is_judged_and_not_counted(
    place: Place,
    services: Services,
    quizmaster: Quizmaster,
    base: Base,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = await place.ada.slash(place.channel, "quiz play")
    right, _ = place_of(reply(shown), quizmaster, base)
    assert services.store.path
    services.store.path.rename(services.store.path.with_suffix(".moved"))
    told = await place.bob.click(reply(shown), custom_id=right)
    assert "✅ Right" in said(told)
    assert "I cannot reach the scores right now" in said(told)
    top = await place.ada.slash(place.channel, "quiz top")
    assert "Not right now" in said(top)
    unsealed = await place.ada.slash(place.channel, "quiz play")
    assert len(picks(reply(unsealed))) == 4


async def test_a_question_that_cannot_be_sealed_is_asked_and_counts_for_nobody(
    place: Place,
    services: Services,
    quizmaster: Quizmaster,
    base: Base,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def away(*_: object) -> str:
        raise StoreAwayError("away")

    with monkeypatch.context() as unreached:
        unreached.setattr(services.quiz, "seal", away)
        shown = await place.ada.slash(place.channel, "quiz play")
    right, _ = place_of(reply(shown), quizmaster, base)
    told = await place.bob.click(reply(shown), custom_id=right)
    assert "✅ Right" in said(told)
    assert "Counted" not in said(told)
    top = await place.ada.slash(place.channel, "quiz top")
    assert f"<@{place.bob.id}>" not in text_of(reply(top))


async def test_a_topic_is_chosen_from_a_list_or_kindly_refused(place: Place) -> None:
    offered = await place.cleo.autocomplete(
        place.channel, "quiz play", "topic", "europe"
    )
    assert "Europe" in [choice["name"] for choice in offered]
    wrong = await place.cleo.slash(place.channel, "quiz play", topic="gardening")
    assert wrong.ephemeral
    assert "none of the topics that I know" in said(wrong)


async def test_outside_a_server_there_are_questions_and_no_scores(
    place: Place, quizmaster: Quizmaster, base: Base
) -> None:
    stranger = place.env.create_user("stranger")
    room = stranger.dm_channel
    shown = await run(place.env, stranger, room, "quiz play")
    right, _ = place_of(reply(shown), quizmaster, base)
    assert right.split(":")[-2] == "-"
    told = await press(place.env, stranger, room, right)
    assert "✅ Right" in said(told)
    assert "ounted" not in said(told)
    scores = await run(place.env, stranger, room, "quiz top")
    assert "Scores belong to a server" in said(scores)
