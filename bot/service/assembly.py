"""Everything that serving needs: built once, opened, and closed again, whichever way
interactions come.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot import __version__
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.pictures.cache import PictureCache
from bot.runtime.clock import Clock, ServerClock
from bot.runtime.discord_internals import UnknownReleaseError, require_known_release
from bot.runtime.editions import editions_of
from bot.runtime.exit_code import ExitCode
from bot.runtime.health import Health, application, listen
from bot.runtime.metrics import Metrics
from bot.runtime.outages import OUTAGES
from bot.runtime.page_reader import PageReader
from bot.runtime.reload import changes, described
from bot.runtime.settings import Settings, shards_of
from bot.service.client import Client
from bot.service.newer_editions import keep_looking
from bot.store.changes import Quotas
from bot.store.database import Store
from bot.store.errors import SchemaNewerError, StoreAwayError, StoreError
from bot.store.services import Services
from bot.ui.replies import ReplyCache

log = logging.getLogger("bot")

DRAIN_SECONDS = 7.0
"""When told to stop: how long what is being answered may take."""
QUEUES_SECONDS = 30.0
PUSH_SECONDS = 60.0
TELL_SECONDS = 15.0
"""How often is looked at what channels follow."""
THREADS, SWITCH_SECONDS = 2, 0.001
"""How many threads work out what takes long, and after how many seconds one of them
lets the event loop go on. Python runs one of them at a time: with more of them, or for
longer, the loop waits for turn after turn, and nobody is answered (Python's own six
threads of 5 ms each set a busy bot back by a quarter of a minute).
"""
GIVE_UP_SECONDS = 2.0
"""How long work of its own may take to end once it was told to."""


def told_to_stop() -> asyncio.Event:
    """An event that SIGINT or SIGTERM sets."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers on its loop.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


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
    client: Client
    clock: Clock

    def missing(self) -> list[str]:
        """What is missing for answering in full, whichever way interactions come."""
        missing = ["stopping"] if self.client.admission.stopping else []
        return (
            [*missing, "the database cannot be reached"]
            if self.services.views.away
            else missing
        )


def assemble(
    settings: Settings,
    base: Base,
    root: Path | None,
    clock: Clock,
    *,
    simulated: bool = False,
    client_class: type[Client] = Client,
) -> Assembly | None:
    """Build everything; nothing is connected yet. None, after a line in the log, if
    discord.py is of a release that Ally does not know.

    The files under ``root`` are read again when they change; None watches none. In a
    ``simulated`` Discord, which has a time of its own, no interaction is too old.
    ValueError for an address that is no database's.
    """
    try:
        require_known_release()
    except UnknownReleaseError as error:
        log.critical("%s", error)
        return None
    names = names_of(base)
    names.warm()
    quotas = Quotas(
        entries=settings.ally_entries_per_server,
        daily=settings.ally_suggestions_per_day,
    )
    services = Services(Store(settings.database, clock=clock.now), base, names, quotas)
    site = settings.ally_site_url or ""
    replies = ReplyCache(services.views, clock.today, __version__, site)
    picture_cache, metrics = PictureCache(), Metrics()
    editions = editions_of(settings)
    client = client_class(
        replies,
        services,
        picture_cache=picture_cache,
        metrics=metrics,
        guild=settings.ally_guild,
        state=settings.ally_state,
        reload=changes(root, clock.today, editions) if root else None,
        every=settings.ally_reload_seconds,
        tell_every=TELL_SECONDS,
        shards=shards_of(settings.ally_shards) if settings.ally_shards else None,
        clock=None if simulated else ServerClock(),
        pages=PageReader(f"Ally/{__version__}") if settings.ally_read_pages else None,
    )
    assembly = Assembly(
        settings, services, replies, picture_cache, metrics, client, clock
    )
    _show_metrics(assembly, clock)
    log.info(
        "Ally %s, base with %s and %d actors",
        __version__,
        described(base),
        len(base.countries),
    )
    # What is loaded by now lives as long as the process; collections need not walk it
    # again.
    gc.collect()
    gc.freeze()
    return assembly


