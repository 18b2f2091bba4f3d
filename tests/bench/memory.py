"""Resident memory when ready, and after many answers."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import timedelta

import psutil

from bot.knowledge.reader import read_base
from bot.names.index import LOCALES, names_of
from bot.service.client import Client
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
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
            "under 150",
        ),
        ("after 50,000 answers", f"{half:.0f} MiB", f"{half / ready:.2f}", ""),
        (
            "after 100,000 answers",
            f"{end:.0f} MiB",
            f"{end / half:.2f} of 50,000",
            "flat",
        ),
    ]


def main() -> None:
    base = read_base(DATA, TODAY)
    names = names_of(base)
    names.warm()
    replies = ReplyCache(ServerViews(base, names, None), lambda: TODAY, "bench")
    _client = Client(replies)
    ready = resident()
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
