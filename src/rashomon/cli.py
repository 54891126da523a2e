"""The commands. Each is one short function over one importable function; errors become text or one JSON envelope."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from rashomon import __version__
from rashomon.errors import Fault, RashomonError, error, listing, suggest

if TYPE_CHECKING:
    from rashomon.api import Study

T = TypeVar("T")

DONE, FINDINGS, BAD_INPUT, PARTLY, OUR_FAULT, STOPPED = 0, 1, 2, 3, 70, 130

STUDY = click.argument("study", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON envelope to standard output.")
WITHOUT = click.option(
    "--without",
    metavar="VOICE",
    multiple=True,
    help="Leave out what this voice tells: a narrator, a pollster or a source. May be given more than once.",
)
AS_OF = click.option("--as-of", metavar="DAY", help="Use only what was open by this day, such as 1989-06-01.")


class _Commands(click.Group):
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
        """Read the rest of the command line, and run its command."""
        with _refusing(ctx.meta["as_json"], ctx):
            return super().invoke(ctx)


@contextmanager
def _refusing(as_json: bool, above: click.Context) -> Iterator[None]:
    """End the program with the fault of a command line that cannot be read."""
    try:
        yield
    except click.UsageError as problem:
        _fail("", Path(), as_json, RashomonError(_misused(problem, above)), BAD_INPUT)
    except RashomonError as problem:
        _fail("", Path(), as_json, problem, BAD_INPUT)


def _misused(problem: click.UsageError, above: click.Context) -> Fault:
    """What click says of a command line, as a fault: R003 for a value that is not allowed, R007 for the rest."""
    context = problem.ctx or _reached(above)
    usage = " ".join(context.get_usage().removeprefix("Usage: ").split())
    otherwise = f"see {context.command_path} --help."
    if isinstance(problem, click.NoSuchOption):
        options = [name for one in context.command.get_params(context) for name in one.opts if name.startswith("--")]
        remedy = suggest(problem.option_name, options, otherwise)
        return Fault("R007", "There is no such option.", repr(problem.option_name), listing(options, 30), remedy)
    wrong_value = isinstance(problem, click.BadParameter) and not isinstance(problem, click.MissingParameter)
    found = problem.format_message().rstrip(".")
    return Fault("R003" if wrong_value else "R007", "The command line cannot be read.", found, usage, suggest("", (), otherwise))


def _reached(above: click.Context) -> click.Context:
    """How far a command line was read, where click does not say: to a command, if one was named."""
    command, name = above.command, above.invoked_subcommand
    return click.Context(command.commands[name], above, name) if isinstance(command, click.Group) and name else above


@click.group("rashomon", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rashomon")
def cli() -> None:
    """Rashomon: one relationship, told from every side.

    A study is a folder: study.toml says who and what is studied, CSV files hold the coded records, each with its source.
    Start with `rashomon init mystudy`, or look at the worked study with `rashomon demo`.
    """


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@JSON
def init(folder: Path, as_json: bool) -> None:
    """Write a commented new study into FOLDER; it passes `rashomon check` as it stands."""
    from rashomon.api import init as make

    written = _guard("init", folder, as_json, lambda: make(folder))
    if as_json:
        _envelope("init", folder, {"written": [str(path) for path in written]})
    else:
        click.echo(f"Wrote {len(written)} files to {folder}. Next: rashomon check {folder}")


@cli.command()
@STUDY
@JSON
def check(study: Path, as_json: bool) -> None:
    """Report every fault of a study in one run: where it is, what is allowed, how to mend it."""
    from rashomon.api import check as examine

    report = _guard("check", study, as_json, lambda: examine(study))
    if report.faults:
        _fail("check", study, as_json, RashomonError(report.faults), BAD_INPUT)
    if as_json:
        _envelope("check", study, {"faults": [], "notices": list(report.notices), "counts": dict(report.counts)})
        return
    for notice in report.notices:
        _note(notice)
    click.echo("No faults. " + ", ".join(f"{n:,} {table}" for table, n in report.counts if n) + ".")


@cli.command()
@STUDY
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--jobs", default=2, show_default=True, metavar="N", help="Files to read at a time.")
@click.option(
    "--seconds",
    default=60.0,
    show_default=True,
    metavar="S",
    help="Time that a file may take; as much again for each MiB of it.",
)
@click.option("--declare", is_flag=True, help="Add a [[source]] to study.toml for each source that is not declared.")
@JSON
def read(study: Path, paths: tuple[Path, ...], as_json: bool, **manner: Any) -> None:
    """Read the documents of a STUDY into passages: those at PATHS, or all in its folder sources/.

    Each passage has an address, its page and heading, its language, and the way back to the original. Only files that are
    new or have changed are read; what cannot be read is skipped, listed, and the exit status is 3.
    """
    opened = _open("read", study, None, (), as_json)
    try:
        found = _guard("read", study, as_json, lambda: opened.read(paths, **manner, tick=_progress))
    except KeyboardInterrupt:
        click.echo("\nStopped. What was read is kept; run the same command to go on.", err=True)
        sys.exit(STOPPED)
    if as_json:
        _envelope("read", study, found.to_dict())
    else:
        from rashomon.reading import reading_lines

        for line in reading_lines(found):
            click.echo(line)
    if found.skipped:
        sys.exit(PARTLY)


@cli.command()
@STUDY
@click.argument("words")
@click.option("--source", "sources", metavar="ID", multiple=True, help="Only in this source. May be given more than once.")
@click.option("--language", "languages", metavar="LANGUAGE", multiple=True, help="Only in this language, such as ja.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help="Only such passages: paragraph, heading, note …")
@click.option("--from", "since", default="", metavar="TIME", help="Only in what was published then or later.")
@click.option("--to", "until", default="", metavar="TIME", help="Only in what was published then or earlier.")
@click.option("--limit", default=20, show_default=True, metavar="N", help="Passages to show at most.")
@JSON
def find(study: Path, words: str, limit: int, as_json: bool, **among: Any) -> None:
    """Find passages of a STUDY by their WORDS, whatever their form: island finds islands, 領土 finds 北方領土.

    All words must be there. "Words in quotes" stand together; -word must not be there; terr* is the beginning of a word. Put
    the whole between single quotes where your shell would take the double ones.
    """
    from rashomon.reading import Among, found_lines

    opened = _open("find", study, None, (), as_json)
    found = _guard("find", study, as_json, lambda: opened.find(words, limit, Among(**among)))
    _tell("find", study, as_json, found.to_dict(), lambda: found_lines(found, sys.stdout.isatty()))


@cli.command()
@STUDY
@AS_OF
@WITHOUT
@JSON
def measure(study: Path, as_of: str | None, without: tuple[str, ...], as_json: bool) -> None:
    """Measure images, gaps, misperceptions, signals, policy lines and figures; print a summary, or all with --json."""
    from rashomon.api import measured

    if as_json:
        _stream("measure", study, _guard("measure", study, True, lambda: measured(study, as_of, without, _note)))
        return
    opened = _open("measure", study, as_of, without, as_json)
    click.echo(_guard("measure", study, as_json, lambda: opened.summary(_note)))


@cli.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="STUDY | FILE")
@click.argument("game", required=False, default="")
@AS_OF
@WITHOUT
@click.option(
    "--sanctions",
    default="sequence",
    show_default=True,
    metavar="RULE",
    help="sequence (of the opponents' moves) or single (moves).",
)
@click.option(
    "--draws", default=1200, show_default=True, metavar="N", help="Orders of what is in doubt that are played at most."
)
@click.option(
    "--seed", default=1991, show_default=True, metavar="N", help="Seed of the sample, where there are more orders."
)
@click.option("--memory", default=4.0, show_default=True, metavar="GIB", help="Memory that a game may take.")
@click.option(
    "--what-if",
    "sets",
    metavar="EDIT[,EDIT…]",
    multiple=True,
    help="Edits to make together, by id. May be given more than once.",
)
@click.option(
    "--inverse",
    metavar="STATE:PLAYER",
    multiple=True,
    help="Which orders of what a player wants make a state stable for it; with :priorities after it, which orders of those.",
)
@click.option(
    "--from-study",
    metavar="VIEWER.ACTOR",
    multiple=True,
    help="Build this list from the study's statements, not from the game's file; ACTOR alone: what it truly wanted.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the states of a game too large to list are written.",
)
@click.option(
    "--write", type=click.Path(path_type=Path), metavar="FILE", help="Write the game as .toml or as .gmcr too."
)
@JSON
def play(
    target: Path, game: str, as_of: str | None, without: tuple[str, ...], sets: tuple[str, ...], inverse: tuple[str, ...],
    from_study: tuple[str, ...], out: Path | None, write: Path | None, as_json: bool, **rules: Any,
) -> None:  # fmt: skip
    """Play the conflict games of a STUDY, one GAME of it, or the game in one FILE (.toml or .gmcr).

    Who is stable where, what each expected, where play rests, what would have happened otherwise, and how much of the
    failure hung on whose error or rigidity.
    """
    alone = os.path.isfile(target)  # which raises for no name, however strange
    whole = not alone and not game
    of_one, of_records = (sets, inverse, out, write, from_study), (as_of, without, from_study)
    _guard("play", target, as_json, lambda: _check_play(alone, whole, game, of_records, of_one, rules))
    rules["memory"] = int(rules["memory"] * 2**30)
    opened = None if alone else _open("play", target, as_of, without, as_json)
    if opened is not None and whole:
        from rashomon.reporting import plays_lines

        plays = _guard("play", target, as_json, lambda: opened.plays(_note, **rules))
        _tell("play", target, as_json, plays.to_dict(), lambda: plays_lines(plays, opened.data))
        return
    asked = tuple(tuple(filter(None, map(str.strip, one.split(",")))) for one in sets)

    def answer() -> tuple[Any, Iterable[str]]:
        from rashomon.api import game as lone
        from rashomon.playing import played_as_asked
        from rashomon.reporting import game_lines

        conflict = lone(target, **rules) if opened is None else opened.game(game, from_study, **rules)
        found, files = played_as_asked(conflict, asked, inverse, out or Path(f"{conflict.game.id}-states"), _note)
        for left in () if write is None else conflict.write(write):
            _note(f"{write} has no room for: {left}")
        plain = found.to_dict() | {"files": [str(path) for path in files]}
        return plain, game_lines(found, files, None if opened is None else opened.data)

    plain, lines = _guard("play", target, as_json, answer)
    _tell("play", target, as_json, plain, lambda: lines)


def _check_play(
    alone: bool, whole: bool, game: str, of_records: tuple[Any, ...], of_one: tuple[Any, ...], rules: dict[str, Any]
) -> None:
    """Refuse what would otherwise be left undone in silence (R003), or fail after all else is done (R006)."""
    sets, _, _, write, _ = of_one
    asked = (
        (alone and bool(game), f"{game} beside a file", "STUDY GAME, or FILE", "Name the study's folder, or leave out the game."),
        (alone and any(of_records), "--as-of, --without or --from-study with a file", "these with a study",
         "A file alone has no records."),
        (whole and any(of_one), "a question about one game", "STUDY GAME", "Name the game after the study."),
        (any(not one.strip(" ,") for one in sets), "--what-if without an edit", "EDIT[,EDIT…]", "Name the edits by their ids."),
        (bool(write and os.path.lexists(write)), f"{write} is there already", "a new file", "Choose another name, or remove it."),
        (not 0 < rules["memory"] < 2**20, f"--memory {rules['memory']}", "GiB, more than none", "Say how much it may take."),
    )
    for wrong, found, allowed, remedy in asked:
        if wrong:
            raise error("R003", "This cannot be asked of games.", found=found, allowed=allowed, remedy=remedy)
    if write is not None:
        from rashomon.playing import require_game_file

        require_game_file(write)


@cli.command()
@STUDY
@AS_OF
@WITHOUT
@click.option(
    "--format",
    "kind",
    default="html",
    show_default=True,
    metavar="FORMAT",
    help="html, md or pdf.",
)
@JSON
def report(study: Path, as_of: str | None, without: tuple[str, ...], kind: str, as_json: bool) -> None:
    """Write the report: one HTML file that opens offline, or the same as Markdown or PDF."""
    opened = _open("report", study, as_of, without, as_json)
    path = _guard("report", study, as_json, lambda: _reported(opened, "report", as_of, without, kind))
    if as_json:
        _envelope("report", study, {"written": [str(path)]})
    else:
        click.echo(f"Report: {path}")


@cli.command()
@STUDY
@AS_OF
@WITHOUT
@JSON
def run(study: Path, as_of: str | None, without: tuple[str, ...], as_json: bool) -> None:
    """Do everything the study has the inputs for: check, measure, play, report; print the findings."""
    opened = _open("run", study, as_of, without, as_json)
    path = _guard("run", study, as_json, lambda: _reported(opened, "run", as_of, without, "html"))
    if as_json:
        pieces = opened.measure().to_json()
        plays = json.dumps(opened.plays().to_dict(), ensure_ascii=False)
        rest = f', "plays": {plays}, "written": {json.dumps([str(path)])}}}'
        _stream("run", study, chain(('{"measures": ',), pieces, (rest,)))
    else:
        click.echo(_guard("run", study, as_json, opened.summary))
        click.echo(f"\nReport: {path}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("kuril"))
@JSON
def demo(folder: Path, as_json: bool) -> None:
    """Copy the worked study (Japan and the USSR/Russia) to FOLDER and run it."""
    from rashomon.api import copy_example

    copied = _guard("demo", folder, as_json, lambda: copy_example(folder))
    click.get_current_context().invoke(run, study=copied, as_of=None, without=(), as_json=as_json)


def _tell(command: str, study: Path, as_json: bool, plain: Any, lines: Callable[[], Iterable[str]]) -> None:
    """Print an answer: as JSON, or its lines."""
    if as_json:
        _envelope(command, study, plain)
        return
    for line in lines():
        click.echo(line)


def _open(command: str, study: Path, as_of: str | None, without: tuple[str, ...], as_json: bool) -> Study:
    from rashomon.api import open as open_study

    opened = _guard(command, study, as_json, lambda: open_study(study).seen(as_of, without))
    for notice in opened.notices:
        _note(notice)
    return opened


def _reported(opened: Study, command: str, as_of: str | None, without: tuple[str, ...], kind: str) -> Path:
    """Write the report, and enter the run in the study's ledger of runs."""
    from rashomon.api import recorded

    root = opened.data.root
    with recorded(root, command, {"as_of": as_of, "without": list(without), "format": kind}, _note) as wrote:
        path = opened.report(kind, _note)
        wrote.append(str(path.relative_to(root)))
    return path


