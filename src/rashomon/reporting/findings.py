"""The findings: what the measures say, each in one plain sentence with its numbers, and what they cannot say and why."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from rashomon.reporting.document import Em, Finding, Inline, Strong, Text
from rashomon.reporting.feelings import apart_in_feeling
from rashomon.reporting.networking import group
from rashomon.reporting.telling import CONTRADICTED, Telling, outlived, rank, why
from rashomon.reporting.wording import band, brief, day, interval, join, number, share, signed, unique
from rashomon.texts import count, plural

_VERDICT: Final = {"restated by its author": "only restated by the author of the claim"}
MOST_NAMED: Final = 500
"""Records of a finding whose sources are looked up, where its rows name none."""
_HELD_ON: Final = ("ignored", "discounted", "overlooked", "reinterpreted")


def find(telling: Telling) -> tuple[Finding, ...]:
    """All findings, the most telling kinds first; settled and unsettled."""
    ways: tuple[Callable[[Telling], Finding | None], ...] = (
        _machine_made, _verdicts, _strongest, _outlived, _signals, _windows, _updating, _unanswered, _asymmetries, _camps, _hypotheses, _rivals,
        _tension, _polls, _doubtful, _mirror, _moods, _drift, _causal_shares, _persistence, _breaks, _leads, _responses, _feeling, _campaigns, _spoken,
        _coverage, _left_out,
    )  # fmt: skip
    return tuple(found for way in ways if (found := way(telling)) is not None)


def _finding(
    telling: Telling, said: Text, n: int, unit: str, anchor: str, rows: Iterable[Any] = (), *, sources: Iterable[str] = (),
    records: Iterable[str] = (), settled: bool = True,
) -> Finding:  # fmt: skip
    """A finding on some rows: their sources and records, and how many independent voices those sources are."""
    rows = list(rows)
    ids = unique([*records, *(record for row in rows for record in _records(row))])
    told = unique([*sources, *(source for row in rows for source in _sources(row))]) or telling.study.sources_of(ids[:MOST_NAMED])
    return Finding(said, n, unit if n == 1 else plural(unit), telling.study.independent_voices(told), told, ids, anchor, settled)


def _sources(row: Any) -> tuple[str, ...]:
    for names in (("sources",), ("told_by", "on_account_of"), ("source",)):
        found = [getattr(row, name) for name in names if hasattr(row, name)]
        if found:
            return tuple(one for part in found for one in ((part,) if isinstance(part, str) else part))
    return ()


def _records(row: Any) -> tuple[str, ...]:
    found: list[str] = []
    for name in ("records", "statements", "evidence", "polls", "packages", "means_records", "aim_records"):
        found += getattr(row, name, ())
    return tuple(found) + ((row.move,) if hasattr(row, "move") else ())


def capital(text: Text) -> Text:
    """A sentence from its words: a capital at its head, a full stop at its end."""
    head = text[0]
    return (head[0].upper() + head[1:] if isinstance(head, str) else head, *text[1:], ".")


# the ledgers


def _verdicts(telling: Telling) -> Finding | None:
    rows = telling.measures.misperceptions.rows
    if not rows:
        return None
    public, open_ = (sum(row.verdict == one for row in rows) for one in ("claimed in public only", "undetermined"))
    decided = [row for row in rows if row.verdict in (CONTRADICTED, "borne out")]
    aside = [
        f"{public} {'more ' if decided else ''}{'was' if public == 1 else 'were'} voiced in public only" if public else "",
        f"{open_} {'stays' if open_ == 1 else 'stay'} undetermined" if open_ else "",
    ]  # fmt: skip
    rest, head = join(one for one in aside if one), f"Of {count(len(rows), 'belief')} about another "
    said: Text = (*decided_beliefs(telling), f"; {rest}." if rest else ".") if decided else (f"{head}{rest}.",)
    contradicted = sorted((row for row in rows if row.verdict == CONTRADICTED), key=rank)
    return _finding(telling, said, len(rows), "belief", "misperceptions", contradicted, settled=bool(decided))


def decided_beliefs(telling: Telling) -> Text:
    """How many beliefs the evidence decides, and which way: a sentence without its full stop; () where it decides none."""
    decided = [row for row in telling.measures.misperceptions.rows if row.verdict in (CONTRADICTED, "borne out")]
    if not decided:
        return ()
    wrong = sum(row.verdict == CONTRADICTED for row in decided)
    if len(decided) == 1:
        return "The only belief about another that the evidence decides is ", Strong(decided[0].verdict)
    by_side = join(one for side in unique(telling.mains) if (one := _of_side(telling, decided, side)))
    right = len(decided) - wrong
    return (
        f"Of {count(len(decided), 'belief')} about another that the evidence decides, ",
        Strong(f"{wrong} {'is' if wrong == 1 else 'are'} contradicted"),
        f" and {right or 'none'} borne out (contradicted: {by_side or 'none of the two sides’'})",
    )


def _of_side(telling: Telling, decided: Sequence[Any], side: str) -> str:
    mine = [row for row in decided if telling.study.side_of(row.holder) == side]
    wrong = sum(row.verdict == CONTRADICTED for row in mine)
    return f"{wrong} of {len(mine)} held in {telling.names.short(side)}" if mine else ""


def _strongest(telling: Telling) -> Finding | None:
    rows = sorted((row for row in telling.measures.misperceptions.rows if row.verdict == CONTRADICTED), key=rank)
    if not rows:
        return None
    row = rows[0]
    held: Text = telling.names.held(row.held, row.topic)[0] if row.held else ("the evidence says otherwise",)
    since = f", knowable since {day(row.knowable_since)}" if row.knowable_since else ""
    said: Text = (
        "The most firmly contradicted: ",
        *telling.names.belief(row.path, row.modality, row.topic, row.believed),
        f", {interval(row.when)}; but ",
        *held,
        f" ({row.strength}{since}).",
    )
    return _finding(telling, said, row.n, "record", "tab-beliefs-contradicted", [row])


def _outlived(telling: Telling) -> Finding | None:
    contradicted = [row for row in telling.measures.misperceptions.rows if row.verdict == CONTRADICTED and not row.forecast]
    dated = [row for row in contradicted if row.knowable_since]
    if not dated:
        return None
    return _finding(telling, capital(late_beliefs(telling)), len(dated), "belief", "fig-beliefs", outlived(contradicted) or dated)


def late_beliefs(telling: Telling) -> Text:
    """How many contradicted beliefs outlived the evidence against them: a sentence without its full stop; () where no day is known."""
    rows = telling.measures.misperceptions.rows
    contradicted = [row for row in rows if row.verdict == CONTRADICTED and not row.forecast]
    dated = sum(bool(row.knowable_since) for row in contradicted)
    if not dated:
        return ()
    late = len(outlived(contradicted))
    of = f"of {count(len(contradicted), 'contradicted belief')} (forecasts apart), {dated} could be seen to be wrong from a day that is known"
    if dated == 1:
        return f"{of}, and ", Strong("was" if late else "was not"), " held on to after it"
    return f"{of}: ", Strong(f"{late} of these {dated}"), f" {'was' if late == 1 else 'were'} held on to after it"


def _signals(telling: Telling) -> Finding | None:
    rows = telling.measures.signals.rows
    chances = {row.side: row for row in telling.measures.opportunities.rows if row.time == "all"}
    sides = [side for side in unique(telling.mains) if side in chances]
    if not sides:
        return None
    read = join(f"{chances[side].read} of {count(chances[side].addressed, 'move')} addressed to {telling.names.the(side)}" for side in sides)
    addressed = [(row, telling.study.side_of(row.target)) for row in rows if row.target]
    misread = [row for row, side in addressed if side in sides and _misread_by(telling, row, side)]
    text: Text = (
        f"It is on record how the side addressed read {read}; {len(misread) or 'none'} of these {'was' if len(misread) == 1 else 'were'} misread at least once. How many others were "
        "read is unknown.",
    )
    return _finding(telling, text, len(rows), "move", "signals", misread)


def _misread_by(telling: Telling, row: Any, side: str) -> bool:
    """Whether a reading of a move by somebody of a side is contradicted."""
    return any(one.verdict == CONTRADICTED and telling.study.side_of(one.reader) == side for one in row.readings)


def _updating(telling: Telling) -> Finding | None:
    rows = telling.measures.updating.rows
    told = [row for row in rows if row.response != "undetermined"]
    if not rows:
        return None
    counts = Counter(row.response for row in told)
    stayed, unknown = sum(counts[one] for one in _HELD_ON), len(rows) - len(told)
    text: Text = (
        f"Faced with a sign against a belief, its holder kept to it in {stayed or 'none'} of {count(len(told), 'case')} and changed or "
        f"narrowed it in {counts['updated'] + counts['narrowed'] or 'none'}",
        f"; {count(unknown, 'more sign')} {'is' if unknown == 1 else 'are'} not known to have lain open to it then." if unknown else ".",
    )
    records = unique(id_ for row in told for id_ in (*row.statements, row.sign))
    return _finding(telling, text, len(rows), "sign", "updating", (), records=records, settled=bool(told))


# comparisons


def _asymmetries(telling: Telling) -> Finding | None:
    rows = [row for row in telling.measures.asymmetries.rows if row.kind != "layers"]
    apart = sorted((row for row in rows if row.verdict == "apart"), key=lambda row: -abs(row.difference.estimate))
    if not rows:
        return None
    if not apart:
        text: Text = (f"On none of {count(len(rows), 'comparison')} can the views of two sides be called apart or alike: {why(rows, 2)}.",)
        return _finding(telling, text, len(rows), "comparison", "asymmetries", settled=False)
    said: Text = (*views_apart(telling), f": {_gap(telling, apart[0])}")
    return _finding(telling, capital(said), len(rows), "comparison", "asymmetries", apart)


def views_apart(telling: Telling) -> Text:
    """On how many comparisons the sides stand apart: a sentence without its full stop; () where on none."""
    rows = [row for row in telling.measures.asymmetries.rows if row.kind != "layers"]
    apart = sorted((row for row in rows if row.verdict == "apart"), key=lambda row: -abs(row.difference.estimate))
    if not apart:
        return ()
    return (
        "the views of two sides stand clearly apart on ",
        Strong(f"{len(apart)} of {count(len(rows), 'comparison')}"),
        f", furthest on “{telling.names.topic(apart[0].topic)}” ({telling.names.period(apart[0].period)})",
    )


def _gap(telling: Telling, row: Any) -> str:
    names = telling.names
    both = f"{names.group(row.of)} {signed(row.first.estimate)}, {names.group(row.against)} {signed(row.second.estimate)}"
    scale = "0 to 1" if row.kind == "positions" else "−1 to 1"
    apart = f"difference {signed(row.difference.estimate)}, 90 per cent band {band(row.difference)}"
    return f"on a scale from {scale} {both}; {apart}"


def _mirror(telling: Telling) -> Finding | None:
    mains = set(telling.mains)
    rows = [row for row in telling.measures.mirror.rows if {row.one, row.other} == mains]
    if not rows:
        return None
    decided = [row for row in rows if row.verdict != "undetermined"]
    if not decided:
        spread = join(f"{number(row.index.estimate)} in {telling.names.period(row.period)}" for row in rows[:3])
        text: Text = (f"Whether the two images mirror each other cannot be told in any of {count(len(rows), 'period')} (index {spread}).",)
        return _finding(telling, text, len(rows), "period", "mirror", rows, settled=False)
    verbs = {"mirror": "mirrored each other", "not a mirror": "did not mirror each other"}
    said = join(
        f"{verbs.get(verdict, verdict)} in {join(_indexed(telling, row) for row in decided if row.verdict == verdict)}"
        for verdict in unique(row.verdict for row in decided)
    )
    left = len(rows) - len(decided)
    rest = f"; of {count(left, 'other period')} it cannot be told" if left else ""
    text = (f"The two sides’ images {said}{rest}. At 1 each sees in the other what the other sees in it, at 0 the opposite throughout.",)
    return _finding(telling, text, len(rows), "period", "mirror", decided)


def _indexed(telling: Telling, row: Any) -> str:
    return f"“{telling.names.period(row.period)}” ({number(row.index.estimate)}, 90 per cent band {band(row.index)})"


# policies


def _tension(telling: Telling) -> Finding | None:
    result = telling.measures.policies
    titles = {row.id: row for row in result.rows}
    tense = [one for one in result.overlaps if one.relation == "in tension"]
    if not tense:
        return None
    own = sorted(tense, key=lambda one: (not one.same_author, one.held != "both held", one.start))
    one = own[0]
    side = join(telling.names.short(name) for name in one.sides)
    text: Text = (
        f"{side} held two policy lines in tension at once: ",
        Em(titles[one.first].title), " and ", Em(titles[one.second].title),
        f", from {day(one.start)} to {day(one.end)} ({count(len(tense), 'such overlap')} in all).",
    )  # fmt: skip
    packages = unique(id_ for row in tense for name in (row.first, row.second) for id_ in titles[name].packages)
    return _finding(telling, text, len(result.rows), "line", "policies", tense, records=packages)


def _unanswered(telling: Telling) -> Finding | None:
    """Which of the two sides left more calls without an answer, where that is decided with inferred answers and without."""
    rows = [row for row in telling.measures.catchball.contests if {row.one, row.other} == set(telling.mains) and row.question == "unanswered"]
    if not rows or any(row.verdict != "differ" or row.more != rows[0].more for row in rows):
        return None
    sides = {row.side: row for row in telling.measures.catchball.rows if row.answers == "express" and {row.side, row.other} == set(telling.mains)}
    most, least = (sides[rows[0].more], sides[next(one for one in telling.mains if one != rows[0].more)])
    shares = [f"{row.fallen + row.standing} of {row.called - row.withdrawn}" for row in (most, least)]
    text: Text = (
        f"{telling.names.short(most.side)} left more calls of the other side without an answer on record: {shares[0]}, against {shares[1]} upon "
        f"{telling.names.short(least.side)}.",
    )
    return _finding(telling, text, rows[0].n, "call", "catchball", rows)


def _drift(telling: Telling) -> Finding | None:
    rows = telling.measures.goal_drift.rows
    drifted = [row for row in rows if row.verdict == "drift"]
    if not rows:
        return None
    names = telling.names
    counts = Counter(row.verdict for row in rows)
    if not drifted:
        text: Text = (f"Of {count(len(rows), 'means', 'means')} said to serve an aim, none is shown to have outlived it ({counts['undetermined']} cannot be told).",)
        return _finding(telling, text, len(rows), "means", "goal-drift", settled=False)
    parts: list[Inline] = [f"{len(drifted)} of {count(len(rows), 'means')} said to serve an aim outlived it: "]
    for i, row in enumerate(drifted[:2]):
        parts += ["; " if i else "", Em(names.record(row.means)), ", which served ", Em(names.record(row.aim))]
    text = (*parts, ".")
    return _finding(telling, text, len(rows), "means", "goal-drift", drifted)


# games


def _windows(telling: Telling) -> Finding | None:
    first = {row.game: row for row in reversed(telling.plays.windows.rows)}
    rows = sorted(first.values(), key=lambda row: row.year)
    if not rows:
        return None
    by = {verdict: [row for row in rows if row.verdict == verdict] for verdict in ("reached", "missed", "closed", "undetermined")}
    parts = [
        f"{len(by['reached'])} {'ends' if len(by['reached']) == 1 else 'end'} in an agreement as played" if by["reached"] else "",
        _ends("without an agreement, where one would have come about had every side seen the game truly", by["missed"]),
        _ends("without an agreement, and would have done so even if every side had seen the game truly", by["closed"]),
        f"the end of {len(by['undetermined'])} hangs on premises in doubt ({_titled(by['undetermined'])})" if by["undetermined"] else "",
    ]
    said: Text = (f"Of {count(len(rows), 'conflict')} modelled as games that each side plays as it sees them, {join(one for one in parts if one)}.",)
    decided = len(by["undetermined"]) < len(rows)
    return _finding(telling, said, len(rows), "game", "windows", rows, settled=decided)


def _ends(how: str, rows: Sequence[Any]) -> str:
    return f"{len(rows)} {'ends' if len(rows) == 1 else 'end'} {how} ({_titled(rows)})" if rows else ""


def _titled(rows: Sequence[Any]) -> str:
    return "; ".join(row.title for row in rows)


def _causal_shares(telling: Telling) -> Finding | None:
    shared = [one for one in telling.plays.games if one.shares is not None and one.shares.rows]
    if not shared:
        return None
    decided = [(one, row) for one in shared if (row := foremost(one)) is not None]
    said = join(f"{one.game.title}: {telling.names.short(row.owner)} {number(row.share.estimate)} of 1, band {band(row.share)}" for one, row in decided)
    left = len(shared) - len(decided)
    parts = [
        f" In {len(decided)} it is clear ({said})." if decided else "",
        f" In {left} it changes with the premises in doubt, or with what counts as stable." if left else "",
    ]
    text: Text = (
        f"In {count(len(shared), 'game')} other conduct would have made an agreement surer. On whose conduct did that hang most? (A share of "
        f"the cause in the model, not of blame.){''.join(parts)}",
    )
    records = unique(name for one in shared for ids in one.game.evidence.values() for name in ids)
    first = decided[0][0] if decided else shared[0]
    return _finding(telling, text, len(shared), "game", f"game-{first.game.id}", records=records, settled=bool(decided))


def foremost(played: Any) -> Any:
    """The share of the owner whose is the greatest over all that is in doubt and by every concept; None where that is nobody's."""
    owners = [row for row in played.shares.rows if not row.edit]
    least = [min(row.share.low, row.least) for row in owners]
    most = [max(row.share.high, row.most) for row in owners]
    found = [row for k, row in enumerate(owners) if all(least[k] > high for other, high in enumerate(most) if other != k)]
    return found[0] if found else None


