"""Killed at any moment and run again, reading comes to what it would have come to undisturbed: nothing lost, twice, or half."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shelving import READER, put, reading, shelved, stand_in, study_with

from rashomon.study.store import FILE

KILLS = 60 if os.environ.get("RASHOMON_DEEP") else 4
PROGRAM = f"""
import sys
sys.path[:0] = sys.argv[2:]
from rashomon.reading import Manner, read, working
from rashomon.study import open_study
working.READER = {READER!r}
print("ready", flush=True)
read(open_study(sys.argv[1]), (), Manner(), lambda done, of, file: print(file, flush=True))
"""


def texts(seed: int) -> dict[str, str]:
    """Files of some documents each, whose passages repeat."""
    draw = random.Random(seed)
    lines = ["Amen.", *(f"The {what} of the {whom}." for what in ("border", "sea", "aim") for whom in ("north", "south"))]

    def body() -> str:
        return "\n\n".join(draw.choices(lines, k=draw.randint(1, 200)))

    return {f"sources/{name}.txt": "".join(f"== {part}\n{body()}\n\n" for part in range(3)) for name in range(8)}


def indexed(study: Path) -> list[tuple[str, ...]]:
    """The index of words, which must have exactly the passages, and the integrity of the file."""
    raw = sqlite3.connect(study / FILE)
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        raw.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        assert raw.execute("SELECT count(*) FROM passages WHERE repeat < 1").fetchone() == (0,)
        joined = "SELECT p.source, p.text, w.lemmas FROM passages p JOIN passage_words w ON w.rowid = p.id ORDER BY 1, 2, 3"
        return raw.execute(joined).fetchall()
    finally:
        raw.close()


@pytest.mark.skipif(os.name != "posix", reason="kills")
def test_killed_while_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)
    undisturbed = study_with(tmp_path / "undisturbed", texts(1))
    started = time.perf_counter()
    with run(undisturbed) as program:
        program.wait()
    whole = time.perf_counter() - started
    put(undisturbed, "sources/0.txt", "Changed.\n")
    reading(undisturbed)
    study = study_with(tmp_path / "study", texts(1))
    for kill in range(KILLS):
        if kill == KILLS // 2:  # from then on, what is on the shelf changes
            reading(study)
            put(study, "sources/0.txt", "Changed.\n")
        with run(study) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(random.uniform(0, whole))
            program.send_signal(signal.SIGKILL)
        if (study / FILE).exists():
            there = shelved(study)
            assert len({one.document for one in there}) % 3 in (0, 1)  # files are there whole; the changed one has one document
            assert len({one.address for one in there}) == len(there)
    reading(study)
    assert shelved(study) == shelved(undisturbed)
    assert indexed(study) == indexed(undisturbed)
    assert len(indexed(study)) == len(shelved(study))


def run(study: Path) -> subprocess.Popen[bytes]:
    """Begin to read a study in another process."""
    path = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(study), *path], stdout=subprocess.PIPE)
