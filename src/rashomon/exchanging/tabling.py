"""All tables of a study in the files that spreadsheets and data programs open, and back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from rashomon import errors
from rashomon.errors import RashomonError, unreadable
from rashomon.exchanging.cells import plain, rows_of
from rashomon.exchanging.drafts import Draft
from rashomon.exchanging.guarding import escaped, guarded, unescaped, unguarded
from rashomon.exchanging.losing import Loss, Moved, shown
from rashomon.exchanging.placing import free, new_folder
from rashomon.exchanging.refusing import unfit
from rashomon.exchanging.zips import SafeZip
from rashomon.study import TABLES, StudyData
from rashomon.study.declaring import FILE
from rashomon.study.files import write_atomically
from rashomon.study.row_files import written
from rashomon.study.tables import read_table

Rows = list[dict[str, str]]

_TAKEN_FOR: Final = "tables of a study, as rashomon export writes them"
_CELL: Final = 32_767  # letters of a cell of a spreadsheet at most


# out


def export_csv(study: StudyData, folder: Path, _: str = "") -> Moved:
    """Write all tables as CSV into the new ``folder``, safe for spreadsheets, with study.toml. R005 where it holds files."""

    def write(place: Path, columns: Sequence[str], rows: Rows) -> None:
        safe = ({name: guarded(cell) for name, cell in row.items()} for row in rows)
        write_atomically(place.with_suffix(".csv"), written(columns, safe, "\r\n").encode())

    return _export("csv", study, folder, write)


def export_parquet(study: StudyData, folder: Path, _: str = "") -> Moved:
    """Write all tables as Parquet into the new ``folder``, each cell as its text, with study.toml. R005, R931 without pyarrow."""
    arrow, parquet = need("pyarrow"), need("pyarrow.parquet")

    def write(place: Path, columns: Sequence[str], rows: Rows) -> None:
        arrays = [arrow.array([row.get(name, "") for row in rows], arrow.string()) for name in columns]
        parquet.write_table(arrow.table(arrays, list(columns)), place.with_suffix(".parquet"))

    return _export("parquet", study, folder, write)


def _export(form: str, study: StudyData, folder: Path, write: Callable[[Path, Sequence[str], Rows], None]) -> Moved:
    counts = {}
    with new_folder(folder) as place:
        write_atomically(place / FILE, plain(study, FILE).encode())
        for name, columns, rows in _tables(study):
            write(place / name, columns, rows)
            counts[name] = len(rows)
    return Moved(form, str(folder), counts, tuple(_documents(study)))


def export_xlsx(study: StudyData, file: Path, _: str = "") -> Moved:
    """Write all tables as sheets of text into the new ``file``, and study.toml as one more. R003, R931 without openpyxl."""
    free(file)
    book = need("openpyxl").Workbook(write_only=True)
    text_cell = partial(_text_cell, need("openpyxl.cell").WriteOnlyCell)
    losses = list(_documents(study))
    counts = {}
    lines = [{FILE: line} for line in plain(study, FILE).splitlines()]
    for name, columns, rows in (*_tables(study), (FILE, (FILE,), lines)):
        sheet = book.create_sheet(name)
        sheet.append([text_cell(sheet, one) for one in columns])
        for number, row in enumerate(rows, 2):
            cells = [escaped(guarded(row.get(one, ""))) for one in columns]
            for column, cell in zip(columns, cells, strict=True):
                if len(cell) > _CELL:
                    losses.append(
                        Loss(f"{name}:{number}", f"{column} {shown(cell)}", f"a cell holds {_CELL:,} letters of it")
                    )
            sheet.append([text_cell(sheet, cell[:_CELL]) for cell in cells])
        counts[name] = len(rows)
    data = io.BytesIO()
    book.save(data)
    write_atomically(file, data.getvalue())
    return Moved("xlsx", str(file), counts, tuple(losses))


def _text_cell(kind: Callable[..., Any], sheet: Any, text: str) -> Any:
    """A cell that is text, whatever it looks like."""
    cell = kind(sheet, value=text)
    cell.data_type = "s"
    return cell


def _tables(study: StudyData) -> Iterator[tuple[str, Sequence[str], Rows]]:
    """Each table that has rows: its name, the columns that its file has in the format's order, and its rows."""
    for name, spec in TABLES.items():
        rows = list(rows_of(study, name))
        if rows:
            yield name, [one for one in spec.columns if one in rows[0]], rows


