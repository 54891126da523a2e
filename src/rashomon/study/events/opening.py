"""A set of events as a table of an engine, under our names and in plain types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from rashomon.errors import RashomonError, Where, error
from rashomon.study.events.converting import refused
from rashomon.study.events.engines import FILE, LINE, Engine
from rashomon.study.events.formats import Named
from rashomon.study.events.layouts import require_column, require_format, wrong_columns
from rashomon.study.events.rejecting import Broken
from rashomon.study.events.taking import Taken, take

if TYPE_CHECKING:
    from ibis import Table, Value


_PLAIN_DAYS: Final = ("%Y-%m-%d", "%Y%m%d")
_KINDS: Final = {
    "INT32": "a whole number",
    "INT64": "a whole number",
    "FLOAT": "a fraction",
    "DOUBLE": "a fraction",
    "BYTE_ARRAY": "text",
    "INT96": "a time",
}
_PAGE: Final = 100_000  # broken rows that are held at a time


@dataclass(frozen=True)
class OpenSet:
    """A set ready to be counted.

    ``rows``: columns ``day`` and ``added`` (integers, 20180601; null where none can be read), ``source``, ``target``,
    ``code``, ``event``, ``source_actor``, ``target_actor`` (text), ``value`` (a float), ``quad``, ``reports`` (integers), as
    far as the set has them.
    """

    named: Named
    taken: Taken
    rows: Table
    engine: Engine

    def answer(self, asked: Any) -> Any:
        """What the engine says to an expression over the rows. R547 where a file proves damaged while it is read."""
        try:
            return asked.to_pyarrow()
        except Exception as problem:  # each engine has its own
            raise refused([Path(one) for one in self.taken.paths], self.named, problem) from problem

    def broken(self, days: set[int]) -> Iterator[Broken]:
        """Rows of Parquet whose day is none, or is one of these, which are no days of the calendar."""
        names = dict(self.taken.names)
        table = self.engine.parquet(self.taken.paths, True)
        day = _day(table[names["day"]])
        wrong = table.filter(day.isnull() | day.isin(sorted(days)) if days else day.isnull())
        reason = f"{names['day']}: not a day of the calendar"
        held = dict.fromkeys(name for name in names.values() if name in table.columns)
        shown = wrong.select(FILE, LINE, *(_telling(table[name]).name(name) for name in held))
        for start in count(0, _PAGE):
            page = shown.order_by(FILE, LINE).limit(_PAGE, offset=start).to_pyarrow().to_pylist()
            for row in page:
                file, line = row.pop(FILE), row.pop(LINE)
                told = "; ".join(f"{name}={_text(value)}" for name, value in row.items())
                yield Broken(_path(str(file)), line, reason, told)
            if len(page) < _PAGE:
                return


def open_set(root: Path, named: Named, engine: Engine) -> OpenSet:
    """Take a set in, where it is text, and open it. R543 where a column of Parquet is not there, or of a type that cannot
    be; R547 where a file is no Parquet.
    """
    taken = take(root, named)
    if not taken.own:
        require_alike(taken.paths, named)
    return OpenSet(named, taken, rows_of(taken.paths, taken.names, named, engine), engine)


def require_alike(paths: Sequence[str], named: Named) -> None:
    """R543 where files of Parquet differ in the columns that are read: an engine takes all to be like the first."""
    import duckdb

    names = {*named.names.values(), *named.format.once}
    found: dict[str, dict[str, str]] = {path: {} for path in paths}
    with duckdb.connect() as link:
        try:
            rows = link.execute(
                "SELECT file_name, name, type, logical_type FROM parquet_schema(?)", [list(paths)]
            ).fetchall()
        except duckdb.Error as problem:
            raise refused([Path(one) for one in paths], named, problem) from problem
    for path, name, kind, logical in rows:
        if name in names:
            found.setdefault(path, {})[name] = (
                "a time" if re.search("Date|Timestamp", logical or "") else _KINDS.get(kind, str(kind))
            )
    first = found[paths[0]]
    for path, columns in found.items():
        for name in sorted({*first, *columns}):
            here, there = (one.get(name, "not there") for one in (columns, first))
            if here != there:
                told = f"{name!r} is {here}, and in {paths[0]} {there}"
                allowed, remedy = (
                    "files whose columns are alike in one set",
                    "Give each kind an [[events]] of its own, or write them alike.",
                )
                raise wrong_columns(named, Where(path, field=name), told, allowed, remedy)


def rows_of(paths: Sequence[str], names: Sequence[tuple[str, str]], named: Named, engine: Engine) -> Table:
    """Files of Parquet under our names; ``names``: what a column holds → its name there. R543, R547 and R548 as they show
    before any row is read.
    """
    try:
        table = engine.parquet(paths, False)
    except Exception as problem:  # each engine has its own for a file that is no Parquet
        raise refused([Path(one) for one in paths], named, problem) from problem
    columns: dict[str, Any] = {}
    require_format(table.columns, named, Where(paths[0]))
    once = {named.format.today(name, table.columns, named.names.values()): name for name in table.columns}
    for what, today in names:
        name = once.get(today, today)
        where = Where(paths[0], field=name)
        require_column(what, name, named, table.columns, where)
        if name in table.columns:
            columns[what] = _plain(what, table[name], named, where)
    return table.select(**columns)


def _plain(what: str, held: Any, named: Named, where: Where) -> Value:
    """A column in the type that counting needs."""
    kind = held.type()
    told = f"{held.get_name()!r} of the type {kind}"
    if what in ("day", "added"):
        if kind.is_string() and named.dates not in ("", *_PLAIN_DAYS):
            raise undated_events(named, where, f"text in Parquet, said to be written {named.dates}")
        if kind.is_integer() or kind.is_date() or kind.is_timestamp() or kind.is_string():
            return _day(held)
        raise _wrong(named, where, told, "a date, a timestamp, 20180601 or 2018-06-01")
    if what in ("value", "quad", "reports"):
        return held.try_cast("float64" if what == "value" else "int64")
    if not kind.is_string() and what != "event":
        raise _wrong(named, where, told + ", in which 036 has lost its zero" * (what == "code"), "text")
    return held.nullif(named.format.blank) if named.format.blank and kind.is_string() else held


def _day(held: Any) -> Any:
    """A day as an integer, 20180601; a timestamp with an offset is brought to UTC, one without is taken as UTC."""
    kind = held.type()
    if kind.is_integer():
        if kind.nbytes < 8:  # too small for more than a day
            return held
        whole = held.cast("int64")
        return (whole >= 10**13).ifelse(whole // 10**6, whole)  # with the time behind it, as GDELT 2 writes
    if kind.is_string():
        digits = held.strip().replace("-", "")
        return digits.re_search(r"^[0-9]{8}$").ifelse(digits, None).cast("int64")
    date = held if kind.is_date() else held.cast("timestamp('UTC')").date() if kind.timezone else held.date()
    return (date.year() * 10000 + date.month() * 100 + date.day()).cast("int64")


def _telling(held: Any) -> Any:
    """A column as it can be told: a date may lie past those of Python, such as infinity."""
    return held.cast("string") if held.type().is_temporal() else held


def _path(file: str) -> str:
    """The path of a file that an engine may name by its address."""
    return unquote(urlsplit(file).path) if file.startswith("file:") else file


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _wrong(named: Named, where: Where, found: str, allowed: str) -> RashomonError:
    return wrong_columns(named, where, found, allowed, "Write it so, or name another column.")


def undated_events(named: Named, where: Where, found: str) -> RashomonError:
    """R548, to be raised by the caller: the days of a file are not written as its set says."""
    days = f"days written {named.dates}" if named.dates else "2018-06-01, with a time and an offset or not"
    return error(
        "R548", f"The days in a file of the events {named.id!r} are not written as study.toml says.", where=where, found=found,
        allowed=f"{days}; in Parquet a date, a timestamp, 20180601 or 2018-06-01",
        remedy='Say how they are written: dates = "%d/%m/%Y"; or name another column for day.',
    )  # fmt: skip
