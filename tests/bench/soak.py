"""A soak of one way in, over a real process: ``python -m tests.bench.soak gateway|http
[SECONDS] [RATE]``, 15 minutes at 200 interactions a second unless said otherwise. The
rate grows to that within the first minute.

Of a hundred interactions 36 are half-typed options, 20 /ally, 14 buttons and choices of
menus under replies that came before, 7 /where, 6 /compare, 5 /vote, 5 /search, 3
/changes, 2 /quiz, and 2 answers to a question of the quiz (`traffic.WEIGHTS`), which
the database must have in the end, each once. Twenty channels of as many servers follow
a country; after a third of the time an entry about it is published in each server by
another process, and in the end each channel must have been told exactly once.

Says every ten seconds how it goes: the bot's resident memory and processor time, for
how long the driver itself was held, and how much of the machine others took. The
summary goes to build/bench/soak-WAY.json: asked, answered, lost, failed, p50 and p99 in
milliseconds, resident memory of the bot after a minute and each third, the longest hold
of the driver, follows told once, answers kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

import psutil
from sqlalchemy import func, select

from bot.entries.records import Change
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.runtime.clock import SYSTEM_CLOCK
from bot.runtime.exit_code import ExitCode
from bot.service.assembly import run
from bot.store.database import Store
from bot.store.services import Services
from bot.store.tables import quiz_answers
from tests.bench import results
from tests.bench.real import Mode, RealProcess
from tests.bench.traffic import WEIGHTS, Traffic, follow_payload
from tests.support.bases import DATA, TODAY
from tests.support.databases import body

SECONDS, RATE = 900.0, 200.0
RAMP_SECONDS = 60.0
"""How long the rate grows, evenly, from none to all of it."""
GUILD, CHANNEL, FOLLOWS = 7_000_000, 8_000_000, 20
SAID_EVERY = 10.0
"""Seconds between two lines."""
TOLD_SECONDS = 60.0
"""How long after the end a follow may still be told; looked for every 15 seconds."""
AGAIN_SECONDS = 35.0
"""So long is waited for a second message that must not come: two looks."""
_NEWS = "The soak publishes this"
Times = defaultdict[str, "array[float]"]


async def _follow(bot: RealProcess) -> None:
    for number in range(FOLLOWS):
        payload = follow_payload(GUILD + number, CHANNEL + number, ("belarus", "once"))
        key = bot.next_key()
        await bot.ask(payload | {"id": key, "token": f"t{key}"})


async def _publish(address: str, base: Base) -> None:
    """An entry in each of the servers, as another process of Ally's writes it."""
    store = Store(address, clock=SYSTEM_CLOCK.now)
    services = Services(store, base, names_of(base))
    await store.open()
    try:
        for number in range(FOLLOWS):
            change = Change("event", "BY", body("soak", f"{_NEWS} {number}."))
            await services.writer.publish(
                GUILD + number, [change], author=7, verb="add"
            )
    finally:
        await services.close()


async def _answers_kept(address: str) -> int:
    """How many answers to the quiz the database has."""
    store = Store(address, clock=SYSTEM_CLOCK.now)
    await store.open()
    try:
        async with store.reading() as connection:
            counted = select(func.count()).select_from(quiz_answers)
            return int((await connection.execute(counted)).scalar_one())
    finally:
        await store.close()


def _told(bot: RealProcess) -> list[int]:
    """How often the news was posted to each channel that follows."""
    return [
        sum(_NEWS in each for each in bot.discord.posts[CHANNEL + number])
        for number in range(FOLLOWS)
    ]


async def _until_told(bot: RealProcess) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(TOLD_SECONDS):
            while not all(_told(bot)):
                bot.discord.posted.clear()
                await bot.discord.posted.wait()
    await asyncio.sleep(AGAIN_SECONDS)


