"""``python -m tests.mutation``: see which faults the tests would not notice.

Leave the code and the tests as they are while it runs: each trial reads them anew.
What it finds is kept, and a run that was stopped goes on where it was. After new tests
``--again`` tries those anew that had survived and have no reason; another ``--seed``
beside the first tries what no test was written for.
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import signal
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.mutation.children import FailedError, load_base, load_libraries
from tests.mutation.kept import Kept
from tests.mutation.mutants import Key, Mutant, mutants_of
from tests.mutation.reach import reach_of
from tests.mutation.report import explained, markdown, stale, unexplained
from tests.mutation.rooms import ROOMS, Room
from tests.mutation.trials import SURVIVED, Trial, prove, trials

ROOT = Path(__file__).resolve().parent.parent.parent
EXPLAINED = Path(__file__).parent / "explained.toml"
PAGE = ROOT / "docs" / "mutation.md"
KEPT = ROOT / "build" / "mutation"
# As tests/support/bases.py has it, which would load code under test.
_TODAY = date(2026, 11, 26)
_HEAD = """\
# Faults that the tests would not notice

Small faults are put into the code, one at a time, and the tests of that room are run on
each. A fault that no test notices survives; a survivor that may stay has its reason.

Written by `{command}`.
Of all faults that could be made a sample is tried, chosen by the seed. On each are run
the tests that reach its line, the quick and special ones first{most}.
A mutant costs the seconds of processor time that the last column says, in the mean.
There are, by room: {sizes}. Rooms left out: {left}.
"""
_MOST = """, and no more than take
{most:g} seconds: what would be noticed later counts as not noticed"""


def all_mutants(root: Path, room: Room) -> list[Mutant]:
    """Every mutant of a room's code."""
    return [
        mutant
        for file in room.files(root)
        for mutant in mutants_of(file, (root / file).read_text("utf-8"))
    ]


def samples(
    found: Sequence[Mutant], seeds: Iterable[int], each: int
) -> Iterator[tuple[int, list[Mutant]]]:
    """For each seed so many mutants (0: all) that no seed before it has chosen."""
    chosen: set[str] = set()
    for seed in seeds:
        left = [mutant for mutant in found if mutant.name not in chosen]
        left.sort(key=lambda mutant: mutant.rank(seed))
        sample = left[: each or len(left)]
        chosen |= {mutant.name for mutant in sample}
        yield seed, sample


def untried(
    kept: Kept, room: Room, chosen: Sequence[Mutant], again: Collection[Key] | None
) -> list[Mutant]:
    """Those of which nothing is kept.

    With ``again``, the reasons that there are, also those that survived without one.
    """
    left: list[Mutant] = []
    for mutant in chosen:
        trial = kept.trial(room.name, mutant)
        survived = trial is not None and trial.outcome in SURVIVED
        anew = again is not None and survived and mutant.key not in again
        if trial is None or anew:
            left.append(mutant)
    return left


def run_room(
    root: Path,
    room: Room,
    chosen: Sequence[Mutant],
    kept: Kept,
    asked: argparse.Namespace,
) -> None:
    """Try these mutants of a room and keep what is found; survivors are told.

    After so many minutes as were asked for (0: no limit) no other is begun; those that
    were begun are waited for, so that what takes long is not left out more often.
    """
    print(f"{room.name}: the tests as they are", flush=True)
    reach = reach_of(root, room, ROOMS, asked.kept)
    proven = asked.kept / f"proven-{reach.name}"
    if not proven.exists():
        prove(root, room, reach)
        proven.touch()
    print(f"{room.name}: {len(chosen)} mutants", flush=True)
    ends = time.monotonic() + (60 * asked.minutes or math.inf)
    most = asked.most or math.inf
    begun = itertools.takewhile(lambda _: time.monotonic() < ends, chosen)
    for trial in trials(root, room, begun, reach, jobs=asked.jobs, most=most):
        kept.add(trial)
        if trial.outcome in SURVIVED:
            key = trial.mutant.key
            print(f"{trial.outcome}: {key.file}:{trial.mutant.first} {key.operator}")
            print(f"    - {key.before}\n    + {key.after}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.mutation", description=__doc__)
    names = [room.name for room in ROOMS]
    parser.add_argument("--room", action="append", choices=names, help="default: all")
    parser.add_argument(
        "--each", type=int, default=80, help="mutants a room (default 80; 0: all)"
    )
    parser.add_argument(
        "--seed",
        type=int,
        action="append",
        help="which mutants (default 1); or several",
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=0,
        help="begin none later in a room (0: no end)",
    )
    parser.add_argument(
        "--most",
        type=float,
        default=60,
        help="seconds of tests a mutant, the likeliest first (default 60; 0: all)",
    )
    # Two a processor: journeys spend most of their time waiting.
    jobs = 2 * (os.cpu_count() or 1)
    parser.add_argument("--jobs", type=int, default=jobs, help=f"at once ({jobs})")
    parser.add_argument(
        "--again", action="store_true", help="try anew what survived without a reason"
    )
    parser.add_argument(
        "--tried", action="store_true", help="only write the page of what was tried"
    )
    parser.add_argument(
        "--kept", type=Path, default=KEPT, help="folder of results (build/mutation)"
    )
    parser.add_argument(
        "--output", type=Path, help="the page (default docs/mutation.md, if all rooms)"
    )
    asked = parser.parse_args()
    asked.seed = asked.seed or [1]
    return asked


