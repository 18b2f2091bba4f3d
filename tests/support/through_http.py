"""The bot as `ally serve` runs it, under the same tests: every interaction goes through
the HTTP endpoint's way.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from bot.runtime.admission import InteractionTrace
from bot.runtime.discord_internals import (
    json_only,
    parsers_of,
    reply_sender,
    session_of,
)
from bot.runtime.first_reply import FirstReply, HttpFeed
from bot.service.client import Client


class ThroughHttp(Client):
    """Takes what the simulated gateway sends as if Discord had posted it, and returns
    the reply as its response.
    """

    async def setup_hook(self) -> None:
        """As ever, then turn every interaction to the endpoint's way."""
        await super().setup_hook()
        # Longer than any test takes: what is slow here is the simulation, and a promise
        # of its own is tested apart.
        self.http_feed = HttpFeed(self, self.promises, defer_after=20)
        parsers = parsers_of(self)

        def parse(payload: Mapping[str, Any]) -> None:
            task = asyncio.get_running_loop().create_task(self._respond(payload))
            self._kept_tasks.add(task)
            task.add_done_callback(self._kept_tasks.discard)

        self._kept_tasks: set[asyncio.Task[None]] = set()
        parsers["INTERACTION_CREATE"] = parse

    async def _respond(self, payload: Mapping[str, Any]) -> None:
        trace = self.admission.admit(payload)
        assert isinstance(trace, InteractionTrace), trace
        quick = self.fast_path.reply(payload)
        if quick is not None:
            found = FirstReply(json.loads(quick), lambda: None)
        else:
            found = await self.http_feed.reply(payload, trace)
        if found.body is None:
            return
        await reply_sender().create_interaction_response(
            int(payload["id"]),
            payload["token"],
            session=session_of(self),
            params=json_only(found.body),
        )
        found.sent()
