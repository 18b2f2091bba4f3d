"""Bringing a database to the program's schema: forward only, after a copy on SQLite,
and never past what it knows.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.store import files
from bot.store.errors import SchemaNewerError

log = logging.getLogger(__name__)

VERSIONS = ("0001", "0002", "0003", "0004", "0005")
"""Every schema that this program knows, oldest first; a test compares it with the
migrations.
"""
_LOCK = 0x616C6C79
"""PostgreSQL's advisory lock while a schema changes: two machines that start at once
must not both do it.
"""


def version_of(connection: Connection) -> str | None:
    """The schema that the database has; None if it has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def needs_migration(connection: Connection) -> bool:
    """Whether the schema is older than the program's; SchemaNewerError if it is one
    that the program does not know.
    """
    version = version_of(connection)
    if version is not None and version not in VERSIONS:
        raise SchemaNewerError(version)
    return version != VERSIONS[-1]


def migrate(connection: Connection) -> None:
    """Run the missing steps in the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    if not needs_migration(connection):
        return
    # Alembic is imported here only: most starts find the schema as it should be.
    from alembic import command
    from alembic.config import Config

    before = version_of(connection)
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    log.info("database schema %s -> %s", before or "none", VERSIONS[-1])


def copy_before(path: Path, version: str | None) -> Path | None:
    """Copy a SQLite file beside itself before its schema changes; None if there is
    nothing in it to lose.
    """
    if version is None or not path.is_file():
        return None
    copy = path.with_name(f"{path.name}.before-{VERSIONS[-1]}")
    with (
        files.whole_or_nothing(copy) as partial,
        closing(sqlite3.connect(path)) as source,
        closing(sqlite3.connect(partial)) as target,
    ):
        source.backup(target)
    log.info("a copy of the database as it was is in %s", copy)
    return copy
