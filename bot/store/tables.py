"""The tables; times are milliseconds since 1970 in UTC, and ids are Discord's."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()

_BIG_ID = BigInteger().with_variant(Integer, "sqlite")
"""A number that counts up by itself, on both databases."""

guilds = Table(
    "guilds",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    # Counts every change of the server's entries and settings: what is cached is cached
    # under it.
    Column("revision", Integer, nullable=False),
    Column("next_entry", Integer, nullable=False),
    Column("next_suggestion", Integer, nullable=False),
    Column("preferences", JSON, nullable=False),
    Column("left_at", BigInteger),
    # Whether Ally was seen to be a member: a server may use its commands without, and
    # then cannot be seen to leave.
    Column("member", Boolean, nullable=False, server_default=false()),
)


def _guild() -> Column[int]:
    return Column(
        "guild_id",
        BigInteger,
        ForeignKey("guilds.guild_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )


entries = Table(
    "entries",
    metadata,
    _guild(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("key", String(200), nullable=False),
    Column("body", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint(
        "guild_id", "subject", "kind", "key", name="one_entry_for_one_thing"
    ),
)

revisions = Table(
    "revisions",
    metadata,
    _guild(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("body", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("verb", String(16), nullable=False),
    Column("author", BigInteger, nullable=False, index=True),
    Column("proposer", BigInteger, nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
)

suggestions = Table(
    "suggestions",
    metadata,
    _guild(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("subject", String(40), nullable=False),
    Column("body", JSON, nullable=False),
    Column("proposer", BigInteger, nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("tell", Boolean, nullable=False),
    Column("decided_by", BigInteger, nullable=False, index=True),
    Column("decided_at", BigInteger),
    Column("reason", Text, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False),
    Index("suggestions_waiting", "guild_id", "verdict"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", _BIG_ID, primary_key=True, autoincrement=True),
    Column(
        "guild_id",
        BigInteger,
        ForeignKey("guilds.guild_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("at", BigInteger, nullable=False),
    Column("actor", BigInteger, nullable=False, index=True),
    Column("verb", String(16), nullable=False),
    # The entry and its revision, or zeros for a change of settings, which ``detail``
    # then tells.
    Column("number", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("detail", JSON, nullable=False),
    # When the audit channel got it: null while it waits, -1 where there is no channel,
    # the moment of a claim with a minus while somebody posts it.
    Column("posted", BigInteger, index=True),
)

salts = Table(
    "salts",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("salt", String(64), nullable=False),
)

forgotten_proposals = Table(
    "forgotten_proposals",
    metadata,
    Column("id", _BIG_ID, primary_key=True, autoincrement=True),
    Column(
        "guild_id",
        BigInteger,
        ForeignKey("guilds.guild_id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("tag", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("forgotten_proposals_by_tag", "guild_id", "tag"),
)

quiz_answers = Table(
    "quiz_answers",
    metadata,
    _guild(),
    Column("player", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("question", String(16), primary_key=True),
    Column("correct", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)

quiz_left_out = Table(
    "quiz_left_out",
    metadata,
    # A digest of a person's id under the key of ``quiz_keys``: nobody's id.
    Column("tag", String(64), primary_key=True),
)

quiz_keys = Table(
    "quiz_keys",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("key", String(64), nullable=False),
)

polls = Table(
    "polls",
    metadata,
    _guild(),
    Column("channel", BigInteger, primary_key=True, autoincrement=False),
    Column("subject", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

base_editions = Table(
    "base_editions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
)

base_facts = Table(
    "base_facts",
    metadata,
    # A key of `knowledge.base_changes`, and the first edition that had it.
    Column("key", String(200), primary_key=True),
    Column("edition", Integer, nullable=False, index=True),
)

follows = Table(
    "follows",
    metadata,
    _guild(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # A kind of follow, and for most kinds a colon and what of that kind.
    Column("what", String(120), nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("how", String(16), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("author", BigInteger, nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    # Counts what was told; a teller changes a row only on top of what it has read.
    Column("version", Integer, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("guild_revision", Integer, nullable=False),
    Column("day", String(10), nullable=False),
    Column("levels", JSON, nullable=False),
    # Not looked at before; 0 for what is told at once.
    Column("due", BigInteger, nullable=False),
    # Since when its channel is gone or closed to Ally.
    Column("closed", BigInteger),
    UniqueConstraint("guild_id", "what", "channel", name="one_follow_a_channel"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("token", String(24), primary_key=True),
    Column(
        "guild_id",
        BigInteger,
        ForeignKey("guilds.guild_id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("channel", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("claimed", BigInteger),
    Column("tries", Integer, nullable=False),
    # When the channel got it: null while it waits, -1 if it never will.
    Column("posted", BigInteger),
    Column("message", BigInteger, nullable=False),
    Index("deliveries_waiting", "posted", "at"),
    Index("deliveries_of_channel", "guild_id", "channel"),
)

leases = Table(
    "chores",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

ORDER = (
    guilds,
    entries,
    revisions,
    suggestions,
    audit,
    base_editions,
    base_facts,
    follows,
    deliveries,
    quiz_answers,
    quiz_keys,
    quiz_left_out,
)
"""Every table of what servers have added and follow, and of the quiz, parents first:
what a backup holds.

Leases are the processes' own; salts, polls and the counts of forgotten people are gone
within two days, and a copy of them would outlive their purpose.
"""


OF_GUILDS = tuple(table for table in ORDER if "guild_id" in table.c)
"""Those of them whose rows each belong to one server."""


def millis(when: datetime) -> int:
    """A moment as the tables keep it."""
    return int(when.timestamp() * 1000)


def moment(stored: int) -> datetime:
    """A stored moment."""
    return datetime.fromtimestamp(stored / 1000, UTC)
