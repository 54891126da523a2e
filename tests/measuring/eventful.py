"""Studies that declare events, and files of invented events for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rashomon.study import StudyData, open_study
from rashomon.study.events import FORMATS

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
