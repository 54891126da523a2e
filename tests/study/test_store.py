"""The working store: what it keeps, and what it refuses to open."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kill_child import keep, kept
from stores import KEY, SOURCE, later_scripts, opened, state_of

from rashomon.errors import RashomonError, error
from rashomon.study import store as store_module
from rashomon.study.store import FILE, REVISIONS, Key, Store, open_store, study_digest
from rashomon.study.store_tables import METADATA, WORDS


def refusal(folder: Path) -> RashomonError:
    """The error with which a folder's store does not open."""
    with pytest.raises(RashomonError) as raised:
        open_store(folder)
    return raised.value


# --- what it keeps --------------------------------------------------------------------------------


def test_a_value_is_found_again_under_its_key_only(tmp_path: Path) -> None:
    value = {"rows": [1, 2.5, None, "四島"], "deep": {"a": [True]}}
    with opened(tmp_path) as store:
        assert kept(store, KEY) is None
        keep(store, KEY, value)
    with opened(tmp_path) as store:
        assert json.dumps(kept(store, KEY)) == json.dumps(value)  # the order of keys too
        keep(store, KEY, [1])
        assert kept(store, KEY) == [1]


def test_every_part_of_a_key_counts_and_the_order_of_parameters_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs: tuple[tuple[str, object], ...] = (("a", 1), ("b", [2]))
    keys = [
        Key("s", "1", "m", pairs, "1989-06-01"),
        Key("t", "1", "m", pairs, "1989-06-01"),
        Key("s", "2", "m", pairs, "1989-06-01"),
        Key("s", "1", "n", pairs, "1989-06-01"),
        Key("s", "1", "m", pairs[:1], "1989-06-01"),
        Key("s", "1", "m", pairs, None),
    ]
    assert len({key.digest() for key in keys}) == len(keys)
    assert Key("s", "1", "m", pairs[::-1], "1989-06-01").digest() == keys[0].digest()
    before = keys[0].digest()
    monkeypatch.setattr(store_module, "_source_digest", lambda: "another program")
    assert keys[0].digest() != before


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=10,
)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("store")) as store:
        yield store


@given(value=JSON)
def test_any_json_round_trips(shared_store: Store, value: object) -> None:
    keep(shared_store, KEY, value)
    assert kept(shared_store, KEY) == value


def test_a_text_is_kept_once_its_last_piece_has_passed(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "[1, "
        raise ValueError("no more")

    with opened(tmp_path) as store:
        passing = store.remember(KEY, ["[1, ", "2]"])
        assert next(passing) == "[1, "
        assert store.cached(KEY) is None
        assert list(passing) == ["2]"]
        assert store.cached(KEY) == "[1, 2]"
        with pytest.raises(ValueError, match="no more"):
            list(store.remember(KEY, broken()))
        assert store.cached(KEY) == "[1, 2]"


def test_what_is_too_large_passes_and_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "LARGEST_BYTES", 3000)
    noise = random.Random(0).randbytes(4000).hex()  # half as long when compressed
    pieces = [noise[at : at + 500] for at in range(0, len(noise), 500)]
    notes: list[str] = []
    with opened(tmp_path) as store:
        assert list(store.remember(KEY, pieces, notes.append)) == pieces
        assert store.cached(KEY) is None
        assert "too large to be remembered" in notes[0]
        assert list(store.remember(KEY, pieces[:2], notes.append)) == pieces[:2]
        assert store.cached(KEY) == "".join(pieces[:2])
        assert len(notes) == 1


def test_the_oldest_results_go_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "KEPT_BYTES", 3000)
    noise = random.Random(0)
    keys = [Key(str(k), "1", "m") for k in range(5)]
    with opened(tmp_path) as store:
        for key in keys:
            keep(store, key, noise.randbytes(500).hex())  # about 600 bytes compressed
        keep(store, keys[0], noise.randbytes(500).hex())
        keep(store, Key("big", "1", "m"), noise.randbytes(1000).hex())
        there = [kept(store, key) is not None for key in keys]
        assert there == [True, False, False, True, True]
        keep(store, Key("huge", "1", "m"), noise.randbytes(9000).hex())
        assert kept(store, Key("huge", "1", "m")) is not None
        assert not any(kept(store, key) for key in keys)


