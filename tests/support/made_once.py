"""What takes long to make and is only looked at, made once for all workers of a run."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")
PATIENCE = 300.0
"""Seconds that another worker is waited for, on a machine however busy."""


def _folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run; pytest-xdist gives each worker one in it."""
    mine = factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[], Made]
) -> Made:
    """What ``make`` gives, made by whoever is the first to ask under this name.
    TimeoutError if that one never comes to an end.
    """
    kept = _folder(factory) / f"{name}.pickle"
    mine = kept.with_suffix(".begun")
    try:
        mine.touch(exist_ok=False)
    except FileExistsError:
        give_up = time.monotonic() + PATIENCE
        while not kept.exists():
            if time.monotonic() > give_up:
                raise TimeoutError(name) from None
            time.sleep(0.05)
        return pickle.loads(kept.read_bytes())
    made = make()
    whole = kept.with_suffix(".whole")
    whole.write_bytes(pickle.dumps(made))
    whole.replace(kept)
    return made
