"""The clock of the tests: it stands still unless a test sets it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.runtime.clock import Clock
from tests.support.bases import TODAY


def noon() -> datetime:
    """Noon of the tests' day, in UTC."""
    return datetime.combine(TODAY, time(12), UTC)


class FrozenClock(Clock):
    """Noon of the tests' day until a test turns it."""

    def __init__(self) -> None:
        self.at = noon()

    def now(self) -> datetime:
        return self.at

    def turn(self, **by: float) -> None:
        """Set it forward, by the words of ``timedelta``: ``days=1``."""
        self.at += timedelta(**by)

    def monotonic(self) -> float:
        return self.at.timestamp()
