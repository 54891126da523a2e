"""The commands on whole studies: time, processor time and memory of `rashomon check` and `rashomon measure` as studies grow.

    python benchmarks/whole.py                                    # 10,000, 100,000 and 1,000,000 statements, three runs each
    python benchmarks/whole.py --sizes 10000 100000 --repeat 5
    python benchmarks/whole.py --folder studies --commands check  # keeps the studies, and takes those that are there

Each size has as many moves as statements, and a hundredth as many polls (see generate.py). Every run is a process of its own,
as a user starts it; the least, the median and the greatest of the runs are printed, so that another program's work beside it
shows. Memory is the peak of all its processes together. Beside the commands stands what no program can do without: reading
the bytes, and splitting them with Python's csv reader (written in C) without keeping anything. Last come the parts of both
commands, timed in one more run of each, and exponents of growth: 1 where ten times the statements take ten times as long. Set
OPENBLAS_NUM_THREADS=1 for figures that do not depend on the number of processors.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMANDS = ("check", "measure")
LIMITS = ("bytes", "csv")
SEED = 1991
POLL = 0.05  # seconds between two looks at the memory of a run
_MIB = 2**20
_PREFIXES = ("measure_", "pool_", "list_", "gather_")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds by the clock and of the processors, and the peak of its memory in bytes."""

    wall: float
    cpu: float
    peak: int


# one run


def cost_of(command: Sequence[str]) -> tuple[Cost, str]:
    """Run a command to its end: its cost, and what it printed. A command that fails ends the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peaks = [0]
    watch = threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True)
    watch.start()
    errors: list[str] = []
    reader = threading.Thread(target=lambda: errors.extend(process.stderr or ()))
    reader.start()
    printed = process.stdout.read() if process.stdout else ""
    reader.join()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{''.join(errors)}")
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)  # of the one largest process
    return Cost(wall, used.ru_utime + used.ru_stime, max(largest, peaks[0])), printed


def _watch(pid: int, peaks: list[int]) -> None:
    """Keep the largest sum of the memory of a process and all under it, until it has ended. Needs Linux's /proc."""
    while os.path.exists(f"/proc/{pid}/smaps_rollup"):
        try:
            peaks[0] = max(peaks[0], sum(_memory(one) for one in _tree(pid)))
        except (OSError, ValueError):  # one ended while we looked
            if not _tree(pid):
                return
        time.sleep(POLL)