def test_bytes_that_rotted_are_as_good_as_none(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        keep(store, KEY, list(range(1000)))
        with sqlite3.connect(tmp_path / FILE) as raw:
            raw.execute("UPDATE results SET value = CAST(substr(value, 1, 100) || x'00' || substr(value, 102) AS BLOB)")
        raw.close()
        assert kept(store, KEY) is None


def test_the_ledger_of_runs(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        with store.record_run("report", {"format": "html"}, "0.1.0") as run:
            assert store.runs()[-1].ended is None
            run.wrote.append("report/index.html")
            run.status = 3
        raised = (error("R502", "no"), KeyboardInterrupt(), SystemExit(1), SystemExit(), ZeroDivisionError())
        for fault in raised:
            with pytest.raises(type(fault)), store.record_run("measure", {}, "0.1.0"):
                raise fault
        with store.record_run("check", {}, "0.1.0"):
            pass
        runs = store.runs()
    assert [run.status for run in runs] == [3, 2, 130, 1, 0, 70, 0]
    assert (runs[0].command, runs[0].arguments, runs[0].wrote) == ("report", {"format": "html"}, ["report/index.html"])
    assert all(run.pid == os.getpid() and run.ended is not None and run.started <= run.ended for run in runs)


def test_the_digest_of_a_study_follows_its_content(tmp_path: Path) -> None:
    def change(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return study_digest(tmp_path)

    seen = [study_digest(tmp_path), change("study.toml", "a"), change("polls.csv", "b"), change("moves.csv", "b")]
    seen += [change("polls.csv", ""), change("moves.csv", "bb")]
    assert len(set(seen)) == len(seen)
    assert change("notes.txt", "of no account") == seen[-1]
    assert change("moves.csv", "b") == seen[-2]
    (tmp_path / "moves.csv").rename(tmp_path / "links.csv")
    assert study_digest(tmp_path) not in seen
    change("speech.txt", "Peace.")
    listed = change("texts.csv", "id,file\none,speech.txt\ntwo,../secret.txt\nthree,gone.txt\n")
    assert change("speech.txt", "War.") != listed
    assert change("speech.txt", "Peace.") == listed
    listed = change("texts.csv", "sep=;\nid;file\none;speech.txt\n")
    assert change("speech.txt", "War.") != listed


@pytest.mark.parametrize("coder", ["history", "nothing", "reviews"])
def test_the_digest_of_a_study_follows_the_proposals_of_a_coder_that_is_called_like_a_history(
    tmp_path: Path, coder: str
) -> None:
    (tmp_path / "proposals").mkdir()
    before = study_digest(tmp_path)
    (tmp_path / f"{coder}.csv").write_text("of no account", encoding="utf-8")
    assert study_digest(tmp_path) == before
    (tmp_path / "proposals" / f"{coder}.csv").write_text("a proposal", encoding="utf-8")
    assert study_digest(tmp_path) != before


# --- opening --------------------------------------------------------------------------------------


def test_the_tables_are_those_that_the_migrations_make(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with opened(tmp_path) as store, store._engine.connect() as connection:
        words = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith(WORDS)}
        assert compare_metadata(MigrationContext.configure(connection, opts=words), METADATA) == []
    config = Config()
    config.set_main_option("script_location", str(store_module._SCRIPTS))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(revisions)) == REVISIONS


def test_a_study_in_an_awkward_folder(tmp_path: Path) -> None:
    folder = tmp_path / "100%20 年? #1 & 'two'"
    folder.mkdir()
    with opened(folder) as store:
        keep(store, KEY, 1)
    assert sorted(path.name for path in folder.iterdir()) == [FILE, f"{FILE}.lock"]


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be taken for one" * 20, b"short"])
def test_a_damaged_store_is_refused_and_may_be_deleted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    fault = refusal(tmp_path).fault
    assert fault.code == "R702"
    assert "Delete study.db" in fault.remedy
    (tmp_path / FILE).unlink()
    opened(tmp_path).close()


def test_a_store_without_its_pages_or_tables_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        keep(store, KEY, random.Random(0).randbytes(50_000).hex())
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    assert refusal(tmp_path).fault.code == "R702"
    (tmp_path / FILE).write_bytes(whole)
    with opened(tmp_path) as store:
        with sqlite3.connect(tmp_path / FILE) as raw:
            raw.execute("DROP TABLE results")
        raw.close()
        with pytest.raises(RashomonError) as raised:
            kept(store, KEY)
    assert raised.value.fault.code == "R702"


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("CREATE TABLE theirs (a)")
    raw.close()
    before = (tmp_path / FILE).read_bytes()
    assert "theirs" in refusal(tmp_path).fault.found
    assert (tmp_path / FILE).read_bytes() == before


def test_a_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    fault = refusal(tmp_path).fault
    assert (fault.code, fault.found) == ("R703", "revision 9999")
    assert "Delete study.db" in fault.remedy


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        keep(store, KEY, 1)
        later_scripts(tmp_path, "    raise sa.exc.IntegrityError('no', {}, Exception('a row that cannot be'))\n")
        with pytest.raises(RashomonError) as raised:
            store_module._upgrade(store.path, store._engine, tmp_path / "migrations")
        assert raised.value.fault.code == "R704"
        assert "a row that cannot be" in raised.value.fault.found
        assert kept(store, KEY) == 1
    assert state_of(tmp_path) == (REVISIONS[-1], False)


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere.db")
    assert refusal(tmp_path).fault.code == "R110"


@pytest.mark.parametrize("locked", [".", FILE])
def test_where_nothing_can_be_written_there_is_no_store_and_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: str
) -> None:
    opened(tmp_path).close()
    refused, really = tmp_path / locked, os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != refused and really(path, mode))  # root may all
    notices: list[str] = []
    assert open_store(tmp_path, note=notices.append) is None
    assert len(notices) == 1
    assert str(tmp_path) in notices[0]


@pytest.mark.parametrize("refuse", ["lock", "sqlite"])
def test_a_refusal_only_seen_on_writing_is_a_notice_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuse: str
) -> None:
    if refuse == "sqlite":
        (tmp_path / FILE).mkdir()  # SQLite: unable to open database file
    else:

        def acquire(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("filelock.FileLock.acquire", acquire)
    notices: list[str] = []
    assert open_store(tmp_path, note=notices.append) is None
    assert len(notices) == 1


def test_importing_the_study_loads_no_database_and_opening_a_store_no_migrations(tmp_path: Path) -> None:
    opened(tmp_path).close()
    code = (
        "import sys, rashomon, rashomon.study.times, rashomon.study.files; assert 'sqlalchemy' not in sys.modules\n"
        "from rashomon.study.store import open_store; open_store(sys.argv[1]).close()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True, env={**os.environ, "PYTHONPATH": str(SOURCE)})
