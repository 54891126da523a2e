"""The commands. Each is one short function over one importable function; errors become text or one JSON envelope."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rashomon import __version__
from rashomon.answering import BAD_INPUT, JSON
from rashomon.answering import envelope as _envelope
from rashomon.answering import fail as _fail
from rashomon.answering import guard as _guard
from rashomon.answering import note as _note
from rashomon.answering import stream as _stream
from rashomon.answering import tell as _tell
from rashomon.errors import RashomonError, error
from rashomon.moving import export_, import_

if TYPE_CHECKING:
    from rashomon.api import Study

STUDY = click.argument("study", type=click.Path(path_type=Path))
WITHOUT = click.option(
    "--without",
    metavar="VOICE",
    multiple=True,
    help="Leave out what this voice tells: a narrator, a pollster or a source. May be given more than once.",
)
AS_OF = click.option("--as-of", metavar="DAY", help="Use only what was open by this day, such as 1989-06-01.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
    "--draws", default=200, show_default=True, metavar="N", help="Orders of what is in doubt that are played at most."
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
    alone = target.is_file()
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
    """Refuse (R003) what would otherwise be left undone in silence."""
    sets, _, _, write, _ = of_one
    asked = (
        (alone and bool(game), f"{game} beside a file", "STUDY GAME, or FILE", "Name the study's folder, or leave out the game."),
        (alone and any(of_records), "--as-of, --without or --from-study with a file", "these with a study",
         "A file alone has no records."),
        (whole and any(of_one), "a question about one game", "STUDY GAME", "Name the game after the study."),
        (any(not one.strip(" ,") for one in sets), "--what-if without an edit", "EDIT[,EDIT…]", "Name the edits by their ids."),
        (write is not None and write.exists(), f"{write} is there already", "a new file", "Choose another name, or remove it."),
        (not 0 < rules["memory"] < 2**20, f"--memory {rules['memory']}", "GiB, more than none", "Say how much it may take."),
    )
    for wrong, found, allowed, remedy in asked:
        if wrong:
            raise error("R003", "This cannot be asked of games.", found=found, allowed=allowed, remedy=remedy)


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


cli.add_command(import_)
cli.add_command(export_)


def main() -> None:
    """Entry point of the ``rashomon`` command."""
    cli(prog_name="rashomon")
