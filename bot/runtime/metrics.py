"""Metrics for Prometheus: counts and times by command, never by user, guild or what was
asked.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import accumulate

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot import __version__

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
_LAG_EVERY = 0.5
_TIMED = {"ok", "error"}
"""The outcomes of what was worked on."""

Lookups = Callable[[], tuple[int, int]]
"""How often something was found in a cache, and how often not, since the start."""


class _Caches(Collector):
    """Counts that the caches keep themselves, so that a look-up costs no more than an
    addition.
    """

    def __init__(self, caches: Mapping[str, Lookups]) -> None:
        self._caches = caches

    def collect(self) -> Iterable[CounterMetricFamily]:
        """As prometheus-client asks for them."""
        family = CounterMetricFamily(
            "ally_cache_lookups", "Look-ups in memory.", labels=["cache", "outcome"]
        )
        for name, counts in self._caches.items():
            hits, misses = counts()
            family.add_metric([name, "hit"], hits)
            family.add_metric([name, "miss"], misses)
        yield family


class _Times:
    """How often something took how long, as a histogram has it."""

    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * (len(_SECONDS) + 1)
        self.total = 0.0

    def observe(self, seconds: float) -> None:
        """Count one."""
        self.counts[bisect_left(_SECONDS, seconds)] += 1
        self.total += seconds

    def add(self, other: _Times) -> None:
        """Count all that another has counted."""
        pairs = zip(self.counts, other.counts, strict=True)
        self.counts = [mine + theirs for mine, theirs in pairs]
        self.total += other.total

    def buckets(self) -> list[tuple[str, float]]:
        """As Prometheus has them: each with what all before it counted."""
        ends = [*(str(float(each)) for each in _SECONDS), "+Inf"]
        return list(zip(ends, map(float, accumulate(self.counts)), strict=True))


class _Answers(Collector):
    """What every interaction is counted in: prometheus-client's own counters take four
    times as long.
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str, str], int] = {}
        self._times: dict[tuple[str, str], _Times] = {}

    def add(self, kind: str, name: str, outcome: str, seconds: float) -> None:
        """Count one interaction."""
        key = (kind, name, outcome)
        self._counts[key] = self._counts.get(key, 0) + 1
        if outcome in _TIMED:
            times = self._times.get((kind, name))
            if times is None:
                times = self._times[kind, name] = _Times()
            times.observe(seconds)

    def collect(self) -> Iterable[Metric]:
        """As prometheus-client asks for them."""
        counts = CounterMetricFamily(
            "ally_commands",
            "Interactions by what was used.",
            labels=["kind", "name", "outcome"],
        )
        for key, count in self._counts.items():
            counts.add_metric(key, count)
        yield counts
        seconds = HistogramMetricFamily(
            "ally_answer_seconds",
            "From interaction to answer.",
            labels=["kind", "name"],
        )
        typing = _Times()
        for (kind, name), times in self._times.items():
            seconds.add_metric([kind, name], times.buckets(), times.total)
            if kind == "autocomplete":
                typing.add(times)
        yield seconds
        half_typed = HistogramMetricFamily(
            "ally_autocomplete_seconds", "Autocomplete answers."
        )
        half_typed.add_metric([], typing.buckets(), typing.total)
        yield half_typed


class Metrics:
    """One registry of its own, so that two bots in one process do not mix."""

    CONTENT_TYPE = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        counter = partial(Counter, registry=self.registry)
        gauge = partial(Gauge, registry=self.registry)
        times = partial(Histogram, registry=self.registry, buckets=_SECONDS)
        self._answers = _Answers()
        self.registry.register(self._answers)
        self.lag = times("ally_event_loop_lag_seconds", "How late the event loop ran.")
        self.dropped = counter(
            "ally_interactions_dropped", "Interactions that were too old to answer."
        )
        self.in_flight = gauge(
            "ally_interactions_in_flight", "Interactions being worked on."
        )
        self._refused = counter(
            "ally_http_refused", "Requests that were not taken.", ["reason"]
        )
        self._rest_errors = counter(
            "ally_rest_errors", "Errors from Discord's REST API.", ["class"]
        )
        self._gateway = counter(
            "ally_gateway_events", "What became of gateway connections.", ["event"]
        )
        self.latency = gauge(
            "ally_gateway_latency_seconds", "The slowest shard's heartbeat."
        )
        self.actors = gauge("ally_base_actors", "Actors in the knowledge base.")
        self.base_age = gauge(
            "ally_base_age_days", "Days since the newest review in the base."
        )
        self.short = gauge("ally_shortcut_answers", "Answers that took the short way.")
        self.views = gauge("ally_server_views", "Servers' views in memory.")
        self.away = gauge(
            "ally_database_away", "1 while the database cannot be reached."
        )
        self.guilds = gauge("ally_guilds", "Servers of this process.")
        self.queue = gauge(
            "ally_queue_length",
            "What waits: pictures to draw, audit posts, follows to tell, suggestions.",
            ["queue"],
        )
        Info("ally_build", "Which Ally this is.", registry=self.registry).info(
            {"version": __version__}
        )
        # Memory, processor time and open files, where the system tells.
        ProcessCollector(registry=self.registry)
        for reason in ("signature", "stale", "replayed", "malformed", "slow"):
            self._refused.labels(reason)
        for name in ("4xx", "5xx", "429", "network"):
            self._rest_errors.labels(name)
        for queue in ("pictures", "audit", "follows", "suggestions"):
            self.queue.labels(queue)
        for event in ("ready", "resumed", "disconnected"):
            self._gateway.labels(event)

    def caches(self, caches: Mapping[str, Lookups]) -> None:
        """Show what these caches count; once."""
        self.registry.register(_Caches(caches))

    def answered(self, kind: str, name: str, outcome: str, seconds: float) -> None:
        """Count one interaction: its kind, a command's name or a button's family, and
        how it ended.
        """
        self._answers.add(kind, name, outcome, seconds)

    def refuse(self, reason: str) -> None:
        """Count a request that is not taken: signature, stale, replayed,
        malformed or slow.
        """
        self._refused.labels(reason).inc()

    def gateway(self, event: str) -> None:
        """Count what became of a connection: ready, resumed or disconnected."""
        self._gateway.labels(event).inc()

    def rest_error(self, status: int) -> None:
        """Count an error of Discord's by its class: 429 by itself, 0 for no response at
        all.
        """
        special = {0: "network", 429: "429"}
        name = special.get(status, f"{status // 100}xx")
        self._rest_errors.labels(name).inc()

    def exposed(self) -> bytes:
        """The registry in Prometheus' text format."""
        return generate_latest(self.registry)

    async def watch_lag(self) -> None:
        """Observe for ever how late the loop runs."""
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(_LAG_EVERY)
            self.lag.observe(max(0.0, time.perf_counter() - begun - _LAG_EVERY))
