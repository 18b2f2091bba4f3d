"""`ally run` and `ally serve` in processes of their own, over a stand-in of Discord on
loopback.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
from nacl.signing import SigningKey

from tests.support.bases import DATA
from tests.support.discord_standin import StandIn

KEY = SigningKey(b"k" * 32)
PUBLIC = KEY.verify_key.encode().hex()
TOKEN = "a.b.c"
SCRIPT = """
import sys, discord, yarl
from discord.gateway import DiscordWebSocket
discord.http.Route.BASE = f"http://127.0.0.1:{sys.argv[1]}/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{sys.argv[1]}/gateway")
from bot.cli.main import main
# Drawing processes are started from this file anew.
if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


class Hosted:
    """One process of Ally's, with its stand-in of Discord; ``log`` grows as it
    writes.
    """

    def __init__(self, folder: Path, **env: str) -> None:
        self.standin = StandIn(verify_key=PUBLIC)
        self.folder, self.log = folder, ""
        self._port, self._monitor = free_port(), free_port()
        self.url, self.monitor = (
            f"http://127.0.0.1:{self._port}",
            f"http://127.0.0.1:{self._monitor}",
        )
        self._env = env
        self._grew = asyncio.Event()

    async def start(self, *words: str, ready: bool = True) -> None:
        """Run ``ally`` with these words; wait until it says that it is ready."""
        self.session = aiohttp.ClientSession()
        script = self.folder / "hosted.py"
        script.write_text(SCRIPT, encoding="utf-8")
        env = os.environ | {
            "DISCORD_TOKEN": TOKEN,
            "ALLY_STATE": str(self.folder / "state"),
            "PYTHONPATH": str(DATA.parent),
            "ALLY_HTTP_PORT": str(self._port),
            "ALLY_MONITOR_PORT": str(self._monitor),
            **self._env,
        }
        self.child = await asyncio.create_subprocess_exec(
            sys.executable,
            str(script),
            str(await self.standin.start()),
            *words,
            env=env,
            cwd=self.folder,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reader = asyncio.create_task(self._read())
        if ready:
            await self.until_ready()

    async def _read(self) -> None:
        assert self.child.stderr
        async for line in self.child.stderr:
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

    async def until_ready(self, seconds: float = 30) -> None:
        """Wait until /readyz is content."""
        await self.until_missing("ready", seconds)

    async def until_missing(self, what: str, seconds: float = 10) -> None:
        """Wait until /readyz says something."""
        async with asyncio.timeout(seconds):
            while (said := await self.missing()) != what and (
                what == "ready" or what not in said
            ):
                assert self.child.returncode is None, self.log
                await asyncio.sleep(0.05)

    async def until_logged(self, text: str, seconds: float = 10) -> None:
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
        if self.child.returncode is None:
            self.child.send_signal(signal.SIGTERM)
        await asyncio.wait_for(self.child.wait(), seconds)
        await self._reader
        return self.child.returncode

    async def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.child.returncode is None:
            self.child.kill()
            await self.child.wait()
        await self._reader
        await self.session.close()
        await self.standin.stop()