# polls


def _polls(telling: Telling) -> Finding | None:
    """For each side's population, the series about the other side that moved furthest."""
    found = [rows for side in unique(telling.mains) if (rows := _furthest(telling, side))]
    if not found:
        return None
    parts: list[Inline] = []
    for rows in found:
        parts += ["; "] if parts else []
        parts += _moved(telling, rows)
    rows = [row for one in found for row in one]
    anchor = f"fig-poll-{found[0][0].question}"
    return _finding(telling, capital(tuple(parts)), len(rows), "figure", anchor, rows, records=[row.id for row in rows])


def _furthest(telling: Telling, side: str) -> list[Any]:
    """Figures of one question, answer, population, pollster and mode, five waves or more, that range furthest; in order of time."""
    study = telling.study
    others = set(telling.mains) - {side}
    series: defaultdict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in telling.measures.polls.rows:
        target = row.topic.partition(":")[0]
        of_other = row.path and ":" in row.topic and "->" not in row.topic and study.side_of(target) in others
        if row.relation == "=" and row.unit == "percent" and of_other and study.side_of(row.path.split(" > ")[0]) == side:
            series[row.question, row.answer, row.population, row.pollster, row.mode, row.base].append(row)
    long = [sorted(rows, key=lambda row: row.start) for rows in series.values() if len({row.start for row in rows}) > 4]
    return max(long, key=lambda rows: (max(r.share for r in rows) - min(r.share for r in rows), len(rows)), default=[])


