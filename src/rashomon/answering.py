"""How commands answer: text or one JSON envelope, and an exit status; errors become faults with a place and a remedy."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from rashomon import __version__
from rashomon.errors import Fault, RashomonError

T = TypeVar("T")

DONE, FINDINGS, BAD_INPUT, PARTLY, OUR_FAULT = 0, 1, 2, 3, 70

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON envelope to standard output.")


def tell(command: str, study: Path, as_json: bool, plain: Any, lines: Callable[[], Iterable[str]]) -> None:
    """Print an answer: as JSON, or its lines."""
    if as_json:
        envelope(command, study, plain)
        return
    for line in lines():
        click.echo(line)


def note(text: str) -> None:
    """Say something beside the answer, to standard error."""
    click.echo(f"note: {text}", err=True)


def guard(command: str, study: Path, as_json: bool, work: Callable[[], T]) -> T:
    """Run ``work``; what the user can mend ends the command with its fault, anything else is our own fault (70)."""
    try:
        return work()
    except RashomonError as problem:
        fail(command, study, as_json, problem, problem.exit_status)
    except (KeyboardInterrupt, click.exceptions.Exit):
        raise
    except Exception as surprise:
        import traceback

        click.echo("".join(traceback.format_exception(surprise)), err=True)
        fault = Fault(
            code="R070",
            message="Rashomon failed; nothing of the study was changed.",
            found=f"{type(surprise).__name__}: {surprise}",
            allowed="",
            remedy="Please report this with the lines above.",
        )
        fail(command, study, as_json, RashomonError(fault), OUR_FAULT)


def fail(command: str, study: Path, as_json: bool, problem: RashomonError, status: int) -> NoReturn:
    """End the command with what was wrong."""
    from rashomon.study import jsonable

    if as_json:
        error: dict[str, Any] = jsonable(problem.fault)
        error["faults"] = [jsonable(fault) for fault in problem.faults]
        click.echo(json.dumps({"ok": False, "error": error}, ensure_ascii=False))
    else:
        for fault in problem.faults:
            click.echo(str(fault), err=True)
        if len(problem.faults) > 1:
            click.echo(f"\n{len(problem.faults)} faults.", err=True)
    sys.exit(status)


def envelope(command: str, study: Path, result: Any) -> None:
    """Print the envelope around a result."""
    stream(command, study, (json.dumps(result, ensure_ascii=False),))


def stream(command: str, study: Path, result: Iterable[str]) -> None:
    """Print the envelope around a result whose text comes in pieces."""
    head = {"ok": True, "command": command, "study": str(study), "version": __version__}
    for piece in chain((f'{json.dumps(head, ensure_ascii=False)[:-1]}, "result": ',), result, ("}\n",)):
        click.echo(piece, nl=False)
