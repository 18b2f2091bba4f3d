"""Children: forked processes that load the code under test and run pytest on it.

The parent loads the libraries, never the code under test: each child forks from it,
loads the code and runs pytest; what pytest says goes to a file.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.mutation.rooms import Room

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
_SAID = "said"
_PYTEST = (
    "-q",
    "-x",
    "-pno:cacheprovider",
    # What a failed assertion held is of no interest, and costs a second to prepare.
    "--assert=plain",
)


class FailedError(Exception):
    """The tests of a room fail without a mutant, so they cannot tell of any."""

    def __init__(self, room: Room, folder: Path) -> None:
        said = (folder / _SAID).read_text("utf-8", "replace")[-3000:]
        super().__init__(f"{said}\nthe tests of {room.name} fail as they are")


def module_of(file: str) -> str:
    """The module's name of a file relative to the root."""
    name = ".".join(Path(file).with_suffix("").parts)
    return name.removesuffix(".__init__")


def load_libraries(compiled: Path | None = None) -> None:
    """Load what every child would load; a library that is not there is left out.

    Compiled modules go to the folder ``compiled`` for the children to share.
    """
    if compiled is not None:
        sys.pycache_prefix = str(compiled)
        sys.dont_write_bytecode = False
    for name in _LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(name)


def load_base(data: Path, today: date) -> None:
    """Read the shipped base once and give it to every child that asks for it.

    Loads bot/knowledge, which is therefore no room of the mutants.
    """
    reader = importlib.import_module("bot.knowledge.reader")
    read, base = reader.read_base, reader.read_base(data, today)

    def read_base(root: Path, day: date) -> object:
        """The base that was read already, or another one."""
        return base if (root, day) == (data, today) else read(root, day)

    vars(reader)["read_base"] = read_base
    # Nothing of this ends before the children do: they need not look it through.
    gc.freeze()


@contextmanager
def working_folder() -> Generator[Path]:
    """A folder for a child's files."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def forked(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """A child that runs this, and leaves by itself."""
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    process.start()
    return process


def end(process: BaseProcess) -> None:
    """End a child, if it has not ended, and whatever it started."""
    assert process.pid is not None
    process.kill()
    process.join()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def ended_well(process: BaseProcess) -> bool:
    """Wait for a child's end; whether its status was 0."""
    try:
        process.join()
    finally:
        end(process)
    return process.exitcode == 0


def run_pytest(root: Path, asked: Iterable[str], plugin: object, folder: Path) -> int:
    """In a child: run pytest as asked, on whole files or folders.

    What it says goes to a file in ``folder``, and there lie the tests' temporary
    folders: pytest's usual place keeps three runs and deletes the others, also those
    that have not ended. Returns pytest's exit status.
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
