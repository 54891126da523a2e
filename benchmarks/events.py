"""Series of events out of a hundred million rows, beside hand-written SQL and polars.

    python benchmarks/events.py                           # 100 million rows, in a temporary folder (some 2 GB)
    python benchmarks/events.py --rows 10000000 --folder /data/events

Rows have the shape of GDELT 2, with the columns that counting reads and some that it does not; they are drawn by a seed: 230
codes of unequal frequency, 45 years of growing coverage, 311 codes of CAMEO. Measured are, each in a process of its own, with
the wall and processor time and the largest memory of that process:

- the monthly series of the declared pairs of three sides, as a study gets it, with bands;
- the same by SQL written for DuckDB, which counts and averages by month and gives no band;
- the rows of all pairs of codes by month, as ``rashomon measure --pairs`` writes them, beside SQL that writes the same;
- the declared pairs on a tenth of the files, beside polars where it is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("POLARS_MAX_THREADS", "2")

FILES = 20
STUDY = """\
[study]
id = "bench"
title = "Bench"
span = "1979/2024"

[[side]]
id = "japan"
name = "Japan"
codes = ["C00"]

[[side]]
id = "russia"
name = "Russia"
codes = ["C03", "C04"]

[[side]]
id = "usa"
name = "USA"
codes = ["C01"]

[[source]]
id = "gdelt"
title = "GDELT"
published = "2024"
kind = "dataset"

