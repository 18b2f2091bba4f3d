"""In what order a run of several workers tries the tests."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import LONG, ROOMS, WAITING, dealt


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


def test_every_module_that_is_named_is_there_and_named_once() -> None:
    named = (*WAITING, *LONG)
    assert [place for place in named if not Path(ROOMS, place).is_file()] == []
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7, 500])
def test_every_test_is_dealt_once(workers: int) -> None:
    every = items(*LONG * 3, *["names/test_index.py"] * 101, *WAITING, *LONG)
    assert sorted(map(id, dealt(every, workers))) == sorted(map(id, every))


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_one_begins_with_what_waits_and_the_others_with_their_share_of_the_long(
    workers: int,
) -> None:
    every = items(*["names/test_index.py"] * 101, *LONG * 4, *WAITING * 2)
    first, *others = pieces(dealt(every, workers), workers)
    begun = [item.path.relative_to(ROOMS).as_posix() for item in first]
    assert begun[: 2 * len(WAITING)] == [each for each in WAITING for _ in range(2)]
    assert not {*begun} & {*LONG}
    for piece in others:
        is_long = [item.path.relative_to(ROOMS).as_posix() in LONG for item in piece]
        share = len(LONG) * 4 // len(others)
        assert share <= sum(is_long) <= share + 1
        assert is_long == sorted(is_long, reverse=True)
