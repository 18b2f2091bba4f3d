"""Folders that only their owner may use."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

OWNER_ONLY_FOLDER = 0o700


def make_private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, for their owner only."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):
            # With parents=True the mode would hold for the last one alone.
            each.mkdir(mode=OWNER_ONLY_FOLDER)
