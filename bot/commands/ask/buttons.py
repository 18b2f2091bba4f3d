"""The buttons under answers: their whole state is their custom id, so they outlive a
restart and cost no memory.
"""

from __future__ import annotations

import re

from bot.ui.page import ReplyPage
from bot.ui.reading import Reader, ReadingButton

TEMPLATE = (
    r"ally:(?P<kind>ask|full|evidence|sources|votes|earlier|forecast|method|share)"
    r":(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)


def _is_public(match: re.Match[str]) -> bool:
    """Whether everybody is to see the answer to a press."""
    kind = match["kind"]
    return kind == "share" or (kind == "ask" and not int(match["n"]))


def _page(reader: Reader, match: re.Match[str]) -> ReplyPage:
    """What a press shows: in place where only the presser sees the message, privately
    beside it otherwise.
    """
    kind = match["kind"]
    context = reader.context(private=not _is_public(match))
    private = context.private
    return reader.replies.actor_page(
        "ask" if kind == "share" else kind,
        match["code"],
        reader.past_day(match["on"]),
        int(match["n"]),
        context.locale,
        private=private,
        server=reader.server,
        in_place=private and reader.on_private,
    )


BUTTONS = {TEMPLATE: ReadingButton(_page, counted=_is_public)}
"""What answers each family of buttons; what everybody is to see waits for the
cooldown.
"""
