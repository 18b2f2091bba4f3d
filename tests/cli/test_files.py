"""Files that a verb is asked for are written whole, or not at all; what goes wrong far
away is told in words.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from bot.cli.files import write_whole
from bot.cli.reasons import reason
from bot.service.assembly import port_of
from tests.cli.running import ran

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full after a few bytes."""

    def write(path: Path, raw: bytes) -> Any:
        with path.open("wb") as file:
            file.write(raw[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", write)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("before", [None, "before"])
def test_what_cannot_be_written_leaves_what_was_there(
    tmp_path: Path, before: str | None
) -> None:
    file = tmp_path / "map.svg"
    if before:
        file.write_text(before, encoding="utf-8")
    done = ran("map", "--svg", str(file))
    assert done.status == 1
    assert done.err == f"{file}: No space left on device\n"
    assert [each.name for each in tmp_path.iterdir()] == ([file.name] if before else [])
    if before:
        assert file.read_text(encoding="utf-8") == before


def test_a_folder_that_there_is_not_is_told_by_the_files_own_name(
    tmp_path: Path,
) -> None:
    file = tmp_path / "nowhere" / "map.svg"
    assert ran("map", "--svg", str(file)).err == f"{file}: No such file or directory\n"


@posix
def test_links_are_followed_permissions_stay_and_pipes_are_written_into(
    tmp_path: Path,
) -> None:
    file, link, pipe = (tmp_path / name for name in ("file", "link", "pipe"))
    file.write_text("before", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_whole(link, "é")
    assert link.is_symlink()
    assert file.read_bytes() == "é".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"through")
        assert os.read(reading, 99) == b"through"
    finally:
        os.close(reading)
    assert pipe.is_fifo()


def _refused() -> OSError:
    said = "Connect call failed ('127.0.0.1', 1)"
    return OSError(errno.ECONNREFUSED, said)


def _unknown_name() -> aiohttp.ClientError:
    where: Any = SimpleNamespace()
    error = OSError(socket.EAI_NONAME, "Name or service not known")
    return aiohttp.ClientConnectorDNSError(where, error)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (_unknown_name(), "the name of its machine cannot be looked up"),
        (TimeoutError(), "no answer came in time"),
        (_refused(), "connection refused"),
        (ValueError("no application"), "it answered with what nobody understands"),
        (aiohttp.ServerDisconnectedError(), "the connection broke"),
    ],
)
def test_why_discord_cannot_be_reached_is_said_without_pythons_names(
    error: Exception, said: str
) -> None:
    assert reason(error) == said


def test_a_port_in_use_is_told_with_its_setting() -> None:
    async def listen_on(port: int) -> None:
        loop = asyncio.get_running_loop()
        with port_of("ALLY_HTTP_PORT", port, "127.0.0.1"):
            await loop.create_server(asyncio.Protocol, "127.0.0.1", port)

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="ALLY_HTTP_PORT") as caught:
            asyncio.run(listen_on(port))
    assert caught.value.strerror == (
        f"ALLY_HTTP_PORT={port} on 127.0.0.1: {os.strerror(errno.EADDRINUSE)}"
    )
