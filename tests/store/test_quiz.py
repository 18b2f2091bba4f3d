"""The quiz's scores on both databases: each answer once, of those alone who want it,
and never too much or too long.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from bot.store import backup
from bot.store.database import Store
from bot.store.membership import Memberships
from bot.store.polls import MOST, Polls
from bot.store.privacy import PersonalData
from bot.store.quiz import QuizQuotas, QuizScores, ScoreRow
from bot.store.tables import polls, quiz_answers, quiz_left_out
from tests.support.databases import add

pytestmark = pytest.mark.asyncio


class Moving:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 26, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def moving() -> Moving:
    return Moving()


@pytest_asyncio.fixture
async def moved(address: str, moving: Moving) -> AsyncGenerator[Store]:
    made = Store(address, clock=moving.now)
    await made.open()
    yield made
    await made.close()


async def kept(store: Store, table: object = quiz_answers) -> int:
    async with store.reading() as connection:
        counted = select(func.count()).select_from(table)  # type: ignore[arg-type]
        return (await connection.execute(counted)).scalar_one()


async def test_each_person_counts_once_a_question_in_each_server(store: Store) -> None:
    scores = QuizScores(store)
    assert await scores.record(1, 7, "q1", correct=False) == "counted"
    assert await scores.record(1, 7, "q1", correct=True) == "again"
    assert await scores.record(1, 8, "q1", correct=True) == "counted"
    assert await scores.record(2, 7, "q1", correct=True) == "counted"
    found = await scores.standings(1, 7)
    assert found.best == (ScoreRow(8, 1, 1), ScoreRow(7, 0, 1))
    assert (found.own, found.place) == (ScoreRow(7, 0, 1), 2)


async def test_of_many_presses_at_once_one_counts(store: Store) -> None:
    scores = QuizScores(store)
    done = await asyncio.gather(
        *(scores.record(1, 7, "q1", correct=n == 3) for n in range(6))
    )
    assert sorted(done) == ["again"] * 5 + ["counted"]
    assert await kept(store) == 1


async def test_the_best_come_first_and_of_equals_who_answered_less(
    store: Store,
) -> None:
    scores = QuizScores(store)
    for user, answers in {1: "rrw", 2: "rr", 3: "rrr", 4: "w", 5: "rr"}.items():
        for n, answer in enumerate(answers):
            await scores.record(9, user, f"q{n}", correct=answer == "r")
    found = await scores.standings(9, 4, 3)
    assert [row.user for row in found.best] == [3, 2, 5]
    assert (found.own, found.place) == (ScoreRow(4, 0, 1), 5)
    nobody = await scores.standings(9, 77)
    assert (nobody.own, nobody.place) == (None, 0)


async def test_only_so_many_answers_of_a_person_count_in_a_day(
    moved: Store, moving: Moving
) -> None:
    scores = QuizScores(moved, QuizQuotas(daily=3))
    done = [await scores.record(1, 7, f"q{n}", correct=True) for n in range(5)]
    assert done == ["counted"] * 3 + ["enough"] * 2
    assert await scores.record(1, 8, "q1", correct=True) == "counted"
    moving.time += timedelta(hours=24, seconds=1)
    assert await scores.record(1, 7, "q9", correct=True) == "counted"


async def test_a_server_has_room_for_so_many_answers_and_no_more(store: Store) -> None:
    scores = QuizScores(store, QuizQuotas(server=4))
    done = [await scores.record(1, user, "q", correct=True) for user in range(1, 7)]
    assert done == ["counted"] * 4 + ["full"] * 2
    assert await scores.record(2, 1, "q", correct=True) == "counted"


async def test_an_answer_counts_for_thirty_days_and_is_then_gone(
    moved: Store, moving: Moving
) -> None:
    scores = QuizScores(moved)
    await scores.record(1, 7, "old", correct=True)
    moving.time += timedelta(days=29)
    await scores.record(1, 7, "new", correct=True)
    assert (await scores.standings(1, 7)).own == ScoreRow(7, 2, 2)
    moving.time += timedelta(days=2)
    assert (await scores.standings(1, 7)).own == ScoreRow(7, 1, 1)
    assert await scores.record(1, 7, "old", correct=True) == "counted"
    moving.time += timedelta(days=29)
    await scores.drop_old()
    assert await kept(moved) == 1


async def test_who_leaves_has_no_score_now_or_later_until_they_come_back(
    store: Store,
) -> None:
    scores, privacy = QuizScores(store), PersonalData(store)
    for guild in (1, 2):
        await scores.record(guild, 7, "q", correct=True)
    await scores.record(1, 8, "q", correct=True)
    assert await scores.leave_out(7) == 2
    assert await scores.record(1, 7, "q2", correct=True) == "out"
    assert [row.user for row in (await scores.standings(1, 7)).best] == [8]
    assert (await privacy.kept(7)).left_out
    assert not (await privacy.kept(8)).left_out
    await scores.take_in(7)
    assert not (await privacy.kept(7)).left_out
    assert await scores.record(1, 7, "q2", correct=True) == "counted"


async def test_no_answer_slips_in_while_its_author_leaves(store: Store) -> None:
    scores = QuizScores(store)
    for user in range(1, 9):
        await asyncio.gather(
            *(scores.record(1, user, f"q{n}", correct=True) for n in range(3)),
            scores.leave_out(user),
            *(scores.record(1, user, f"r{n}", correct=True) for n in range(3)),
        )
    assert await kept(store) == 0


async def test_the_wish_to_be_left_out_outlives_being_forgotten_without_an_id(
    store: Store,
) -> None:
    scores, privacy = QuizScores(store), PersonalData(store)
    person = 777_000_777
    await scores.record(1, person, "q", correct=True)
    told = await privacy.kept(person)
    assert (told.answers, told.servers, told.anything) == (1, 1, True)
    exported = await privacy.export(person)
    assert len(exported["quiz_answers by player"]) == 1  # type: ignore[arg-type]
    await scores.leave_out(person)
    await scores.record(1, 8, "q", correct=True)
    assert await privacy.forget(person) == 0
    async with store.reading() as connection:
        for table in (quiz_answers, quiz_left_out):
            rows = [tuple(row) for row in await connection.execute(select(table))]
            assert not any(str(person) in str(row) for row in rows)
    assert await scores.record(1, person, "q2", correct=True) == "out"


async def test_forgetting_deletes_a_persons_answers_and_nobody_elses(
    store: Store,
) -> None:
    scores = QuizScores(store)
    for user in (7, 8):
        for guild in (1, 2):
            await scores.record(guild, user, "q", correct=True)
    assert await PersonalData(store).forget(7) == 2
    assert not (await PersonalData(store).kept(7)).anything
    assert [row.user for row in (await scores.standings(1, 7)).best] == [8]


async def test_the_answers_of_a_server_go_with_the_server(
    moved: Store, moving: Moving
) -> None:
    scores, membership = QuizScores(moved), Memberships(moved)
    for guild in (1, 2):
        await scores.record(guild, 7, "q", correct=True)
        assert await Polls(moved).claim(guild, 5, "BY") == "claimed"
    await membership.compare([1, 2])
    await membership.left(1)
    moving.time += timedelta(days=31)
    await scores.record(2, 7, "r", correct=True)
    assert await membership.purge() == [1]
    async with moved.reading() as connection:
        for table in (quiz_answers, polls):
            rows = await connection.execute(select(table.c.guild_id))
            assert set(rows.scalars()) <= {2}


async def test_scores_and_who_is_left_out_are_in_a_backup(
    store: Store, tmp_path: Path, moving: Moving
) -> None:
    scores = QuizScores(store)
    await add(store, 1)
    await scores.record(1, 7, "q", correct=True)
    await scores.leave_out(8)
    file = tmp_path / "scores.backup"
    written = await backup.back_up(store, file)
    assert written.rows["quiz_answers"] == 1
    other = Store(f"sqlite:///{tmp_path / 'other.db'}", clock=moving.now)
    await other.open()
    await backup.restore(other, file)
    again = QuizScores(other)
    assert (await again.standings(1, 7)).own == ScoreRow(7, 1, 1)
    assert await again.record(1, 8, "q", correct=True) == "out"
    sealed = await scores.seal(1, "question")
    assert await again.is_sealed(1, "question", sealed)
    await other.close()


async def test_a_seal_holds_for_its_question_and_server_in_every_process(
    store: Store, address: str, moving: Moving
) -> None:
    scores = QuizScores(store)
    seal = await scores.seal(1, "question")
    assert len(seal) == 8
    other = Store(address, clock=moving.now)
    await other.open()
    again = QuizScores(other)
    assert await again.is_sealed(1, "question", seal)
    assert not await again.is_sealed(2, "question", seal)
    assert not await again.is_sealed(1, "another", seal)
    assert not await again.is_sealed(1, "question", "aaaaaaaa")
    assert not await again.is_sealed(1, "question", "-")
    await other.close()


async def test_a_channel_has_one_poll_about_an_actor_a_day(
    moved: Store, moving: Moving
) -> None:
    made = Polls(moved)
    done = await asyncio.gather(*(made.claim(1, 5, "BY") for _ in range(5)))
    assert sorted(done) == ["claimed"] + ["there"] * 4
    assert await made.claim(1, 6, "BY") == "claimed"
    assert await made.claim(1, 5, "KZ") == "claimed"
    assert await made.claim(2, 5, "BY") == "claimed"
    await made.release(1, 5, "KZ")
    assert await made.claim(1, 5, "KZ") == "claimed"
    moving.time += timedelta(days=1)
    assert await made.claim(1, 5, "BY") == "claimed"
    moving.time += timedelta(days=3)
    await made.drop_old()
    assert await kept(moved, polls) == 0


async def test_a_server_has_so_many_polls_a_day(store: Store) -> None:
    made = Polls(store)
    for channel in range(MOST):
        assert await made.claim(1, channel, "BY") == "claimed"
    assert await made.claim(1, MOST, "BY") == "enough"
    assert await made.claim(2, MOST, "BY") == "claimed"


@pytest.mark.parametrize("hours", [1, 11])
async def test_the_daily_work_opens_no_second_poll_on_the_same_day(
    moved: Store, moving: Moving, hours: int
) -> None:
    made = Polls(moved)
    assert await made.claim(1, 5, "BY") == "claimed"
    moving.time += timedelta(hours=hours)
    await made.drop_old()
    assert await made.claim(1, 5, "BY") == "there"


async def test_a_servers_polls_are_counted_over_midnight_and_the_daily_work(
    moved: Store, moving: Moving
) -> None:
    made = Polls(moved)
    for channel in range(MOST):
        assert await made.claim(1, channel, "BY") == "claimed"
    moving.time += timedelta(hours=23)
    await made.drop_old()
    assert await made.claim(1, 0, "BY") == "enough"
    moving.time += timedelta(hours=1)
    assert await made.claim(1, 0, "BY") == "claimed"
