"""Pictures drawn in one process for all clients of a worker, which is started once."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from bot.pictures.cache import PictureCache, attend


@cache
def _drawing_process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), attend)


class DrawnTogether(PictureCache):
    """The pictures of one client. To start a process for each of them takes longer than
    most of what they draw.
    """

    def _worker(self) -> ProcessPoolExecutor:
        return _drawing_process()

    def close(self) -> None:
        """Leave the process to the next client."""