def _progress(done: int, of: int, file: str) -> None:
    """One line on a terminal, written over for each file and gone at the end."""
    if sys.stderr.isatty():
        width = 40
        name = "".join(letter if letter.isprintable() else " " for letter in file[-width:])  # it must not command the terminal
        click.echo(f"\r{done:,} of {of:,} files  {name:<{width}}" if done < of else f"\r{'':<80}\r", nl=False, err=True)


def _note(text: str) -> None:
    click.echo(f"note: {text}", err=True)


def _guard(command: str, study: Path, as_json: bool, work: Callable[[], T]) -> T:
    """Run ``work``; what the user can mend ends the command with its fault, anything else is our own fault (70)."""
    try:
        return work()
    except RashomonError as problem:
        _fail(command, study, as_json, problem, problem.exit_status)
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
        _fail(command, study, as_json, RashomonError(fault), OUR_FAULT)


def _fail(command: str, study: Path, as_json: bool, problem: RashomonError, status: int) -> NoReturn:
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


def _envelope(command: str, study: Path, result: Any) -> None:
    _stream(command, study, (json.dumps(result, ensure_ascii=False),))


def _stream(command: str, study: Path, result: Iterable[str]) -> None:
    """Print the envelope around a result whose text comes in pieces."""
    envelope = {"ok": True, "command": command, "study": str(study), "version": __version__}
    for piece in chain((f'{json.dumps(envelope, ensure_ascii=False)[:-1]}, "result": ',), result, ("}\n",)):
        click.echo(piece, nl=False)


def main() -> None:
    """Entry point of the ``rashomon`` command."""
    cli(prog_name="rashomon")
