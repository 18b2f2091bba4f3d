"""``ally run`` against a stand-in of Discord: it connects, registers once, reloads, and
stops when told to.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.knowledge.problems import BaseInvalidError
from bot.knowledge.reader import read_base
from bot.runtime.clock import SYSTEM_CLOCK
from bot.runtime.reload import changes
from bot.store.backup import back_up
from bot.store.database import Store
from tests.cli.running import Ran, ran
from tests.support.bases import DATA, TODAY, country, write
from tests.support.databases import add
from tests.support.hosted import START_SECONDS, TOKEN, Hosted, ally, living


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
async def test_it_registers_once_answers_and_ends_cleanly_on_sigterm(
    tmp_path: Path,
) -> None:
    for attempt in ("registered", "unchanged"):
        hosted = Hosted(tmp_path, warm=attempt == "unchanged")
        await hosted.start("run")
        try:
            assert hosted.standin.registered.is_set() == (attempt == "registered")
            assert await hosted.standin.ask(1, {"country": "belarus"}) > 0
            assert hosted.standin.size > 1000
            assert await hosted.stop() == 0, hosted.log
        finally:
            await hosted.end()
        assert attempt in hosted.log
        assert TOKEN not in hosted.log


def test_a_changed_base_is_taken_whole_or_not_at_all(tiny: Path) -> None:
    look = changes(tiny, lambda: TODAY)
    assert look() is None
    write(tiny, "countries/extra.yaml", country("EX", "Extra"))
    fresh = look()
    assert fresh
    assert "EX" in fresh[0].countries
    assert fresh[1].resolve("extra").matches == ("EX",)
    write(tiny, "countries/extra.yaml", "code: [")
    assert look() is None
    shutil.rmtree(tiny / "countries")
    assert look() is None
    with pytest.raises(BaseInvalidError):
        read_base(tiny, TODAY)


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("verb", ["run", "serve"])
async def test_nothing_that_it_started_lives_after_sigterm(
    tmp_path: Path, verb: str
) -> None:
    hosted = Hosted(tmp_path, warm=verb == "run")
    await hosted.start(verb)
    try:
        # The drawing process is there before anybody asks for a picture.
        async with asyncio.timeout(START_SECONDS):
            while len(living(hosted.running.pid)) < 2:
                assert hosted.running.returncode is None, hosted.log
                await asyncio.sleep(0.05)
        assert await hosted.stop(seconds=60) == 0
        await hosted.nothing_lives()
    finally:
        await hosted.end()


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize(
    ("verb", "why"),
    [("run", "token"), ("serve", "token"), ("serve", "key"), ("serve", "port")],
)
async def test_nothing_that_it_started_lives_after_a_start_that_failed(
    tmp_path: Path, verb: str, why: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        env = {"ALLY_HTTP_PORT": str(taken.getsockname()[1])} if why == "port" else {}
        hosted = Hosted(tmp_path, warm=True, **env)
        if why == "key":
            hosted.standin.verify_key = ""
        if why == "token":
            hosted.standin.routes["/users/@me"] = (401, {"code": 0})
        await hosted.start(verb, ready=False)
        try:
            assert await hosted.ended() == 78, hosted.log
            await hosted.nothing_lives()
            assert "Traceback" not in hosted.log
            assert TOKEN not in hosted.log
        finally:
            await hosted.end()


def ran_with(environment: dict[str, str], *words: str) -> Ran:
    """One command of `ally` in this process, with these settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        return ran(*words)


def test_backup_and_restore_from_the_command_line(tmp_path: Path) -> None:
    state, file = tmp_path / "state", tmp_path / "x.backup"
    here = {"ALLY_STATE": str(state)}
    nothing = ran_with(here, "backup", str(file))
    assert nothing.status == 1
    assert "There is no database yet" in nothing.err

    async def fill() -> None:
        store = Store(f"sqlite:///{state / 'ally.db'}", clock=SYSTEM_CLOCK.now)
        await store.open()
        await add(store)
        await store.close()

    asyncio.run(fill())
    done = ally("backup", str(file), **here)
    assert done.returncode == 0, done.stderr
    assert "1 servers, 1 entries, 1 revisions" in done.stderr
    other = {"ALLY_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
    assert ally("restore", str(file), **other).returncode == 0
    again = ran_with(other, "restore", str(file))
    assert again.status == 1
    assert "--replace" in again.err
    assert ran_with(other, "restore", str(file), "--replace").status == 0
    bad = ally("restore", str(DATA / "conflict.yaml"), **other)
    assert bad.returncode == 1
    assert "conflict.yaml is not a backup of Ally" in bad.stderr
    assert "Traceback" not in bad.stderr


def _flipped(packed: bytes) -> bytes:
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 0xFF]) + packed[middle + 1 :]


def _without_its_end(packed: bytes) -> bytes:
    return packed[:-9]


def _of_a_newer_ally(packed: bytes) -> bytes:
    head, rest = gzip.decompress(packed).split(b"\n", 1)
    newer = json.dumps(json.loads(head) | {"schema": "9999"}).encode()
    return gzip.compress(newer + b"\n" + rest)


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (_flipped, 1, "x.backup is "),
        (_without_its_end, 1, "is not a backup of Ally, or is damaged"),
        (_of_a_newer_ally, 78, "Schema 9999 is newer than this program knows"),
        (None, 1, "x.backup cannot be read: No such file or directory\n"),
    ],
)
def test_a_backup_that_cannot_be_restored_is_told_of_in_words(
    tmp_path: Path, change: Callable[[bytes], bytes] | None, status: int, said: str
) -> None:
    here = {"ALLY_DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}"}
    file = tmp_path / "x.backup"
    if change:

        async def backed_up() -> None:
            store = Store(here["ALLY_DATABASE_URL"], clock=SYSTEM_CLOCK.now)
            await store.open()
            await back_up(store, file)
            await store.close()

        asyncio.run(backed_up())
        file.write_bytes(change(file.read_bytes()))
    refused = ran_with(here, "restore", str(file))
    assert refused.status == status
    assert said in refused.err
    assert "Errno" not in refused.err


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("postgresql://u:secret@127.0.0.1:1/x", 69),
        ("mysql://u:secret@h/x", 78),
    ],
)
def test_a_database_that_cannot_be_backed_up_is_told_of_without_its_password(
    tmp_path: Path, address: str, status: int
) -> None:
    file = tmp_path / "x.backup"
    away = ran_with({"ALLY_DATABASE_URL": address}, "backup", str(file))
    assert away.status == status
    assert away.err
    assert "secret" not in away.err
