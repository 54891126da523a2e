"""The commands. Each is one short function over one importable function; errors become text or one JSON envelope."""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rashomon import __version__
from rashomon.errors import RashomonError, error
from rashomon.keeping import adjudicate, history, record
from rashomon.moving import export_, import_
from rashomon.terminal import (
    BAD_INPUT,
    JSON,
    PARTLY,
    STUDY,
    Commands,
    ask_cells,
    ask_of_each,
    envelope,
    fail,
    guard,
    login,
    note,
    opened_study,
    recorded,
    shows_bold,
    stopped,
    stream,
    tell,
)
from rashomon.texts import count, counted

if TYPE_CHECKING:
    from rashomon.api import Study
    from rashomon.coding import Review
    from rashomon.coding.reviewing import Decided
    from rashomon.study import CheckReport

WITHOUT = click.option(
    "--without",
    metavar="VOICE",
    multiple=True,
    help="Leave out what this voice tells: a narrator, a pollster or a source. May be given more than once.",
)
PROPOSALS = click.option(
    "--proposals", is_flag=True, help="Count what coders propose and nobody has decided too, at the coder's certainty."
)
AS_OF = click.option("--as-of", metavar="DAY", help="Use only what was open by this day, such as 1989-06-01.")


def of_a_view(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which a command looks at a part of a study, or at more than what is accepted."""
    return AS_OF(WITHOUT(PROPOSALS(command)))


@click.group("rashomon", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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

    written = guard(as_json, lambda: make(folder))
    if as_json:
        envelope("init", folder, {"written": [str(path) for path in written]})
    else:
        click.echo(f"Wrote {len(written)} files to {folder}. Next: rashomon check {folder}")


@cli.command()
@STUDY
@JSON
def check(study: Path, as_json: bool) -> None:
    """Report every fault of a study in one run: where it is, what is allowed, how to mend it."""
    from rashomon.checking import check as examine

    report = guard(as_json, lambda: examine(study))
    if report.faults:
        fail(as_json, RashomonError(report.faults), BAD_INPUT)
    if as_json:
        found = {"faults": [], "notices": list(report.notices), "counts": dict(report.counts), "accepted": report.accepted}
        envelope("check", study, found)
        return
    for notice in report.notices:
        note(notice)
    click.echo(f"No faults. {', '.join(_held(report)) or 'No records yet'}.")


def _held(report: CheckReport) -> Iterator[str]:
    """What a study holds, table by table; of its statements, how many count where not all do."""
    for table, n in report.counts:
        some = f" ({report.accepted:,} of them accepted)" if table == "statements" and n != report.accepted else ""
        if n:
            yield f"{count(n, 'entry of access', 'entries of access') if table == 'access' else counted(n, table)}{some}"


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
    from rashomon.reading import reading_lines

    opened = opened_study(study, as_json)
    try:
        found = guard(as_json, lambda: opened.read(paths, **manner, tick=_progress))
    except KeyboardInterrupt:
        stopped("Stopped. What was read is kept; run the same command to go on.")
    tell("read", study, as_json, found.to_dict(), lambda: reading_lines(found))
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

    opened = opened_study(study, as_json)
    found = guard(as_json, lambda: opened.find(words, limit, Among(**among)))
    tell("find", study, as_json, found.to_dict(), lambda: found_lines(found, shows_bold()))


@cli.command()
@STUDY
@click.option("--coder", default="rules", show_default=True, metavar="NAME", help="Who codes: rules, learned, a [[coder]] …")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only passages of this source; may be repeated.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Only passages in this language, such as en.")
@click.option("--compare", nargs=2, metavar="A B", help="Compare what two coders made of the same passages, and propose nothing.")
@JSON
def code(
    study: Path, coder: str, sources: tuple[str, ...], languages: tuple[str, ...], compare: tuple[str, str] | None, as_json: bool
) -> None:
    """Let a coder propose statements from the passages that were read; none counts until a person accepts it.

    With --compare, say how far two coders agree, where they differ, and how well a machine (named first) does against a person.
    """
    from rashomon.coding import coding_lines, comparison_lines, score_lines

    opened = opened_study(study, as_json)
    if compare:
        found = guard(as_json, lambda: opened.agreement(*compare))
        scores = guard(as_json, lambda: opened.score(*compare)) if compare[0] in opened.data.machines else None
        plain = found.to_dict() | ({} if scores is None else {"scores": scores.to_dict()})
        tell("code", study, as_json, plain, lambda: comparison_lines(found, scores))
        return
    made = guard(as_json, lambda: opened.code(coder, sources, languages, note))
    tell("code", study, as_json, made.to_dict(), lambda: chain(score_lines(made.scores), coding_lines(made)))


@cli.command(name="next")
@STUDY
@click.option("--limit", default=10, show_default=True, metavar="N", help="Passages to show.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only passages of this source; may be repeated.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Only passages in this language, such as en.")
@click.option("--nothing", multiple=True, metavar="ADDRESS", help="Keep that nothing was found in this passage; may be repeated.")
@click.option("--by", default=login, show_default="your login", metavar="NAME", help="Who found nothing.")
@JSON
def next_(
    study: Path, limit: int, sources: tuple[str, ...], languages: tuple[str, ...], nothing: tuple[str, ...], by: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Say which passages to read next: those first from which most would be learned, each with the reason."""
    from rashomon.coding import queue_lines

    opened = opened_study(study, as_json)
    if nothing:
        kept = guard(as_json, lambda: opened.found_nothing(nothing, by))
        tell("next", study, as_json, {"kept": kept}, lambda: (f"{kept:,} kept in nothing.csv.",))
        return
    found = guard(as_json, lambda: opened.next(limit, sources, languages))
    tell("next", study, as_json, found.to_dict(), lambda: queue_lines(found))


@cli.command()
@STUDY
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Only what this coder proposes.")
@click.option("--by", default=login, show_default="your login", metavar="NAME", help="Who decides, as the history will say.")
@click.option("--list", "listed", is_flag=True, help="List what waits for a decision, and end.")
@click.option(
    "--drawn", type=click.IntRange(1), metavar="N", help="Of each coder only the first N in an order drawn at random."
)
@click.option("--outcomes", is_flag=True, help="Say how right each coder proved, by what was decided so far, and end.")
@click.option("--accept", multiple=True, metavar="ID", help="Accept this proposal; may be given more than once.")
@click.option("--reject", multiple=True, metavar="ID", help="Reject this proposal; may be given more than once.")
@click.option("--set", "changes", multiple=True, metavar="COLUMN=VALUE", help="Change this cell of what is accepted.")
@click.option("--why", default="", metavar="TEXT", help="Why, for the history.")
@JSON
def review(
    study: Path, coders: tuple[str, ...], by: str, listed: bool, drawn: int | None, outcomes: bool, accept: tuple[str, ...],
    reject: tuple[str, ...], changes: tuple[str, ...], why: str, as_json: bool,
) -> None:  # fmt: skip
    """Decide on what coders propose: accept it, mend it, or reject it. Without options it asks, proposal by proposal."""
    from rashomon.coding import outcome_lines, passages_of_quotes, proposal_lines, read_changes, review_table
    from rashomon.study import jsonable

    opened = opened_study(study, as_json)
    waiting = guard(as_json, lambda: opened.review(by, coders))
    if accept or reject:
        decided = guard(as_json, lambda: waiting.decide(accept, reject, read_changes(changes), why))
        tell("review", study, as_json, {"decided": jsonable(decided)}, lambda: (f"{one.decision}: {one.id}" for one in decided))
    elif outcomes:
        found = guard(as_json, lambda: [opened.outcomes(coder) for coder in waiting.coders])
        tell("review", study, as_json, {"outcomes": [one.to_dict() for one in found]}, lambda: outcome_lines(found))
    elif listed or as_json:
        rows = guard(as_json, lambda: list(waiting.waiting(drawn)))
        tell("review", study, as_json, {"waiting": rows}, lambda: review_table(rows))
    else:
        rows = guard(False, lambda: list(waiting.waiting(drawn)))
        with passages_of_quotes(opened.data) as passage:

            def told(number: int, row: dict[str, str]) -> str:
                rests_on = passage(row.get("passage", ""), row.get("quote", ""))
                return "\n".join(proposal_lines(row, rests_on, f"{number:,} of {len(rows):,}", shows_bold()))

            ask_of_each(rows, told, "accept (a), mend (m), reject (r)", partial(_decided, waiting, defaultdict(dict)))


def _decided(review: Review, typed: dict[str, dict[str, str]], row: dict[str, str], answer: str) -> Decided | None:
    """Carry out an answer; None where it was none. ``typed``: cells typed so far of proposals to be mended, by ids."""
    if answer == "a":
        return review.accept(row["id"])
    if answer == "m":
        return review.accept(row["id"], ask_cells(row, {name: name for name in review.asked}, typed[row["id"]]))
    if answer == "r":
        return review.reject(row["id"], click.prompt("why", default="", show_default=False))
    return None


cli.add_command(adjudicate)
cli.add_command(record)
cli.add_command(history)


@cli.command()
@STUDY
@of_a_view
@click.option("--events", is_flag=True, help="Measure the declared events alone, as series between the sides.")
@click.option("--by", metavar="PERIOD", help="Events by month, week or day.  [default: month]")
@click.option("--engine", metavar="ENGINE", help="What counts events: duckdb, spark, or spark://HOST:PORT.  [default: duckdb]")
@click.option(
    "--pairs", type=click.Path(path_type=Path), metavar="FILE", help="Write events of every pair of codes to a file of Parquet."
)
@JSON
def measure(
    study: Path, events: bool, by: str | None, engine: str | None, pairs: Path | None, as_json: bool, **view: Any
) -> None:
    """Measure images, gaps, misperceptions, signals, policy lines and figures; print a summary, or all with --json.

    With --events, --by, --engine or --pairs, measure only the events that the study declares. Broken rows are counted and
    kept aside, and the first are listed; where no row of a set can be used, the exit status is 3.
    """
    from rashomon.api import measured

    if events or by or engine or pairs:
        _measure_events(study, by or "month", engine or "duckdb", pairs, as_json, view)
        return
    if as_json:
        stream("measure", study, guard(True, lambda: measured(study, **view, note=note)))
        return
    opened = opened_study(study, as_json, **view)
    click.echo(guard(as_json, lambda: opened.summary(note)))


def _measure_events(study: Path, by: str, engine: str, pairs: Path | None, as_json: bool, view: dict[str, Any]) -> None:
    from rashomon.reporting import event_lines, every_pair_lines
    from rashomon.study import jsonable

    opened = opened_study(study, as_json, **view)
    if pairs is not None:
        listed = guard(as_json, lambda: opened.event_pairs(pairs, by, engine))
        tell("measure", study, as_json, jsonable(listed), lambda: every_pair_lines(listed))
        if not listed.kept:
            sys.exit(PARTLY)
        return
    found = guard(as_json, lambda: opened.events(by, engine))
    tell("measure", study, as_json, found.to_dict(), lambda: event_lines(found, opened.data))
    if not all(one.kept for one in found.sets):
        sys.exit(PARTLY)


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
    guard(as_json, lambda: _check_play(target if alone else None, whole, game, of_records, of_one, rules))
    rules["memory"] = int(rules["memory"] * 2**30)
    opened = None if alone else opened_study(target, as_json, as_of=as_of, without=without)
    if opened is not None and whole:
        from rashomon.reporting import plays_lines

        plays = guard(as_json, lambda: opened.plays(note, **rules))
        tell("play", target, as_json, plays.to_dict(), lambda: plays_lines(plays, opened.data))
        return
    asked = tuple(tuple(filter(None, map(str.strip, one.split(",")))) for one in sets)

    def answer() -> tuple[Any, Iterable[str]]:
        from rashomon.api import game as lone
        from rashomon.playing import played_as_asked
        from rashomon.reporting import game_lines

        conflict = lone(target, **rules) if opened is None else opened.game(game, from_study, **rules)
        found, files = played_as_asked(conflict, asked, inverse, out or Path(f"{conflict.game.id}-states"), note)
        for left in () if write is None else conflict.write(write):
            note(f"{write} has no room for: {left}")
        plain = found.to_dict() | {"files": [str(path) for path in files]}
        return plain, game_lines(found, files, None if opened is None else opened.data)

    plain, lines = guard(as_json, answer)
    tell("play", target, as_json, plain, lambda: lines)


def _check_play(
    alone: Path | None, whole: bool, game: str, of_records: tuple[Any, ...], of_one: tuple[Any, ...], rules: dict[str, Any]
) -> None:
    """Refuse what would otherwise be left undone in silence (R003), or fail after all else is done (R006)."""
    sets, _, _, write, _ = of_one
    asked = (
        (alone is not None and alone.name == "study.toml", f"{alone}, which declares a study", "STUDY, or the FILE of a game",
         f"Name the study's folder: {alone and alone.parent}"),
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
@of_a_view
@click.option(
    "--format",
    "kind",
    default="html",
    show_default=True,
    metavar="FORMAT",
    help="html, md or pdf.",
)
@JSON
def report(study: Path, kind: str, as_json: bool, **view: Any) -> None:
    """Write the report: one HTML file that opens offline, or the same as Markdown or PDF."""
    opened = opened_study(study, as_json, **view)
    path = guard(as_json, lambda: _reported(opened, "report", kind, view))
    if as_json:
        envelope("report", study, {"written": [str(path)]})
    else:
        click.echo(f"Report: {path}")


@cli.command()
@STUDY
@of_a_view
@JSON
def run(study: Path, as_json: bool, **view: Any) -> None:
    """Do everything the study has the inputs for: check, measure, play, report; print the findings."""
    opened = opened_study(study, as_json, **view)
    path = guard(as_json, lambda: _reported(opened, "run", "html", view))
    if as_json:
        pieces = opened.measure().to_json()
        plays = json.dumps(opened.plays().to_dict(), ensure_ascii=False)
        rest = f', "plays": {plays}, "written": {json.dumps([str(path)])}}}'
        stream("run", study, chain(('{"measures": ',), pieces, (rest,)))
    else:
        click.echo(guard(as_json, opened.summary))
        click.echo(f"\nReport: {path}")


@cli.command()
@click.argument("studies", nargs=-1, type=click.Path(path_type=Path), metavar="STUDY STUDY…")
@click.option("--alike", multiple=True, metavar="NAME=OTHER", help="Qualities that are one; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write a page of it too.")
@JSON
def compare(studies: tuple[Path, ...], alike: tuple[str, ...], out: Path | None, as_json: bool) -> None:
    """Set several studies side by side: did misperception or interest block agreement, where others settled?

    The same figures of each, with their bands and what they rest on. Bands that overlap cannot be told apart, and what one has
    nothing on record for is refused. A study with faults is skipped where two are left, and the exit status is 3.
    """
    from rashomon.api import compare as set_beside
    from rashomon.reporting import pair_lines, write_pairs

    found = guard(as_json, lambda: set_beside(studies, alike, note))
    wrote = [str(guard(as_json, lambda: write_pairs(found, out)))] if out else []
    plain = found.to_dict() | {"written": wrote}
    tell("compare", studies[0], as_json, plain, lambda: chain(pair_lines(found), (f"\nPage: {one}" for one in wrote)))
    if found.skipped:
        sys.exit(PARTLY)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("kuril"))
@JSON
def demo(folder: Path, as_json: bool) -> None:
    """Copy the worked study (Japan and the USSR/Russia) to FOLDER and run it."""
    from rashomon.study.worked import copy_example

    copied = guard(as_json, lambda: copy_example(folder))
    click.get_current_context().invoke(run, study=copied, as_of=None, without=(), proposals=False, as_json=as_json)


def _reported(opened: Study, command: str, kind: str, view: dict[str, Any]) -> Path:
    """Write the report, and enter the run in the study's ledger of runs."""
    root = opened.data.root
    with recorded(root, command, view | {"without": list(view["without"]), "format": kind}, note) as wrote:
        path = opened.report(kind, note)
        wrote.append(str(path.relative_to(root)))
    return path


def _progress(done: int, of: int, file: str) -> None:
    """One line on a terminal, written over for each file and gone at the end."""
    if sys.stderr.isatty():
        width = 40
        name = "".join(letter if letter.isprintable() else " " for letter in file[-width:])  # it must not command the terminal
        click.echo(f"\r{done:,} of {count(of, 'file')}  {name:<{width}}" if done < of else f"\r{'':<80}\r", nl=False, err=True)


cli.add_command(import_)
cli.add_command(export_)


def main() -> None:
    """Entry point of the ``rashomon`` command."""
    cli(prog_name="rashomon")
