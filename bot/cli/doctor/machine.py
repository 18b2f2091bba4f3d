"""What the doctor sees on this machine: base, disk, database, pictures, speed."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from bot.cli.doctor.finding import SECONDS, Finding
from bot.knowledge.facts import Base
from bot.pictures.paint import png_of
from bot.pictures.paper import can_print
from bot.runtime.clock import Clock
from bot.runtime.reload import described
from bot.store import files
from bot.store.database import Store
from bot.store.errors import SchemaNewerError, StoreError
from bot.store.schema import VERSIONS

LEAST_BYTES = 200 << 20
"""Free bytes below which a disk is as good as full."""
OLD_DAYS = 180
"""Days since its newest review after which a base is called old."""
_SQLITE = b"SQLite format 3\0"
"""How a SQLite database begins (https://www.sqlite.org/fileformat2.html)."""
_CLOSED = "cannot be written to by who runs this"
_OPEN_IT = (
    "let the user that runs Ally write there, or set ALLY_STATE to another folder"
)
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect '
    'width="8" height="8"/></svg>'
)


def base_finding(base: Base | None, on: date) -> Finding:
    """Whether there is a base, and how old its newest review is."""
    if base is None:
        return Finding("base", "wrong", "has problems", "see above, and `ally check`")
    seen = (
        f"{described(base)}, {len(base.countries)} actors, newest review "
        f"{base.updated.isoformat()}"
    )
    if (on - base.updated).days > OLD_DAYS:
        return Finding("base", "note", seen, "it is old; look for a newer Ally")
    return Finding("base", "ok", seen)


def _nearest(folder: Path) -> Path:
    """A folder, or the nearest one above it that exists."""
    above = (folder, *folder.absolute().parents)
    return next(each for each in above if os.path.lexists(each))


def _shut(name: str, folder: Path) -> Finding | None:
    """Why nothing can be written in a folder, or what would be it; None if it can."""
    there = _nearest(folder)
    if not there.is_dir():
        advice = "move it away, or set ALLY_STATE to another folder"
        return Finding(name, "wrong", f"{there} is no folder", advice)
    if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        return Finding(name, "wrong", f"{there} {_CLOSED}", _OPEN_IT)
    return None


def _wrong_file(path: Path) -> Finding | None:
    """What is wrong with the file of a SQLite database as a file; None if nothing is,
    or if there is none yet and one can be made.
    """
    # Others are made beside it.
    if shut := _shut("database", path.parent):
        return shut
    if not path.exists():
        return None
    if not path.is_file():
        advice = "move it away, or set ALLY_STATE to another folder"
        return Finding("database", "wrong", f"{path} is no file", advice)
    if not path.stat().st_size:
        advice = "restore a backup over it, or delete it to begin anew"
        return Finding("database", "wrong", f"{path} is empty", advice)
    if not os.access(path, os.R_OK | os.W_OK):
        return Finding("database", "wrong", f"{path} {_CLOSED}", _OPEN_IT)
    with path.open("rb") as file:
        begins = file.read(len(_SQLITE))
    if begins != _SQLITE:
        advice = "move it away; then restore a backup, or begin anew"
        return Finding("database", "wrong", f"{path} is no SQLite database", advice)
    return None


async def database(address: str, clock: Clock) -> Finding:
    """Whether the database can be reached, and whether its schema is this program's;
    one that is not there yet is not made.
    """
    try:
        store = Store(address, clock=clock.now)
    except ValueError as error:
        return Finding("database", "wrong", str(error), "set ALLY_DATABASE_URL")
    try:
        found = store.path and _wrong_file(store.path)
    except OSError as error:
        seen = f"{store.path} cannot be looked at: {error.strerror}"
        return Finding("database", "wrong", seen, _OPEN_IT)
    if found:
        return found
    kind = "SQLite" if store.sqlite else "PostgreSQL"
    try:
        async with asyncio.timeout(SECONDS):
            version = await store.version()
    except SchemaNewerError as error:
        return Finding(
            "database",
            "wrong",
            f"{kind} has schema {error.version}",
            "run a newer Ally on it",
        )
    except (StoreError, TimeoutError):
        if store.path:
            seen = f"{store.path} cannot be read"
            advice = "look whether it is damaged; else restore a backup"
            return Finding("database", "wrong", seen, advice)
        return Finding(
            "database",
            "wrong",
            f"{kind} cannot be reached",
            "look at ALLY_DATABASE_URL and the server",
        )
    finally:
        await store.close()
    if version is None:
        return Finding(
            "database", "ok", f"{kind}, empty; the next start makes its tables"
        )
    if version != VERSIONS[-1]:
        copied = ", after a copy of the file" if store.sqlite else "; back up first"
        return Finding(
            "database",
            "note",
            f"{kind}, schema {version}",
            f"the next start brings it to {VERSIONS[-1]}{copied}",
        )
    return Finding("database", "ok", f"{kind}, its schema {version} is up to date")


def disk(folder: Path) -> Finding:
    """Whether there is room in a folder, or in the nearest one above that exists, and
    whether Ally may write there.
    """
    if shut := _shut("disk", folder):
        return shut
    there = _nearest(folder)
    free = shutil.disk_usage(there).free
    seen = f"{free / 2**30:.1f} GiB free in {there}"
    if free < LEAST_BYTES:
        return Finding(
            "disk", "wrong", seen, "make room, or set ALLY_STATE to another disk"
        )
    return Finding("disk", "ok", seen)


def access(address: str, clock: Clock) -> list[Finding]:
    """Whether others than its owner may use a SQLite database, the files beside it or
    its folder; nothing for PostgreSQL.
    """
    try:
        path = Store(address, clock=clock.now).path
    except ValueError:
        return []
    try:
        open_paths = files.open_to_others(path) if path and path.is_file() else None
    except OSError:
        # The finding about the database tells of it.
        return []
    if open_paths is None:
        return []
    if not open_paths:
        return [Finding("access", "ok", "the database is its owner's alone")]
    names = ", ".join(str(each) for each in open_paths)
    advice = "chmod go= these: they hold what servers have added, and who added it"
    return [Finding("access", "wrong", f"others may use {names}", advice)]


def pictures() -> Finding:
    """Whether a small picture can be drawn."""
    try:
        drawn = png_of(_PICTURE)
    except (OSError, RuntimeError, ValueError) as error:
        return Finding(
            "pictures",
            "note",
            f"cannot be drawn here ({type(error).__name__})",
            "maps and timelines will come as words alone; install resvg_py anew",
        )
    return Finding("pictures", "ok", f"can be drawn ({len(drawn)} bytes)")


def briefs() -> Finding:
    """Whether the library that sets briefs as PDF is there."""
    if not can_print():
        return Finding(
            "briefs",
            "note",
            "come as words alone",
            "optional, for PDF: pip install '.[pdf]'",
        )
    return Finding("briefs", "ok", "come as PDF too")


def speed() -> Finding:
    """Whether the optional libraries that make it faster are there."""
    missing = [name for name in ("uvloop", "orjson") if find_spec(name) is None]
    if missing:
        return Finding(
            "speed",
            "note",
            f"without {' and '.join(missing)}",
            "optional: pip install '.[speed]'",
        )
    return Finding("speed", "ok", "uvloop and orjson are there")
