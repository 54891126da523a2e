"""Games in words: states as what is done in them, outcomes, surprises and shares as sentences. For the report and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from rashomon.playing import (
    BuiltLine,
    BuiltList,
    CausalShares,
    Concerted,
    Game,
    InverseAnswer,
    OrdersFor,
    PathsTo,
    Played,
    Solution,
    percent,
)
from rashomon.reporting.wording import interval, join, number
from rashomon.study import Estimate
from rashomon.texts import count

CONCEPTS: Final = {"nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM"}
_ROUNDING: Final = 1e-9  # widths of shares that are this small are of sums in another order
_SANCTIONS: Final = {"sequence": "legal sequences of the opponents’ moves", "single": "single moves of one opponent"}


class Who(Protocol):
    """What sentences on games need of names."""

    def short(self, name: str) -> str:
        """An actor or side, at the head of a sentence or in a list."""

    def the(self, name: str) -> str:
        """An actor or side within a sentence."""

    def voice(self, name: str) -> str:
        """Who tells something: a narrator, a source, a pollster."""


def option_name(game: Game, option: str) -> str:
    """An option in words; its id where the game gives none."""
    return next((one.name or one.id for one in game.options if one.id == option), option)


def state_words(game: Game, letters: str) -> str:
    """What is done in a state; "nothing of this is done" where no option is taken."""
    done = [one.name or one.id for one, letter in zip(game.options, letters, strict=False) if letter == "Y"]
    return "; ".join(done) or "nothing of this is done"


def as_seen(path: Sequence[str], who: Who) -> str:
    """A path of viewers in words: "as Japan sees it", "as Japan takes the USSR to see it"."""
    first, *deeper = (who.the(one) for one in path)
    return f"as {first} sees it" if not deeper else f"as {first} takes {' to take '.join(deeper)} to see it"


def built_how(one: BuiltList) -> str:
    """How a list came about that was built from the study."""
    held = f"held in {interval(one.held_in)}" if one.held_in else "of any time"
    least = ", but that a minimum comes first" if 0 < sum(line.minimum for line in one.lines) < len(one.lines) else ""
    return f"built from the study’s statements {held}; the records do not order them{least}"


def built_marks(line: BuiltLine, who: Who) -> list[str]:
    """What is to be known of an entry of a built list: that it is a minimum, recorded both ways, or told by one voice alone."""
    marks = ["recorded as a minimum"] if line.minimum and not line.contested else []
    marks += ["recorded both ways"] if line.contested else []
    return marks + ([f"as told by {join(map(who.voice, line.told_by))}"] if line.voices < 2 else [])


def tight(text: str) -> str:
    """Text in which a number stays with its per cent sign."""
    return text.replace(" %", "\u00a0%")


def of_orders(estimate: Estimate) -> str:
    """A share of orders with its band, where it was sampled."""
    shown = percent(estimate.estimate)
    band = "" if estimate.low == estimate.high else f" [{100 * estimate.low:.0f}–{100 * estimate.high:.0f} %]"
    return tight(shown + band)


def judged(played: Played) -> str:
    """By what rule and how often a game was played, in one sentence."""
    conflict, orders = played.conflict, played.conflict.orders
    rule = f"The headline is sequential stability (SEQ); sanctions are {_SANCTIONS[conflict.sanctions]}"
    if len(orders) == 1:
        return f"{rule}. The order of no priority is in doubt."
    if orders.sampled:
        return f"{rule}. The doubts leave {orders.total:,} orders of the priorities open, of which {len(orders) - 1:,} were drawn (seed {orders.seed})."
    return f"{rule}. All {orders.total:,} orders of the priorities that the doubts leave open were played."


def orders_words(played: Played) -> str:
    """How many orders of what is in doubt were played: all, or how many were drawn of how many."""
    orders = played.conflict.orders
    if orders.sampled:
        return f"{len(orders) - 1:,} drawn of {orders.total:,}"
    return f"all {orders.total:,}" if len(orders) > 1 else "the declared one, none being in doubt"


def outcome_words(played: Played) -> str:
    """Where play rests, and in how many orders of what is in doubt there is an agreement; what is missing where none is told."""
    game, found = played.game, played.solution
    if game.status_quo is None:
        return "The file names no status quo, so it is not played out; only what is stable is told."
    if found.unplayed:
        return f"{found.unplayed}. Only what is stable is told."
    rests = _rests(game, found)
    if found.must is None:
        return f"{rests} The file does not say what counts as an agreement."
    shares = {one.what: one.share for one in found.robustness if not one.state}
    must, may = shares["must"], shares["may"]
    if must.n == 1:
        return f"{rests} {_certain(found)}"
    if must.estimate in (0, 1) and may.estimate == must.estimate:
        always = "An agreement comes about in every order" if must.estimate else "No agreement comes about in any order"
        return f"{rests} {always} of what is in doubt that was played ({must.n:,})."
    return (
        f"{rests} {_certain(found)} Over {must.n:,} orders of what is in doubt an agreement must come about in {of_orders(must)} of "
        f"them, and may in {of_orders(may)}."
    )


def _rests(game: Game, found: Solution) -> str:
    if len(found.outcome) == 1 and len(found.outcome[0]) == 1:
        state = found.outcome[0][0]
        return f"In the declared order of priorities play comes to rest in {state} ({state_words(game, state)})."
    sets = [
        f"{{{', '.join(one)}}}" if len(one) > 1 else f"{one[0]} ({state_words(game, one[0])})" for one in found.outcome
    ]
    kind = "play goes round and round in" if len(sets) == 1 else "play comes to rest, depending on who steps first, in"
    return f"In the declared order of priorities {kind} {join(sets, 'or')}."


def _certain(found: Solution) -> str:
    if found.must:
        return "That is an agreement, whoever steps first."
    return "Whether it is an agreement depends on who steps first." if found.may else "That is no agreement."


def errors_words(played: Played, who: Who) -> list[str]:
    """Surprises, illusions and blind spots, each as a sentence."""
    found, out = played.solution, []
    for player in played.game.actors:
        unseen = _states(one.state for one in found.surprises if one.player == player and one.why == "not seen")
        unexpected = _states(one.state for one in found.surprises if one.player == player and one.why != "not seen")
        if unseen:
            out.append(f"{who.short(player)} did not see that {unseen} could be.")
        if unexpected:
            out.append(f"{who.short(player)} did not expect play to rest in {unexpected}.")
        if found.illusions.get(player):
            out.append(
                f"{_count(found.illusions[player])} only as {who.the(player)} saw the game: {_states(found.illusions[player])}."
            )
        if found.blind_spots.get(player):
            out.append(
                f"{_count(found.blind_spots[player])} of the true game that {who.the(player)} did not see as such: {_states(found.blind_spots[player])}."
            )
    return out


def _count(states: Sequence[str]) -> str:
    return count(len(states), "equilibrium", "equilibria").capitalize()


_MOST_NAMED: Final = 8


def _states(states: Iterable[str]) -> str:
    listed = list(states)
    more = [f"{len(listed) - _MOST_NAMED} more"] if len(listed) > _MOST_NAMED else []
    return join([*listed[:_MOST_NAMED], *more])


def paths_words(played: Played, who: Who) -> list[str]:
    """How improvements lead from the status quo to what is stable, and to what none leads."""
    found = played.paths
    if found is None:
        return []
    out = [_path_to(row, who) for row in found.rows if row.length]
    if found.unreachable:
        out.append(f"No path of improvements, each of one player’s own, leads from {found.start} to {_states(found.unreachable)}.")
    return out


def _path_to(row: PathsTo, who: Who) -> str:
    steps = ", then ".join(f"{who.the(step.player)} to {step.state}" for step in row.paths[0])
    others = f" ({row.count - 1:,} more {'path is' if row.count == 2 else 'paths are'} as short)" if row.count > 1 else ""
    return f"To {row.state} the shortest way by improvements is {steps}{others}."


def together_words(played: Played, who: Who) -> list[str]:
    """Who would block what, what is held only weakly, and what several would leave together: each as a sentence."""
    out = []
    if played.consent is not None:
        for row in played.consent.rows:
            blocked = f"{row.blocks_count:,} of {count(played.consent.agreement_count, 'state')} in which the agreement holds"
            alone = f", {row.alone_count:,} of them alone" if row.alone_count else ""
            out.append(f"{who.short(row.actor)} would withhold its consent from {blocked}{alone}.")
        out.append(f"{count(played.consent.left_count, 'agreement state')} {'is' if played.consent.left_count == 1 else 'are'} left that nobody blocks.")
    for concerted in () if played.coalitions is None else played.coalitions.rows:
        if concerted.concept == "seq" and concerted.upset:
            out.append(f"Of the SEQ equilibria, players acting together could upset {_states(concerted.upset)}{_jumps(concerted, who)}.")
    if played.strengths is not None:
        weak = played.strengths.weak_equilibria["seq"]
        strong = played.strengths.strong_equilibria["seq"]
        out.append(f"By strength of preference {count(len(strong), 'SEQ equilibrium', 'SEQ equilibria')} {'is' if len(strong) == 1 else 'are'} strong and {len(weak)} weak.")
    return out


def _jumps(concerted: Concerted, who: Who) -> str:
    if not concerted.jumps:
        return ""
    jump = concerted.jumps[0]
    return f", such as {join(who.the(one) for one in jump.coalition)} from {jump.source} to {jump.target}"


def inverse_words(asked: InverseAnswer, who: Who) -> list[str]:
    """An inverse question and its answers."""
    what = "orders of the states" if asked.what == "states" else "orders of its priorities"
    return [f"For {asked.state} to be stable for {who.the(asked.player)}, of all {what}:", *(_orders_for(row) for row in asked.rows)]


def _orders_for(row: OrdersFor) -> str:
    name = CONCEPTS[row.concept]
    if row.stable is None:
        return f"{name}: not counted, too many kinds of moves hang together."
    share = f"{row.stable:,} of {row.total:,}" if row.total < 10**9 else f"a share of {row.share:.3g}"
    far = count(row.swaps or 0, "pair")
    near = {None: "no order does", 0: "the declared order is one of them"}.get(row.swaps, f"the nearest changes {far} of the declared order")
    return f"{name}: {share} do; {near}."


def shares_words(shares: CausalShares, who: Who) -> list[str]:
    """What causal shares say and what they rest on, each as a sentence; why there are none, where there are none."""
    if shares.because:
        return [f"No causal share is given: {shares.because}."]
    names = {edit.id: edit.name or edit.id for edit in shares.played.edits}
    owners = [one for one in shares.rows if not one.edit]
    said = join(
        f"{who.the(one.owner)} {number(one.share.estimate)} [{number(one.share.low)} to {number(one.share.high)}]"
        for one in owners
    )
    out = [
        f"With none of these edits an agreement must come about in {percent(shares.before)} of the orders that the doubts leave open, with all "
        f"of them in {percent(shares.after)}. How much of this difference of {number(shares.gain)} hangs on whose conduct, in this model: {said} "
        "(causal shares, in brackets the middle nine tenths over single orders).",
        _alone(shares, who),
    ]
    if shares.gainless:
        out.append(f"Under {join(shares.gainless)} the edits gain nothing; the range of the shares leaves these out.")
    if shares.orders > 1 and all(one.share.high - one.share.low < _ROUNDING for one in shares.rows):
        out.append("That they are the same in every order is no sign of certainty: what is in doubt decides nothing here, the premises do.")
    if shares.enough:
        sets = [" + ".join(names[edit] for edit in one.edits) for one in shares.enough]
        out.append(
            f"In the declared order these suffice, and nothing less of them: {'; or '.join(f'“{one}”' for one in sets)}."
        )
    spoilt = [one for one in shares.enough if one.spoilt_by]
    if spoilt:
        out.append(
            "More is not always better: " + "; ".join(_spoilt(one.edits, one.spoilt_by, names) for one in spoilt) + "."
        )
    if shares.idle:
        out.append(
            f"In no order and beside no other edit does anything hang on {join(f'“{names[one]}”' for one in shares.idle)}."
        )
    return out


def _alone(shares: CausalShares, who: Who) -> str:
    """What each owner's edits do alone, on which the shares rest."""
    some = [f"those of {who.the(owner)} suffice in {percent(value)} of the orders" for owner, value in shares.alone if value]
    none = [who.the(owner) for owner, value in shares.alone if not value]
    said = [*some, *([f"those of {join(none)} in none"] if none else [])]
    return f"They rest on what each actor’s edits do without those of the others: {join(said)}."


def _spoilt(edits: Sequence[str], spoilt_by: Sequence[Sequence[str]], names: dict[str, str]) -> str:
    more = [name for name in spoilt_by[0] if name not in edits]
    return f"“{' + '.join(names[one] for one in edits)}” no longer suffices with “{' + '.join(names[one] for one in more)}” besides"
