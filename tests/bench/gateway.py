"""/ally over a loopback stand-in of Discord, against a bare discord.py command with a
reply of the same size.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

from bot.knowledge.reader import read_base
from tests.bench.base import Row
from tests.bench.lean import LeanStandIn
from tests.support.bases import DATA, TODAY
from tests.support.discord_standin import StandIn

LATENCY, BURST, FLIGHT = 1500, 6000, 32
SHORT = 3000
"""Replies in a burst of what is compared with /ally."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked again and again: a command, or what is typed into an option."""

    name: str
    options: tuple[dict[str, str], ...]
    focused: str = ""
    goal: str = "at least 1.0"


QUESTIONS = {
    "/ally, a name half typed": Question(
        "ally",
        tuple({"country": typed} for typed in ("b", "be", "bel", "bela", "", "uk")),
        "country",
        "at least 2.5",
    ),
    "/vote, a roll call half typed": Question(
        "vote",
        tuple({"resolution": typed} for typed in ("e", "es", "es-11", "")),
        "resolution",
        "at least 2.5",
    ),
    "/where": Question("where", ({}, {"side": "neutral"}, {"region": "150"})),
    "/vote": Question("vote", ({"resolution": "ES-11/1"}, {"resolution": "ES-11/4"})),
    "/compare": Question("compare", ({"first": "belarus", "second": "armenia"},)),
    "/bloc": Question("bloc", ({"name": "csto"}, {"name": "BRICS"})),
    "/forecast": Question("forecast", ({},)),
    "/search": Question(
        "search",
        tuple({"text": text} for text in ("recognised Crimea", "F-16", "swiss aid")),
    ),
    "/changes": Question("changes", ({}, {"since": "year"})),
    "/help": Question("help", ({},)),
}
"""What reads besides /ally, in replies a second beside a bare command."""


def about_each(codes: Sequence[str]) -> Question:
    """/ally for each of these actors in turn."""
    return Question("ally", tuple({"country": code} for code in codes))


async def started(kind: str, port: int, size: int = 0) -> asyncio.subprocess.Process:
    """One of the bots, against the stand-in on a port; ``size`` is the bare one's
    reply, in bytes.
    """
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.bots",
        kind,
        str(port),
        str(size),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def burst(standin: StandIn, question: Question, count: int = BURST) -> float:
    """Replies a second with 32 in flight."""
    numbers = iter(range(count))
    options = question.options

    async def worker() -> None:
        for n in numbers:
            await standin.ask(
                n,
                options[n % len(options)],
                name=question.name,
                focused=question.focused,
            )

    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(FLIGHT)))
    return count / (time.perf_counter() - begun)


async def warm(standin: StandIn, question: Question) -> None:
    """Ask each once, one after another: what is cold is measured elsewhere."""
    for number, options in enumerate(question.options):
        await standin.ask(
            number, options, seconds=60, name=question.name, focused=question.focused
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """Replies a second, and the microseconds of the bot's own processor time that one
    took: a busy machine changes the first and hardly the second.
    """

    second: float
    processor: float

    def figure(self) -> str:
        """Both, for the table."""
        return f"{self.second:.0f}, {self.processor:.0f} µs each"

    def ratio(self, bare: Rate) -> str:
        """Both beside the bare bot's."""
        times = bare.processor / self.processor
        return f"{self.second / bare.second:.2f} (by processor time {times:.2f})"


@dataclass(frozen=True, slots=True)
class Driven:
    """What one bot or server did: /ally in milliseconds one at a time, in replies a
    second with 32 in flight, and its reply's bytes; then what else was asked.
    """

    p50: float
    p99: float
    rate: Rate
    size: int
    rates: dict[str, Rate]


async def drive(
    kind: str, size: int, codes: list[str], others: Mapping[str, Question]
) -> Driven:
    """Drive one of the bots with replies of so many bytes."""
    standin = LeanStandIn()
    port = await standin.start()
    child = await started(kind, port, size)
    ally, process = about_each(codes), psutil.Process(child.pid)

    async def rate_of(question: Question, count: int) -> Rate:
        begun = sum(process.cpu_times()[:2])
        rate = await burst(standin, question, count)
        return Rate(rate, (sum(process.cpu_times()[:2]) - begun) / count * 1e6)

    try:
        await asyncio.wait_for(standin.connected.wait(), 60)
        await warm(standin, ally)
        times = sorted(
            [await standin.ask(n, ally.options[n % len(codes)]) for n in range(LATENCY)]
        )
        rate, last = await rate_of(ally, BURST), standin.size
        rates: dict[str, Rate] = {}
        for name, question in others.items():
            await warm(standin, question)
            await burst(standin, question, 50)
            rates[name] = await rate_of(question, SHORT)
        p99 = times[int(len(times) * 0.99)]
        return Driven(statistics.median(times), p99, rate, last, rates)
    finally:
        child.terminate()
        await child.wait()


def measure() -> list[Row]:
    codes = [code for code in read_base(DATA, TODAY).countries if len(code) == 2]
    ally = asyncio.run(drive("ally", 0, codes, QUESTIONS))
    bare = asyncio.run(drive("bare", ally.size, codes, {}))
    long = asyncio.run(drive("long", 0, codes, {}))
    return [
        ("bare discord.py: p50 / p99", f"{bare.p50:.2f} / {bare.p99:.2f} ms", "1", ""),
        (
            "/ally over the gateway: p50 / p99",
            f"{ally.p50:.2f} / {ally.p99:.2f} ms",
            f"{ally.p50 / bare.p50:.2f}",
            "at most 1.0",
        ),
        ("bare discord.py: replies a second", bare.rate.figure(), "1", ""),
        (
            "/ally: replies a second",
            ally.rate.figure(),
            ally.rate.ratio(bare.rate),
            "at least 1.0",
        ),
        *(
            (
                f"{name}: replies a second",
                rate.figure(),
                rate.ratio(bare.rate),
                QUESTIONS[name].goal,
            )
            for name, rate in ally.rates.items()
        ),
        (
            "/ally through discord.py's command tree: replies a second",
            long.rate.figure(),
            long.rate.ratio(bare.rate),
            "",
        ),
        ("bytes of a reply: /ally, bare", f"{ally.size}, {bare.size}", "", ""),
    ]
