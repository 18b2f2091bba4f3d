"""What channels follow, the messages that are still to be posted there, and which
facts each edition of the base was the first to have.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def _guild(*, primary_key: bool) -> sa.Column[int]:
    return sa.Column(
        "guild_id",
        sa.BigInteger,
        sa.ForeignKey("guilds.guild_id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def upgrade() -> None:
    """Add four tables."""
    op.create_table(
        "base_editions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "base_facts",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("edition", sa.Integer, nullable=False),
    )
    op.create_index("ix_base_facts_edition", "base_facts", ["edition"])
    op.create_table(
        "follows",
        _guild(primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("what", sa.String(120), nullable=False),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("author", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("guild_revision", sa.Integer, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("levels", sa.JSON, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("closed", sa.BigInteger),
        sa.UniqueConstraint("guild_id", "what", "channel", name="one_follow_a_channel"),
    )
    op.create_index("ix_follows_author", "follows", ["author"])
    op.create_table(
        "deliveries",
        sa.Column("token", sa.String(24), primary_key=True),
        _guild(primary_key=False),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("claimed", sa.BigInteger),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("posted", sa.BigInteger),
        sa.Column("message", sa.BigInteger, nullable=False),
    )
    op.create_index("deliveries_waiting", "deliveries", ["posted", "at"])
    op.create_index("deliveries_of_channel", "deliveries", ["guild_id", "channel"])
