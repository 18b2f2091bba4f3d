"""What an operator does besides running: backup, restore and the doctor's report, in
words and exit statuses.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from bot.cli.doctor import Finding, examine
from bot.knowledge.facts import Base
from bot.runtime.clock import SYSTEM_CLOCK
from bot.runtime.settings import Settings
from bot.store import backup
from bot.store.database import Store
from bot.store.errors import SchemaNewerError, StoreAwayError

OK, FAILED, UNAVAILABLE, CONFIG = 0, 1, 69, 78
_GRADES = {"ok": "ok", "note": "note", "wrong": "WRONG"}


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def stored(
    settings: Settings, file: Path, *, restoring: bool, replace: bool = False
) -> int:
    """Back up what servers have added, or restore it."""

    async def work() -> backup.Contents:
        try:
            store = Store(settings.database, clock=SYSTEM_CLOCK.now)
        except ValueError as error:
            raise backup.BackupError(f"ALLY_DATABASE_URL: {error}") from error
        if restoring:
            backup.inspect(file)
        elif store.path and not store.path.is_file():
            raise backup.BackupError(
                f"there is no database yet at {store.path}, so there is nothing to "
                "back up"
            )
        await store.open()
        try:
            if restoring:
                return await backup.restore(store, file, replace=replace)
            return await backup.back_up(store, file)
        finally:
            await store.close()

    try:
        found = asyncio.run(work())
    except SchemaNewerError as error:
        _say(
            f"Schema {error.version} is newer than this program knows; use a newer "
            "Ally."
        )
        return CONFIG
    except StoreAwayError as error:
        _say(f"The database cannot be reached: {error}")
        return UNAVAILABLE
    except (backup.BackupError, OSError) as error:
        _say(f"{error}")
        return FAILED
    rows = found.rows
    what = (
        f"{rows['guilds']} servers, {rows['entries']} entries, "
        f"{rows['revisions']} revisions"
    )
    _say(
        f"{'Restored from' if restoring else 'Wrote and checked'} {file}: {what}, "
        f"as of {found.made}."
    )
    return OK


def report(settings: Settings, base: Base | None, *, as_json: bool = False) -> int:
    """Print what the doctor finds, a line each with what to do about it, or as JSON;
    FAILED if anything is wrong.
    """
    found = [
        Finding("settings", "ok", "all of them can be read"),
        *asyncio.run(examine(settings, base)),
    ]
    if as_json:
        sys.stdout.write(
            json.dumps([asdict(each) for each in found], ensure_ascii=False) + "\n"
        )
    for each in () if as_json else found:
        sys.stdout.write(f"{_GRADES[each.grade]:<5} {each.name}: {each.seen}\n")
        if each.grade != "ok" and each.advice:
            sys.stdout.write(f"      to do: {each.advice}\n")
    return FAILED if any(each.grade == "wrong" for each in found) else OK
