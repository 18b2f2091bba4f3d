"""Two processes that tell a channel what is new and ask it the question of the day,
and are killed again and again:
``python -m tests.support.killed_tellers ADDRESS FILE RUNS``.

Each run is a day: it publishes an entry, then forks two tellers, which write a byte
into a pipe before and after each post and after each look, and wait to be let on; both
are killed after one to six bytes, so that kills fall between any two steps.
The channel is FILE, to which each post is a line; it forgets nonces at once, so that
nothing but the protocol keeps a message from being posted twice. In the end, with
nobody killed any more, each entry must have been told once, no day have had two
questions and no question have come twice in a row, and whatever was decided on have
been posted. Prints totals; exits with an error if a message was lost or came twice.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import discord
from discord.components import _component_factory
from sqlalchemy import select

from bot.alignment.changes import levels_on
from bot.answers.quiz.maker import Quizmaster
from bot.answers.quiz.question import read_id
from bot.commands.follow.kinds import KINDS, followed
from bot.commands.follow.news import told_now
from bot.commands.follow.teller import Teller
from bot.commands.follow.times import next_due
from bot.commands.quiz.daily import DailyQuiz
from bot.entries.records import Change
from bot.knowledge.compiled import open_base
from bot.knowledge.facts import Base
from bot.names.index import NameIndex, names_of
from bot.runtime.places import cache_folder
from bot.store.database import Store
from bot.store.follows import Wish
from bot.store.services import Services
from bot.store.tables import deliveries
from bot.ui.replies import ReplyCache
from tests.support.bases import DATA, TODAY
from tests.support.databases import body

GUILD, CHANNEL, ME = 1, 400, 100
KILLED_AFTER = (3, 4, 5, 6, 1, 2, 4, 5, 6, 3, 2, 5, 6, 4)
"""After how many bytes the tellers of a day are killed: the first is always a look, two
are one of two things, and from three on they are hardly ever the same twice.
"""
_BEGIN = datetime.combine(TODAY, time(10), UTC)
_QUIZMASTER = Quizmaster()
"""Of this process, so that what it has gathered is there in those that it forks."""
_ASKED = re.compile(r"quiz:pick:(?P<id>[^:]+:[^:]*:[^:]+:[^:]+:[^:]+):[^:]+:0")


class FileChannel:
    """A channel that is a file, for a client that has no other."""

    def __init__(self, path: Path, pipe: int = -1, go: int = -1) -> None:
        self.path, self.pipe, self.go = path, pipe, go
        self.user = SimpleNamespace(id=ME)

    def mark(self, byte: bytes) -> None:
        if self.pipe >= 0:
            os.write(self.pipe, byte)
            os.read(self.go, 1)

    def get_partial_messageable(self, channel: int, *, guild_id: int) -> FileChannel:
        assert (channel, guild_id) == (CHANNEL, GUILD)
        return self

    async def send(self, *, view: Any, nonce: str, **_: Any) -> SimpleNamespace:
        self.mark(b"<")
        line = json.dumps({"nonce": nonce, "body": view.to_components()}) + "\n"
        with self.path.open("ab", buffering=0) as out:
            out.write(line.encode())
        self.mark(b">")
        return SimpleNamespace(id=7)

    async def history(self, **_: Any) -> AsyncIterator[SimpleNamespace]:
        for number, line in enumerate(self.path.read_text("utf-8").splitlines()):
            rows = [_component_factory(each) for each in json.loads(line)["body"]]
            yield SimpleNamespace(id=number + 1, author=self.user, components=rows)


@dataclass(frozen=True, slots=True)
class Known:
    """The base and its names: of this process, so that those that it forks have
    them.
    """

    base: Base
    names: NameIndex


def services_of(address: str, known: Known, run: int) -> tuple[Services, Teller]:
    """Each run is a day later than the one before."""
    now = _BEGIN + timedelta(days=run)
    store = Store(address, clock=lambda: now)
    services = Services(store, known.base, known.names)
    replies = ReplyCache(services.views, now.date, "test")
    daily = DailyQuiz(replies, services.quiz, _QUIZMASTER)
    return services, Teller(services, replies, (*KINDS, daily))


async def begin(address: str, known: Known) -> None:
    services, teller = services_of(address, known, 0)
    await services.store.open()
    thing = followed("country:BY", KINDS)
    assert thing
    levels = levels_on(known.base, known.base.countries, TODAY)
    edition = await teller.edition()
    told = told_now(
        thing, known.base, TODAY, levels, edition=edition, entry=0, guild_revision=0
    )
    wish = Wish(thing.what, CHANNEL, "once", "en-US", 7, told, None)
    await services.follows.add(GUILD, wish)
    due = next_due("daily", services.store.clock(), "")
    quiz = Wish("quiz", CHANNEL, "daily", "en-US", 7, replace(told, levels={}), due)
    await services.follows.add(GUILD, quiz)
    await services.close()


async def publish(address: str, known: Known, run: int) -> None:
    services, _ = services_of(address, known, run)
    await services.store.open()
    _QUIZMASTER.pool(known.base, services.store.clock().date())
    change = Change("event", "BY", body(f"run-{run}", f"Thing {run} happened."))
    await services.writer.publish(GUILD, [change], author=7, verb="add")
    await services.close()


async def tell(
    address: str, known: Known, run: int, channel: FileChannel, times: int
) -> int:
    """Look and post so often; how many messages wait then."""
    services, teller = services_of(address, known, run)
    await services.store.open()
    for _ in range(times):
        await teller.decide()
        channel.mark(b",")
        await teller.post(cast("discord.Client", channel))
        channel.mark(b".")
    waiting = await services.deliveries.length()
    await services.close()
    return waiting


def killed(address: str, known: Known, run: int, path: Path, after: int) -> None:
    """Two tellers, killed after so many bytes of theirs; or at the end of both."""
    reads, writes = os.pipe()
    waits, goes = os.pipe()
    children: list[int] = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            os.close(reads)
            channel = FileChannel(path, writes, waits)
            asyncio.run(tell(address, known, run, channel, times=3))
            os._exit(0)
        children.append(child)
    os.close(writes)
    count = 0
    while count < after and (more := os.read(reads, 1)):
        count += len(more)
        if count < after:
            os.write(goes, b"!")
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    for each in (reads, waits, goes):
        os.close(each)


def checked(path: Path, published: int) -> int:
    """How many messages came; AssertionError if an entry was lost or told twice."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    tokens = [line["nonce"] for line in lines]
    assert len(set(tokens)) == len(tokens), "a message came twice"
    told = [json.dumps(line["body"]) for line in lines]
    counts = [int(n) for text in told for n in re.findall(r"New facts \((\d+)\)", text)]
    assert sum(counts) == published, f"{sum(counts)} told of {published}"
    things = [n for text in told for n in re.findall(r"Thing (\d+) happened", text)]
    assert len(set(things)) == len(things), "an entry was told twice"
    return len(lines)


