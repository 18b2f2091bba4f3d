"""Running a room's tests on its mutants, each in a forked process.

A mutant is put in its module's place from memory: no file is ever changed.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import math
import os
import resource
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import CodeType
from typing import Literal

import psutil
import pytest

from tests.mutation.children import (
    FailedError,
    end,
    ended_well,
    forked,
    module_of,
    run_pytest,
    working_folder,
)
from tests.mutation.idleness import Idleness
from tests.mutation.mutants import Mutant, control, mutated_tree
from tests.mutation.reach import Reach
from tests.mutation.rooms import Room

Outcome = Literal["killed", "timeout", "survived", "not reached"]
SURVIVED: frozenset[Outcome] = frozenset(("survived", "not reached"))

_BROKEN = 70
"""Exit status of a child in which no mutant could be tried."""
_MEMORY = 4 << 30
"""Bytes that a mutant may take: an endless list ends the test and not the machine."""
_AN_HOUR = 3600
_PROOF = 60.0
"""Seconds of tests that are run without a mutant, as they were recorded."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what the tests said, last and when it was first tried.

    ``processor`` is the processor's time that the last trial took, in seconds.
    """

    room: str
    mutant: Mutant
    outcome: Outcome
    processor: float = 0
    first: Outcome | None = None


class _Chosen:
    """Run these tests alone, in this order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._order = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self._order]
        items.sort(key=lambda item: self._order[item.nodeid])


class _MutantLoader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: Path, number: int) -> None:
        super().__init__(name, str(path))
        self._number = number

    def get_code(self, fullname: str) -> CodeType:
        tree = mutated_tree(Path(self.path).read_text("utf-8"), self._number)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return compile(tree, self.path, "exec", dont_inherit=True)


class _MutantFinder(importlib.abc.MetaPathFinder):
    """Find the one mutated module; Python finds all others as ever."""

    def __init__(self, root: Path, mutant: Mutant) -> None:
        self._path = root / mutant.key.file
        self.name = module_of(mutant.key.file)
        self._loader = _MutantLoader(self.name, self._path, mutant.number)

    def find_spec(
        self, fullname: str, _path: object, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=self._loader
        )


def _try(
    root: Path, mutant: Mutant, tests: Sequence[str], seconds: int, folder: Path
) -> None:
    """In a child: run tests on a mutant and leave with pytest's exit status.

    Leaves with ``_BROKEN`` if the mutant could not be put in the module's place.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    finder = _MutantFinder(root, mutant)
    if finder.name in sys.modules:
        os._exit(_BROKEN)
    sys.meta_path.insert(0, finder)
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    os._exit(run_pytest(root, files, _Chosen(tests), folder))


@dataclass(frozen=True, slots=True)
class _Running:
    process: BaseProcess
    mutant: Mutant
    most_idle: float
    idleness: Idleness
    folder: tempfile.TemporaryDirectory[str]

    def stop(self) -> None:
        """End the child if it has not ended, and remove its files."""
        end(self.process)
        self.folder.cleanup()

    def processor(self) -> float:
        """Seconds of the processor that the child has used, also when it has ended."""
        try:
            used = psutil.Process(self.process.pid).cpu_times()
        except psutil.NoSuchProcess:
            return 0
        return used.user + used.system + used.children_user + used.children_system

    def runs(self) -> bool:
        """Whether it has not ended, without asking how it ended."""
        has_ended = wait([self.process.sentinel], timeout=0)
        return not has_ended and self.idleness.seconds() < self.most_idle

    def outcome(self) -> Outcome:
        """What the tests said, of what has ended or idled too long."""
        self.stop()
        status = self.process.exitcode
        if status is None or status == _BROKEN:
            raise RuntimeError(f"{self.mutant.key.file} was loaded before its mutant")
        # Where the mutant made its tests vanish, no test has noticed it.
        if status in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return "survived"
        return "killed" if status > 0 else "timeout"


def trials(
    root: Path,
    room: Room,
    mutants: Iterable[Mutant],
    reach: Reach,
    *,
    jobs: int,
    spare: int = 10,
    most: float = math.inf,
) -> Iterator[Trial]:
    """Run the tests on each mutant, ``jobs`` at a time; trials come as they end.

    Of its tests a mutant gets the first that take ``most`` seconds in all.
    A trial may take three times the processor's time of its tests and ``spare``
    seconds, and idle three times as long as they took by the clock; how long it stands
    in the queue for a processor does not count, since the machine may be busy.
    """
    running: list[_Running] = []
    waiting = iter(mutants)
    try:
        while True:
            while len(running) < jobs and (mutant := next(waiting, None)) is not None:
                tests = reach.tests_of(mutant, most)
                if not tests:
                    yield Trial(room.name, mutant, "not reached")
                    continue
                limits = _Limits.of(tests, reach, spare)
                running.append(_started(root, mutant, tests, limits))
            if not running:
                return
            wait([each.process.sentinel for each in running], timeout=1)
            yield from _ended(running, room)
    finally:
        for each in running:
            each.stop()


@dataclass(frozen=True, slots=True)
class _Limits:
    """Seconds that a trial may take: of the processor, and of doing nothing."""

    processor: int
    idle: float

    @classmethod
    def of(cls, tests: Sequence[str], reach: Reach, spare: int) -> _Limits:
        """Three times what these tests took, and something to spare."""
        processor, clock = (
            spare + 3 * sum(took[test] for test in tests)
            for took in (reach.seconds, reach.clock)
        )
        return cls(math.ceil(processor), clock)


def _started(
    root: Path, mutant: Mutant, tests: Sequence[str], limits: _Limits
) -> _Running:
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    process = forked(_try, root, mutant, tests, limits.processor, Path(folder.name))
    assert process.pid is not None
    return _Running(process, mutant, limits.idle, Idleness(process.pid), folder)


def _ended(running: list[_Running], room: Room) -> Iterator[Trial]:
    """Take those that have ended out of the list."""
    for each in list(running):
        if not each.runs():
            running.remove(each)
            processor = each.processor()
            yield Trial(room.name, each.mutant, each.outcome(), processor)


def prove(root: Path, room: Room, reach: Reach) -> None:
    """Run tests where mutants are tried, without one; FailedError if one fails.

    They passed when they were recorded, but in their own order and under coverage. It
    is a minute's worth of those that are run first, and thus on most mutants.
    """
    file = next(room.files(root))
    tests = reach.tests_of(control(file), _PROOF)
    with working_folder() as folder:
        child = forked(_try, root, control(file), tests, _AN_HOUR, folder)
        if not ended_well(child):
            raise FailedError(room, folder)
