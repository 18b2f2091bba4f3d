"""``ally run``: the client on Discord's gateway, from the first log line to the exit
status.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import discord

from bot import __version__
from bot.commands.ask.fast_path import FastPath
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.pictures.cache import PictureCache
from bot.runtime.clock import Clock, ServerClock
from bot.runtime.logs import set_up_logs
from bot.runtime.metrics import Metrics
from bot.runtime.reload import changes
from bot.runtime.settings import Settings, shards_of
from bot.service.client import Client
from bot.service.http import Health, application
from bot.service.http import serve as serve_app
from bot.store.database import Store
from bot.store.errors import SchemaNewerError, StoreAwayError, StoreError
from bot.store.services import Services
from bot.store.writer import Quotas
from bot.ui.replies import ReplyCache

log = logging.getLogger("bot")

OK, UNAVAILABLE, CONFIG = 0, 69, 78
DRAIN_SECONDS, CLOSE_SECONDS = 7.0, 2.0
"""When told to stop: how long what is being answered may take, and how long the
connection may take to close.
"""
QUEUES_SECONDS = 30.0
PUSH_SECONDS = 60.0
STALE_SECONDS = 60.0
"""A heartbeat that took longer than this to be acknowledged: the connection is as good
as gone.
"""


def told_to_stop() -> asyncio.Event:
    """An event that SIGINT or SIGTERM sets."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(
            NotImplementedError
        ):  # Windows has no signal handlers on its loop.
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _connected(client: Client, token: str) -> int:
    stop = told_to_stop()
    working = asyncio.create_task(client.start(token))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            log.info(
                "stopping: what is being answered is finished, nothing new is taken"
            )
            client.admission.stop()
            await client.admission.idle(DRAIN_SECONDS)
            return OK
        await working
    except discord.LoginFailure:
        log.critical(
            "Discord does not accept DISCORD_TOKEN; copy it again from the "
            "developer portal"
        )
        return CONFIG
    except discord.PrivilegedIntentsRequired:
        log.critical(
            "Discord asks for a privileged intent, which Ally never needs; check "
            "the bot's settings"
        )
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


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everything that serving needs, built once; the same for the gateway and for
    HTTP.
    """

    settings: Settings
    services: Services
    replies: ReplyCache
    picture_cache: PictureCache
    metrics: Metrics
    fast_path: FastPath
    client: Client

    def missing(self) -> list[str]:
        """What is missing for answering in full, whichever way interactions come."""
        missing = ["stopping"] if self.client.admission.stopping else []
        return (
            [*missing, "the database cannot be reached"]
            if self.services.views.away
            else missing
        )


def make(settings: Settings, base: Base, root: Path, clock: Clock) -> Assembly:
    """Build everything; nothing is connected yet."""
    names = names_of(base)
    names.warm()
    quotas = Quotas(
        entries=settings.ally_entries_per_server,
        daily=settings.ally_suggestions_per_day,
    )
    services = Services(Store(settings.database, clock=clock.now), base, names, quotas)
    replies = ReplyCache(services.views, clock.today, __version__)
    picture_cache, metrics, fast_path = PictureCache(), Metrics(), FastPath(replies)
    client = Client(
        replies,
        services,
        picture_cache=picture_cache,
        metrics=metrics,
        guild=settings.ally_guild,
        state=settings.ally_state,
        reload=changes(root, clock.today),
        every=settings.ally_reload_seconds,
        shards=shards_of(settings.ally_shards) if settings.ally_shards else None,
        clock=ServerClock(),
    )
    metrics.actors.set_function(lambda: len(replies.base.countries))
    metrics.base_age.set_function(lambda: (clock.today() - replies.base.updated).days)
    metrics.short.set_function(lambda: fast_path.taken)
    metrics.views.set_function(lambda: services.views.count)
    metrics.away.set_function(lambda: float(services.views.away))
    metrics.guilds.set_function(lambda: len(client.guilds))
    metrics.in_flight.set_function(lambda: client.admission.in_flight)
    metrics.latency.set_function(
        lambda: max((slow for _, slow in client.latencies), default=0.0)
    )
    metrics.queue.labels("pictures").set_function(lambda: picture_cache.drawing)
    views = services.views
    metrics.caches(
        {
            "replies": lambda: (replies.hits, replies.misses),
            "servers": lambda: (views.hits, views.misses),
            "pictures": lambda: (picture_cache.hits, picture_cache.misses),
        }
    )
    log.info(
        "Ally %s, base %s with %d actors",
        __version__,
        base.revision,
        len(base.countries),
    )
    # What is loaded by now lives as long as the process; collections need not walk it
    # again.
    gc.collect()
    gc.freeze()
    return Assembly(
        settings, services, replies, picture_cache, metrics, fast_path, client
    )


async def opened(
    assembly: Assembly, work: Callable[[], Awaitable[int]], health: Health
) -> int:
    """Work between the opening and the closing of everything; a database that is away
    may come back later.
    """
    services, settings = assembly.services, assembly.settings
    try:
        await services.open()
    except SchemaNewerError as error:
        log.critical(
            "the database has schema %s, which is newer than this program knows; "
            "run a newer Ally on it, or "
            "restore the copy made before",
            error.version,
        )
        return CONFIG
    except StoreAwayError as error:
        log.warning(
            "the database cannot be reached (%s); answering from the base until it can",
            error,
        )
        services.views.away = True
        services.watch.start()
    tasks = [
        asyncio.create_task(assembly.picture_cache.warm()),
        asyncio.create_task(assembly.metrics.watch_lag()),
        asyncio.create_task(_count_queues(assembly)),
    ]
    if settings.ally_push_url:
        tasks.append(asyncio.create_task(_push(settings.ally_push_url, health)))
    monitor = None
    try:
        if settings.ally_monitor_port:
            app = application(health, assembly.metrics)
            monitor = await serve_app(
                app, settings.ally_monitor_host, settings.ally_monitor_port
            )
        return await work()
    except OSError as error:
        log.critical("a port cannot be opened: %s", error.strerror)
        return CONFIG
    finally:
        for task in tasks:
            task.cancel()
        if monitor:
            await monitor.cleanup()
        assembly.picture_cache.close()
        await services.close()


async def _count_queues(assembly: Assembly) -> None:
    """Look now and then how much waits in the database; while it is away the last count
    stands.
    """
    queue = assembly.metrics.queue
    while True:
        with contextlib.suppress(StoreError):
            queue.labels("audit").set(await assembly.services.outbox.length())
            queue.labels("suggestions").set(await assembly.services.reader.undecided())
        await asyncio.sleep(QUEUES_SECONDS)


async def _push(url: str, health: Health) -> None:
    """Tell an uptime monitor every minute that all is well; its silence is its
    alarm.
    """
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=10)
    ) as session:
        while True:
            await asyncio.sleep(PUSH_SECONDS)
            if not await health():
                try:
                    async with session.get(url) as response:
                        await response.read()
                except (aiohttp.ClientError, TimeoutError) as error:
                    log.warning(
                        "the uptime monitor could not be told: %s", type(error).__name__
                    )


def serve(settings: Settings, base: Base, root: Path, clock: Clock) -> int:
    """``ally run``: connect and stay until told to stop; the exit status says why it
    ended.
    """
    set_up_logs(settings)
    assembly = make(settings, base, root, clock)
    client = assembly.client
    client.use_fast_path(assembly.fast_path)

    async def health() -> list[str]:
        missing = assembly.missing()
        if not client.is_ready() or client.is_closed():
            missing.append("the gateway is not ready")
        elif lost := [
            number for number, shard in client.shards.items() if shard.is_closed()
        ]:
            missing.append(
                f"connections of shards that are lost: {', '.join(map(str, lost))}"
            )
        elif not client.latency < STALE_SECONDS:
            missing.append("the gateway's heartbeat is stale")
        return missing

    async def work() -> int:
        assert settings.discord_token
        return await _connected(client, settings.discord_token.get_secret_value())

    return run(opened(assembly, work, health))


def run(work: Coroutine[Any, Any, int]) -> int:
    """Run to the end on the fastest event loop that is installed: uvloop's (the extra
    ``speed``), or Python's.
    """
    try:
        from uvloop import new_event_loop  # It does not exist for Windows.
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)
