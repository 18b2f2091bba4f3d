"""Reading the base, and the whole process of one question, against ``yaml.safe_load``
of the same files.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import yaml

from bot.knowledge.files import files_of
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

    def ask() -> None:
        subprocess.run(
            [sys.executable, "-m", "bot", "ask", "belarus"],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    floor, read, process = (
        timed(safe, 3),
        timed(lambda: read_base(DATA, TODAY)),
        timed(ask),
    )
    return [
        ("yaml.safe_load of the base", f"{floor * 1000:.0f} ms", "1", ""),
        (
            "read and validate the base",
            f"{read * 1000:.0f} ms",
            f"{read / floor:.2f}",
            "at most 0.2",
        ),
        (
            "whole process: ally ask belarus",
            f"{process * 1000:.0f} ms",
            f"{process / floor:.2f}",
            "at most 1",
        ),
    ]
