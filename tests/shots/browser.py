"""A headless Chromium, told what to do over its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE = 30.0
"""Seconds until a page that shows nothing is given up."""


_LEFT = ("target navigated or closed", "context was destroyed", "Cannot find context")
"""What Chromium says where a page is left while it is asked something."""


class LeftError(RuntimeError):
    """The page was left for another one before it had answered."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A device: its width in its own points, how many pixels one of them is."""

    name: str
    width: int
    scale: int
    mobile: bool


PHONE = Screen("", 390, 2, mobile=True)
DESKTOP = Screen("-wide", 1280, 1, mobile=False)


class Tab:
    """One page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._number = socket, 0

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """What a command of the protocol gives back; RuntimeError if it failed, of its
        kind LeftError where the page was left meanwhile.
        """
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        await self._socket.send_str(json.dumps(message))
        while True:
            answer = json.loads(await self._socket.receive_str())
            if answer.get("id") != self._number:
                continue
            if "error" in answer:
                told = answer["error"]["message"]
                is_left = any(each in told for each in _LEFT)
                raise LeftError(told) if is_left else RuntimeError(told)
            return answer["result"]

    async def script(self, expression: str) -> Any:
        """What a JavaScript expression gives, its promise awaited."""
        result = await self.call(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
        )
        return result["result"].get("value")

    async def be(self, screen: Screen) -> None:
        """Be this device from now on."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=screen.width,
            height=900,
            deviceScaleFactor=screen.scale,
            mobile=screen.mobile,
        )

    async def open(self, url: str, screen: Screen) -> None:
        """Show a page as this device would."""
        await self.be(screen)
        await self.call("Page.enable")
        await self.call("Page.navigate", url="about:blank")
        await self.call("Page.navigate", url=url)

    async def until(self, expression: str) -> Any:
        """What an expression gives as soon as that is true, on this page or on the one
        to which it leads; TimeoutError for never.
        """
        async with asyncio.timeout(PATIENCE):
            while not (value := await self._said(expression)):  # noqa: ASYNC110 - the page tells of nothing
                await asyncio.sleep(0.1)
        return value

    async def _said(self, expression: str) -> Any:
        """What an expression gives; None while the page is being left."""
        try:
            return await self.script(expression)
        except LeftError:
            return None

    async def shot(self, box: dict[str, float]) -> bytes:
        """A part of the page, with ``x``, ``y``, ``width`` and ``height``, as PNG."""
        result = await self.call(
            "Page.captureScreenshot",
            format="png",
            captureBeyondViewport=True,
            clip={**box, "scale": 1},
        )
        return base64.b64decode(result["data"])


def chromium() -> str | None:
    """Where the browser is; None for nowhere."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@asynccontextmanager
async def browser() -> AsyncGenerator[Tab]:
    """A browser with one tab, ended at the end."""
    program = chromium()
    if program is None:
        msg = "these pictures need Chromium: install the package chromium"
        raise RuntimeError(msg)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            program,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            f"--user-data-dir={folder}",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(folder) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session:
                async with session.put(f"http://127.0.0.1:{port}/json/new") as made:
                    address = (await made.json())["webSocketDebuggerUrl"]
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Tab(socket)
        finally:
            process.terminate()
            await process.wait()


def _written(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


async def _port(path: Path) -> int:
    async with asyncio.timeout(PATIENCE):
        while not _written(path):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.05)
    return int(_written(path).split()[0])