def _moved(telling: Telling, rows: Sequence[Any]) -> list[Inline]:
    names, first, last = telling.names, rows[0], rows[-1]
    ends = (max(rows, key=lambda row: row.share), min(rows, key=lambda row: row.share))
    label = {ends[0].id: "highest", ends[1].id: "lowest"}
    between = sorted((one for one in ends if one.share not in (first.share, last.share)), key=lambda row: row.start)
    way = f"; {join(f'{label[one.id]}: {_wave(one)}' for one in between)}" if between else ""
    wording = brief(first.wording) or first.question
    asked = ", ".join(part for part in (first.pollster if first.pollster not in wording else "", first.mode) if part)
    return [
        f"of {names.the(first.population)}, {_wave(first)} and {_wave(last)} answered “{names.answer(first.answer)}” to ", Em(wording),
        f" ({asked}{way})" if asked else f" ({way[2:]})" if way else "",
    ]  # fmt: skip


def _wave(row: Any) -> str:
    return f"{share(row.share)} % in {row.start[:4]}"


def _doubtful(telling: Telling) -> Finding | None:
    rows = telling.measures.figures.rows
    if not rows:
        return None
    counts = Counter(row.kind for row in rows)
    first = min(rows, key=lambda row: ("impossible", "suspect", "differing").index(row.kind))
    said = join(f"{n} {kind}" for kind, n in counts.items())
    names = telling.names
    shown = join(f"{figure} “{names.answer(answer)}”" for figure, answer in zip(first.figures, first.answers, strict=True))
    text: Text = (
        f"{count(len(rows), 'set')} of printed figures {'needs' if len(rows) == 1 else 'need'} a second look ({said}): for instance "
        f"{shown}, to ", Em(join(unique(map(names.question, first.questions)))), f" ({why_doubtful(first)}).",
    )  # fmt: skip
    return _finding(telling, text, sum(row.n for row in rows), "figure", "figures", rows)


