"""The tables of the working store, as the last migration leaves them.

Beside them stands the index of words, a virtual table of SQLite's FTS5, which SQLAlchemy does not know: a row for each
passage, under the passage's id. Its column ``lemmas`` has the passage's words in order, each as the dictionary has it; ``others``
the other words that these may be forms of, and ``forms`` the words as they stand, where that is not the lemma, each once.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()

RESULTS: Final = sa.Table(
    "results",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),  # grows, so it orders the results by age
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("study", sa.String(64), nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("measure", sa.Text, nullable=False),
    sa.Column("parameters", sa.Text, nullable=False),
    sa.Column("as_of", sa.String(10)),
    sa.Column("made", sa.String(29), nullable=False),
    sa.Column("value", sa.LargeBinary, nullable=False),  # text in UTF-8, compressed with zlib, whose checksum guards it
)

RUNS: Final = sa.Table(
    "runs",
    METADATA,
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

FILES: Final = sa.Table(
    "files",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.Text, nullable=False, unique=True),  # relative to the study, with /
    sa.Column("basis", sa.String(64), nullable=False),  # digest of all that what was read depends on
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),  # read | failed
    sa.Column("faults", sa.Text, nullable=False),  # JSON: what of it, or why all of it, was not read
)

DOCUMENTS: Final = sa.Table(
    "documents",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.Integer, sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("metadata", sa.Text, nullable=False),  # JSON
    sa.Column("published", sa.Text, nullable=False),  # a time of the grammar, and its bounds as ordinals
    sa.Column("published_lo", sa.Integer),
    sa.Column("published_hi", sa.Integer),
    sa.Column("passages", sa.Integer, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("repairs", sa.Text, nullable=False),  # JSON: kind → number
)

PASSAGES: Final = sa.Table(
    "passages",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("anchor", sa.Text, nullable=False),
    sa.Column("repeat", sa.Integer, nullable=False),  # from 1; below 0 only within a transaction
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("page", sa.Text, nullable=False),
    sa.Column("paragraph", sa.Integer, nullable=False),
    sa.Column("heading", sa.Text, nullable=False),  # JSON
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("original", sa.Text),  # none where it is the text
    sa.Column("repairs", sa.Text, nullable=False),  # JSON: [kind, start, end, after] each, for before is in the original
    sa.UniqueConstraint("source", "anchor", "repeat"),
    sa.UniqueConstraint("document", "place"),
)

WORDS: Final = "passage_words"
"""The name of the index of words."""
