"""A process that has imported what Ally imports and read its catalogues, and forks one
for each ``ally`` that a test wants: that is most of the work of a start, and the same
each time.

A fork is a process like any other: it has a session, an environment, a folder and files
of its own, gets signals and can be killed. Only its interpreter was not started anew;
where that matters, ``Hosted`` is not told to be ``warm``.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from tests.support.bases import DATA

_MOST_BYTES = 1 << 20
_IMPORTED = (
    "aiosqlite",
    "alembic.command",
    "asyncpg",
    "bot.cli.backup",
    "bot.cli.doctor.report",
    "bot.cli.serve",
    "bot.service.gateway",
    "bot.service.http",
    "snowballstemmer",
    "sqlalchemy.dialects.postgresql.asyncpg",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "uvloop",
)
"""Modules that `ally run`, `ally serve` and `ally doctor` load."""


class WarmProcess:
    """A process that the warm parent forked, with the part of asyncio's ``Process``
    that the tests need.
    """

    def __init__(self, pid: int, status: asyncio.StreamReader) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ended = asyncio.create_task(self._end(status))

    async def _end(self, status: asyncio.StreamReader) -> int:
        self.returncode = int(await status.read())
        return self.returncode

    async def wait(self) -> int:
        """The exit status, once there is one; of a signal its number below zero."""
        return await asyncio.shield(self._ended)

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)


class _WarmParent:
    """The parent, seen from the tests."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            cwd=DATA.parent,
            env=os.environ | {"PYTHONPATH": str(DATA.parent)},
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self._lock = threading.Lock()
        atexit.register(self.end)

    def end(self) -> None:
        """Let it go; what it has forked is in sessions of its own."""
        self._socket.close()
        self._process.wait()

    def fork(self, request: dict[str, Any], files: list[int]) -> int:
        """Have it fork; the new process's id."""
        line = json.dumps(request).encode() + b"\n"
        with self._lock:
            socket.send_fds(self._socket, [line], files)
            return int(self._socket.recv(64))


@cache
def _parent() -> _WarmParent:
    return _WarmParent()


async def _reader(file: int) -> asyncio.StreamReader:
    """A stream of what comes out of a pipe."""
    stream = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(file, "rb")
    )
    return stream


async def started_warm(
    port: int, *words: str, env: dict[str, str], cwd: Path
) -> tuple[WarmProcess, asyncio.StreamReader]:
    """Run ``ally`` with these words against the stand-in at a port; the process, and a
    stream of what it says and logs.
    """
    said, says = os.pipe()
    ended, ends = os.pipe()
    request = {"port": port, "words": words, "env": env, "cwd": str(cwd)}
    pid = await asyncio.to_thread(_parent().fork, request, [says, ends])
    os.close(says)
    os.close(ends)
    return WarmProcess(pid, await _reader(ended)), await _reader(said)


def point_at(port: int) -> None:
    """Have discord.py take the stand-in at a port of this machine for Discord."""
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway")


def _become(request: dict[str, Any], says: int) -> int:
    """In the fork: be an ``ally`` of its own; the exit status. SystemExit as its
    command line raises it.
    """
    os.setsid()
    for stream in (1, 2):
        os.dup2(says, stream)
    os.close(says)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, closefd=False, errors="backslashreplace")
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    point_at(request["port"])
    from bot.cli.main import main

    return main(request["words"])


def _nothing(number: int, frame: FrameType | None) -> None:
    """A signal wakes whoever waits; nothing else is to be done about it."""


class _Forks:
    """The warm parent itself: what it has forked, and where to tell how that ended."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._wakes, self._woken = os.pipe()
        for each in (self._wakes, self._woken):
            os.set_blocking(each, False)
        signal.signal(signal.SIGCHLD, _nothing)
        signal.set_wakeup_fd(self._woken)
        self._ends: dict[int, int] = {}

    def serve(self) -> int:
        """Fork an ``ally`` for each request until nobody can ask any more; 0 then. In a
        fork, which ends as any program does, its exit status.
        """
        while True:
            ready, _, _ = select.select([self._asked, self._wakes], [], [])
            if self._wakes in ready:
                os.read(self._wakes, 4096)
                self._reap()
            if self._asked not in ready:
                continue
            data, files, _, _ = socket.recv_fds(self._asked, _MOST_BYTES, 2)
            if not data:
                return 0
            while not data.endswith(b"\n"):
                data += self._asked.recv(_MOST_BYTES)
            says, ends = files
            pid = os.fork()
            if not pid:
                os.close(ends)
                self._let_go()
                return _become(json.loads(data), says)
            os.close(says)
            self._ends[pid] = ends
            self._asked.sendall(str(pid).encode())

    def _let_go(self) -> None:
        """In a fork: hold nothing that is the parent's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._asked.close()
        for each in (self._wakes, self._woken, *self._ends.values()):
            os.close(each)

    def _reap(self) -> None:
        """Tell of each that has ended."""
        while self._ends:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            ends = self._ends.pop(pid)
            # Whoever started it may be gone before it.
            with contextlib.suppress(OSError):
                os.write(ends, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(ends)


def _read_catalogues() -> None:
    """Read every catalogue: in a checkout each process reads the translators' files,
    of which an installed Ally has compiled ones.
    """
    from bot.answers.catalogues import catalogue
    from bot.answers.texts import CATALOGUES

    for folder in (CATALOGUES, DATA / "locales"):
        for each in folder.glob("*.po"):
            catalogue(folder, each.stem)


def main() -> int:
    """Import everything, then fork for whoever has the other end of the socket."""
    for module in _IMPORTED:
        import_module(module)
    _read_catalogues()
    # What is there by now lives as long as the process; forks need not walk it.
    gc.freeze()
    return _Forks(socket.socket(fileno=int(sys.argv[1]))).serve()


if __name__ == "__main__":
    sys.exit(main())
