"""Whether Ally is a member of a server, and chores that one process of many does.

Ally may serve a server that it is no member of (installed with commands alone). Only a
membership that was seen can be seen to end, so only such a server's data may be purged
for it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Add a column and a table."""
    op.add_column(
        "guilds",
        sa.Column("member", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "chores",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
