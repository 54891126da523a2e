"""The working store ``study.db``: what Rashomon keeps about a study beside the study's own files.

It holds results of measures, so that they need not be computed again, the passages of the documents that were read, and a
ledger of runs. Nothing in it is a source: it may be deleted at any time, and is made again.

It is one SQLite file. Readers are never blocked (write-ahead log). One program writes at a time, under a lock on the
file ``study.db.lock`` that the system frees when its holder dies. Each change, and bringing a store of an earlier
release up to date, is one transaction: a program killed at any moment leaves all of a change or none of it.

Importing this module loads SQLAlchemy; Alembic is loaded only when a store must be made or brought up to date.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import quote

import sqlalchemy as sa
from filelock import FileLock, Timeout

from rashomon.errors import RashomonError, Where, error
from rashomon.study.events.places import declared_state
from rashomon.study.gathering import Gathered
from rashomon.study.journals import HISTORY, NOTHING, REVIEWS
from rashomon.study.row_files import FOLDER
from rashomon.study.store_tables import FILES, RESULTS, RUNS
from rashomon.study.tables import read_table
from rashomon.study.vocabulary import TABLES

__all__ = ["FILE", "REVISIONS", "Key", "Run", "Store", "open_store", "source_digest", "study_digest"]

FILE = "study.db"
"""The store's name in the study's folder."""
REVISIONS = ("0001", "0002")
"""Every revision that this version knows, oldest first; the last is the one it works with."""
KEPT_BYTES = 256 * 2**20
"""How much of the results, compressed, is kept; beyond it the oldest go."""
LARGEST_BYTES = 16 * 2**20
"""The largest result, compressed, that is kept: some 200 MB of text."""

_SCRIPTS = Path(__file__).parent / "migrations"
_DELETE_IT = (
    "Delete study.db and, where they are, study.db-wal and study.db-shm: the store is made again, and `rashomon read` reads "
    "the documents again. The study's own files hold everything but the ledger of past runs."
)


@dataclass(frozen=True, slots=True)
class Key:
    """What a result depends on. Two keys are the same if nothing that could change the result differs.

    ``study``: :func:`study_digest` of the files it was computed from; ``version``: of the program, to which the digest
    adds its very source; ``measure``: a name; ``parameters``: pairs of a name and a JSON value; ``as_of``: an ISO day.
    """

    study: str
    version: str
    measure: str
    parameters: tuple[tuple[str, object], ...] = ()
    as_of: str | None = None

    def digest(self) -> str:
        """SHA-256 over all of it, and over the program's source, in hexadecimal. Parameters count in any order."""
        parameters = sorted(dict(self.parameters).items())
        parts = [self.study, self.version, self.measure, parameters, self.as_of, _source_digest()]
        return hashlib.sha256(_json(parts).encode()).hexdigest()


@dataclass(slots=True)
class Run:
    """One run of a command, as the ledger has it.

    ``started`` and ``ended`` are UTC times in ISO; ``ended`` and ``status`` (the exit status) are None while it runs,
    and for ever if it was killed. ``wrote``: the files it wrote, as paths in the study's folder.
    """

    command: str
    arguments: Mapping[str, object]
    version: str
    pid: int
    started: str
    ended: str | None = None
    status: int | None = None
    wrote: list[str] = field(default_factory=list)


