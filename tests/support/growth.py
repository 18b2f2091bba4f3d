"""How work grows with its input, measured so that a busy machine changes nothing."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from time import thread_time
from typing import Any

_TRIES = 3
_SMALLEST = 0.002
"""Seconds; a smaller time is mostly the clock's and the caches'."""
_LENGTHENED = 16
_MOST_TIME = 64.0
"""Sixteen times the input is sixteen times the work where it is linear, and 256 times
where it is quadratic: what lies between leaves room for a machine that is busy.
"""
_MOST_CALLS = 2.3
"""Twice the input is at most twice the calls, and four times where it is quadratic."""
_FEW_CALLS = 300
"""Calls that are made once, whatever the input."""


def calls(work: Callable[[Any], object], given: Any) -> int:
    """How many functions are called: the same on every machine, busy or not."""
    count = 0

    def see(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(see)
    try:
        work(given)
    finally:
        sys.setprofile(None)
    return count


def seconds(
    work: Callable[[Any], object], given: Any, enough: float = _SMALLEST
) -> float:
    """The least of this thread's own processor time in several runs, for what happens
    inside one call; other processes' time is not in it. No more runs are made once one
    took at most ``enough``.
    """
    best = float("inf")
    gc.disable()
    try:
        for _ in range(_TRIES):
            begin = thread_time()
            work(given)
            best = min(best, thread_time() - begin)
            if best <= enough:
                break
    finally:
        gc.enable()
    return best


def is_linear(
    make: Callable[[int], Any], work: Callable[[Any], object], most: int
) -> None:
    """Fails where the work on an input of up to ``most`` grows faster than the input:
    by the calls that are made, and by the time of each.
    """
    work(make(most >> 5))
    once, twice = (calls(work, make(size)) for size in (most >> 4, most >> 3))
    assert twice <= _MOST_CALLS * once + _FEW_CALLS, (once, twice)
    short = max(seconds(work, make(most // _LENGTHENED)), _SMALLEST)
    long = seconds(work, make(most), _MOST_TIME * short)
    assert long <= _MOST_TIME * short, (short, long)