def why_doubtful(row: Any) -> str:
    """Why figures need a second look, without the figures themselves, which stand beside it."""
    head, colon, told = row.because.partition(": ")
    _, semicolon, chance = told.partition("; ")
    return f"{head}{semicolon}{chance}" if colon else re.sub(r" \([^)]*\)$", "", head)


# conclusions


def _hypotheses(telling: Telling) -> Finding | None:
    rows = telling.measures.hypotheses.rows
    if not rows:
        return None
    counts = Counter(row.verdict for row in rows)
    order = ("borne out", "contradicted", "restated by its author", "undetermined")
    said = join(f"{counts[one]} {'is' if counts[one] == 1 else 'are'} {_VERDICT.get(one, one)}" for one in order if counts[one])
    decided = [row for row in rows if row.verdict in order[:2]]
    shown = f" {decided[0].verdict[0].upper()}{decided[0].verdict[1:]}: “{decided[0].claim.rstrip('.')}”." if decided else ""
    text: Text = ("Of ", Strong(count(len(rows), "hypothesis", "hypotheses")), f", {said}.{shown}")
    records = unique(id_ for row in decided for id_ in (*row.for_, *row.against) if not id_.startswith("check "))
    return _finding(telling, text, len(rows), "hypothesis", "hypotheses", decided, records=records, settled=bool(decided))


