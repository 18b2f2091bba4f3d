"""Reading the base against ``yaml.safe_load`` of its files, and a timeline of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import yaml

from bot.alignment.over_time import course
from bot.answers.texts import english
from bot.answers.timeline import timeline
from bot.knowledge.compiled import compiled, from_compiled
from bot.knowledge.files import digest_of, files_of
from bot.knowledge.reader import read_base
from tests.support.bases import DATA, TODAY

Row = tuple[str, str, str, str]


def timed(work: Callable[[], Any], runs: int = 5) -> float:
    """The median of some runs, in seconds."""
    found: list[float] = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def measure() -> list[Row]:
    texts = [path.read_text(encoding="utf-8") for _, _, path in files_of(DATA)]

    def safe() -> None:
        for text in texts:
            yaml.safe_load(text)

    base = read_base(DATA, TODAY)
    sources = digest_of((file.name, file.path) for file in files_of(DATA))
    data = compiled(base, sources, TODAY)

    def open_compiled() -> None:
        found = digest_of((file.name, file.path) for file in files_of(DATA))
        assert from_compiled(data, found, TODAY) is not None

    def longest() -> None:
        timeline(longest_code, course(longest_code, base, end=TODAY), base, english())

    longest_code = max(base.countries, key=lambda code: len(base.facts(code)))
    floor, read = timed(safe, 3), timed(lambda: read_base(DATA, TODAY))
    opened, timelined = timed(open_compiled, 11), timed(longest, 11)
    return [
        ("yaml.safe_load of the base", f"{floor * 1000:.0f} ms", "1", ""),
        (
            "read and validate the base",
            f"{read * 1000:.0f} ms",
            f"{read / floor:.2f}",
            "at most 0.2",
        ),
        (
            "the same from its compiled form",
            f"{opened * 1000:.0f} ms",
            f"{opened / floor:.3f}",
            "at most 0.02",
        ),
        (
            f"timeline of the actor with most facts ({longest_code})",
            f"{timelined * 1000:.1f} ms",
            "",
            "under 20 ms",
        ),
    ]
