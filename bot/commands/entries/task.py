"""What a draft is for, as it travels in custom ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

import discord

from bot.entries.records import EntryKind

STATE = (
    # Only facts are suggested, whatever an id from outside says.
    r"(?!suggest:(?!event:))"
    r"(?P<verb>add|edit|approve|suggest):(?P<kind>event|actor|alias|summary|level):"
    r"(?P<subject>[A-Za-z0-9-]{1,40}):(?P<number>\d{1,20}):(?P<revision>\d{1,20})"
)
FORM = "form:" + STATE
DRAFT = r"draft:(?P<action>publish|edit|cancel):" + STATE
UNKNOWN_SUBJECT = "-"
"""Stands for an actor that is still to be typed."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a draft is for; it travels in custom ids. A suggestion from a message has
    its channel and message in place of an entry's number and revision.
    """

    verb: str
    """add, edit, approve or suggest."""
    kind: EntryKind
    subject: str = UNKNOWN_SUBJECT
    number: int = 0
    revision: int = 0

    @classmethod
    def of(cls, match: re.Match[str]) -> Task:
        """From a custom id."""
        return cls(
            match["verb"],
            cast("EntryKind", match["kind"]),
            match["subject"],
            int(match["number"]),
            int(match["revision"]),
        )

    def __str__(self) -> str:
        return f"{self.verb}:{self.kind}:{self.subject}:{self.number}:{self.revision}"


def message_source(guild: int, channel: int, message: int) -> str:
    """A Discord message as a source: its link, its day, and the mark of a weak one."""
    when = discord.utils.snowflake_time(message).date().isoformat()
    link = f"https://discord.com/channels/{guild}/{channel}/{message}"
    return f"{link}\nDiscord\nMessage in this server\n{when}\nweak"