def _camps(telling: Telling) -> Finding | None:
    """The two camps of the layers, where documents drawn anew would still divide them more than chance does."""
    row = next(iter(telling.measures.polarisation.rows), None)
    if row is None or row.because or not row.polarisation.low > row.by_chance:
        return None
    camps = [join(group(telling, one) for one in camp) for camp in row.camps]
    text: Text = (
        "The layers of the sides fall into ", Strong("two camps"), f": {camps[0]}, against {camps[1]} (polarisation "
        f"{telling.estimate(row.polarisation)}; sides dealt out by chance reach {signed(row.by_chance)}).",
    )  # fmt: skip
    found = row.polarisation
    return _finding(telling, text, found.n, "statement", "networks", sources=telling.measures.polarisation.cite())


def _rivals(telling: Telling) -> Finding | None:
    """The accounts that are favoured, whatever the prior odds tried; none where none is."""
    best = [row for row in telling.measures.rivals.rows if row.verdict == "favoured"]
    if not best:
        return None
    told = join(f"“{row.outcome.rstrip('.')}”: “{row.claim.rstrip('.')}”" for row in best)
    text: Text = ("Of rival explanations, over all probabilities judged and prior odds tried, ", Strong("one is favoured"), f" of {told}.")
    return _finding(telling, text, sum(row.n for row in best), "expectation", "rivals", best)


