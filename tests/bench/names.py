"""Looking names up, against difflib and RapidFuzz's WRatio over all names."""

from __future__ import annotations

import difflib
import random
import time
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from bot.knowledge.reader import read_base
from bot.names.index import LOCALES, names_of
from tests.bench.base import Row
from tests.support.bases import DATA, TODAY


def spread(
    work: Callable[[str], object], queries: Sequence[str]
) -> tuple[float, float]:
    """The 50th and 99th percentile of one call, in microseconds."""
    found: list[float] = []
    for query in queries:
        begun = time.perf_counter_ns()
        work(query)
        found.append((time.perf_counter_ns() - begun) / 1000)
    found.sort()
    return found[len(found) // 2], found[int(len(found) * 0.99)]


def measure() -> list[Row]:
    base = read_base(DATA, TODAY)
    names = names_of(base)
    names.warm()
    shown = [
        names.display(code, locale) for locale in LOCALES for code in base.countries
    ]
    dice = random.Random(1)
    exact = [c.names.short for c in base.countries.values()] * 20
    typed: list[str] = []
    for name in dice.sample(shown, 1500):
        cut = name[: dice.randint(1, len(name))]
        if len(cut) > 4 and dice.random() < 0.3:
            place = dice.randrange(1, len(cut))
            cut = cut[:place] + cut[place + 1 :]
        typed.append(cut)
    distinct = sorted(set(shown))
    lookup = spread(names.resolve, exact)
    complete = spread(names.suggest, typed)
    few = typed[:60]
    difflibs = spread(lambda q: difflib.get_close_matches(q, distinct, 5), few)
    wratio = spread(
        lambda q: process.extract(q, distinct, scorer=fuzz.WRatio, limit=5), few
    )
    return [
        (
            "exact look-up p50 / p99",
            f"{lookup[0]:.1f} / {lookup[1]:.1f} µs",
            "",
            "p99 under 10 µs",
        ),
        (
            "autocomplete p50 / p99",
            f"{complete[0]:.0f} / {complete[1]:.0f} µs",
            "",
            "under 100 / 3,000 µs",
        ),
        (
            "difflib p50",
            f"{difflibs[0]:.0f} µs",
            f"{difflibs[0] / complete[0]:.0f} times autocomplete",
            "at least 10",
        ),
        (
            "WRatio p50",
            f"{wratio[0]:.0f} µs",
            f"{wratio[0] / complete[0]:.0f} times autocomplete",
            "at least 10",
        ),
    ]
