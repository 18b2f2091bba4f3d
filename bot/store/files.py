"""Files that only their owner may read: databases, their copies and backups."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Generator
from pathlib import Path

from bot.knowledge.folders import make_private_folder

OWNER_ONLY = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def create_private(path: Path) -> bool:
    """Make an empty file for its owner only; False if there is one already.

    SQLite gives the files that it puts beside a database (``-wal``, ``-shm``) the
    permissions of the database itself.
    """
    make_private_folder(path.parent)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY)
    except FileExistsError:
        return False
    os.close(handle)
    return True


@contextlib.contextmanager
def whole_or_nothing(path: Path) -> Generator[Path]:
    """A file beside ``path``, for its owner only, that takes its place at the end of
    the block; any error leaves nothing behind.
    """
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    create_private(partial)
    try:
        yield partial
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def open_to_others(path: Path) -> list[Path]:
    """Which of a database, its side files and its folder others than its owner may
    use; what is not there is left out.
    """
    beside = sorted(path.parent.glob(f"{path.name}*"))
    looked_at = [*beside, path.parent]
    return [
        each
        for each in looked_at
        if each.exists() and each.stat().st_mode & _OTHERS and os.name == "posix"
    ]
