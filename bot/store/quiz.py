"""The quiz's scores: who answered what in which server in the last 30 days; nothing of
those who do not want that.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Integer, cast, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Store
from bot.store.tables import millis, quiz_answers, quiz_keys, quiz_left_out

KEPT = timedelta(days=30)
"""For so long an answer counts, and is kept."""
DAY = timedelta(hours=24)
_KEY = "quiz"
_SEAL = 5
"""Bytes of a seal: forging one takes half a million million tries."""

ScoreOutcome = Literal["counted", "again", "enough", "full", "out"]
"""An answer counts; was given before; is one too many of this person's in a day, or of
this server's; or its author wants no score.
"""


@dataclass(frozen=True, slots=True)
class QuizQuotas:
    """How many answers of one person in one server count within 24 hours, and how many
    are kept of a server.
    """

    daily: int = 50
    server: int = 20_000


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """What a person answered, and how much of it right."""

    user: int
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class Standings:
    """The best of a server, and one person's own row and place, from 1; None and 0 for
    somebody who has not answered.
    """

    best: tuple[ScoreRow, ...]
    own: ScoreRow | None
    place: int


def tag_of(key: str, user: int) -> str:
    """What stands for a person who wants to be left out: nobody's id."""
    return hmac.new(key.encode(), f"user {user}".encode(), hashlib.sha256).hexdigest()


async def key_in(store: Store, connection: AsyncConnection) -> str:
    """The key of this database's seals and tags, made when it is first asked for in a
    transaction that writes.
    """
    await store.insert_missing(
        connection, quiz_keys, name=_KEY, key=secrets.token_hex(32)
    )
    wanted = select(quiz_keys.c.key).where(quiz_keys.c.name == _KEY)
    return str((await connection.execute(wanted)).scalar_one())


async def left_out(connection: AsyncConnection, user: int) -> bool:
    """Whether a person wants no score."""
    wanted = select(quiz_keys.c.key).where(quiz_keys.c.name == _KEY)
    key = (await connection.execute(wanted)).scalar()
    if key is None:
        return False
    tag = tag_of(str(key), user)
    found = select(quiz_left_out.c.tag).where(quiz_left_out.c.tag == tag)
    return (await connection.execute(found)).scalar() is not None


async def one_at_a_time(store: Store, connection: AsyncConnection, user: int) -> None:
    """Hold what is written about a person until the transaction ends: an answer must
    not slip in while its author is leaving.
    """
    await store.lock(connection, f"person {user}")


class QuizScores:
    """The scores of one store; every method raises StoreAwayError if the database
    cannot be reached.
    """

    def __init__(self, store: Store, quotas: QuizQuotas | None = None) -> None:
        self.store, self.quotas = store, quotas or QuizQuotas()
        self._key = ""

    async def seal(self, guild: int, question: str) -> str:
        """Eight letters that only this database's processes can write under a question:
        they say that it was asked in this guild.
        """
        if not self._key:
            async with self.store.writing() as connection:
                self._key = await key_in(self.store, connection)
        told = f"guild {guild} {question}".encode()
        made = hmac.new(self._key.encode(), told, hashlib.sha256).digest()[:_SEAL]
        return base64.b32encode(made).decode().lower()

    async def is_sealed(self, guild: int, question: str, seal: str) -> bool:
        """Whether a question was asked in this guild."""
        return hmac.compare_digest(await self.seal(guild, question), seal)

    async def record(
        self, guild: int, user: int, question: str, *, correct: bool
    ) -> ScoreOutcome:
        """Count a person's answer to a question, the first alone."""
        async with self.store.writing() as connection:
            await one_at_a_time(self.store, connection, user)
            if await left_out(connection, user):
                return "out"
            if refused := await self._refused(connection, guild, user, question):
                return refused
            await self.store.insert_guild(connection, guild)
            await connection.execute(
                insert(quiz_answers).values(
                    guild_id=guild,
                    player=user,
                    question=question,
                    correct=correct,
                    at=millis(self.store.clock()),
                )
            )
        return "counted"

    async def _refused(
        self, connection: AsyncConnection, guild: int, user: int, question: str
    ) -> ScoreOutcome | None:
        """Why an answer does not count, if it does not."""
        now = self.store.clock()
        theirs = quiz_answers.c.guild_id == guild
        mine = theirs & (quiz_answers.c.player == user)
        same = mine & (quiz_answers.c.question == question)
        # What is older counts no longer, and need not have been deleted yet.
        old = quiz_answers.c.at <= millis(now - KEPT)
        await connection.execute(delete(quiz_answers).where(same & old))
        counted = select(func.count()).select_from(quiz_answers)
        if (await connection.execute(counted.where(same))).scalar_one():
            return "again"
        today = counted.where(mine & (quiz_answers.c.at > millis(now - DAY)))
        if (await connection.execute(today)).scalar_one() >= self.quotas.daily:
            return "enough"
        there = (await connection.execute(counted.where(theirs))).scalar_one()
        return "full" if there >= self.quotas.server else None

    async def standings(self, guild: int, user: int, most: int = 10) -> Standings:
        """The best of a server: most right answers first, of equals the one that
        answered less.
        """
        right = func.sum(cast(quiz_answers.c.correct, Integer)).label("correct")
        answered = func.count().label("answered")
        since = millis(self.store.clock() - KEPT)
        ranked = (
            select(quiz_answers.c.player, right, answered)
            .where(quiz_answers.c.guild_id == guild, quiz_answers.c.at > since)
            .group_by(quiz_answers.c.player)
            .order_by(right.desc(), answered, quiz_answers.c.player)
        )
        async with self.store.reading() as connection:
            rows = [
                ScoreRow(row.player, int(row.correct), row.answered)
                for row in await connection.execute(ranked)
            ]
        places = {row.user: place for place, row in enumerate(rows, 1)}
        place = places.get(user, 0)
        return Standings(tuple(rows[:most]), rows[place - 1] if place else None, place)

    async def leave_out(self, user: int) -> int:
        """Keep no score of a person from now on, and delete what there is; returns how
        many answers that were.
        """
        async with self.store.writing() as connection:
            await one_at_a_time(self.store, connection, user)
            tag = tag_of(await key_in(self.store, connection), user)
            await self.store.insert_missing(connection, quiz_left_out, tag=tag)
            mine = delete(quiz_answers).where(quiz_answers.c.player == user)
            return (await connection.execute(mine)).rowcount

    async def take_in(self, user: int) -> None:
        """Keep a person's score again."""
        async with self.store.writing() as connection:
            tag = tag_of(await key_in(self.store, connection), user)
            gone = delete(quiz_left_out).where(quiz_left_out.c.tag == tag)
            await connection.execute(gone)

    async def drop_old(self) -> None:
        """Delete answers that count no longer; done once a day."""
        before = millis(self.store.clock() - KEPT)
        async with self.store.writing() as connection:
            await connection.execute(
                delete(quiz_answers).where(quiz_answers.c.at <= before)
            )
