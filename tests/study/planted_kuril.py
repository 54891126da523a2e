"""Faults to be planted all at once in a copy of the worked study, each as a person at a spreadsheet would make it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Expected(NamedTuple):
    """A fault that was planted: what it is, and the code, place and some words of what must be said of it."""

    name: str
    code: str
    file: str
    line: int
    field: str
    says: str


class Sheet:
    """A CSV file of the copy, changed as a spreadsheet changes it: one cell, or a row at the end."""

    def __init__(self, root: Path, file: str) -> None:
        self.path = root / file
        self.lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
        self.names = next(csv.reader(self.lines[:1]))

    def set(self, first: str, column: str, value: str) -> int:
        """Change a cell of the first row that begins with ``first``; the number of its line."""
        at = next(i for i, line in enumerate(self.lines) if line.startswith(first + ","))
        (cells,) = csv.reader([self.lines[at]])
        cells[self.names.index(column)] = value
        return self._put(at, _line(cells))

    def add(self, **cells: str) -> int:
        """Add a row; the number of its line."""
        self.lines.append("")
        return self._put(len(self.lines) - 1, _line([cells.get(name, "") for name in self.names]))

    def edit(self, first: str, change: Callable[[str], str]) -> int:
        """Change the text of the line that begins with ``first``; its number."""
        at = next(i for i, line in enumerate(self.lines) if line.startswith(first + ","))
        return self._put(at, change(self.lines[at]))

    def _put(self, at: int, text: str) -> int:
        self.lines[at] = text
        self.path.write_text("".join(self.lines), encoding="utf-8")
        return at + 1


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


CELLS = (
    ("unknown actor", "R311", "statements", "s003", "path", "cpus", "'cpsu'"),
    ("path of four", "R312", "statements", "s018", "path", "cpsu > japan > ussr > usa", "4 actors"),
    ("actor next to itself", "R313", "statements", "s020", "path", "soviet-media > soviet-media", "once"),
    ("unknown verb", "R314", "statements", "s004", "modality", "acepts", "'accepts'"),
    ("more verbs than actors", "R315", "statements", "s005", "modality", "asserts > wants", "2 verbs"),
    ("unknown topic", "R316", "statements", "s017", "topic", "teritory", "'territory'"),
    ("unknown quality", "R317", "statements", "s013", "topic", "japan:trustworty", "'trustworthy'"),
    ("unknown target", "R318", "statements", "s021", "topic", "jpan:revanchist", "'japan'"),
    ("stance of another topic", "R319", "statements", "s019", "stance", "denied", "four-at-once"),
    ("word of no scale", "R319", "statements", "s031", "stance", "middling", "mixed"),
    ("unknown source", "R320", "statements", "s032", "source", "verbitski-2000", "'verbitsky-2000'"),
    ("unknown record", "R402", "statements", "s012", "reads", "m-memorandum-1961", "'m-memorandum-1960'"),
    ("a spreadsheet's date", "R304", "statements", "s016", "when", "Mar-85", "1985-03"),
    ("day of no calendar", "R302", "statements", "s026", "when", "1985-02-30", "28 days"),
    ("time in words", "R301", "statements", "s027", "when", "in the old days", "late 1992"),
    ("end before start", "R303", "statements", "s028", "when", "1988/1960", "1960/1988"),
    ("outside the span", "R404", "statements", "s034", "when", "1935", "1955/2024"),
    ("held after death", "R403", "statements", "s007", "when", "1985", "1971"),
    ("known before it began", "R405", "statements", "s029", "known", "1986-12-31", "1987"),
    ("begun after its source", "R412", "statements", "s030", "when", "2010", "verbitsky-2000"),
    ("certainty in percent", "R308", "statements", "s033", "certainty", "75", "0 to 1"),
    ("unknown status", "R309", "statements", "s035", "status", "acepted", "'accepted'"),
    ("blank source", "R306", "statements", "s036", "source", "", "blank"),
    ("condition on no position", "R324", "statements", "s037", "given", "territory=tow", "'two'"),
    ("share outside its unit", "R322", "polls", "q-1984-japan-regime", "share", "130", "0 to 100"),
    ("share with a comma", "R321", "polls", "q-1980-china-feels-close-cabinet", "share", "78,6", "78.6"),
    ("answers over 100.5", "R406", "polls", "q-2005-china-does-not-feel-close-cabinet", "share", "83.4", "115.8"),
    ("unknown question", "R327", "polls", "q-1992-return-ussr", "question", "return-of-island-1992", "islands-1992'"),
    ("unknown answer", "R328", "polls", "q-1992-affinity-ussr", "answer", "favorable", "'favourable'"),
    ("unknown actor of a move", "R325", "moves", "m-khrushchev-1955", "actor", "kruschev", "'khrushchev'"),
    ("unknown target of a move", "R325", "moves", "m-krasnoyarsk-1988", "target", "japn", "'japan'"),
    ("unknown kind of move", "R309", "moves", "m-security-treaty-1960", "kind", "sings", "'signs'"),
    ("a spreadsheet's day", "R304", "moves", "m-memorandum-1960", "when", "1/27/60", "1960-01-27"),
    ("package of two dates", "R409", "packages", "p-declaration-1956", "when", "1956-10-20", "1956-10-19"),
    ("withheld or shown", "R306", "access", "m-ross-memo", "how", "", "withheld or shown"),
    ("unknown audience", "R325", "access", "s022", "audience", "soviet-publik", "'soviet-public'"),
)
"""Name, code, table, the row's first cell, column, the faulty cell, and what is to be said of it."""

