"""Rows of text become Parquet, by DuckDB, which says of every row that it cannot take where it stands and why."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from rashomon.errors import RashomonError
from rashomon.study.events.engines import FILE
from rashomon.study.events.formats import Named
from rashomon.study.events.layouts import Layout
from rashomon.study.events.pieces import Piece, unreadable_events
from rashomon.study.events.rejecting import Broken, rejected_rows

_CALENDAR: Final = "DATE '0001-01-01' AND DATE '9999-12-31'"
_UNEVEN: Final = "reached an invalid state"  # what DuckDB says of lines that do not end alike
_NO_BLANK: Final = "\x01"  # a blank cell is not NULL, so that a blank day is a fault with a line


def convert(files: Sequence[Path], layout: Layout, named: Named, columns: Sequence[str], target: Path) -> list[Broken]:
    """Write the rows of files of one layout to Parquet; those that are broken."""
    import duckdb

    try:
        return _converted(files, layout, named, columns, target)
    except duckdb.Error as problem:
        if _UNEVEN not in str(problem):
            raise refused(files, named, problem) from problem
    names = {str(_evened(Piece(path), target.parent / "unpacked", named)): str(path) for path in files}
    try:
        faults = _converted([Path(one) for one in names], layout, named, columns, target)
    except duckdb.Error as problem:
        raise refused(files, named, problem) from problem
    return [replace(one, file=names[one.file]) for one in faults]


def _converted(
    files: Sequence[Path], layout: Layout, named: Named, columns: Sequence[str], target: Path
) -> list[Broken]:
    import duckdb

    source = source_of(files, layout, named)
    chosen = ", ".join(f"{_column(what, named, layout)} AS {what}" for what in columns)
    with duckdb.connect() as link:
        link.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
        link.execute(f"COPY (SELECT {chosen} FROM {source}) TO {quoted(str(target))} (FORMAT parquet)")
        return rejected_rows(link, layout) + _beyond(link, source, layout, named, target)


def _evened(piece: Piece, folder: Path, named: Named) -> Path:
    """A copy of a file in a folder, whose lines all end alike."""
    folder.mkdir(exist_ok=True)
    target = folder / uuid4().hex
    with piece.open(named) as source, open(target, "wb") as sink:
        while part := source.read(1 << 20):
            sink.write(even(part + source.read(1) if part.endswith(b"\r") else part))
    return target


def even(text: bytes) -> bytes:
    """Text whose lines all end in one sign; DuckDB reads none with ends of several kinds."""
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def source_of(files: Sequence[Path], layout: Layout, named: Named) -> str:
    """Files of one layout as a table of DuckDB, with :data:`FILE`; it remembers the rows that it puts aside."""
    offset = "%z" in named.dates.lower()
    day = "DATE" if named.dates and not offset else "TIMESTAMPTZ"
    types = {name: day if name == named.names["day"] else "VARCHAR" for name in layout.columns}
    spec = ", ".join(f"{quoted(name)}: '{kind}'" for name, kind in types.items())
    given = {
        "delim": quoted(layout.delimiter), "quote": quoted(layout.quote), "escape": quoted(layout.quote),
        "header": str(layout.heading).lower(), "auto_detect": "false", "columns": f"{{{spec}}}", "nullstr": quoted(_NO_BLANK),
        "store_rejects": "true", "rejects_limit": "0", "null_padding": "false",
    }  # fmt: skip
    if named.dates:
        given["timestampformat" if offset else "dateformat"] = quoted(named.dates)
    listed = ", ".join(quoted(str(one)) for one in files)
    return f"read_csv([{listed}], {', '.join(f'{key} = {value}' for key, value in given.items())}, filename = {quoted(FILE)})"


def _beyond(link: Any, source: str, layout: Layout, named: Named, target: Path) -> list[Broken]:
    """Take rows out of a file of Parquet whose day DuckDB knows and the calendar does not, such as infinity; which they are."""
    held, wrong = quoted(str(target)), f"day NOT BETWEEN {_CALENDAR}"
    if not link.execute(f"SELECT count(*) FROM read_parquet({held}) WHERE {wrong}").fetchone()[0]:
        return []
    kept = target.with_suffix(".kept")
    link.execute(f"COPY (FROM read_parquet({held}) WHERE NOT ({wrong})) TO {quoted(str(kept))} (FORMAT parquet)")
    os.replace(kept, target)
    file, cells = quoted(FILE, '"'), ", ".join(quoted(name, '"') for name in layout.columns)
    link.execute("SET preserve_insertion_order = true")  # they are told in the order of their file
    found = link.execute(
        f"SELECT {file}, concat_ws({quoted(layout.delimiter)}, {cells}) FROM {source} "
        f"WHERE {_column('day', named, layout)} NOT BETWEEN {_CALENDAR}"
    ).fetchall()
    return [Broken(path, None, f"{named.names['day']}: not a day of the calendar", row) for path, row in found]


def refused(files: Sequence[Path], named: Named, problem: Exception) -> RashomonError:
    """R547 for what an engine says of files; of which it is, where it names one."""
    text = str(problem).strip()
    culprit = next((one for one in files if str(one) in text), files[0])
    return unreadable_events(str(culprit), named, text.splitlines()[0])


def _column(what: str, named: Named, layout: Layout) -> str:
    """The expression of a column of ours; NULL where the file has none."""
    name = named.names.get(what, "")
    if name not in layout.columns:
        return "NULL"
    held = quoted(name, '"')
    bare = f"nullif(trim({held}), '')"
    numbers = {"value": "DOUBLE", "quad": "TINYINT", "reports": "BIGINT"}
    if what in numbers:
        if (
            what == "value" and layout.delimiter != ","
        ):  # its scale ends at 10: a comma within can part nothing but decimals
            bare = f"regexp_replace({bare}, '^([+-]?[0-9]+),([0-9]+)$', '\\1.\\2')"
        return f"TRY_CAST({bare} AS {numbers[what]})"
    if what == "day":
        return f"CAST({held} AS DATE)"
    if what == "added":
        return f"coalesce(TRY_CAST({bare} AS DATE), CAST(try_strptime(left({bare}, 8), '%Y%m%d') AS DATE))"
    return bare


def quoted(text: str, mark: str = "'") -> str:
    """Text as SQL quotes it: a value, or with other marks a name."""
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"