def _documents(study: StudyData) -> Iterator[Loss]:
    if (study.root / "sources").exists():
        yield Loss("sources", "what is in it", "tables have no place for documents: it stays in the study")


# in


def import_csv(folder: Path, root: Path) -> Moved:
    """Make a study of tables in CSV that Rashomon wrote, in the new folder ``root``; a spreadsheet may have saved them since.

    Raises the faults of a file that cannot be read as its table.
    """

    def read(place: Path) -> Rows:
        raw = read_table(folder, TABLES[place.stem])
        return [{name: unguarded(column[row]) for name, column in raw.columns.items()} for row in range(len(raw))]

    return _import("csv", folder, root, ".csv", read)


def import_parquet(folder: Path, root: Path) -> Moved:
    """Make a study of tables in Parquet, in the new folder ``root``; cells that are no text are written as they print."""
    arrow, parquet = need("pyarrow"), need("pyarrow.parquet")

    def read(place: Path) -> Rows:
        try:
            found = parquet.read_table(place).to_pylist()
        except (arrow.ArrowException, ValueError) as problem:
            raise unfit(place, _TAKEN_FOR, str(problem)) from problem
        return [{name: _plain(value) for name, value in row.items()} for row in found]

    return _import("parquet", folder, root, ".parquet", read)


def _import(form: str, folder: Path, root: Path, suffix: str, read: Callable[[Path], Rows]) -> Moved:
    try:
        declared = (folder / FILE).read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise RashomonError(unreadable(str(folder / FILE), problem)) from problem
    except UnicodeDecodeError as problem:
        raise unfit(folder / FILE, _TAKEN_FOR, str(problem)) from problem
    places = {name: (folder / name).with_suffix(suffix) for name in TABLES}
    return _made(form, root, declared, {name: read(place) for name, place in places.items() if place.is_file()})


def import_xlsx(file: Path, root: Path) -> Moved:
    """Make a study of a workbook that Rashomon wrote, in the new folder ``root``. R931 without openpyxl, R932, R934."""
    excel = need("openpyxl")
    _inspect(file)
    try:
        book = excel.load_workbook(file, read_only=True)
        sheets = {
            sheet.title: [[_typed(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
            for sheet in book
        }
        book.close()
    except Exception as problem:  # whatever a broken workbook makes of its reader
        raise unfit(file, _TAKEN_FOR, f"{type(problem).__name__}: {problem}") from problem
    if FILE not in sheets:
        raise unfit(file, _TAKEN_FOR, f"no sheet {FILE}")
    declared = "".join(f"{_cell(row[0]) if row else ''}\n" for row in sheets[FILE][1:])
    tables = {name: _rows(sheets[name]) for name in TABLES if sheets.get(name)}
    return _made("xlsx", root, declared, tables)


def _inspect(file: Path) -> None:
    """Unpack a workbook within limits, and refuse document types, before its reader sees it."""
    with SafeZip(file) as archive:
        for name in archive.members:
            data = archive.read(name) or b""
            if b"<!DOCTYPE" in data or b"<\0!\0" in data or b"\0<\0!" in data:
                raise unfit(file, _TAKEN_FOR, f"a document type in {name}")


def _rows(sheet: list[list[str]]) -> Rows:
    columns = [_cell(one) for one in sheet[0]]
    return [dict(zip(columns, map(_cell, row), strict=False)) for row in sheet[1:] if any(row)]


def _cell(text: str) -> str:
    return unguarded(unescaped(text))


def _typed(value: object, shown_as: str) -> str:
    """A cell of a workbook as it shows: what it shows in percent, the workbook holds as a share of one."""
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in shown_as:
        return f"{(Decimal(str(value)) * 100).normalize():f}%"
    return _plain(value)


def _plain(value: object) -> str:
    """A value as a cell of a study."""
    if isinstance(value, datetime):
        return value.date().isoformat() if not any((value.hour, value.minute, value.second)) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _made(form: str, root: Path, declared: str, tables: Mapping[str, Rows]) -> Moved:
    """Write the study, and check it; a text whose file does not come along is without one."""
    draft = Draft({}, "", text=declared)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        draft.files[TABLES[name].file] = written(columns, rows)
    draft.write(root)
    return Moved(form, str(root), {name: len(rows) for name, rows in tables.items()}, tuple(draft.losses))


def need(module: str) -> ModuleType:
    """A module of the extra ``rashomon[exchange]``; R931 where it is not installed."""
    return errors.need(module, "exchange", "What this format needs is not installed.", "R931")