LINKS = (
    ("circle of retellings", "R407", "s378", "retells", "s195", "s195 retells s378"),
    ("circle of parts", "R407", "m-abe-visit-1990", "part-of", "m-abe-omits-territory", "part-of m-abe"),
    ("circle of packages", "R407", "p-eight-points-1990", "includes", "p-seven-points-1990", "includes p-"),
    ("link to itself", "R411", "s001", "supports", "s001", "another record"),
)

_CLAIM = 'claim = "Russians like Japan far more than Japanese like Russia."\nfrom = "rozman-2000"'
_QUALITY = 'description = "Seen as peaceful, not militarist."\ndimension'
TOML = (
    ("unknown key", "R201", "actor.lyer", 'id = "gromyko"', 'id = "gromyko"\nlyer = "leadership"', 1, "'layer'"),
    ("misspelt key", "R201", "quality.dimenson", _QUALITY, _QUALITY.replace("dimension", "dimenson"), 1, "'dimension'"),
    ("role outside a life", "R210", "actor.roles.span", 'span = "1972-07/1974-12"', 'span = "1994/1996"', 0, "1993"),
    ("role outside the span", "R211", "actor.roles.span", 'span = "1954-12/1956-12"', 'span = "1944/1946"', 0, "1955"),
    ("unknown source of a claim", "R209", "hypothesis.from", _CLAIM, _CLAIM.replace("rozman", "rozmann"), 1, "'rozman-2000'"),
    ("break outside the span", "R211", "date.when", 'when = "1956-10-19"', 'when = "1936-10-19"', 0, "1955/2024"),
)  # fmt: skip
"""Name, code, field, the text of study.toml, what stands in its place, how many lines below its start the fault is, and words."""

TEXTS = (
    ("path out of the folder", "R110", "file", "../kuril.txt", "../kuril.txt"),
    ("file behind a symbolic link", "R110", "file", "sources/away.txt", "symbolic link"),
    ("file that is not there", "R410", "file", "sources/communique.txt", "communique.txt"),
)
"""Name, code, column, the faulty cell, and what is to be said of it."""


def plant_all(root: Path) -> list[Expected]:
    """Plant every fault that can stand beside the others; what is to be found."""
    found = []
    for name, code, table, first, column, value, says in CELLS:
        line = Sheet(root, f"{table}.csv").set(first, column, value)
        found.append(Expected(name, code, f"{table}.csv", line, column, says))
    for name, code, start, kind, end, says in LINKS:
        cells = {"from": start, "kind": kind, "to": end, "by": "reader-a", "source": "rozman-2000"}
        found.append(Expected(name, code, "links.csv", Sheet(root, "links.csv").add(**cells), "to", says))
    for toml in TOML:
        found.append(_in_toml(root / "study.toml", *toml))
    return found + _in_rows(root) + _in_texts(root) + _in_bytes(root)


def _in_toml(path: Path, name: str, code: str, field: str, old: str, new: str, below: int, says: str) -> Expected:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Expected(name, code, "study.toml", text[: text.index(old)].count("\n") + 1 + below, field, says)


