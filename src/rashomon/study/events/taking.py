"""Text is taken in once: its rows go to Parquet, its broken rows to a file beside it, and neither is ever read twice.

DuckDB reads the text, and says of every row that it cannot take which file, line and column were at fault. What was taken in
lies in the study's folder ``study.events/``, which can be deleted at any time: it is made again.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from rashomon.errors import RashomonError
from rashomon.study.events.engines import FILE, need_events
from rashomon.study.events.formats import WHAT, Named
from rashomon.study.events.layouts import Layout, layout_of, unreadable_events
from rashomon.study.events.places import PARQUET, find_files, state_of
from rashomon.study.events.quotations import Misquoted, copy_without, has_marks, misquoted_rows
from rashomon.study.events.rejecting import Broken, misquoted_row, rejected_rows
from rashomon.study.files import made_whole

FOLDER: Final = "study.events"
"""The folder of what was taken in, in the study's."""
SHOWN: Final = 5
"""Broken rows that are told; all of them stand in the file that is kept aside."""
_ASIDE: Final = "broken.csv"
_NOTE: Final = "taken.json"  # what was taken in; the last file that is written
_CALENDAR: Final = "DATE '0001-01-01' AND DATE '9999-12-31'"
_VERSION: Final = 3  # of what lies in the folder
_NO_BLANK: Final = "\x01"  # a blank cell is not NULL, so that a blank day is a fault with a line


@dataclass(frozen=True)
class Taken:
    """A set as Parquet, of so many ``files``. ``names``: what a column holds → its name there; ``aside``: the file of broken
    rows, where there are any.
    """

    files: int
    paths: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    folder: str
    broken: int = 0
    first: tuple[Broken, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def aside(self) -> str:
        """Where the broken rows lie."""
        return os.path.join(self.folder, _ASIDE)


def take(root: Path, named: Named) -> Taken:
    """The set as Parquet, taken in if it has not been or has changed. R542, R543, R547, and R006 where there is no room for
    it.
    """
    files = find_files(root, named.files, named.id)
    folder = root / FOLDER / f"{named.id}-{_digest(files, named)}"
    tables = [path for path in files if path.suffix.lower() in PARQUET]
    if tables and len(tables) < len(files):
        other = next(path for path in files if path not in tables)
        raise unreadable_events(other, named, "text beside Parquet in one set; give each an [[events]] of its own")
    if tables:
        paths = tuple(str(path.resolve()) for path in tables)
        return Taken(len(files), paths, tuple(named.names.items()), str(folder))
    note = folder / _NOTE
    if not note.is_file():
        _make(files, named, folder)
    held = json.loads(note.read_text(encoding="utf-8"))
    first = tuple(Broken(**one) for one in held["first"])
    columns = tuple((one, one) for one in held["columns"])
    paths = tuple(str(folder / name) for name in held["paths"])
    return Taken(len(files), paths, columns, str(folder), held["broken"], first, tuple(held["passed_over"]))


def _digest(files: Sequence[Path], named: Named) -> str:
    import hashlib

    parts = [_VERSION, state_of(files), sorted(named.names.items()), named.format.title, named.dates]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _make(files: Sequence[Path], named: Named, folder: Path) -> None:
    """Fill the folder, whole or not at all; what was taken in of an earlier state of the files goes."""
    need_events()
    try:
        with made_whole(folder) as beside:
            beside.mkdir()
            _fill(files, named, beside)
    except RashomonError:
        if not (folder / _NOTE).is_file():  # else another program took the same in meanwhile
            raise
    for old in folder.parent.glob(f"{named.id}-*"):
        if old != folder and len(old.name) == len(folder.name):
            shutil.rmtree(old, ignore_errors=True)


def _fill(files: Sequence[Path], named: Named, folder: Path) -> None:
    unpacked = folder / "unpacked"
    shown: dict[str, str] = {}
    try:
        held, broken = _convert_all(files, named, folder, shown)
    except RashomonError as problem:  # of a file that is gone when it is read
        fault, where = problem.fault, problem.fault.where
        raise RashomonError(replace(fault, where=replace(where, file=shown.get(where.file, where.file)))) from problem
    shutil.rmtree(unpacked, ignore_errors=True)
    first = [asdict(one) for one in keep_aside(folder, broken)]
    (folder / _NOTE).write_text(json.dumps(held | {"first": first}), encoding="utf-8")


def _convert_all(
    files: Sequence[Path], named: Named, folder: Path, shown: dict[str, str]
) -> tuple[dict[str, object], list[Broken]]:
    """Write all rows to Parquet; the note of them, and those that are broken. ``shown`` gains what unpacked files are told
    as.
    """
    groups: dict[Layout, list[Path]] = {}
    broken: list[Broken] = []
    for path in files:
        for one in _unpack(path, folder / "unpacked", named):
            shown[str(one)] = str(path)
            text, layout, misquoted = _readied(one, layout_of(one, named), folder / "unpacked", named)
            shown[str(text)] = str(path)
            groups.setdefault(layout, []).append(text)
            broken += [misquoted_row(str(path), row) for row in misquoted]
    columns = [what for what in WHAT if any(named.names.get(what) in layout.columns for layout in groups)]
    paths = []
    for number, (layout, here) in enumerate(groups.items()):
        paths.append(f"rows-{number}.parquet")
        faults = _convert(here, layout, named, columns, folder / paths[-1])
        broken += [replace(one, file=shown[one.file]) for one in faults]
    broken.sort(key=lambda one: (one.file, one.line or 0))
    passed_over = sorted({name for layout in groups for name in layout.passed_over})
    held = {"columns": columns, "paths": paths, "broken": len(broken), "passed_over": passed_over}
    return held, broken


def keep_aside(folder: Path, broken: Iterable[Broken]) -> tuple[Broken, ...]:
    """Write broken rows to ``broken.csv`` of a folder; the first :data:`SHOWN` of them. Without any there is no file."""
    listed = iter(broken)
    first = tuple(islice(listed, SHOWN))
    if first:
        with made_whole(folder / _ASIDE) as beside, open(beside, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "line", "reason", "row"))
            for one in chain(first, listed):
                writer.writerow((one.file, "" if one.line is None else one.line, one.reason, one.row))
    return first


