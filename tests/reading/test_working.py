"""Reading in child processes: what breaks its budget or its process is reported, the rest go on, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shelving import READER, put

from rashomon.errors import RashomonError
from rashomon.reading.working import Budget, Outcome, Task, read_all, resident


def tasks(folder: Path, *texts: str) -> list[Task]:
    """Files of these texts, to be read."""
    for number, text in enumerate(texts):
        put(folder, f"{number}.txt", text)
    return [Task(folder / f"{number}.txt", f"{number}.txt", len(text)) for number, text in enumerate(texts)]


def words(outcome: Outcome) -> list[str]:
    """The texts of the passages that are whole; lets go of them."""
    with outcome:
        return [row[6] for kind, told in outcome.messages() if kind == "passages" for row in told]


def outcomes(
    folder: Path, *texts: str, seconds: float = 60.0, memory: int = 3 << 29, jobs: int = 2
) -> dict[str, tuple[Outcome, list[str]]]:
    """What comes of these texts, by name, and the texts of the passages that are whole."""
    found = {}
    for one in read_all(tasks(folder, *texts), jobs, Budget(seconds, memory), READER):
        assert one.task.name not in found
        found[one.task.name] = one, words(one)
    return found


@pytest.mark.parametrize(
    ("act", "code"),
    [("die", "R906"), ("locked", "R902"), ("break", "R901"), ("recurse", "R903"), ("eat", "R905")],
)
def test_a_document_that_fails_is_reported_and_the_rest_go_on(tmp_path: Path, act: str, code: str) -> None:
    found = outcomes(tmp_path, "First.\n", f"== a\nWhole.\n\n== b\nHalf.\n\n@{act}\n", "Last.\n", jobs=1, memory=1 << 29)
    assert [(one.failed, one.whole) for one, _ in found.values()] == [(False, 1), (True, 1), (False, 1)]
    assert [texts for _, texts in found.values()] == [["First."], ["Whole."], ["Last."]]
    (fault,) = found["1.txt"][0].faults
    assert (fault.code, fault.where.file) == (code, "1.txt")
    assert fault.remedy


def test_a_document_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "@sleep\n", "Quick.\n", seconds=1.0)
    (fault,) = found["0.txt"][0].faults
    assert fault.code == "R904"
    assert "--seconds" in fault.remedy
    assert found["1.txt"][1] == ["Quick."]


def test_time_grows_with_size() -> None:
    assert Budget(60).time_of(0) == 60
    assert Budget(60).time_of(2**20) == 120


def test_what_a_file_loses_is_said_and_the_file_is_read(tmp_path: Path) -> None:
    ((found, texts),) = outcomes(tmp_path, "One.\n\n@lose\n\nTwo.\n\n@print\n\nThree.\n").values()
    assert not found.failed
    assert [(fault.code, fault.where.file) for fault in found.faults] == [("R901", "0.txt!inner.pdf")]
    assert texts == ["One.", "Two.", "Three."]  # what a library prints is not taken for a message


def test_halves_of_characters_do_not_come_through(tmp_path: Path) -> None:
    path = tmp_path / "0.txt"
    path.write_bytes(b"caf\xe9 bar\n")  # the stand-in makes a lone surrogate of it
    (found,) = read_all([Task(path, "0.txt", 9)], 1, Budget(), READER)
    assert words(found) == ["caf\ufffd bar"]


def test_a_long_document_comes_whole_and_in_order(tmp_path: Path) -> None:
    wanted = [f"Paragraph {number} has words" + " more" * 50 for number in range(3000)]
    assert outcomes(tmp_path, "\n\n".join(wanted))["0.txt"][1] == wanted


def test_a_reader_that_does_not_start_is_our_own_fault(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="does not start"):
        list(read_all(tasks(tmp_path, "x"), 1, Budget(), "no_such_module:read"))


def test_what_the_reader_needs_is_missed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "simplemma.py", "raise ModuleNotFoundError('no simplemma')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(RashomonError) as raised:
        list(read_all(tasks(tmp_path, "x"), 1, Budget(), READER))
    assert raised.value.fault.code == "R909"


def test_processes_end_with_the_reading(tmp_path: Path) -> None:
    others = offspring(os.getpid())  # of other tests: an engine for events lives as long as this process
    reading = read_all(tasks(tmp_path, "One.\n", "@sleep\n"), 2, Budget(), READER)
    words(next(reading))
    children = set(offspring(os.getpid())).difference(others)
    assert children
    reading.close()
    assert not any(map(alive, children))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_processes_end_with_the_program(tmp_path: Path, how: signal.Signals) -> None:
    todo = tasks(tmp_path, "@sleep\n", "@sleep\n")
    code = (
        "import signal, sys; sys.path[:0] = sys.argv[1:3]\nfrom pathlib import Path\nfrom rashomon.reading.working import *\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # which a shell takes from what it runs in the background
        "todo = [Task(Path(path), path, 1) for path in sys.argv[3:]]\n"
        f"list(read_all(todo, 2, Budget(), {READER!r}))"
    )
    here = str(Path(__file__).parent)
    words = [sys.executable, "-c", code, here, here, *(str(one.path) for one in todo)]
    program = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: len(offspring(program.pid)) == 2)
        children = offspring(program.pid)
        time.sleep(1)
        program.send_signal(how)
        program.wait(60)
        wait_for(lambda: not any(map(alive, children)))
    finally:
        program.kill()


def offspring(pid: int) -> list[int]:
    """The children of a process."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = place.read_text()
        except OSError:
            continue
        if stat.rpartition(")")[2].split()[1] == str(pid):
            found.append(int(place.parent.name))
    return found


def alive(pid: int) -> bool:
    """Whether a process runs, and is not merely unburied."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition: object) -> None:
    """Wait until something is so, at most half a minute."""
    until = time.monotonic() + 30
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_memory_of_a_process_is_known() -> None:
    assert resident(os.getpid()) > 2**23
    assert resident(2**22 + 1) == 0
