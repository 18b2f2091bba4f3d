"""What time it is: this machine's clock, and Discord's, told by what Discord sends."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

_EVIDENCE_SECONDS = 1_800.0


class Clock:
    """The machine's time, in UTC. Nothing else in Ally asks the machine for it.

    Whoever needs the day or the time is handed a clock, or one of its methods.
    """

    def now(self) -> datetime:
        """The time, with UTC as its zone."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day in UTC, in which all of Ally's days are."""
        return self.now().date()

    def monotonic(self) -> float:
        """Seconds that only run forward, from a point that says nothing."""
        return time.monotonic()


SYSTEM_CLOCK = Clock()
"""The clock of a running program. The command line hands it to what it builds."""


class ServerClock:
    """Discord's time, told by Discord's own stamps: a machine's clock may be wrong, or
    be set while the bot runs.

    Each stamp (an id, a signed header, a response's Date) says that it is at least so
    late. The highest of the last half hour is carried on by ``tick``, seconds that only
    run forward.
    """

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self.forget()

    def forget(self) -> None:
        """Begin anew, knowing nothing."""
        self._before = self._recent = self._ahead = float("-inf")
        self._turn = self._tick() + _EVIDENCE_SECONDS

    def heard(self, stamp: float) -> None:
        """Take a stamp of Discord's, in seconds since 1970, into account."""
        now = self._tick()
        ahead = stamp - now
        if now >= self._turn:
            # Whatever is older than two turns says nothing any more: even good clocks
            # drift.
            self._before = (
                self._recent if now < self._turn + _EVIDENCE_SECONDS else float("-inf")
            )
            self._recent, self._turn = ahead, now + _EVIDENCE_SECONDS
        elif ahead > self._recent:
            self._recent = ahead
        self._ahead = max(self._before, self._recent)

    def age(self, stamp: float) -> float:
        """How many seconds ago a stamp was made, at least; below zero for one that is
        ahead of all that was heard.
        """
        return self._tick() + self._ahead - stamp
