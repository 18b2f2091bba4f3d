"""Finished pictures: drawn in a process of their own, kept by what they show, never in
the event loop's way.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Hashable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread

from cachetools import LRUCache

from bot.pictures.paint import png_of, ready
from bot.runtime.shared_work import SharedWork

log = logging.getLogger(__name__)

KEPT_BYTES = 24 << 20
"""Finished pictures kept; one takes 70 to 280 KiB."""


def attend() -> None:
    """In the drawing process: end with the one that started it, however that ended."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(0)

    Thread(target=wait, daemon=True, name="attend").start()


class NotDrawnError(Exception):
    """The picture could not be drawn on this machine; what it would show can still be
    said in words.
    """


class PictureCache:
    """Draws on demand; two who want the same picture at once share one drawing.

    Least recently used pictures go first, once all together exceed ``kept_bytes``.
    """

    def __init__(self, *, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept: LRUCache[Hashable, bytes] = LRUCache(kept_bytes, len)
        self._drawing = SharedWork[Hashable, bytes]()
        self._pool: ProcessPoolExecutor | None = None
        self.hits = self.misses = 0

    @property
    def drawing(self) -> int:
        """How many pictures wait or are being drawn."""
        return len(self._drawing)

    def _worker(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Forking a process with threads and sockets is asking for trouble; a fresh
            # one costs a quarter of a second.
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), attend)
        return self._pool

    async def warm(self) -> None:
        """Start the process now rather than at the first picture."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._worker(), ready)
        except (BrokenProcessPool, OSError):
            log.exception("pictures cannot be drawn on this machine")

    def kept(self, key: Hashable) -> bytes | None:
        """A picture that is finished already."""
        png = self._kept.get(key)
        self.hits += png is not None
        return png

    async def picture(self, key: Hashable, svg: Callable[[], str]) -> bytes:
        """The PNG of what ``svg`` returns; ``key`` names everything that it depends
        on. Raises NotDrawnError.
        """
        return await self.drawn(key, svg, png_of)

    async def drawn(
        self, key: Hashable, text: Callable[[], str], draw: Callable[[str], bytes]
    ) -> bytes:
        """The same with another way to draw what ``text`` returns; ``draw`` is a
        module's function, for the drawing process imports it.
        """
        png = self.kept(key)
        if png is not None:
            return png
        self.misses += 1
        return await self._drawing.result(key, partial(self._draw, key, text, draw))

    async def _draw(
        self, key: Hashable, text: Callable[[], str], draw: Callable[[str], bytes]
    ) -> bytes:
        written = await asyncio.to_thread(text)
        try:
            try:
                png = await self._ask(draw, written)
            except BrokenProcessPool:
                png = await self._ask(draw, written)
        except (OSError, RuntimeError, ValueError) as error:
            # One that died a second time is a RuntimeError too.
            raise NotDrawnError from error
        self._kept[key] = png
        return png

    async def _ask(self, draw: Callable[[str], bytes], written: str) -> bytes:
        """Have it drawn by the drawing process. If that dies, whoever asks next has
        another one: only who finds the dead one gives it up.
        """
        pool = self._worker()
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, draw, written)
        except BrokenProcessPool:
            if self._pool is pool:
                log.warning("the drawing process died; the next picture starts another")
                self._pool = None
            raise

    def close(self) -> None:
        """End the drawing process."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
