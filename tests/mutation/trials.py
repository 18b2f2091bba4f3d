"""Running the tests in forked processes: once to see what they reach, then on mutants.

The parent loads the libraries, never the code under test: each child forks from it,
loads the code (with its mutant, from memory: no file is ever changed) and runs pytest.
"""

from __future__ import annotations

import functools
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import CodeType
from typing import Any, Literal, cast

import coverage
import pytest

from tests.mutation.mutants import UNCHANGED, Mutant, control, mutated_tree
from tests.mutation.rooms import Room

Outcome = Literal["killed", "timeout", "survived", "not reached"]

_LIBRARIES = (
    "simcord",
    "discord.ext.commands",
    "sqlalchemy.ext.asyncio",
    "aiosqlite",
    "alembic.command",
    "babel.dates",
    "rapidfuzz",
    "hypothesis",
    "pydantic",
)
_EVERY_TEST = ""
"""Coverage's name for what ran outside a test: on loading, or in a shared fixture."""
_BROKEN = 70
"""Exit status of a child in which no mutant could be tried."""
_SAID = "said"
_REACH = "reach.json"
_MEMORY = 4 << 30
"""Bytes that a mutant may take: an endless list ends the test and not the machine."""
_PYTEST = (
    "-q",
    "-x",
    "-pno:cacheprovider",
    "-Wignore::pytest.PytestAssertRewriteWarning",
)


class FailedError(Exception):
    """The tests of a room fail without a mutant, so they cannot tell of any."""

    def __init__(self, room: Room, said: str) -> None:
        super().__init__(f"{said[-3000:]}\nthe tests of {room.name} fail as they are")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a room's tests took and reached: seconds a test, and the tests of a line."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, frozenset[str]]]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run any line of the mutant's statement, the quickest first.

        The control needs all of them.
        """
        lines = self.lines[mutant.key.file]
        touched = range(mutant.first, mutant.last + 1)
        found = {test for line in touched for test in lines.get(line, ())}
        if _EVERY_TEST in found or mutant.number == UNCHANGED:
            found = set(self.seconds)
        return sorted(found, key=lambda test: (self.seconds[test], test))


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what the tests said."""

    room: str
    mutant: Mutant
    outcome: Outcome


def load_libraries() -> None:
    """Load what every child would load; a library that is not there is left out."""
    for name in _LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(name)


class _Patient:
    """Wait longer for the simulated Discord: a busy machine must not kill a mutant."""

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        item.add_marker(pytest.mark.simcord(settle_timeout=60.0))