def _in_rows(root: Path) -> list[Expected]:
    """Faults of whole rows."""
    statements, moves = Sheet(root, "statements.csv"), Sheet(root, "moves.csv")
    (cells,) = csv.reader([statements.lines[1]])
    twice = statements.add(**{**dict(zip(statements.names, cells, strict=True)), "stance": "mixed"})
    many = moves.edit("m-censorship", lambda text: text.rstrip("\n") + ", until glasnost, and beyond\n")
    unclosed = moves.edit("m-kunadze-militarism", lambda text: text.replace(",Questioned", ',"Questioned'))
    return [
        Expected("id used twice", "R401", "statements.csv", twice, "id", "line 2"),
        Expected("too many cells", "R106", "moves.csv", many, "", "until glasnost"),
        Expected("unclosed quotation", "R107", "moves.csv", unclosed, "", '"Questioned the method'),
    ]


def _in_texts(root: Path) -> list[Expected]:
    """Faults of files that texts name."""
    with (root / "study.toml").open("a", encoding="utf-8") as handle:
        handle.write('\n[[series]]\nid = "communiques"\nname = "Joint communiqués"\n')
    (root / "sources").mkdir()
    (root / "sources" / "away.txt").symlink_to(root.parent)
    path = root / "texts.csv"
    path.write_text("id,series,when,author,title,file,source\n", encoding="utf-8")
    found = []
    for number, (name, code, column, value, says) in enumerate(TEXTS):
        cells = {
            "id": f"t-{number}",
            "series": "communiques",
            "when": "1973-10-10",
            "author": "tanaka",
            "title": "Text",
        }
        line = Sheet(root, "texts.csv").add(**{**cells, "source": "hasegawa-2000", column: value})
        found.append(Expected(name, code, "texts.csv", line, column, says))
    return found


def _in_bytes(root: Path) -> list[Expected]:
    """Bytes that are no text, in the notes of otherwise sound rows."""
    nul, foreign = root / "polls.csv", root / "packages.csv"
    found = []
    for name, code, path, byte, says in (
        ("NUL byte", "R108", nul, b"\0", "byte 0x00"),
        ("not UTF-8", "R109", foreign, b"\xe9", "byte 0xE9"),
    ):
        lines = path.read_bytes().splitlines(keepends=True)
        lines[5] = lines[5].rstrip() + byte + b"\n"
        path.write_bytes(b"".join(lines))
        at = b"".join(lines).index(byte) + 1
        found.append(Expected(name, code, path.name, 6, "", f"{says} at place {at:,} of the file"))
    return found


def spoil_files(root: Path) -> list[Expected]:
    """Spoil whole files, which hides all that is in them; what is to be found."""
    header = (root / "links.csv").read_text(encoding="utf-8").replace("kind,to,by,", "kind,to,", 1)
    rows = header.splitlines(keepends=True)
    (root / "links.csv").write_text("".join([rows[0], *(_without(row, 3) for row in rows[1:])]), encoding="utf-8")
    (root / "packages.csv").write_bytes(b"")
    (root / "access.csv").rename(root.parent / "access.csv")
    (root / "access.csv").symlink_to(root.parent / "access.csv")
    (root / "polls.csv").write_bytes((root / "polls.csv").read_text(encoding="utf-8").encode("utf-16"))
    moves = (root / "moves.csv").read_text(encoding="utf-8")
    (root / "moves.csv").write_text(moves.replace(",stage,", ",stge,", 1), encoding="utf-8")
    statements = (root / "statements.csv").read_text(encoding="utf-8")
    (root / "statements.csv").write_text(statements.replace(",about,", ",when,", 1), encoding="utf-8")
    return [
        Expected("missing column", "R103", "links.csv", 1, "by", "Add the column 'by'"),
        Expected("empty file", "R102", "packages.csv", 1, "", "id, clause, title"),
        Expected("file behind a symbolic link", "R110", "access.csv", 0, "", "symbolic link"),
        Expected("UTF-16", "R109", "polls.csv", 1, "", "UTF-16"),
        Expected("misspelt column", "R104", "moves.csv", 1, "stge", "'stage'"),
        Expected("column twice", "R105", "statements.csv", 1, "when", "Delete or rename"),
    ]


def _without(row: str, place: int) -> str:
    (cells,) = csv.reader([row])
    return _line(cells[:place] + cells[place + 1 :])