def _show_metrics(assembly: Assembly, clock: Clock) -> None:
    """Let the metrics look at what they show."""
    metrics, client, replies = assembly.metrics, assembly.client, assembly.replies
    views, picture_cache = assembly.services.views, assembly.picture_cache
    metrics.actors.set_function(lambda: len(replies.base.countries))
    metrics.base_age.set_function(lambda: (clock.today() - replies.base.updated).days)
    metrics.short.set_function(lambda: client.fast_path.taken)
    metrics.views.set_function(lambda: views.count)
    metrics.away.set_function(lambda: float(views.away))
    metrics.guilds.set_function(lambda: len(client.guilds))
    metrics.in_flight.set_function(lambda: client.admission.in_flight)
    metrics.latency.set_function(
        lambda: max((slow for _, slow in client.latencies), default=0.0)
    )
    metrics.queue.labels("pictures").set_function(lambda: picture_cache.drawing)
    metrics.caches(
        {
            "replies": lambda: (replies.hits, replies.misses),
            "servers": lambda: (views.hits, views.misses),
            "pictures": lambda: (picture_cache.hits, picture_cache.misses),
        }
    )


@contextlib.contextmanager
def port_of(setting: str, port: int, host: str) -> Generator[None]:
    """A port being opened: an OSError says by which setting it was chosen."""
    try:
        yield
    except OSError as error:
        number = error.errno or 0
        # asyncio's own words hold Python's: on address ('127.0.0.1', 8080).
        why = os.strerror(number) if number > 0 else error.strerror
        raise OSError(number, f"{setting}={port} on {host}: {why}") from error


async def opened(
    assembly: Assembly, work: Callable[[], Awaitable[ExitCode]], health: Health
) -> ExitCode:
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
        return ExitCode.CONFIG
    except StoreAwayError as error:
        log.warning(
            "the database cannot be reached (%s); answering from the base until it can",
            error,
        )
        services.views.away = True
        services.watch.start()
    tasks = [
        _in_background(assembly.picture_cache.warm()),
        _in_background(assembly.client.warm()),
        _in_background(assembly.metrics.watch_lag()),
        _in_background(_count_queues(assembly)),
        _in_background(keep_looking(settings, assembly.clock)),
    ]
    if settings.ally_push_url:
        url = settings.ally_push_url.get_secret_value()
        tasks.append(_in_background(_push(url, health)))
    monitor = None
    try:
        if settings.ally_monitor_port:
            app = application(health, assembly.metrics)
            port, host = settings.ally_monitor_port, settings.ally_monitor_host
            with port_of("ALLY_MONITOR_PORT", port, host):
                monitor = await listen(app, host, port)
        return await work()
    except OSError as error:
        log.critical("a port cannot be opened: %s", error.strerror)
        return ExitCode.CONFIG
    finally:
        for task in tasks:
            task.cancel()
        # A query that is given up closes its connection; closed by the pool meanwhile,
        # it would wait for its thread for ever.
        await asyncio.wait(tasks, timeout=GIVE_UP_SECONDS)
        if monitor:
            await monitor.close()
        assembly.picture_cache.close()
        await services.close()


def _in_background(work: Coroutine[None, None, None]) -> asyncio.Task[None]:
    """Begin work that nobody waits for; if it fails, the log says so at once."""
    task = asyncio.create_task(work)
    task.add_done_callback(_tell_of_failure)
    return task


def _tell_of_failure(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("work in the background ended by a mistake", exc_info=error)


async def _count_queues(assembly: Assembly) -> None:
    """Look now and then how much waits in the database; while it is away the last count
    stands.
    """
    queue = assembly.metrics.queue
    while True:
        with contextlib.suppress(StoreError):
            queue.labels("audit").set(await assembly.services.outbox.length())
            queue.labels("follows").set(await assembly.services.deliveries.length())
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
                except OUTAGES as error:
                    log.warning(
                        "the uptime monitor could not be told: %s", type(error).__name__
                    )


async def _with_few_threads(work: Coroutine[None, None, ExitCode]) -> ExitCode:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(THREADS, "ally"))
    return await work


def run(work: Coroutine[None, None, ExitCode]) -> ExitCode:
    """Run to the end on the fastest event loop that is installed: uvloop's (the extra
    ``speed``), or Python's.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    few = _with_few_threads(work)
    try:
        from uvloop import new_event_loop  # It does not exist for Windows.
    except ImportError:
        return asyncio.run(few)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(few)
