"""Metrics for Prometheus: counts and times by command, never by user, guild or what was asked."""

from __future__ import annotations

import asyncio
import time
from functools import partial

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
_LAG_EVERY = 0.5


class Meters:
    """One registry of its own, so that two bots in one process do not mix."""

    CONTENT_TYPE = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        counter = partial(Counter, registry=self.registry)
        gauge = partial(Gauge, registry=self.registry)
        times = partial(Histogram, registry=self.registry, buckets=_SECONDS)
        self._commands = counter("ally_commands", "Commands, buttons and forms answered.", ["name", "outcome"])
        self._seconds = times("ally_answer_seconds", "From interaction to answer.", ["name"])
        self.autocomplete = times("ally_autocomplete_seconds", "Autocomplete answers.")
        self.lag = times("ally_event_loop_lag_seconds", "How late the event loop ran.")
        self.dropped = counter("ally_interactions_dropped", "Interactions that were too old to answer.")
        self.refused = counter("ally_http_refused", "Requests with a bad, stale or repeated signature.")
        self.rest_errors = counter("ally_rest_errors", "Errors from Discord's REST API.", ["class"])
        self.actors = gauge("ally_base_actors", "Actors in the knowledge base.")
        self.base_age = gauge("ally_base_age_days", "Days since the newest review in the base.")
        self.short = gauge("ally_shortcut_answers", "Answers that took the short way.")
        self.views = gauge("ally_server_views", "Servers' views in memory.")
        self.away = gauge("ally_database_away", "1 while the database cannot be reached.")
        self.guilds = gauge("ally_guilds", "Servers of this process.")

    def answered(self, name: str, outcome: str, seconds: float) -> None:
        """Count one answer; ``name`` is a command's and ``outcome`` ok, error or dropped."""
        self._commands.labels(name, outcome).inc()
        self._seconds.labels(name).observe(seconds)

    def rest_error(self, status: int) -> None:
        """Count an error of Discord's by its class, as 4xx."""
        self.rest_errors.labels(f"{status // 100}xx").inc()

    def exposed(self) -> bytes:
        """The registry in Prometheus' text format."""
        return generate_latest(self.registry)

    async def watch_lag(self) -> None:
        """Observe for ever how late the loop runs."""
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(_LAG_EVERY)
            self.lag.observe(max(0.0, time.perf_counter() - begun - _LAG_EVERY))
