"""The working store: what it keeps, whom it lets write, what it refuses, and that no kill leaves it half-written."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kill_child import SLOTS, keep, kept, key_of, value_of

import rashomon
from rashomon.errors import RashomonError, error
from rashomon.study import store as store_module
from rashomon.study.store import FILE, REVISIONS, Key, Store, open_store, study_digest
from rashomon.study.store_tables import METADATA, WORDS

KILLS = 400 if os.environ.get("RASHOMON_DEEP") else 20
LATER = f"{int(REVISIONS[-1]) + 1:04}"
KEY = Key("digest", "0.1.0", "levels", (("level", 0.9),), "1989-06-01")
POSIX = pytest.mark.skipif(os.name != "posix", reason="forks")
SOURCE = Path(rashomon.__file__).parents[1]


def opened(folder: Path, timeout: float = 10.0) -> Store:
    """The store of a folder that can be written to."""
    store = open_store(folder, timeout=timeout)
    assert store is not None
    return store


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


# --- processes ------------------------------------------------------------------------------------


class Workers:
    """The process of ``kill_child.py``, which forks workers for us to kill."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("kill_child.py")
        self._process = subprocess.Popen(
            [sys.executable, script, store_module._source_digest()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def start(self, task: str, folder: Path, number: int = 0) -> int:
        """Begin a task; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{task}\t{folder}\t{number}\n")
        self._process.stdin.flush()
        return int(self._line())

    def ended(self) -> int:
        """Wait for the task to end; its status, 9 if it was killed."""
        return int(self._line().removeprefix("ended "))

    def kill_after(self, seconds: float, task: str, folder: Path, number: int = 0) -> int:
        """Begin a task and kill it some time later; its status."""
        worker = self.start(task, folder, number)
        time.sleep(seconds)
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(worker, signal.SIGKILL)
        return self.ended()

    def time_of(self, task: str, folder: Path) -> float:
        """How long a task takes that nobody kills, in seconds."""
        start = time.perf_counter()
        self.start(task, folder)
        assert self.ended() == 0
        return time.perf_counter() - start

    def stop(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    one = Workers()
    yield one
    one.stop()


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


def values_of(folder: Path) -> dict[int, int]:
    """Slot → generation of what is remembered, each value checked to be whole."""
    found = {}
    with opened(folder) as store:
        for slot in range(SLOTS):
            value = kept(store, key_of(slot))
            if value is not None:
                assert isinstance(value, dict)
                assert value == value_of(slot, value["generation"])
                found[slot] = value["generation"]
    return found


def rows_of(database: Path) -> list[tuple[str, bytes]]:
    """All results in a database, whatever its revision."""
    raw = sqlite3.connect(database)
    try:
        return raw.execute("SELECT key, value FROM results ORDER BY key").fetchall()
    finally:
        raw.close()


def prepared(folder: Path) -> Path:
    """Make a store with results and a run, and migrations beyond it; a copy of the store, to be put back."""
    with opened(folder) as store, store.record_run("measure", {}, "1"):
        for slot in range(20):
            keep(store, Key(str(slot), "1", "m"), random.Random(slot).randbytes(20_000).hex())
    later_scripts(folder)
    return Path(shutil.copy(folder / FILE, folder / "older"))


def put_back(folder: Path, older: Path | None) -> None:
    """Have the folder's store be as it was, or not be."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        (folder / f"{FILE}{suffix}").unlink(missing_ok=True)
    if older is not None:
        shutil.copy(older, folder / FILE)


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so, at most a minute."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.002)


def moments(whole: float) -> list[float]:
    """Moments to kill at, over the time a task takes."""
    return [random.uniform(0, 1.05 * whole) for _ in range(KILLS)]


@POSIX
def test_killed_while_the_store_is_made(workers: Workers, tmp_path: Path) -> None:
    def folders() -> Iterator[Path]:
        for k in itertools.count():
            (tmp_path / str(k)).mkdir()
            yield tmp_path / str(k)

    fresh = folders()
    whole = min(workers.time_of("open_only", next(fresh)) for _ in range(2))
    for moment, folder in zip(moments(whole), fresh, strict=False):
        workers.kill_after(moment, "open_only", folder)
        if (folder / FILE).exists():
            assert state_of(folder) in {(None, False), (REVISIONS[-1], False)}
        assert values_of(folder) == {}  # opens, and makes what is missing
        assert state_of(folder) == (REVISIONS[-1], False)


@POSIX
@pytest.mark.parametrize(("task", "last"), [("open_only", 60), ("upgrade", 60), ("remember_some", 15)])
def test_killed_at_every_statement(workers: Workers, tmp_path: Path, task: str, last: int) -> None:
    """Not only at random moments: at each statement in turn, until the task ends before it comes to its death."""
    older = prepared(tmp_path)
    sound = {(None, False), (REVISIONS[-1], False)} if task == "open_only" else {(REVISIONS[-1], False)}
    for statement in range(last + 1):
        put_back(tmp_path, None if task == "open_only" else older)
        workers.start(f"dying {task}", tmp_path, statement)
        status = workers.ended()
        if status == 0:
            break
        assert status == signal.SIGKILL
        assert not (tmp_path / FILE).exists() or state_of(tmp_path) in sound
        opened(tmp_path).close()
    assert statement > 12
    assert (status == 0) == (task != "remember_some")


@POSIX
def test_killed_while_an_older_store_is_brought_up_to_date(workers: Workers, tmp_path: Path) -> None:
    older = prepared(tmp_path)
    before = rows_of(older)
    whole = workers.time_of("upgrade", tmp_path)
    assert state_of(tmp_path) == (LATER, True)
    for moment in moments(whole):
        put_back(tmp_path, older)
        workers.kill_after(moment, "upgrade", tmp_path)
        assert state_of(tmp_path) in {(REVISIONS[-1], False), (LATER, True)}
        assert rows_of(tmp_path / FILE) == before


@POSIX
def test_killed_while_it_remembers(workers: Workers, tmp_path: Path) -> None:
    said, generation = tmp_path / "said", 1
    said.touch()
    for moment in moments(0.03):
        sure = said.stat().st_size
        worker = workers.start("remember", tmp_path, generation)
        wait_for(lambda sure=sure: said.stat().st_size > sure)  # type: ignore[misc]  # it is at work
        time.sleep(moment)
        os.kill(worker, signal.SIGKILL)
        assert workers.ended() == signal.SIGKILL
        assert state_of(tmp_path) == (REVISIONS[-1], False)
        found = values_of(tmp_path)
        for slot, at_least in map(json.loads, said.read_text().splitlines()):
            assert found[slot] >= at_least  # what was said to be kept is kept
        generation = max(found.values()) + 1
    with opened(tmp_path) as store:
        runs = store.runs()
    assert len(runs) >= KILLS
    assert all((run.ended is None) == (run.status is None) for run in runs)


@POSIX
def test_killed_while_a_file_is_written(workers: Workers, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    for moment in moments(0.03):
        worker = workers.start("write", tmp_path)
        wait_for(page.exists)
        time.sleep(moment)
        os.kill(worker, signal.SIGKILL)
        assert workers.ended() == signal.SIGKILL
        data = page.read_bytes()
        assert len(data) == 2**20
        assert data == data[:1] * 2**20


@POSIX
def test_a_second_writer_waits_then_is_told_who_holds_the_store_and_readers_never_wait(
    workers: Workers, tmp_path: Path
) -> None:
    with opened(tmp_path, timeout=0.2) as store:
        keep(store, KEY, 1)
        holder = workers.start("hold", tmp_path)
        wait_for((tmp_path / "held").exists)
        with opened(tmp_path) as reader:
            assert kept(reader, KEY) == kept(store, KEY) == 1  # what the other has not finished is not seen
        with pytest.raises(RashomonError) as raised:
            keep(store, KEY, 2)
        assert raised.value.fault.code == "R701"
        assert str(holder) in raised.value.fault.found
        os.kill(holder, signal.SIGKILL)
        assert workers.ended() == signal.SIGKILL
        assert kept(store, KEY) == 1
        keep(store, KEY, 2)  # the lock went with its holder
        assert kept(store, KEY) == 2


def test_a_program_that_ignores_the_lock_is_reported(tmp_path: Path) -> None:
    with opened(tmp_path, timeout=0.1) as store:
        raw = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(RashomonError) as raised:
            keep(store, KEY, 2)
        raw.close()
    assert raised.value.fault.code == "R701"


@POSIX
def test_many_writers_at_once_lose_nothing(workers: Workers, tmp_path: Path) -> None:
    started = [workers.start("remember_some", tmp_path, number) for number in range(4)]
    assert len(set(started)) == 4
    with opened(tmp_path) as store:
        for number, generation in itertools.product(range(4), range(10)):
            key, value = key_of(number * 10 + generation), value_of(number, generation)
            wait_for(lambda key=key, value=value: kept(store, key) == value)  # type: ignore[misc]
