"""A million distinct interactions to their end, over a real process, as fast as the
machine takes them: ``python -m tests.bench.million gateway|http [COUNT] [SECONDS]``.

No two have the same id or the same person; countries, days, half-typed texts, words
that are searched for, servers and languages are mixed (`WEIGHTS`). It ends after an
hour (SECONDS) however far it came, and says how far that was.

Says at each twentieth how it goes. The summary goes to build/bench/million-WAY.json:
how many came to their end, replies a second, the bot's processor time for one, and its
resident memory after each quarter.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any, cast

from bot.knowledge.reader import read_base
from bot.runtime.exit_code import ExitCode
from bot.service.assembly import run
from tests.bench import results
from tests.bench.real import Mode, RealProcess
from tests.bench.traffic import Traffic
from tests.support.bases import DATA, TODAY

COUNT, SECONDS, FLIGHT = 1_000_000, 3_600.0, 32
WEIGHTS = {
    "autocomplete": 50,
    "/ally": 33,
    "a button or a menu": 2,
    "/where": 5,
    "/compare": 4,
    "/vote": 4,
    "/search": 1,
    "/changes": 1,
}
"""How many of a hundred interactions are what."""
_QUARTERS, _TWENTIETHS = 4, 20


class Million:
    """One run: how far it came."""

    def __init__(self, bot: RealProcess, traffic: Traffic, count: int) -> None:
        self.bot, self.traffic, self.count = bot, traffic, count
        self.ended = self.lost = 0
        self.marks: list[dict[str, float]] = []
        self._begun = self._marked = 0.0

    async def go(self, seconds: float) -> float:
        """Ask until all have come to their end or the time is up; the seconds that it
        took.
        """
        self._begun = self._marked = time.perf_counter()
        numbers = iter(range(self.count))
        until = self._begun + seconds

        async def worker() -> None:
            for _ in numbers:
                if time.perf_counter() > until:
                    return
                await self._one()

        await asyncio.gather(*(worker() for _ in range(FLIGHT)))
        return time.perf_counter() - self._begun

    async def _one(self) -> None:
        asked = self.traffic.next(self.bot.next_key())
        try:
            reply = await self.bot.ask(asked.payload)
        except (TimeoutError, OSError, AssertionError):
            self.lost += 1
        else:
            self.traffic.learn(asked, reply)
        self.ended += 1
        if self.ended % max(1, self.count // _TWENTIETHS) == 0:
            self._mark()

    def _mark(self) -> None:
        now = time.perf_counter()
        rate = self.count / _TWENTIETHS / (now - self._marked)
        self._marked = now
        sys.stdout.write(
            f"{self.ended:,}: {rate:.0f} a second, {self.bot.mib:.0f} MiB, "
            f"{self.lost} lost\n"
        )
        sys.stdout.flush()
        if self.ended % max(1, self.count // _QUARTERS) == 0:
            self.marks.append({"ended": self.ended, "mib": round(self.bot.mib, 1)})


async def million(mode: Mode, count: int, seconds: float) -> dict[str, Any]:
    """The summary of one run."""
    machine, base = results.machine(), read_base(DATA, TODAY)
    bot = RealProcess(mode)
    await bot.open()
    try:
        work = Million(bot, Traffic(base, WEIGHTS), count)
        ready, used = bot.mib, bot.processor
        took = await work.go(seconds)
        used = bot.processor - used
        failed = await bot.failures()
        sys.stderr.write(bot.worrying[-1_000:] + "\n")
    finally:
        await bot.close()
    return {
        "date": results.today(),
        "machine": machine,
        "count": count,
        "ended": work.ended,
        "lost": work.lost,
        "failed": failed,
        "seconds": round(took, 1),
        "rate": round(work.ended / took),
        "processor": round(used / work.ended * 1e6),
        "ready_mib": round(ready, 1),
        "marks": work.marks,
        "quarters": ", ".join(f"{mark['mib']:.0f}" for mark in work.marks),
    }


async def _kept(mode: Mode, count: int, seconds: float) -> ExitCode:
    results.keep(f"million-{mode}", await million(mode, count, seconds))
    return ExitCode.OK


def main() -> None:
    mode, *more = sys.argv[1:] or [""]
    if mode not in {"gateway", "http"}:
        sys.exit("python -m tests.bench.million gateway|http [COUNT] [SECONDS]")
    count = int(more[0]) if more else COUNT
    seconds = float(more[1]) if len(more) > 1 else SECONDS
    run(_kept(cast("Mode", mode), count, seconds))


if __name__ == "__main__":
    main()
