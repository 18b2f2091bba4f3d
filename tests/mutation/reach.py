"""Which lines each test of a room reaches, and how long it takes: what to run on whom.

Tests are recorded a file at a time, for all rooms that it belongs to, and kept by the
file's digest, so that a test that was added costs no new record of the others.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import json
import math
import os
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import coverage
import pytest

from tests.mutation.children import (
    FailedError,
    ended_well,
    forked,
    module_of,
    run_pytest,
    working_folder,
)
from tests.mutation.mutants import UNCHANGED, Mutant
from tests.mutation.rooms import Room

_OUTSIDE = ""
"""Coverage's name for what ran outside a test: on loading, or in a shared fixture."""
_FOUND = "reach.json"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a room's tests took and reached: seconds a test, and lines of each file.

    ``seconds`` are the processor's and ``clock`` those of the clock, on a machine that
    may have been busy. ``outside`` are the lines that ran on loading or in a fixture
    that tests share; ``name`` changes with the code and the tests.
    """

    name: str

    seconds: Mapping[str, float]
    clock: Mapping[str, float]
    lines: Mapping[str, Mapping[str, frozenset[int]]]
    outside: Mapping[str, frozenset[int]]

    def tests_of(self, mutant: Mutant, most: float = math.inf) -> list[str]:
        """The tests that run any line of the mutant's statement.

        First those that are quick and reach little of the file: they are the likeliest
        to say something of this line, and cost least. No more than take ``most``
        seconds, but one. The control needs all of them.
        """
        file = mutant.key.file
        touched = frozenset(range(mutant.first, mutant.last + 1))
        reached = {test: of.get(file, frozenset()) for test, of in self.lines.items()}
        found = {test for test, lines in reached.items() if lines & touched}
        if self.outside.get(file, frozenset()) & touched:
            found = set(self.seconds)
        if mutant.number == UNCHANGED:
            found = set(self.seconds)
        everything = 1 + max((len(lines) for lines in reached.values()), default=0)

        def cost(test: str) -> tuple[float, str]:
            share = len(reached[test]) or everything
            return self.seconds[test] * share, test

        tests = sorted(found, key=cost)
        took = accumulate(self.seconds[test] for test in tests)
        return [
            test
            for place, (test, until) in enumerate(zip(tests, took, strict=True))
            if place == 0 or until <= most
        ]


@dataclass(frozen=True, slots=True)
class _Part:
    """A file of tests, the code on which it is looked at, and pytest's options."""

    test: str
    code: tuple[str, ...]
    options: tuple[str, ...]

    def name(self, root: Path) -> str:
        """What changes when the tests or the code do."""
        digest = _digest(root / file for file in (self.test, *self.code))
        return hashlib.sha256(f"{self} {digest}".encode()).hexdigest()[:20]


class _Recorder:
    """Tell coverage which test runs, and note how long each takes."""

    def __init__(self, measured: coverage.Coverage, code: Iterable[str]) -> None:
        self._measured = measured
        self._modules = {module_of(file) for file in code}
        self._test = _OUTSIDE
        self.seconds: dict[str, float] = {}
        self.clock: dict[str, float] = defaultdict(float)

    def _switch(self, test: str) -> None:
        self._test = test
        self._measured.switch_context(test)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        # What an earlier test left in a cache would hide that this one needs it too.
        for found in gc.get_objects():
            if isinstance(found, functools._lru_cache_wrapper):
                cache = cast("functools._lru_cache_wrapper[Any]", found)
                if cache.__module__ in self._modules:
                    cache.cache_clear()
        self._switch(item.nodeid)
        began = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - began
            self._switch(_OUTSIDE)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any]
    ) -> Generator[None, Any, Any]:
        test = self._test
        if fixturedef.scope != "function":
            self._switch(_OUTSIDE)
        try:
            return (yield)
        finally:
            self._switch(test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.clock[report.nodeid] += report.duration


def _lines_by_test(
    data: coverage.CoverageData, root: Path, files: Iterable[str]
) -> dict[str, dict[str, list[int]]]:
    """For each test (and for what ran outside one) the lines of each file."""
    found: dict[str, dict[str, list[int]]] = {_OUTSIDE: {}}
    for file in files:
        for line, tests in data.contexts_by_lineno(str(root / file)).items():
            for test in tests:
                found.setdefault(test, {}).setdefault(file, []).append(line)
    return found


def _record(root: Path, part: _Part, folder: Path) -> None:
    """In a child: run a file of tests and write what they reached."""
    files = part.code
    measured = coverage.Coverage(
        data_file=None,
        config_file=False,
        include=[str(root / file) for file in files],
        concurrency=["thread", "greenlet"],
    )
    recorder = _Recorder(measured, files)
    measured.start()
    status = run_pytest(root, (*part.options, part.test), recorder, folder)
    measured.stop()
    # A file of which the room's options leave no test reaches nothing.
    if status in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        lines = _lines_by_test(measured.get_data(), root, files)
        took = {"seconds": recorder.seconds, "clock": recorder.clock}
        found = {**took, "lines": lines}
        (folder / _FOUND).write_text(json.dumps(found), "utf-8")
        status = 0
    os._exit(status)


def _recorded(root: Path, room: Room, part: _Part) -> Mapping[str, Any]:
    """What a file of tests takes and reaches; FailedError if one fails as it is."""
    with working_folder() as folder:
        child = forked(_record, root, part, folder)
        if not ended_well(child):
            raise FailedError(room, folder)
        return json.loads((folder / _FOUND).read_text("utf-8"))


def _digest(paths: Iterable[Path]) -> str:
    text = hashlib.sha256()
    for path in paths:
        text.update(hashlib.sha256(path.read_bytes()).digest())
    return text.hexdigest()


def reach_of(
    root: Path, room: Room, rooms: Iterable[Room] = (), kept: Path | None = None
) -> Reach:
    """What the tests of a room reach; FailedError if they fail as they are.

    What was recorded is kept in the folder ``kept`` and used again for a file of tests
    that has not changed, while the code of the ``rooms`` that it belongs to has not.
    """
    parts: dict[str, Mapping[str, Any]] = {}
    for test in room.test_files(root):
        sharing = [each for each in rooms if each.shares(test, room, root)] or [room]
        code = dict.fromkeys(file for each in sharing for file in each.files(root))
        part = _Part(test, tuple(code), room.options)
        name = part.name(root)
        file = None if kept is None else kept / f"reach-{name}.json"
        if file is not None and file.exists():
            parts[name] = json.loads(file.read_text("utf-8"))
            continue
        parts[name] = _recorded(root, room, part)
        if file is not None:
            file.write_text(json.dumps(parts[name]), "utf-8")
    return _joined(parts)


def _joined(parts: Mapping[str, Mapping[str, Any]]) -> Reach:
    seconds: dict[str, float] = {}
    clock: dict[str, float] = {}
    lines: dict[str, dict[str, frozenset[int]]] = {}
    outside: dict[str, frozenset[int]] = {}
    for part in parts.values():
        seconds |= part["seconds"]
        clock |= part["clock"]
        for test, files in part["lines"].items():
            reached = {file: frozenset(found) for file, found in files.items()}
            if test != _OUTSIDE:
                lines[test] = reached
                continue
            for file, found in reached.items():
                outside[file] = outside.get(file, frozenset()) | found
    for test in seconds:
        lines.setdefault(test, {})
    name = hashlib.sha256("".join(parts).encode()).hexdigest()[:20]
    return Reach(name, seconds, clock, lines, outside)
