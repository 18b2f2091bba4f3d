"""How long a process has done nothing, by the kernel's count and not by the clock.

On a busy machine a process stands in the queue for a processor; a limit by the clock
would end it for that. Linux tells of each thread how long it ran and how long it stood
in the queue (``/proc/PID/task/TID/schedstat``); what is left of the clock is idleness.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

_PROC = Path("/proc")


def _family(pid: int) -> Iterator[int]:
    """A process and whatever it started and still runs."""
    yield pid
    with suppress(psutil.NoSuchProcess):
        for child in psutil.Process(pid).children(recursive=True):
            yield child.pid


def _wanted(pid: int) -> Iterator[tuple[Path, int]]:
    """Nanoseconds in which each thread ran or waited for a processor."""
    for each in _family(pid):
        # Whatever ends while it is looked at is left out.
        with suppress(OSError):
            for thread in (_PROC / str(each) / "task").iterdir():
                with suppress(OSError, ValueError):
                    ran, queued, _ = (thread / "schedstat").read_text().split()
                    yield thread, int(ran) + int(queued)


class Idleness:
    """The seconds in which a process, and what it started, wanted no processor.

    Where the kernel does not tell, they are the seconds of the clock.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._looked = time.monotonic()
        self._wanted: Mapping[Path, int] = {}
        self._idle = 0.0

    def seconds(self) -> float:
        """The idle seconds since it was made; to be asked again every second or so."""
        now, wanted = time.monotonic(), dict(_wanted(self._pid))
        busy = sum(
            nanoseconds - self._wanted.get(thread, 0)
            for thread, nanoseconds in wanted.items()
        )
        self._idle += max(0.0, now - self._looked - busy / 1e9)
        self._looked, self._wanted = now, wanted
        return self._idle
