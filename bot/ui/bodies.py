"""Finished first responses: the very bytes that discord.py would send for a page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.runtime.discord_internals import (
    choices_payload,
    message_payload,
    update_payload,
    written_json,
)
from bot.ui.interaction import SILENT, Choice
from bot.ui.render import Prepared


def message_body(view: Prepared, *, ephemeral: bool) -> bytes:
    """A page as a new message for the asker alone or for everybody; encoded once."""
    kind = "private" if ephemeral else "public"
    body = view.bodies.get(kind)
    if body is None:
        payload = message_payload(view, SILENT, ephemeral=ephemeral)
        body = view.bodies[kind] = written_json(payload)
    return body


def update_body(view: Prepared) -> bytes:
    """A page in the place of the message that was pressed; encoded once."""
    body = view.bodies.get("update")
    if body is None:
        body = view.bodies["update"] = written_json(update_payload(view, SILENT))
    return body


def choices_body(choices: Sequence[Choice]) -> bytes:
    """What an option offers."""
    return written_json(choices_payload(choices))
