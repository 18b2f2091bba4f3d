"""Who asks at the same time shares one piece of work: it is done once, whoever gives up
takes it from nobody, and nothing that has ended is told to somebody who asks later.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from functools import partial

import pytest

from bot.runtime.shared_work import SharedWork

pytestmark = pytest.mark.asyncio


class Work:
    """Work that ends when it is let, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun, self.may_end = 0, asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self) -> int:
        self.begun += 1
        number = self.begun
        await self.may_end.wait()
        if self.error is not None:
            raise self.error
        return number


async def begun(
    shared: SharedWork[str, int], work: Work, askers: int, key: str = "a"
) -> list[asyncio.Task[int]]:
    """So many who ask, once each of them waits."""
    asked = [asyncio.create_task(shared.result(key, work)) for _ in range(askers)]
    for _ in range(3):
        await asyncio.sleep(0)
    return asked


async def test_who_asks_meanwhile_shares_the_work_and_who_asks_later_has_new() -> None:
    shared, work = SharedWork[str, int](), Work()
    asked = await begun(shared, work, 5)
    assert (len(shared), "a" in shared, "b" in shared) == (1, True, False)
    work.may_end.set()
    assert await asyncio.gather(*asked) == [1] * 5
    assert (len(shared), "a" in shared) == (0, False)
    assert await shared.result("a", work) == 2


async def test_another_key_is_other_work() -> None:
    shared, one, other = SharedWork[str, int](), Work(), Work()
    asked = [*await begun(shared, one, 1), *await begun(shared, other, 1, "b")]
    assert (len(shared), one.begun, other.begun) == (2, 1, 1)
    other.may_end.set()
    assert await asked[1] == 1
    assert ("a" in shared, "b" in shared) == (True, False)
    one.may_end.set()
    assert await asked[0] == 1


async def test_whoever_gives_up_takes_the_work_from_nobody() -> None:
    shared, work = SharedWork[str, int](), Work()
    first, second = await begun(shared, work, 2)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert "a" in shared
    (third,) = await begun(shared, work, 1)
    work.may_end.set()
    assert await asyncio.gather(second, third) == [1, 1]


async def test_work_that_all_gave_up_goes_on_for_whoever_asks_next() -> None:
    shared, work = SharedWork[str, int](), Work()
    for task in await begun(shared, work, 2):
        task.cancel()
    (later,) = await begun(shared, work, 1)
    work.may_end.set()
    assert (await later, work.begun) == (1, 1)


async def test_an_error_is_told_to_all_who_wait_and_kept_for_nobody() -> None:
    shared, work = SharedWork[str, int](), Work()
    work.error = ValueError("no")
    asked = await begun(shared, work, 3)
    work.may_end.set()
    came = await asyncio.gather(*asked, return_exceptions=True)
    assert came == [work.error] * 3
    work.error = None
    assert await shared.result("a", work) == 2


async def test_an_error_that_nobody_waits_for_any_more_is_no_fault_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shared, work = SharedWork[str, int](), Work()
    work.error = ValueError("no")
    (asked,) = await begun(shared, work, 1)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    with caplog.at_level(logging.ERROR):
        work.may_end.set()
        await shared.ended("a")
        for _ in range(3):
            await asyncio.sleep(0)
        gc.collect()
    assert caplog.records == []


async def test_work_that_was_cancelled_is_begun_anew() -> None:
    shared, work = SharedWork[str, int](), Work()

    async def cancelled() -> int:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await shared.result("a", cancelled)
    work.may_end.set()
    assert (await shared.result("a", work), len(shared)) == (1, 0)


async def test_what_has_ended_is_not_shared_even_in_the_same_turn_of_the_loop() -> None:
    shared, old, new = SharedWork[str, int](), Work(), Work()
    (first,) = await begun(shared, old, 1)

    async def ask_once_the_old_may_end() -> tuple[bool, int]:
        await old.may_end.wait()
        return "a" in shared, await shared.result("a", new)

    # It waits for the same event as the old work, and is woken directly after it.
    second = asyncio.create_task(ask_once_the_old_may_end())
    await asyncio.sleep(0)
    new.begun = 10
    old.may_end.set()
    assert await first == 1
    assert "a" in shared
    new.may_end.set()
    assert (await second, len(shared)) == ((False, 11), 0)


@pytest.mark.parametrize("error", [None, ValueError("no")])
async def test_the_end_of_work_can_be_waited_for_whatever_comes_of_it(
    error: Exception | None,
) -> None:
    shared, work = SharedWork[str, int](), Work()
    await shared.ended("a")
    work.error = error
    asked = await begun(shared, work, 1)
    waiting = asyncio.create_task(shared.ended("a"))
    given_up = asyncio.create_task(shared.ended("a"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.sleep(0)
    assert ("a" in shared, waiting.done()) == (True, False)
    work.may_end.set()
    await waiting
    assert "a" not in shared
    await asyncio.gather(*asked, return_exceptions=True)


async def test_the_work_is_begun_with_what_it_was_asked_with() -> None:
    shared = SharedWork[str, str]()

    async def echo(text: str) -> str:
        return text

    assert await shared.result("a", partial(echo, "one")) == "one"
