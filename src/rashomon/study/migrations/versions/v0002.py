"""Files that were read, their documents and passages, and the index of the passages' words."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables; what is there stays as it is."""
    op.create_table(
        "files",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file", sa.Text, nullable=False, unique=True),
        sa.Column("basis", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("faults", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file", sa.Integer, sa.ForeignKey("files.id"), nullable=False, index=True),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("metadata", sa.Text, nullable=False),
        sa.Column("published", sa.Text, nullable=False),
        sa.Column("published_lo", sa.Integer),
        sa.Column("published_hi", sa.Integer),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("repairs", sa.Text, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("anchor", sa.Text, nullable=False),
        sa.Column("repeat", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("paragraph", sa.Integer, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("original", sa.Text),
        sa.Column("repairs", sa.Text, nullable=False),
        sa.UniqueConstraint("source", "anchor", "repeat"),
        sa.UniqueConstraint("document", "place"),
    )
    # the words come ready cut: letters beyond ASCII are all of a word, and nothing is folded any more
    op.execute("CREATE VIRTUAL TABLE passage_words USING fts5(lemmas, others, forms, tokenize = 'ascii')")
