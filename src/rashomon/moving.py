"""The commands that take a study to other programs and back."""

from __future__ import annotations

from pathlib import Path

import click

from rashomon.answering import JSON, guard, tell

FILE = click.Path(path_type=Path)


@click.command("import")
@click.argument("form", metavar="FORMAT")
@click.argument("file", type=FILE)
@click.argument("study", type=FILE)
@JSON
def import_(form: str, file: Path, study: Path, as_json: bool) -> None:
    """Bring FILE, of FORMAT, into STUDY.

    Into a study that is there: csl, bibtex or zotero (a list of sources). What has no place in a study is told line by line.
    """
    from rashomon.exchanging import import_file
    from rashomon.study import jsonable

    moved = guard("import", study, as_json, lambda: import_file(form, file, study))
    tell("import", study, as_json, jsonable(moved), moved.lines)