def _about(asked: argparse.Namespace, sizes: Mapping[str, int]) -> str:
    """The head of the page: what was tried, and how much of what there is.

    ``sizes`` are the numbers of all mutants of the rooms that were tried.
    """
    named = "".join(f" --room {room}" for room in asked.room or ())
    seeds = "".join(f" --seed {seed}" for seed in asked.seed)
    command = f"python -m tests.mutation{named} --each {asked.each}{seeds}"
    if asked.minutes:
        command += f" --minutes {asked.minutes:g}"
    left = [room.name for room in ROOMS if room.name not in sizes]
    return _HEAD.format(
        command=command,
        most=_MOST.format(most=asked.most) if asked.most else "",
        sizes=", ".join(f"{room} {size}" for room, size in sizes.items()),
        left=", ".join(left) or "none",
    )


def _of_sample(
    room: Room,
    chosen: Sequence[Mutant],
    kept: Kept,
    reasons: Mapping[Key, str],
    asked: argparse.Namespace,
) -> list[Trial]:
    """What is known of these mutants, tried now where that was asked for."""
    left = untried(kept, room, chosen, reasons if asked.again else None)
    if left and not asked.tried:
        run_room(ROOT, room, left, kept, asked)
    tried = (kept.trial(room.name, mutant) for mutant in chosen)
    return [trial for trial in tried if trial is not None]


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave by an exception, so that the running trials are ended as well."""
    sys.exit("stopped before the end")


def main() -> int:
    """Run what was asked for; 1 if a survivor has no reason or a reason no mutant."""
    asked = _arguments()
    reasons = explained(EXPLAINED)
    rooms = [room for room in ROOMS if not asked.room or room.name in asked.room]
    signal.signal(signal.SIGTERM, _stop)
    asked.kept.mkdir(parents=True, exist_ok=True)
    kept = Kept(ROOT, asked.kept / "trials.jsonl")
    load_libraries(asked.kept / "compiled")
    load_base(ROOT / "data", _TODAY)
    done: list[Trial] = []
    known: set[Key] = set()
    files: set[str] = set()
    sizes: dict[str, int] = {}
    for room in rooms:
        files |= set(room.files(ROOT))
        found = all_mutants(ROOT, room)
        known |= {mutant.key for mutant in found}
        for seed, chosen in samples(found, asked.seed, asked.each):
            tried = _of_sample(room, chosen, kept, reasons, asked)
            if tried:
                sizes[room.name] = len(found)
            name = room.name if len(asked.seed) == 1 else f"{room.name}, seed {seed}"
            done += [replace(trial, room=name) for trial in tried]
    page = "\n".join(markdown(done, reasons, _about(asked, sizes))) + "\n"
    print(page)
    output = asked.output or (None if asked.room else PAGE)
    if output is not None:
        output.write_text(page, "utf-8")
    left = unexplained(done, reasons)
    print(f"{len(left)} survivors have no reason")
    gone = stale(reasons, known, files)
    for key in gone:
        print(f"a reason for what is not in the code any more: {key}")
    return 1 if left or gone else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FailedError as error:
        sys.exit(str(error))
