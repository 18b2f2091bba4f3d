"""Searching all facts: making the index, what it takes, and one question."""

from __future__ import annotations

import time
import tracemalloc

from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.search.find import Indexes
from bot.search.question import read_question
from tests.bench.base import Row
from tests.bench.names import spread
from tests.search.test_questions import FIRST
from tests.support.bases import DATA, TODAY

TIMES = 20
"""How often each question is asked."""


def measure() -> list[Row]:
    base = read_base(DATA, TODAY)
    names = names_of(base)
    names.warm()
    for code in base.countries:
        base.facts(code)
    indexes = Indexes()
    begun = time.perf_counter()
    indexes.warm(base)
    made = time.perf_counter() - begun

    def ask(text: str) -> None:
        question = read_question(text, names, base, TODAY)
        indexes.find(indexes.respelt(question, base), base)

    half, most = spread(ask, [each.typed for each in FIRST] * TIMES)
    tracemalloc.start()
    other = Indexes()
    other.warm(base)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return [
        ("index of all facts", f"{made * 1000:.0f} ms", "", "once, in a thread"),
        ("its memory", f"{size / 2**20:.1f} MiB", "", "under 8 MiB"),
        (
            "search p50 / p99",
            f"{half / 1000:.2f} / {most / 1000:.2f} ms",
            "",
            "p99 under 15 ms",
        ),
    ]
