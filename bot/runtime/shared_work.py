"""Work that takes a while, done once for all who ask for it at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class SharedWork(Generic[Key, Result]):
    """Work under way, by its key. What has ended is not kept, and not shared.

    ``len`` is how much is under way, and ``in`` whether a key's is.
    """

    def __init__(self) -> None:
        self._tasks: dict[Key, asyncio.Task[Result]] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, key: Key) -> bool:
        return self._running(key) is not None

    async def result(
        self, key: Key, work: Callable[[], Coroutine[None, None, Result]]
    ) -> Result:
        """What comes of the work under way for a key, of ``work`` if there is none; its
        error is raised for everybody who waits.
        """
        task = self._running(key)
        if task is None:
            task = self._tasks[key] = asyncio.create_task(work())
            task.add_done_callback(partial(self._is_done, key))
        # Whoever gives up must not take it from all others.
        return await asyncio.shield(task)

    async def ended(self, key: Key) -> None:
        """Wait until what is under way for a key has ended, well or not."""
        task = self._running(key)
        if task is not None:
            await asyncio.wait([task])

    def _running(self, key: Key) -> asyncio.Task[Result] | None:
        task = self._tasks.get(key)
        return None if task is None or task.done() else task

    def _is_done(self, key: Key, task: asyncio.Task[Result]) -> None:
        if self._tasks.get(key) is task:
            del self._tasks[key]
        if not task.cancelled():
            # Everybody who waited may have given up; an error that nobody fetched would
            # be logged as a fault.
            task.exception()
