"""The commands that keep track of what people do to statements: who changed what, and who decided what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rashomon.errors import error
from rashomon.terminal import BAD_INPUT, JSON, STUDY, ask_cells, ask_of_each, fail, guard, login, opened_study, tell
from rashomon.texts import count

if TYPE_CHECKING:
    from rashomon.coding import Adjudication, Difference
    from rashomon.coding.adjudicating import Adjudicated


@click.command()
@STUDY
@click.option("--by", default=login, show_default="your login", metavar="NAME", help="Who made the edits.")
@click.option("--why", default="", metavar="TEXT", help="Why, for the history.")
@JSON
def record(study: Path, by: str, why: str, as_json: bool) -> None:
    """Note in history.csv what was changed by hand in statements.csv since this was last done: who, when, before and after.

    The first time, all statements are noted as they are. statements.csv itself is only read.
    """
    from rashomon.api import record as note_edits
    from rashomon.study import jsonable
    from rashomon.study.happened import recorded_lines

    found = guard(as_json, lambda: note_edits(study, by, why))
    tell("record", study, as_json, jsonable(found), lambda: recorded_lines(found))


@click.command()
@STUDY
@click.argument("statement", required=False, default="", metavar="[ID]")
@JSON
def history(study: Path, statement: str, as_json: bool) -> None:
    """Tell what was done to the statement ID, by hand and by decisions; without ID, all that was done, in numbers."""
    from rashomon.api import history as past_of
    from rashomon.study import jsonable
    from rashomon.study.happened import history_lines

    found = guard(as_json, lambda: past_of(study, statement))
    tell("history", study, as_json, jsonable(found), lambda: history_lines(found))


@click.command()
@STUDY
@click.argument("coder_a", metavar="A")
@click.argument("coder_b", metavar="B")
@click.option("--by", default=login, show_default="your login", metavar="NAME", help="Who decides.")
@click.option("--list", "listed", is_flag=True, help="List what waits for a decision, and end.")
@click.option("--take", "takes", multiple=True, metavar="ID=WHICH", help="Decide a case: a, b, both or neither; may be repeated.")
@click.option("--set", "changes", multiple=True, metavar="COLUMN=VALUE", help="Change this cell of the version taken.")
@click.option("--agreed", is_flag=True, help="Let what both coded alike count once.")
@click.option("--why", default="", metavar="TEXT", help="Why, for the history.")
@JSON
def adjudicate(
    study: Path, coder_a: str, coder_b: str, by: str, listed: bool, takes: tuple[str, ...], changes: tuple[str, ...],
    agreed: bool, why: str, as_json: bool,
) -> None:  # fmt: skip
    """Decide between what the coders A and B made of the same passages. Without options it asks, case by case.

    Both codings stay as they are. What is decided counts once: as a statement of the coder "adjudicated", or as the one of the
    two that is right and counts already. ID is that of either statement; a case that was decided may be decided again.
    """
    from rashomon.coding import adjudicated_lines, case_lines, read_changes
    from rashomon.study import jsonable

    opened = opened_study(study, as_json)
    waiting = guard(as_json, lambda: opened.adjudication(coder_a, coder_b, by))
    if listed and (takes or changes or agreed):
        both = error("R003", "Nothing is decided where cases are listed.", found="--list with a decision",
                     allowed="the one or the other", remedy="Leave out --list to decide.")  # fmt: skip
        fail(as_json, both, BAD_INPUT)
    if takes or changes or agreed:
        made = guard(as_json, lambda: waiting.decide(_read_takes(takes), read_changes(changes), why) if takes or changes else ())
        made += guard(as_json, lambda: waiting.take_alike(why) if agreed else ())
        tell("adjudicate", study, as_json, {"decided": jsonable(made)}, lambda: adjudicated_lines(made))
    elif listed or as_json:
        cases = guard(as_json, lambda: list(waiting.waiting()))
        tell("adjudicate", study, as_json, {"waiting": jsonable(cases)}, lambda: case_lines(cases, waiting.coders))
    else:
        _ask(waiting, guard(False, lambda: list(waiting.waiting())))


def _read_takes(given: Sequence[str]) -> dict[str, str]:
    """Decisions as they are written on a command line; R003 of what is not so written."""
    parted = [one.rpartition("=") for one in given]
    for (name, _, _), one in zip(parted, given, strict=True):
        if not name:
            raise error("R003", "A decision cannot be read.", found=repr(one), allowed="ID=WHICH, such as s12=a",
                        remedy="Write the id of a statement, an equals sign, and a, b, both or neither.")  # fmt: skip
    return {name.strip(): which.strip() for name, _, which in parted}


_ANSWERS = {"a": "a", "b": "b", "t": "both", "x": "neither"}


def _ask(adjudication: Adjudication, cases: Sequence[Difference]) -> None:
    """Show case after case and take a decision on each, until none is left or the person stops."""
    from rashomon.coding import beside

    alike = [one for one in cases if one.alike]
    were = count(len(alike), "statement was", "statements were")
    if alike and click.confirm(f"{were} coded alike by both. Let each count once?", default=False):
        guard(False, adjudication.take_alike)
    differ = [one for one in cases if not one.alike]

    def shown(number: int, case: Difference) -> str:
        return f"{number:,} of {len(differ):,}" + "\n".join(beside(case, adjudication.coders))

    asked = "a or b is right, both (t), neither (x), mend (m)"
    ask_of_each(differ, shown, asked, partial(_decided, adjudication, defaultdict(dict)))


def _decided(
    adjudication: Adjudication, typed: dict[str, dict[str, str]], case: Difference, answer: str
) -> Sequence[Adjudicated] | None:
    """Carry out an answer; None where it was none. ``typed``: what was typed so far of cases that are mended, by their ids."""
    if answer not in (*_ANSWERS, "m"):
        return None
    side = "a" if case.a else "b"
    name = case.a or case.b
    changes = _mended(adjudication, case, side, typed[name]) if answer == "m" else {}
    why = click.prompt("why", default="", show_default=False)
    return adjudication.decide({name: _ANSWERS.get(answer, side)}, changes, why)


def _mended(adjudication: Adjudication, case: Difference, side: str, typed: dict[str, str]) -> dict[str, str]:
    """The cells that the person would have otherwise than the coder of the ``side``."""
    from rashomon.coding import Review

    mine, other = (adjudication.version(case, one) for one in (side, "b"))
    theirs = {name: other.get(name, "") for name in Review.asked if other and other.get(name, "") != mine.get(name, "")}
    labels = {name: f"{name} (or {theirs[name] or 'blank'})" if name in theirs else name for name in Review.asked}
    return ask_cells(mine, labels, typed)
