"""Where the base is kept: loads it with its name index, and notices when its files
change.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.knowledge.facts import Base
from bot.knowledge.files import files_of
from bot.knowledge.reader import inspect
from bot.names.index import NameIndex, names_of

log = logging.getLogger(__name__)


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    stamps: list[tuple[str, int, int]] = []
    for name, _, path in files_of(root):
        try:
            stat = path.stat()
        except OSError:
            continue
        stamps.append((name, stat.st_mtime_ns, stat.st_size))
    return tuple(stamps)


def changes(
    root: Path, today: Callable[[], date]
) -> Callable[[], tuple[Base, NameIndex] | None]:
    """A function that returns a fresh base when its files have changed and are all
    right, and None otherwise. ``today`` tells the day after which no fact may be.
    """
    seen = _stamp(root)

    def look() -> tuple[Base, NameIndex] | None:
        nonlocal seen
        stamp = _stamp(root)
        if stamp == seen:
            return None
        seen = stamp
        base, problems = inspect(root, today())
        if base is None:
            log.error(
                "the changed base has %d problem(s); the old one goes on serving",
                len(problems),
            )
            for problem in problems[:20]:
                log.error("%s", problem)
            return None
        names = names_of(base)
        names.warm()
        return base, names

    return look
