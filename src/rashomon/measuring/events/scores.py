"""A study's own table of how cooperative each kind of act is, instead of Goldstein's."""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from rashomon.errors import Fault, RashomonError, Where, error, suggest
from rashomon.measuring.events.scales import MOST, codes_of
from rashomon.study.events import Named
from rashomon.study.numerals import pointed
from rashomon.study.separating import is_blank, separator_of, told_separator

_COLUMNS = ("code", "value")


def scores_of(root: Path, named: Named) -> Mapping[str, float]:
    """Code → value, of the table that a set names; none where it names none. RashomonError with every fault: R549."""
    if not named.scores:
        return {}
    try:
        if "/" in named.scores or "\\" in named.scores or not named.scores.endswith(".csv"):
            raise _refused(named, named.scores, "a CSV beside study.toml", Where("study.toml", field="scores"))
        if named.goldstein != "printed":
            found = f"scores beside goldstein = {named.goldstein!r}"
            raise _refused(named, found, "one of the two", Where("study.toml", field="scores"))
        with open(root / named.scores, encoding="utf-8-sig", newline="") as file:
            rows = _rows(file.read())
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        told = (problem.strerror if isinstance(problem, OSError) else "") or str(problem)
        raise _refused(named, told, "a CSV in UTF-8 beside study.toml", Where(named.scores)) from problem
    if not rows or tuple(cell.strip() for cell in rows[0][1]) != _COLUMNS:
        found = ",".join(rows[0][1]) if rows else "nothing"
        raise _refused(named, found, "a first line code,value", Where(named.scores, 1))
    table: dict[str, float] = {}
    faults = [fault for line, row in rows[1:] for fault in _read(line, row, table, named)]
    if faults:
        raise RashomonError(faults)
    if not table:
        raise _refused(named, "no code", "a code and its value", Where(named.scores))
    return table


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of a table that are not blank, with the lines on which they end, and points for its decimal commas."""
    lines = text.splitlines(keepends=True)
    begun = next((number for number, line in enumerate(lines) if not is_blank(line)), 0)
    told = told_separator(lines[begun]) if lines else ""
    begun += bool(told)
    parted = told or separator_of(lines[begun] if begun < len(lines) else "")
    reader = csv.reader(lines[begun:], delimiter=parted)
    rows = [(begun + reader.line_num, row) for row in reader if any(row)]
    return rows if parted == "," else [(line, [*row[:1], *map(pointed, row[1:])]) for line, row in rows]


def digest_of(table: Mapping[str, float]) -> str:
    """SHA-256 over the codes and values of a table, in the order of the codes."""
    return hashlib.sha256("".join(f"{code},{value}\n" for code, value in sorted(table.items())).encode()).hexdigest()


def _read(line: int, row: list[str], table: dict[str, float], named: Named) -> Iterator[Fault]:
    """Take a row into the table; what is wrong with it."""
    code, text = (cell.strip() for cell in row) if len(row) == len(_COLUMNS) else ("", "")
    known, where = codes_of(named.codes), Where(named.scores, line)
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if len(row) != len(_COLUMNS):
        yield _refused(named, f"{len(row)} cells", "two: a code and its value", where).fault
    elif code not in known:
        allowed = f"a code of {named.codes.upper()}, such as {min(known)}"
        yield _refused(named, f"the code {code!r}", allowed, where, suggest(code, known, "Take the row out.")).fault
    elif code in table:
        yield _refused(named, f"{code} a second time", "each code once", where, "Take one of the two rows out.").fault
    elif not abs(value) <= MOST:
        yield _refused(named, f"{text!r} for {code}", f"a number from {-MOST:.0f} to {MOST:.0f}", where).fault
    else:
        table[code] = value


def _refused(
    named: Named, found: str, allowed: str, where: Where, remedy: str = "Mend the table, or take scores out."
) -> RashomonError:
    message = f"The scores of the events {named.id!r} cannot be used."
    return error("R549", message, found=found, allowed=allowed, remedy=remedy, where=where)