def checked_questions(path: Path, base: Base, last: date) -> int:
    """How many questions came; AssertionError if a day had two, one came twice in a
    row, or the last day, on which nobody was killed, had none.
    """
    found = [_ASKED.search(line) for line in path.read_text("utf-8").splitlines()]
    ids = [read_id(each["id"]) for each in found if each]
    days = [each.on for each in ids]
    assert len(set(days)) == len(days), "a day had two questions"
    assert max(days) == last, "the last day had no question"
    asked = [_QUIZMASTER.made(each, base) for each in ids]
    keys = [each.key for each in asked if each]
    assert len(keys) == len(ids)
    assert all(one != other for one, other in pairwise(keys)), "it came twice in a row"
    return len(ids)


async def decided(address: str, known: Known, run: int) -> set[str]:
    """The tokens of all messages that were ever decided on."""
    services, _ = services_of(address, known, run)
    await services.open()
    async with services.store.reading() as connection:
        tokens = (await connection.execute(select(deliveries.c.token))).scalars()
        found = set(tokens)
    await services.close()
    return found


def main() -> None:
    address, path = sys.argv[1], Path(sys.argv[2])
    runs = int(sys.argv[3])
    path.touch()
    base = open_base(DATA, TODAY, cache_folder)
    known = Known(base, names_of(base))
    known.names.warm()
    asyncio.run(begin(address, known))
    # On the first day nobody is killed: what a process does once is then done here,
    # and not in each of those that it forks.
    channel = FileChannel(path)
    asyncio.run(publish(address, known, 1))
    assert not asyncio.run(tell(address, known, 1, channel, times=1))
    gc.freeze()
    for run in range(2, runs + 2):
        asyncio.run(publish(address, known, run))
        killed(address, known, run, path, KILLED_AFTER[run % len(KILLED_AFTER)])
    last = runs + 2
    assert not asyncio.run(tell(address, known, last, channel, times=2))
    came = checked(path, runs + 1)
    posted = {
        json.loads(line)["nonce"] for line in path.read_text("utf-8").splitlines()
    }
    assert asyncio.run(decided(address, known, last)) == posted, "a message was lost"
    day = (_BEGIN + timedelta(days=last)).date()
    asked = checked_questions(path, base, day)
    sys.stdout.write(f"{runs} runs, {came} messages, {asked} questions\n")


if __name__ == "__main__":
    main()
