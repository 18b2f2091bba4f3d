"""Servers, their entries with revisions, suggestions and the audit.

The columns are written out rather than taken from ``tables``, which describes the
newest schema and not this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def _guild() -> sa.Column[int]:
    return sa.Column(
        "guild_id",
        sa.BigInteger,
        sa.ForeignKey("guilds.guild_id", ondelete="CASCADE"),
        primary_key=True,
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "guilds",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("next_entry", sa.Integer, nullable=False),
        sa.Column("next_suggestion", sa.Integer, nullable=False),
        sa.Column("preferences", sa.JSON, nullable=False),
        sa.Column("left_at", sa.BigInteger),
    )
    op.create_table(
        "entries",
        _guild(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("author", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint(
            "guild_id", "subject", "kind", "key", name="one_entry_for_one_thing"
        ),
    )
    op.create_table(
        "revisions",
        _guild(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("verb", sa.String(16), nullable=False),
        sa.Column("author", sa.BigInteger, nullable=False),
        sa.Column("proposer", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_revisions_author", "revisions", ["author"])
    op.create_index("ix_revisions_proposer", "revisions", ["proposer"])
    op.create_table(
        "suggestions",
        _guild(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("proposer", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("tell", sa.Boolean, nullable=False),
        sa.Column("decided_by", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("message", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_suggestions_proposer", "suggestions", ["proposer"])
    op.create_index("ix_suggestions_decided_by", "suggestions", ["decided_by"])
    op.create_index("suggestions_waiting", "suggestions", ["guild_id", "verdict"])
    op.create_table(
        "audit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column(
            "guild_id",
            sa.BigInteger,
            sa.ForeignKey("guilds.guild_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.BigInteger, nullable=False),
        sa.Column("verb", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("posted", sa.BigInteger),
    )
    op.create_index("ix_audit_guild_id", "audit", ["guild_id"])
    op.create_index("ix_audit_actor", "audit", ["actor"])
    op.create_index("ix_audit_posted", "audit", ["posted"])
