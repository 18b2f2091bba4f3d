"""Starting the command line, against starting Python: processor time, which a busy
machine changes little, by the median of many runs in turn.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

from tests.bench.base import Row

RUNS = 40


def seconds(*words: str) -> float:
    """Processor time of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure() -> list[Row]:
    # The first time, a checkout that was never built is compiled.
    seconds("-m", "bot", "ask", "belarus")
    bare: list[float] = []
    help_: list[float] = []
    asked: list[float] = []
    for _ in range(RUNS):
        bare.append(seconds("-c", "pass"))
        help_.append(seconds("-m", "bot", "--help"))
        asked.append(seconds("-m", "bot", "ask", "belarus"))
    floor, starting = statistics.median(bare), statistics.median(help_)
    asking = statistics.median(asked)
    everybody = seconds("-m", "bot", "ask", "--all", "--json")
    return [
        ("python -c pass", f"{floor * 1000:.0f} ms", "1", ""),
        (
            "ally --help",
            f"{starting * 1000:.0f} ms",
            f"{starting / floor:.1f}",
            "at most 4",
        ),
        (
            "ally ask belarus",
            f"{asking * 1000:.0f} ms",
            f"{asking / floor:.1f}",
            "at most 15",
        ),
        ("ally ask --all --json", f"{everybody:.2f} s", "", "under 2 s"),
    ]
