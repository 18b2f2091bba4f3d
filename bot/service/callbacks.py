"""Finished first replies, sent to Discord without discord.py's objects."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp
import discord
from yarl import URL

from bot.runtime.admission import Admission, InteractionTrace
from bot.runtime.discord_internals import api_base

log = logging.getLogger(__name__)

POST_SECONDS = 2.5
"""How long a finished reply is tried to be sent, from when its interaction came."""
PAUSES = (0.15, 0.4, 0.6)
"""Seconds between one try and the next, unless Discord names a longer time."""
_PLAIN = re.compile(r"[\w.~-]+", re.ASCII)
"""What stands in an address as it is, between its slashes."""
_UNKNOWN, _ANSWERED_ALREADY = 10062, 40060
"""Discord's error codes for an interaction that has expired, and for one that has its
first reply.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: the status, 0 for no response; the seconds that Discord
    wants to wait, 0 for none; and its error code, 0 for none.
    """

    status: int
    wait: float = 0.0
    code: int = 0

    @property
    def taken(self) -> bool:
        """Whether the interaction has its reply."""
        return 200 <= self.status < 300 or self.code == _ANSWERED_ALREADY

    @property
    def may_pass(self) -> bool:
        """Whether another try may go better."""
        return self.status in {0, 429} or self.status >= 500


class CallbackSender:
    """Sends first replies for one client; what Discord fails at is tried again while
    somebody still waits.
    """

    def __init__(
        self,
        client: discord.Client,
        admission: Admission,
        heard: Callable[[Mapping[str, str]], None],
    ) -> None:
        self._client, self._admission, self._heard = client, admission, heard
        self._session: aiohttp.ClientSession | None = None
        self._base: URL | None = None

    async def send(
        self, payload: Mapping[str, object], body: bytes, trace: InteractionTrace
    ) -> None:
        """Send the first reply to an interaction, JSON as Discord wants it."""
        url = self._address(str(payload["id"]), str(payload["token"]))
        with self._admission.handling(trace):
            outcome = await self._post(url, body)
            for pause in PAUSES:
                longer = max(outcome.wait, pause)
                spent = time.perf_counter() - trace.begun
                if not outcome.may_pass or spent + longer > POST_SECONDS:
                    break
                await asyncio.sleep(longer)
                outcome = await self._post(url, body)
            if outcome.taken:
                return
            trace.outcome = "late" if outcome.code == _UNKNOWN else "error"
            log.warning(
                "%s was not answered: status %d, code %d",
                trace.reference,
                outcome.status,
                outcome.code,
            )

    async def close(self) -> None:
        """Close the session; its connections are the client's."""
        if self._session:
            await self._session.close()

    def _address(self, interaction: str, token: str) -> URL:
        if self._base is None:
            self._base = URL(api_base())
        path = f"{self._base.raw_path}/interactions/{interaction}/{token}/callback"
        # To take an address apart costs more than all else that is done with it.
        is_plain = _PLAIN.fullmatch(interaction + token) is not None
        return self._base.with_path(path, encoded=is_plain)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            # The connections are discord.py's own; its session traces each request,
            # which costs more than it tells.
            http = self._client.http
            self._session = aiohttp.ClientSession(
                connector=http.connector,
                connector_owner=False,
                timeout=aiohttp.ClientTimeout(total=POST_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding"),
                headers={
                    "Content-Type": "application/json",
                    "User-Agent": http.user_agent,
                },
            )
        return self._session

    async def _post(self, url: URL, body: bytes) -> Outcome:
        metrics = self._admission.metrics
        try:
            async with self._opened().post(
                url, data=body, proxy=self._client.http.proxy
            ) as response:
                text = await response.read()
                self._heard(response.headers)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("Discord could not be reached: %s", type(error).__name__)
            metrics.rest_error(0)
            return Outcome(0)
        if response.status < 400:
            return Outcome(response.status)
        metrics.rest_error(response.status)
        try:
            said = json.loads(text)
            wait, code = float(said.get("retry_after", 0)), int(said.get("code", 0))
        except (ValueError, TypeError, AttributeError):
            return Outcome(response.status)
        return Outcome(response.status, wait, code)
