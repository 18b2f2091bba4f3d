"""``ally run``: the client on Discord's gateway, from the first log line to the exit status."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import signal
import sys
from pathlib import Path

import discord

from bot import __version__
from bot.client import Client
from bot.guilds.errors import SchemaNewerError, StoreAwayError
from bot.guilds.office import Office
from bot.guilds.store import Store
from bot.guilds.writing import Quotas
from bot.knowledge.facts import Base
from bot.settings import Settings
from bot.shelf import changes, names_of, today
from bot.ui.desk import Desk
from bot.ui.gallery import Gallery

log = logging.getLogger("bot")

OK, UNAVAILABLE, CONFIG = 0, 69, 78
CLOSE_SECONDS = 10


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        row = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname,
            "logger": record.name, "message": record.getMessage(),
        }  # fmt: skip
        if record.exc_info:
            row["exception"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


def set_up_logs(settings: Settings) -> None:
    """One line a record on standard error, as text or JSON."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(_JsonLines() if settings.ally_log_format == "json" else text)
    logging.basicConfig(level=settings.ally_log_level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().level))
    logging.getLogger("alembic").setLevel(max(logging.WARNING, logging.getLogger().level))


async def _connected(client: Client, token: str) -> int:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers on its loop.
            loop.add_signal_handler(number, stop.set)
    working = asyncio.create_task(client.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            log.info("stopping")
            return OK
        await working
    except discord.LoginFailure:
        log.critical("Discord does not accept DISCORD_TOKEN; copy it again from the developer portal")
        return CONFIG
    except discord.PrivilegedIntentsRequired:
        log.critical("Discord asks for a privileged intent, which Ally never needs; check the bot's settings")
        return CONFIG
    except (discord.DiscordException, OSError) as error:
        log.critical("the connection to Discord failed: %s", error)
        return UNAVAILABLE
    finally:
        stopping.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(client.close(), CLOSE_SECONDS)
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await working
    return UNAVAILABLE


def serve(settings: Settings, base: Base, root: Path) -> int:
    """Connect and stay until told to stop; the exit status says why it ended."""
    set_up_logs(settings)
    names = names_of(base)
    names.warm()
    look = changes(root)

    quotas = Quotas(entries=settings.ally_entries_per_server, daily=settings.ally_suggestions_per_day)
    office = Office(Store(settings.database), base, names, quotas)
    desk = Desk(office.shelves, today, __version__)
    gallery = Gallery()
    client = Client(
        desk, office, gallery=gallery, guild=settings.ally_guild, state=settings.ally_state, reload=look,
        every=settings.ally_reload_seconds,
    )  # fmt: skip
    log.info("Ally %s, base %s with %d actors", __version__, base.revision, len(base.countries))
    # What is loaded by now lives as long as the process; collections need not walk it again.
    gc.collect()
    gc.freeze()
    assert settings.discord_token
    return asyncio.run(_opened(office, client, gallery, settings.discord_token.get_secret_value()))


async def _opened(office: Office, client: Client, gallery: Gallery, token: str) -> int:
    """Serve between the opening and the closing of the database; one that is away may come back later."""
    try:
        await office.open()
    except SchemaNewerError as error:
        log.critical("the database has schema %s, which is newer than this program knows; run a newer Ally on it, or "
                     "restore the copy made before", error.version)  # fmt: skip
        return CONFIG
    except StoreAwayError as error:
        log.warning("the database cannot be reached (%s); answering from the base until it can", error)
        office.shelves.away = True
        office.watch.start()
    warming = asyncio.create_task(gallery.warm())
    try:
        return await _connected(client, token)
    finally:
        warming.cancel()
        gallery.close()
        await office.close()
