"""Pictures: a map drawn cold and found again, and how long the event loop waits
meanwhile.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import time

from bot.answers.texts import Texts
from bot.knowledge.reader import read_base
from bot.names.index import names_of
from bot.pictures.cache import PictureCache
from bot.pictures.chart import chart
from bot.pictures.world import picture, shows
from bot.pictures.worldmap import draw
from tests.bench.base import Row
from tests.support.bases import DATA, TODAY


async def _lag(stop: asyncio.Event) -> float:
    """The longest that the loop was late, in milliseconds, while something else
    worked.
    """
    worst = 0.0
    while not stop.is_set():
        begun = time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - begun - 0.001)
    return worst * 1000


async def _run() -> tuple[list[float], list[float], float, list[int]]:
    from bot.alignment.over_time import course

    base = read_base(DATA, TODAY)
    texts = Texts("en", names_of(base).display)
    picture_cache = PictureCache()
    await picture_cache.warm()
    # As `ally run` does.
    gc.collect()
    gc.freeze()
    stop = asyncio.Event()
    lag = asyncio.create_task(_lag(stop))
    cold: list[float] = []
    sizes: list[int] = []
    keys = [
        "levels",
        *[key for key, _ in shows(base, texts) if key.startswith(("vote", "bloc"))][
            :24
        ],
    ]
    for show in keys:

        def svg(show: str = show) -> str:
            return draw(picture(show, base, texts, on=TODAY).sheet)

        begun = time.perf_counter()
        sizes.append(len(await picture_cache.picture(show, svg)))
        cold.append(time.perf_counter() - begun)
    for code in ("BY", "AM", "KZ", "SY"):
        await picture_cache.picture(
            code,
            lambda code=code: chart(code, course(code, base, end=TODAY), base, texts),
        )
    stop.set()
    worst = await lag
    warm: list[float] = []
    for n in range(2000):
        begun = time.perf_counter()
        await picture_cache.picture(keys[n % len(keys)], str)
        warm.append(time.perf_counter() - begun)
    picture_cache.close()
    return cold, warm, worst, sizes


def measure() -> list[Row]:
    cold, warm, worst, sizes = asyncio.run(_run())
    middle, found = statistics.median(cold) * 1000, statistics.median(warm) * 1000
    return [
        (
            "world map drawn, p50 / slowest",
            f"{middle:.0f} / {max(cold) * 1000:.0f} ms",
            "1",
            "p50 under 350 ms",
        ),
        (
            "the same found again, p50",
            f"{found:.4f} ms",
            f"{found / middle:.6f}",
            "under 5 ms",
        ),
        (
            "event loop late while 29 pictures were drawn, worst",
            f"{worst:.0f} ms",
            "",
            "at most 20 ms",
        ),
        (
            "bytes of a map, middle / largest",
            f"{statistics.median(sizes):,.0f} / {max(sizes):,}",
            "",
            "under 307,200",
        ),
    ]