def _unpack(path: Path, folder: Path, named: Named) -> list[Path]:
    """The files of a ZIP, unpacked; any other file as it is."""
    if path.suffix.lower() != ".zip":
        return [path]
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if not members:
                raise unreadable_events(path, named, "an archive without files")
            made = [folder / f"{uuid4().hex}{'.gz' * one.filename.lower().endswith('.gz')}" for one in members]
            folder.mkdir(exist_ok=True)
            for member, target in zip(members, made, strict=True):
                with archive.open(member) as source, open(target, "wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
            return made
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as problem:
        raise unreadable_events(path, named, str(problem)) from problem


def _readied(path: Path, layout: Layout, folder: Path, named: Named) -> tuple[Path, Layout, tuple[Misquoted, ...]]:
    """A file in which no quotation takes in another row: itself, or a copy in the folder without those that are misquoted."""
    if not layout.quote:
        return path, layout, ()
    folder.mkdir(exist_ok=True)
    if path.suffix.lower() == ".gz":
        packed, path = path, folder / uuid4().hex
        try:
            with gzip.open(packed) as source, open(path, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
        except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
            raise unreadable_events(packed, named, str(problem)) from problem
    if not has_marks(path):
        return path, replace(layout, quote=""), ()
    rows = misquoted_rows(path, layout.delimiter, len(layout.columns))
    if rows:
        whole, path = path, folder / uuid4().hex
        copy_without(whole, rows, path)
    return path, layout, rows


def _convert(files: Sequence[Path], layout: Layout, named: Named, columns: Sequence[str], target: Path) -> list[Broken]:
    """Write the rows of files of one layout to Parquet; those that are broken."""
    import duckdb

    day = "DATE" if named.dates else "TIMESTAMPTZ"
    types = {name: day if name == named.names["day"] else "VARCHAR" for name in layout.columns}
    spec = ", ".join(f"{_quoted(name)}: '{kind}'" for name, kind in types.items())
    given = {
        "delim": _quoted(layout.delimiter), "quote": _quoted(layout.quote), "escape": _quoted(layout.quote),
        "header": str(layout.heading).lower(), "auto_detect": "false", "columns": f"{{{spec}}}", "nullstr": _quoted(_NO_BLANK),
        "store_rejects": "true", "rejects_limit": "0", "null_padding": "false",
    }  # fmt: skip
    if named.dates:
        given["dateformat"] = _quoted(named.dates)
    listed = ", ".join(_quoted(str(one)) for one in files)
    source = f"read_csv([{listed}], {', '.join(f'{key} = {value}' for key, value in given.items())}, filename = {_quoted(FILE)})"
    chosen = ", ".join(f"{_column(what, named, layout)} AS {what}" for what in columns)
    with duckdb.connect() as link:
        link.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
        try:
            link.execute(f"COPY (SELECT {chosen} FROM {source}) TO {_quoted(str(target))} (FORMAT parquet)")
        except duckdb.Error as problem:
            raise refused(files, named, problem) from problem
        return rejected_rows(link, layout) + _beyond(link, source, layout, named, target)


def _beyond(link: Any, source: str, layout: Layout, named: Named, target: Path) -> list[Broken]:
    """Take rows out of a file of Parquet whose day DuckDB knows and the calendar does not, such as infinity; which they are."""
    held, wrong = _quoted(str(target)), f"day NOT BETWEEN {_CALENDAR}"
    if not link.execute(f"SELECT count(*) FROM read_parquet({held}) WHERE {wrong}").fetchone()[0]:
        return []
    kept = target.with_suffix(".kept")
    link.execute(f"COPY (FROM read_parquet({held}) WHERE NOT ({wrong})) TO {_quoted(str(kept))} (FORMAT parquet)")
    os.replace(kept, target)
    file, cells = _quoted(FILE, '"'), ", ".join(_quoted(name, '"') for name in layout.columns)
    link.execute("SET preserve_insertion_order = true")  # they are told in the order of their file
    found = link.execute(
        f"SELECT {file}, concat_ws({_quoted(layout.delimiter)}, {cells}) FROM {source} "
        f"WHERE {_column('day', named, layout)} NOT BETWEEN {_CALENDAR}"
    ).fetchall()
    return [Broken(path, None, f"{named.names['day']}: not a day of the calendar", row) for path, row in found]


def refused(files: Sequence[Path], named: Named, problem: Exception) -> RashomonError:
    """R547 for what an engine says of files; of which it is, where it names one."""
    text = str(problem).strip()
    culprit = next((one for one in files if str(one) in text), files[0])
    return unreadable_events(culprit, named, text.splitlines()[0])


def _column(what: str, named: Named, layout: Layout) -> str:
    """The expression of a column of ours; NULL where the file has none."""
    name = named.names.get(what, "")
    if name not in layout.columns:
        return "NULL"
    held = _quoted(name, '"')
    bare = f"nullif(trim({held}), '')"
    numbers = {"value": "DOUBLE", "quad": "TINYINT", "reports": "BIGINT"}
    if what in numbers:
        return f"TRY_CAST({bare} AS {numbers[what]})"
    if what == "day":
        return f"CAST({held} AS DATE)"
    if what == "added":
        return f"coalesce(TRY_CAST({bare} AS DATE), CAST(try_strptime(left({bare}, 8), '%Y%m%d') AS DATE))"
    return bare


def _quoted(text: str, mark: str = "'") -> str:
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"
