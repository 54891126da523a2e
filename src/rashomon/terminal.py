"""How commands answer: text or one JSON envelope, errors in the house's form, and exit statuses."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from getpass import getuser
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from rashomon import __version__
from rashomon.errors import Fault, RashomonError, error, fault_lines, listing, suggest
from rashomon.texts import CONTROLS, fitting

if TYPE_CHECKING:
    from rashomon.api import Study

T = TypeVar("T")

BAD_INPUT, PARTLY, OUR_FAULT, STOPPED = 2, 3, 70, 130

STUDY = click.argument("study", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON envelope to standard output.")


def login() -> str:
    """The name under which the user is logged in; "" where the system knows none, as in a container: then it must be said."""
    try:
        return getuser()
    except (KeyError, OSError, ImportError):  # by version and system
        return ""


class Commands(click.Group):
    """The commands. A command line that click cannot read is a fault like any other, as text or as the envelope."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of a command line; without a word on it, click shows the help."""
        if not args:
            return super().make_context(info_name, args, parent, **extra)
        as_json = "--json" in args  # asked before click takes the words away
        with _refusing(as_json, click.Context(self, info_name=info_name)):
            context = super().make_context(info_name, args, parent, **extra)
        context.meta["as_json"] = as_json
        return context

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; R007 where there is none of the name."""
        if args[0] not in self.commands:
            raise error("R007", "There is no such command.", found=repr(args[0]), allowed=listing(self.commands),
                        remedy=suggest(args[0], self.commands, f"see {ctx.command_path} --help."))  # fmt: skip
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the rest of the command line, and run its command; end with 130 where the user stops it."""
        try:
            with _refusing(ctx.meta["as_json"], ctx):
                return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            stopped("Stopped.")


@contextmanager
def _refusing(as_json: bool, above: click.Context) -> Iterator[None]:
    """End the program with the fault of a command line that cannot be read."""
    try:
        yield
    except click.UsageError as problem:
        fail(as_json, RashomonError(_misused(problem, above)), BAD_INPUT)
    except RashomonError as problem:
        fail(as_json, problem, BAD_INPUT)


def _misused(problem: click.UsageError, above: click.Context) -> Fault:
    """What click says of a command line, as a fault: R003 for a value that is not allowed, R007 for the rest."""
    context = problem.ctx or _reached(above)
    usage = " ".join(context.get_usage().removeprefix("Usage: ").split())
    help_ = f"{context.command_path} --help."
    if isinstance(problem, click.NoSuchOption):
        options = [name for one in context.command.get_params(context) for name in one.opts if name.startswith("--")]
        remedy = suggest(problem.option_name, options, f"see {help_}")
        return Fault("R007", "There is no such option.", repr(problem.option_name), listing(options, 30), remedy)
    wrong_value = isinstance(problem, click.BadParameter) and not isinstance(problem, click.MissingParameter)
    found = problem.format_message().rstrip(".")
    return Fault("R003" if wrong_value else "R007", "The command line cannot be read.", found, usage, f"See {help_}")


def _reached(above: click.Context) -> click.Context:
    """How far a command line was read, where click does not say: to a command, if one was named."""
    command, name = above.command, above.invoked_subcommand
    return click.Context(command.commands[name], above, name) if isinstance(command, click.Group) and name else above


def stopped(said: str) -> NoReturn:
    """End a command that its user stopped, and say to standard error what became of its work."""
    click.echo(f"\n{said}", err=True)
    sys.exit(STOPPED)


def tell(command: str, study: Path, as_json: bool, plain: Any, lines: Callable[[], Iterable[str]]) -> None:
    """Print an answer: as JSON, or its lines, which a terminal shows within its width and a pipe or a file gets whole."""
    if as_json:
        envelope(command, study, plain)
        return
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for line in lines():
        click.echo("\n".join(fitting(part, columns) for part in line.split("\n")) if columns else line)


