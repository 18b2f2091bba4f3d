"""Finished first replies, sent to Discord without discord.py's objects."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import discord

from bot.runtime.admission import Admission, InteractionOutcome, InteractionTrace
from bot.runtime.discord_internals import api_base
from bot.service.connections import Connections, Response

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
class Attempt:
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
    somebody still waits. ``heard`` is told what Discord's responses say of the time.
    """

    def __init__(
        self,
        client: discord.Client,
        admission: Admission,
        heard: Callable[[Mapping[str, str]], None],
    ) -> None:
        self._client, self._admission, self._heard = client, admission, heard
        self._connections: Connections | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def send(
        self, payload: Mapping[str, object], body: bytes, trace: InteractionTrace
    ) -> None:
        """Begin to send the first reply to an interaction, JSON as Discord wants it."""
        connections = self._opened()
        path = _path(str(payload["id"]), str(payload["token"]))
        request = connections.request(path, body)
        self._admission.begin(trace)
        connection = connections.free()
        if connection is None:
            self._start(self._insist(request, trace, None))
            return

        def came(response: Response | None) -> None:
            attempt = self._attempt(response)
            if attempt.taken:
                self._admission.end(trace)
            else:
                self._start(self._insist(request, trace, attempt))

        # Nearly always one is free, and Discord takes the reply: no task is needed.
        connection.post(request, POST_SECONDS, came)

    async def close(self) -> None:
        """Give up what is still being sent, and close the connections."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._connections:
            self._connections.close()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _opened(self) -> Connections:
        if self._connections is None:
            user_agent = self._client.http.user_agent
            self._connections = Connections(api_base(), user_agent)
        return self._connections

    async def _insist(
        self, request: bytes, trace: InteractionTrace, attempt: Attempt | None
    ) -> None:
        """Send a request until it is taken or too late; ``attempt`` is of the try
        before, if there was one.
        """
        outcome: InteractionOutcome = "error"
        try:
            if attempt is None:
                attempt = await self._post(request)
            attempt = await self._again(request, trace, attempt)
            if attempt.taken:
                outcome = trace.outcome
                return
            outcome = "late" if attempt.code == _UNKNOWN else "error"
            log.warning(
                "%s was not answered: status %d, code %d",
                trace.reference,
                attempt.status,
                attempt.code,
            )
        finally:
            trace.outcome = outcome
            self._admission.end(trace)

    async def _again(
        self, request: bytes, trace: InteractionTrace, attempt: Attempt
    ) -> Attempt:
        """Try again while that may go better and somebody waits."""
        for pause in PAUSES:
            longer = max(attempt.wait, pause)
            spent = time.perf_counter() - trace.begun
            if not attempt.may_pass or spent + longer > POST_SECONDS:
                break
            await asyncio.sleep(longer)
            attempt = await self._post(request)
        return attempt

    async def _post(self, request: bytes) -> Attempt:
        return self._attempt(await self._opened().post(request, POST_SECONDS))

    def _attempt(self, response: Response | None) -> Attempt:
        """What came of a try; errors are counted."""
        metrics = self._admission.metrics
        if response is None:
            log.warning("Discord could not be reached, or did not answer")
            metrics.rest_error(0)
            return Attempt(0)
        self._heard({"Date": response.date})
        if response.status < 400:
            return Attempt(response.status)
        metrics.rest_error(response.status)
        try:
            said = json.loads(response.body)
            wait, code = float(said.get("retry_after", 0)), int(said.get("code", 0))
        except (ValueError, TypeError, AttributeError):
            return Attempt(response.status)
        return Attempt(response.status, wait, code)


def _path(interaction: str, token: str) -> str:
    """The path of an interaction's callback below the API's address."""
    if not _PLAIN.fullmatch(interaction + token):
        interaction, token = quote(interaction, safe=""), quote(token, safe="")
    return f"/interactions/{interaction}/{token}/callback"
