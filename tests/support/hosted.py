"""`ally run` and `ally serve` in processes of their own, over a stand-in of Discord on
loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from itertools import cycle, islice
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import aiohttp
import psutil
from filelock import FileLock, Timeout
from nacl.signing import SigningKey

from tests.support.bases import DATA
from tests.support.discord_standin import StandIn
from tests.support.warm_parent import WarmProcess, started_warm

KEY = SigningKey(b"k" * 32)
PUBLIC = KEY.verify_key.encode().hex()
TOKEN = "a.b.c"
START_SECONDS = 120.0
"""How long a start may take: a busy machine has needed a quarter of that."""
SCRIPT = """
import sys
# Drawing processes are started from this file anew.
if __name__ == "__main__":
    from bot.cli.main import main
    from tests.support.warm_parent import point_at
    point_at(int(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
"""
FIRST_PORT, PORTS, SHARES = 20_000, 500, 24
"""Where the ports of tests begin, how many a share of them has, and how many shares
there are. No system gives one of them to a connection that goes out: Linux gives those
from 32,768 on, others from 49,152 (RFC 6335, section 6).
"""


def _share() -> Iterator[int]:
    """The ports of a share that is this process's alone, again and again; it is kept as
    long as this iterator. OSError where other processes of tests have them all.
    """
    for share in range(SHARES):
        lock = FileLock(Path(gettempdir()) / f"ally-tests-ports-{share}.lock")
        with contextlib.suppress(Timeout, PermissionError), lock.acquire(timeout=0):
            first = FIRST_PORT + share * PORTS
            yield from cycle(range(first, first + PORTS))
    raise OSError(errno.EADDRINUSE, "each share of the ports is another process's")


_PORTS = _share()


def free_port() -> int:
    """A port of this machine on which nobody listens, and which is not given again
    before all others of this process's. OSError if none is free.
    """
    for port in islice(_PORTS, PORTS):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError(errno.EADDRINUSE, "each of this process's ports is taken")


def signed(
    body: bytes, when: float | None = None, key: SigningKey = KEY
) -> dict[str, str]:
    """The headers that Discord sends."""
    stamp = str(int(time.time() if when is None else when))
    return {
        "X-Signature-Ed25519": key.sign(stamp.encode() + body).signature.hex(),
        "X-Signature-Timestamp": stamp,
        "Content-Type": "application/json",
    }


def living(group: int) -> list[str]:
    """The processes of a group that still run, by their command lines."""
    found: list[str] = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) != group:
                continue
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
    return found


async def started_cold(
    port: int, *words: str, env: dict[str, str], cwd: Path
) -> tuple[asyncio.subprocess.Process, asyncio.StreamReader]:
    """The same as ``started_warm``, by an interpreter of its own."""
    script = cwd / "hosted.py"
    script.write_text(SCRIPT, encoding="utf-8")
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        str(script),
        str(port),
        *words,
        env=env,
        cwd=cwd,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        # A group of its own, so that whatever it starts is found.
        start_new_session=True,
    )
    assert child.stdout
    return child, child.stdout


def ally(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """One command of `ally` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=os.environ | {"PYTHONPATH": str(DATA.parent), **env},
        capture_output=True,
        text=True,
        check=False,
        cwd=DATA.parent,
    )


class Hosted:
    """One process of Ally's, with its stand-in of Discord; ``log`` grows as it
    writes. A ``warm`` one is forked from a process that has imported everything.
    """

    child: asyncio.subprocess.Process | WarmProcess | None = None

    def __init__(self, folder: Path, *, warm: bool = False, **env: str) -> None:
        self.standin = StandIn(verify_key=PUBLIC)
        self.folder, self.log = folder, ""
        self._port, self._monitor = free_port(), free_port()
        self.url, self.monitor = (
            f"http://127.0.0.1:{self._port}",
            f"http://127.0.0.1:{self._monitor}",
        )
        self._warm, self._env = warm, env
        self._grew = asyncio.Event()

    async def start(self, *words: str, ready: bool = True) -> None:
        """Run ``ally`` with these words; wait until it says that it is ready. Nothing
        is left behind if it does not come so far.
        """
        try:
            await self._begin(*words)
            if ready:
                await self.until_ready(START_SECONDS)
        except BaseException:
            await self.end()
            raise

    async def _begin(self, *words: str) -> None:
        self.session = aiohttp.ClientSession()
        env = os.environ | {
            "DISCORD_TOKEN": TOKEN,
            "ALLY_STATE": str(self.folder / "state"),
            "PYTHONPATH": str(DATA.parent),
            "ALLY_HTTP_PORT": str(self._port),
            "ALLY_MONITOR_PORT": str(self._monitor),
            **self._env,
        }
        port = await self.standin.start()
        start = started_warm if self._warm else started_cold
        self.child, said = await start(port, *words, env=env, cwd=self.folder)
        self._reader = asyncio.create_task(self._read(said))

    @property
    def running(self) -> asyncio.subprocess.Process | WarmProcess:
        """The process, once it was started."""
        assert self.child
        return self.child

    async def ended(self, seconds: float = START_SECONDS) -> int:
        """Wait for the process to end by itself; its exit status."""
        status = await asyncio.wait_for(self.running.wait(), seconds)
        await self._reader
        return status

    async def nothing_lives(self, seconds: float = 20) -> None:
        """Wait until no process of the group runs. Python's own helper processes end
        once they notice that their parent is gone.
        """
        async with asyncio.timeout(seconds):
            while left := living(self.running.pid):
                assert left
                await asyncio.sleep(0.05)

    async def _read(self, said: asyncio.StreamReader) -> None:
        async for line in said:
            self.log += line.decode("utf-8", "replace")
            self._grew.set()

    async def missing(self) -> str:
        """What /readyz says is missing; 'ready' if nothing is, nothing if nobody
        answers.
        """
        try:
            async with self.session.get(f"{self.monitor}/readyz") as response:
                return (await response.text()).strip()
        except aiohttp.ClientError:
            return ""

    async def until_ahead(self, jump: float, seconds: float = 30) -> None:
        """Wait until the process's clock is so many seconds ahead of this one's, give
        or take a minute.
        """
        ahead = float("inf")
        async with asyncio.timeout(seconds):
            while abs(ahead - jump) > 60:
                async with self.session.get(f"{self.monitor}/readyz") as response:
                    told = parsedate_to_datetime(response.headers["Date"])
                ahead = told.timestamp() - time.time()
                await asyncio.sleep(0.05)

    async def until_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until /readyz is content."""
        await self.until_missing("ready", seconds)

    async def until_missing(self, what: str, seconds: float = 30) -> None:
        """Wait until /readyz says something."""
        async with asyncio.timeout(seconds):
            while (said := await self.missing()) != what and (
                what == "ready" or what not in said
            ):
                assert self.running.returncode is None, self.log
                await asyncio.sleep(0.05)

    async def until_logged(self, text: str, seconds: float = 30) -> None:
        """Wait until the log has a text."""
        async with asyncio.timeout(seconds):
            while text not in self.log:
                self._grew.clear()
                await self._grew.wait()

    async def metrics(self) -> str:
        """What /metrics has."""
        async with self.session.get(f"{self.monitor}/metrics") as response:
            return await response.text()

    async def post(self, payload: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Post an interaction as Discord does; the status and the reply."""
        body = json.dumps(payload).encode()
        async with self.session.post(
            f"{self.url}/interactions", data=body, headers=signed(body)
        ) as response:
            text = await response.text()
            return response.status, json.loads(text) if response.status == 200 else {}

    async def stop(self, seconds: float = 15) -> int | None:
        """Send SIGTERM and wait; the exit status."""
        if self.running.returncode is None:
            self.running.send_signal(signal.SIGTERM)
        return await self.ended(seconds)

    async def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.child:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            await self.child.wait()
            await self._reader
        await self.session.close()
        await self.standin.stop()
