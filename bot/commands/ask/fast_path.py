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

from discord import (
    AppCommandType,
    InteractionResponseType,
    InteractionType,
    MessageFlags,
)

from bot.knowledge.dates import PastDays, past_day
from bot.names.choose import select_actor
from bot.names.locales import babel_locale
from bot.ui.render import Prepared
from bot.ui.replies import ReplyCache

log = logging.getLogger(__name__)

_COMMAND = InteractionType.application_command.value
_TYPED = AppCommandType.chat_input.value
_MESSAGE = InteractionResponseType.channel_message.value
_FLAGS = {
    hidden: MessageFlags(components_v2=True, ephemeral=hidden).value
    for hidden in (False, True)
}
"""The flags of a first reply, by whether only the asker sees it."""


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
        options = _ally_options(payload)
        guild = payload.get("guild_id")
        server = self.replies.views.kept(int(guild) if guild else None)
        if options is None or server is None or server.preferences.cooldown:
            return None
        country, on = options.get("country"), options.get("on")
        if not isinstance(country, str):
            return None
        first = server.base.first_day
        days = past_day(str(on) if on else None, self.replies.today(), first)
        if not isinstance(days, PastDays):
            return None
        mine = str(payload.get("locale") or "en-US")
        selection = select_actor(country, server.names, babel_locale(mine))
        if selection.key is None:
            return None
        private = options.get("private")
        hidden = server.preferences.private if private is None else bool(private)
        theirs = str(payload.get("guild_locale") or mine)
        shown = mine if hidden else server.preferences.public_locale(theirs)
        full = bool(options.get("full", server.preferences.full))
        view = self.replies.page(
            "full" if full else "ask",
            selection.key,
            days.last,
            1,
            shown,
            private=hidden,
            server=server,
        )
        self.taken += 1
        return callback(view, ephemeral=hidden)


def _ally_options(payload: Mapping[str, Any]) -> dict[str, object] | None:
    """What was typed into /ally, by option; None for anything but /ally."""
    data: Mapping[str, Any] = payload.get("data") or {}
    if payload.get("type") != _COMMAND:
        return None
    if data.get("name") != "ally" or data.get("type") != _TYPED:
        return None
    return {option["name"]: option["value"] for option in data.get("options", ())}


def callback(view: Prepared, *, ephemeral: bool) -> bytes:
    """A prepared message as the body of an interaction's first response; encoded
    once.
    """
    body = view.callbacks.get(ephemeral)
    if body is None:
        data: dict[str, Any] = {
            "components": view.to_components(),
            "flags": _FLAGS[ephemeral],
            "allowed_mentions": {"parse": []},
        }
        text = json.dumps(
            {"type": _MESSAGE, "data": data}, ensure_ascii=False, separators=(",", ":")
        )
        body = view.callbacks[ephemeral] = text.encode()
    return body
