"""``ally backup`` and ``ally restore``: all that servers have added, to a file and
back.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from bot.cli.common import CommandError, clock_of, settings_of_environment
from bot.cli.output import say
from bot.runtime.clock import Clock
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import Settings
from bot.store import backup
from bot.store.database import Store
from bot.store.errors import SchemaNewerError, StoreAwayError

Work = Callable[[Store], Awaitable[backup.Contents]]


def back_up(args: argparse.Namespace) -> ExitCode:
    """``ally backup FILE``."""
    file = Path(args.file)
    settings = settings_of_environment()
    store = _store(settings, clock_of(args))
    if store.path and not store.path.is_file():
        msg = (
            f"There is no database yet at {store.path}, so there is nothing to back up."
        )
        raise CommandError(msg)
    contents = _done(store, lambda opened: backup.back_up(opened, file))
    say(f"Wrote and checked {file}: {_told(contents)}.")
    return ExitCode.OK


def restore(args: argparse.Namespace) -> ExitCode:
    """``ally restore FILE [--replace]``."""
    file = Path(args.file)
    settings = settings_of_environment()
    with _errors_in_words():
        backup.inspect(file)
    replace: bool = args.replace
    contents = _done(
        _store(settings, clock_of(args)),
        lambda opened: backup.restore(opened, file, replace=replace),
    )
    say(f"Restored from {file}: {_told(contents)}.")
    return ExitCode.OK


def _store(settings: Settings, clock: Clock) -> Store:
    try:
        return Store(settings.database, clock=clock.now)
    except ValueError as error:
        raise CommandError(f"ALLY_DATABASE_URL: {error}") from error


def _done(store: Store, work: Work) -> backup.Contents:
    """Work between the opening and the closing of a store."""

    async def opened() -> backup.Contents:
        await store.open()
        try:
            return await work(store)
        finally:
            await store.close()

    with _errors_in_words():
        return asyncio.run(opened())


@contextmanager
def _errors_in_words() -> Generator[None]:
    """What goes wrong with a database or backup as CommandError."""
    try:
        yield
    except SchemaNewerError as error:
        msg = (
            f"Schema {error.version} is newer than this program knows; use a newer "
            "Ally."
        )
        raise CommandError(msg, ExitCode.CONFIG) from error
    except StoreAwayError as error:
        msg = f"The database cannot be reached: {error}"
        raise CommandError(msg, ExitCode.UNAVAILABLE) from error
    except backup.BackupError as error:
        raise CommandError(str(error)) from error


def _told(contents: backup.Contents) -> str:
    rows = contents.rows
    return (
        f"{rows['guilds']} servers, {rows['entries']} entries, "
        f"{rows['revisions']} revisions, as of {contents.made}"
    )
