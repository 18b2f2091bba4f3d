"""Databases, copies and backups: for their owner only, and whole or not there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.store import backup, files
from bot.store.database import Store
from bot.store.errors import DatabaseEmptyError
from tests.support.clocks import FrozenClock
from tests.support.databases import add

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(
        sys.platform == "win32", reason="Windows has no permission bits to look at"
    ),
]


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_a_database_its_side_files_and_backups_are_their_owners(
    tmp_path: Path,
) -> None:
    before = os.umask(0o000)
    try:
        folder = tmp_path / "state"
        path = folder / "ally.db"
        store = Store(f"sqlite:///{path}", clock=FrozenClock().now)
        await store.open()
        await add(store)
        await backup.back_up(store, folder / "ally.backup")
        made = {each.name: permissions(each) for each in folder.iterdir()}
        await store.close()
    finally:
        os.umask(before)
    assert {"ally.db", "ally.db-wal", "ally.db-shm", "ally.backup"} == made.keys()
    assert set(made.values()) == {0o600}
    assert permissions(folder) == 0o700
    assert files.open_to_others(path) == []
    path.chmod(0o644)
    folder.chmod(0o755)
    assert set(files.open_to_others(path)) == {path, folder}


async def test_a_copy_before_a_new_schema_is_its_owners(tmp_path: Path) -> None:
    from bot.store.schema import VERSIONS, copy_before

    path = tmp_path / "ally.db"
    store = Store(f"sqlite:///{path}", clock=FrozenClock().now)
    await store.open()
    await store.close()
    copy = copy_before(path, VERSIONS[0])
    assert copy
    assert permissions(copy) == 0o600
    assert not copy.with_name(f"{copy.name}.partial").exists()


async def test_a_backup_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'ally.db'}", clock=FrozenClock().now)
    await store.open()
    await add(store)
    kept = tmp_path / "backups" / "ally.backup"
    await backup.back_up(store, kept)
    whole = kept.read_bytes()

    async def rows(_: Store) -> AsyncIterator[dict[str, Any]]:
        yield {"table": "guilds", "row": {}}
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_rows", rows)
    with pytest.raises(OSError, match="No space"):
        await backup.back_up(store, kept)
    assert [each.name for each in kept.parent.iterdir()] == ["ally.backup"]
    assert kept.read_bytes() == whole, "the backup of before is not touched"
    await store.close()


async def test_a_database_cut_to_nothing_is_not_taken_for_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database._SETTLE_PAUSES", (0.01, 0.01))
    path = tmp_path / "ally.db"
    path.touch()
    store = Store(f"sqlite:///{path}", clock=FrozenClock().now)
    with pytest.raises(DatabaseEmptyError, match=r"ally\.db is empty"):
        await store.open()
    assert path.stat().st_size == 0
    path.unlink()
    await store.open()
    assert await add(store) == 1
    await store.close()