class Soak:
    """One run: what was asked, and what came of it."""

    def __init__(self, bot: RealProcess, base: Base) -> None:
        self.bot, self.base = bot, base
        self.traffic = Traffic(base)
        self.times: Times = defaultdict(lambda: array("d"))
        self.lost: defaultdict[str, int] = defaultdict(int)
        self.early = 0.0
        self.thirds: list[float] = []
        """The bot's resident memory after a third and after two thirds of the time."""
        self.held = self.longest_held = 0.0
        """Seconds for which the driver's own event loop was held at most, since the
        last line and ever.
        """

    @property
    def answered(self) -> int:
        """How many interactions have their whole reply."""
        return sum(len(each) for each in self.times.values())

    async def _one(self) -> None:
        asked = self.traffic.next(self.bot.next_key())
        begun = time.perf_counter()
        try:
            reply = await self.bot.ask(asked.payload)
        except (TimeoutError, OSError, AssertionError):
            self.lost[asked.kind] += 1
            return
        self.times[asked.kind].append((time.perf_counter() - begun) * 1000)
        self.traffic.learn(asked, reply)

    async def go_on(self, seconds: float, rate: float) -> None:
        """So many a second for so long; what is open then is waited for."""
        begun = time.perf_counter()
        tasks: set[asyncio.Task[None]] = set()
        number, said, publishing = 0, 0.0, None
        while (now := time.perf_counter() - begun) < seconds:
            while number < due(now, rate, seconds):
                number += 1
                task = asyncio.create_task(self._one())
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            if publishing is None and now > seconds / 3:
                work = _publish(self.bot.database, self.base)
                publishing = asyncio.create_task(work)
            if not self.early and now > min(60.0, seconds / 3):
                self.early = self.bot.mib
            if now > seconds * (len(self.thirds) + 1) / 3:
                self.thirds.append(self.bot.mib)
            if now > said + SAID_EVERY:
                said += SAID_EVERY
                self._say(said)
            asleep = time.perf_counter()
            await asyncio.sleep(0.002)
            self.held = max(self.held, time.perf_counter() - asleep)
        await asyncio.gather(*tasks)
        if publishing is not None:
            await publishing

    def _say(self, seconds: float) -> None:
        lost = sum(self.lost.values())
        said = f"{seconds:.0f} s: {self.answered} answered, {lost} lost"
        stolen = psutil.cpu_times().steal
        sys.stdout.write(
            f"{said}; bot {self.bot.mib:.0f} MiB, {self.bot.processor:.1f} s; "
            f"driver held {self.held * 1000:.0f} ms; stolen {stolen:.1f} s\n"
        )
        sys.stdout.flush()
        self.longest_held = max(self.longest_held, self.held)
        self.held = 0.0


def due(now: float, rate: float, seconds: float) -> float:
    """How many there should have been after so many seconds: the rate is reached within
    RAMP_SECONDS, for no bot is asked by everybody in the second in which it starts.
    """
    ramp = min(RAMP_SECONDS, seconds / 10)
    if now < ramp:
        return rate * now * now / (2 * ramp)
    return rate * (now - ramp / 2)


def at(times: Sequence[float], share: float) -> float:
    """A percentile of sorted times; 0 of none."""
    return times[min(int(len(times) * share), len(times) - 1)] if times else 0.0


async def soak(mode: Mode, seconds: float, rate: float) -> dict[str, Any]:
    """The summary of one run."""
    machine, base = results.machine(), read_base(DATA, TODAY)
    bot = RealProcess(mode)
    await bot.open()
    try:
        async with asyncio.timeout(seconds + 300):
            await _follow(bot)
            run_of, used = Soak(bot, base), bot.processor
            await run_of.go_on(seconds, rate)
            end, used = bot.mib, bot.processor - used
            await _until_told(bot)
            told, failed = _told(bot), await bot.failures()
            kept = await _answers_kept(bot.database)
        sys.stderr.write(bot.worrying[-1_000:] + "\n")
    finally:
        await bot.close()
    times = sorted(each for some in run_of.times.values() for each in some)
    slow = {
        kind: round(at(sorted(run_of.times[kind]), 0.99), 1)
        for kind in WEIGHTS
        if run_of.times[kind]
    }
    return {
        "date": results.today(),
        "machine": machine,
        "seconds": seconds,
        "rate": rate,
        "asked": run_of.traffic.asked,
        "answered": len(times),
        "lost": sum(run_of.lost.values()),
        "lost_of": dict(run_of.lost),
        "failed": failed,
        "p50": round(at(times, 0.5), 2),
        "p99": round(at(times, 0.99), 2),
        "slowest": round(times[-1], 1) if times else 0.0,
        "p99_of": slow,
        "processor_share": round(used / seconds, 2),
        "early_mib": round(run_of.early, 1),
        "thirds": ", ".join(f"{each:.0f}" for each in [*run_of.thirds, end]),
        "end_mib": round(end, 1),
        "driver_held_ms": round(max(run_of.longest_held, run_of.held) * 1000, 1),
        "follows": FOLLOWS,
        "told_once": sum(each == 1 for each in told),
        "told_twice": sum(each > 1 for each in told),
        "quiz_answered": len(run_of.times["an answer to the quiz"]),
        "quiz_kept": kept,
    }


async def _kept(mode: Mode, seconds: float, rate: float) -> ExitCode:
    results.keep(f"soak-{mode}", await soak(mode, seconds, rate))
    return ExitCode.OK


def main() -> None:
    mode, *more = sys.argv[1:] or [""]
    if mode not in {"gateway", "http"}:
        sys.exit("python -m tests.bench.soak gateway|http [SECONDS] [RATE]")
    numbers = [float(each) for each in more]
    seconds, rate = [*numbers, *(SECONDS, RATE)[len(numbers) :]]
    run(_kept(cast("Mode", mode), seconds, rate))


if __name__ == "__main__":
    main()
