"""The engines that count: DuckDB on this machine, or Apache Spark. Both are asked with the same Ibis expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from rashomon.errors import error, need

if TYPE_CHECKING:
    from ibis import Table

ENGINES: Final = (
    "duckdb, spark (on this machine), spark://HOST:PORT, or spark:MASTER, such as spark:local[2] or spark:yarn"
)

FILE: Final = "the file of a row"
LINE: Final = "the number of a row"

_SPARK: Final = {
    "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
}  # fmt: skip


@dataclass(frozen=True)
class Engine:
    """``parquet(paths, located)``: files of Parquet as one table; ``located``: with :data:`FILE` and :data:`LINE` (from
    1).
    """

    name: str
    parquet: Callable[[Sequence[str], bool], Table]


@contextmanager
def engine_of(name: str) -> Iterator[Engine]:
    """The engine of this name, for the time of the block. R003 for a name that is none; R541 and R546 where it cannot be
    had.
    """
    if name == "duckdb":
        need_events()
        yield _duckdb()
    elif name == "spark" or (name.startswith("spark:") and len(name) > len("spark:")):
        with _spark(name) as engine:
            yield engine
    else:
        raise error("R003", "There is no such engine.", found=repr(name), allowed=ENGINES, remedy="Name one of these.")


def need_events() -> Any:
    """The module ``ibis``; R541 where what counting needs is not installed."""
    message = "Counting events needs DuckDB and Ibis."
    need("duckdb", "events", message, "R541")
    return need("ibis", "events", message, "R541")


def _duckdb() -> Engine:
    import ibis

    backend = ibis.duckdb.connect()
    backend.raw_sql("SET TimeZone = 'UTC'")

    def parquet(paths: Sequence[str], located: bool) -> Table:
        if not located:
            return backend.read_parquet(list(paths))
        table = backend.read_parquet(list(paths), filename=FILE, file_row_number=True)
        return table.mutate((table.file_row_number + 1).name(LINE)).drop("file_row_number")

    return Engine("duckdb", parquet)


@contextmanager
def _spark(name: str) -> Iterator[Engine]:
    need_events()
    need("pyspark", "spark", "Counting events on Spark needs PySpark.", "R541")
    import ibis
    from pyspark.sql import SparkSession

    master = name if name.startswith("spark://") else name.removeprefix("spark").removeprefix(":") or "local[*]"
    running = SparkSession.getActiveSession()
    builder = SparkSession.builder.appName("rashomon").master(master)
    for key, value in _SPARK.items():
        builder = builder.config(key, value)
    if master.startswith("local"):
        builder = builder.config("spark.sql.shuffle.partitions", "8")  # 200, its default, are for a cluster
    try:
        session = running or builder.getOrCreate()
    except Exception as problem:  # of Java, the network or the cluster: py4j names none of them
        raise error(
            "R546", "Spark cannot be started, or reached.", allowed=ENGINES,
            found=f"{name}: {str(problem).strip().splitlines()[0]}",
            remedy="Spark needs Java 17 or newer (JAVA_HOME), and a cluster that can be reached from here.",
        ) from problem  # fmt: skip
    backend = ibis.pyspark.connect(session)
    number = count()

    def parquet(paths: Sequence[str], located: bool) -> Table:
        frame = session.read.parquet(*paths)
        if located:
            frame = frame.selectExpr("*", f"_metadata.file_path as `{FILE}`", f"_metadata.row_index + 1 as `{LINE}`")
        view = f"events_{next(number)}"
        frame.createOrReplaceTempView(view)
        return backend.table(view)

    try:
        yield Engine(name, parquet)
    finally:
        if running is None:
            session.stop()
