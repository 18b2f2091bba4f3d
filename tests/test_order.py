"""In what order a run of several workers tries the tests."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import LONG, ROOMS, dealt


def items(*places: str) -> list[Any]:
    return [SimpleNamespace(path=ROOMS / place) for place in places]


def pieces(ordered: list[Any], workers: int) -> list[list[Any]]:
    """What each worker is given at first, as xdist's worksteal cuts the list."""
    given = list[list[Any]]()
    for worker in range(workers):
        size = len(ordered) // (workers - worker)
        given.append(ordered[:size])
        ordered = ordered[size:]
    return given


def test_every_module_of_long_tests_is_there() -> None:
    assert [place for place in LONG if not Path(ROOMS, place).is_file()] == []


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7, 500])
def test_every_test_is_dealt_once(workers: int) -> None:
    every = items(*LONG * 3, *["names/test_index.py"] * 101, *LONG)
    assert sorted(map(id, dealt(every, workers))) == sorted(map(id, every))


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_each_worker_begins_with_its_share_of_the_long_tests(workers: int) -> None:
    every = items(*["names/test_index.py"] * 101, *LONG * 4)
    for piece in pieces(dealt(every, workers), workers):
        is_long = [item.path.relative_to(ROOMS).as_posix() in LONG for item in piece]
        share = len(LONG) * 4 // workers
        assert share <= sum(is_long) <= share + 1
        assert is_long == sorted(is_long, reverse=True)
