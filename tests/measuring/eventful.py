"""Studies that declare events, and files of invented events for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rashomon.errors import RashomonError
from rashomon.measuring.events import EventSeries, measure_events
from rashomon.study import StudyData, open_study
from rashomon.study.events import FORMATS

POLECAT = FORMATS["polecat"].layouts[0]

HEAD = """\
[study]
id = "three"
title = "Three sides"
span = "1990/2020"

[[side]]
id = "japan"
name = "Japan"
codes = ["JPN", "Japan"]

[[side]]
id = "russia"
name = "Russia"
codes = ["SUN", "RUS", "Russian Federation"]

[[side]]
id = "korea"
name = "North Korea"
codes = ["PRK", "North Korea"]

[[source]]
id = "wire"
title = "Events of the wire"
published = "2020"
kind = "dataset"
"""

MAPPED = '{ day = "day", source = "a", target = "b", code = "c", value = "v" }'
DAYS = [date(2018, 1, 28) + timedelta(days=i) for i in range(12)]


def declare(files: str, form: str, **keys: str) -> str:
    """An ``[[events]]`` of study.toml; ``keys`` as they stand in TOML."""
    more = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'\n[[events]]\nid = "wire"\nsource = "wire"\nfiles = "{files}"\nformat = "{form}"\n{more}'


def study_of(root: Path, *declared: str, head: str = HEAD) -> StudyData:
    """A study with these sets of events."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "study.toml").write_text(head + "".join(declared), encoding="utf-8")
    return open_study(root)


def gdelt_row(
    event: int, day: str, source: str, target: str, code: str, value: str = "1.0", form: str = "gdelt2"
) -> list[str]:
    """A row of GDELT, all of whose other columns are blank."""
    columns = FORMATS[form].layouts[-1]
    row = dict.fromkeys(columns, "")
    row |= {
        "GLOBALEVENTID": str(event), "SQLDATE": day, "Actor1Code": source, "Actor1CountryCode": source, "Actor2Code": target,
        "Actor2CountryCode": target, "EventCode": code, "GoldsteinScale": value, "NumMentions": "2", "DATEADDED": f"{day}120000",
        "SOURCEURL": "somewhere",
    }  # fmt: skip
    return [row[name] for name in columns]


def write_rows(path: Path, rows: Iterable[Sequence[object]], tab: str = "\t") -> Path:
    """Rows as text, as they are: nothing is quoted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{tab.join(map(str, row))}\n" for row in rows), encoding="utf-8")
    return path


def parquet(path: Path, rows: list[tuple[object, ...]]) -> Path:
    """Rows of a day, two codes of sides, what was done, a value and an id, as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds = (pa.date32(), pa.string(), pa.string(), pa.string(), pa.float64(), pa.int64())
    columns = [[row[i] for row in rows] for i in range(len(kinds))]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    pq.write_table(pa.table(arrays, names=["day", "a", "b", "c", "v", "id"]), path)
    return path


def of_parquet(root: Path, *files: list[tuple[object, ...]], **keys: str) -> EventSeries:
    """The series of sets of such rows, a file each; ``keys`` as they stand in TOML, and ``by``."""
    for number, rows in enumerate(files):
        parquet(root / "events" / f"{number}.parquet", rows)
    by = keys.pop("by", "month")
    return measure_events(study_of(root, declare("events", "mapping", columns=MAPPED, **keys)), by)


def fault_of(act: Callable[[], object]) -> tuple[str, str]:
    """The code and the text of the fault, in which nothing is blank."""
    with pytest.raises(RashomonError) as caught:
        act()
    fault = caught.value.fault
    assert fault.found
    assert fault.allowed
    assert fault.remedy
    return fault.code, str(fault)


def polecat_row(number: int, **cells: str) -> list[str]:
    """A row with "None" wherever nothing is said."""
    held = dict.fromkeys(POLECAT, "None") | {
        "Event ID": f"20180601-{number}_CONSULT", "Event Date": "2018-06-01", "Event Type": "CONSULT",
        "Event Intensity": "1.5", "Quad Code": "VERBAL COOPERATION", "Actor Name": f"Actor {number}", "Actor Country": "JPN",
        "Recipient Name": "Vladimir Putin", "Recipient Country": "RUS", "Publication Date": "2018-06-02",
    } | {name.replace("_", " "): text for name, text in cells.items()}  # fmt: skip
    return [held[name] for name in POLECAT]
