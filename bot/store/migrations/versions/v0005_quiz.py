"""The quiz's answers, who is left out of its scores, the key of its seals; and polls.

Of those who are left out a keyed digest is kept, so that the wish outlives their being
forgotten without their id.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def _guild() -> sa.Column[int]:
    return sa.Column(
        "guild_id",
        sa.BigInteger,
        sa.ForeignKey("guilds.guild_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )


def upgrade() -> None:
    """Add four tables."""
    op.create_table(
        "quiz_answers",
        _guild(),
        sa.Column("player", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("question", sa.String(16), primary_key=True),
        sa.Column("correct", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_quiz_answers_player", "quiz_answers", ["player"])
    op.create_index("ix_quiz_answers_at", "quiz_answers", ["at"])
    op.create_table("quiz_left_out", sa.Column("tag", sa.String(64), primary_key=True))
    op.create_table(
        "quiz_keys",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
    )
    op.create_table(
        "polls",
        _guild(),
        sa.Column("channel", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(40), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
