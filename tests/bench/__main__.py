"""Run all measurements, print one table, and write docs/performance.md anew.

``python -m tests.bench [ROOM …] [--write PAGE]``. Each room runs in a process of its
own for ten minutes at most; one that fails says so in a row, and the others go on. Some
rooms alone take the places of theirs in the newest whole table, if one is kept, and say
so. The page also has the newest results of `tests.bench.soak` and of
`tests.bench.million`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import page, results
from tests.bench.base import Row

ROOMS = {
    "start": "Starting the command line",
    "base": "Reading the base",
    "names": "Names",
    "search": "Searching the facts",
    "fresh": "Questions of the quiz, and what has changed",
    "parts": "The parts of one answer",
    "gateway": "On the gateway, beside a bare discord.py command",
    "http": "Over HTTP, beside a bare signed handler",
    "loop": "The longest time on the event loop in one go",
    "memory": "Memory",
    "languages": "In other languages",
    "pictures": "Pictures",
    "servers": "Servers' own entries",
    "growth": "What grows",
}
"""The measurements and what the page calls them."""
SECONDS = 600.0
"""How long one of them may take."""
_MARK = "rows: "
_ONE = "--measure"


@dataclass(frozen=True, slots=True)
class Run:
    """What one measurement found, and the seconds that it took."""

    rows: list[Row]
    seconds: float


def measured(name: str, seconds: float = SECONDS) -> Run:
    """One measurement, in a process of its own; a row that says why if it failed."""
    begun = time.perf_counter()
    words = [sys.executable, "-m", "tests.bench", _ONE, name]
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        rows: list[Row] = [(name, f"not done after {seconds:.0f} s", "", "")]
    else:
        rows = _rows_of(name, done)
    return Run(rows, time.perf_counter() - begun)


def _rows_of(name: str, done: subprocess.CompletedProcess[str]) -> list[Row]:
    for line in reversed(done.stdout.splitlines()):
        if line.startswith(_MARK):
            return [tuple(row) for row in json.loads(line.removeprefix(_MARK))]
    last = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
    return [(name, "failed", last[:200], "")]


def _measure_here(name: str) -> None:
    rows = importlib.import_module(f"tests.bench.{name}").measure()
    sys.stdout.write(f"{_MARK}{json.dumps(rows)}\n")


def _print(runs: dict[str, Run]) -> None:
    table = Table("what", "figure", "ratio", "goal")
    for run in runs.values():
        for row in run.rows:
            table.add_row(*row)
    Console(width=120).print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("rooms", nargs="*", help="only these; all if none are named")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write this page")
    parser.add_argument(_ONE, choices=ROOMS, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.measure:
        _measure_here(asked.measure)
        return
    if unknown := set(asked.rooms) - ROOMS.keys():
        parser.error(f"no measurement is called {', '.join(sorted(unknown))}")
    machine, begun = results.machine(), time.perf_counter()
    runs: dict[str, Run] = {}
    for name in asked.rooms or ROOMS:
        runs[name] = measured(name)
        sys.stderr.write(f"{name}: {runs[name].seconds:.0f} s\n")
    _print(runs)
    found = {
        "date": results.today(),
        "machine": machine,
        "seconds": time.perf_counter() - begun,
        "rooms": [[ROOMS[name], runs[name].rows] for name in runs],
    }
    before = results.kept("table") if asked.rooms else None
    if before:
        found = page.renewed(before, found)
    if before or not asked.rooms:
        results.keep("table", dict(found), silent=True)
    if asked.write:
        asked.write.write_text(page.written(found), encoding="utf-8")


if __name__ == "__main__":
    main()
