"""Games for the terminal: what the report's section tells, in plain lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rashomon.playing import Played, Plays
from rashomon.reporting.gamewords import (
    CONCEPTS,
    Who,
    as_seen,
    built_how,
    built_marks,
    errors_words,
    inverse_words,
    judged,
    of_orders,
    outcome_words,
    paths_words,
    shares_words,
    state_words,
    tight,
    together_words,
)
from rashomon.reporting.naming import Names
from rashomon.reporting.specs import Ids
from rashomon.reporting.wording import interval
from rashomon.study import StudyData
from rashomon.texts import COLUMNS

_LISTED: Final = 12


def plays_lines(plays: Plays, study: StudyData) -> Iterator[str]:
    """All games of a study, each with its outcome and its window."""
    if not plays.games:
        yield "The study has no games: write one into its folder games/."
        return
    windows = {row.game: row for row in plays.windows.rows}
    for played in plays.games:
        yield from _head(played)
        yield from _wrapped(outcome_words(played))
        window = windows.get(played.game.id)
        if window is not None:
            yield from _wrapped(f"Window: {window.verdict}{f' ({window.because})' if window.because else ''}.")
        if played.shares is not None:
            yield from _wrapped(shares_words(played.shares, Names(study))[0])
        yield ""
    yield f"One game in full: rashomon play {study.root} {plays.games[0].game.id}"


def game_lines(played: Played, files: Sequence[Path] = (), study: StudyData | None = None) -> Iterator[str]:
    """One game in full."""
    who: Who = Ids() if study is None else Names(study)
    game, found = played.game, played.solution
    yield from _head(played)
    yield from _wrapped(
        f"{len(game.actors)} players, {len(game.options)} options, {found.count:,} feasible states. {judged(played)}"
    )
    yield ""
    for place, option in enumerate(game.options, 1):
        yield f"  {place:>2}  {who.short(option.owner)}: {option.name or option.id}"
    yield ""
    yield from _built(played, who)
    yield from _stable(played, who)
    for path in files:
        yield f"All states of this view: {path}"
    yield from _wrapped(outcome_words(played))
    for said in errors_words(played, who):
        yield from _wrapped(said)
    for said in (*paths_words(played, who), *together_words(played, who)):
        yield from _wrapped(said)
    for asked in played.inverse:
        yield ""
        for said in inverse_words(asked, who):
            yield from _wrapped(said)
    if played.what_ifs is not None:
        yield ""
        yield "What if:"
        for row in played.what_ifs.rows:
            told = f"{' + '.join(row.edits)} ({', '.join(who.short(one) for one in row.by)}): {row.says}; must {of_orders(row.must)}, may {of_orders(row.may)}"
            yield from _wrapped(told, "  ", "    ")
    if played.shares is not None:
        yield ""
        for said in shares_words(played.shares, who):
            yield from _wrapped(said)


def _head(played: Played) -> Iterator[str]:
    game = played.game
    yield f"{game.title} ({game.id}{f', {interval(game.date)}' if game.date else ''})"


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Lines of a text; a number stays with its per cent sign."""
    return textwrap.wrap(tight(text), COLUMNS, initial_indent=first, subsequent_indent=rest)


def _built(played: Played, who: Who) -> Iterator[str]:
    """The lists that were built from the study, each line with its statements."""
    for one in played.solution.built:
        seen = f", {as_seen(one.path, who)}" if one.path else ""
        yield from _wrapped(f"What {who.the(one.actor)} wants{seen}: {built_how(one)}.")
        for place, line in enumerate(one.lines, 1):
            basis = "; ".join([*built_marks(line, who), ", ".join(line.records)])
            yield from _wrapped(f"{place:>2}  {line.condition}  ({basis})", "  ", " " * 6)
        yield ""


def _stable(played: Played, who: Who) -> Iterator[str]:
    """The equilibria of every view, with the concepts they hold in."""
    for view in played.solution.rows:
        counts = ", ".join(f"{CONCEPTS[concept]} {n:,}" for concept, n in view.counts.items())
        seen = f"Equilibria {as_seen(view.path, who)}" if view.path else "Equilibria of the true game"
        yield f"{seen}: {counts}"
        states = [state for state in played.solution.states if any(state in held for held in view.equilibria.values())]
        for state in states[:_LISTED]:
            concepts = " ".join(CONCEPTS[concept] for concept, held in view.equilibria.items() if state in held)
            yield from _wrapped(f"{state}  {concepts:<20} {state_words(played.game, state)}", "  ", " " * (len(state) + 25))
        if len(states) > _LISTED:
            yield f"  and {len(states) - _LISTED} more (--json lists all)"
        yield ""
