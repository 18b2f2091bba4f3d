"""The process that draws: it is shared, started anew when it died, and ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from bot.pictures.cache import NotDrawnError, PictureCache
from tests.support.dying import die, die_once, pid, refuse

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def cache() -> AsyncGenerator[PictureCache]:
    made = PictureCache(kept_bytes=40)
    yield made
    made.close()


def nothing() -> str:
    """A picture's text, for who looks at none."""
    return ""


async def test_two_who_want_the_same_at_once_share_one_drawing(
    cache: PictureCache,
) -> None:
    written = list[str]()

    def text() -> str:
        written.append("once")
        return ""

    drawn = await asyncio.gather(*(cache.drawn("a", text, pid) for _ in range(5)))
    assert len({*drawn}) == len(written) == 1
    assert not cache.drawing
    assert cache.kept("a") == drawn[0]


async def test_what_was_not_wanted_for_long_goes_first(cache: PictureCache) -> None:
    one = await cache.drawn("a", nothing, pid)
    fit = 40 // len(one)
    for key in range(fit - 1):
        await cache.drawn(key, nothing, pid)
    assert cache.kept("a")
    await cache.drawn("one more", nothing, pid)
    assert cache.kept("a")
    assert cache.kept(0) is None


async def test_a_process_that_is_killed_is_replaced_and_no_picture_is_lost(
    cache: PictureCache,
) -> None:
    killed = int(await cache.drawn("a", nothing, pid))
    psutil.Process(killed).kill()
    drawn = await asyncio.gather(*(cache.drawn(n, nothing, pid) for n in range(4)))
    assert len({*drawn}) == 1
    assert int(drawn[0]) != killed


async def test_one_that_dies_while_it_draws_is_asked_once_more(
    cache: PictureCache, tmp_path: Path
) -> None:
    mark = str(tmp_path / "died")
    others = [cache.drawn(n, nothing, pid) for n in range(3)]
    drawn = await asyncio.gather(cache.drawn("a", lambda: mark, die_once), *others)
    assert len({*drawn}) <= 2
    assert await cache.drawn("later", nothing, pid) == drawn[0]


async def test_a_picture_that_always_kills_is_not_drawn_and_hinders_no_later_one(
    cache: PictureCache,
) -> None:
    with pytest.raises(NotDrawnError):
        await cache.drawn("a", nothing, die)
    assert cache.kept("a") is None
    assert await cache.drawn("b", nothing, pid)


async def test_what_cannot_be_drawn_is_not_kept_and_costs_no_process(
    cache: PictureCache,
) -> None:
    first = await cache.drawn("a", nothing, pid)
    with pytest.raises(NotDrawnError):
        await cache.drawn("b", nothing, refuse)
    assert await cache.drawn("b", nothing, pid) == first


async def test_closed_it_leaves_no_process(cache: PictureCache) -> None:
    process = psutil.Process(int(await cache.drawn("a", nothing, pid)))
    cache.close()
    await asyncio.to_thread(process.wait, 60)