def _persistence(telling: Telling) -> Finding | None:
    result = telling.measures.persistence
    if not result.tests:
        return None
    differ = [test for test in result.tests if test.verdict == "differ"]
    if differ:
        text: Text = (f"How long images last depends on their root: {join(f'{test.longer} outlasts the other of {join(test.roots)}' for test in differ)}.",)
        return _finding(telling, text, len(result.images), "image", "change", differ)
    quiet = sum(test.verdict == "no difference found" for test in result.tests)
    shown = f"{quiet} of {count(len(result.tests), 'comparison')} show no difference"
    text = (f"Whether images last longer or shorter by what they grew from (experience, history, ideology, expectation) cannot be told: {shown}.",)
    return _finding(telling, text, len(result.images), "image", "change", result.tests, settled=False)


def _timed(telling: Telling, rows: Sequence[Any], anchor: str, quiet: str, what: str, say: Callable[[Any], str]) -> Finding | None:
    """A finding about change in time: what stands out after adjusting for the number of tests, or that nothing does."""
    if not rows:
        return None
    found = sorted((row for row in rows if row.verdict not in (quiet, "undetermined") and "perhaps" not in row.verdict), key=lambda row: row.p)
    if found:
        text: Text = (f"{join(say(row) for row in found[:2])} ({len(found)} of {len(rows)} tests stand out).",)
        return _finding(telling, text, len(rows), "test", anchor, found)
    counts = Counter(row.verdict for row in rows)
    if counts["undetermined"] == len(rows):
        head = f"None of {len(rows)} tests {what} can" if len(rows) > 1 else f"The only test {what} cannot"
        text = (f"{head} be decided: {why(rows, 2)}.",)
    else:
        said = join(f"{n} {verdict}" for verdict, n in counts.most_common())
        open_for = why(rows, 2)
        rest = f"; undetermined because {open_for}" if open_for else ""
        text = (f"Of {count(len(rows), 'test')} {what} none stands out once their number is allowed for: {said}{rest}.",)
    return _finding(telling, text, len(rows), "test", anchor, settled=False)


