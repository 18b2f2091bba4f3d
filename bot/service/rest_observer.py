"""What Discord's REST responses tell beside their bodies: errors, which are counted,
and Discord's own time.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Mapping
from types import SimpleNamespace

import aiohttp

from bot.runtime.clock import ServerClock
from bot.runtime.metrics import Metrics

_DATE_SECONDS = 5.0
"""How often the time is read; it stands in every response."""


class RestObserver:
    """Looks at every response; without a clock it only counts."""

    def __init__(self, metrics: Metrics, clock: ServerClock | None) -> None:
        self._metrics, self._clock = metrics, clock
        self._read_at = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        """For the session whose responses are looked at."""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._ended)
        trace.on_request_exception.append(self._broken)
        return trace

    async def _ended(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        request: aiohttp.TraceRequestEndParams,
    ) -> None:
        if request.response.status >= 400:
            self._metrics.rest_error(request.response.status)
        self.heard(request.response.headers)

    async def _broken(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        ___: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        self._metrics.rest_error(0)

    def heard(self, headers: Mapping[str, str]) -> None:
        """Learn Discord's time from a response, now and then."""
        now = time.monotonic()
        if self._clock is None or now < self._read_at:
            return
        try:
            self._clock.heard(
                email.utils.parsedate_to_datetime(headers.get("Date", "")).timestamp()
            )
            self._read_at = now + _DATE_SECONDS
        except ValueError:
            return