class _Recorder(_Patient):
    """Tell coverage which test runs, and note how long each takes."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._measured = measured
        self._test = _EVERY_TEST
        self.seconds: dict[str, float] = defaultdict(float)

    def _switch(self, test: str) -> None:
        self._test = test
        self._measured.switch_context(test)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        # What an earlier test left in a cache would hide that this one needs it too.
        for found in gc.get_objects():
            if isinstance(found, functools._lru_cache_wrapper):
                cast("functools._lru_cache_wrapper[Any]", found).cache_clear()
        self._switch(item.nodeid)
        try:
            return (yield)
        finally:
            self._switch(_EVERY_TEST)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, Any, Any]:
        test = self._test
        if fixturedef.scope != "function":
            self._switch(_EVERY_TEST)
        try:
            return (yield)
        finally:
            self._switch(test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


class _Chosen(_Patient):
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
        parts = Path(mutant.key.file).with_suffix("").parts
        self.name = ".".join(parts).removesuffix(".__init__")
        self._loader = _MutantLoader(self.name, self._path, mutant.number)

    def find_spec(
        self, fullname: str, _path: object, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=self._loader
        )


def _run_pytest(root: Path, asked: Iterable[str], plugin: object, folder: Path) -> int:
    """Run pytest as asked, on whole files or folders; what it says goes to a file.

    The file lies in ``folder``, as do the tests' temporary folders: pytest's usual
    place keeps three runs and deletes the others, also those that have not ended.
    Returns pytest's exit status.
    """
    # What the tests start belongs to this group, and is ended with it.
    os.setsid()
    with (folder / _SAID).open("w", encoding="utf-8") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        # Where the parent is itself under pytest, its streams lead elsewhere.
        sys.stdout = sys.stderr = output
        os.chdir(root)
        sys.path.insert(0, str(root))
        place = f"--basetemp={folder / 'tests'}"
        arguments = [*_PYTEST, f"--rootdir={root}", place, *asked]
        return int(pytest.main(arguments, plugins=[plugin]))


def _record(root: Path, room: Room, folder: Path) -> None:
    """In a child: run all tests of a room and write what they reached."""
    measured = coverage.Coverage(
        data_file=None,
        config_file=False,
        include=[str(root / file) for file in room.files(root)],
        concurrency=["thread", "greenlet"],
    )
    recorder = _Recorder(measured)
    measured.start()
    status = _run_pytest(root, (*room.options, *room.tests), recorder, folder)
    measured.stop()
    data = measured.get_data()
    lines = {f: data.contexts_by_lineno(str(root / f)) for f in room.files(root)}
    if status == 0:
        found = {"seconds": recorder.seconds, "lines": lines}
        (folder / _REACH).write_text(json.dumps(found), "utf-8")
    os._exit(status)


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
    os._exit(_run_pytest(root, files, _Chosen(tests), folder))


def reach_of(root: Path, room: Room) -> Reach:
    """What the tests of a room reach; FailedError if they fail as they are."""
    with tempfile.TemporaryDirectory() as folder:
        child = _forked(_record, root, room, Path(folder))
        try:
            child.join()
        finally:
            _end(child)
        if child.exitcode != 0:
            raise FailedError(room, Path(folder, _SAID).read_text("utf-8", "replace"))
        found = json.loads(Path(folder, _REACH).read_text("utf-8"))
    lines = {
        file: {int(line): frozenset(tests) for line, tests in by_line.items()}
        for file, by_line in found["lines"].items()
    }
    return Reach(found["seconds"], lines)


def _forked(target: Callable[..., None], *arguments: object) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    process.start()
    return process


def _end(process: BaseProcess) -> None:
    """End a child, if it has not ended, and whatever it started."""
    assert process.pid is not None
    process.kill()
    process.join()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class _Running:
    process: BaseProcess
    mutant: Mutant
    ends: float
    folder: tempfile.TemporaryDirectory[str]

    def stop(self) -> None:
        """End the child if it has not ended, and remove its files."""
        _end(self.process)
        self.folder.cleanup()

    def outcome(self) -> Outcome | None:
        """What the tests said; None while they run."""
        if self.process.is_alive() and time.monotonic() < self.ends:
            return None
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
) -> Iterator[Trial]:
    """Run the tests on each mutant, ``jobs`` at a time; trials come as they end.

    A trial may take three times the processor's time of its tests and ``spare``
    seconds, and by the clock six times as much, since the machine may be busy.
    FailedError if the tests fail on the code as it is.
    """
    running: list[_Running] = []
    waiting = iter([control(next(room.files(root))), *mutants])
    try:
        while True:
            while len(running) < jobs and (mutant := next(waiting, None)) is not None:
                tests = reach.tests_of(mutant)
                if not tests:
                    yield Trial(room.name, mutant, "not reached")
                    continue
                limit = spare + round(3 * sum(reach.seconds[test] for test in tests))
                running.append(_started(root, mutant, tests, limit))
            if not running:
                return
            wait([each.process.sentinel for each in running], timeout=1)
            for trial in _ended(running, room):
                if trial.mutant.number != UNCHANGED:
                    yield trial
                elif trial.outcome != "survived":
                    raise FailedError(room, "They passed once, and then did not.")
    finally:
        for each in running:
            each.stop()


def _started(root: Path, mutant: Mutant, tests: Sequence[str], limit: int) -> _Running:
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    process = _forked(_try, root, mutant, tests, limit, Path(folder.name))
    return _Running(process, mutant, time.monotonic() + 6 * limit, folder)


def _ended(running: list[_Running], room: Room) -> Iterator[Trial]:
    """Take those that have ended out of the list."""
    for each in list(running):
        outcome = each.outcome()
        if outcome is not None:
            running.remove(each)
            yield Trial(room.name, each.mutant, outcome)
