"""What a server adds: entries, their revisions and members' suggestions, as frozen
records that know no database.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal, cast

from pydantic import TypeAdapter

from bot.knowledge import documents
from bot.knowledge.migrate import migrated_entry

EntryKind = Literal["event", "actor", "alias", "summary", "level"]
State = Literal["published", "retired"]
Verdict = Literal["pending", "approved", "rejected", "withdrawn"]
Verb = Literal["add", "edit", "retire", "undo", "import", "approve"]
Body = Mapping[str, Any]
"""An entry's content as JSON has it, in the words of the base's own files."""

LAST_NUMBER = 2**31 - 1
"""The largest number that an entry, a suggestion or a revision can have: what an
integer of both databases holds (PostgreSQL manual, 8.1).
"""
DEFAULT_LOCALE = "en-US"
"""The locale of a server for which Discord names none, as of one that never chose
(/resources/guild#guild-object).
"""
FORGOTTEN = 0
"""Stands for the id of somebody who asked to be forgotten."""


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a server says, as it stands now. ``number`` counts from 1 in each
    server and is never reused.
    """

    number: int
    kind: EntryKind
    subject: str
    """The actor's code."""
    body: Body
    state: State
    revision: int
    author: int
    """Who made the latest revision: a Discord user id, or FORGOTTEN."""
    at: datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Revision:
    """One change of one entry: who, when, how, why, and what the entry was
    afterwards.
    """

    number: int
    revision: int
    kind: EntryKind
    subject: str
    body: Body
    state: State
    verb: Verb
    author: int
    at: datetime
    reason: str = ""
    proposer: int = FORGOTTEN


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """What a member proposed, and what became of it."""

    number: int
    subject: str
    body: Body
    proposer: int
    at: datetime
    verdict: Verdict = "pending"
    revision: int = 1
    tell: bool = False
    """Whether the proposer asked to be told."""
    decided_by: int = FORGOTTEN
    decided_at: datetime | None = None
    reason: str = ""
    entry: int = 0
    channel: int = 0
    message: int = 0
    """Where the review channel shows it; 0 if nowhere."""


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One change to be made: a new entry (``number`` 0), or a new revision on top of
    ``revision``.
    """

    kind: EntryKind
    subject: str
    body: Body
    number: int = 0
    revision: int = 0
    state: State = "published"
    before: Body | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Preferences:
    """A server's settings. ``roles`` may moderate beside those who may manage the
    server; channels are 0 for none; ``cooldown`` in seconds.
    """

    roles: tuple[int, ...] = ()
    review_channel: int = 0
    audit_channel: int = 0
    private: bool = False
    """Whether /ally answers only the asker unless they say otherwise."""
    cooldown: int = 0
    full: bool = False
    """Whether /ally gives the long answer unless the asker says otherwise."""
    zone: str = ""
    """The time zone in which days begin for what channels follow, as the IANA database
    names it; empty for UTC.
    """
    language: str = ""
    """The locale of what everybody sees; empty to follow Discord's own setting."""
    polls: bool = False
    """Whether members may ask everybody in a poll under an answer."""

    def public_locale(
        self, of_server: str | None, otherwise: str = DEFAULT_LOCALE
    ) -> str:
        """The locale of what everybody sees: that of the settings, else what Discord
        says of the server, else ``otherwise``.
        """
        return self.language or of_server or otherwise


def number_of(text: str) -> int:
    """The number that a text typed for an entry means, with or without ``#``, from 1 to
    LAST_NUMBER; 0, which no entry has, for anything else.
    """
    digits = text.strip().removeprefix("#").strip().lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        return 0
    if len(digits) > len(str(LAST_NUMBER)) or int(digits) > LAST_NUMBER:
        return 0
    return int(digits)


@cache
def _events() -> TypeAdapter[documents.Event]:
    """The validator of events; built on first use, for it costs some milliseconds."""
    return TypeAdapter(documents.Event)


@cache
def _overrides() -> TypeAdapter[documents.Override]:
    """The validator of overrides; built on first use too."""
    return TypeAdapter(documents.Override)


def event_of(body: Body) -> documents.Event:
    """The event that a body holds, in this edition's form whichever edition wrote it;
    ValidationError if it is none (any more).
    """
    return _events().validate_python(migrated_entry(body))


def override_of(body: Body) -> documents.Override:
    """The override that a body holds, in this edition's form whichever edition wrote
    it; ValidationError if it is none (any more).
    """
    return _overrides().validate_python(migrated_entry(body))


def body_of(thing: documents.Event | documents.Override) -> Body:
    """The body that holds an event or an override, with defaults left out."""
    if isinstance(thing, documents.Event):
        body = _events().dump_python(thing, mode="json", exclude_defaults=True)
    else:
        body = _overrides().dump_python(thing, mode="json", exclude_defaults=True)
    return cast("Body", body)


def current_form(kind: str, body: Body) -> Body:
    """A body as this edition would write it, whichever edition wrote it;
    ValidationError if it holds what it should no more.
    """
    if kind == "event":
        return body_of(event_of(body))
    return body_of(override_of(body)) if kind == "level" else body


def headline(entry: Entry | Revision | Suggestion | Change) -> str:
    """One line that says what an entry says, without its sources."""
    body = entry.body
    match getattr(entry, "kind", "event"):
        case "actor":
            return str(body["names"]["short"])
        case "alias":
            return str(body["alias"])
        case "summary":
            return str(body["summary"])
        case "level":
            return f"{body['level']}: {body['reason']}"
        case _:
            return f"{body['claim']} ({body['date']})"
