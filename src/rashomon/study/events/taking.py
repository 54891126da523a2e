"""Text is taken in once: its rows go to Parquet, its broken rows to a file beside it, and neither is ever read twice.

DuckDB reads the text, and says of every row that it cannot take which file, line and column were at fault. What was taken in
lies in the study's folder ``study.events/``, which can be deleted at any time: it is made again.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final
from uuid import uuid4

from rashomon.errors import RashomonError
from rashomon.study.events.converting import convert
from rashomon.study.events.engines import need_events
from rashomon.study.events.formats import WHAT, Named
from rashomon.study.events.layouts import Layout, layout_of
from rashomon.study.events.pieces import Piece, pieces_of, unreadable_events
from rashomon.study.events.places import PARQUET, find_files, state_of
from rashomon.study.events.quotations import Misquoted, copy_without, has_marks, misquoted_rows
from rashomon.study.events.rejecting import Broken, misquoted_row
from rashomon.study.files import made_whole

FOLDER: Final = "study.events"
"""The folder of what was taken in, in the study's."""
SHOWN: Final = 5
"""Broken rows that are told; all of them stand in the file that is kept aside."""
_ASIDE: Final = "broken.csv"
_NOTE: Final = "taken.json"  # what was taken in; the last file that is written
_VERSION: Final = 4  # of what lies in the folder


@dataclass(frozen=True)
class Taken:
    """A set as Parquet, of so many ``files``. ``names``: what a column holds → its name there; ``aside``: the file of broken
    rows, where there are any. ``own``: whether its Parquet was written here.
    """

    files: int
    paths: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    folder: str
    broken: int = 0
    first: tuple[Broken, ...] = ()
    passed_over: tuple[str, ...] = ()
    own: bool = True

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
        raise unreadable_events(str(other), named, "text beside Parquet in one set; give each an [[events]] of its own")
    if tables:
        paths = tuple(str(path.resolve()) for path in tables)
        return Taken(len(files), paths, tuple(named.names.items()), str(folder), own=False)
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
        for piece in pieces_of(path, named):
            text, layout, misquoted = _readied(piece, layout_of(piece, named), folder / "unpacked", named)
            shown[str(text)] = piece.name
            groups.setdefault(layout, []).append(text)
            broken += [misquoted_row(piece.name, row) for row in misquoted]
    columns = [what for what in WHAT if any(named.names.get(what) in layout.columns for layout in groups)]
    paths = []
    for number, (layout, here) in enumerate(groups.items()):
        paths.append(f"rows-{number}.parquet")
        faults = convert(here, layout, named, columns, folder / paths[-1])
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


def _readied(piece: Piece, layout: Layout, folder: Path, named: Named) -> tuple[Path, Layout, tuple[Misquoted, ...]]:
    """A file that DuckDB can read, in which no quotation takes in another row: the piece itself, or a copy in the folder without
    the rows that are misquoted.
    """
    path = piece.path
    if piece.member or (piece.packed and layout.quote):
        path = piece.unpack(folder, named)
    if not layout.quote:
        return path, layout, ()
    if not has_marks(path):
        return path, replace(layout, quote=""), ()
    rows = misquoted_rows(path, layout.delimiter, len(layout.columns))
    if rows:
        folder.mkdir(exist_ok=True)
        whole, path = path, folder / uuid4().hex
        copy_without(whole, rows, path)
    return path, layout, rows
