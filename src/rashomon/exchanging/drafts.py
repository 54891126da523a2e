"""A study in the making: what an import declares, its rows and its files, written into a new folder and checked there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rashomon.errors import RashomonError
from rashomon.exchanging.losing import Loss
from rashomon.exchanging.placing import new_folder
from rashomon.study import TABLES, check_study
from rashomon.study.declaring import FILE
from rashomon.study.files import write_atomically
from rashomon.study.gathering import Gathered
from rashomon.study.made_ids import new_id
from rashomon.study.quoting import CELL_LIMIT
from rashomon.study.row_files import write_cells, write_table
from rashomon.study.scanning import inside
from rashomon.study.tables import read_table
from rashomon.study.toml_writing import toml_comment, toml_table

Keys = Mapping[str, object]


@dataclass
class Draft:
    """A study in the making. ``declared``: section → its tables; ``files``: name within the study → text.

    ``text``: study.toml as it is to be, where it is known whole; then nothing need be declared.
    """

    study: Keys
    said: str
    declared: dict[str, list[Keys]] = field(default_factory=dict)
    statements: list[dict[str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    text: str = ""

    def give(self, name: str) -> str:
        """An id for a name, given to nothing else."""
        made = new_id(name, self.taken)
        self.taken.add(made)
        return made

    def declare(self, section: str, keys: Keys) -> None:
        """Add a table to a section of study.toml."""
        self.declared.setdefault(section, []).append(keys)

    def state(self, place: str, cells: Mapping[str, str]) -> None:
        """Add a statement. What no cell can hold is taken out of it, and told."""
        row = {}
        for name, text in cells.items():
            row[name] = text.replace("\0", "\ufffd")
            if row[name] != text:
                self.lose(place, f"NUL characters in {name}", "they stand as \ufffd")
            if len(text) > CELL_LIMIT:
                row[name] = row[name][:CELL_LIMIT]
                self.lose(place, f"{name} of {len(text):,} letters", "a cell holds less; its beginning was kept")
        self.statements.append(row)

    def lose(self, place: str, what: str, why: str) -> None:
        """Tell of a loss."""
        self.losses.append(Loss(place, what, why))

    def toml(self) -> str:
        """The text of study.toml."""
        if self.text:
            return self.text
        tables = [[toml_comment(self.said), *toml_table("[study]", self.study)]]
        tables += [toml_table(f"[[{section}]]", keys) for section, listed in self.declared.items() for keys in listed]
        return "\n\n".join("\n".join(table) for table in tables) + "\n"

    def write(self, root: Path) -> None:
        """Write the study into the new folder ``root``. What is wrong with it is raised, and nothing is left then.

        R110 where a file would lie outside of it.
        """
        with new_folder(root) as folder:
            write_atomically(folder / FILE, self.toml().encode("utf-8", "replace"))
            spec = TABLES["statements"]
            if spec.file not in self.files:
                filled = {name for row in self.statements for name, text in row.items() if text} | set(spec.required)
                write_cells(folder / spec.file, [name for name in spec.columns if name in filled], self.statements)
            for name, text in self.files.items():
                write_atomically(inside(folder, name), text.encode("utf-8", "replace"))
            self._leave_files(folder)
            report = check_study(folder)
            if report.faults:
                raise RashomonError(report.faults)

    def _leave_files(self, folder: Path) -> None:
        """Take out of texts.csv, and tell, the files that did not come along."""
        raw = read_table(folder, TABLES["texts"], Gathered())
        files = raw.column("file")
        gone = [row for row in range(len(raw)) if files[row] and not (folder / files[row]).is_file()]
        if not gone:
            return
        rows = [{name: column[row] for name, column in raw.columns.items()} for row in range(len(raw))]
        why = "it did not come along; put it into the study and name it"
        for row in gone:
            self.lose(f"text {rows[row].get('id')}", f"its file {files[row]}", why)
            rows[row]["file"] = ""
        write_table(folder, raw.spec, list(raw.columns), rows)