def _breaks(telling: Telling) -> Finding | None:
    def say(row: Any) -> str:
        who = f"{telling.names.subject(row.topic, row.measure)} as {telling.names.short(row.holder)} holds it"
        return f"{who} changed at “{row.name}” by {signed(row.change.estimate, 1)}"

    return _timed(telling, telling.measures.breaks.rows, "breaks", "no change found", "of a change at a named date", say)


def _leads(telling: Telling) -> Finding | None:
    def say(row: Any) -> str:
        return f"{telling.names.group(row.first)} and {telling.names.group(row.second)}: {row.verdict}"

    return _timed(telling, telling.measures.lead_lag.rows, "lead-lag", "no link found", "whether one view moves before another", say)


def _responses(telling: Telling) -> Finding | None:
    def say(row: Any) -> str:
        return f"{telling.names.subject(row.topic, row.measure)} responds to {row.moves} by {telling.names.short(row.mover)}"

    return _timed(telling, telling.measures.event_response.rows, "event-response", "no response found", "whether a view changes around the other side’s moves", say)


def _spoken(telling: Telling) -> Finding | None:
    """When texts of a series speak most and least of something that is followed, where that is more than chance."""
    found = sorted((row for row in telling.measures.formulas.tracked if row.verdict == "changes"), key=lambda row: (row.p, -row.speak))
    if not found:
        return None

    def say(row: Any) -> str:
        most, least = (way(row.stretches, key=lambda one: one.rate.estimate) for way in (max, min))
        told = (f"in {interval(one.first_when)}–{interval(one.last_when)} ({number(one.rate.estimate)} times in 1,000 words)" for one in (most, least))
        name = row.name.replace("The ", "the ", 1) if row.name.startswith("The ") else row.name
        return f"“{telling.names.series(row.series)}” speaks of {name} most {next(told)} and least {next(told)}"

    text: Text = ("Series of texts do not speak of the same things throughout. ", "; ".join(map(say, found[:2])), ".")
    return _finding(telling, text, sum(row.n for row in found[:2]), "text", "formulas", found[:2])


