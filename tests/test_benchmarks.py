"""Benchmarks can be asked what they do, and refuse in plain words what they cannot measure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"


def run(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, FOLDER / name, *words], capture_output=True, text=True, timeout=120)


def python(asked: str) -> str:
    """What a line of Python prints among the benchmarks."""
    done = subprocess.run([sys.executable, "-c", asked], cwd=FOLDER, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", sorted(one.name for one in FOLDER.glob("*.py")))
def test_every_benchmark_says_how_it_is_run(name: str) -> None:
    done = run(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: ")


def test_feeling_refuses_a_folder_without_texts(tmp_path: Path) -> None:
    done = run("feeling.py", "--speeches", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds 0 texts [JR]*.txt" in done.stderr


def test_feeling_goes_on_without_vader() -> None:
    said = python("import sys; sys.modules['vaderSentiment'] = None; import feeling; feeling.beside_vader([])")
    assert "vaderSentiment is not installed" in said


def test_formulas_tell_their_ratio_to_the_plain_comparison() -> None:
    said = python("import formulas; formulas.PLAIN = 2; formulas.plain(1000, 1e-9)")
    assert "for 1,000 texts; ratio to ours: " in said
