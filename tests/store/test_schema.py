"""Schemas and backups: brought up to date, copied, restored and refused, on SQLite and
on a real PostgreSQL.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from bot.store import backup, schema
from bot.store.database import Store
from bot.store.errors import SchemaNewerError
from bot.store.reader import EntryReader
from bot.store.schema import VERSIONS
from bot.store.tables import ORDER
from bot.store.writer import EntryWriter, Quotas
from tests.support.clocks import noon
from tests.support.databases import add, body, of_first_schema


@pytest.mark.asyncio
async def test_a_database_of_the_first_schema_is_brought_up_to_date_with_nothing_lost(
    address: str,
) -> None:
    await of_first_schema(address)
    store = Store(address, clock=noon)
    await store.open()
    assert await EntryReader(store).revision(1) == 4
    assert await add(store, 1) == 3
    if store.path:
        assert store.path.with_name(
            f"{store.path.name}.before-{VERSIONS[-1]}"
        ).is_file()
    await store.close()


@pytest.mark.asyncio
async def test_a_backup_of_the_first_schema_can_still_be_restored(
    store: Store, tmp_path: Path
) -> None:
    await add(store)
    file = tmp_path / "x.backup"
    await backup.back_up(store, file)
    *lines, last = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    rows = [json.loads(line) for line in lines]
    rows[0]["schema"] = "0001"
    for row in rows[1:]:
        row["row"].pop("member", None)
    older = [json.dumps(row).encode() + b"\n" for row in rows]
    end = json.loads(last) | {"sha256": hashlib.sha256(b"".join(older)).hexdigest()}
    file.write_bytes(gzip.compress(b"".join(older) + json.dumps(end).encode() + b"\n"))
    await backup.restore(store, file, replace=True)
    assert len(await EntryReader(store).all_entries(1)) == 1


@pytest.mark.asyncio
async def test_a_backup_restores_everything_into_the_other_database_too(
    store: Store, tmp_path: Path, postgres: str
) -> None:
    from tests.support.databases import fresh_database

    for n in range(30):
        await add(store, n % 3, f"thing-{n}", claim=f"Ünïcode “{n}” 🇧🇾.")
    await EntryWriter(store, Quotas()).propose(1, "BY", body(), proposer=20)
    file = tmp_path / "x.backup"
    written = await backup.back_up(store, file)
    assert written.rows["entries"] == 30
    for address in (
        f"sqlite:///{tmp_path / 'other.db'}",
        await fresh_database(postgres),
    ):
        other = Store(address, clock=noon)
        await other.open()
        await backup.restore(other, file)
        for guild in range(3):
            assert await EntryReader(other).all_entries(guild) == await EntryReader(
                store
            ).all_entries(guild)
            assert await EntryReader(other).history(guild, 1) == await EntryReader(
                store
            ).history(guild, 1)
        await add(other, 1, "after")
        with pytest.raises(backup.BackupError, match="--replace"):
            await backup.restore(other, file)
        await backup.restore(other, file, replace=True)
        assert len(await EntryReader(other).all_entries(1)) == 10
        await other.close()


@pytest.mark.parametrize(
    "damage", ["truncated", "changed", "alien", "missing", "newer"]
)
@pytest.mark.asyncio
async def test_a_damaged_backup_is_refused_and_changes_nothing(
    store: Store, tmp_path: Path, damage: str
) -> None:
    await add(store)
    file = tmp_path / "x.backup"
    await backup.back_up(store, file)
    raw = gzip.decompress(file.read_bytes())
    match damage:
        case "truncated":
            file.write_bytes(file.read_bytes()[:-40])
        case "changed":
            file.write_bytes(gzip.compress(raw.replace(b"A thing", b"B thing")))
        case "alien":
            file.write_bytes(gzip.compress(b'{"x": 1}\n{"y": 2}\n'))
        case "newer":
            file.write_bytes(
                gzip.compress(
                    raw.replace(
                        f'"schema":"{VERSIONS[-1]}"'.encode(), b'"schema":"9999"'
                    )
                )
            )
        case _:
            file.unlink()
    with pytest.raises((backup.BackupError, SchemaNewerError)):
        await backup.restore(store, file, replace=True)
    assert len(await EntryReader(store).all_entries(1)) == 1


def rewritten(raw: bytes, **head: str) -> bytes:
    """A backup with another head, whose checksum is right all the same."""
    first, *rows, last = raw.splitlines(keepends=True)
    told = json.dumps({**json.loads(first), **head}).encode() + b"\n"
    digest = hashlib.sha256(b"".join([told, *rows])).hexdigest()
    end = json.dumps({**json.loads(last), "sha256": digest}).encode() + b"\n"
    return gzip.compress(b"".join([told, *rows, end]))


@pytest.mark.parametrize(
    ("head", "refused"),
    [
        ({"schema": "9999"}, SchemaNewerError),
        ({"schema": ""}, SchemaNewerError),
        ({"format": "ally-backup-2"}, backup.BackupError),
        ({"format": "else"}, backup.BackupError),
    ],
)
@pytest.mark.asyncio
async def test_a_whole_backup_of_another_program_is_refused_and_changes_nothing(
    store: Store, tmp_path: Path, head: dict[str, str], refused: type[Exception]
) -> None:
    await add(store)
    file = tmp_path / "x.backup"
    await backup.back_up(store, file)
    raw = gzip.decompress(file.read_bytes())
    file.write_bytes(rewritten(raw))
    assert backup.inspect(file).rows["entries"] == 1
    file.write_bytes(rewritten(raw, **head))
    with pytest.raises(refused):
        await backup.restore(store, file, replace=True)
    assert len(await EntryReader(store).all_entries(1)) == 1


@pytest.mark.parametrize("later", range(4))
@pytest.mark.asyncio
async def test_no_server_has_a_revision_after_a_restore_that_it_had_before(
    store: Store, tmp_path: Path, later: int
) -> None:
    """Whoever has a server in memory looks at its revision alone."""
    for guild in (1, 2):
        await add(store, guild)
    file, reader = tmp_path / "x.backup", EntryReader(store)
    await backup.back_up(store, file)
    for n in range(later):
        await add(store, 2, f"later-{n}")
    before = [await reader.revision(guild) for guild in (1, 2)]
    await backup.restore(store, file, replace=True)
    after = [await reader.revision(guild) for guild in (1, 2)]
    assert min(after) > max(before)


@pytest.mark.asyncio
async def test_a_newer_schema_is_refused(address: str) -> None:
    store = Store(address, clock=noon)
    await store.open()
    async with store.writing() as connection:
        await connection.execute(
            text("UPDATE alembic_version SET version_num = '9999'")
        )
    await store.close()
    with pytest.raises(SchemaNewerError):
        await Store(address, clock=noon).open()


@pytest.mark.asyncio
async def test_two_machines_that_start_at_once_make_one_schema(address: str) -> None:
    stores = [Store(address, clock=noon) for _ in range(4)]
    await asyncio.gather(*(store.open() for store in stores))
    for store in stores:
        await store.close()


@pytest.mark.asyncio
async def test_the_migrations_make_the_tables_that_the_program_uses(
    store: Store,
) -> None:
    def columns(connection: Any) -> dict[str, dict[str, bool]]:
        found = inspect(connection)
        return {
            table.name: {
                c["name"]: bool(c["nullable"]) for c in found.get_columns(table.name)
            }
            for table in ORDER
        }

    async with store.reading() as connection:
        there = await connection.run_sync(columns)
    assert there == {
        t.name: {c.name: bool(c.nullable) for c in t.columns} for t in ORDER
    }


def test_the_known_schemas_are_the_migrations() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.set_main_option("path_separator", "os")
    known = [
        each.revision for each in ScriptDirectory.from_config(config).walk_revisions()
    ]
    assert tuple(reversed(known)) == VERSIONS


@pytest.mark.asyncio
async def test_before_a_schema_changes_a_copy_of_the_file_is_made(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ally.db"
    store = Store(f"sqlite:///{path}", clock=noon)
    await store.open()
    await add(store)
    await store.close()
    copy = schema.copy_before(path, "0000")
    assert copy is not None
    again = Store(f"sqlite:///{copy}", clock=noon)
    await again.open()
    assert len(await EntryReader(again).all_entries(1)) == 1
    await again.close()
    assert schema.copy_before(path, None) is None