def _campaigns(telling: Telling) -> Finding | None:
    def say(row: Any) -> str:
        return f"{telling.names.subject(row.view.topic, row.view.measure)} moved by {signed(row.movement.estimate, 1)} with the campaign “{row.name}”"

    return _timed(telling, telling.measures.campaigns.rows, "campaigns", "no movement found", "whether a campaign moved a series", say)


def _moods(telling: Telling) -> Finding | None:
    """Whether the moods that the study asks about were shared or staged; the decided ones, else why none is."""
    rows = [row for row in telling.measures.facades.rows if row.by == "mood" and {row.side, row.target} == set(telling.mains)]
    if not rows:
        return None
    named = {one.id: one.name for one in telling.study.declared.moods}
    decided = [row for row in rows if row.verdict != "undetermined"]
    if decided:
        said = join(f"{named[row.time]}, {telling.names.short(row.side)}: {row.verdict} ({telling.estimate(row.facade)})" for row in decided)
        return _finding(telling, (f"Shared or staged? {said}.",), sum(row.n for row in decided), "view", "facade", decided)
    why = join(unique(telling.names.prose(row.because) for row in rows))
    text: Text = (f"Of {join(unique(named[row.time] for row in rows))} it cannot be told whether the mood was shared or staged: {why}.",)
    return _finding(telling, text, sum(row.n for row in rows), "view", "facade", rows, settled=False)


def _feeling(telling: Telling) -> Finding | None:
    said, rows = apart_in_feeling(telling)
    return _finding(telling, said, sum(row.hits for row in rows), "word", "tab-feeling", rows) if rows else None


def _coverage(telling: Telling) -> Finding | None:
    empty = [one for one in telling.measures.coverage.empty if one.side in telling.mains]
    if not empty:
        return None
    names = telling.names
    longest = sorted(empty, key=lambda one: -one.n)[:3]
    said = join(f"{names.the(one.side)}, {names.layer(one.layer)} ({one.first}–{one.last})" for one in longest)
    text: Text = (f"The record has long gaps, over which nothing is compared. The longest: {said}.",)
    return _finding(telling, text, len(empty), "gap", "coverage", settled=False)


def _machine_made(telling: Telling) -> Finding | None:
    """How much of what counts was written by a machine, and how much of that no person has accepted."""
    study, (taken, waiting) = telling.study, telling.machine_made
    made = [*taken, *waiting]
    if not made:
        return None
    parts = [
        f"{len(taken):,} {'was' if len(taken) == 1 else 'were'} proposed by a machine and accepted by a person" if taken else "",
        f"{len(waiting):,} {'is a proposal' if len(waiting) == 1 else 'are proposals'} of a machine that nobody has accepted" if waiting else "",
    ]
    total = count(len(study.open_rows("statements")), "statement")
    text: Text = (f"Of the {total} that count here, {join(one for one in parts if one)}; each is marked in the list of records.",)
    return _finding(telling, text, len(made), "statement", "records", records=[study.statements.id[row] for row in made[:MOST_NAMED]])


def _left_out(telling: Telling) -> Finding | None:
    left = [(table, n) for table, n in telling.measures.left_out if n]
    if telling.study.day is None or not left:
        return None
    said = join(f"{n} {table}" for table, n in left)
    text: Text = (f"As of this day {said} had begun but are left out, because when they became known is not on record.",)
    return _finding(telling, text, sum(n for _, n in left), "record", "methods", settled=False)
