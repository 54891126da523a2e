"""Stores for tests: a key, one that is open, what state a file is in, and migrations beyond ours."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import rashomon
from rashomon.study import store as store_module
from rashomon.study.store import FILE, REVISIONS, Key, Store, open_store

KEY = Key("digest", "0.1.0", "levels", (("level", 0.9),), "1989-06-01")
LATER = f"{int(REVISIONS[-1]) + 1:04}"
SOURCE = Path(rashomon.__file__).parents[1]


def opened(folder: Path, timeout: float = 10.0) -> Store:
    """The store of a folder that can be written to."""
    store = open_store(folder, timeout=timeout)
    assert store is not None
    return store


def state_of(folder: Path) -> tuple[str | None, bool]:
    """The revision of a store that must be sound, and whether it has the change of :func:`later_scripts`."""
    raw = sqlite3.connect(folder / FILE)
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names:
            return None, False
        assert {"alembic_version", "results", "runs"} <= names
        assert "half" not in names
        (revision,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        columns = {row[1] for row in raw.execute("PRAGMA table_info(runs)")}
        assert ("host" in columns) == ("hosts" in names)
        return revision, "host" in columns
    finally:
        raw.close()


def later_scripts(folder: Path, ending: str = "") -> None:
    """Put migrations into ``folder`` that have one revision more than ours: it adds, copies, renames and fills."""
    shutil.copytree(store_module._SCRIPTS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "migrations" / "versions" / f"v{LATER}.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '{LATER}'\ndown_revision = '{REVISIONS[-1]}'\n\n\n"
        "def upgrade():\n"
        "    op.execute('CREATE TABLE half AS SELECT * FROM results')\n"
        "    op.add_column('runs', sa.Column('host', sa.Text))\n"
        "    op.execute(\"UPDATE runs SET host = 'here'\")\n"
        "    op.drop_table('results')\n"
        "    op.rename_table('half', 'results')\n"
        "    op.create_table('hosts', sa.Column('id', sa.Integer, primary_key=True))\n" + ending,
        encoding="utf-8",
    )
