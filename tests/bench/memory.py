"""Resident memory when ready, and after many answers."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bot.knowledge.compiled import open_base
from bot.names.index import LOCALES
from bot.runtime.clock import SYSTEM_CLOCK
from bot.runtime.exit_code import ExitCode
from bot.runtime.places import cache_folder
from bot.runtime.settings import Settings
from bot.service.assembly import Assembly, assemble, opened
from tests.bench.base import Row
from tests.support.bases import DATA, TODAY

ANSWERS = 100_000


def resident() -> float:
    """Resident memory of this process, in MiB."""
    return psutil.Process().memory_info().rss / 2**20


def measure() -> list[Row]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory"],
        check=True,
        capture_output=True,
        text=True,
    )
    ready, half, end = json.loads(done.stdout.splitlines()[-1])
    return [
        (
            "resident when ready, without a connection",
            f"{ready:.0f} MiB",
            "",
            "at most 120",
        ),
        ("after 50,000 answers", f"{half:.0f} MiB", f"{half / ready:.2f}", ""),
        (
            "after 100,000 answers",
            f"{end:.0f} MiB",
            f"{end / half:.2f} of 50,000",
            "flat",
        ),
    ]


def _settings(folder: Path) -> Settings:
    return Settings.model_validate({"discord_token": "a.b.c", "ally_state": folder})


async def _ready(assembly: Assembly) -> float:
    """Resident memory when all is open, in MiB."""
    found: list[float] = []

    async def work() -> ExitCode:
        found.append(resident())
        return ExitCode.OK

    async def health() -> list[str]:
        return []

    await opened(assembly, work, health)
    return found[0]


def main() -> None:
    with TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        base = open_base(DATA, SYSTEM_CLOCK.today(), cache_folder)
        assembly = assemble(settings, base, DATA, SYSTEM_CLOCK)
        assert assembly
        ready = asyncio.run(_ready(assembly))
    replies = assembly.replies
    dice = random.Random(1)
    codes = list(base.countries)
    half = 0.0
    for n in range(ANSWERS):
        day = TODAY - timedelta(days=dice.choice((0, 0, 0, 365, 1000)))
        replies.page(
            "ask", dice.choice(codes), day, 1, dice.choice(LOCALES[:6]), private=False
        )
        if n == ANSWERS // 2:
            half = resident()
    sys.stdout.write(json.dumps([ready, half, resident()]) + "\n")


if __name__ == "__main__":
    main()
