"""A copy of every server's data in one file, the same for both databases, and its way
back; both are verified.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import delete, func, insert, select, text

from bot.knowledge.plain import PlainObject, object_in
from bot.store import files
from bot.store.database import EVERY, Store
from bot.store.errors import SchemaNewerError, StoreError
from bot.store.schema import VERSIONS
from bot.store.tables import ORDER, guilds, millis, moment

FORMAT = "ally-backup-1"
_BATCH = 500


class BackupError(StoreError):
    """The file is no backup, is damaged, or the database is not empty; the message says
    which.
    """


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: rows by table, the schema, and when it was made (ISO
    8601).
    """

    rows: dict[str, int]
    schema: str
    made: str


async def _rows(store: Store) -> AsyncIterator[PlainObject]:
    async with store.reading() as connection:
        if not store.sqlite:
            await connection.execute(
                text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            )
        for table in ORDER:
            result = await connection.stream(
                select(table).order_by(*table.primary_key.columns)
            )
            async for row in result.mappings():
                yield {"table": table.name, "row": dict(row)}


async def back_up(store: Store, file: Path) -> Contents:
    """Write everything as of one moment to ``file``, which appears only when it is
    whole and has been read back.

    The file is gzip over JSON lines: a head, a row a line, and the SHA-256 of all lines
    before as the last.
    """
    made = moment(millis(store.clock())).isoformat()
    with files.whole_or_nothing(file) as partial:
        written = await _write(store, partial, made)
        contents = inspect(partial)
        if contents.rows != written:
            raise BackupError(
                "What was written is not what was read; the disk may be failing"
            )
    return contents


async def _write(store: Store, partial: Path, made: str) -> dict[str, int]:
    """Write a backup; how many rows it has of each table."""
    counts: dict[str, int] = {table.name: 0 for table in ORDER}
    digest = hashlib.sha256()
    with gzip.open(partial, "wb") as out:

        def line(data: PlainObject) -> None:
            text_of = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            raw = text_of.encode() + b"\n"
            digest.update(raw)
            out.write(raw)

        line({"format": FORMAT, "schema": VERSIONS[-1], "made": made})
        async for each in _rows(store):
            counts[str(each["table"])] += 1
            line(each)
        last = {"rows": counts, "sha256": digest.hexdigest()}
        out.write(json.dumps(last).encode() + b"\n")
    return counts


def _lines(file: Path) -> Iterator[bytes]:
    try:
        with gzip.open(file, "rb") as source:
            yield from source
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BackupError(f"{file} is not a backup of Ally, or is damaged") from error
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}") from error


def _parsed(raw: bytes, file: Path) -> PlainObject:
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise BackupError(f"{file} is damaged: a line is no JSON") from error
    if not isinstance(data, dict):
        raise BackupError(f"{file} is damaged: a line is no record")
    return cast("PlainObject", data)


def inspect(file: Path) -> Contents:
    """Check a backup from the first line to the last; BackupError says what is wrong
    with it.
    """
    digest = hashlib.sha256()
    counts = {table.name: 0 for table in ORDER}
    head: PlainObject | None = None
    last: bytes | None = None
    for raw in _lines(file):
        if last is not None:
            digest.update(last)
            data = _parsed(last, file)
            if head is None:
                head = data
                if head.get("format") != FORMAT:
                    raise BackupError(f"{file} is not a backup of Ally")
                if head.get("schema") not in VERSIONS:
                    raise SchemaNewerError(str(head.get("schema")))
            elif data.get("table") not in counts:
                raise BackupError(
                    f"{file} is damaged: it has rows of {data.get('table')!r}"
                )
            else:
                counts[str(data["table"])] += 1
        last = raw
    if head is None or last is None:
        raise BackupError(f"{file} is not a backup of Ally, or has lost its end")
    end = _parsed(last, file)
    # A backup of an earlier schema has no count of the tables that came after it.
    told = dict.fromkeys(counts, 0) | object_in(end.get("rows"))
    if end.get("sha256") != digest.hexdigest() or told != counts:
        raise BackupError(f"{file} is damaged: its contents do not fit its checksum")
    return Contents(counts, str(head["schema"]), str(head["made"]))


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows of one table that go into the database together."""

    table: str
    rows: list[PlainObject]


def _batches(file: Path) -> Iterator[_Batch]:
    """A backup's rows in its own order, at most so many of one table at a time."""
    batch = _Batch("", [])
    for raw in _lines(file):
        data = _parsed(raw, file)
        if "table" not in data:
            continue
        table = str(data["table"])
        if table != batch.table or len(batch.rows) >= _BATCH:
            if batch.rows:
                yield batch
            batch = _Batch(table, [])
        batch.rows.append(object_in(data["row"]))
    if batch.rows:
        yield batch


async def restore(store: Store, file: Path, *, replace: bool = False) -> Contents:
    """Put a backup into an empty database, or over everything in it with ``replace``;
    all or nothing.
    """
    contents = inspect(file)
    tables = {table.name: table for table in ORDER}
    async with store.writing() as connection:
        there = (
            await connection.execute(select(func.count()).select_from(guilds))
        ).scalar_one()
        if there and not replace:
            raise BackupError(
                f"The database holds {there} server(s); restoring over them needs "
                "--replace"
            )
        highest = (
            await connection.execute(select(func.max(guilds.c.revision)))
        ).scalar() or 0
        for table in reversed(ORDER):
            await connection.execute(delete(table))
        for batch in _batches(file):
            await connection.execute(insert(tables[batch.table]), batch.rows)
        for table in ORDER:
            counted = select(func.count()).select_from(table)
            arrived = (await connection.execute(counted)).scalar_one()
            expected = contents.rows[table.name]
            if arrived != expected:
                raise BackupError(f"{table.name}: {arrived} rows arrived of {expected}")
        if not store.sqlite:
            await connection.execute(
                text(
                    "SELECT setval(pg_get_serial_sequence('audit', 'id'), (SELECT "
                    "COALESCE(MAX(id), 1) FROM audit))"
                )
            )
        # A running bot must not take what it has in memory for what was just put in.
        await connection.execute(
            guilds.update().values(revision=guilds.c.revision + highest + 1)
        )
        await store.tell(connection, EVERY)
    return contents