def _tree(pid: int) -> list[int]:
    """A process and all under it."""
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
        below = [int(one) for task in tasks for one in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    except OSError:
        return []
    return [pid, *(inner for one in below for inner in _tree(one))]


def _memory(pid: int) -> int:
    """Bytes of a process, its share of what it has in common with others included."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


# parts, timed within a process of their own


def time_parts(command: str, root: Path) -> None:
    """Do what a command does, and print a line for each part of it as it ends: its name, and its processor time."""
    import rashomon.measuring.whole.measures as measuring
    import rashomon.study.loading as loading

    for name in ("read_declaration", "check_declaration", "build", "cross_check", "_context"):
        _time(loading, name)
    _time(loading, "read_table", lambda given: f"read {given[1].file}")
    for name in [one for one in vars(measuring) if one.startswith(_PREFIXES) and one != "measure_all"]:
        _time(measuring, name)
    study = loading.open_study(root)
    if command == "measure":
        measuring.measure_all(study)


def _time(module: Any, name: str, label: Callable[[Sequence[Any]], str] | None = None) -> None:
    inner = getattr(module, name)

    def timed(*given: Any, **named: Any) -> Any:
        start = time.thread_time()
        result = inner(*given, **named)
        taken = time.thread_time() - start
        part = label(given) if label else name.strip("_").replace("_", " ")
        os.write(1, f"{part}\t{taken}\n".encode())  # whole lines, from whichever process the part runs in
        return result

    setattr(module, name, timed)


def read_bytes(root: Path) -> None:
    """Read every CSV file once."""
    for path in root.glob("*.csv"):
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass


def split_rows(root: Path) -> None:
    """Split every CSV file into rows and cells, and keep none."""
    for path in root.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass


# the tables


@contextmanager
def studies(folder: Path | None, sizes: Sequence[int]) -> Iterator[dict[int, Path]]:
    """Studies of these sizes in a folder, made where they are not there; without a folder, for this run alone."""
    from generate import Study  # not above: the runs of the limits are to load nothing

    with tempfile.TemporaryDirectory() as passing:
        roots = {size: (folder or Path(passing)) / f"statements-{size}" for size in sizes}
        for size, root in roots.items():
            if not (root / "study.toml").is_file():
                Study(root, size, size // 100, size, SEED).write()
        yield roots


def run_all(roots: dict[int, Path], commands: Sequence[str], repeat: int) -> dict[tuple[str, int], list[Cost]]:
    """The costs of every command, and of the limits beside it, at every size."""
    own = [sys.executable, __file__]
    found: dict[tuple[str, int], list[Cost]] = {}
    for size, root in roots.items():
        for name in (*LIMITS, *commands):
            words = [*own, "--limit", name] if name in LIMITS else [sys.executable, "-m", "rashomon", name]
            found[name, size] = [cost_of([*words, str(root)])[0] for _ in range(repeat)]
            print_costs(name, size, found[name, size])
    return found


def print_costs(name: str, size: int, costs: Sequence[Cost]) -> None:
    """One line of the first table."""
    title = {"bytes": "read the bytes", "csv": "csv.reader alone"}.get(name, f"rashomon {name}")
    columns = "".join(f"   {_spread([getattr(one, part) for one in costs])}" for part in ("wall", "cpu"))
    print(f"{size:>10,}  {title:<17}{columns}   {max(one.peak for one in costs) / _MIB:>8,.0f}", flush=True)


def _spread(values: Sequence[float]) -> str:
    return "".join(f"{one:9.2f}" for one in (min(values), statistics.median(values), max(values)))


def growth(sizes: Sequence[int], seconds: Sequence[float]) -> str:
    """Exponents of growth between each size and the next; blank where a time is too short to tell."""
    pairs = zip(sizes, sizes[1:], seconds, seconds[1:], strict=False)
    shown = [
        math.log(later / first) / math.log(more / few) if first >= 0.01 else None for few, more, first, later in pairs
    ]
    return "".join(f"{'' if one is None else f'{one:.2f}':>9}" for one in shown)


def print_parts(command: str, roots: dict[int, Path]) -> None:
    """The parts of a command at every size, the longest first, and how they grow."""
    found: dict[str, dict[int, float]] = {}
    for size, root in roots.items():
        for line in cost_of([sys.executable, __file__, "--parts", command, str(root)])[1].splitlines():
            name, taken = line.split("\t")
            found.setdefault(name, dict.fromkeys(roots, 0.0))[size] += float(taken)
    sizes = list(roots)
    print(f"\nparts of {command}, processor seconds, and exponents of growth")
    for name, taken in sorted(found.items(), key=lambda one: -one[1][sizes[-1]]):
        seconds = [taken[size] for size in sizes]
        print(f"  {name:<28}{''.join(f'{one:10.3f}' for one in seconds)}  {growth(sizes, seconds)}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the studies are kept; a temporary folder by default")
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    parser.add_argument("--limit", nargs=2, help=argparse.SUPPRESS)  # one run, of a process of its own
    parser.add_argument("--parts", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.limit:
        {"bytes": read_bytes, "csv": split_rows}[given.limit[0]](Path(given.limit[1]))
    elif given.parts:
        time_parts(given.parts[0], Path(given.parts[1]))
    else:
        sizes = sorted(given.sizes)
        with studies(given.folder, sizes) as roots:
            _print_all(roots, given.commands, given.repeat)


def _print_all(roots: dict[int, Path], commands: Sequence[str], repeat: int) -> None:
    heads = "".join(f"   {f'{what}: least':>9}{'median':>9}{'greatest':>9}" for what in ("wall", "CPU"))
    print(f"{'statements':>10}  {'seconds':<17}{heads}   peak MiB")
    found = run_all(roots, commands, repeat)
    sizes = list(roots)
    print("\nexponents of growth (CPU, medians), and times of csv.reader alone")
    medians = {key: statistics.median(one.cpu for one in costs) for key, costs in found.items()}
    for name in commands:
        seconds = [medians[name, size] for size in sizes]
        ratios = "".join(f"{medians[name, size] / medians['csv', size]:9.1f}" for size in sizes)
        print(f"  {name:<28}{growth(sizes, seconds)}  {ratios}")
    for name in commands:
        print_parts(name, roots)


if __name__ == "__main__":
    main()
