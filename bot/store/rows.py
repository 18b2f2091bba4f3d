"""Rows of the tables as the records that everything else knows."""

from __future__ import annotations

from sqlalchemy import Row

from bot.entries.records import Change, Entry, Preferences, Revision, Suggestion
from bot.knowledge.plain import PlainObject, list_in
from bot.names.folding import fold
from bot.store.tables import moment


def entry_of(row: Row[tuple[object, ...]]) -> Entry:
    """A row of ``entries`` as a record."""
    return Entry(
        row.number,
        row.kind,
        row.subject,
        row.body,
        row.state,
        row.revision,
        row.author,
        moment(row.at),
    )


def revision_of(row: Row[tuple[object, ...]]) -> Revision:
    """A row of ``revisions`` as a record."""
    return Revision(
        row.number,
        row.revision,
        row.kind,
        row.subject,
        row.body,
        row.state,
        row.verb,
        row.author,
        moment(row.at),
        row.reason,
        row.proposer,
    )


def suggestion_of(row: Row[tuple[object, ...]]) -> Suggestion:
    """A row of ``suggestions`` as a record."""
    return Suggestion(
        row.number,
        row.subject,
        row.body,
        row.proposer,
        moment(row.at),
        row.verdict,
        row.revision,
        row.tell,
        row.decided_by,
        moment(row.decided_at) if row.decided_at else None,
        row.reason,
        row.entry,
        row.channel,
        row.message,
    )


def preferences_of(stored: PlainObject) -> Preferences:
    """A server's settings; what an older or newer program wrote and this one does not
    know is left out.
    """
    return Preferences(
        roles=tuple(_whole(each) for each in list_in(stored.get("roles"))),
        review_channel=_whole(stored.get("review_channel")),
        audit_channel=_whole(stored.get("audit_channel")),
        private=bool(stored.get("private", False)),
        cooldown=_whole(stored.get("cooldown")),
        full=bool(stored.get("full", False)),
        zone=str(stored.get("zone", "")),
        language=str(stored.get("language", "")),
        polls=bool(stored.get("polls", False)),
    )


def _whole(stored: object) -> int:
    """A whole number; 0 where nothing, or nothing of the kind, is stored."""
    return stored if isinstance(stored, int) else 0


def key_of(change: Change | Entry) -> str:
    """What there may be only one of for an actor: an event's id, an alias, a summary, a
    level, the actor itself.
    """
    body = change.body
    if change.kind == "event":
        return str(body["id"])
    return fold(str(body["alias"])) if change.kind == "alias" else ""
