"""The first store: results of measures, and the ledger of runs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "results",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("study", sa.String(64), nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("as_of", sa.String(10)),
        sa.Column("made", sa.String(29), nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("command", sa.Text, nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("started", sa.String(29), nullable=False),
        sa.Column("ended", sa.String(29)),
        sa.Column("status", sa.Integer),
        sa.Column("wrote", sa.Text, nullable=False),
    )
