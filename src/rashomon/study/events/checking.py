"""What is wrong with files of events, as far as it shows in their columns and their first rows: none is read whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rashomon.errors import Fault, RashomonError, Where
from rashomon.study.events.converting import even, refused, source_of
from rashomon.study.events.engines import engine_of
from rashomon.study.events.formats import Named
from rashomon.study.events.layouts import layout_of
from rashomon.study.events.opening import require_alike, rows_of, undated_events
from rashomon.study.events.pieces import Piece, pieces_of, unreadable_events
from rashomon.study.events.places import PARQUET, find_files
from rashomon.study.events.rejecting import rejected_rows

_ROWS: Final = 100  # of a file, in which some day must be one
_NO_DAY: Final = f"no day in the first {_ROWS} rows"


def can_look_into() -> bool:
    """Whether days, and files of Parquet, can be looked at here."""
    return bool(find_spec("duckdb") and find_spec("ibis"))


def check_files(root: Path, named: Named) -> Iterator[Fault]:
    """Faults of the files of a set, at most one of each file or member of an archive."""
    try:
        files = find_files(root, named.files, named.id)
    except RashomonError as problem:
        yield from problem.faults
        return
    sound = True
    for fault in (fault for path in files for fault in _faults_of(path, named)):
        sound = False
        yield fault
    tables = [str(path) for path in files if path.suffix.lower() in PARQUET]
    if sound and tables and can_look_into():
        try:
            require_alike(tables, named)
        except RashomonError as problem:
            yield from problem.faults


def _faults_of(path: Path, named: Named) -> Iterator[Fault]:
    """Faults of a file, or of the members of an archive."""
    try:
        if path.suffix.lower() in PARQUET:
            checks: list[Callable[[], None]] = [partial(_check_table, path, named)] * can_look_into()
        else:
            checks = [partial(_check_text, piece, named) for piece in pieces_of(path, named)]
    except RashomonError as problem:
        yield from problem.faults
        return
    for check in checks:
        try:
            check()
        except RashomonError as problem:
            yield from problem.faults


def _check_text(piece: Piece, named: Named) -> None:
    """R543, R547 or R548 for the first lines of a file in text."""
    layout = layout_of(piece, named)
    if not can_look_into():
        return
    import duckdb

    with TemporaryDirectory() as folder, duckdb.connect() as link:
        first = Path(folder, "first")
        first.write_bytes(even(b"".join(piece.first_lines(_ROWS + 1, named))))
        link.execute("SET TimeZone = 'UTC'")
        day = named.names["day"]
        try:
            if link.execute(f"SELECT * FROM {source_of([first], layout, named)}").fetchall():
                return
        except duckdb.Error as problem:
            raise unreadable_events(piece.name, named, str(problem).splitlines()[0]) from problem
        undated = [row for row in rejected_rows(link, layout) if row.reason.startswith(f"{day}: Could not convert")]
    if undated:
        written = undated[0].reason.partition('"')[2].rpartition('"')[0]
        raise undated_events(named, Where(piece.name, undated[0].line, field=day), f"{written!r}; {_NO_DAY}")


def _check_table(path: Path, named: Named) -> None:
    """R543, R547 or R548 for the columns and the first rows of a file of Parquet."""
    with engine_of("duckdb") as engine:
        first = rows_of([str(path)], tuple(named.names.items()), named, engine).select("day").limit(_ROWS)
        try:
            days = first.to_pyarrow()["day"].to_pylist()
        except Exception as problem:  # as in opening
            raise refused([path], named, problem) from problem
    if days and not any(map(_is_day, days)):
        raise undated_events(named, Where(str(path), 1, field=named.names["day"]), _NO_DAY)


def _is_day(number: int | None) -> bool:
    try:
        date((number or 0) // 10000, (number or 0) // 100 % 100, (number or 0) % 100)
    except ValueError:
        return False
    return True
