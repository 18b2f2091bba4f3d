"""A process that is killed again and again while it publishes: ``python -m
tests.support.killed ADDRESS RUNS SEED``.

Each run is a fork that publishes three changes at a time and writes what was
acknowledged into a pipe. After each kill the database is opened anew and must hold
everything that was acknowledged, and nothing by halves. Prints a line of totals; exits
with an error if anything is missing.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from typing import Any

from sqlalchemy import text

from bot.entries.records import Change
from bot.runtime.clock import SYSTEM_CLOCK
from bot.store.database import Store
from bot.store.writer import EntryWriter, Quotas

GUILD = 1
MOST_COMMITS = 6
"""After how many commits at most a publisher is killed; 0 is before its first."""


def _body(key: str) -> dict[str, Any]:
    return {
        "id": key,
        "date": "2024-01-05",
        "toward": "russia",
        "pillar": "economic",
        "weight": "minor",
        "claim": "A thing happened.",
        "sources": [
            {"publisher": "Gazette", "title": "Thing", "url": "https://example.org/1"}
        ],
    }


async def _publish(address: str, run: int, pipe: int) -> None:
    store = Store(address, clock=SYSTEM_CLOCK.now)
    await store.open()
    writer = EntryWriter(store, Quotas(entries=1_000_000))
    n = 0
    while True:
        n += 1
        changes = [Change("event", "BY", _body(f"r{run}-n{n}-c{c}")) for c in range(3)]
        made = await writer.publish(GUILD, changes, author=7, verb="add")
        os.write(pipe, b" ".join(b"%d" % each.number for each in made) + b".")


async def _checked(address: str, acknowledged: set[int]) -> int:
    store = Store(address, clock=SYSTEM_CLOCK.now)
    await store.open()
    async with store.reading() as connection:

        async def all_of(sql: str) -> list[Any]:
            return list((await connection.execute(text(sql))).scalars())

        there = set(await all_of("SELECT number FROM entries"))
        missing = acknowledged - there
        assert not missing, f"acknowledged and gone: {sorted(missing)}"
        assert set(await all_of("SELECT number FROM revisions")) == there, (
            "entries and revisions differ"
        )
        assert set(await all_of("SELECT number FROM audit")) == there, (
            "entries and audit differ"
        )
        keys = await all_of("SELECT key FROM entries")
        groups: dict[str, int] = {}
        for key in keys:
            groups[key.rsplit("-", 1)[0]] = groups.get(key.rsplit("-", 1)[0], 0) + 1
        assert set(groups.values()) <= {3}, "a change of three was made by halves"
        revision = (await all_of("SELECT revision FROM guilds") or [0])[0]
        assert revision == len(groups), f"{revision} counted, {len(groups)} made"
        if store.sqlite:
            assert await all_of("PRAGMA quick_check") == ["ok"]
    await store.close()
    return len(there)


def _kill_after(child: int, pipe: int, commits: int) -> bytes:
    """Kill a publisher once it has acknowledged so many commits; what it wrote.

    Work is counted, not time: however busy the machine is, the kill comes while the
    next commit is on its way. A publisher that ends by itself is a fault.
    """
    told = b""
    while told.count(b".") < commits:
        more = os.read(pipe, 65_536)
        assert more, "the publisher ended by itself"
        told += more
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(pipe, 65_536):
        told += more
    return told


def main() -> None:
    address, runs, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    dice = random.Random(seed)
    acknowledged: set[int] = set()
    last = 0
    for run in range(runs):
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reads)
            asyncio.run(_publish(address, run, writes))
        os.close(writes)
        told = _kill_after(child, reads, dice.randrange(MOST_COMMITS + 1))
        os.close(reads)
        whole = told[: told.rfind(b".") + 1]
        acknowledged |= {int(each) for each in whole.replace(b".", b" ").split()}
        last = asyncio.run(_checked(address, acknowledged))
    sys.stdout.write(f"{runs} runs, {len(acknowledged)} acknowledged, {last} kept\n")


if __name__ == "__main__":
    main()