[[events]]
id = "gdelt"
source = "gdelt"
files = "{files}"
format = "gdelt2"
"""
SIDES = "CASE {0} WHEN 'C00' THEN 'japan' WHEN 'C01' THEN 'usa' WHEN 'C03' THEN 'russia' WHEN 'C04' THEN 'russia' END"
OURS = "('C00', 'C01', 'C03', 'C04')"


def generate(folder: Path, rows: int) -> None:
    """Files of Parquet, each with its part of the rows; what is there already is kept."""
    import duckdb

    from rashomon.measuring.events import goldstein

    folder.mkdir(parents=True, exist_ok=True)
    for number in range(FILES):
        target = folder / f"part-{number:02d}.parquet"
        if target.exists():
            continue
        with duckdb.connect() as link:
            link.execute("SET threads = 2")
            link.execute(f"SELECT setseed({(number + 1) / 100})")
            link.execute("CREATE TABLE codes (number INTEGER, code VARCHAR, value DOUBLE)")
            listed = [(i, *pair) for i, pair in enumerate(goldstein("gdelt").items())]
            link.executemany("INSERT INTO codes VALUES (?, ?, ?)", listed)
            link.execute(f"""
                COPY (
                    WITH drawn AS (
                        SELECT i, random() AS a, random() AS b, random() AS c, sqrt(random()) AS t, random() AS m
                        FROM range({number * rows // FILES}, {(number + 1) * rows // FILES}) AS r(i)
                    ), dated AS (
                        SELECT *, DATE '1979-01-01' + CAST(floor(t * 16436) AS INTEGER) AS d FROM drawn
                    )
                    SELECT i AS GLOBALEVENTID, CAST(strftime(d, '%Y%m%d') AS INTEGER) AS SQLDATE,
                        CASE WHEN a < 0.9 THEN printf('C%02d', CAST(floor(230 * (a / 0.9) ** 3) AS INTEGER)) END
                            AS Actor1CountryCode,
                        CASE WHEN b < 0.8 THEN printf('C%02d', CAST(floor(230 * (b / 0.8) ** 3) AS INTEGER)) END
                            AS Actor2CountryCode,
                        code AS EventCode,
                        CAST(CASE WHEN code < '06' THEN 1 WHEN code < '09' THEN 2 WHEN code < '14' THEN 3 ELSE 4 END AS INTEGER)
                            AS QuadClass, value AS GoldsteinScale, CAST(1 + floor(9 * m) AS INTEGER) AS NumMentions,
                        m * 20 - 10 AS AvgTone, CAST(strftime(d, '%Y%m%d') AS BIGINT) * 1000000 AS DATEADDED
                    FROM dated JOIN codes ON number = CAST(floor(c * {len(listed)}) AS INTEGER)
                ) TO '{target}.tmp' (FORMAT parquet)
            """)
        os.replace(f"{target}.tmp", target)


def declared(folder: Path, files: str) -> int:
    """Our monthly series of the declared pairs."""
    import rashomon

    with tempfile.TemporaryDirectory() as place:
        Path(place, "study.toml").write_text(STUDY.format(files=folder / files), encoding="utf-8")
        found = rashomon.open(place).events()
    return sum(row.events for row in found.rows)


def declared_sql(folder: Path, files: str) -> int:
    """Counts and means of the declared pairs by month, in SQL."""
    import duckdb

    one, other = SIDES.format("Actor1CountryCode"), SIDES.format("Actor2CountryCode")
    with duckdb.connect() as link:
        link.execute("SET threads = 2")
        rows = link.execute(f"""
            SELECT SQLDATE // 100 AS month, {one} AS source, {other} AS target, count(*), avg(GoldsteinScale),
                count(*) FILTER (QuadClass = 1), count(*) FILTER (QuadClass = 2), count(*) FILTER (QuadClass = 3),
                count(*) FILTER (QuadClass = 4), sum(NumMentions)
            FROM read_parquet('{folder / files}')
            WHERE Actor1CountryCode IN {OURS} AND Actor2CountryCode IN {OURS} AND {one} <> {other} GROUP BY ALL
        """).fetchall()
        link.execute(f"SELECT SQLDATE // 100, count(*) FROM read_parquet('{folder / files}') GROUP BY ALL").fetchall()
    return sum(row[3] for row in rows)


def pairs(folder: Path, files: str) -> int:
    """Our rows of all pairs."""
    import rashomon

    with tempfile.TemporaryDirectory() as place:
        Path(place, "study.toml").write_text(STUDY.format(files=folder / files), encoding="utf-8")
        return rashomon.open(place).event_pairs(Path(place, "pairs.parquet")).rows


def pairs_sql(folder: Path, files: str) -> int:
    """The same in SQL."""
    import duckdb

    with duckdb.connect() as link, tempfile.TemporaryDirectory() as place:
        link.execute("SET threads = 2")
        link.execute(f"""
            COPY (
                SELECT SQLDATE // 100 AS period, Actor1CountryCode AS source, Actor2CountryCode AS target, count(*) AS rows,
                    count(*) FILTER (QuadClass = 1) AS kind_1, count(*) FILTER (QuadClass = 2) AS kind_2,
                    count(*) FILTER (QuadClass = 3) AS kind_3, count(*) FILTER (QuadClass = 4) AS kind_4,
                    avg(GoldsteinScale) AS value
                FROM read_parquet('{folder / files}')
                WHERE Actor1CountryCode IS NOT NULL AND Actor2CountryCode IS NOT NULL AND SQLDATE IS NOT NULL GROUP BY ALL
            ) TO '{place}/pairs.parquet' (FORMAT parquet)
        """)
        return int(link.execute(f"SELECT count(*) FROM read_parquet('{place}/pairs.parquet')").fetchall()[0][0])


def declared_polars(folder: Path, files: str) -> int:
    """Counts and means of the declared pairs by month, in polars."""
    import polars as pl

    names = {"C00": "japan", "C01": "usa", "C03": "russia", "C04": "russia"}
    one, other = pl.col("Actor1CountryCode"), pl.col("Actor2CountryCode")
    scanned = pl.scan_parquet(folder / files)
    found = (
        scanned.filter(one.is_in(list(names)) & other.is_in(list(names)))
        .with_columns(source=one.replace(names), target=other.replace(names), month=pl.col("SQLDATE") // 100)
        .filter(pl.col("source") != pl.col("target"))
        .group_by("month", "source", "target")
        .agg(
            pl.len().alias("rows"), pl.col("GoldsteinScale").mean(), pl.col("NumMentions").sum(),
            *((pl.col("QuadClass") == kind).sum().alias(f"kind_{kind}") for kind in (1, 2, 3, 4)),
        )
    )  # fmt: skip
    total = scanned.group_by(pl.col("SQLDATE") // 100).agg(pl.len())
    rows, _ = pl.collect_all([found, total])
    return int(rows["rows"].sum())


RUNS = {run.__name__: run for run in (declared, declared_sql, pairs, pairs_sql, declared_polars)}


def alone(name: str, folder: Path, files: str) -> dict[str, float]:
    """One run in a process of its own: what it counts, seconds on the clock and of the processor, GiB at most."""
    code = [sys.executable, __file__, "--alone", name, "--folder", str(folder), "--files", files]
    done = subprocess.run(code, capture_output=True, text=True, check=True)
    held: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return held


def timed(name: str, folder: Path, files: str) -> dict[str, float]:
    """In the process that :func:`alone` starts."""
    start = time.perf_counter()
    counted = RUNS[name](folder, files)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"counted": counted, "wall": wall, "processor": used.ru_utime + used.ru_stime, "gib": used.ru_maxrss / 2**20}


def measure(folder: Path, repetitions: int) -> None:
    """Run all beside each other, in turns, and print the best of each with its ratio."""
    print(f"{'':<44} {'counted':>12} {'wall s':>8} {'CPU s':>8} {'GiB':>6}")
    for title, files, ours, theirs in (
        ("declared pairs by month", "part-*.parquet", "declared", "declared_sql"),
        ("all pairs by month", "part-*.parquet", "pairs", "pairs_sql"),
        ("declared pairs by month, a tenth", "part-0[01].parquet", "declared", "declared_polars"),
    ):
        best: dict[str, dict[str, float]] = {}
        try:
            for _ in range(repetitions):
                for name in (ours, theirs):
                    one = alone(name, folder, files)
                    if name not in best or one["processor"] < best[name]["processor"]:
                        best[name] = one
        except subprocess.CalledProcessError as problem:
            print(f"{title}: {problem.stderr.strip().splitlines()[-1]}")
        for name, one in best.items():
            label = f"{title}: {name}"
            print(f"{label:<44} {one['counted']:>12,} {one['wall']:>8.1f} {one['processor']:>8.1f} {one['gib']:>6.2f}")
        if len(best) == 2:
            a, b = best[ours], best[theirs]
            print(
                f"  ratio: {a['wall'] / b['wall']:.2f} of the clock, {a['processor'] / b['processor']:.2f} of the processor\n"
            )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--repetitions", type=int, default=1)
    parser.add_argument("--alone", choices=list(RUNS), help=argparse.SUPPRESS)
    parser.add_argument("--files", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(timed(given.alone, given.folder, given.files)))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = (given.folder or Path(place)).resolve()
        start = time.perf_counter()
        generate(folder, given.rows)
        size = sum(path.stat().st_size for path in folder.glob("part-*.parquet")) / 2**30
        print(f"{given.rows:,} rows, {size:.1f} GiB of Parquet, made in {time.perf_counter() - start:.0f} s\n")
        measure(folder, given.repetitions)


if __name__ == "__main__":
    main()