class Store:
    """An open store; :func:`open_store` makes one. A context manager, closed at its end."""

    def __init__(self, path: Path, engine: sa.Engine, timeout: float) -> None:
        self.path = path
        self._engine = engine
        self._timeout = timeout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def cached(self, key: Key) -> str | None:
        """The text remembered under ``key``, or None where there is none. Never waits for a writer."""
        query = sa.select(RESULTS.c.value).where(RESULTS.c.key == key.digest())
        with self.reading() as connection:
            blob = connection.execute(query).scalar_one_or_none()
        if blob is None:
            return None
        try:
            return zlib.decompress(blob).decode()
        except (zlib.error, ValueError):  # bytes that rotted on the disk: as good as none
            return None

    def remember(
        self, key: Key, pieces: Iterable[str], note: Callable[[str], object] = lambda _: None
    ) -> Iterator[str]:
        """Pass on the pieces of a text, and after the last keep the whole under ``key``, in place of an earlier one.

        Only its compressed bytes are ever held. ``note`` is told where they are more than :data:`LARGEST_BYTES`, and the text
        is not kept. Beyond :data:`KEPT_BYTES` the oldest results go. Raises R701, after the last piece, where another program
        keeps the store locked.
        """
        packer, packed = zlib.compressobj(level=1), bytearray()
        for piece in pieces:
            if len(packed) <= LARGEST_BYTES:
                packed += packer.compress(piece.encode())
            yield piece
        packed += packer.flush()
        if len(packed) > LARGEST_BYTES:
            note(
                f"The result is too large to be remembered: it is more than {LARGEST_BYTES >> 20} MiB when compressed."
            )
            return
        row = {
            "key": key.digest(),
            "study": key.study,
            "version": key.version,
            "measure": key.measure,
            "parameters": _json(dict(key.parameters)),
            "as_of": key.as_of,
            "made": _now(),
            "value": bytes(packed),
        }
        with self.writing() as connection:
            connection.execute(sa.delete(RESULTS).where(RESULTS.c.key == row["key"]))
            connection.execute(sa.insert(RESULTS).values(row))
            _forget_oldest(connection)

    @contextmanager
    def record_run(self, command: str, arguments: Mapping[str, object], version: str) -> Iterator[Run]:
        """Enter a run in the ledger; at its end, when it ended, with what status, and what it wrote.

        The block may append to ``run.wrote`` and set ``run.status``. An exception sets it: a :class:`RashomonError` its
        exit status, an interruption 130, an exit its own, any other 70. Raises as :meth:`remember`.
        """
        run = Run(command, arguments, version, os.getpid(), _now())
        row = {"command": command, "arguments": _json(dict(arguments)), "version": version, "pid": run.pid}
        with self.writing() as connection:
            entered = connection.execute(sa.insert(RUNS).values(**row, started=run.started, wrote="[]"))
        try:
            yield run
        except BaseException as fault:
            run.status = _exit_status(fault)
            with suppress(RashomonError):  # the store's trouble must not hide the run's
                self._end_run(entered.lastrowid, run)
            raise
        run.status = run.status or 0
        self._end_run(entered.lastrowid, run)

    def _end_run(self, number: int, run: Run) -> None:
        run.ended = _now()
        ending = {"ended": run.ended, "status": run.status, "wrote": _json(run.wrote)}
        with self.writing() as connection:
            connection.execute(sa.update(RUNS).where(RUNS.c.id == number).values(ending))

    def read_digest(self) -> str:
        """SHA-256, in hexadecimal, over what was read of which documents: for results that depend on passages."""
        query = sa.select(FILES.c.file, FILES.c.source, FILES.c.basis, FILES.c.status).order_by(FILES.c.file)
        with self.reading() as connection:
            rows = [list(row) for row in connection.execute(query)]
        return hashlib.sha256(_json(rows).encode()).hexdigest()

    def runs(self) -> tuple[Run, ...]:
        """The ledger, oldest run first."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(RUNS).order_by(RUNS.c.id)).mappings().all()
        plain = (("command", "version", "pid", "started", "ended", "status"), ("arguments", "wrote"))
        return tuple(Run(**{k: row[k] for k in plain[0]}, **{k: json.loads(row[k]) for k in plain[1]}) for row in rows)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection in a transaction that no other program writes beside; committed at the end, or not at all."""
        with _writer_lock(self.path, self._timeout), _explained(self.path), _transaction(self._engine) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees the store as it is now, however long it is held, and never waits for a writer."""
        with _explained(self.path), self._engine.connect() as connection:
            yield connection


def open_store(
    study_root: str | os.PathLike[str],
    *,
    timeout: float = 10.0,
    note: Callable[[str], object] = lambda _: None,
    to_read: bool = False,
) -> Store | None:
    """Open the store of a study; make it, or bring it up to date, where needed.

    Returns None where the folder or the store cannot be written to, after telling ``note`` so: everything works without
    a store, only slower. With ``to_read`` a store that is up to date is opened even so, as it is, and what would write to it
    raises R006. ``timeout``: seconds to wait for another writer. Raises R110 (a symbolic link), R701 (locked),
    R702 (damaged, or not a store), R703 (of a later version), R704 (could not be brought up to date).
    """
    path = Path(study_root) / FILE
    if path.is_symlink():
        raise error(
            "R110",
            "The store is a symbolic link.",
            found=os.readlink(path),
            allowed="a file in the study's folder",
            remedy="Remove the link: the store is made again.",
            where=Where(file=str(path)),
        )
    if not os.access(path if path.exists() else path.parent, os.W_OK) or not os.access(path.parent, os.W_OK):
        found = _as_it_is(path, timeout) if to_read else None
        if found is None:
            note(_without(path, "it cannot be written to"))
        return found
    engine = _engine(path, timeout)
    try:
        with _explained(path):
            _bring_up(path, engine, timeout)
    except BaseException as fault:
        engine.dispose()
        refused = fault if isinstance(fault, OSError) else fault.__cause__
        if isinstance(refused, OSError) or _sqlite_code(refused) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            note(_without(path, str(refused)))
            return None
        raise
    return Store(path, engine, timeout)


def _as_it_is(path: Path, timeout: float) -> Store | None:
    """A store that can only be read; None where there is none, it cannot be read either, or is not of this release."""
    if not os.access(path, os.R_OK):
        return None
    engine = _engine(path, timeout, _read_only(path))
    try:
        with _explained(path):
            if _revision(path, engine) == REVISIONS[-1]:
                return Store(path, engine, timeout)
    except RashomonError as problem:
        if problem.fault.code != "R006":
            raise
    engine.dispose()
    return None


def _read_only(path: Path) -> Mapping[str, str]:
    """How SQLite opens a file to which nobody can write: where no log lies beside it, without a look for one."""
    log = path.with_name(f"{path.name}-wal")
    return {"mode": "ro"} if log.exists() and log.stat().st_size else {"immutable": "1"}


def study_digest(study_root: str | os.PathLike[str]) -> str:
    """SHA-256, in hexadecimal, over the names and bytes of ``study.toml``, of the CSV files, proposals too, of the study's own
    lexicon (``*.tsv``), and of the files that texts.csv names: the study's content.

    Histories, on which no result depends, are left out; not so the proposals of a coder that is called like one. What was read
    of documents counts by :meth:`Store.read_digest`; of files of events, which may be larger than all memory, their names, sizes
    and times.

    Files that change while a study is read would be remembered under the wrong digest: take it before reading and again
    after, and remember only where both are the same. Reads about 1 GB a second, in pieces.
    """
    root = Path(study_root)
    files = [path for pattern in ("*.csv", "*.tsv", f"{FOLDER}/*.csv") for path in sorted(root.glob(pattern)) if path.is_file()]
    whole = hashlib.sha256(declared_state(root).encode())
    for path in [root / "study.toml", *files, *_files_of_texts(root)]:
        name = path.relative_to(root).as_posix()
        if path.is_file() and name not in (HISTORY.file, NOTHING.file, REVIEWS.file):
            with open(path, "rb") as file:
                one = hashlib.file_digest(file, "sha256")
            whole.update(f"{name}\0{one.hexdigest()}\n".encode())
    return whole.hexdigest()


def _files_of_texts(root: Path) -> list[Path]:
    """The files that texts.csv names and that lie in the study, each once; what is wrong with the table is told elsewhere."""
    names = read_table(root, TABLES["texts"], Gathered()).column("file").values
    return [root / name for name in sorted(names) if name and not os.path.isabs(name) and ".." not in Path(name).parts]


@functools.lru_cache(maxsize=1)
def _source_digest() -> str:
    """The digest of the program, so that no result outlives a change of the code that made it."""
    return source_digest(Path(__file__).parents[1])


def source_digest(room: Path) -> str:
    """SHA-256 over the names and the text of the modules, and of the word lists, in a folder of the program."""
    whole = hashlib.sha256()
    for path in sorted((*room.rglob("*.py"), *room.rglob("*.tsv"))):
        whole.update(f"{path.relative_to(room).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _exit_status(fault: BaseException) -> int:
    if isinstance(fault, RashomonError):
        return fault.exit_status
    if isinstance(fault, SystemExit):
        return fault.code if isinstance(fault.code, int) else int(fault.code is not None)
    return 130 if isinstance(fault, KeyboardInterrupt) else 70


def _without(path: Path, why: str) -> str:
    return f"No store is kept: {path}: {why}. Results are computed afresh each time."


def _forget_oldest(connection: sa.Connection) -> None:
    """Delete the results that no longer fit, the newest always staying."""
    sizes = sa.select(RESULTS.c.id, sa.func.length(RESULTS.c.value)).order_by(RESULTS.c.id.desc())
    total = 0
    for place, (number, size) in enumerate(connection.execute(sizes).all()):
        total += size
        if total > KEPT_BYTES and place > 0:
            connection.execute(sa.delete(RESULTS).where(RESULTS.c.id <= number))
            return


# --- transactions, locks and errors ---------------------------------------------------------------

_DAMAGE = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,
)  # the last: a table is not as it should be
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


def _engine(path: Path, timeout: float, how: Mapping[str, str] = MappingProxyType({})) -> sa.Engine:
    """An engine whose transactions are begun by us: left alone, sqlite3 commits before each change of the schema.

    ``how``: parameters of SQLite's URI, https://www.sqlite.org/uri.html.
    """
    database = f"file:{quote(str(path.absolute()))}" if how else str(path)
    url = sa.URL.create("sqlite", database=database, query={**how, "uri": "true"} if how else {})
    engine = sa.create_engine(url, connect_args={"timeout": timeout})

    def connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None

    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    sa.event.listen(engine, "connect", connect)
    sa.event.listen(engine, "begin", begin)
    return engine


@contextmanager
def _transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
        yield connection


@contextmanager
def _writer_lock(path: Path, timeout: float) -> Iterator[None]:
    """Be the one writer, or raise R701 after ``timeout`` seconds. The lock file says who holds it."""
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=timeout, poll_interval=0.01)
    except Timeout:
        holder = _holder(lock.lock_file)
        raise error(
            "R701",
            f"Another program has been writing to the store for {timeout:g} seconds.",
            found=f"locked by process {holder}" if holder else "locked by another process",
            allowed="one writer at a time",
            remedy="Wait for it to end, or end it; the lock is freed with it. Then run the command again.",
            where=Where(file=str(path)),
        ) from None
    except OSError as fault:
        raise _unwritable(path, str(fault)) from fault
    try:
        _write_holder(lock.lock_file, os.getpid())
        yield
    finally:
        lock.release()


def _write_holder(lock_file: str, pid: int) -> None:
    """Say who holds the lock, behind the first byte, which Windows lets nobody else touch."""
    handle = os.open(lock_file, os.O_WRONLY)
    try:
        os.lseek(handle, 1, os.SEEK_SET)
        os.write(handle, f"{pid:<20}\n".encode())
    finally:
        os.close(handle)


def _holder(lock_file: str) -> int | None:
    """The process that says it holds the lock."""
    try:
        handle = os.open(lock_file, os.O_RDONLY)
        try:
            os.lseek(handle, 1, os.SEEK_SET)
            return int(os.read(handle, 20))
        finally:
            os.close(handle)
    except (OSError, ValueError):
        return None


def _sqlite_code(fault: BaseException | None) -> int | None:
    """SQLite's primary result code, https://www.sqlite.org/rescode.html, behind an error of its or of SQLAlchemy's."""
    origin = fault.orig if isinstance(fault, sa.exc.DBAPIError) else fault
    code = getattr(origin, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours: damage R702, a lock that is not ours R701, a disk that fails R006."""
    try:
        yield
    except (sa.exc.DatabaseError, sqlite3.DatabaseError) as fault:
        code = _sqlite_code(fault)
        where, found = Where(file=str(path)), str(fault.orig if isinstance(fault, sa.exc.DBAPIError) else fault)
        if code in _DAMAGE or (code is None and isinstance(fault, (sa.exc.OperationalError, sqlite3.OperationalError))):
            raise _unreadable(path, found) from fault
        if code in _LOCKED:
            remedy = "Close the other program that has study.db open, and run the command again."
            raise error("R701", "The store is locked.", found=found, remedy=remedy, where=where) from fault
        if code in _DISK:
            raise _unwritable(path, found) from fault
        raise


