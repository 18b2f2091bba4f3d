"""Many small cases in one test, of which a failure names its own."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def case(name: str) -> Generator[None]:
    """Whatever fails inside says in which case it did."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"in the case: {name}")
        raise
