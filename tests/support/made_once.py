"""What takes long to make and is only looked at, made once for all workers of a run."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Made = TypeVar("Made")


def _folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run; pytest-xdist gives each worker one in it."""
    mine = factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[], Made]
) -> Made:
    """What ``make`` gives, made by whoever is the first to ask under this name."""
    kept = _folder(factory) / f"{name}.pickle"
    with FileLock(kept.with_suffix(".lock")):
        if not kept.is_file():
            kept.write_bytes(pickle.dumps(make()))
    return pickle.loads(kept.read_bytes())
