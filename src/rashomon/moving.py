"""The commands that take a study to other programs and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from rashomon.terminal import JSON, guard, tell

FILE = click.Path(path_type=Path)


@click.command("import")
@click.argument("form", metavar="FORMAT")
@click.argument("file", type=FILE)
@click.argument("study", type=FILE)
@JSON
def import_(form: str, file: Path, study: Path, as_json: bool) -> None:
    """Bring FILE, of FORMAT, into STUDY, and tell line by line what of it has no place.

    Into a study that is there: csl, bibtex or zotero (a list of sources), qdc (a codebook of REFI-QDA), annotations. Into a new
    folder: dna, qdpx (a project of REFI-QDA), taguette (a project or highlights), xlsx; csv or parquet, where FILE is a folder.
    """
    from rashomon.exchanging import import_file
    from rashomon.study import jsonable

    moved = guard(as_json, lambda: import_file(form, file, study))
    tell("import", study, as_json, jsonable(moved), moved.lines)


def _written(option: str) -> bool:
    """Whether an option was given on the command line, and is not its default or the environment's."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


@click.command("export")
@click.argument("form", metavar="FORMAT")
@click.argument("study", type=FILE)
@click.argument("file", type=FILE)
@click.option(
    "--password",
    envvar="RASHOMON_DNA_PASSWORD",
    show_envvar=True,
    default="",
    metavar="TEXT",
    help="The password of every coder in a database of DNA, which cannot be without one.",
)
@click.option(
    "--network", default="actors", show_default=True, metavar="WHICH",
    help="graphml, gexf: actors, topics, two-mode (actors and topics), or views (who says what of whose view).",
)
@click.option(
    "--by", default="actor", show_default=True, metavar="WHO", help="graphml, gexf: actor, organisation, layer or side."
)
@click.option(
    "--duplicates", default="all", show_default=True, metavar="COUNT",
    help="graphml, gexf: all statements count, or one a document, week, month, year, or overall.",
)
@click.option(
    "--aggregation", default="", metavar="HOW",
    help="graphml, gexf: congruence, conflict, subtract, ignore; of two modes subtract, ignore, combine.",
)
@click.option(
    "--normalisation", default="none", show_default=True, metavar="NORM",
    help="graphml, gexf: none, average, jaccard, cosine; of two modes none, activity, prominence.",
)
@click.option(
    "--compatible", default="", metavar="PROGRAM", help="graphml, gexf: dna, for the numbers of Discourse Network Analyzer."
)
@click.option(
    "--topic", "topics", multiple=True, metavar="ID", help="graphml, gexf: only what is said on this topic; may be repeated."
)
@JSON
def export_(form: str, study: Path, file: Path, password: str, as_json: bool, **drawn: Any) -> None:
    """Write STUDY to the new FILE, in FORMAT, and tell line by line what has no place in it.

    FORMAT: dna (its coders have the password that you give), qdc or qdpx (REFI-QDA), annotations (of the W3C), xlsx; csv or
    parquet, where FILE becomes a folder of tables; graphml or gexf, a discourse network.
    """
    from rashomon.exchanging import LOCKED, Drawing, export_study
    from rashomon.study import jsonable, open_study

    drawing = Drawing(**drawn) if any(map(_written, drawn)) else None
    key = password if form in LOCKED or _written("password") else ""  # the environment may hold one for another study
    moved = guard(as_json, lambda: export_study(form, open_study(study), file, key, drawing))
    tell("export", study, as_json, jsonable(moved), moved.lines)