def _unwritable(path: Path, found: str) -> RashomonError:
    return error(
        "R006",
        "The store cannot be written to.",
        found=found,
        allowed="a file in a folder that can be written to, on a disk with room for it",
        remedy="Mend what is named, and run the command again.",
        where=Where(file=str(path)),
    )


def _unreadable(path: Path, found: str) -> RashomonError:
    return error(
        "R702",
        "study.db is damaged, or is not a store of Rashomon's.",
        found=found,
        allowed="a store that this program made",
        remedy=_DELETE_IT,
        where=Where(file=str(path)),
    )


# --- bringing a store up to date -------------------------------------------------------------------


def _revision(path: Path, engine: sa.Engine) -> str | None:
    """The revision of a store; None for an empty file. Raises R702 and R703."""
    with engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        if not names:
            return None
        if "alembic_version" not in names:
            raise _unreadable(path, f"a database with the tables {', '.join(sorted(names)[:5])}")
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    if found is not None and found not in REVISIONS:
        raise error(
            "R703",
            "study.db was made by a later version of Rashomon.",
            found=f"revision {found}",
            allowed=f"a revision up to {REVISIONS[-1]}",
            remedy=f"Use that version. Or: {_DELETE_IT}",
            where=Where(file=str(path)),
        )
    return None if found is None else str(found)


def _bring_up(path: Path, engine: sa.Engine, timeout: float) -> None:
    """Make the store or bring it to the last revision, unless it is there already, which needs no lock."""
    if _revision(path, engine) == REVISIONS[-1]:
        return
    with _writer_lock(path, timeout):
        if _revision(path, engine) != REVISIONS[-1]:  # another program may have done it while we waited
            _upgrade(path, engine, _SCRIPTS)


def _upgrade(path: Path, engine: sa.Engine, scripts: Path) -> None:
    """Run the missing migrations in one transaction. Raises R704 where one fails; the store then is as it was."""
    from alembic import command, util
    from alembic.config import Config

    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")  # lasts; SQLite takes it outside a transaction only
    finally:
        raw.close()
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    try:
        with _transaction(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (util.CommandError, sa.exc.DatabaseError) as fault:
        if _sqlite_code(fault) in (*_LOCKED, *_DISK):
            raise
        raise error(
            "R704",
            "The store could not be brought up to date.",
            found=str(fault.orig if isinstance(fault, sa.exc.DatabaseError) else fault),
            remedy=_DELETE_IT,
            where=Where(file=str(path)),
        ) from fault