def shows_bold() -> bool:
    """Whether the output is a terminal that may show bold type."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def note(text: str) -> None:
    """Say something beside the answer, to standard error."""
    click.echo(f"note: {text}", err=True)


def opened_study(study: Path, as_json: bool, **view: Any) -> Study:
    """The study in a folder, or a view of it; what is to be known of it is said."""
    from rashomon.api import open as open_study

    opened = guard(as_json, lambda: open_study(study).seen(**view))
    for notice in opened.notices:
        note(notice)
    return opened


def ask_of_each(items: Sequence[T], shown: Callable[[int, T], str], asked: str, decided: Callable[[T, str], object]) -> None:
    """Show one item after another and take a decision on each, until none is left or the person stops.

    ``decided`` carries out an answer; None where it was none. What cannot be carried out, or is broken off (Ctrl-C) before the
    last of its questions, is said, and asked again.
    """
    for number, item in enumerate(items, 1):
        click.echo(f"\n{shown(number, item)}")
        while True:
            answer = _asked(f"\n{asked}, next (n), quit (q)")
            if answer == "q":
                return
            if answer in ("", "n") or _carried_out(decided, item, answer):
                break
    click.echo("That was the last." if items else "Nothing is left to decide.")


def _asked(question: str) -> str:
    try:
        answer: str = click.prompt(question, default="n", show_default=False)
    except click.Abort:
        stopped("Stopped. What was decided is kept.")
    return answer


def _carried_out(decided: Callable[[T, str], object], item: T, answer: str) -> bool:
    try:
        return decided(item, answer) is not None
    except RashomonError as problem:
        _say(problem)
    except click.Abort:
        click.echo("\nNothing was decided of this one.", err=True)
    return False


def ask_cells(stand: Mapping[str, str], labels: Mapping[str, str], typed: dict[str, str]) -> dict[str, str]:
    """The cells that a person would have otherwise than they ``stand``, asked one by one.

    Enter leaves a cell, and a hyphen empties it. ``typed`` keeps what was answered: where it could not be carried out and is
    asked again, it is that which Enter leaves.
    """
    for name, label in labels.items():
        offered = typed.get(name, stand.get(name, ""))
        text = click.prompt(f"  {label}", default=offered, show_default=bool(offered))
        typed[name] = "" if text == "-" else text
    return {name: typed[name] for name in labels if typed[name] != stand.get(name, "")}


def _say(problem: RashomonError) -> None:
    """All faults of a problem, to standard error."""
    for lines in fault_lines(problem.faults):
        click.echo("\n".join(CONTROLS.sub(" ", line) for line in lines), err=True)


def guard(as_json: bool, work: Callable[[], T]) -> T:
    """Run ``work``; what the user can mend ends the command with its fault, anything else is our own fault (70)."""
    try:
        return work()
    except RashomonError as problem:
        fail(as_json, problem, problem.exit_status)
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
        fail(as_json, RashomonError(fault), OUR_FAULT)


def fail(as_json: bool, problem: RashomonError, status: int) -> NoReturn:
    """End the command with all faults of a problem: as the envelope of a failure, or as text to standard error."""
    from rashomon.study import jsonable

    if as_json:
        error: dict[str, Any] = jsonable(problem.fault)
        error["faults"] = [jsonable(fault) for fault in problem.faults]
        click.echo(json.dumps({"ok": False, "error": error}, ensure_ascii=False))
    else:
        _say(problem)
        if len(problem.faults) > 1:
            click.echo(f"\n{len(problem.faults)} faults.", err=True)
    sys.exit(status)


def envelope(command: str, study: Path, result: Any) -> None:
    """Print a result in JSON's types in the envelope of a success."""
    stream(command, study, (json.dumps(result, ensure_ascii=False),))


def stream(command: str, study: Path, result: Iterable[str]) -> None:
    """Print the envelope around a result whose text comes in pieces."""
    envelope = {"ok": True, "command": command, "study": str(study), "version": __version__}
    for piece in chain((f'{json.dumps(envelope, ensure_ascii=False)[:-1]}, "result": ',), result, ("}\n",)):
        click.echo(piece, nl=False)


@contextmanager
def recorded(
    path: Path, command: str, arguments: Mapping[str, object], note: Callable[[str], object]
) -> Iterator[list[str]]:
    """Enter a run of a command in the ledger of the study's store; the block appends the files it wrote to the list."""
    from rashomon.study.store import open_store

    store = open_store(path, note=note)
    if store is None:
        yield []
        return
    with store, store.record_run(command, arguments, __version__) as run:
        yield run.wrote
