"""The commands that keep track of what people do to statements: who changed what, and who decided what."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path

import click

from rashomon.terminal import JSON, guard, tell

STUDY = click.argument("study", type=click.Path(path_type=Path))


@click.command()
@STUDY
@click.option("--by", default=getuser, show_default="your login", metavar="NAME", help="Who made the edits.")
@click.option("--why", default="", metavar="TEXT", help="Why, for the history.")
@JSON
def record(study: Path, by: str, why: str, as_json: bool) -> None:
    """Note in history.csv what was changed by hand in statements.csv since this was last done: who, when, before and after.

    The first time, all statements are noted as they are. statements.csv itself is only read.
    """
    from rashomon.api import record as note_edits
    from rashomon.study.happened import recorded_lines

    found = guard(as_json, lambda: note_edits(study, by, why))
    tell("record", study, as_json, found.to_dict(), lambda: recorded_lines(found))


@click.command()
@STUDY
@click.argument("statement", required=False, default="", metavar="[ID]")
@JSON
def history(study: Path, statement: str, as_json: bool) -> None:
    """Tell what was done to the statement ID, by hand and by decisions; without ID, all that was done, in numbers."""
    from rashomon.api import history as past_of
    from rashomon.study.happened import history_lines

    found = guard(as_json, lambda: past_of(study, statement))
    tell("history", study, as_json, found.to_dict(), lambda: history_lines(found))
