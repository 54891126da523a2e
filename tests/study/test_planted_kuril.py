"""A copy of the worked study with many faults at once yields one clear error for each, and no other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from planted_kuril import CELLS, LINKS, TEXTS, TOML, Expected, plant_all, spoil_files

Faults = list[dict[str, Any]]
Told = tuple[list[Expected], Faults, str]
NAMES = [one[0] for part in (CELLS, LINKS, TOML, TEXTS) for one in part]
POSIX = pytest.mark.skipif(os.name != "posix", reason="symbolic links")


def checked(root: Path, *options: str) -> tuple[str, str]:
    """What ``rashomon check`` prints, as a user runs it; the exit status of bad input, and no traceback, is asserted."""
    command = [sys.executable, "-m", "rashomon", "check", str(root), *options]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout, done.stderr


def told(root: Path, kuril: Path, plant: Callable[[Path], list[Expected]]) -> Told:
    """Plant faults in a copy of the study: what is expected, and what was said, in JSON and in plain words."""
    shutil.copytree(kuril, root, ignore=shutil.ignore_patterns("report", "study.db*"))
    expected = plant(root)
    out, _ = checked(root, "--json")
    envelope = json.loads(out)
    assert envelope["ok"] is False
    return expected, envelope["error"]["faults"], checked(root)[1]


@pytest.fixture(scope="module")
def planted(kuril: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return told(tmp_path_factory.mktemp("planted") / "kuril", kuril, plant_all)


@pytest.fixture(scope="module")
def spoilt(kuril: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    return told(tmp_path_factory.mktemp("spoilt") / "kuril", kuril, spoil_files)


def places(faults: Faults) -> list[tuple[str, int, str, str]]:
    return sorted(
        (one["where"]["file"], one["where"]["line"] or 0, one["where"]["field"], one["code"]) for one in faults
    )


def clear(expected: list[Expected], faults: Faults, text: str) -> None:
    """Each expected fault was found once, where it stands, in words that say what is allowed and how to mend it."""
    assert places(faults) == sorted((one.file, one.line, one.field, one.code) for one in expected)
    for one in expected:
        (fault,) = (
            fault
            for fault in faults
            if (fault["code"], fault["where"]["file"], fault["where"]["line"] or 0, fault["where"]["field"])
            == (one.code, one.file, one.line, one.field)
        )
        assert all(fault[part] for part in ("message", "found", "allowed", "remedy")), fault
        said = " ".join(fault[part] for part in ("message", "found", "allowed", "remedy"))
        assert one.says in said, (one, said)
        assert f"{one.code} {one.file}{f':{one.line}' if one.line else ''}" in text
        assert fault["remedy"] in text
    assert text.rstrip().endswith(f"{len(expected)} faults.")


@POSIX
def test_each_fault_in_the_worked_study_gives_one_clear_error(planted: Told) -> None:
    assert len(planted[0]) > 50
    clear(*planted)


@POSIX
def test_each_spoilt_file_gives_one_clear_error(spoilt: Told) -> None:
    clear(*spoilt)


def test_a_declaration_that_is_no_toml_gives_one_clear_error(kuril: Path, tmp_path: Path) -> None:
    def plant(root: Path) -> list[Expected]:
        path = root / "study.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('id = "khrushchev"', 'id = "khrushchev', 1), encoding="utf-8")
        return [
            Expected(
                "open string", "R111", "study.toml", text[: text.index('id = "khrushchev"')].count("\n") + 1, "", ""
            )
        ]

    expected, faults, _ = told(tmp_path / "kuril", kuril, plant)
    assert places(faults) == [(one.file, one.line, one.field, one.code) for one in expected]
