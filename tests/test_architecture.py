"""The house: rooms import only what comes before them, modules stay small, imports stay light, the public API is exact."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rashomon
from rashomon.errors import CODES

SOURCE = Path(rashomon.__file__).parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "examples" not in path.parts)
ORDER = [
    "errors", "texts", "languages", "compiling", "unpacking", "study", "reading", "coding", "measuring", "playing", "reporting",
    "exchanging", "api", "checking", "terminal", "moving", "keeping", "cli", "__main__",
]  # fmt: skip
MEASURING = SOURCE / "measuring"
GROUPS = [
    "statistics", "smoothing", "records", "levels", "polls", "dynamics", "relations", "silences", "misperception", "packages",
    "hypotheses", "rivals", "networks", "catchball", "campaigns", "feeling", "formulas", "events", "whole",
]  # fmt: skip


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[tuple[str, str]]:
    """(room, rest of the dotted name) of every import of our own."""
    out = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            parts = name.split(".")
            if parts[0] == "rashomon" and len(parts) > 1:
                out.add((parts[1], ".".join(parts[2:])))
    return out


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    mine = room_of(path)
    if mine == "__init__":
        return
    for room, _ in imported(path):
        assert ORDER.index(room) <= ORDER.index(mine), f"{path.name} of {mine} imports {room}"


def group_of(path: Path) -> str:
    return path.relative_to(MEASURING).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(MEASURING.glob("*/*.py")), ids=lambda path: str(path.relative_to(MEASURING)))
def test_a_group_of_measures_imports_only_groups_before_it(path: Path) -> None:
    mine = GROUPS.index(group_of(path))
    for room, rest in imported(path):
        if room == "measuring":
            assert GROUPS.index(rest.partition(".")[0]) <= mine, f"{path.name} of {GROUPS[mine]} imports {rest}"


def test_every_measure_stands_in_a_group() -> None:
    modules = [path for path in MODULES if MEASURING in path.parents and path.name != "__init__.py"]
    assert {group_of(path) for path in modules} == set(GROUPS)  # none lies beside them
    assert all(len(list((MEASURING / group).glob("*.py"))) > 3 for group in GROUPS)  # nor stands nearly alone


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 600
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            doc = ast.get_docstring(node, clean=False) or ""
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno - doc.count("\n") <= 50, node.name


def test_the_public_api_is_exact() -> None:
    assert rashomon.__all__ == ["Fault", "RashomonError", "Study", "__version__", "check", "compare", "game", "init", "open"]
    for name in rashomon.__all__:
        assert getattr(rashomon, name) is not None
    with pytest.raises(AttributeError):
        rashomon.no_such_name  # noqa: B018


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_loads_nothing_heavy() -> None:
    heavy = {"numpy", "pandas", "scipy", "altair", "sqlalchemy", "alembic", "pydantic", "jinja2", "numba"}
    of_the_extra = {"lxml", "pymorphy3", "pypdfium2", "simplemma"}
    assert not (heavy | of_the_extra) & loaded_by("import rashomon")
    assert not (heavy | of_the_extra) & loaded_by("import rashomon.cli")
    assert not (heavy | of_the_extra) & loaded_by("import rashomon.reading.child")
    assert not of_the_extra & loaded_by("import rashomon.api, rashomon.reading.telling, rashomon.reading.listing")
    # what only some models need waits for them: each is a third of a second
    assert not {"scipy.stats", "scipy.optimize", "scipy.spatial", "scipy.cluster"} & loaded_by("import rashomon.measuring")
    assert not {"scipy.special", "numba"} & loaded_by("import rashomon.playing")


def test_only_what_reckons_loads_numba(kuril: Path, tmp_path: Path) -> None:
    study = tmp_path / "study"
    rashomon.init(study)
    (study / "sources" / "talk.txt").write_text("Premier Berg wants no bridge.\n", encoding="utf-8")
    assert list((kuril / "games").glob("*.toml"))  # to check games is not to play them
    run = "import click.testing, rashomon.cli as it; assert not click.testing.CliRunner().invoke(it.cli, {}).exit_code"
    asked = [["--help"], ["check", str(kuril)], ["read", str(study)], ["find", str(study), "bridge"], ["code", str(study)]]
    for words in asked:
        loaded = loaded_by(run.format(words))
        assert "numba" not in loaded, words


CORES = [
    "levels.estimating",
    "polls.pooling",
    "misperception.judging",
    "statistics.survival",
    "statistics.averaging",
    "statistics.permuting",
    "catchball.exciting",
]


@pytest.mark.parametrize("core", [*(f"measuring.{core}" for core in CORES), "playing"])
def test_numeric_cores_need_no_files_web_or_plots(core: str) -> None:
    loaded = loaded_by(f"import rashomon.{core}")
    assert not {"altair", "sqlalchemy", "alembic", "jinja2", "click"} & loaded


def test_every_error_code_is_raised_or_reserved_for_the_command_line() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in MODULES if path.name != "errors.py")
    unused = [code for code in CODES if f'"{code}"' not in text]
    assert unused == []
