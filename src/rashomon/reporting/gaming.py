"""The section on conflict games: windows by year; then each game with its premises, equilibria, views, what-ifs and causal shares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from rashomon.playing import Played, Windows, games_left_out
from rashomon.reporting import gamespecs
from rashomon.reporting.document import (
    Badge,
    Block,
    Break,
    Bullets,
    Column,
    Em,
    Figure,
    Fold,
    Head,
    Inline,
    Para,
    Records,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.gamewords import (
    CONCEPTS,
    as_seen,
    built_how,
    built_marks,
    errors_words,
    judged,
    of_orders,
    option_name,
    outcome_words,
    paths_words,
    shares_words,
    state_words,
    tight,
    together_words,
)
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import day, interval, join, number, spread, unique
from rashomon.study import format_day
from rashomon.texts import count

_DRAWN: Final = 24
"""States up to which the graph of steps is drawn."""

_SETS: Final = 40


def gaming(telling: Telling) -> Section:
    """The section; a note where the study has no games."""
    games = telling.plays.games
    left = games_left_out(telling.study, (one.game for one in games))
    without = f"The study’s {count(len(left), 'game')} {join(left)} had not begun by then, or rest on lists of which nothing is recorded in this view."
    if not games:
        return Section("games", "Conflict games", (Para((without if left else "The study has no conflict games.",), kind="note"),))
    blocks: list[Block] = [
        Para((
            f"{count(len(games), 'conflict')} {'is modelled as a game' if len(games) == 1 else 'are modelled as games'} of perceptions. A state says which options are taken "
            "(Y) and which are not (N), in the order of the game’s table of options. Every premise is shown with its records; where the sources do "
            "not settle which of two priorities comes first, both orders are played, and every answer says in how many orders it holds. All of "
            "this is true of the models and only as far as their premises are: a causal share in a model is no verdict of history.",
        )),
    ]  # fmt: skip
    blocks += [Para((without,), kind="note")] if left else []
    if telling.study.day is not None:
        hindsight = f"Lists that are written in a game stand as their author wrote them, with hindsight, also as of {day(format_day(telling.study.day))}."
        blocks.append(Para((hindsight,), kind="note"))
    blocks += _windows(telling, telling.plays.windows)
    for one in games:
        blocks += _game(telling, one)
    return Section("games", "Conflict games", tuple(blocks))


# windows

_KIND: Final = {"reached": "borne", "missed": "warning", "closed": "against"}


def verdict_badge(verdict: str) -> Badge:
    """The verdict of a window as a badge."""
    return Badge(verdict, _KIND.get(verdict, "open"))


def _windows(telling: Telling, found: Windows) -> list[Block]:
    if not found.rows:
        return []
    text: Text = (
        "Was an agreement to be had? For each year of a game: ", Strong("reached"), " as it was played, ", Strong("missed"),
        " where it would have come about had every side seen the game truly, ", Strong("closed"), " where not even then, and ",
        Strong("undetermined"), " where that hangs on what is in doubt or on who steps first.",
    )  # fmt: skip
    silent = f" For {count(len(found.silent), 'year')} of {found.first}–{found.last} no game is declared (shaded)." if found.silent else ""
    caption: Text = (Strong("Windows. "), "Each game in each of its years." + silent)
    table = _window_table(telling, found)
    alt = "; ".join(unique(f"{row.title}: {row.verdict}" for row in found.rows))
    figure = Figure("fig-windows", caption, gamespecs.windows(found.rows, found.silent), f"A mark for each game and year. {alt}.", table)
    return [Head("windows", "Windows"), Para(text), figure]


def _window_table(telling: Telling, found: Windows) -> Table:
    rows = []
    for name in unique(row.game for row in found.rows):
        years = [row for row in found.rows if row.game == name]
        row = years[0]
        when = f"{years[0].year}" if len(years) == 1 else f"{years[0].year}–{years[-1].year}"
        rows.append(
            Row((
                (Strong(row.title), Break(), Small(when)),
                (verdict_badge(row.verdict), Break(), Small(tight(row.because))),
                (of_orders(row.must), Break(), Small(f"may: {of_orders(row.may)}")),
                (of_orders(row.must_seeing), Break(), Small(f"may: {of_orders(row.may_seeing)}")),
                (of_orders(row.stable),),
                (*telling.basis(len(row.evidence), "record"), Break(), Records(row.evidence, 1)),
            ))
        )  # fmt: skip
    heads = (
        Column("Game", width=24), Column("Window", width=20), Column("Must come about, as played", width=15),
        Column("Seeing truly", width=13), Column("An agreement is stable", width=12), Column("Rests on", width=16),
    )  # fmt: skip
    return Table("tab-windows", (Strong("Windows. "), "Shares are of the orders of what is in doubt."), heads, tuple(rows), len(rows))


# one game


def _game(telling: Telling, played: Played) -> list[Block]:
    game, found = played.game, played.solution
    facts = found.provenance
    dated = game.date and not re.search(r"[0-9]{4}", game.title)
    lead = (f"{interval(game.date)}. " if dated else "", outcome_words(played))
    basis = telling.basis(facts.n, "record", telling.study.independent_voices(facts.sources), facts.sources)
    blocks: list[Block] = [Head(f"game-{game.id}", game.title), Para(lead, basis), Para((judged(played),), kind="note"), _options(telling, played)]
    if found.states:
        blocks += [_equilibria(telling, played), *_views(telling, played)]
    else:
        blocks.append(Para((f"The game has {found.count:,} feasible states, too many to list; {_counts(played)}.",)))
    blocks += _graph(telling, played)
    blocks += _what_ifs(telling, played)
    blocks += _shares(telling, played)
    return [*blocks, Fold("The premises, each with its records", tuple(_premises(telling, played)))]


def _counts(played: Played) -> str:
    counts = played.solution.view().counts
    return "equilibria by concept: " + ", ".join(f"{CONCEPTS[concept]} {n:,}" for concept, n in counts.items())


def _options(telling: Telling, played: Played) -> Table:
    game, ways = played.game, {"both": "", "take": "once done it stays done", "drop": "once left it stays left"}
    rows = tuple(
        Row((
            (f"{place}",),
            (Strong(option.name or option.id), *((Break(), Small(ways[option.moves])) if ways[option.moves] else ())),
            (telling.names.short(option.owner),),
            ("–" if game.status_quo is None else "Y" if option.id in game.status_quo else "N",),
        ))
        for place, option in enumerate(game.options, 1)
    )  # fmt: skip
    columns = (Column("Letter", width=10), Column("Option", width=52), Column("Whose", width=23), Column("At the start", width=15))
    return Table(f"tab-options-{game.id}", (Strong("What each can do. "),), columns, rows, len(rows))


_YES: Final = "●"
_NO: Final = "·"
_EXPECTED: Final = "◇"


def _equilibria(telling: Telling, played: Played) -> Table:
    """States that are an equilibrium of the true game in some concept, or in which play rests."""
    found = played.solution
    true = found.view()
    rests = {state for one in found.outcome for state in one}
    shares = {(one.what, one.state): one.share for one in found.robustness}
    states = [state for state in found.states if state in rests or any(state in true.equilibria[c] for c in true.equilibria)]
    states.sort(key=lambda state: (state not in rests, -sum(state in true.equilibria[c] for c in true.equilibria)))
    rows = []
    for state in states:
        marks = [((_YES if state in true.equilibria[concept] else _NO),) for concept in true.equilibria]
        notes: list[Inline] = [Strong(state), Break(), Small(state_words(played.game, state))]
        notes += [Break(), Badge("play rests here", "alike")] if state in rests else []
        notes += [" ", Badge("agreement", "borne")] if state in found.agreement else []
        robust = shares.get(("equilibrium", state))
        rows.append(Row((tuple(notes), *marks, (of_orders(robust) if robust else ("all" if state in true.equilibria["seq"] else "none"),))))
    columns = (
        Column("State", width=50), *(Column(CONCEPTS[concept], width=8) for concept in true.equilibria), Column("SEQ in orders", width=12),
    )  # fmt: skip
    caption: Text = (
        Strong("What is stable for every player in the true game. "),
        "Nash: nobody can better itself; GMR, SMR, SEQ and SIM: whoever could is deterred, by any reply of the others, by one it cannot "
        "undo, by one that is in their own interest, by moves made at once.",
    )
    return Table(f"tab-equilibria-{played.game.id}", caption, columns, tuple(rows), 8, rest="states")


def _views(telling: Telling, played: Played) -> list[Block]:
    """The perceived games side by side: SEQ equilibria of the true game and of each player's view, and what each expects."""
    game, found = played.game, played.solution
    said = [*errors_words(played, telling.names), *paths_words(played, telling.names), *together_words(played, telling.names)]
    blocks: list[Block] = [Bullets(tuple((one,) for one in said))] if said else []
    if not game.views:
        return [Para(("No player is on record as seeing this game otherwise than it was.",), kind="note"), *blocks]
    true = set(found.view().equilibria["seq"])
    seen = [(set(found.view(one).equilibria["seq"]), set(found.expected.get(one, ()))) for one in game.actors]
    states = [state for state in found.states if state in true or any(state in held for pair in seen for held in pair)]
    rows = []
    for state in states:
        marks = [" ".join(mark for mark, held in zip((_YES, _EXPECTED), pair, strict=True) if state in held) for pair in seen]
        cells = [(mark or _NO,) for mark in (_YES if state in true else "", *marks)]
        rows.append(Row(((Strong(state), Break(), Small(state_words(game, state))), *cells)))
    titles = ["In truth", *(telling.names.short(one) for one in game.actors)]
    heads = (Column("State", width=40), *(Column(title, width=60 // len(titles)) for title in titles))
    caption: Text = (
        Strong("The perceived games side by side. "),
        f"{_YES} play would stay here (SEQ), in the true game and as each player saw it; {_EXPECTED} the player expected it to last.",
    )
    return [Table(f"tab-views-{game.id}", caption, heads, tuple(rows), 8, rest="states"), *blocks]


def _graph(telling: Telling, played: Played) -> list[Block]:
    found = played.solution
    states = {state for one in found.steps for state in (one.source, one.target)}
    if not 1 < len(states) <= _DRAWN:
        return []
    rows = tuple(
        Row(((one.source,), (one.target,), (" with ".join(telling.names.short(by) for by in one.by),), (state_words(played.game, one.target),)))
        for one in found.steps
    )
    heads = (Column("From", width=15), Column("To", width=15), Column("Who", width=25), Column("What is then done", width=45))
    data = Table(f"tab-steps-{played.game.id}", (Strong("Steps. "),), heads, rows, 12, rest="steps")
    caption: Text = (
        Strong("Where play can go. "),
        "From the status quo (square) by steps that a player takes to better itself without being driven from it as it sees the "
        "game, or that several take together because each prefers the result and expects it to last. Filled: where play rests.",
    )
    alt = f"{len(states)} states and {len(found.steps)} steps between them; the table below lists them."
    return [Figure(f"fig-steps-{played.game.id}", caption, gamespecs.steps(found, telling.names), alt, data, "text")]


def _what_ifs(telling: Telling, played: Played) -> list[Block]:
    if played.what_ifs is None:
        return []
    rows = []
    for one in played.what_ifs.rows[:_SETS]:
        edits: list[Inline] = []
        for name in one.names:
            edits += [Break(), Em(name)] if edits else [Em(name)]
        by = ", ".join(telling.names.short(owner) for owner in one.by)
        rows.append(
            Row((
                (*edits, Break(), Small(by)), (tight(one.says),), (of_orders(one.must), Break(), Small(f"before: {of_orders(one.before_must)}")),
                (of_orders(one.may), Break(), Small(f"before: {of_orders(one.before_may)}")),
            ))
        )  # fmt: skip
    heads = (Column("Had …", width=40), Column("what then", width=28), Column("An agreement must come about", width=16), Column("may", width=16))
    caption: Text = (Strong("What if. "), "Each departure alone, then together. Shares are of the orders of what is in doubt.")
    return [Table(f"tab-what-if-{played.game.id}", caption, heads, tuple(rows), 10, max(len(played.what_ifs.rows) - _SETS, 0), rest="sets of departures")]


def _shares(telling: Telling, played: Played) -> list[Block]:
    shares = played.shares
    if shares is None:
        return []
    said = [Para((one,)) for one in shares_words(shares, telling.names)]
    if not shares.rows:
        return list(said)
    rows = tuple(
        Row((
            (Strong(telling.names.short(one.owner)),) if not one.edit else (f"{telling.names.short(one.owner)}: ", Em(one.name)),
            (number(one.share.estimate),), (spread(one.share.low, one.share.high),), (spread(one.least, one.most),), (f"{one.share.n:,}",),
        ))
        for one in shares.rows
    )  # fmt: skip
    heads = (
        Column("Whose", width=44), Column("Share", "number", 12), Column("5–95 % of orders", "number", 16),
        Column("Over concepts, must and may", "number", 18), Column("Orders", "number", 10),
    )  # fmt: skip
    data = Table(f"tab-shares-{played.game.id}", (Strong("Causal shares in this model. "),), heads, rows, len(rows))
    caption: Text = (
        Strong("Causal shares in this model. "),
        "How much of the difference between no departure and all of them hangs on whose. Line: the middle nine tenths over single orders of "
        "what is in doubt; ticks: the range over concepts and over must and may.",
    )
    alt = "; ".join(f"{telling.names.short(one.owner)} {number(one.share.estimate)}" for one in shares.rows if not one.edit)
    figure = Figure(f"fig-shares-{played.game.id}", caption, gamespecs.causal_shares(shares.rows, telling.names), f"Bars: {alt}.", data, "text")
    return [said[0], figure, *said[1:]]


# premises


def _premises(telling: Telling, played: Played) -> Iterable[Block]:
    """Every list of the game in order, each line with its records and whether its place is in doubt."""
    game, names = played.game, telling.names
    for actor, wanted in game.preferences.items():
        yield _list(telling, played, (), actor, f"What {names.the(actor)} wants", wanted)
    for path, view in game.views.items():
        seen = as_seen(path, names)
        for actor, wanted in view.preferences.items():
            yield _list(telling, played, path, actor, f"What {names.the(actor)} wants, {seen}", wanted)
        for what, entries in (("does not know of", [option_name(game, one) for one in view.unaware]), ("holds to be impossible", view.impossible)):
            if entries:
                yield Para((f"What {names.the(path[-1])} {what}{'' if len(path) == 1 else f', {seen}'}: {'; '.join(entries)}.",))
    limits = [*(f"cannot be: {one}" for one in game.infeasible)]
    limits += [f"an agreement is: {game.agreement}"] if game.agreement else []
    limits += [f"without whose consent there is none: {', '.join(map(names.short, game.vetoes))}"] if game.vetoes else []
    if limits:
        yield Bullets(tuple((one[0].upper() + one[1:],) for one in limits))


def _list(telling: Telling, played: Played, path: tuple[str, ...], actor: str, title: str, wanted: Any) -> Table:
    game = played.game
    built = next((one for one in played.solution.built if (one.path, one.actor) == (path, actor)), None)
    how = built_how(built) if built else "" if path else "the most important first"
    entries = list(wanted.conditions) or [" = ".join(level) for level in wanted.levels]
    doubted = {place: group for group in wanted.doubt for place in group}
    rows = []
    for place, entry in enumerate(entries):
        ids = game.evidence.get((path, actor, entry), ())
        group = doubted.get(place)
        marks = built_marks(built.lines[place], telling.names) if built else []
        marks += [f"may change places with {', '.join(str(one + 1) for one in group if one != place)}"] if group else []
        shown: Text = (Records(ids, 2),) if ids else (Small("no record is named: a premise of the modeller"),)
        rows.append(Row(((f"{place + 1}",), (_condition(game, entry), *((Break(), Small("; ".join(marks))) if marks else ())), shown)))
    heads = (Column("", width=6), Column("Wanted", width=58), Column("Rests on", width=36))
    return Table(f"tab-premise-{game.id}-{'-'.join((*path, actor))}", (Strong(f"{title}{', ' * bool(how)}{how}. "),), heads, tuple(rows), len(rows))


def _condition(game: Any, text: str) -> str:
    """A condition as it stands, with its options in words where it is one option or its refusal."""
    bare = text.removeprefix("!").strip()
    named = option_name(game, bare)
    if named == bare:
        return text
    return f"not: {named}" if text.startswith("!") else named
