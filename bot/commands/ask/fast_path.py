"""The short way of the commonest question: /ally for a known name, from the payload to
the finished reply at once.

discord.py would build a dozen objects for it and throw them away. What is not plain (a
cooldown, a name to ask about, a server to read first) takes the long way through the
command tree, and both must give the same reply: a test compares.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from bot.knowledge.dates import parse_when
from bot.names.index import babel_locale
from bot.ui.render import Prepared
from bot.ui.replies import ReplyCache

_EPHEMERAL, _V2 = 1 << 6, 1 << 15
"""Message flags (/resources/message#message-object-message-flags)."""


log = logging.getLogger(__name__)


class FastPath:
    """Answers plain /ally payloads from one reply cache."""

    def __init__(self, replies: ReplyCache) -> None:
        self.replies = replies
        self.taken = 0

    def reply(self, payload: Mapping[str, Any]) -> bytes | None:
        """The body of the first response, as Discord wants it, or None for what must
        take the long way.
        """
        try:
            return self._reply(payload)
        except Exception as error:  # noqa: BLE001 - the long way fails too, or not; it has a place for an apology
            log.warning("the short way failed: %s", type(error).__name__)
            return None

    def _reply(self, payload: Mapping[str, Any]) -> bytes | None:
        data = payload.get("data")
        if (
            payload.get("type") != 2
            or not data
            or data.get("name") != "ally"
            or data.get("type") != 1
        ):
            return None
        guild = payload.get("guild_id")
        server = self.replies.views.kept(int(guild) if guild else None)
        if server is None or server.preferences.cooldown:
            return None
        options = {
            option["name"]: option["value"] for option in data.get("options", ())
        }
        country, on, private = (
            options.get("country"),
            options.get("on"),
            options.get("private"),
        )
        if not isinstance(country, str):
            return None
        today = self.replies.today()
        day = today
        if on:
            when = parse_when(str(on))
            if when is None or when.first > today:
                return None
            day = min(when.last, today)
        mine = str(payload.get("locale") or "en-US")
        found = server.names.resolve(country, babel_locale(mine))
        if not found.sure:
            return None
        hidden = server.preferences.private if private is None else bool(private)
        shown = str(payload.get("guild_locale") or mine) if not hidden else mine
        view = self.replies.page(
            "ask", found.matches[0], day, 1, shown, private=hidden, server=server
        )
        self.taken += 1
        return callback(view, ephemeral=hidden)


def callback(view: Prepared, *, ephemeral: bool) -> bytes:
    """A prepared message as the body of an interaction's first response; encoded
    once.
    """
    body = view.callbacks.get(ephemeral)
    if body is None:
        flags = _V2 | (_EPHEMERAL if ephemeral else 0)
        data: dict[str, Any] = {
            "components": view.to_components(),
            "flags": flags,
            "allowed_mentions": {"parse": []},
        }
        text = json.dumps(
            {"type": 4, "data": data}, ensure_ascii=False, separators=(",", ":")
        )
        body = view.callbacks[ephemeral] = text.encode()
    return body
